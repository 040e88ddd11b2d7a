/* Drawing an opaque picture at another size. */

#include "kernels.h"

#include <stdlib.h>

/* Where a column of the target lies in the source; the same for all rows. */
typedef struct {
    int32_t left;   /* of its two neighbours, counted from the first that its stretch looks at */
    uint32_t right; /* how many of 256 parts the other one has */
} Column;

typedef struct {
    Plane target, source;
    int64_t u, ux, v, vy;
    Py_ssize_t left, top, right, bottom;
    Column *columns;
} Drawing;

#define CHUNK 256 /* pixels of a row at once */
#define WIDEST (INT64_C(2) << 32) /* the longest step that the levels of a picture leave over */
#define SPAN (2 * CHUNK + 4)
#define HALF (INT64_C(1) << 31)
#define WHOLE(place) ((Py_ssize_t)((place) >> 32))
#define SHARE(place) ((uint32_t)((place) >> 24) & 255)

static Py_ssize_t
held(Py_ssize_t place, Py_ssize_t length)
{
    return place < 0 ? 0 : place < length ? place : length - 1;
}

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
two_parts(const Parts *parts, const uint32_t *row, const Column *column)
{
    __m128i both = _mm_loadl_epi64((const __m128i *)(row + column->left));
    both = _mm_unpacklo_epi8(both, _mm_setzero_si128());
    return _mm_mullo_epi16(both, parts->of[column->right]);
}

/* The rounded means of two columns, in 16 bits a channel. */
static inline __m128i
two_means(const Parts *parts, const uint32_t *row, const Column *columns)
{
    __m128i one = two_parts(parts, row, columns), other = two_parts(parts, row, columns + 1);
    __m128i sums = _mm_add_epi16(_mm_unpacklo_epi64(one, other), _mm_unpackhi_epi64(one, other));
    return _mm_srli_epi16(_mm_add_epi16(sums, _mm_set1_epi16(128)), 8);
}

static void
mix_along(const Parts *parts, uint32_t *ALONE to, const uint32_t *ALONE row,
          const Column *ALONE columns, Py_ssize_t length)
{
    Py_ssize_t x = 0;
    for (; x + 4 <= length; x += 4) {
        __m128i first = two_means(parts, row, columns + x);
        __m128i second = two_means(parts, row, columns + x + 2);
        _mm_storeu_si128((__m128i *)(to + x), _mm_packus_epi16(first, second));
    }
    for (; x < length; x++) {
        __m128i one = two_parts(parts, row, columns + x);
        __m128i sum = _mm_add_epi16(_mm_add_epi16(one, _mm_srli_si128(one, 8)), _mm_set1_epi16(128));
        sum = _mm_srli_epi16(sum, 8);
        to[x] = (uint32_t)_mm_cvtsi128_si32(_mm_packus_epi16(sum, sum));
    }
}
#else
typedef int Parts;

static void
find_parts(Parts *parts)
{
    *parts = 0;
}

static void
mix_along(const Parts *parts, uint32_t *ALONE to, const uint32_t *ALONE row,
          const Column *ALONE columns, Py_ssize_t length)
{
    (void)parts;
    for (Py_ssize_t x = 0; x < length; x++) {
        uint32_t one = row[columns[x].left], other = row[columns[x].left + 1];
        uint32_t right = columns[x].right, left = 256 - right;
        uint32_t even = (one & 0x00ff00ffu) * left + (other & 0x00ff00ffu) * right;
        uint32_t odd = (one >> 8 & 0x00ff00ffu) * left + (other >> 8 & 0x00ff00ffu) * right;
        even = (even + 0x00800080u) >> 8 & 0x00ff00ffu;
        odd = (odd + 0x00800080u) & 0xff00ff00u;
        to[x] = even | odd;
    }
}
#endif

/* The first column of the source that a stretch looks at, be it there or not. */
static Py_ssize_t
first_of(int64_t u, int64_t step, Py_ssize_t length)
{
    int64_t end = u + step * (length - 1);
    return WHOLE(u < end ? u : end);
}

/* A stretch of a row; beside the picture its outermost pixels go on. */
static void
draw_stretch(const Drawing *drawing, const Parts *parts, uint32_t *to, int64_t u, int64_t v,
             const Column *columns, Py_ssize_t length)
{
    uint32_t row[SPAN];
    const Plane *source = &drawing->source;
    Py_ssize_t first = first_of(u, drawing->ux, length);
    int64_t end = u + drawing->ux * (length - 1);
    Py_ssize_t last = WHOLE(u < end ? end : u) + 1;
    Py_ssize_t from = held(first, source->width), until = held(last, source->width);
    const uint8_t *above = source->data + held(WHOLE(v), source->height) * source->step;
    const uint8_t *below = source->data + held(WHOLE(v) + 1, source->height) * source->step;
    uint32_t *inside = row + (from > first ? from - first : 0);
    if (first >= source->width || last < 0) {
        inside = row; /* all of it lies beside the picture */
    }
    mix_rows((uint8_t *)inside, above + 4 * from, below + 4 * from, SHARE(v),
             4 * (until - from + 1));
    uint32_t leftmost = inside[0], rightmost = inside[until - from];
    for (Py_ssize_t x = first; x < from && x <= last; x++) {
        row[x - first] = leftmost;
    }
    for (Py_ssize_t x = until + 1 > first ? until + 1 : first; x <= last; x++) {
        row[x - first] = rightmost;
    }
    mix_along(parts, to, row, columns, length);
}

static Py_ssize_t
length_at(const Drawing *drawing, Py_ssize_t x)
{
    return drawing->right - x < CHUNK ? drawing->right - x : CHUNK;
}

static void
find_columns(const Drawing *drawing)
{
    Column *column = drawing->columns;
    for (Py_ssize_t x = drawing->left; x < drawing->right; x += CHUNK) {
        Py_ssize_t length = length_at(drawing, x);
        int64_t u = drawing->u + x * drawing->ux - HALF;
        Py_ssize_t first = first_of(u, drawing->ux, length);
        for (Py_ssize_t each = 0; each < length; each++, u += drawing->ux, column++) {
            column->left = (int32_t)(WHOLE(u) - first);
            column->right = SHARE(u);
        }
    }
}

static void
draw(const Drawing *drawing)
{
    Parts parts;
    find_parts(&parts);
    find_columns(drawing);
    for (Py_ssize_t y = drawing->top; y < drawing->bottom; y++) {
        uint32_t *to = (uint32_t *)(drawing->target.data + y * drawing->target.step);
        int64_t v = drawing->v + y * drawing->vy - HALF;
        for (Py_ssize_t x = drawing->left; x < drawing->right; x += CHUNK) {
            draw_stretch(drawing, &parts, to + x, drawing->u + x * drawing->ux - HALF, v,
                         drawing->columns + (x - drawing->left), length_at(drawing, x));
        }
    }
}

static int
draw_in_planes(Drawing *drawing)
{
    const Plane *target = &drawing->target, *source = &drawing->source;
    if (drawing->left < 0 || drawing->top < 0 || drawing->right > target->width ||
        drawing->bottom > target->height || source->width < 1 || source->height < 1) {
        PyErr_SetString(PyExc_ValueError, "area: not within the target");
        return -1;
    }
    if (drawing->ux < -WIDEST || drawing->ux > WIDEST) {
        PyErr_SetString(PyExc_ValueError, "steps: longer than two pixels");
        return -1;
    }
    if (drawing->right <= drawing->left || drawing->bottom <= drawing->top) {
        return 0;
    }
    Py_ssize_t width = drawing->right - drawing->left;
    drawing->columns = malloc((size_t)width * sizeof *drawing->columns);
    if (drawing->columns == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    if (width * (drawing->bottom - drawing->top) >= LONG_BYTES / 4) {
        Py_BEGIN_ALLOW_THREADS
        draw(drawing);
        Py_END_ALLOW_THREADS
    }
    else {
        draw(drawing);
    }
    free(drawing->columns);
    return 0;
}

PyObject *
kernel_resample(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    (void)module;
    Drawing drawing;
    int64_t steps[6], area[4];
    if (count != 4) {
        PyErr_SetString(PyExc_TypeError, "resample(target, source, steps, area)");
        return NULL;
    }
    if (numbers(args[2], steps, 6, "steps") < 0 || numbers(args[3], area, 4, "area") < 0) {
        return NULL;
    }
    if (steps[2] != 0 || steps[4] != 0) {
        PyErr_SetString(PyExc_ValueError, "steps: turned");
        return NULL;
    }
    drawing.u = steps[0], drawing.ux = steps[1], drawing.v = steps[3], drawing.vy = steps[5];
    drawing.left = (Py_ssize_t)area[0], drawing.top = (Py_ssize_t)area[1];
    drawing.right = (Py_ssize_t)area[2], drawing.bottom = (Py_ssize_t)area[3];
    if (plane_open(&drawing.target, args[0], 4, 1, "target") < 0) {
        return NULL;
    }
    int answer = plane_open(&drawing.source, args[1], 4, 0, "source");
    if (answer == 0) {
        answer = draw_in_planes(&drawing);
        plane_close(&drawing.source);
    }
    plane_close(&drawing.target);
    if (answer < 0) {
        return NULL;
    }
    Py_RETURN_NONE;
}
