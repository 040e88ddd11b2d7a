/* Drawing a picture that is neither turned nor on its side, mirrored or not. */

#include "drawing.h"
#include "eights.h"

#include <string.h>

#define CHUNK 1024 /* pixels of a row at once */
#define ROWS 32
#define SPAN (WIDEST * CHUNK + 4)

/* Columns of the source, be they there or not. */
typedef struct {
    Py_ssize_t first, last;
} Reach;

/* Columns of the target, and where they lie in the source; the same for all rows. */
typedef struct {
    Py_ssize_t x, length;
    Reach reach;           /* what they look at */
    int32_t left[CHUNK];   /* of two neighbours, counted from the first that is looked at */
    uint32_t right[CHUNK]; /* how many of 256 parts the other one has */
} Columns;

/* Two rows of bytes, of which the lower has `down` of 256 parts. */
FOR_EACH_PROCESSOR static void
mix_rows(uint8_t *ALONE to, const uint8_t *ALONE above, const uint8_t *ALONE below, unsigned down,
         Py_ssize_t length)
{
    uint16_t one = (uint16_t)(256 - down), other = (uint16_t)down;
    for (Py_ssize_t x = 0; x < length; x++) {
        to[x] = (uint8_t)((uint16_t)(above[x] * one + below[x] * other + 128) >> 8);
    }
}

#if defined(__SSE2__) || defined(_M_X64)
#include <emmintrin.h>

/* For each share that the right one of two pixels can have: 256 less it four times, then it. */
typedef struct {
    __m128i of[256];
} Parts;

static void
find_parts(Parts *parts)
{
    for (int right = 0; right < 256; right++) {
        parts->of[right] = _mm_unpacklo_epi64(_mm_set1_epi16((short)(256 - right)),
                                              _mm_set1_epi16((short)right));
    }
}

static inline __m128i
two_parts(const Parts *parts, const uint32_t *row, const Columns *columns, Py_ssize_t x)
{
    __m128i both = _mm_loadl_epi64((const __m128i *)(row + columns->left[x]));
    both = _mm_unpacklo_epi8(both, _mm_setzero_si128());
    return _mm_mullo_epi16(both, parts->of[columns->right[x]]);
}

/* The rounded means of two columns, in 16 bits a channel. */
static inline __m128i
two_means(const Parts *parts, const uint32_t *row, const Columns *columns, Py_ssize_t x)
{
    __m128i one = two_parts(parts, row, columns, x), other = two_parts(parts, row, columns, x + 1);
    __m128i sums = _mm_add_epi16(_mm_unpacklo_epi64(one, other), _mm_unpackhi_epi64(one, other));
    return _mm_srli_epi16(_mm_add_epi16(sums, _mm_set1_epi16(128)), 8);
}

/* Answers how many columns it did. */
static Py_ssize_t
mix_fours(const Parts *parts, uint32_t *to, const uint32_t *row, const Columns *columns,
          Py_ssize_t length)
{
    Py_ssize_t x = 0;
    for (; x + 4 <= length; x += 4) {
        __m128i first = two_means(parts, row, columns, x);
        __m128i second = two_means(parts, row, columns, x + 2);
        _mm_storeu_si128((__m128i *)(to + x), _mm_packus_epi16(first, second));
    }
    return x;
}
#else
typedef int Parts;

static void
find_parts(Parts *parts)
{
    *parts = 0;
}

static Py_ssize_t
mix_fours(const Parts *parts, uint32_t *to, const uint32_t *row, const Columns *columns,
          Py_ssize_t length)
{
    (void)parts, (void)to, (void)row, (void)columns, (void)length;
    return 0;
}
#endif

#ifdef EIGHTS
EIGHTS static Py_ssize_t
mix_eights(uint32_t *to, const uint32_t *row, const Columns *columns, Py_ssize_t length)
{
    Py_ssize_t x = 0;
    for (; x + 8 <= length; x += 8) {
        const int32_t *left = columns->left + x;
        __m256i right = _mm256_loadu_si256((const __m256i *)(columns->right + x)), both[4];
        for (int pixel = 0; pixel < 4; pixel++) {
            both[pixel] = pairs(row + left[pixel], row + left[pixel + 4]);
        }
        __m256i eight = mixed_across(both, _mm256_slli_epi32(right, 7));
        _mm256_storeu_si256((__m256i *)(to + x), eight);
    }
    return x;
}
#else
static Py_ssize_t
mix_eights(uint32_t *to, const uint32_t *row, const Columns *columns, Py_ssize_t length)
{
    (void)to, (void)row, (void)columns, (void)length;
    return 0;
}
#endif

static void
mix_along(const Parts *parts, uint32_t *ALONE to, const uint32_t *ALONE row,
          const Columns *ALONE columns)
{
    Py_ssize_t length = columns->length;
    Py_ssize_t x = HAS_EIGHTS ? mix_eights(to, row, columns, length)
                              : mix_fours(parts, to, row, columns, length);
    for (; x < length; x++) {
        const uint32_t *at = row + columns->left[x];
        to[x] = (uint32_t)mixed(at[0], at[1], columns->right[x]);
    }
}

static Reach
reach(int64_t u, int64_t step, Py_ssize_t length)
{
    int64_t end = u + step * (length - 1);
    return (Reach){WHOLE(u < end ? u : end), WHOLE(u < end ? end : u) + 1};
}

/* The mean of two rows within reach; beside the picture its outermost pixels go on. */
static void
find_row(const Drawing *drawing, uint32_t *row, Reach reach, int64_t v)
{
    const Plane *source = &drawing->source;
    Py_ssize_t first = reach.first, last = reach.last;
    Py_ssize_t from = held(first, source->width), until = held(last, source->width);
    const uint32_t *above = source_at(drawing, from, held(WHOLE(v), source->height));
    const uint32_t *below = source_at(drawing, from, held(WHOLE(v) + 1, source->height));
    uint32_t *inside = row + (from > first ? from - first : 0);
    if (first >= source->width || last < 0) {
        inside = row; /* all of it lies beside the picture */
    }
    mix_rows((uint8_t *)inside, (const uint8_t *)above, (const uint8_t *)below, SHARE(v),
             4 * (until - from + 1));
    uint32_t leftmost = inside[0], rightmost = inside[until - from];
    for (Py_ssize_t x = first; x < from && x <= last; x++) {
        row[x - first] = leftmost;
    }
    for (Py_ssize_t x = until + 1 > first ? until + 1 : first; x <= last; x++) {
        row[x - first] = rightmost;
    }
}

static void
draw_smooth(const Drawing *drawing, const Columns *columns, const Parts *parts, Py_ssize_t top,
            Py_ssize_t bottom)
{
    uint32_t row[SPAN];
    for (Py_ssize_t y = top; y < bottom; y++) {
        find_row(drawing, row, columns->reach, drawing->v + y * drawing->vy);
        mix_along(parts, target_at(drawing, columns->x, y), row, columns);
    }
}

static void
draw_square_row(const Drawing *drawing, const Columns *columns, Py_ssize_t row, uint32_t *to)
{
    const uint32_t *from = source_at(drawing, 0, row);
    if (drawing->ux == ONE && columns->reach.first >= 0 &&
        columns->reach.last <= drawing->source.width) {
        memcpy(to, from + columns->left[0], (size_t)columns->length * 4);
        return;
    }
    for (Py_ssize_t x = 0; x < columns->length; x++) {
        to[x] = from[columns->left[x]];
    }
}

/* Rows that show the same row of the source are drawn once. */
static void
draw_squares(const Drawing *drawing, const Columns *columns, Py_ssize_t top, Py_ssize_t bottom)
{
    Py_ssize_t drawn = -1;
    for (Py_ssize_t y = top; y < bottom; y++) {
        Py_ssize_t row = held(WHOLE(drawing->v + y * drawing->vy), drawing->source.height);
        uint32_t *to = target_at(drawing, columns->x, y);
        if (row == drawn) {
            memcpy(to, target_at(drawing, columns->x, y - 1), (size_t)columns->length * 4);
        }
        else {
            draw_square_row(drawing, columns, row, to);
        }
        drawn = row;
    }
}

static void
find_columns(const Drawing *drawing, Columns *columns)
{
    int64_t u = drawing->u + columns->x * drawing->ux;
    columns->reach = reach(u, drawing->ux, columns->length);
    for (Py_ssize_t x = 0; x < columns->length; x++, u += drawing->ux) {
        columns->left[x] = (int32_t)(drawing->smooth ? WHOLE(u) - columns->reach.first
                                                     : held(WHOLE(u), drawing->source.width));
        columns->right[x] = SHARE(u);
    }
}

void
draw_upright(const Drawing *drawing)
{
    Parts parts;
    Columns columns;
    if (drawing->smooth && !HAS_EIGHTS) {
        find_parts(&parts);
    }
    for (Py_ssize_t x = drawing->left; x < drawing->right; x += CHUNK) {
        columns.x = x, columns.length = lesser(drawing->right - x, CHUNK);
        find_columns(drawing, &columns);
        for (Py_ssize_t y = drawing->top; y < drawing->bottom; y += ROWS) {
            Py_ssize_t bottom = lesser(y + ROWS, drawing->bottom);
            if (drawing->smooth) {
                draw_smooth(drawing, &columns, &parts, y, bottom);
            }
            else {
                draw_squares(drawing, &columns, y, bottom);
            }
            lay_over(drawing, (Area){x, y, x + columns.length, bottom});
        }
    }
}
