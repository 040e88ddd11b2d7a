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

/* The same, without a look at it if it is noted. */
static PyObject *
bytes_at(const Tiles *tiles, Py_ssize_t row, Py_ssize_t column)
{
    int16_t noted = *note(tiles, row, column);
    if (noted != MIXED) {
        char value = (char)noted;
        return PyBytes_FromStringAndSize(&value, 1);
    }
    Plane tile = tile_at(tiles, row, column);
    return bytes_of(&tile);
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

static int
keep_tile(const Tiles *tiles, Py_ssize_t row, Py_ssize_t column, PyObject *before)
{
    int answer = -1;
    PyObject *key = PyLong_FromSsize_t(row * tiles->notes.width + column), *data = NULL;
    int is_kept = key ? PyDict_Contains(before, key) : -1;
    if (is_kept > 0) {
        answer = 0;
    }
    else if (is_kept == 0 && (data = bytes_at(tiles, row, column))) {
        answer = PyDict_SetItem(before, key, data);
        *note(tiles, row, column) = MIXED;
    }
    Py_XDECREF(data);
    Py_XDECREF(key);
    return answer;
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
    int answer = 0;
    if (block[0] < 0 || block[1] < 0 || block[2] > tiles.notes.width ||
        block[3] > tiles.notes.height) {
        PyErr_SetString(PyExc_ValueError, "block: not within the plane");
        answer = -1;
    }
    for (int64_t row = block[1]; answer == 0 && row < block[3]; row++) {
        for (int64_t column = block[0]; answer == 0 && column < block[2]; column++) {
            answer = keep_tile(&tiles, (Py_ssize_t)row, (Py_ssize_t)column, args[4]);
        }
    }
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

/* Whether a tile holds what these bytes say. */
static int
holds(const Plane *tile, const char *data, Py_ssize_t length)
{
    if (length == 1) {
        return *tile->data == (uint8_t)*data && is_even(tile);
    }
    for (Py_ssize_t y = 0; y < tile->height; y++, data += tile->width) {
        if (memcmp(tile->data + y * tile->step, data, (size_t)tile->width) != 0) {
            return 0;
        }
    }
    return 1;
}

static int
settle_tile(const Tiles *tiles, PyObject *key, PyObject *data, PyObject *changed)
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
    return holds(&tile, bytes, length) ? 0 : PyDict_SetItem(changed, key, data);
}

/* Put bytes into a tile, or swap them with what it holds, if `now` is a place for that. */
static int
put_tile(const Tiles *tiles, PyObject *key, PyObject *data, PyObject *now)
{
    Py_ssize_t row, column, length;
    char *bytes;
    if (find(tiles, key, &row, &column) < 0 || PyBytes_AsStringAndSize(data, &bytes, &length) < 0) {
        return -1;
    }
    Plane tile = tile_at(tiles, row, column);
    if (length != 1 && length != tile.width * tile.height) {
        PyErr_SetString(PyExc_ValueError, "tiles: not the bytes of a tile");
        return -1;
    }
    PyObject *held = bytes_at(tiles, row, column);
    int answer = held ? PyDict_SetItem(now, key, held) : -1;
    Py_XDECREF(held);
    for (Py_ssize_t y = 0; answer == 0 && y < tile.height; y++) {
        uint8_t *to = tile.data + y * tile.step;
        if (length == 1) {
            memset(to, *bytes, (size_t)tile.width);
        }
        else {
            memcpy(to, bytes + y * tile.width, (size_t)tile.width);
        }
    }
    *note(tiles, row, column) = length == 1 ? (uint8_t)*bytes : MIXED;
    return answer;
}

typedef int (*Act)(const Tiles *tiles, PyObject *key, PyObject *data, PyObject *found);

/* Do something with each tile that a dictionary names; what `act` puts into another one. */
static PyObject *
each_tile(PyObject *const *args, Py_ssize_t count, int for_writing, Act act, const char *usage)
{
    Tiles tiles;
    if (count != 4 || !PyDict_Check(args[3])) {
        PyErr_SetString(PyExc_TypeError, usage);
        return NULL;
    }
    if (tiles_open(&tiles, args, for_writing) < 0) {
        return NULL;
    }
    PyObject *found = PyDict_New(), *key, *data;
    Py_ssize_t at = 0;
    int answer = found ? 0 : -1;
    while (answer == 0 && PyDict_Next(args[3], &at, &key, &data)) {
        answer = act(&tiles, key, data, found);
    }
    tiles_close(&tiles);
    if (answer < 0) {
        Py_CLEAR(found);
    }
    return found;
}

PyObject *
kernel_settle_tiles(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    (void)module;
    return each_tile(args, count, 0, settle_tile, "settle_tiles(plane, notes, side, before)");
}

PyObject *
kernel_swap_tiles(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    (void)module;
    return each_tile(args, count, 1, put_tile, "swap_tiles(plane, notes, side, tiles)");
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
