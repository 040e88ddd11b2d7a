/* Premultiplied colours over a row of pixels. Image and ground may be one and the same: each pixel
   comes from that below it. */

#ifndef MASKWRIGHT_COVER_H
#define MASKWRIGHT_COVER_H

#include "kernels.h"

void cover(uint32_t color, uint32_t *image, const uint32_t *ground, Py_ssize_t length);

/* For each pixel the colour that a table of 256 has for its value. */
void cover_each(const uint32_t *table, uint32_t *image, const uint32_t *ground,
                const uint8_t *values, Py_ssize_t length);

#endif
