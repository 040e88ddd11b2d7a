/* Where the window shows one and the same value of the mask. */

#include "places.h"
#include "sample.h"

#include <string.h>

/* Pixels of the mask, the last ones counted. */
typedef struct {
    Py_ssize_t left, top, right, bottom;
} Block;

/* The value that is noted of all tiles that a block touches; −1 if they differ or it is not known. */
static int
noted_value(const Sampling *how, Block block)
{
    int value = -1;
    for (Py_ssize_t row = block.top / how->side; row <= block.bottom / how->side; row++) {
        const int16_t *notes = (const int16_t *)(how->notes.data + row * how->notes.step);
        for (Py_ssize_t x = block.left / how->side; x <= block.right / how->side; x++) {
            if (notes[x] < 0 || (value >= 0 && notes[x] != value)) {
                return -1;
            }
            value = notes[x];
        }
    }
    return value;
}

/* The value of all pixels of a block; −1 if there are several. */
static int
value_of(const Sampling *how, Block block)
{
    int noted = noted_value(how, block);
    if (noted >= 0) {
        return noted;
    }
    const Plane *mask = &how->mask;
    const uint8_t *row = mask->data + block.top * mask->step + block.left;
    uint8_t value = *row;
    for (Py_ssize_t y = block.top; y <= block.bottom; y++, row += mask->step) {
        if (*row != value || memcmp(row, row + 1, (size_t)(block.right - block.left)) != 0) {
            return -1;
        }
    }
    return value;
}

int
stretch_value(const Stretch *stretch, Py_ssize_t top, Py_ssize_t bottom)
{
    const Sampling *how = stretch->how;
    const Plane *mask = &how->mask;
    int64_t half = how->smooth ? HALF : 0, wide = stretch->length - 1, high = bottom - 1 - top;
    Extent u = extent_of(how->u + stretch->x * how->ux + top * how->uy - half, wide * how->ux,
                         high * how->uy);
    Extent v = extent_of(how->v + stretch->x * how->vx + top * how->vy - half, wide * how->vx,
                         high * how->vy);
    Py_ssize_t left = WHOLE(u.least), right = WHOLE(u.greatest) + how->smooth;
    Py_ssize_t above = WHOLE(v.least), below = WHOLE(v.greatest) + how->smooth;
    if (how->fade && (left < 0 || above < 0 || right >= mask->width || below >= mask->height)) {
        int is_beside = right < 0 || below < 0 || left >= mask->width || above >= mask->height;
        return is_beside ? 0 : -1;
    }
    return value_of(how, (Block){held(left, mask->width), held(above, mask->height),
                                 held(right, mask->width), held(below, mask->height)});
}
