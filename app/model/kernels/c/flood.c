/* What hangs together with a pixel and is of its colour, and edges made smooth. */

#include "kernels.h"

#include <stdlib.h>
#include <string.h>

/* A run of pixels in a row; those beside it are to be looked at. */
typedef struct {
    Py_ssize_t row, start, end;
} Run;

typedef struct {
    const Plane *pixels; /* four bytes each */
    Plane *found;
    uint8_t low[64], span[64]; /* the bytes that are alike, again and again */
    uint8_t *is_open;          /* alike and not found yet; rows are looked at when needed */
    uint8_t *is_known;         /* for each row */
    uint8_t *fits;             /* a row of bytes */
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
join_bytes(uint8_t *ALONE is_open, const uint32_t *ALONE fits, Py_ssize_t length)
{
    for (Py_ssize_t x = 0; x < length; x++) {
        is_open[x] = fits[x] == 0x01010101;
    }
}

static uint8_t *
open_row(Flood *flood, Py_ssize_t row)
{
    Py_ssize_t width = flood->pixels->width;
    uint8_t *is_open = flood->is_open + row * width;
    if (!flood->is_known[row]) {
        compare(flood->fits, flood->pixels->data + row * flood->pixels->step, flood->low,
                flood->span, 4 * width);
        join_bytes(is_open, (const uint32_t *)flood->fits, width);
        flood->is_known[row] = 1;
    }
    return is_open;
}

static int
push(Flood *flood, Py_ssize_t row, Py_ssize_t start, Py_ssize_t end)
{
    if (row < 0 || row >= flood->pixels->height) {
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
    flood->runs[flood->count++] = (Run){row, start, end};
    return 0;
}

static void
take(Flood *flood, Py_ssize_t row, Py_ssize_t start, Py_ssize_t end, uint8_t *is_open)
{
    memset(is_open + start, 0, (size_t)(end - start));
    memset(flood->found->data + row * flood->found->step + start, 1, (size_t)(end - start));
    flood->left = start < flood->left ? start : flood->left;
    flood->right = end > flood->right ? end : flood->right;
    flood->top = row < flood->top ? row : flood->top;
    flood->bottom = row + 1 > flood->bottom ? row + 1 : flood->bottom;
}

/* Take all that touches a run of another row. */
static int
follow(Flood *flood, Run run)
{
    Py_ssize_t width = flood->pixels->width;
    uint8_t *is_open = open_row(flood, run.row);
    for (Py_ssize_t at = run.start; at < run.end; at++) {
        const uint8_t *next = memchr(is_open + at, 1, (size_t)(run.end - at));
        if (!next) {
            break;
        }
        Py_ssize_t start = next - is_open;
        const uint8_t *last = memchr(next, 0, (size_t)(width - start));
        Py_ssize_t end = last ? last - is_open : width;
        while (start > 0 && is_open[start - 1]) {
            start--;
        }
        take(flood, run.row, start, end, is_open);
        if (push(flood, run.row - 1, start, end) < 0 || push(flood, run.row + 1, start, end) < 0) {
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
    flood->is_open = malloc((size_t)(width * height));
    flood->is_known = calloc((size_t)height, 1);
    flood->fits = malloc((size_t)(4 * width));
    int answer = flood->is_open && flood->is_known && flood->fits ? push(flood, y, x, x + 1) : -1;
    while (answer == 0 && flood->count) {
        answer = follow(flood, flood->runs[--flood->count]);
    }
    free(flood->fits);
    free(flood->is_known);
    free(flood->is_open);
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

PyObject *
kernel_flood(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    (void)module;
    Plane found, pixels;
    Py_ssize_t x, y, tolerance;
    if (count != 5) {
        PyErr_SetString(PyExc_TypeError, "flood(found, pixels, x, y, tolerance)");
        return NULL;
    }
    if (number(args[2], &x) < 0 || number(args[3], &y) < 0 || number(args[4], &tolerance) < 0 ||
        plane_open(&found, args[0], 1, 1, "found") < 0) {
        return NULL;
    }
    if (plane_open(&pixels, args[1], 4, 0, "pixels") < 0) {
        plane_close(&found);
        return NULL;
    }
    PyObject *box = NULL;
    if (found.width != pixels.width || found.height != pixels.height || x < 0 || y < 0 ||
        x >= pixels.width || y >= pixels.height || tolerance < 0 || tolerance > 255) {
        PyErr_SetString(PyExc_ValueError, "flood: sizes, place or tolerance");
    }
    else {
        Flood flood = {.pixels = &pixels, .found = &found, .left = x, .top = y,
                       .right = x + 1, .bottom = y + 1};
        int answer;
        set_levels(&flood, pixels.data + y * pixels.step + 4 * x, tolerance);
        Py_BEGIN_ALLOW_THREADS
        answer = spread(&flood, x, y);
        Py_END_ALLOW_THREADS
        box = answer < 0 ? PyErr_NoMemory()
                         : Py_BuildValue("(nnnn)", flood.left, flood.top, flood.right, flood.bottom);
    }
    plane_close(&pixels);
    plane_close(&found);
    return box;
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
