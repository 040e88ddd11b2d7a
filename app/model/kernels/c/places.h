/* Places between pixels, counted in 1 / 2³² of them. */

#ifndef MASKWRIGHT_PLACES_H
#define MASKWRIGHT_PLACES_H

#include "kernels.h"

#define ONE (INT64_C(1) << 32)
#define HALF (ONE / 2)
#define WHOLE(place) ((Py_ssize_t)((place) >> 32))
#define SHARE(place) ((uint32_t)((place) >> 24) & 255) /* of 256 */

/* Pixels of the window. */
typedef struct {
    Py_ssize_t left, top, right, bottom;
} Area;

/* The least and the greatest of a place within a block of the window. */
typedef struct {
    int64_t least, greatest;
} Extent;

static inline Extent
extent_of(int64_t start, int64_t across, int64_t down)
{
    Extent extent = {start, start};
    extent.least += (across < 0 ? across : 0) + (down < 0 ? down : 0);
    extent.greatest += (across > 0 ? across : 0) + (down > 0 ? down : 0);
    return extent;
}

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

static inline Py_ssize_t
greater(Py_ssize_t one, Py_ssize_t other)
{
    return one > other ? one : other;
}

#endif
