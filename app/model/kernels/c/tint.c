/* Laying the mask's colours over the picture, in the window's pixels. */

#include "cover.h"
#include "tint.h"

#include <string.h>

#define MIXED 128 /* pixels of several values that are done at once */
#define EVEN 16   /* so many of one value pay to be treated as such */
#define SQUARE 64 /* pixels of the window that are asked at once whether they show one value */
#define FINE 16   /* the same where more did not */

/* Masks are mostly the same for long stretches, and these go fast. */
static void
blend(const Tint *tint, uint32_t *image, const uint32_t *ground, const uint8_t *values,
      Py_ssize_t length)
{
    for (Py_ssize_t x = 0, some; x < length; x += some) {
        some = run_of(values + x, length - x);
        if (some < EVEN) {
            some = length - x < MIXED ? length - x : MIXED;
            cover_each(tint->table, image + x, ground + x, values + x, some);
        }
        else {
            cover(tint->table[values[x]], image + x, ground + x, some);
        }
    }
}

static uint32_t *
pixels_at(const Plane *plane, Py_ssize_t x, Py_ssize_t y)
{
    return (uint32_t *)(plane->data + y * plane->step) + x;
}

static void
cover_rows(const Tint *tint, const Stretch *stretch, uint8_t value, Py_ssize_t top,
           Py_ssize_t bottom)
{
    for (Py_ssize_t y = top; y < bottom; y++) {
        cover(tint->table[value], pixels_at(&tint->image, stretch->x, y),
              pixels_at(&tint->ground, stretch->x, y), stretch->length);
    }
}

static void
blend_rows(const Tint *tint, Stretch *stretch, Py_ssize_t top, Py_ssize_t bottom)
{
    for (Py_ssize_t y = top; y < bottom; y++) {
        blend(tint, pixels_at(&tint->image, stretch->x, y),
              pixels_at(&tint->ground, stretch->x, y), stretch_row(stretch, y), stretch->length);
    }
}

static void lay_squares(const Tint *tint, Area area, Py_ssize_t wide, Py_ssize_t high);

/* Some rows of a stretch. Turned, most of them may show one value still where not all do. */
static void
lay_rows(const Tint *tint, Stretch *stretch, Py_ssize_t top, Py_ssize_t bottom)
{
    int value = stretch_value(stretch, top, bottom);
    if (value >= 0) {
        cover_rows(tint, stretch, (uint8_t)value, top, bottom);
    }
    else if (stretch->is_along || stretch->length <= FINE) {
        blend_rows(tint, stretch, top, bottom);
    }
    else {
        Area area = {stretch->x, top, stretch->x + stretch->length, bottom};
        lay_squares(tint, area, FINE, FINE);
    }
}

static void
lay_squares(const Tint *tint, Area area, Py_ssize_t wide, Py_ssize_t high)
{
    Stretch stretch;
    for (Py_ssize_t x = area.left; x < area.right; x += wide) {
        stretch_open(&stretch, &tint->sampling, x, lesser(area.right - x, wide));
        for (Py_ssize_t y = area.top; y < area.bottom; y += high) {
            lay_rows(tint, &stretch, y, lesser(area.bottom, y + high));
        }
    }
}

static Area
within(Area area, Area other)
{
    return (Area){greater(area.left, other.left), greater(area.top, other.top),
                  lesser(area.right, other.right), lesser(area.bottom, other.bottom)};
}

void
lay_mask(const Tint *tint, Area area)
{
    /* Turned, a long stretch would lie across much of the mask. */
    Py_ssize_t wide = tint->sampling.vx == 0 ? STRETCH : SQUARE;
    lay_squares(tint, within(area, tint->area), wide, SQUARE);
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
read_tint(Tint *tint, PyObject *const *args)
{
    int64_t steps[6], area[4];
    if (read_table(tint, args[3]) < 0 || numbers(args[4], steps, 6, "steps") < 0 ||
        numbers(args[5], area, 4, "area") < 0) {
        return -1;
    }
    Sampling *sampling = &tint->sampling;
    sampling->u = steps[0], sampling->ux = steps[1], sampling->uy = steps[2];
    sampling->v = steps[3], sampling->vx = steps[4], sampling->vy = steps[5];
    tint->area = (Area){(Py_ssize_t)area[0], (Py_ssize_t)area[1], (Py_ssize_t)area[2],
                        (Py_ssize_t)area[3]};
    sampling->smooth = PyObject_IsTrue(args[6]);
    sampling->fade = PyObject_IsTrue(args[7]);
    return sampling->smooth < 0 || sampling->fade < 0 ? -1 : 0;
}

static int
fits(const Tint *tint)
{
    const Plane *image = &tint->image, *ground = &tint->ground;
    Area area = tint->area;
    if (image->width == ground->width && image->height == ground->height && area.left >= 0 &&
        area.top >= 0 && area.right <= image->width && area.bottom <= image->height) {
        return 1;
    }
    PyErr_SetString(PyExc_ValueError, "area: not within image and ground of the same size");
    return 0;
}

static int
is_noted(const Sampling *sampling)
{
    const Plane *mask = &sampling->mask, *notes = &sampling->notes;
    Py_ssize_t side = sampling->side;
    if (side >= 1 && mask->width >= 1 && mask->height >= 1 &&
        notes->width > (mask->width - 1) / side && notes->height > (mask->height - 1) / side) {
        return 1;
    }
    PyErr_SetString(PyExc_ValueError, "mask: not noted tile by tile");
    return 0;
}

/* The mask, what is noted of its tiles, and how large these are. */
static int
open_mask(Sampling *sampling, PyObject *tuple)
{
    if (!PyTuple_Check(tuple) || PyTuple_Size(tuple) != 3) {
        PyErr_SetString(PyExc_TypeError, "mask: not its plane, notes and a tile's side");
        return -1;
    }
    if (number(PyTuple_GetItem(tuple, 2), &sampling->side) < 0 ||
        plane_open(&sampling->mask, PyTuple_GetItem(tuple, 0), 1, 0, "mask") < 0) {
        return -1;
    }
    if (plane_open(&sampling->notes, PyTuple_GetItem(tuple, 1), 2, 0, "notes") < 0) {
        plane_close(&sampling->mask);
        return -1;
    }
    return 0;
}

static int
open_planes(Tint *tint, PyObject *const *args)
{
    if (plane_open(&tint->image, args[0], 4, 1, "image") < 0) {
        return -1;
    }
    if (plane_open(&tint->ground, args[1], 4, 0, "ground") < 0) {
        goto close_image;
    }
    if (open_mask(&tint->sampling, args[2]) == 0) {
        return 0;
    }
    plane_close(&tint->ground);
close_image:
    plane_close(&tint->image);
    return -1;
}

int
tint_open(Tint *tint, PyObject *const *args)
{
    if (read_tint(tint, args) < 0 || open_planes(tint, args) < 0) {
        return -1;
    }
    if (!fits(tint) || !is_noted(&tint->sampling)) {
        tint_close(tint);
        return -1;
    }
    return 0;
}

void
tint_close(Tint *tint)
{
    plane_close(&tint->sampling.notes);
    plane_close(&tint->sampling.mask);
    plane_close(&tint->ground);
    plane_close(&tint->image);
}

PyObject *
kernel_tint(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    (void)module;
    Tint tint;
    if (count != 8) {
        PyErr_SetString(PyExc_TypeError,
                        "tint(image, ground, mask, table, steps, area, smooth, fade)");
        return NULL;
    }
    if (tint_open(&tint, args) < 0) {
        return NULL;
    }
    Area area = tint.area;
    if ((area.right - area.left) * (area.bottom - area.top) >= LONG_BYTES / 4) {
        Py_BEGIN_ALLOW_THREADS
        lay_mask(&tint, area);
        Py_END_ALLOW_THREADS
    }
    else {
        lay_mask(&tint, area);
    }
    tint_close(&tint);
    Py_RETURN_NONE;
}
