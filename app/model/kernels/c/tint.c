/* Laying the mask's colours over the picture, in the window's pixels. */

#include "kernels.h"

#include <string.h>

typedef struct {
    Plane image, ground, mask;
    uint32_t table[256]; /* premultiplied */
    int64_t u, ux, uy, v, vx, vy;
    Py_ssize_t left, top, right, bottom;
    int smooth, fade;
} Tint;

#define CHUNK 512 /* pixels of a row at once */
#define MIXED 32  /* those of several values */
#define EVEN 16   /* so many of one value pay to be treated as such */

/* How many of the first values are the same. */
static Py_ssize_t
run(const uint8_t *values, Py_ssize_t length)
{
    uint64_t same = values[0] * UINT64_C(0x0101010101010101), eight;
    Py_ssize_t x = 0;
    for (; x + 8 <= length; x += 8) {
        memcpy(&eight, values + x, 8);
        if (eight != same) {
            break;
        }
    }
    while (x < length && values[x] == values[0]) {
        x++;
    }
    return x;
}

/* A colour over what is below it. Channels are multiplied by (255 − alpha) / 255, rounded. */
static uint32_t
over(uint32_t color, uint32_t below)
{
    uint32_t rest = 255 - (color >> 24);
    uint32_t even = (below & 0x00ff00ffu) * rest + 0x00800080u;
    uint32_t odd = ((below >> 8) & 0x00ff00ffu) * rest + 0x00800080u;
    even = ((even + ((even >> 8) & 0x00ff00ffu)) >> 8) & 0x00ff00ffu;
    odd = (odd + ((odd >> 8) & 0x00ff00ffu)) & 0xff00ff00u;
    return color + (even | odd);
}

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

/* Any colours, some at a time: looked up first, so that laying them over is a loop of its own. */
FOR_EACH_PROCESSOR static void
cover_each(uint32_t *ALONE image, const uint32_t *ALONE ground, const uint32_t *ALONE table,
           const uint8_t *ALONE values, Py_ssize_t length)
{
    uint32_t colors[MIXED];
    for (Py_ssize_t x = 0; x < length; x++) {
        colors[x] = table[values[x]];
    }
    for (Py_ssize_t x = 0; x < length; x++) {
        image[x] = over(colors[x], ground[x]);
    }
}

/* Masks are mostly the same for long stretches, and these go fast. Image and ground may be one and
   the same: each pixel comes from that below it alone. */
static void
blend(const Tint *tint, uint32_t *image, const uint32_t *ground, const uint8_t *values,
      Py_ssize_t length)
{
    for (Py_ssize_t x = 0, some; x < length; x += some) {
        some = run(values + x, length - x);
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

static Py_ssize_t
held(Py_ssize_t place, Py_ssize_t length)
{
    return place < 0 ? 0 : place < length ? place : length - 1;
}

/* The mask's value at a pixel; beside it that of the nearest, or nothing if it is to fade. */
static uint32_t
value(const Tint *tint, Py_ssize_t column, Py_ssize_t row)
{
    const Plane *mask = &tint->mask;
    Py_ssize_t x = held(column, mask->width), y = held(row, mask->height);
    if (tint->fade && (x != column || y != row)) {
        return 0;
    }
    return mask->data[y * mask->step + x];
}

#define WIDEST (INT64_C(2) << 32) /* the longest step that the levels of a mask leave over */
#define SPAN (2 * CHUNK + 4)
#define WHOLE(place) ((Py_ssize_t)((place) >> 32))
#define SHARE(place) ((uint32_t)((place) >> 24) & 255)

/* Four values in the shares that a place between them has of each. */
static uint8_t
mean(uint32_t a, uint32_t b, uint32_t c, uint32_t d, uint32_t across, uint32_t down)
{
    uint32_t above = a * (256 - across) + b * across, below = c * (256 - across) + d * across;
    return (uint8_t)((above * (256 - down) + below * down + 32768) >> 16);
}

static uint8_t
mean_anywhere(const Tint *tint, int64_t u, int64_t v)
{
    Py_ssize_t column = WHOLE(u), row = WHOLE(v);
    return mean(value(tint, column, row), value(tint, column + 1, row),
                value(tint, column, row + 1), value(tint, column + 1, row + 1), SHARE(u), SHARE(v));
}

/* How many of the next places, from `place` on, have both neighbours within `length` pixels. */
static Py_ssize_t
within(int64_t place, int64_t step, Py_ssize_t length, Py_ssize_t most)
{
    int64_t last = ((int64_t)(length - 1) << 32) - 1;
    int64_t end = place + step * (most - 1);
    if (place < 0 || place > last) {
        return 0;
    }
    if (step > 0 && end > last) {
        most = (Py_ssize_t)((last - place) / step) + 1;
    }
    else if (step < 0 && end < 0) {
        most = (Py_ssize_t)(place / -step) + 1;
    }
    return most;
}

static Py_ssize_t
less(Py_ssize_t a, Py_ssize_t b)
{
    return a < b ? a : b;
}

/* The mask is even under a stretch of the window's row: its value, or −1. */
static int
even(const Tint *tint, int64_t u, int64_t v, Py_ssize_t length)
{
    if (tint->vx != 0) {
        return -1;
    }
    int64_t end = u + tint->ux * (length - 1);
    Py_ssize_t first = WHOLE(u < end ? u : end), last = WHOLE(u < end ? end : u) + tint->smooth;
    const Plane *mask = &tint->mask;
    first = held(first, mask->width);
    last = held(last, mask->width);
    for (int below = 0; below <= tint->smooth; below++) {
        const uint8_t *row = mask->data + held(WHOLE(v) + below, mask->height) * mask->step;
        if (row[first] != *(mask->data + held(WHOLE(v), mask->height) * mask->step + first) ||
            run(row + first, last - first + 1) <= last - first) {
            return -1;
        }
    }
    return mask->data[held(WHOLE(v), mask->height) * mask->step + first];
}

/* Two rows of the mask, of which the lower has `down` of 256 parts. */
FOR_EACH_PROCESSOR static void
mix_rows(uint16_t *ALONE to, const uint8_t *ALONE above, const uint8_t *ALONE below, uint32_t down,
         Py_ssize_t length)
{
    for (Py_ssize_t x = 0; x < length; x++) {
        to[x] = (uint16_t)(above[x] * (256 - down) + below[x] * down);
    }
}

FOR_EACH_PROCESSOR static void
mix_along(uint8_t *ALONE values, const uint16_t *ALONE row, int64_t u, int64_t step,
          Py_ssize_t length)
{
    for (Py_ssize_t x = 0; x < length; x++, u += step) {
        const uint16_t *at = row + WHOLE(u);
        values[x] = (uint8_t)((at[0] * (256 - SHARE(u)) + at[1] * SHARE(u) + 32768) >> 16);
    }
}

/* Places along a row of the mask, all with neighbours in it. */
static void
sample_row(const Tint *tint, uint8_t *values, int64_t u, int64_t v, Py_ssize_t length)
{
    uint16_t mixed[SPAN];
    int64_t end = u + tint->ux * (length - 1);
    Py_ssize_t first = WHOLE(u < end ? u : end), last = WHOLE(u < end ? end : u) + 1;
    const uint8_t *above = tint->mask.data + WHOLE(v) * tint->mask.step + first;
    mix_rows(mixed, above, above + tint->mask.step, SHARE(v), last - first + 1);
    mix_along(values, mixed, u - ((int64_t)first << 32), tint->ux, length);
}

FOR_EACH_PROCESSOR static void
sample_inside(const Tint *tint, uint8_t *ALONE values, int64_t u, int64_t v, Py_ssize_t length)
{
    const uint8_t *ALONE data = tint->mask.data;
    Py_ssize_t step = tint->mask.step;
    for (Py_ssize_t x = 0; x < length; x++, u += tint->ux, v += tint->vx) {
        const uint8_t *at = data + WHOLE(v) * step + WHOLE(u);
        values[x] = mean(at[0], at[1], at[step], at[step + 1], SHARE(u), SHARE(v));
    }
}

static void
sample_smooth(const Tint *tint, uint8_t *values, int64_t u, int64_t v, Py_ssize_t length)
{
    int is_row = tint->vx == 0 && tint->ux > -WIDEST && tint->ux < WIDEST;
    for (Py_ssize_t x = 0; x < length;) {
        int64_t here_u = u + x * tint->ux, here_v = v + x * tint->vx;
        Py_ssize_t most = length - x;
        Py_ssize_t inside = less(within(here_u, tint->ux, tint->mask.width, most),
                                 within(here_v, tint->vx, tint->mask.height, most));
        if (inside > 0) {
            (is_row ? sample_row : sample_inside)(tint, values + x, here_u, here_v, inside);
            x += inside;
        }
        else {
            values[x++] = mean_anywhere(tint, here_u, here_v);
        }
    }
}

static void
sample_nearest(const Tint *tint, uint8_t *values, int64_t u, int64_t v, Py_ssize_t length)
{
    for (Py_ssize_t x = 0; x < length; x++, u += tint->ux, v += tint->vx) {
        values[x] = (uint8_t)value(tint, WHOLE(u), WHOLE(v));
    }
}

/* The mask's values for a stretch of a row of the window. */
static const uint8_t *
sampled(const Tint *tint, uint8_t *values, int64_t u, int64_t v, Py_ssize_t length)
{
    Py_ssize_t column = WHOLE(u), row = WHOLE(v);
    const Plane *mask = &tint->mask;
    if (!tint->smooth && tint->ux == INT64_C(1) << 32 && tint->vx == 0 && column >= 0 && row >= 0 &&
        column + length <= mask->width && row < mask->height) {
        return mask->data + row * mask->step + column;
    }
    int all = tint->fade ? -1 : even(tint, u, v, length);
    if (all >= 0) {
        memset(values, all, (size_t)length);
    }
    else {
        (tint->smooth ? sample_smooth : sample_nearest)(tint, values, u, v, length);
    }
    return values;
}

static void
lay(const Tint *tint)
{
    uint8_t values[CHUNK];
    uint32_t copy[CHUNK]; /* of the ground, where it is the image itself */
    int64_t half = tint->smooth ? INT64_C(1) << 31 : 0;
    for (Py_ssize_t y = tint->top; y < tint->bottom; y++) {
        uint32_t *image = (uint32_t *)(tint->image.data + y * tint->image.step);
        const uint32_t *ground = (const uint32_t *)(tint->ground.data + y * tint->ground.step);
        for (Py_ssize_t x = tint->left; x < tint->right; x += CHUNK) {
            Py_ssize_t length = less(tint->right - x, CHUNK);
            int64_t u = tint->u + x * tint->ux + y * tint->uy - half;
            int64_t v = tint->v + x * tint->vx + y * tint->vy - half;
            const uint8_t *sample = sampled(tint, values, u, v, length);
            const uint32_t *below = ground + x;
            if (ground == image) {
                below = memcpy(copy, ground + x, (size_t)length * 4);
            }
            blend(tint, image + x, below, sample, length);
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
        tint->mask.width < 1 || tint->mask.height < 1) {
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
        if (plane_open(&tint->mask, args[2], 1, 0, "mask") == 0) {
            answer = lay_in_planes(tint);
            plane_close(&tint->mask);
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
    tint.u = steps[0], tint.ux = steps[1], tint.uy = steps[2];
    tint.v = steps[3], tint.vx = steps[4], tint.vy = steps[5];
    tint.left = (Py_ssize_t)area[0], tint.top = (Py_ssize_t)area[1];
    tint.right = (Py_ssize_t)area[2], tint.bottom = (Py_ssize_t)area[3];
    tint.smooth = PyObject_IsTrue(args[6]);
    tint.fade = PyObject_IsTrue(args[7]);
    if (tint.smooth < 0 || tint.fade < 0 || open_and_lay(&tint, args) < 0) {
        return NULL;
    }
    Py_RETURN_NONE;
}
