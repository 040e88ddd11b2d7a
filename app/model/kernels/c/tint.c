/* Laying the mask's colours over the picture, in the window's pixels. */

#include "over.h"
#include "sample.h"

#include <string.h>

typedef struct {
    Plane image, ground;
    uint32_t table[256]; /* premultiplied */
    Sampling sampling;
    Py_ssize_t left, top, right, bottom;
} Tint;

#define MIXED 32  /* pixels of several values that are done at once */
#define EVEN 16   /* so many of one value pay to be treated as such */
#define SQUARE 64 /* pixels of the window that are asked at once whether they show one value */

/* In what follows image and ground may be one and the same: each pixel comes from that below it. */

#ifdef EIGHTS
EIGHTS static Py_ssize_t
cover_eights(uint32_t *image, const uint32_t *ground, uint32_t color, Py_ssize_t length)
{
    const __m256i colors = _mm256_set1_epi32((int)color);
    Py_ssize_t x = 0;
    for (; x + 8 <= length; x += 8) {
        __m256i below = _mm256_loadu_si256((const __m256i *)(ground + x));
        _mm256_storeu_si256((__m256i *)(image + x), over_eight(colors, below));
    }
    return x;
}

EIGHTS static Py_ssize_t
cover_each_of_eights(uint32_t *image, const uint32_t *ground, const uint32_t *table,
                     const uint8_t *values, Py_ssize_t length)
{
    Py_ssize_t x = 0;
    for (; x + 8 <= length; x += 8) {
        const uint8_t *at = values + x;
        __m256i colors = _mm256_setr_epi32(
            (int)table[at[0]], (int)table[at[1]], (int)table[at[2]], (int)table[at[3]],
            (int)table[at[4]], (int)table[at[5]], (int)table[at[6]], (int)table[at[7]]);
        __m256i below = _mm256_loadu_si256((const __m256i *)(ground + x));
        _mm256_storeu_si256((__m256i *)(image + x), over_eight(colors, below));
    }
    return x;
}
#endif

#ifdef HAS_SSE2
static Py_ssize_t
cover_fours(uint32_t *image, const uint32_t *ground, uint32_t color, Py_ssize_t length)
{
    const __m128i colors = _mm_set1_epi32((int)color);
    Py_ssize_t x = 0;
    for (; x + 4 <= length; x += 4) {
        __m128i below = _mm_loadu_si128((const __m128i *)(ground + x));
        _mm_storeu_si128((__m128i *)(image + x), over_four(colors, below));
    }
    return x;
}

static Py_ssize_t
cover_each_of_fours(uint32_t *image, const uint32_t *ground, const uint32_t *table,
                    const uint8_t *values, Py_ssize_t length)
{
    Py_ssize_t x = 0;
    for (; x + 4 <= length; x += 4) {
        const uint8_t *at = values + x;
        __m128i colors = _mm_setr_epi32((int)table[at[0]], (int)table[at[1]], (int)table[at[2]],
                                        (int)table[at[3]]);
        __m128i below = _mm_loadu_si128((const __m128i *)(ground + x));
        _mm_storeu_si128((__m128i *)(image + x), over_four(colors, below));
    }
    return x;
}
#endif

/* The colour of one value over many pixels. */
static void
cover(const Tint *tint, uint32_t *image, const uint32_t *ground, uint8_t value, Py_ssize_t length)
{
    uint32_t color = tint->table[value];
    Py_ssize_t x = 0;
    if (color == 0) {
        if (image != ground) {
            memcpy(image, ground, (size_t)length * 4);
        }
        return;
    }
#ifdef EIGHTS
    x = HAS_EIGHTS ? cover_eights(image, ground, color, length) : 0;
#endif
#ifdef HAS_SSE2
    x += cover_fours(image + x, ground + x, color, length - x);
#endif
    for (; x < length; x++) {
        image[x] = over(color, ground[x]);
    }
}

/* Colours of any values. */
static void
cover_each(const Tint *tint, uint32_t *image, const uint32_t *ground, const uint8_t *values,
           Py_ssize_t length)
{
    const uint32_t *table = tint->table;
    Py_ssize_t x = 0;
#ifdef EIGHTS
    x = HAS_EIGHTS ? cover_each_of_eights(image, ground, table, values, length) : 0;
#endif
#ifdef HAS_SSE2
    x += cover_each_of_fours(image + x, ground + x, table, values + x, length - x);
#endif
    for (; x < length; x++) {
        image[x] = over(table[values[x]], ground[x]);
    }
}

/* Masks are mostly the same for long stretches, and these go fast. */
static void
blend(const Tint *tint, uint32_t *image, const uint32_t *ground, const uint8_t *values,
      Py_ssize_t length)
{
    for (Py_ssize_t x = 0, some; x < length; x += some) {
        some = run_of(values + x, length - x);
        if (some < EVEN) {
            some = length - x < MIXED ? length - x : MIXED;
            cover_each(tint, image + x, ground + x, values + x, some);
        }
        else {
            cover(tint, image + x, ground + x, values[x], some);
        }
    }
}

/* Some rows of a stretch. */
static void
lay_rows(const Tint *tint, Stretch *stretch, Py_ssize_t top, Py_ssize_t bottom)
{
    Py_ssize_t x = stretch->x, length = stretch->length;
    int value = stretch_value(stretch, top, bottom);
    for (Py_ssize_t y = top; y < bottom; y++) {
        uint32_t *image = (uint32_t *)(tint->image.data + y * tint->image.step) + x;
        const uint8_t *row = tint->ground.data + y * tint->ground.step;
        const uint32_t *ground = (const uint32_t *)row + x;
        if (value >= 0) {
            cover(tint, image, ground, (uint8_t)value, length);
        }
        else {
            blend(tint, image, ground, stretch_row(stretch, y), length);
        }
    }
}

static void
lay(const Tint *tint)
{
    Stretch stretch;
    const Sampling *sampling = &tint->sampling;
    /* Turned, a long stretch would lie across much of the mask. */
    Py_ssize_t longest = sampling->vx == 0 ? STRETCH : SQUARE;
    for (Py_ssize_t x = tint->left; x < tint->right; x += longest) {
        Py_ssize_t length = tint->right - x < longest ? tint->right - x : longest;
        stretch_open(&stretch, sampling, x, length);
        for (Py_ssize_t y = tint->top; y < tint->bottom; y += SQUARE) {
            lay_rows(tint, &stretch, y, tint->bottom - y < SQUARE ? tint->bottom : y + SQUARE);
        }
    }
}

static int
read_table(Tint *tint, PyObject *array)
{
    Py_buffer buffer;
    if (PyObject_GetBuffer(array, &buffer, PyBUF_SIMPLE) < 0) {
        return -1;
    }
    int fits = buffer.len == sizeof tint->table;
    if (fits) {
        memcpy(tint->table, buffer.buf, sizeof tint->table);
    }
    else {
        PyErr_SetString(PyExc_ValueError, "table: not 256 colours");
    }
    PyBuffer_Release(&buffer);
    return fits ? 0 : -1;
}

static int
lay_in_planes(Tint *tint)
{
    const Plane *image = &tint->image, *ground = &tint->ground;
    if (image->width != ground->width || image->height != ground->height || tint->left < 0 ||
        tint->top < 0 || tint->right > image->width || tint->bottom > image->height ||
        tint->sampling.mask.width < 1 || tint->sampling.mask.height < 1) {
        PyErr_SetString(PyExc_ValueError, "area: not within image and ground of the same size");
        return -1;
    }
    if ((tint->right - tint->left) * (tint->bottom - tint->top) >= LONG_BYTES / 4) {
        Py_BEGIN_ALLOW_THREADS
        lay(tint);
        Py_END_ALLOW_THREADS
    }
    else {
        lay(tint);
    }
    return 0;
}

static int
open_and_lay(Tint *tint, PyObject *const *args)
{
    int answer = -1;
    if (plane_open(&tint->image, args[0], 4, 1, "image") < 0) {
        return -1;
    }
    if (plane_open(&tint->ground, args[1], 4, 0, "ground") == 0) {
        if (plane_open(&tint->sampling.mask, args[2], 1, 0, "mask") == 0) {
            answer = lay_in_planes(tint);
            plane_close(&tint->sampling.mask);
        }
        plane_close(&tint->ground);
    }
    plane_close(&tint->image);
    return answer;
}

PyObject *
kernel_tint(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    (void)module;
    Tint tint;
    int64_t steps[6], area[4];
    if (count != 8) {
        PyErr_SetString(PyExc_TypeError,
                        "tint(image, ground, mask, table, steps, area, smooth, fade)");
        return NULL;
    }
    if (read_table(&tint, args[3]) < 0 || numbers(args[4], steps, 6, "steps") < 0 ||
        numbers(args[5], area, 4, "area") < 0) {
        return NULL;
    }
    Sampling *sampling = &tint.sampling;
    sampling->u = steps[0], sampling->ux = steps[1], sampling->uy = steps[2];
    sampling->v = steps[3], sampling->vx = steps[4], sampling->vy = steps[5];
    tint.left = (Py_ssize_t)area[0], tint.top = (Py_ssize_t)area[1];
    tint.right = (Py_ssize_t)area[2], tint.bottom = (Py_ssize_t)area[3];
    sampling->smooth = PyObject_IsTrue(args[6]);
    sampling->fade = PyObject_IsTrue(args[7]);
    if (sampling->smooth < 0 || sampling->fade < 0 || open_and_lay(&tint, args) < 0) {
        return NULL;
    }
    Py_RETURN_NONE;
}
