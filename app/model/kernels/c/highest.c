/* The highest value in a disc around each pixel. */

#include "kernels.h"

#include <stdlib.h>
#include <string.h>

/* What is written again and again is to stay near the processor. */
#define NEAR_BYTES ((Py_ssize_t)1 << 15)
#define LEAST_WIDTH 256

/* Half the width of a disc's row, and how far above and below the middle such rows lie. */
typedef struct {
    Py_ssize_t half, first, last;
} Rows;

FOR_EACH_PROCESSOR static void
join(uint8_t *ALONE to, const uint8_t *one, const uint8_t *other, Py_ssize_t count)
{
    for (Py_ssize_t x = 0; x < count; x++) {
        to[x] = one[x] > other[x] ? one[x] : other[x];
    }
}

FOR_EACH_PROCESSOR static void
lift(uint8_t *ALONE to, const uint8_t *ALONE from, Py_ssize_t count)
{
    for (Py_ssize_t x = 0; x < count; x++) {
        to[x] = from[x] > to[x] ? from[x] : to[x];
    }
}

/* The narrow rows of a disc first; how many widths there are. */
static Py_ssize_t
divide(Rows *rows, Py_ssize_t radius)
{
    Py_ssize_t count = 0, half = 0;
    for (Py_ssize_t offset = radius; offset >= 0; offset--) {
        while ((half + 1) * (half + 1) + offset * offset <= radius * radius) {
            half++;
        }
        if (count == 0 || rows[count - 1].half != half) {
            rows[count++] = (Rows){half, offset, offset};
        }
        rows[count - 1].first = offset;
    }
    return count;
}

/* Raise what lies below and above the highest values along a row, as far as the disc's rows do. */
static void
spread(const Plane *target, const uint8_t *along, Rows rows, Py_ssize_t middle)
{
    for (Py_ssize_t offset = rows.first; offset <= rows.last; offset++) {
        Py_ssize_t above = middle - offset, below = middle + offset;
        if (above >= 0 && above < target->height) {
            lift(target->data + above * target->step, along, target->width);
        }
        if (offset && below >= 0 && below < target->height) {
            lift(target->data + below * target->step, along, target->width);
        }
    }
}

/* Those along a row come from two overlapping stretches whose length is a power of two. */
static void
take_rows(const Plane *target, const Plane *source, Py_ssize_t radius, const Rows *rows,
          Py_ssize_t count, uint8_t *room)
{
    uint8_t *along = room, *spare = along + source->width, *used = spare + source->width;
    for (Py_ssize_t y = 0; y < target->height; y++) {
        memset(target->data + y * target->step, 0, (size_t)target->width);
    }
    for (Py_ssize_t y = 0; y < source->height; y++) {
        const uint8_t *stretches = source->data + y * source->step;
        Py_ssize_t length = 1;
        for (Py_ssize_t at = 0; at < count; at++) {
            Py_ssize_t half = rows[at].half;
            while (2 * length <= 2 * half + 1) {
                join(spare, stretches, stretches + length, source->width - 2 * length + 1);
                stretches = spare;
                spare = used;
                used = (uint8_t *)stretches;
                length *= 2;
            }
            join(along, stretches + radius - half, stretches + radius + half + 1 - length,
                 target->width);
            spread(target, along, rows[at], y - radius);
        }
    }
}

/* Column by column, as wide as the processor's memory likes it. */
static int
take_all(const Plane *target, const Plane *source, Py_ssize_t radius)
{
    Py_ssize_t width = NEAR_BYTES / (2 * radius + 1);
    width = width < LEAST_WIDTH ? LEAST_WIDTH : width;
    uint8_t *room = malloc((size_t)(3 * (width + 2 * radius)));
    Rows *rows = malloc((size_t)(radius + 1) * sizeof(Rows));
    int is_ready = room && rows;
    Py_ssize_t count = is_ready ? divide(rows, radius) : 0;
    for (Py_ssize_t left = 0; is_ready && left < target->width; left += width) {
        Plane to = *target, from = *source;
        to.data += left;
        to.width = target->width - left < width ? target->width - left : width;
        from.data += left;
        from.width = to.width + 2 * radius;
        take_rows(&to, &from, radius, rows, count, room);
    }
    free(rows);
    free(room);
    return is_ready ? 0 : -1;
}

PyObject *
kernel_highest(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    (void)module;
    Plane target, source;
    Py_ssize_t radius;
    if (count != 3) {
        PyErr_SetString(PyExc_TypeError, "highest(target, source, radius)");
        return NULL;
    }
    if (number(args[2], &radius) < 0 || plane_open(&target, args[0], 1, 1, "target") < 0) {
        return NULL;
    }
    if (plane_open(&source, args[1], 1, 0, "source") < 0) {
        plane_close(&target);
        return NULL;
    }
    int answer = -1;
    if (radius < 0 || radius > source.width || source.width != target.width + 2 * radius ||
        source.height != target.height + 2 * radius) {
        PyErr_SetString(PyExc_ValueError, "source: not the target and its surroundings");
    }
    else {
        Py_BEGIN_ALLOW_THREADS
        answer = take_all(&target, &source, radius);
        Py_END_ALLOW_THREADS
        if (answer < 0) {
            PyErr_NoMemory();
        }
    }
    plane_close(&source);
    plane_close(&target);
    if (answer < 0) {
        return NULL;
    }
    Py_RETURN_NONE;
}
