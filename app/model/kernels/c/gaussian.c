/* The mean of what is around each pixel, by a Gaussian's weights. */

#include "kernels.h"

#include <stdlib.h>
#include <string.h>

/* Two weights taken in turn within one loop over pixels would be no vector instructions any more. */
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC optimize("no-loop-unroll-and-jam")
#endif

/* So many pixels of a row are summed up together, in the processor's registers. */
#define GROUP 64

/* Levels are multiplied by so much, and two of them by a weight still fit into 32 bits. */
#define SHIFT 7

#define MOST_REACH 62

typedef struct {
    uint16_t weights[MOST_REACH + 1]; /* of 65536; the first is half of the middle's */
    Py_ssize_t reach;
} Bell;

FOR_EACH_PROCESSOR static void
scale_row(uint16_t *ALONE to, const uint8_t *ALONE from, Py_ssize_t count)
{
    for (Py_ssize_t x = 0; x < count; x++) {
        to[x] = (uint16_t)(from[x] << SHIFT);
    }
}

/* Of each product the fraction is dropped; what that amounts to in all is put in before. */
FOR_EACH_PROCESSOR static void
sum_across(uint16_t *ALONE to, const uint16_t *ALONE from, const Bell *ALONE bell, Py_ssize_t count)
{
    Py_ssize_t reach = bell->reach;
    for (Py_ssize_t x = 0; x < count; x += GROUP) {
        const uint16_t *middle = from + x + reach;
        uint16_t sums[GROUP];
        for (int at = 0; at < GROUP; at++) {
            sums[at] = (uint16_t)((reach + 1) / 2);
        }
        for (Py_ssize_t step = 0; step <= reach; step++) {
            uint32_t weight = bell->weights[step];
            for (int at = 0; at < GROUP; at++) {
                uint16_t both = (uint16_t)(middle[at - step] + middle[at + step]);
                sums[at] += (uint16_t)((both * weight) >> 16); /* one instruction, cast like this */
            }
        }
        memcpy(to + x, sums, sizeof sums);
    }
}

/* The same from row to row; `rows` has the middle one and as many as the reach on either side. */
FOR_EACH_PROCESSOR static void
sum_down(uint8_t *ALONE to, const uint16_t *const *rows, const Bell *ALONE bell, Py_ssize_t count)
{
    Py_ssize_t reach = bell->reach;
    for (Py_ssize_t x = 0; x < count; x += GROUP) {
        uint16_t sums[GROUP];
        for (int at = 0; at < GROUP; at++) {
            sums[at] = (uint16_t)((reach + 1) / 2 + (1 << (SHIFT - 1)));
        }
        for (Py_ssize_t step = 0; step <= reach; step++) {
            uint32_t weight = bell->weights[step];
            const uint16_t *above = rows[reach - step] + x, *below = rows[reach + step] + x;
            for (int at = 0; at < GROUP; at++) {
                uint16_t both = (uint16_t)(above[at] + below[at]);
                sums[at] += (uint16_t)((both * weight) >> 16); /* one instruction, cast like this */
            }
        }
        for (int at = 0; at < GROUP; at++) {
            to[x + at] = (uint8_t)(sums[at] >> SHIFT);
        }
    }
}

static int
blur(const Plane *target, const Plane *source, const Bell *bell)
{
    Py_ssize_t around = 2 * bell->reach + 1, width = target->width;
    Py_ssize_t room = (width + GROUP - 1) / GROUP * GROUP, wide = room + 2 * bell->reach;
    /* The rows that are summed up across already, the row that is next, and the one that is done. */
    uint16_t *summed = calloc((size_t)(around * room + wide), sizeof(uint16_t));
    uint8_t *done = malloc((size_t)room);
    const uint16_t *rows[2 * MOST_REACH + 1];
    int is_ready = summed && done;
    uint16_t *scaled = is_ready ? summed + around * room : NULL;
    for (Py_ssize_t y = 0; is_ready && y < source->height; y++) {
        scale_row(scaled, source->data + y * source->step, source->width);
        sum_across(summed + y % around * room, scaled, bell, width);
        Py_ssize_t row = y - 2 * bell->reach;
        if (row >= 0) {
            for (Py_ssize_t at = 0; at < around; at++) {
                rows[at] = summed + (row + at) % around * room;
            }
            sum_down(done, rows, bell, width);
            memcpy(target->data + row * target->step, done, (size_t)width);
        }
    }
    free(done);
    free(summed);
    return is_ready ? 0 : -1;
}

PyObject *
kernel_gaussian(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    (void)module;
    Plane target, source;
    Bell bell;
    char *weights;
    Py_ssize_t length;
    if (count != 3) {
        PyErr_SetString(PyExc_TypeError, "gaussian(target, source, weights)");
        return NULL;
    }
    if (PyBytes_AsStringAndSize(args[2], &weights, &length) < 0 ||
        plane_open(&target, args[0], 1, 1, "target") < 0) {
        return NULL;
    }
    if (plane_open(&source, args[1], 1, 0, "source") < 0) {
        plane_close(&target);
        return NULL;
    }
    int answer = -1;
    bell.reach = length / 2 - 1;
    if (length % 2 || bell.reach < 0 || bell.reach > MOST_REACH) {
        PyErr_SetString(PyExc_ValueError, "weights: too few or too many");
    }
    else if (source.width != target.width + 2 * bell.reach ||
             source.height != target.height + 2 * bell.reach) {
        PyErr_SetString(PyExc_ValueError, "source: not the target and its surroundings");
    }
    else {
        memcpy(bell.weights, weights, (size_t)length);
        Py_BEGIN_ALLOW_THREADS
        answer = blur(&target, &source, &bell);
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
