/* Setting a dab of a round brush that lies anywhere between pixels. */

#include "kernels.h"

#include <math.h>
#include <string.h>

#define CHUNK 512
#define UNIT 64 /* places a pixel */
#define STEPS 4096

typedef struct {
    int64_t x, y; /* the middle, in places */
    double inner, outer, scale; /* the radii in places; steps of the profile a place */
    const uint8_t *profile; /* STEPS + 1 levels, from where it is full to where it ends */
    unsigned opacity;
    int erase;
} Disc;

/* The levels of some pixels of a row, the first of which lies `dx` places to the right. */
FOR_EACH_PROCESSOR static void
shade(uint8_t *ALONE levels, const Disc *disc, int64_t dx, int64_t dy, Py_ssize_t count)
{
    int32_t steps[CHUNK];
    double inner = disc->inner, scale = disc->scale;
    for (Py_ssize_t at = 0; at < count; at++) {
        /* Whole numbers up to the root: any machine comes to the same. */
        double across = (double)(dx + at * UNIT), up = (double)dy;
        double step = (sqrt(across * across + up * up) - inner) * scale;
        step = step < 0 ? 0 : step;
        steps[at] = (int32_t)(step > STEPS ? STEPS : step);
    }
    for (Py_ssize_t at = 0; at < count; at++) {
        levels[at] = disc->profile[steps[at]];
    }
}

FOR_EACH_PROCESSOR static void
blend(uint8_t *ALONE to, uint8_t *ALONE levels, const uint8_t *ALONE limit, const Disc *disc,
      Py_ssize_t count)
{
    if (disc->opacity != 255) {
        for (Py_ssize_t at = 0; at < count; at++) {
            uint16_t product = (uint16_t)(levels[at] * disc->opacity + 128);
            levels[at] = (uint8_t)((uint16_t)(product + (product >> 8)) >> 8);
        }
    }
    if (limit) {
        for (Py_ssize_t at = 0; at < count; at++) {
            levels[at] = levels[at] < limit[at] ? levels[at] : limit[at];
        }
    }
    if (disc->erase) {
        for (Py_ssize_t at = 0; at < count; at++) {
            uint8_t rest = (uint8_t)~levels[at];
            to[at] = to[at] < rest ? to[at] : rest;
        }
    }
    else {
        for (Py_ssize_t at = 0; at < count; at++) {
            to[at] = to[at] > levels[at] ? to[at] : levels[at];
        }
    }
}

/* Set the pixels `from` up to but without `end` of a row, at `dy` places below the middle. */
static void
set_rim(uint8_t *to, const uint8_t *limit, const Disc *disc, int64_t dy, Py_ssize_t from,
        Py_ssize_t end)
{
    uint8_t levels[CHUNK];
    for (Py_ssize_t count; from < end; from += count) {
        count = end - from < CHUNK ? end - from : CHUNK;
        shade(levels, disc, from * UNIT + UNIT / 2 - disc->x, dy, count);
        blend(to + from, levels, limit ? limit + from : NULL, disc, count);
    }
}

/* The same where the brush is full. */
static void
set_full(uint8_t *to, const uint8_t *limit, const Disc *disc, Py_ssize_t from, Py_ssize_t end)
{
    uint8_t levels[CHUNK];
    if (!limit && disc->opacity == 255 && disc->profile[0] == 255) {
        memset(to + from, disc->erase ? 0 : 255, (size_t)(end - from));
        return;
    }
    for (Py_ssize_t count; from < end; from += count) {
        count = end - from < CHUNK ? end - from : CHUNK;
        memset(levels, disc->profile[0], (size_t)count);
        blend(to + from, levels, limit ? limit + from : NULL, disc, count);
    }
}

static Py_ssize_t
within(double column, Py_ssize_t width)
{
    return column < 0 ? 0 : column > (double)width ? width : (Py_ssize_t)column;
}

static void
set_row(uint8_t *to, const uint8_t *limit, Py_ssize_t width, const Disc *disc, int64_t dy)
{
    double up = (double)dy * (double)dy, middle = (double)(disc->x - UNIT / 2);
    double reach = sqrt(disc->outer * disc->outer - up);
    Py_ssize_t from = within(floor((middle - reach) / UNIT), width);
    Py_ssize_t end = within(ceil((middle + reach) / UNIT) + 1, width);
    if (up >= disc->inner * disc->inner) {
        set_rim(to, limit, disc, dy, from, end);
        return;
    }
    /* A pixel less than is full at either side: rounding must not matter. */
    double full = sqrt(disc->inner * disc->inner - up);
    Py_ssize_t first = within(ceil((middle - full) / UNIT) + 1, width);
    Py_ssize_t last = within(floor((middle + full) / UNIT), width);
    if (first >= last) {
        set_rim(to, limit, disc, dy, from, end);
        return;
    }
    set_rim(to, limit, disc, dy, from, first);
    set_full(to, limit, disc, first, last);
    set_rim(to, limit, disc, dy, last, end);
}

static void
set_disc(const Plane *plane, const Plane *limit, const Disc *disc)
{
    double middle = (double)(disc->y - UNIT / 2);
    Py_ssize_t row = within(floor((middle - disc->outer) / UNIT), plane->height);
    Py_ssize_t end = within(ceil((middle + disc->outer) / UNIT) + 1, plane->height);
    for (; row < end; row++) {
        int64_t dy = (int64_t)row * UNIT + UNIT / 2 - disc->y;
        if (fabs((double)dy) < disc->outer) {
            set_row(plane->data + row * plane->step,
                    limit ? limit->data + row * limit->step : NULL, plane->width, disc, dy);
        }
    }
}

/* The numbers and the profile; 0, or -1 with an exception set. */
static int
read_disc(Disc *disc, PyObject *const *args)
{
    Py_ssize_t opacity, length;
    char *profile;
    double inner = PyFloat_AsDouble(args[2]), falloff = PyFloat_AsDouble(args[3]);
    if (PyErr_Occurred() || number(args[6], &opacity) < 0 ||
        PyBytes_AsStringAndSize(args[4], &profile, &length) < 0) {
        return -1;
    }
    if (length != STEPS + 1 || !(falloff > 0) || !isfinite(inner + falloff)) {
        PyErr_SetString(PyExc_ValueError, "disc: no such rim");
        return -1;
    }
    disc->inner = inner * UNIT;
    disc->outer = (inner + falloff) * UNIT;
    disc->scale = STEPS / (falloff * UNIT);
    disc->profile = (const uint8_t *)profile;
    disc->opacity = (unsigned)(opacity < 0 ? 0 : opacity > 255 ? 255 : opacity);
    disc->erase = PyObject_IsTrue(args[5]);
    return disc->erase < 0 ? -1 : 0;
}

/* Set one on each place of a list. */
static int
set_discs(const Plane *plane, const Plane *limit, Disc *disc, PyObject *places)
{
    if (limit && (limit->width != plane->width || limit->height != plane->height)) {
        PyErr_SetString(PyExc_ValueError, "limit: not of the plane's size");
        return -1;
    }
    for (Py_ssize_t at = 0; at < PyList_Size(places); at++) {
        int64_t place[2];
        if (numbers(PyList_GetItem(places, at), place, 2, "place") < 0) {
            return -1;
        }
        disc->x = place[0];
        disc->y = place[1];
        set_disc(plane, limit, disc);
    }
    return 0;
}

PyObject *
kernel_disc(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    (void)module;
    Disc disc;
    Plane plane, limit;
    if (count != 8 || !PyList_Check(args[1])) {
        PyErr_SetString(PyExc_TypeError,
                        "disc(plane, places, inner, falloff, profile, erase, opacity, limit)");
        return NULL;
    }
    if (read_disc(&disc, args) < 0 || plane_open(&plane, args[0], 1, 1, "plane") < 0) {
        return NULL;
    }
    int is_limited = args[7] != Py_None;
    int answer = is_limited ? plane_open(&limit, args[7], 1, 0, "limit") : 0;
    if (answer == 0) {
        answer = set_discs(&plane, is_limited ? &limit : NULL, &disc, args[1]);
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
