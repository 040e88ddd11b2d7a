/* Planes at a half, a quarter, … of their size. */

#include "kernels.h"

#include <string.h>

#define CHUNK 4096 /* pixels of the source at once; a multiple of every step */

/* Up to 64 rows added, pixel by pixel; a row that is missing is stood in for by the last. */
FOR_EACH_PROCESSOR static void
add_rows(uint16_t *ALONE sums, const uint8_t *from, Py_ssize_t step, Py_ssize_t rows,
         Py_ssize_t there, Py_ssize_t length)
{
    for (Py_ssize_t y = 0; y < rows; y += 2) {
        const uint8_t *one = from + (y < there ? y : there - 1) * step;
        const uint8_t *other = from + (y + 1 < there ? y + 1 : there - 1) * step;
        if (y == 0) {
            for (Py_ssize_t x = 0; x < length; x++) {
                sums[x] = (uint16_t)(one[x] + other[x]);
            }
        }
        else {
            for (Py_ssize_t x = 0; x < length; x++) {
                sums[x] = (uint16_t)(sums[x] + one[x] + other[x]);
            }
        }
    }
}

/* A pixel and the next one, added. They are read as one number, since compilers take long to tell
   every second byte from the others. */
static inline uint16_t
sum_of_two(const uint8_t *at)
{
    uint16_t both;
    memcpy(&both, at, 2);
    return (uint16_t)((both & 255) + (both >> 8));
}

/* The mean of each two of two rows; by far the most common. */
FOR_EACH_PROCESSOR static void
halve_rows(uint8_t *ALONE to, const uint8_t *above, const uint8_t *below, Py_ssize_t length)
{
    for (Py_ssize_t x = 0; x < length; x++) {
        uint16_t four = (uint16_t)(sum_of_two(above + 2 * x) + sum_of_two(below + 2 * x));
        to[x] = (uint8_t)((uint16_t)(four + 2) >> 2);
    }
}

FOR_EACH_PROCESSOR static void
add_pairs(uint16_t *ALONE to, const uint16_t *ALONE sums, Py_ssize_t length)
{
    for (Py_ssize_t x = 0; x < length; x++) {
        to[x] = (uint16_t)(sums[2 * x] + sums[2 * x + 1]);
    }
}

/* Sums of up to 16 · 16 pixels, divided and rounded; that fits in 16 bits. */
FOR_EACH_PROCESSOR static void
take_means(uint8_t *ALONE to, const uint16_t *ALONE sums, Py_ssize_t length, int times)
{
    uint16_t half = (uint16_t)(1u << (2 * times - 1));
    for (Py_ssize_t x = 0; x < length; x++) {
        to[x] = (uint8_t)((uint16_t)(sums[x] + half) >> (2 * times));
    }
}

/* Two at a time as long as their sums fit, and then one by one. */
static void
add_along(uint8_t *to, uint16_t *sums, uint16_t *spare, Py_ssize_t length, int times)
{
    int pairs = times < 8 - times ? times : 8 - times;
    Py_ssize_t left = (Py_ssize_t)1 << (times - pairs);
    for (int pair = 1; pair <= pairs; pair++) {
        add_pairs(spare, sums, length << (times - pair));
        uint16_t *added = spare;
        spare = sums;
        sums = added;
    }
    if (left == 1) {
        take_means(to, sums, length, times);
        return;
    }
    for (Py_ssize_t x = 0; x < length; x++) {
        uint32_t sum = (uint32_t)1 << (2 * times - 1);
        for (Py_ssize_t each = 0; each < left; each++) {
            sum += sums[x * left + each];
        }
        to[x] = (uint8_t)(sum >> (2 * times));
    }
}

static void
halve(const Plane *source, const Plane *target, int times)
{
    uint16_t sums[CHUNK], spare[CHUNK / 2];
    Py_ssize_t step = (Py_ssize_t)1 << times;
    for (Py_ssize_t y = 0; y < target->height; y++) {
        Py_ssize_t there = source->height - y * step;
        const uint8_t *from = source->data + y * step * source->step;
        uint8_t *to = target->data + y * target->step;
        Py_ssize_t x = 0, whole = source->width / step;
        if (times == 1) {
            halve_rows(to, from, there > 1 ? from + source->step : from, whole);
            x = whole;
        }
        while (x < target->width) {
            Py_ssize_t start = x * step, length = source->width - start;
            Py_ssize_t pixels = target->width - x < CHUNK / step ? target->width - x : CHUNK / step;
            length = length < pixels * step ? length : pixels * step;
            add_rows(sums, from + start, source->step, step, there, length);
            for (; length < pixels * step; length++) {
                sums[length] = sums[length - 1];
            }
            add_along(to + x, sums, spare, pixels, times);
            x += pixels;
        }
    }
}

PyObject *
kernel_halve(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    (void)module;
    Plane source, target;
    Py_ssize_t times = 1;
    if (count < 2 || count > 3) {
        PyErr_SetString(PyExc_TypeError, "halve(source, target, times=1)");
        return NULL;
    }
    if (count == 3 && number(args[2], &times) < 0) {
        return NULL;
    }
    if (times < 1 || times > 6) {
        PyErr_SetString(PyExc_ValueError, "times: not 1 to 6");
        return NULL;
    }
    if (plane_open(&source, args[0], 1, 0, "source") < 0) {
        return NULL;
    }
    if (plane_open(&target, args[1], 1, 1, "target") < 0) {
        plane_close(&source);
        return NULL;
    }
    Py_ssize_t more = ((Py_ssize_t)1 << times) - 1;
    int fits = target.width == (source.width + more) >> times &&
               target.height == (source.height + more) >> times;
    if (!fits) {
        PyErr_SetString(PyExc_ValueError, "target: not of the halved size");
    }
    else if (source.width * source.height >= LONG_BYTES) {
        Py_BEGIN_ALLOW_THREADS
        halve(&source, &target, (int)times);
        Py_END_ALLOW_THREADS
    }
    else if (source.width > 0 && source.height > 0) {
        halve(&source, &target, (int)times);
    }
    plane_close(&target);
    plane_close(&source);
    if (!fits) {
        return NULL;
    }
    Py_RETURN_NONE;
}
