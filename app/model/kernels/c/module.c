/* The module `app.model.kernels._compiled`; what its functions mean is told by `pure.py`. */

#include "kernels.h"

#if defined(__GLIBC__)
#include <malloc.h>
#endif

int
plane_open(Plane *plane, PyObject *array, Py_ssize_t itemsize, int for_writing, const char *name)
{
    int flags = PyBUF_STRIDES | (for_writing ? PyBUF_WRITABLE : 0);
    plane->buffer.obj = NULL;
    if (PyObject_GetBuffer(array, &plane->buffer, flags) < 0) {
        return -1;
    }
    const Py_buffer *got = &plane->buffer;
    if (got->itemsize != itemsize || got->ndim != 2 ||
        (got->shape[1] > 1 && got->strides[1] != itemsize)) {
        PyErr_Format(PyExc_TypeError, "%s: not rows of %zd bytes a pixel", name, itemsize);
        plane_close(plane);
        return -1;
    }
    plane->data = got->buf;
    plane->height = got->shape[0];
    plane->width = got->shape[1];
    plane->step = got->strides[0];
    return 0;
}

void
plane_close(Plane *plane)
{
    PyBuffer_Release(&plane->buffer);
}

int
number(PyObject *value, Py_ssize_t *result)
{
    *result = PyNumber_AsSsize_t(value, PyExc_OverflowError);
    return *result == -1 && PyErr_Occurred() ? -1 : 0;
}

int
numbers(PyObject *tuple, int64_t *results, Py_ssize_t count, const char *name)
{
    if (!PyTuple_Check(tuple) || PyTuple_Size(tuple) != count) {
        PyErr_Format(PyExc_TypeError, "%s: not a tuple of %zd numbers", name, count);
        return -1;
    }
    for (Py_ssize_t at = 0; at < count; at++) {
        results[at] = PyLong_AsLongLong(PyTuple_GetItem(tuple, at));
        if (results[at] == -1 && PyErr_Occurred()) {
            return -1;
        }
    }
    return 0;
}

#define QUICK(name) #name, (PyCFunction)(void (*)(void))kernel_##name, METH_FASTCALL, NULL

static PyMethodDef functions[] = {
    {"blue_first", kernel_blue_first, METH_O, NULL},
    {QUICK(changed_tiles)},
    {QUICK(dab)},
    {QUICK(disc)},
    {QUICK(flood)},
    {QUICK(gaussian)},
    {QUICK(halve)},
    {QUICK(highest)},
    {QUICK(keep_tiles)},
    {QUICK(lay_rim)},
    {QUICK(lift_rim)},
    {QUICK(near)},
    {QUICK(resample)},
    {QUICK(settle_tiles)},
    {QUICK(show)},
    {QUICK(smooth_edges)},
    {QUICK(swap_tiles)},
    {"tile_bytes", kernel_tile_bytes, METH_O, NULL},
    {QUICK(tint)},
    {QUICK(walk)},
    {NULL, NULL, 0, NULL},
};

/* The tiles of a stroke come and go with every step. glibc gives their memory back to the system at
   once, and then each page of it costs more than what is copied there when it is needed next. */
static int
keep_memory(PyObject *module)
{
    (void)module;
#if defined(__GLIBC__)
    mallopt(M_TRIM_THRESHOLD, 16 << 20);
    mallopt(M_MMAP_THRESHOLD, 4 << 20); /* or it would stay where it is first */
#endif
    return 0;
}

static PyModuleDef_Slot slots[] = {{Py_mod_exec, keep_memory}, {0, NULL}};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "_compiled", NULL, 0, functions, slots, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit__compiled(void)
{
    return PyModuleDef_Init(&definition);
}
