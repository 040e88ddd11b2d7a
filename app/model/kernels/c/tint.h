/* Laying the mask's colours over the window's pixels. */

#ifndef MASKWRIGHT_TINT_H
#define MASKWRIGHT_TINT_H

#include "places.h"
#include "sample.h"

typedef struct Tint {
    Plane image, ground;
    uint32_t table[256]; /* premultiplied */
    Sampling sampling;
    Area area;
} Tint;

/* Reads the arguments of the kernel `tint` and holds on to its planes until they are closed;
   answers 0, or -1 with an exception set. */
int tint_open(Tint *tint, PyObject *const *args);
void tint_close(Tint *tint);

/* Lay what of it falls into an area. Image and ground may be one and the same: each pixel comes
   from that below it. */
void lay_mask(const Tint *tint, Area area);

#endif
