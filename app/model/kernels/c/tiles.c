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

PyObject *
kernel_settle_tiles(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    (void)module;
    Tiles tiles;
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
        answer = settle_tile(&tiles, key, data, changed);
    }
    tiles_close(&tiles);
    if (answer < 0) {
        Py_CLEAR(changed);
    }
    return changed;
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
    PyObject *now = PyDict_New(), *key, *data;
    Py_ssize_t at = 0;
    int answer = now ? 0 : -1;
    while (answer == 0 && PyDict_Next(args[3], &at, &key, &data)) {
        answer = put_tile(&tiles, key, data, now);
    }
    tiles_close(&tiles);
    if (answer < 0) {
        Py_CLEAR(now);
    }
    return now;
}
