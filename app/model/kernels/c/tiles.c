/* A plane's tiles: keeping what they hold, comparing it, and putting it back.

   What is noted of a tile is the value that all its pixels have, or MIXED. */

#include "kernels.h"

#include <string.h>

#define MIXED (-1)

typedef struct {
    Plane plane, notes; /* notes: 16 bits for each tile */
    Py_ssize_t side;
} Tiles;

static int
tiles_open(Tiles *tiles, PyObject *const *args, int for_writing)
{
    if (number(args[2], &tiles->side) < 0 ||
        plane_open(&tiles->plane, args[0], 1, for_writing, "plane") < 0) {
        return -1;
    }
    if (plane_open(&tiles->notes, args[1], 2, 1, "notes") < 0) {
        plane_close(&tiles->plane);
        return -1;
    }
    if (tiles->side < 1 || (tiles->plane.width + tiles->side - 1) / tiles->side != tiles->notes.width ||
        (tiles->plane.height + tiles->side - 1) / tiles->side != tiles->notes.height) {
        PyErr_SetString(PyExc_ValueError, "notes: not one for each tile");
        plane_close(&tiles->notes);
        plane_close(&tiles->plane);
        return -1;
    }
    return 0;
}

static void
tiles_close(Tiles *tiles)
{
    plane_close(&tiles->notes);
    plane_close(&tiles->plane);
}

static int16_t *
note(const Tiles *tiles, Py_ssize_t row, Py_ssize_t column)
{
    return (int16_t *)(tiles->notes.data + row * tiles->notes.step) + column;
}

/* The pixels of a tile; those at the edge are cut off. */
static Plane
tile_at(const Tiles *tiles, Py_ssize_t row, Py_ssize_t column)
{
    const Plane *plane = &tiles->plane;
    Py_ssize_t left = column * tiles->side, top = row * tiles->side;
    Plane tile = {.data = plane->data + top * plane->step + left, .step = plane->step};
    tile.width = plane->width - left < tiles->side ? plane->width - left : tiles->side;
    tile.height = plane->height - top < tiles->side ? plane->height - top : tiles->side;
    return tile;
}

static int
is_even(const Plane *tile)
{
    size_t width = (size_t)tile->width;
    const uint8_t *row = tile->data;
    if (memcmp(row, row + 1, width - 1) != 0) {
        return 0;
    }
    for (Py_ssize_t y = 1; y < tile->height; y++) {
        row += tile->step;
        if (memcmp(row, tile->data, width) != 0) {
            return 0;
        }
    }
    return 1;
}

/* The values in reading order; a single one where they are all the same. */
static PyObject *
bytes_of(const Plane *tile)
{
    if (tile->width * tile->height == 0) {
        return PyBytes_FromStringAndSize(NULL, 0);
    }
    if (is_even(tile)) {
        return PyBytes_FromStringAndSize((const char *)tile->data, 1);
    }
    PyObject *result = PyBytes_FromStringAndSize(NULL, tile->width * tile->height);
    char *to = result ? PyBytes_AsString(result) : NULL;
    for (Py_ssize_t y = 0; to && y < tile->height; y++, to += tile->width) {
        memcpy(to, tile->data + y * tile->step, (size_t)tile->width);
    }
    return result;
}

PyObject *
kernel_tile_bytes(PyObject *module, PyObject *values)
{
    (void)module;
    Plane tile;
    if (plane_open(&tile, values, 1, 0, "values") < 0) {
        return NULL;
    }
    PyObject *result = bytes_of(&tile);
    plane_close(&tile);
    return result;
}

/* Tiles beside each other are copied together, row by row: those of one alone lie too far apart in
   memory for processors to be quick at. */
#define BAND 32

typedef struct {
    Plane tile;
    int16_t *note;
    PyObject *key;
    PyObject *held;      /* what it holds */
    uint8_t *to;         /* where that is copied to, unless it is known anyway */
    const uint8_t *from; /* what it is to hold; NULL: the same */
    Py_ssize_t length;   /* of that: a single value, or all of them */
} Swap;

typedef struct {
    Swap swaps[BAND];
    Py_ssize_t count, row;
} Band;

/* Make room for what a tile holds. */
static int
hold(Swap *swap)
{
    char value = (char)*swap->note;
    int is_known = *swap->note != MIXED;
    Py_ssize_t length = is_known ? 1 : swap->tile.width * swap->tile.height;
    swap->held = PyBytes_FromStringAndSize(is_known ? &value : NULL, length);
    swap->to = swap->held && !is_known ? (uint8_t *)PyBytes_AsString(swap->held) : NULL;
    return swap->held ? 0 : -1;
}

static void
swap_rows(const Band *band, Py_ssize_t height)
{
    for (Py_ssize_t y = 0; y < height; y++) {
        for (const Swap *swap = band->swaps; swap < band->swaps + band->count; swap++) {
            uint8_t *row = swap->tile.data + y * swap->tile.step;
            size_t width = (size_t)swap->tile.width;
            if (swap->to) {
                memcpy(swap->to + (size_t)y * width, row, width);
            }
            if (swap->from && swap->length == 1) {
                memset(row, *swap->from, width);
            }
            else if (swap->from) {
                memcpy(row, swap->from + (size_t)y * width, width);
            }
        }
    }
}

/* What was copied, as a single value where it is the same all over. */
static int
shorten(Swap *swap)
{
    Plane copy = {.data = swap->to, .step = swap->tile.width, .height = swap->tile.height,
                  .width = swap->tile.width};
    if (!swap->to || !is_even(&copy)) {
        return 0;
    }
    PyObject *one = PyBytes_FromStringAndSize((const char *)swap->to, 1);
    Py_DECREF(swap->held);
    swap->held = one;
    return one ? 0 : -1;
}

/* Swap what the tiles of a band hold, or only keep it; `found` gets what they held. */
static int
swap_band(Band *band, PyObject *found)
{
    int answer = 0;
    for (Py_ssize_t at = 0; at < band->count; at++) {
        band->swaps[at].held = NULL;
    }
    for (Py_ssize_t at = 0; answer == 0 && at < band->count; at++) {
        answer = hold(&band->swaps[at]);
    }
    if (answer == 0 && band->count > 0) {
        swap_rows(band, band->swaps[0].tile.height);
    }
    for (Swap *swap = band->swaps; swap < band->swaps + band->count; swap++) {
        if (answer == 0 && (shorten(swap) < 0 || PyDict_SetItem(found, swap->key, swap->held) < 0)) {
            answer = -1;
        }
        *swap->note = answer == 0 && swap->length == 1 ? *swap->from : MIXED;
        Py_XDECREF(swap->held);
        Py_DECREF(swap->key);
    }
    band->count = 0;
    return answer;
}

/* Take a tile into the band; the one before is done first if it is full or in another row. */
static int
add_to_band(Band *band, const Tiles *tiles, Py_ssize_t row, Py_ssize_t column, PyObject *key,
            PyObject *data, PyObject *found)
{
    if (band->count == BAND || (band->count > 0 && band->row != row)) {
        if (swap_band(band, found) < 0) {
            return -1;
        }
    }
    Swap swap = {.tile = tile_at(tiles, row, column), .note = note(tiles, row, column), .key = key};
    if (data) {
        char *bytes;
        if (PyBytes_AsStringAndSize(data, &bytes, &swap.length) < 0) {
            return -1;
        }
        if (swap.length != 1 && swap.length != swap.tile.width * swap.tile.height) {
            PyErr_SetString(PyExc_ValueError, "tiles: not the bytes of a tile");
            return -1;
        }
        swap.from = (const uint8_t *)bytes;
    }
    Py_INCREF(key);
    band->row = row;
    band->swaps[band->count++] = swap;
    return 0;
}

/* Do what is left to do, or forget it after an error. */
static int
finish_band(Band *band, int answer, PyObject *found)
{
    if (answer == 0) {
        return swap_band(band, found);
    }
    for (Py_ssize_t at = 0; at < band->count; at++) {
        Py_DECREF(band->swaps[at].key);
    }
    return -1;
}

static int
keep_tile(Band *band, const Tiles *tiles, Py_ssize_t row, Py_ssize_t column, PyObject *before)
{
    PyObject *key = PyLong_FromSsize_t(row * tiles->notes.width + column);
    int is_kept = key ? PyDict_Contains(before, key) : -1;
    if (is_kept == 0) {
        is_kept = add_to_band(band, tiles, row, column, key, NULL, before);
    }
    Py_XDECREF(key);
    return is_kept < 0 ? -1 : 0;
}

PyObject *
kernel_keep_tiles(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    (void)module;
    Tiles tiles;
    int64_t block[4];
    if (count != 5 || !PyDict_Check(args[4])) {
        PyErr_SetString(PyExc_TypeError, "keep_tiles(plane, notes, side, block, before)");
        return NULL;
    }
    if (numbers(args[3], block, 4, "block") < 0 || tiles_open(&tiles, args, 0) < 0) {
        return NULL;
    }
    Band band = {.count = 0};
    int answer = 0;
    if (block[0] < 0 || block[1] < 0 || block[2] > tiles.notes.width ||
        block[3] > tiles.notes.height) {
        PyErr_SetString(PyExc_ValueError, "block: not within the plane");
        answer = -1;
    }
    for (int64_t row = block[1]; answer == 0 && row < block[3]; row++) {
        for (int64_t column = block[0]; answer == 0 && column < block[2]; column++) {
            answer = keep_tile(&band, &tiles, (Py_ssize_t)row, (Py_ssize_t)column, args[4]);
        }
    }
    answer = finish_band(&band, answer, args[4]);
    tiles_close(&tiles);
    if (answer < 0) {
        return NULL;
    }
    Py_RETURN_NONE;
}

/* Where a tile is, by its number; −1 with an exception if there is none. */
static int
find(const Tiles *tiles, PyObject *key, Py_ssize_t *row, Py_ssize_t *column)
{
    Py_ssize_t tile;
    if (number(key, &tile) < 0) {
        return -1;
    }
    *row = tile / tiles->notes.width;
    *column = tile % tiles->notes.width;
    if (tile < 0 || *row >= tiles->notes.height) {
        PyErr_SetString(PyExc_ValueError, "no such tile");
        return -1;
    }
    return 0;
}

typedef struct {
    Py_ssize_t left, top, right, bottom; /* empty: right is not beyond left */
} Around;

/* A row of a tile as bytes tell it, which may be a single value for all of it. */
static int
differs(const uint8_t *row, const uint8_t *told, Py_ssize_t length, Py_ssize_t width)
{
    if (length != 1) {
        return memcmp(row, told, (size_t)width) != 0;
    }
    return *row != *told || memcmp(row, row + 1, (size_t)width - 1) != 0;
}

/* Widen a rectangle until all columns of a row that differ are within, from `left` on. */
static void
widen(Around *around, const uint8_t *row, const uint8_t *told, int is_one, Py_ssize_t left,
      Py_ssize_t width)
{
    Py_ssize_t x = 0, end = width;
    while (left + x < around->left && row[x] == told[is_one ? 0 : x]) {
        x++;
    }
    while (left + end > around->right && row[end - 1] == told[is_one ? 0 : end - 1]) {
        end--;
    }
    around->left = left + x < around->left ? left + x : around->left;
    around->right = left + end > around->right ? left + end : around->right;
}

/* Widen a rectangle until all of a tile's pixels are within that are not as bytes tell; whether
   there are any. */
static int
compare(Around *around, const Plane *tile, const uint8_t *told, Py_ssize_t length, Py_ssize_t left,
        Py_ssize_t top)
{
    Py_ssize_t width = tile->width, first = -1, last = -1;
    for (Py_ssize_t y = 0; y < tile->height; y++) {
        const uint8_t *row = tile->data + y * tile->step, *line = told + (length == 1 ? 0 : y * width);
        if (!differs(row, line, length, width)) {
            continue;
        }
        if (first < 0 && around->left <= left && around->right >= left + width &&
            around->top <= top + y && around->bottom >= top + tile->height) {
            return 1; /* nothing here could widen it */
        }
        first = first < 0 ? y : first;
        last = y;
        widen(around, row, line, length == 1, left, width);
    }
    if (first >= 0) {
        around->top = top + first < around->top ? top + first : around->top;
        around->bottom = top + last + 1 > around->bottom ? top + last + 1 : around->bottom;
    }
    return first >= 0;
}

static int
settle_tile(const Tiles *tiles, PyObject *key, PyObject *data, PyObject *changed, Around *around)
{
    Py_ssize_t row, column, length;
    char *bytes;
    if (find(tiles, key, &row, &column) < 0 || PyBytes_AsStringAndSize(data, &bytes, &length) < 0) {
        return -1;
    }
    Plane tile = tile_at(tiles, row, column);
    if (length != 1 && length != tile.width * tile.height) {
        PyErr_SetString(PyExc_ValueError, "before: not the bytes of a tile");
        return -1;
    }
    *note(tiles, row, column) = is_even(&tile) ? *tile.data : MIXED;
    int is_other = compare(around, &tile, (const uint8_t *)bytes, length, column * tiles->side,
                           row * tiles->side);
    return is_other ? PyDict_SetItem(changed, key, data) : 0;
}

PyObject *
kernel_settle_tiles(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    (void)module;
    Tiles tiles;
    Around around = {PY_SSIZE_T_MAX, PY_SSIZE_T_MAX, 0, 0};
    if (count != 4 || !PyDict_Check(args[3])) {
        PyErr_SetString(PyExc_TypeError, "settle_tiles(plane, notes, side, before)");
        return NULL;
    }
    if (tiles_open(&tiles, args, 0) < 0) {
        return NULL;
    }
    PyObject *changed = PyDict_New(), *key, *data;
    Py_ssize_t at = 0;
    int answer = changed ? 0 : -1;
    while (answer == 0 && PyDict_Next(args[3], &at, &key, &data)) {
        answer = settle_tile(&tiles, key, data, changed, &around);
    }
    tiles_close(&tiles);
    if (answer < 0) {
        Py_XDECREF(changed);
        return NULL;
    }
    if (around.right <= around.left) {
        around = (Around){0, 0, 0, 0};
    }
    return Py_BuildValue("N(nnnn)", changed, around.left, around.top, around.right, around.bottom);
}

/* Swap the tiles of a dictionary, in reading order; -1 with an exception set. */
static int
swap_all(const Tiles *tiles, PyObject *wanted, PyObject *now)
{
    Band band = {.count = 0};
    PyObject *keys = PyDict_Keys(wanted);
    int answer = keys ? PyList_Sort(keys) : -1;
    for (Py_ssize_t at = 0; answer == 0 && at < PyList_Size(keys); at++) {
        PyObject *key = PyList_GetItem(keys, at);
        Py_ssize_t row, column;
        answer = find(tiles, key, &row, &column);
        if (answer == 0) {
            PyObject *data = PyDict_GetItemWithError(wanted, key);
            answer = add_to_band(&band, tiles, row, column, key, data, now);
        }
    }
    answer = finish_band(&band, answer, now);
    Py_XDECREF(keys);
    return answer;
}

PyObject *
kernel_swap_tiles(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    (void)module;
    Tiles tiles;
    if (count != 4 || !PyDict_Check(args[3])) {
        PyErr_SetString(PyExc_TypeError, "swap_tiles(plane, notes, side, tiles)");
        return NULL;
    }
    if (tiles_open(&tiles, args, 1) < 0) {
        return NULL;
    }
    PyObject *now = PyDict_New();
    if (now && swap_all(&tiles, args[3], now) < 0) {
        Py_CLEAR(now);
    }
    tiles_close(&tiles);
    return now;
}

static Py_ssize_t
least(Py_ssize_t one, Py_ssize_t other)
{
    return one < other ? one : other;
}

static Py_ssize_t
most(Py_ssize_t one, Py_ssize_t other)
{
    return one > other ? one : other;
}

/* The part of a plane from a column and row on. */
static Plane
part_of(const Plane *plane, Py_ssize_t left, Py_ssize_t top, Py_ssize_t width, Py_ssize_t height)
{
    Plane part = {.data = plane->data + top * plane->step + left, .step = plane->step};
    part.width = width;
    part.height = height;
    return part;
}

static int
is_same(const Plane *one, const Plane *other)
{
    for (Py_ssize_t y = 0; y < one->height; y++) {
        if (memcmp(one->data + y * one->step, other->data + y * other->step,
                   (size_t)one->width) != 0) {
            return 0;
        }
    }
    return 1;
}

/* The bytes of a tile with a part of it put in the place of what is there. */
static PyObject *
bytes_with(const Plane *tile, const Plane *part, Py_ssize_t left, Py_ssize_t top)
{
    if (part->width == tile->width && part->height == tile->height) {
        return bytes_of(part);
    }
    uint8_t *room = PyMem_Malloc((size_t)(tile->width * tile->height));
    if (!room) {
        return PyErr_NoMemory();
    }
    for (Py_ssize_t y = 0; y < tile->height; y++) {
        memcpy(room + y * tile->width, tile->data + y * tile->step, (size_t)tile->width);
    }
    for (Py_ssize_t y = 0; y < part->height; y++) {
        memcpy(room + (top + y) * tile->width + left, part->data + y * part->step,
               (size_t)part->width);
    }
    Plane whole = {.data = room, .step = tile->width};
    whole.width = tile->width;
    whole.height = tile->height;
    PyObject *result = bytes_of(&whole);
    PyMem_Free(room);
    return result;
}

static int
changed_tile(const Plane *before, const Plane *after, Py_ssize_t side, const Py_ssize_t rect[4],
             Py_ssize_t row, Py_ssize_t column, PyObject *changed)
{
    Py_ssize_t left = column * side, top = row * side, columns = (before->width + side - 1) / side;
    Py_ssize_t right = least(left + side, before->width), bottom = least(top + side, before->height);
    Py_ssize_t from_x = most(left, rect[0]), from_y = most(top, rect[1]);
    Py_ssize_t width = least(right, rect[2]) - from_x, height = least(bottom, rect[3]) - from_y;
    Plane old = part_of(before, from_x, from_y, width, height);
    Plane new = part_of(after, from_x - rect[0], from_y - rect[1], width, height);
    if (is_same(&old, &new)) {
        return 0;
    }
    Plane tile = part_of(before, left, top, right - left, bottom - top);
    PyObject *key = PyLong_FromSsize_t(row * columns + column);
    PyObject *data = key ? bytes_with(&tile, &new, from_x - left, from_y - top) : NULL;
    int answer = data ? PyDict_SetItem(changed, key, data) : -1;
    Py_XDECREF(data);
    Py_XDECREF(key);
    return answer;
}

PyObject *
kernel_changed_tiles(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    (void)module;
    Plane before, after;
    Py_ssize_t side, rect[4];
    int64_t given[4];
    if (count != 4) {
        PyErr_SetString(PyExc_TypeError, "changed_tiles(before, after, side, rect)");
        return NULL;
    }
    if (number(args[2], &side) < 0 || numbers(args[3], given, 4, "rect") < 0 ||
        plane_open(&before, args[0], 1, 0, "before") < 0) {
        return NULL;
    }
    if (plane_open(&after, args[1], 1, 0, "after") < 0) {
        plane_close(&before);
        return NULL;
    }
    PyObject *changed = NULL;
    if (side < 1 || given[0] < 0 || given[1] < 0 || given[2] <= given[0] ||
        given[3] <= given[1] || given[2] > before.width || given[3] > before.height ||
        given[2] - given[0] != after.width || given[3] - given[1] != after.height) {
        PyErr_SetString(PyExc_ValueError, "rect: not the pixels of `after` within the plane");
    }
    else {
        for (int at = 0; at < 4; at++) {
            rect[at] = (Py_ssize_t)given[at];
        }
        changed = PyDict_New();
    }
    int answer = changed ? 0 : -1;
    for (Py_ssize_t row = changed ? rect[1] / side : 0;
         answer == 0 && row <= (rect[3] - 1) / side; row++) {
        for (Py_ssize_t column = rect[0] / side;
             answer == 0 && column <= (rect[2] - 1) / side; column++) {
            answer = changed_tile(&before, &after, side, rect, row, column, changed);
        }
    }
    plane_close(&after);
    plane_close(&before);
    if (answer < 0) {
        Py_CLEAR(changed);
    }
    return changed;
}
