/* Setting a dab of the brush. */

#include "kernels.h"

#include <string.h>

typedef struct {
    uint8_t *to;
    const uint8_t *stamp, *limit; /* no limit: NULL */
    Py_ssize_t to_step, stamp_step, limit_step;
    Py_ssize_t height, width;
    unsigned opacity;
    int erase;
} Dab;

#define CHUNK 1024

FOR_EACH_PROCESSOR static void
paint(uint8_t *ALONE to, Py_ssize_t to_step, const uint8_t *ALONE stamp, Py_ssize_t stamp_step,
      Py_ssize_t height, Py_ssize_t width)
{
    for (Py_ssize_t y = 0; y < height; y++, to += to_step, stamp += stamp_step) {
        for (Py_ssize_t x = 0; x < width; x++) {
            to[x] = to[x] > stamp[x] ? to[x] : stamp[x];
        }
    }
}

FOR_EACH_PROCESSOR static void
erase(uint8_t *ALONE to, Py_ssize_t to_step, const uint8_t *ALONE stamp, Py_ssize_t stamp_step,
      Py_ssize_t height, Py_ssize_t width)
{
    for (Py_ssize_t y = 0; y < height; y++, to += to_step, stamp += stamp_step) {
        for (Py_ssize_t x = 0; x < width; x++) {
            uint8_t rest = (uint8_t)~stamp[x];
            to[x] = to[x] < rest ? to[x] : rest;
        }
    }
}

FOR_EACH_PROCESSOR static void
scale(uint8_t *ALONE to, const uint8_t *ALONE from, Py_ssize_t length, unsigned opacity)
{
    for (Py_ssize_t x = 0; x < length; x++) {
        /* The product divided by 255 and rounded, in 16 bits. */
        uint16_t product = (uint16_t)(from[x] * opacity + 128);
        to[x] = (uint8_t)((uint16_t)(product + (product >> 8)) >> 8);
    }
}

FOR_EACH_PROCESSOR static void
hold_down(uint8_t *ALONE to, const uint8_t *ALONE limit, Py_ssize_t length)
{
    for (Py_ssize_t x = 0; x < length; x++) {
        to[x] = to[x] < limit[x] ? to[x] : limit[x];
    }
}

/* A dab that is not the stamp as it is: a piece of a row at a time is made ready beside it. */
static void
set_altered(const Dab *dab)
{
    uint8_t ready[CHUNK];
    for (Py_ssize_t y = 0; y < dab->height; y++) {
        for (Py_ssize_t x = 0; x < dab->width; x += CHUNK) {
            Py_ssize_t length = dab->width - x < CHUNK ? dab->width - x : CHUNK;
            const uint8_t *stamp = dab->stamp + y * dab->stamp_step + x;
            uint8_t *to = dab->to + y * dab->to_step + x;
            if (dab->opacity != 255) {
                scale(ready, stamp, length, dab->opacity);
            }
            else {
                memcpy(ready, stamp, (size_t)length);
            }
            if (dab->limit) {
                hold_down(ready, dab->limit + y * dab->limit_step + x, length);
            }
            (dab->erase ? erase : paint)(to, 0, ready, 0, 1, length);
        }
    }
}

static void
set(const Dab *dab)
{
    if (dab->opacity != 255 || dab->limit) {
        set_altered(dab);
    }
    else {
        (dab->erase ? erase : paint)(dab->to, dab->to_step, dab->stamp, dab->stamp_step,
                                     dab->height, dab->width);
    }
}

/* Cut off what is beside the plane; 0 if nothing is left. */
static int
cut(Dab *dab, const Plane *plane, const Plane *stamp, Py_ssize_t left, Py_ssize_t top)
{
    Py_ssize_t x = left < 0 ? -left : 0, y = top < 0 ? -top : 0;
    Py_ssize_t right = plane->width - left, bottom = plane->height - top;
    dab->width = (right < stamp->width ? right : stamp->width) - x;
    dab->height = (bottom < stamp->height ? bottom : stamp->height) - y;
    if (dab->width <= 0 || dab->height <= 0) {
        return 0;
    }
    dab->to = plane->data + (top + y) * plane->step + left + x;
    dab->to_step = plane->step;
    dab->stamp = stamp->data + y * stamp->step + x;
    dab->stamp_step = stamp->step;
    return 1;
}

/* One dab of a list: the stamp and its corner. */
static int
set_dab(Dab *dab, const Plane *plane, const Plane *limit, PyObject *told)
{
    Plane stamp;
    Py_ssize_t left, top;
    if (!PyTuple_Check(told) || PyTuple_Size(told) != 3) {
        PyErr_SetString(PyExc_TypeError, "dab: not a stamp and its corner");
        return -1;
    }
    if (number(PyTuple_GetItem(told, 1), &left) < 0 || number(PyTuple_GetItem(told, 2), &top) < 0 ||
        plane_open(&stamp, PyTuple_GetItem(told, 0), 1, 0, "stamp") < 0) {
        return -1;
    }
    if (cut(dab, plane, &stamp, left, top)) {
        if (limit) {
            dab->limit = limit->data + (top < 0 ? 0 : top) * limit->step + (left < 0 ? 0 : left);
            dab->limit_step = limit->step;
        }
        if (dab->width * dab->height >= LONG_BYTES) {
            Py_BEGIN_ALLOW_THREADS
            set(dab);
            Py_END_ALLOW_THREADS
        }
        else {
            set(dab);
        }
    }
    plane_close(&stamp);
    return 0;
}

static int
set_dabs(Dab *dab, const Plane *plane, const Plane *limit, PyObject *dabs)
{
    if (limit && (limit->width != plane->width || limit->height != plane->height)) {
        PyErr_SetString(PyExc_ValueError, "limit: not of the plane's size");
        return -1;
    }
    int answer = 0;
    for (Py_ssize_t at = 0; answer == 0 && at < PyList_Size(dabs); at++) {
        answer = set_dab(dab, plane, limit, PyList_GetItem(dabs, at));
    }
    return answer;
}

PyObject *
kernel_dab(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    (void)module;
    Plane plane, limit;
    Py_ssize_t opacity;
    if (count != 5 || !PyList_Check(args[1])) {
        PyErr_SetString(PyExc_TypeError, "dab(plane, dabs, erase, opacity, limit)");
        return NULL;
    }
    Dab dab = {.erase = PyObject_IsTrue(args[2])};
    if (dab.erase < 0 || number(args[3], &opacity) < 0 ||
        plane_open(&plane, args[0], 1, 1, "plane") < 0) {
        return NULL;
    }
    dab.opacity = (unsigned)(opacity < 0 ? 0 : opacity > 255 ? 255 : opacity);
    int is_limited = args[4] != Py_None;
    int answer = is_limited ? plane_open(&limit, args[4], 1, 0, "limit") : 0;
    if (answer == 0) {
        answer = set_dabs(&dab, &plane, is_limited ? &limit : NULL, args[1]);
        if (is_limited) {
            plane_close(&limit);
        }
    }
    plane_close(&plane);
    if (answer < 0) {
        return NULL;
    }
    Py_RETURN_NONE;
}
