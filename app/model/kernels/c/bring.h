/* Bringing together what a tile that is turned by any angle looks at in the source: rows of a large
   picture lie so far apart that a processor's cache does not hold many of them. */

#ifndef MASKWRIGHT_BRING_H
#define MASKWRIGHT_BRING_H

#include "drawing.h"

#define TILE 64 /* pixels of the window along each side */
#define STRIDE (2 * WIDEST * TILE + 4)
#define BESIDE (WIDEST * 8 * (STRIDE + 1)) /* what eight pixels reach that end beyond their row */

typedef struct {
    const Drawing *drawing;
    int64_t least_u, least_v; /* of a tile's places, counted from its first */
    Py_ssize_t rows;
    Range columns[STRIDE]; /* that a tile looks at in each row, counted from the least of them */
    int64_t u, v;          /* where in the source the room begins */
    uint32_t room[BESIDE + STRIDE * STRIDE + BESIDE];
} Near;

void near_open(Near *near, const Drawing *drawing);

/* Fill the room with what the tile at `x`, `y` looks at. */
void bring_near(Near *near, Py_ssize_t x, Py_ssize_t y);

#endif
