/* Pixels as decoders write them made those of pictures, in their place. */

#include "kernels.h"

FOR_EACH_PROCESSOR static void
order_row(uint32_t *row, Py_ssize_t count)
{
    for (Py_ssize_t x = 0; x < count; x++) {
        uint32_t red = row[x] & 0xFF, blue = row[x] >> 16 & 0xFF;
        row[x] = 0xFF000000 | red << 16 | (row[x] & 0xFF00) | blue;
    }
}

PyObject *
kernel_blue_first(PyObject *module, PyObject *pixels)
{
    (void)module;
    Plane plane;
    if (plane_open(&plane, pixels, 4, 1, "pixels") < 0) {
        return NULL;
    }
    Py_BEGIN_ALLOW_THREADS
    for (Py_ssize_t y = 0; y < plane.height; y++) {
        order_row((uint32_t *)(plane.data + y * plane.step), plane.width);
    }
    Py_END_ALLOW_THREADS
    plane_close(&plane);
    Py_RETURN_NONE;
}
