/* Drawing a picture and the mask over it. */

#include "drawing.h"
#include "tint.h"

static int
open_both(Drawing *drawing, Tint *tint, PyObject *const *args)
{
    PyObject *drawn[] = {args[0], args[1], args[4], args[5], args[7], args[8]};
    PyObject *laid[] = {args[0], args[0], args[2], args[3], args[4], args[6], args[7], args[9]};
    if (drawing_open(drawing, drawn) < 0) {
        return -1;
    }
    if (tint_open(tint, laid) < 0) {
        drawing_close(drawing);
        return -1;
    }
    drawing->tint = tint;
    return 0;
}

PyObject *
kernel_show(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    (void)module;
    Drawing drawing;
    Tint tint;
    if (count != 10) {
        PyErr_SetString(PyExc_TypeError, "show(image, source, mask, table, steps, area, painted, "
                                         "smooth, around, fade)");
        return NULL;
    }
    if (open_both(&drawing, &tint, args) < 0) {
        return NULL;
    }
    Py_BEGIN_ALLOW_THREADS
    draw_picture(&drawing);
    Py_END_ALLOW_THREADS
    tint_close(&tint);
    drawing_close(&drawing);
    Py_RETURN_NONE;
}
