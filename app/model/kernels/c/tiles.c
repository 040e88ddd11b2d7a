/* Looking at tiles. */

#include "kernels.h"

#include <string.h>

static int
is_even(const Plane *tile)
{
    size_t width = (size_t)tile->width;
    const uint8_t *row = tile->data;
    if (memcmp(row, row + 1, width - 1) != 0) {
        return 0;
    }
    for (Py_ssize_t y = 1; y < tile->height; y++) {
        row += tile->step;
        if (memcmp(row, tile->data, width) != 0) {
            return 0;
        }
    }
    return 1;
}

PyObject *
kernel_tile_bytes(PyObject *module, PyObject *values)
{
    (void)module;
    Plane tile;
    if (plane_open(&tile, values, 1, 0, "values") < 0) {
        return NULL;
    }
    PyObject *result;
    if (tile.width * tile.height == 0) {
        result = PyBytes_FromStringAndSize(NULL, 0);
    }
    else if (is_even(&tile)) {
        result = PyBytes_FromStringAndSize((const char *)tile.data, 1);
    }
    else {
        result = PyBytes_FromStringAndSize(NULL, tile.width * tile.height);
        char *to = result ? PyBytes_AsString(result) : NULL;
        for (Py_ssize_t y = 0; to && y < tile.height; y++, to += tile.width) {
            memcpy(to, tile.data + y * tile.step, (size_t)tile.width);
        }
    }
    plane_close(&tile);
    return result;
}
