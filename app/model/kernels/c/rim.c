/* A few pixels laid over an image, and taken off again. */

#include "kernels.h"
#include "over.h"

typedef struct {
    Plane image, places, colors, below; /* places: column and row of each, from the corner on */
    Py_ssize_t left, top;
} Rim;

/* The pixel of the image at the rim's place, or NULL beside it. */
static uint32_t *
pixel(const Rim *rim, Py_ssize_t number)
{
    const int32_t *place = (const int32_t *)(rim->places.data + number * rim->places.step);
    Py_ssize_t x = rim->left + place[0], y = rim->top + place[1];
    if (x < 0 || y < 0 || x >= rim->image.width || y >= rim->image.height) {
        return NULL;
    }
    return (uint32_t *)(rim->image.data + y * rim->image.step) + x;
}

static void
lay(const Rim *rim)
{
    const uint32_t *colors = (const uint32_t *)rim->colors.data;
    uint32_t *below = (uint32_t *)rim->below.data;
    for (Py_ssize_t number = 0; number < rim->places.height; number++) {
        uint32_t *at = pixel(rim, number);
        if (at) {
            below[number] = *at;
            *at = over(colors[number], *at);
        }
    }
}

static void
lift(const Rim *rim)
{
    const uint32_t *below = (const uint32_t *)rim->below.data;
    for (Py_ssize_t number = 0; number < rim->places.height; number++) {
        uint32_t *at = pixel(rim, number);
        if (at) {
            *at = below[number];
        }
    }
}

static int
open_rim(Rim *rim, PyObject *const *args)
{
    if (number(args[4], &rim->left) < 0 || number(args[5], &rim->top) < 0 ||
        plane_open(&rim->image, args[0], 4, 1, "image") < 0) {
        return -1;
    }
    if (plane_open(&rim->places, args[1], 4, 0, "places") < 0) {
        goto close_image;
    }
    if (plane_open(&rim->colors, args[2], 4, 0, "colors") < 0) {
        goto close_places;
    }
    if (plane_open(&rim->below, args[3], 4, 1, "below") < 0) {
        goto close_colors;
    }
    Py_ssize_t count = rim->places.height;
    if (rim->places.width == 2 && rim->colors.height == 1 && rim->below.height == 1 &&
        rim->colors.width == count && rim->below.width == count) {
        return 0;
    }
    PyErr_SetString(PyExc_ValueError, "places, colors and below: not of the same pixels");
    plane_close(&rim->below);
close_colors:
    plane_close(&rim->colors);
close_places:
    plane_close(&rim->places);
close_image:
    plane_close(&rim->image);
    return -1;
}

static PyObject *
with_rim(void (*act)(const Rim *), PyObject *const *args, Py_ssize_t count)
{
    Rim rim;
    if (count != 6) {
        PyErr_SetString(PyExc_TypeError, "(image, places, colors, below, left, top)");
        return NULL;
    }
    if (open_rim(&rim, args) < 0) {
        return NULL;
    }
    act(&rim);
    plane_close(&rim.below);
    plane_close(&rim.colors);
    plane_close(&rim.places);
    plane_close(&rim.image);
    Py_RETURN_NONE;
}

PyObject *
kernel_lay_rim(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    (void)module;
    return with_rim(lay, args, count);
}

PyObject *
kernel_lift_rim(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    (void)module;
    return with_rim(lift, args, count);
}
