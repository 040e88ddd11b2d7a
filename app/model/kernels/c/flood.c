/* What hangs together with a pixel and is of its colour, and edges made smooth. */

#include "kernels.h"

#include <stdlib.h>
#include <string.h>

/* Pixels of a row that are to be looked at: they lie beside what is found in the row that is one
   step back. */
typedef struct {
    Py_ssize_t row, start, end, step;
} Run;

/* What is known of a pixel. */
enum { OTHER, OPEN, FOUND };

/* So many pixels of a row are looked at together, when the first of them is needed. */
#define PIECE 256

typedef struct {
    const Plane *pixels;       /* four bytes each */
    uint8_t low[64], span[64]; /* the bytes that are alike, again and again */
    uint8_t *states;
    uint8_t *is_known; /* for each piece of each row */
    Py_ssize_t pieces;
    Run *runs;
    size_t count, room;
    Py_ssize_t left, top, right, bottom;
} Flood;

FOR_EACH_PROCESSOR static void
compare(uint8_t *ALONE fits, const uint8_t *ALONE bytes, const uint8_t *ALONE low,
        const uint8_t *ALONE span, Py_ssize_t length)
{
    Py_ssize_t at = 0;
    for (; at + 64 <= length; at += 64) {
        for (int byte = 0; byte < 64; byte++) {
            /* What is below the lowest wraps round, to above all that is alike. */
            fits[at + byte] = (uint8_t)(bytes[at + byte] - low[byte]) <= span[byte];
        }
    }
    for (; at < length; at++) {
        fits[at] = (uint8_t)(bytes[at] - low[at % 64]) <= span[at % 64];
    }
}

FOR_EACH_PROCESSOR static void
join_bytes(uint8_t *ALONE states, const uint32_t *ALONE fits, Py_ssize_t length)
{
    for (Py_ssize_t x = 0; x < length; x++) {
        states[x] = fits[x] == 0x01010101 ? OPEN : OTHER;
    }
}

/* The states of a row, of which those of the piece with `x` are known from now on. */
static uint8_t *
known(const Flood *flood, Py_ssize_t row, Py_ssize_t x)
{
    Py_ssize_t width = flood->pixels->width, piece = x / PIECE, start = piece * PIECE;
    uint8_t *states = flood->states + row * width;
    uint8_t *is_known = flood->is_known + row * flood->pieces + piece;
    if (!*is_known) {
        uint32_t fits[PIECE];
        Py_ssize_t length = width - start < PIECE ? width - start : PIECE;
        compare((uint8_t *)fits, flood->pixels->data + row * flood->pixels->step + 4 * start,
                flood->low, flood->span, 4 * length);
        join_bytes(states + start, fits, length);
        *is_known = 1;
    }
    return states;
}

/* The first pixel from `x` on that has a state, or has it not; `end` if there is none before. */
static Py_ssize_t
seek(const Flood *flood, Py_ssize_t row, Py_ssize_t x, Py_ssize_t end, uint8_t state)
{
    while (x < end) {
        const uint8_t *states = known(flood, row, x);
        Py_ssize_t stop = (x / PIECE + 1) * PIECE < end ? (x / PIECE + 1) * PIECE : end;
        const uint8_t *place = memchr(states + x, state, (size_t)(stop - x));
        if (place) {
            return place - states;
        }
        x = stop;
    }
    return end;
}

static int
push(Flood *flood, Py_ssize_t row, Py_ssize_t start, Py_ssize_t end, Py_ssize_t step)
{
    if (row < 0 || row >= flood->pixels->height || start >= end) {
        return 0;
    }
    if (flood->count == flood->room) {
        size_t room = flood->room ? 2 * flood->room : 1024;
        Run *runs = realloc(flood->runs, room * sizeof(Run));
        if (!runs) {
            return -1;
        }
        flood->runs = runs;
        flood->room = room;
    }
    flood->runs[flood->count++] = (Run){row, start, end, step};
    return 0;
}

/* Take pixels that were found from a run: on to the next row, and back where they go farther. */
static int
take(Flood *flood, Run from, Py_ssize_t start, Py_ssize_t end)
{
    Py_ssize_t row = from.row, next = row + from.step, back = row - from.step;
    memset(flood->states + row * flood->pixels->width + start, FOUND, (size_t)(end - start));
    flood->left = start < flood->left ? start : flood->left;
    flood->right = end > flood->right ? end : flood->right;
    flood->top = row < flood->top ? row : flood->top;
    flood->bottom = row + 1 > flood->bottom ? row + 1 : flood->bottom;
    return push(flood, next, start, end, from.step) < 0 ||
                   push(flood, back, start, from.start, -from.step) < 0 ||
                   push(flood, back, from.end, end, -from.step) < 0
               ? -1
               : 0;
}

/* Take all of a row that touches a run. What is found ends in other pixels at either side. */
static int
follow(Flood *flood, Run run)
{
    Py_ssize_t width = flood->pixels->width, at = run.start;
    while ((at = seek(flood, run.row, at, run.end, OPEN)) < run.end) {
        Py_ssize_t start = at, end = seek(flood, run.row, at, width, OTHER);
        while (start > 0 && known(flood, run.row, start - 1)[start - 1] == OPEN) {
            start--;
        }
        if (take(flood, run, start, end) < 0) {
            return -1;
        }
        at = end;
    }
    return 0;
}

static int
spread(Flood *flood, Py_ssize_t x, Py_ssize_t y)
{
    Py_ssize_t width = flood->pixels->width, height = flood->pixels->height;
    flood->pieces = (width + PIECE - 1) / PIECE;
    flood->states = calloc((size_t)(width * height), 1); /* OTHER, where nobody looks */
    flood->is_known = calloc((size_t)(flood->pieces * height), 1);
    /* Downwards the pixel itself, and upwards what lies above it. */
    int answer = flood->states && flood->is_known && push(flood, y, x, x + 1, 1) == 0
                     ? push(flood, y - 1, x, x + 1, -1)
                     : -1;
    while (answer == 0 && flood->count) {
        answer = follow(flood, flood->runs[--flood->count]);
    }
    free(flood->is_known);
    free(flood->runs);
    return answer;
}

/* The bytes that differ from those of a pixel by so much at most. */
static void
set_levels(Flood *flood, const uint8_t *color, Py_ssize_t tolerance)
{
    for (int byte = 0; byte < 64; byte++) {
        Py_ssize_t level = color[byte % 4];
        Py_ssize_t low = level > tolerance ? level - tolerance : 0;
        Py_ssize_t high = level + tolerance < 255 ? level + tolerance : 255;
        flood->low[byte] = (uint8_t)low;
        flood->span[byte] = (uint8_t)(high - low);
    }
}

FOR_EACH_PROCESSOR static void
mark_found(uint8_t *ALONE to, const uint8_t *ALONE states, Py_ssize_t length)
{
    for (Py_ssize_t x = 0; x < length; x++) {
        to[x] = states[x] == FOUND;
    }
}

/* The rectangle around all that is found, and for each pixel there whether it is. */
static PyObject *
told(const Flood *flood)
{
    Py_ssize_t width = flood->right - flood->left, height = flood->bottom - flood->top;
    PyObject *found = PyBytes_FromStringAndSize(NULL, width * height);
    char *to = found ? PyBytes_AsString(found) : NULL;
    Py_BEGIN_ALLOW_THREADS
    for (Py_ssize_t row = flood->top; to && row < flood->bottom; row++, to += width) {
        mark_found((uint8_t *)to, flood->states + row * flood->pixels->width + flood->left, width);
    }
    Py_END_ALLOW_THREADS
    return found ? Py_BuildValue("((nnnn)N)", flood->left, flood->top, flood->right, flood->bottom,
                                 found)
                 : NULL;
}

PyObject *
kernel_flood(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    (void)module;
    Plane pixels;
    Py_ssize_t x, y, tolerance;
    if (count != 4) {
        PyErr_SetString(PyExc_TypeError, "flood(pixels, x, y, tolerance)");
        return NULL;
    }
    if (number(args[1], &x) < 0 || number(args[2], &y) < 0 || number(args[3], &tolerance) < 0 ||
        plane_open(&pixels, args[0], 4, 0, "pixels") < 0) {
        return NULL;
    }
    PyObject *result = NULL;
    if (x < 0 || y < 0 || x >= pixels.width || y >= pixels.height || tolerance < 0 ||
        tolerance > 255) {
        PyErr_SetString(PyExc_ValueError, "flood: place or tolerance");
    }
    else {
        Flood flood = {.pixels = &pixels, .left = x, .top = y, .right = x + 1, .bottom = y + 1};
        int answer;
        set_levels(&flood, pixels.data + y * pixels.step + 4 * x, tolerance);
        Py_BEGIN_ALLOW_THREADS
        answer = spread(&flood, x, y);
        Py_END_ALLOW_THREADS
        result = answer < 0 ? PyErr_NoMemory() : told(&flood);
        free(flood.states);
    }
    plane_close(&pixels);
    return result;
}

/* Each value twice, and those above and below it. */
FOR_EACH_PROCESSOR static void
add_rows(uint8_t *ALONE sums, const uint8_t *above, const uint8_t *row, const uint8_t *below,
         Py_ssize_t length)
{
    for (Py_ssize_t x = 0; x < length; x++) {
        sums[x] = (uint8_t)(above[x] + 2 * row[x] + below[x]);
    }
}

/* `sums` goes one further at either end. */
FOR_EACH_PROCESSOR static void
smooth_row(uint8_t *ALONE to, const uint8_t *ALONE sums, const uint8_t *ALONE row,
           Py_ssize_t length)
{
    for (Py_ssize_t x = 0; x < length; x++) {
        uint8_t around = (uint8_t)(sums[x] + 2 * sums[x + 1] + sums[x + 2]);
        uint8_t beside = around > 4 ? (uint8_t)(around - 4) : 0;
        beside = beside > 8 ? 8 : beside;
        to[x] = row[x] ? 255 : (uint8_t)(31 * beside);
    }
}

static void
smooth_all(const Plane *target, const Plane *region, uint8_t *sums)
{
    Py_ssize_t width = region->width, height = region->height;
    for (Py_ssize_t y = 0; y < height; y++) {
        const uint8_t *row = region->data + y * region->step;
        add_rows(sums + 1, y > 0 ? row - region->step : row, row,
                 y + 1 < height ? row + region->step : row, width);
        sums[0] = sums[1];
        sums[width + 1] = sums[width];
        smooth_row(target->data + y * target->step, sums, row, width);
    }
}

PyObject *
kernel_smooth_edges(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    (void)module;
    Plane target, region;
    if (count != 2) {
        PyErr_SetString(PyExc_TypeError, "smooth_edges(target, region)");
        return NULL;
    }
    if (plane_open(&target, args[0], 1, 1, "target") < 0) {
        return NULL;
    }
    if (plane_open(&region, args[1], 1, 0, "region") < 0) {
        plane_close(&target);
        return NULL;
    }
    uint8_t *sums = NULL;
    if (target.width != region.width || target.height != region.height) {
        PyErr_SetString(PyExc_ValueError, "target: not of the region's size");
    }
    else if (!(sums = malloc((size_t)(region.width + 2)))) {
        PyErr_NoMemory();
    }
    else if (region.width && region.height) {
        Py_BEGIN_ALLOW_THREADS
        smooth_all(&target, &region, sums);
        Py_END_ALLOW_THREADS
    }
    int is_done = sums != NULL;
    free(sums);
    plane_close(&region);
    plane_close(&target);
    if (!is_done) {
        return NULL;
    }
    Py_RETURN_NONE;
}
