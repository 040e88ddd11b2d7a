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

#define MIXED 32 /* pixels of several values that are done at once */
#define EVEN 16  /* so many of one value pay to be treated as such */

#define BLOCK 8

/* One colour over many pixels. */
FOR_EACH_PROCESSOR static void
cover(uint32_t *ALONE image, const uint32_t *ALONE ground, uint32_t color, Py_ssize_t length)
{
    uint8_t *ALONE to = (uint8_t *)image;
    const uint8_t *ALONE from = (const uint8_t *)ground;
    uint16_t rest = (uint16_t)(255 - (color >> 24)), parts[4 * BLOCK];
    for (int part = 0; part < 4 * BLOCK; part++) {
        parts[part] = (uint8_t)(color >> 8 * (part & 3));
    }
    Py_ssize_t x = 0;
    for (; x + BLOCK <= length; x += BLOCK) {
        for (int part = 0; part < 4 * BLOCK; part++) {
            uint16_t product = (uint16_t)(from[4 * x + part] * rest + 128);
            to[4 * x + part] =
                (uint8_t)(parts[part] + ((uint16_t)(product + (product >> 8)) >> 8));
        }
    }
    for (; x < length; x++) {
        image[x] = over(color, ground[x]);
    }
}

/* Any colours, as many as there are values at once. */
#ifdef HAS_SSE2
static void
cover_each(uint32_t *ALONE image, const uint32_t *ALONE ground, const uint32_t *ALONE table,
           const uint8_t *ALONE values, Py_ssize_t length)
{
    const __m128i even = _mm_set1_epi32(0x00ff00ff), half = _mm_set1_epi16(128);
    Py_ssize_t x = 0;
    for (; x + 4 <= length; x += 4) {
        __m128i color = _mm_set_epi32((int)table[values[x + 3]], (int)table[values[x + 2]],
                                      (int)table[values[x + 1]], (int)table[values[x]]);
        __m128i below = _mm_loadu_si128((const __m128i *)(ground + x));
        __m128i rest = _mm_sub_epi32(_mm_set1_epi32(255), _mm_srli_epi32(color, 24));
        rest = _mm_or_si128(rest, _mm_slli_epi32(rest, 16));
        __m128i one = _mm_mullo_epi16(_mm_and_si128(below, even), rest);
        __m128i other = _mm_mullo_epi16(_mm_srli_epi16(below, 8), rest);
        one = _mm_add_epi16(one, half);
        other = _mm_add_epi16(other, half);
        one = _mm_srli_epi16(_mm_add_epi16(one, _mm_srli_epi16(one, 8)), 8);
        other = _mm_add_epi16(other, _mm_srli_epi16(other, 8));
        other = _mm_andnot_si128(even, other);
        color = _mm_add_epi32(color, _mm_or_si128(one, other));
        _mm_storeu_si128((__m128i *)(image + x), color);
    }
    for (; x < length; x++) {
        image[x] = over(table[values[x]], ground[x]);
    }
}
#else
FOR_EACH_PROCESSOR static void
cover_each(uint32_t *ALONE image, const uint32_t *ALONE ground, const uint32_t *ALONE table,
           const uint8_t *ALONE values, Py_ssize_t length)
{
    uint32_t colors[MIXED]; /* looked up first, so that the rest is a loop of its own */
    for (Py_ssize_t x = 0; x < length; x++) {
        colors[x] = table[values[x]];
    }
    for (Py_ssize_t x = 0; x < length; x++) {
        image[x] = over(colors[x], ground[x]);
    }
}
#endif

/* Masks are mostly the same for long stretches, and these go fast. Image and ground may be one and
   the same: each pixel comes from that below it alone. */
static void
blend(const Tint *tint, uint32_t *image, const uint32_t *ground, const uint8_t *values,
      Py_ssize_t length)
{
    for (Py_ssize_t x = 0, some; x < length; x += some) {
        some = run_of(values + x, length - x);
        uint32_t color = tint->table[values[x]];
        if (some < EVEN) {
            some = length - x < MIXED ? length - x : MIXED;
            cover_each(image + x, ground + x, tint->table, values + x, some);
        }
        else if (color == 0) {
            if (image != ground) {
                memcpy(image + x, ground + x, (size_t)some * 4);
            }
        }
        else {
            cover(image + x, ground + x, color, some);
        }
    }
}

static void
lay(const Tint *tint)
{
    Stretch stretch;
    uint32_t copy[STRETCH]; /* of the ground, where it is the image itself */
    for (Py_ssize_t x = tint->left; x < tint->right; x += STRETCH) {
        Py_ssize_t length = tint->right - x < STRETCH ? tint->right - x : STRETCH;
        stretch_open(&stretch, &tint->sampling, x, length);
        for (Py_ssize_t y = tint->top; y < tint->bottom; y++) {
            uint32_t *image = (uint32_t *)(tint->image.data + y * tint->image.step) + x;
            const uint8_t *ground = tint->ground.data + y * tint->ground.step;
            const uint32_t *below = (const uint32_t *)ground + x;
            if (below == image) {
                below = memcpy(copy, image, (size_t)length * 4);
            }
            blend(tint, image, below, stretch_row(&stretch, y), length);
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
