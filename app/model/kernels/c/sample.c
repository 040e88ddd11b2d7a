/* Which value of the mask each pixel of the window shows. */

#include "places.h"
#include "sample.h"

#include <string.h>

#define WIDEST (2 * ONE) /* the longest step that the levels of a mask leave over */

Py_ssize_t
run_of(const uint8_t *values, Py_ssize_t length)
{
    uint64_t same = values[0] * UINT64_C(0x0101010101010101), eight;
    Py_ssize_t x = 0;
    for (; x + 8 <= length; x += 8) {
        memcpy(&eight, values + x, 8);
        if (eight != same) {
            break;
        }
    }
    while (x < length && values[x] == values[0]) {
        x++;
    }
    return x;
}

/* Anywhere, one pixel after the other. */

/* The mask's value at a pixel; beside it that of the nearest, or nothing if it is to fade. */
static uint32_t
value(const Sampling *how, Py_ssize_t column, Py_ssize_t row)
{
    const Plane *mask = &how->mask;
    Py_ssize_t x = held(column, mask->width), y = held(row, mask->height);
    if (how->fade && (x != column || y != row)) {
        return 0;
    }
    return mask->data[y * mask->step + x];
}

/* Four values in the shares that a place between them has of each. */
static uint8_t
mean(uint32_t a, uint32_t b, uint32_t c, uint32_t d, uint32_t across, uint32_t down)
{
    uint32_t above = a * (256 - across) + b * across, below = c * (256 - across) + d * across;
    return (uint8_t)((above * (256 - down) + below * down + 32768) >> 16);
}

static uint8_t
mean_anywhere(const Sampling *how, int64_t u, int64_t v)
{
    Py_ssize_t column = WHOLE(u), row = WHOLE(v);
    return mean(value(how, column, row), value(how, column + 1, row),
                value(how, column, row + 1), value(how, column + 1, row + 1), SHARE(u), SHARE(v));
}

/* How many of the next places, from `place` on, have both neighbours within `length` pixels. */
static Py_ssize_t
within(int64_t place, int64_t step, Py_ssize_t length, Py_ssize_t most)
{
    int64_t last = ((int64_t)(length - 1) << 32) - 1;
    int64_t end = place + step * (most - 1);
    if (place < 0 || place > last) {
        return 0;
    }
    if (step > 0 && end > last) {
        most = (Py_ssize_t)((last - place) / step) + 1;
    }
    else if (step < 0 && end < 0) {
        most = (Py_ssize_t)(place / -step) + 1;
    }
    return most;
}

FOR_EACH_PROCESSOR static void
sample_inside(const Sampling *how, uint8_t *ALONE values, int64_t u, int64_t v, Py_ssize_t length)
{
    const uint8_t *ALONE data = how->mask.data;
    Py_ssize_t step = how->mask.step;
    for (Py_ssize_t x = 0; x < length; x++, u += how->ux, v += how->vx) {
        const uint8_t *at = data + WHOLE(v) * step + WHOLE(u);
        values[x] = mean(at[0], at[1], at[step], at[step + 1], SHARE(u), SHARE(v));
    }
}

static void
sample_smooth(const Sampling *how, uint8_t *values, int64_t u, int64_t v, Py_ssize_t length)
{
    for (Py_ssize_t x = 0; x < length;) {
        int64_t here_u = u + x * how->ux, here_v = v + x * how->vx;
        Py_ssize_t most = length - x;
        Py_ssize_t inside = lesser(within(here_u, how->ux, how->mask.width, most),
                                 within(here_v, how->vx, how->mask.height, most));
        if (inside > 0) {
            sample_inside(how, values + x, here_u, here_v, inside);
            x += inside;
        }
        else {
            values[x++] = mean_anywhere(how, here_u, here_v);
        }
    }
}

static void
sample_nearest(const Sampling *how, uint8_t *values, int64_t u, int64_t v, Py_ssize_t length)
{
    for (Py_ssize_t x = 0; x < length; x++, u += how->ux, v += how->vx) {
        values[x] = (uint8_t)value(how, WHOLE(u), WHOLE(v));
    }
}

static const uint8_t *
row_anywhere(Stretch *stretch, Py_ssize_t y)
{
    const Sampling *how = stretch->how;
    int64_t half = how->smooth ? HALF : 0;
    int64_t u = how->u + stretch->x * how->ux + y * how->uy - half;
    int64_t v = how->v + stretch->x * how->vx + y * how->vy - half;
    (how->smooth ? sample_smooth : sample_nearest)(how, stretch->values, u, v, stretch->length);
    return stretch->values;
}

/* Where the window's rows run along the mask's: columns are worked out once for all of them. */

static void
find_columns(Stretch *stretch)
{
    const Sampling *how = stretch->how;
    int64_t u = how->u + stretch->x * how->ux - (how->smooth ? HALF : 0);
    int64_t end = u + how->ux * (stretch->length - 1);
    stretch->first = WHOLE(u < end ? u : end);
    stretch->count = WHOLE(u < end ? end : u) + 1 + how->smooth - stretch->first;
    for (Py_ssize_t x = 0; x < stretch->length; x++, u += how->ux) {
        stretch->left[x] = (int32_t)(WHOLE(u) - stretch->first);
        stretch->parts[x] = (256 - SHARE(u)) | SHARE(u) << 16;
    }
}

/* A stretch's columns of a row of the mask; where some are beside it, in `line` with what is
   there. */
static const uint8_t *
columns_of(const Stretch *stretch, Py_ssize_t row, uint8_t *line)
{
    const Plane *mask = &stretch->how->mask;
    int fade = stretch->how->fade;
    Py_ssize_t nearest = held(row, mask->height), count = stretch->count;
    const uint8_t *data = mask->data + nearest * mask->step;
    if (fade && nearest != row) {
        return memset(line, 0, (size_t)count);
    }
    if (stretch->first >= 0 && stretch->first + count <= mask->width) {
        return data + stretch->first;
    }
    Py_ssize_t from = lesser(stretch->first < 0 ? -stretch->first : 0, count);
    Py_ssize_t until = lesser(mask->width - stretch->first, count);
    until = until < from ? from : until;
    memset(line, fade ? 0 : data[0], (size_t)from);
    if (from < until) {
        memcpy(line + from, data + stretch->first + from, (size_t)(until - from));
    }
    memset(line + until, fade ? 0 : data[mask->width - 1], (size_t)(count - until));
    return line;
}

/* Two rows of the mask, of which the lower has `down` of 256 parts; half of what that can be is
   taken off, so that it fits in 15 bits and a sign. */
FOR_EACH_PROCESSOR static void
mix_rows(int16_t *ALONE to, const uint8_t *ALONE above, const uint8_t *ALONE below, unsigned down,
         Py_ssize_t length)
{
    uint16_t one = (uint16_t)(256 - down), other = (uint16_t)down;
    for (Py_ssize_t x = 0; x < length; x++) {
        to[x] = (int16_t)(uint16_t)((uint16_t)(above[x] * one + below[x] * other) ^ 0x8000u);
    }
}

#ifdef HAS_SSE2
static void
mix_along(uint8_t *ALONE values, const int16_t *ALONE row, const Stretch *ALONE stretch)
{
    const __m128i whole = _mm_set1_epi32(32768 * 256 + 32768);
    Py_ssize_t x = 0;
    for (; x + 4 <= stretch->length; x += 4) {
        int pairs[4];
        for (int each = 0; each < 4; each++) {
            memcpy(pairs + each, row + stretch->left[x + each], 4);
        }
        __m128i parts = _mm_loadu_si128((const __m128i *)(stretch->parts + x));
        __m128i sums = _mm_madd_epi16(_mm_set_epi32(pairs[3], pairs[2], pairs[1], pairs[0]), parts);
        sums = _mm_srli_epi32(_mm_add_epi32(sums, whole), 16);
        sums = _mm_packs_epi32(sums, sums);
        int four = _mm_cvtsi128_si32(_mm_packus_epi16(sums, sums));
        memcpy(values + x, &four, 4);
    }
    for (; x < stretch->length; x++) {
        const int16_t *at = row + stretch->left[x];
        int32_t share = (int32_t)(stretch->parts[x] >> 16);
        values[x] = (uint8_t)((at[0] * (256 - share) + at[1] * share + 32768 * 257) >> 16);
    }
}
#else
static void
mix_along(uint8_t *ALONE values, const int16_t *ALONE row, const Stretch *ALONE stretch)
{
    for (Py_ssize_t x = 0; x < stretch->length; x++) {
        const int16_t *at = row + stretch->left[x];
        int32_t share = (int32_t)(stretch->parts[x] >> 16);
        values[x] = (uint8_t)((at[0] * (256 - share) + at[1] * share + 32768 * 257) >> 16);
    }
}
#endif

static const uint8_t *
smooth_row(Stretch *stretch, int64_t v)
{
    uint8_t lines[2][SPAN];
    int16_t mixed[SPAN];
    const uint8_t *above = columns_of(stretch, WHOLE(v), lines[0]);
    const uint8_t *below = columns_of(stretch, WHOLE(v) + 1, lines[1]);
    if (above[0] == below[0] && run_of(above, stretch->count) == stretch->count &&
        run_of(below, stretch->count) == stretch->count) {
        return memset(stretch->values, above[0], (size_t)stretch->length);
    }
    mix_rows(mixed, above, below, SHARE(v), stretch->count);
    mix_along(stretch->values, mixed, stretch);
    return stretch->values;
}

static const uint8_t *
nearest_row(Stretch *stretch, int64_t v)
{
    uint8_t line[SPAN];
    if (stretch->is_known && WHOLE(v) == stretch->row) {
        return stretch->values; /* as for the pixel above: rows are shown several times */
    }
    stretch->is_known = 1;
    stretch->row = WHOLE(v);
    const uint8_t *columns = columns_of(stretch, WHOLE(v), line);
    for (Py_ssize_t x = 0; x < stretch->length; x++) {
        stretch->values[x] = columns[stretch->left[x]];
    }
    return stretch->values;
}

static const uint8_t *
row_along(Stretch *stretch, Py_ssize_t y)
{
    const Sampling *how = stretch->how;
    int64_t v = how->v + y * how->vy - (how->smooth ? HALF : 0);
    Py_ssize_t row = WHOLE(v);
    if (how->smooth) {
        return smooth_row(stretch, v);
    }
    if (how->ux == ONE && row >= 0 && row < how->mask.height && stretch->first >= 0 &&
        stretch->first + stretch->count <= how->mask.width) {
        return how->mask.data + row * how->mask.step + stretch->first;
    }
    return nearest_row(stretch, v);
}

void
stretch_open(Stretch *stretch, const Sampling *how, Py_ssize_t x, Py_ssize_t length)
{
    stretch->how = how;
    stretch->x = x;
    stretch->length = length;
    stretch->is_along =
        how->vx == 0 && how->uy == 0 && how->ux >= -WIDEST && how->ux <= WIDEST;
    stretch->is_known = 0;
    if (stretch->is_along) {
        find_columns(stretch);
    }
}

const uint8_t *
stretch_row(Stretch *stretch, Py_ssize_t y)
{
    return (stretch->is_along ? row_along : row_anywhere)(stretch, y);
}
