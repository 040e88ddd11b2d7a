/* Drawing a picture that is turned by any angle. */

#include "drawing.h"
#include "eights.h"

#include <string.h>

/* The target is drawn in tiles. Before pixels are mixed, what a tile looks at in the source is
   brought together: rows of a large picture lie so far apart that a processor's cache does not hold
   many of them. */
#define TILE 64
#define STRIDE (2 * WIDEST * TILE + 4)
#define BESIDE (WIDEST * 8 * (STRIDE + 1)) /* what eight pixels reach that end beyond their row */

typedef struct {
    uint32_t room[BESIDE + STRIDE * STRIDE + BESIDE];
    int64_t u, v; /* where in the source it begins */
    const Drawing *drawing;
} Near;

/* Draws a row of places whose neighbours are all in the source, and near if they are mixed. */
typedef void Row(const Near *near, uint32_t *to, int64_t u, int64_t v, Py_ssize_t length);

static void
pick_row(const Near *near, uint32_t *to, int64_t u, int64_t v, Py_ssize_t length)
{
    const Drawing *drawing = near->drawing;
    for (Py_ssize_t x = 0; x < length; x++, u += drawing->ux, v += drawing->vx) {
        to[x] = *source_at(drawing, WHOLE(u), WHOLE(v));
    }
}

static void
mix_row(const Near *near, uint32_t *to, int64_t u, int64_t v, Py_ssize_t length)
{
    int64_t ux = near->drawing->ux, vx = near->drawing->vx;
    for (Py_ssize_t x = 0; x < length; x++, u += ux, v += vx) {
        const uint32_t *at = near->room + BESIDE + WHOLE(v) * STRIDE + WHOLE(u);
        uint64_t above = at[0] | (uint64_t)at[1] << 32;
        uint64_t below = at[STRIDE] | (uint64_t)at[STRIDE + 1] << 32;
        uint64_t both = mixed(above, below, SHARE(v));
        to[x] = (uint32_t)mixed((uint32_t)both, both >> 32, SHARE(u));
    }
}

#ifdef EIGHTS

/* Places of eight pixels: of 0, 1, 4 and 5, and of 2, 3, 6 and 7. */
typedef struct {
    __m256i one, other;
} Places;

EIGHTS static inline Places
places(int64_t from, int64_t step)
{
    __m256i start = _mm256_set1_epi64x(from);
    __m256i ways = _mm256_set_epi64x(5 * step, 4 * step, step, 0);
    __m256i two = _mm256_set1_epi64x(2 * step);
    return (Places){_mm256_add_epi64(start, ways),
                    _mm256_add_epi64(start, _mm256_add_epi64(ways, two))};
}

EIGHTS static inline Places
farther(Places places, __m256i way)
{
    return (Places){_mm256_add_epi64(places.one, way), _mm256_add_epi64(places.other, way)};
}

/* The upper or the lower halves of all, in their order. */
#define HALVES(places, which)                                                                     \
    _mm256_castps_si256(_mm256_shuffle_ps(_mm256_castsi256_ps((places).one),                       \
                                          _mm256_castsi256_ps((places).other), which))

EIGHTS static inline __m256i
wholes(Places places)
{
    return HALVES(places, 0xdd);
}

EIGHTS static inline __m256i
shares(Places places)
{
    return _mm256_slli_epi32(_mm256_srli_epi32(HALVES(places, 0x88), 24), 7);
}

EIGHTS static inline __m256i
mixed_eight(const uint32_t *above, Places us, Places vs)
{
    uint32_t at[8];
    __m256i rows = _mm256_mullo_epi32(wholes(vs), _mm256_set1_epi32(STRIDE));
    __m256i offsets = _mm256_add_epi32(rows, wholes(us));
    _mm256_storeu_si256((__m256i *)at, _mm256_add_epi32(offsets, _mm256_set1_epi32(BESIDE)));
    const uint32_t *below = above + STRIDE;
    __m256i down = shares(vs), both[4];
    for (int pixel = 0; pixel < 4; pixel++) {
        uint32_t one = at[pixel], other = at[pixel + 4];
        __m256i upper = pairs(above + one, above + other);
        __m256i lower = pairs(below + one, below + other);
        both[pixel] = mixed_by(upper, lower, spread(down, pixel, pixel));
    }
    return mixed_across(both, shares(us));
}

EIGHTS static void
mix_row_of_eights(const Near *near, uint32_t *to, int64_t u, int64_t v, Py_ssize_t length)
{
    int64_t ux = near->drawing->ux, vx = near->drawing->vx;
    Places us = places(u, ux), vs = places(v, vx);
    __m256i way_u = _mm256_set1_epi64x(8 * ux), way_v = _mm256_set1_epi64x(8 * vx);
    for (Py_ssize_t x = 0; x < length; x += 8) {
        __m256i eight = mixed_eight(near->room, us, vs);
        if (x + 8 <= length) {
            _mm256_storeu_si256((__m256i *)(to + x), eight);
        }
        else {
            memcpy(to + x, &eight, (size_t)(length - x) * 4);
        }
        us = farther(us, way_u), vs = farther(vs, way_v);
    }
}

static Row *
best_mix(void)
{
    return HAS_EIGHTS ? mix_row_of_eights : mix_row;
}
#else
static Row *
best_mix(void)
{
    return mix_row;
}
#endif

/* Pixels of the source that places look at, from one on and as far as two ways lead. */
static Range
looked_at(int64_t place, int64_t way, int64_t other, Py_ssize_t length)
{
    int64_t first = place + (way < 0 ? way : 0) + (other < 0 ? other : 0);
    int64_t last = place + (way > 0 ? way : 0) + (other > 0 ? other : 0);
    return (Range){held(WHOLE(first), length), held(WHOLE(last) + 1, length) + 1};
}

/* A few pixels; they are too few for the library's ways to copy any number of them. */
static void
copy_row(uint32_t *to, const uint32_t *from, Py_ssize_t length)
{
    if (length < 8) {
        memcpy(to, from, (size_t)length * 4);
        return;
    }
    for (Py_ssize_t x = 0; x + 8 <= length; x += 8) {
        memcpy(to + x, from + x, 32);
    }
    memcpy(to + length - 8, from + length - 8, 32);
}

static void
bring_near(Near *near, Py_ssize_t x, Py_ssize_t y)
{
    const Drawing *drawing = near->drawing;
    int64_t across = lesser(TILE, drawing->right - x) - 1;
    int64_t down = lesser(TILE, drawing->bottom - y) - 1;
    Range columns = looked_at(drawing->u + x * drawing->ux + y * drawing->uy, across * drawing->ux,
                              down * drawing->uy, drawing->source.width);
    Range rows = looked_at(drawing->v + x * drawing->vx + y * drawing->vy, across * drawing->vx,
                           down * drawing->vy, drawing->source.height);
    uint32_t *to = near->room + BESIDE;
    for (Py_ssize_t row = rows.from; row < rows.until; row++, to += STRIDE) {
        copy_row(to, source_at(drawing, columns.from, row), columns.until - columns.from);
    }
    near->u = columns.from * ONE, near->v = rows.from * ONE;
}

static void
draw_tile(Near *near, Row *draw_row, const Range *inside, Py_ssize_t left, Py_ssize_t top)
{
    const Drawing *drawing = near->drawing;
    int is_ready = !drawing->smooth;
    for (Py_ssize_t y = top; y < lesser(top + TILE, drawing->bottom); y++) {
        Range row = inside[y - top];
        Py_ssize_t x = row.from > left ? row.from : left;
        Py_ssize_t until = lesser(row.until, left + TILE);
        if (x >= until) {
            continue;
        }
        if (!is_ready) {
            bring_near(near, left, top);
            is_ready = 1;
        }
        int64_t u = drawing->u + x * drawing->ux + y * drawing->uy;
        int64_t v = drawing->v + x * drawing->vx + y * drawing->vy;
        draw_row(near, target_at(drawing, x, y), u - near->u, v - near->v, until - x);
    }
}

void
draw_askew(const Drawing *drawing)
{
    Near near;
    near.drawing = drawing, near.u = 0, near.v = 0;
    Row *draw_row = drawing->smooth ? best_mix() : pick_row;
    for (Py_ssize_t top = drawing->top; top < drawing->bottom; top += TILE) {
        Range inside[TILE];
        for (Py_ssize_t y = top; y < lesser(top + TILE, drawing->bottom); y++) {
            inside[y - top] = draw_ends(drawing, y);
        }
        for (Py_ssize_t left = drawing->left; left < drawing->right; left += TILE) {
            draw_tile(&near, draw_row, inside, left, top);
        }
    }
}
