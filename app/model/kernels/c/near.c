/* How near colours are to one of them. */

#include "kernels.h"

#include <stdlib.h>

typedef struct {
    const uint8_t *pixels; /* blue, green, red and one more byte each */
    Py_ssize_t step, width, height;
    uint8_t color[3];
    const uint8_t *shares; /* by the difference of the channel that differs most */
} Colors;

/* A row of shares from column `left` on, each with its two neighbours: 1, 2, 1. Beside the picture
   its outermost pixels go on. `shares` has room for two more. */
FOR_EACH_PROCESSOR static void
mix_row(uint16_t *ALONE mixed, uint8_t *ALONE shares, const Colors *colors, Py_ssize_t y,
        Py_ssize_t left, Py_ssize_t count)
{
    y = y < 0 ? 0 : y >= colors->height ? colors->height - 1 : y;
    const uint8_t *row = colors->pixels + y * colors->step;
    Py_ssize_t from = left > 0 ? left - 1 : 0;
    Py_ssize_t end = left + count < colors->width ? left + count + 1 : colors->width;
    const uint8_t *at = row + 4 * from;
    uint8_t *to = shares + (from - left + 1);
    int blue = colors->color[0], green = colors->color[1], red = colors->color[2];
    for (Py_ssize_t x = 0; x < end - from; x++) {
        int b = abs(at[4 * x] - blue), g = abs(at[4 * x + 1] - green);
        int r = abs(at[4 * x + 2] - red), most = b > g ? b : g;
        to[x] = (uint8_t)(most > r ? most : r);
    }
    for (Py_ssize_t x = 0; x < end - from; x++) {
        to[x] = colors->shares[to[x]];
    }
    if (left == 0) {
        shares[0] = shares[1];
    }
    if (left + count == colors->width) {
        shares[count + 1] = shares[count];
    }
    for (Py_ssize_t x = 0; x < count; x++) {
        mixed[x] = (uint16_t)(shares[x] + 2 * shares[x + 1] + shares[x + 2]);
    }
}

/* The same from row to row. */
FOR_EACH_PROCESSOR static void
mix_rows(uint8_t *ALONE to, const uint16_t *ALONE above, const uint16_t *ALONE here,
         const uint16_t *ALONE below, Py_ssize_t count)
{
    for (Py_ssize_t x = 0; x < count; x++) {
        to[x] = (uint8_t)((above[x] + 2 * here[x] + below[x] + 8) >> 4);
    }
}

static int
set_near(const Plane *limit, const Colors *colors, const int64_t *area)
{
    Py_ssize_t left = (Py_ssize_t)area[0], top = (Py_ssize_t)area[1];
    Py_ssize_t count = (Py_ssize_t)area[2] - left, bottom = (Py_ssize_t)area[3];
    uint16_t *mixed = malloc((size_t)count * 3 * sizeof(uint16_t));
    uint8_t *shares = malloc((size_t)count + 2);
    int is_ready = mixed && shares;
    if (is_ready) {
        uint16_t *above = mixed, *here = mixed + count, *below = mixed + 2 * count;
        mix_row(above, shares, colors, top - 1, left, count);
        mix_row(here, shares, colors, top, left, count);
        for (Py_ssize_t y = top; y < bottom; y++) {
            mix_row(below, shares, colors, y + 1, left, count);
            mix_rows(limit->data + y * limit->step + left, above, here, below, count);
            uint16_t *spent = above;
            above = here;
            here = below;
            below = spent;
        }
    }
    free(shares);
    free(mixed);
    return is_ready ? 0 : -1;
}

PyObject *
kernel_near(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    (void)module;
    Plane limit, pixels;
    int64_t area[4], color[3];
    char *shares;
    Py_ssize_t length;
    if (count != 5) {
        PyErr_SetString(PyExc_TypeError, "near(limit, pixels, area, color, shares)");
        return NULL;
    }
    if (numbers(args[2], area, 4, "area") < 0 || numbers(args[3], color, 3, "color") < 0 ||
        PyBytes_AsStringAndSize(args[4], &shares, &length) < 0 ||
        plane_open(&limit, args[0], 1, 1, "limit") < 0) {
        return NULL;
    }
    if (plane_open(&pixels, args[1], 4, 0, "pixels") < 0) {
        plane_close(&limit);
        return NULL;
    }
    int answer = -1;
    if (length != 256 || limit.width != pixels.width || limit.height != pixels.height ||
        area[0] < 0 || area[1] < 0 || area[2] > limit.width || area[3] > limit.height ||
        area[0] >= area[2] || area[1] >= area[3]) {
        PyErr_SetString(PyExc_ValueError, "near: nothing of that size");
    }
    else {
        Colors colors = {
            .pixels = pixels.data,
            .step = pixels.step,
            .width = pixels.width,
            .height = pixels.height,
            .color = {(uint8_t)color[0], (uint8_t)color[1], (uint8_t)color[2]},
            .shares = (const uint8_t *)shares,
        };
        answer = set_near(&limit, &colors, area);
        if (answer < 0) {
            PyErr_NoMemory();
        }
    }
    plane_close(&pixels);
    plane_close(&limit);
    if (answer < 0) {
        return NULL;
    }
    Py_RETURN_NONE;
}
