/* Which value of the mask each pixel of the window shows. */

#ifndef MASKWRIGHT_SAMPLE_H
#define MASKWRIGHT_SAMPLE_H

#include "kernels.h"

/* How the mask lies in the window: the middle of the pixel (x, y) is at u + x · ux + y · uy,
   v + x · vx + y · vy, counted in 1 / 2³² of the mask's pixels. */
typedef struct {
    Plane mask;
    Plane notes;     /* the value that all pixels of a tile have, or −1 */
    Py_ssize_t side; /* of a tile, in the mask's pixels */
    int64_t u, ux, uy, v, vx, vy;
    int smooth; /* the mean of the four values around a place, else the one there */
    int fade;   /* beside the mask there is nothing, else its outermost values go on */
} Sampling;

#define STRETCH 512 /* pixels of the window */
#define SPAN (2 * STRETCH + 4)

/* The same pixels of several rows, one below the other. */
typedef struct {
    const Sampling *how;
    Py_ssize_t x, length;
    int is_along, is_known;
    Py_ssize_t row;             /* of the mask, to which the values belong if they are known */
    Py_ssize_t first, count;    /* the columns of the mask that are looked at, there or not */
    int32_t left[STRETCH];      /* the column before each pixel, counted from the first */
    uint32_t parts[STRETCH];    /* its share of 256 in the lower half, the next one's above */
    uint8_t values[STRETCH];
} Stretch;

void stretch_open(Stretch *stretch, const Sampling *how, Py_ssize_t x, Py_ssize_t length);

/* The value that the stretch shows in all rows from `top` up to but without `bottom`; −1 if there may
   be several. */
int stretch_value(const Stretch *stretch, Py_ssize_t top, Py_ssize_t bottom);

/* The values in the window's row `y`; until it is asked for another. */
const uint8_t *stretch_row(Stretch *stretch, Py_ssize_t y);

/* How many of the first values are the same. */
Py_ssize_t run_of(const uint8_t *values, Py_ssize_t length);

#endif
