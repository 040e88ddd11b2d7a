/* Places between pixels, counted in 1 / 2³² of them. */

#ifndef MASKWRIGHT_PLACES_H
#define MASKWRIGHT_PLACES_H

#include "kernels.h"

#define ONE (INT64_C(1) << 32)
#define HALF (ONE / 2)
#define WHOLE(place) ((Py_ssize_t)((place) >> 32))
#define SHARE(place) ((uint32_t)((place) >> 24) & 255) /* of 256 */

/* The pixel at a place, or the nearest one of so many. */
static inline Py_ssize_t
held(Py_ssize_t place, Py_ssize_t length)
{
    return place < 0 ? 0 : place < length ? place : length - 1;
}

static inline Py_ssize_t
lesser(Py_ssize_t one, Py_ssize_t other)
{
    return one < other ? one : other;
}

#endif
