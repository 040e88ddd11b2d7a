/* What drawing a picture otherwise than it is shares, however it lies in the window. */

#ifndef MASKWRIGHT_DRAWING_H
#define MASKWRIGHT_DRAWING_H

#include "places.h"

typedef struct {
    Plane target, source;
    int64_t u, ux, uy, v, vx, vy; /* the steps; if smooth, to the first of two neighbours */
    Py_ssize_t left, top, right, bottom;
    int smooth;
    uint32_t around;
    const struct Tint *tint; /* laid over each piece as soon as that is drawn, or NULL */
} Drawing;

typedef struct {
    Py_ssize_t from, until;
} Range;

#define WIDEST 2 /* pixels: the longest step that the levels of a picture leave over */

static inline int64_t
size(int64_t step)
{
    return step < 0 ? -step : step;
}

static inline uint32_t *
target_at(const Drawing *drawing, Py_ssize_t x, Py_ssize_t y)
{
    return (uint32_t *)(drawing->target.data + y * drawing->target.step) + x;
}

static inline const uint32_t *
source_at(const Drawing *drawing, Py_ssize_t x, Py_ssize_t y)
{
    return (const uint32_t *)(drawing->source.data + y * drawing->source.step) + x;
}

/* Two pixels, of which the other one has so many of 256 parts; or twice two at once. */
static inline uint64_t
mixed(uint64_t one, uint64_t other, uint32_t part)
{
    const uint64_t every_second = UINT64_C(0x00ff00ff00ff00ff), half = UINT64_C(0x0080008000800080);
    uint64_t even = (one & every_second) * (256 - part) + (other & every_second) * part;
    uint64_t odd = (one >> 8 & every_second) * (256 - part) + (other >> 8 & every_second) * part;
    return ((even + half) >> 8 & every_second) | ((odd + half) & ~every_second);
}

/* Reads the arguments of the kernel `resample` and holds on to its planes until they are closed;
   answers 0, or -1 with an exception set. */
int drawing_open(Drawing *drawing, PyObject *const *args);
void drawing_close(Drawing *drawing);

/* Draw all of it, however it lies. */
void draw_picture(const Drawing *drawing);

/* Lay the tint, if there is one, over an area that is drawn. */
void lay_over(const Drawing *drawing, Area area);

void draw_upright(const Drawing *drawing);
void draw_on_its_side(const Drawing *drawing);
void draw_askew(const Drawing *drawing);

/* Draw what of a row is at the picture's edge or beyond it; answers the rest. */
Range draw_ends(const Drawing *drawing, Py_ssize_t y);

#endif
