/* Drawing a picture that is turned by any angle. */

#include "bring.h"
#include "eights.h"

#include <string.h>

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

/* For each pixel of a row: the first of the four that it lies between, and the shares that those
   beside and below it have. */
typedef struct {
    int32_t at[TILE];
    uint32_t across[TILE], down[TILE];
} Neighbours;

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

EIGHTS static void
find_neighbours(const Drawing *drawing, Neighbours *to, int64_t u, int64_t v, Py_ssize_t length)
{
    Places us = places(u, drawing->ux), vs = places(v, drawing->vx);
    __m256i way_u = _mm256_set1_epi64x(8 * drawing->ux);
    __m256i way_v = _mm256_set1_epi64x(8 * drawing->vx);
    for (Py_ssize_t x = 0; x < length; x += 8) {
        __m256i rows = _mm256_mullo_epi32(wholes(vs), _mm256_set1_epi32(STRIDE));
        _mm256_storeu_si256((__m256i *)(to->at + x), _mm256_add_epi32(rows, wholes(us)));
        _mm256_storeu_si256((__m256i *)(to->across + x), shares(us));
        _mm256_storeu_si256((__m256i *)(to->down + x), shares(vs));
        us = farther(us, way_u), vs = farther(vs, way_v);
    }
}

EIGHTS static inline __m256i
mixed_eight(const uint32_t *above, const Neighbours *neighbours, Py_ssize_t x)
{
    const int32_t *at = neighbours->at + x;
    const uint32_t *below = above + STRIDE;
    __m256i down = _mm256_loadu_si256((const __m256i *)(neighbours->down + x));
    __m256i across = _mm256_loadu_si256((const __m256i *)(neighbours->across + x));
    __m256i both[4];
    for (int pixel = 0; pixel < 4; pixel++) {
        int32_t one = at[pixel], other = at[pixel + 4];
        __m256i upper = pairs(above + one, above + other);
        __m256i lower = pairs(below + one, below + other);
        both[pixel] = mixed_by(upper, lower, spread(down, pixel, pixel));
    }
    return mixed_across(both, across);
}

EIGHTS static void
mix_row_of_eights(const Near *near, uint32_t *to, int64_t u, int64_t v, Py_ssize_t length)
{
    Neighbours neighbours;
    find_neighbours(near->drawing, &neighbours, u, v, length);
    Py_ssize_t x = 0;
    for (; x + 8 <= length; x += 8) {
        _mm256_storeu_si256((__m256i *)(to + x), mixed_eight(near->room + BESIDE, &neighbours, x));
    }
    if (x < length) {
        __m256i last = mixed_eight(near->room + BESIDE, &neighbours, x);
        memcpy(to + x, &last, (size_t)(length - x) * 4);
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

static void
draw_tile(Near *near, Row *draw_row, const Range *inside, Py_ssize_t left, Py_ssize_t top)
{
    const Drawing *drawing = near->drawing;
    int is_ready = !drawing->smooth;
    Area tile = {left, top, lesser(left + TILE, drawing->right),
                 lesser(top + TILE, drawing->bottom)};
    for (Py_ssize_t y = top; y < tile.bottom; y++) {
        Range row = inside[y - top];
        Py_ssize_t x = row.from > left ? row.from : left;
        Py_ssize_t until = lesser(row.until, tile.right);
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
    lay_over(drawing, tile);
}

void
draw_askew(const Drawing *drawing)
{
    Near near;
    near_open(&near, drawing);
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
