/* Where dabs fall along a piece of a brush's way. */

#include "kernels.h"

#include <math.h>

typedef struct {
    double x, y;
} Point;

typedef struct {
    double pressure, ahead, spacing;
    PyObject *spots;
} Walk;

static int
set_spot(const Walk *walk, double x, double y)
{
    PyObject *spot = Py_BuildValue("ddd", x, y, walk->pressure);
    int answer = spot ? PyList_Append(walk->spots, spot) : -1;
    Py_XDECREF(spot);
    return answer;
}

/* Go along a straight line; as `pure.walk` does, to the last bit. */
static int
go_straight(Walk *walk, Point from, Point to)
{
    double dx = to.x - from.x, dy = to.y - from.y, length = sqrt(dx * dx + dy * dy);
    while (walk->ahead <= length) {
        double share = length > 0 ? walk->ahead / length : 0;
        if (set_spot(walk, from.x + dx * share, from.y + dy * share) < 0) {
            return -1;
        }
        walk->ahead += walk->spacing;
    }
    walk->ahead -= length;
    return 0;
}

static int
go(Walk *walk, Point start, Point bow, Point end, long pieces)
{
    Point here = start;
    for (long number = 1; number < pieces; number++) {
        double t = (double)number / (double)pieces, off = 4 * t * (1 - t);
        Point there = {start.x + (end.x - start.x) * t + bow.x * off,
                       start.y + (end.y - start.y) * t + bow.y * off};
        if (go_straight(walk, here, there) < 0) {
            return -1;
        }
        here = there;
    }
    return go_straight(walk, here, end);
}

/* A tuple's first numbers. */
static int
read_point(Point *point, PyObject *tuple)
{
    if (!PyTuple_Check(tuple) || PyTuple_Size(tuple) < 2) {
        PyErr_SetString(PyExc_TypeError, "walk: not a point");
        return -1;
    }
    point->x = PyFloat_AsDouble(PyTuple_GetItem(tuple, 0));
    point->y = PyFloat_AsDouble(PyTuple_GetItem(tuple, 1));
    return PyErr_Occurred() ? -1 : 0;
}

PyObject *
kernel_walk(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    (void)module;
    Point start, bow, end;
    Py_ssize_t pieces;
    if (count != 7) {
        PyErr_SetString(PyExc_TypeError,
                        "walk(start, bow, end, pieces, pressure, ahead, spacing)");
        return NULL;
    }
    Walk walk = {.pressure = PyFloat_AsDouble(args[4]), .ahead = PyFloat_AsDouble(args[5]),
                 .spacing = PyFloat_AsDouble(args[6])};
    if (PyErr_Occurred() || read_point(&start, args[0]) < 0 || read_point(&bow, args[1]) < 0 ||
        read_point(&end, args[2]) < 0 || number(args[3], &pieces) < 0) {
        return NULL;
    }
    if (!(walk.spacing > 0) || !isfinite(start.x + start.y + end.x + end.y + bow.x + bow.y)) {
        PyErr_SetString(PyExc_ValueError, "walk: no such way");
        return NULL;
    }
    walk.spots = PyList_New(0);
    if (walk.spots == NULL) {
        return NULL;
    }
    if (go(&walk, start, bow, end, (long)pieces) < 0) {
        Py_DECREF(walk.spots);
        return NULL;
    }
    return Py_BuildValue("Nd", walk.spots, walk.ahead);
}
