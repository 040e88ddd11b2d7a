/* Drawing an opaque picture at another size, mirrored or turned. */

#include "drawing.h"
#include "tint.h"

void
lay_over(const Drawing *drawing, Area area)
{
    if (drawing->tint) {
        lay_mask(drawing->tint, area);
    }
}

void
draw_picture(const Drawing *drawing)
{
    if (drawing->right <= drawing->left || drawing->bottom <= drawing->top) {
        return;
    }
    if (drawing->uy == 0 && drawing->vx == 0) {
        draw_upright(drawing);
    }
    else if (drawing->ux == 0 && drawing->vy == 0) {
        draw_on_its_side(drawing);
    }
    else {
        draw_askew(drawing);
    }
}

static int
read_steps(Drawing *drawing, PyObject *tuple)
{
    int64_t steps[6], longest = (int64_t)WIDEST << 32;
    if (numbers(tuple, steps, 6, "steps") < 0) {
        return -1;
    }
    for (int at = 0; at < 6; at++) {
        if (at % 3 != 0 && (steps[at] < -longest || steps[at] > longest)) {
            PyErr_SetString(PyExc_ValueError, "steps: longer than two pixels");
            return -1;
        }
    }
    int64_t half = drawing->smooth ? HALF : 0;
    drawing->u = steps[0] - half, drawing->ux = steps[1], drawing->uy = steps[2];
    drawing->v = steps[3] - half, drawing->vx = steps[4], drawing->vy = steps[5];
    return 0;
}

static int
read_drawing(Drawing *drawing, PyObject *const *args)
{
    int64_t area[4];
    drawing->smooth = PyObject_IsTrue(args[4]);
    drawing->around = (uint32_t)PyLong_AsUnsignedLongMask(args[5]);
    if (drawing->smooth < 0 || PyErr_Occurred() || read_steps(drawing, args[2]) < 0 ||
        numbers(args[3], area, 4, "area") < 0) {
        return -1;
    }
    drawing->left = (Py_ssize_t)area[0], drawing->top = (Py_ssize_t)area[1];
    drawing->right = (Py_ssize_t)area[2], drawing->bottom = (Py_ssize_t)area[3];
    drawing->tint = NULL;
    return 0;
}

static int
fits(const Drawing *drawing)
{
    const Plane *target = &drawing->target, *source = &drawing->source;
    return drawing->left >= 0 && drawing->top >= 0 && drawing->right <= target->width &&
           drawing->bottom <= target->height && source->width >= 1 && source->height >= 1;
}

int
drawing_open(Drawing *drawing, PyObject *const *args)
{
    if (read_drawing(drawing, args) < 0 ||
        plane_open(&drawing->target, args[0], 4, 1, "target") < 0) {
        return -1;
    }
    if (plane_open(&drawing->source, args[1], 4, 0, "source") < 0) {
        plane_close(&drawing->target);
        return -1;
    }
    if (!fits(drawing)) {
        PyErr_SetString(PyExc_ValueError, "area: not within the target");
        drawing_close(drawing);
        return -1;
    }
    return 0;
}

void
drawing_close(Drawing *drawing)
{
    plane_close(&drawing->source);
    plane_close(&drawing->target);
}

PyObject *
kernel_resample(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    (void)module;
    Drawing drawing;
    if (count != 6) {
        PyErr_SetString(PyExc_TypeError, "resample(target, source, steps, area, smooth, around)");
        return NULL;
    }
    if (drawing_open(&drawing, args) < 0) {
        return NULL;
    }
    Py_ssize_t pixels = (drawing.right - drawing.left) * (drawing.bottom - drawing.top);
    if (pixels >= LONG_BYTES / 4) {
        Py_BEGIN_ALLOW_THREADS
        draw_picture(&drawing);
        Py_END_ALLOW_THREADS
    }
    else {
        draw_picture(&drawing);
    }
    drawing_close(&drawing);
    Py_RETURN_NONE;
}
