/* What a tile looks at, brought together. */

#include "bring.h"

#include <math.h>
#include <string.h>

#if defined(__GNUC__)
#define FETCH(address) __builtin_prefetch(address)
#elif defined(HAS_SSE2)
#define FETCH(address) _mm_prefetch((const char *)(address), _MM_HINT_T0)
#else
#define FETCH(address) ((void)(address))
#endif
#define LINE 16 /* pixels that a processor fetches at once */

/* Have pixels on their way before they are looked at: a processor foresees how a row goes on, but
   not where the next one lies. */
static void
fetch(const uint32_t *from, Py_ssize_t length)
{
    for (Py_ssize_t x = 0; x < length; x += LINE) {
        FETCH(from + x);
    }
    FETCH(from + length - 1);
}

/* Where a row of the source, from `above` to `below`, runs between two sides of a tile: one leads
   by `u`, `v` from its first place, the other lies `other_u`, `other_v` beside that. */
typedef struct {
    double from, until;
} Cut;

static Cut
cut(double above, double below, double u, double v, double other_u, double other_v)
{
    if (v == 0) {
        return (Cut){-HUGE_VAL, HUGE_VAL};
    }
    double slope = u / v, first = slope * above, last = slope * below;
    double width = other_u - slope * other_v;
    return (Cut){fmin(first, last) + fmin(width, 0), fmax(first, last) + fmax(width, 0)};
}

/* Which columns of each row a tile looks at; what lies in the corners around it is left. A row is
   looked at from the one above it on, and a tile may begin anywhere within a pixel. */
static void
find_columns(Near *near)
{
    const Drawing *drawing = near->drawing;
    double side = (TILE - 1) / (double)ONE, slack = 1 / 64.0;
    double xu = drawing->ux * side, xv = drawing->vx * side;
    double yu = drawing->uy * side, yv = drawing->vy * side;
    double left = fmin(xu, 0) + fmin(yu, 0), right = fmax(xu, 0) + fmax(yu, 0);
    double top = fmin(xv, 0) + fmin(yv, 0), bottom = fmax(xv, 0) + fmax(yv, 0);
    near->rows = (Py_ssize_t)(bottom - top) + 3;
    for (Py_ssize_t row = 0; row < near->rows; row++) {
        double above = fmax(top + (double)row - 2, top);
        double below = fmin(top + (double)row + 1, bottom);
        Cut one = cut(above, below, xu, xv, yu, yv), other = cut(above, below, yu, yv, xu, xv);
        double from = fmax(fmax(one.from, other.from), left) - left;
        double until = fmin(fmin(one.until, other.until), right) - left;
        near->columns[row] =
            (Range){(Py_ssize_t)floor(from - slack), (Py_ssize_t)ceil(until + slack) + 2};
    }
}

void
near_open(Near *near, const Drawing *drawing)
{
    near->drawing = drawing;
    near->least_u = extent_of(0, (TILE - 1) * drawing->ux, (TILE - 1) * drawing->uy).least;
    near->least_v = extent_of(0, (TILE - 1) * drawing->vx, (TILE - 1) * drawing->vy).least;
    near->u = near->v = 0;
    find_columns(near);
}

/* A few pixels; they are too few for the library's ways to copy any number of them. */
static void
copy_row(uint32_t *to, const uint32_t *from, Py_ssize_t length)
{
    if (length < 8) {
        memcpy(to, from, (size_t)length * 4);
        return;
    }
    for (Py_ssize_t x = 0; x + 8 <= length; x += 8) {
        memcpy(to + x, from + x, 32);
    }
    memcpy(to + length - 8, from + length - 8, 32);
}

/* What a tile that begins at the room's `u`, `v` looks at in a row. */
static Range
columns_of(const Near *near, Py_ssize_t row)
{
    Py_ssize_t first = WHOLE(near->u);
    Range columns = near->columns[row];
    Py_ssize_t from = greater(columns.from, -first);
    Py_ssize_t until = lesser(columns.until, near->drawing->source.width - first);
    return (Range){from, greater(from, until)};
}

void
bring_near(Near *near, Py_ssize_t x, Py_ssize_t y)
{
    const Drawing *drawing = near->drawing;
    near->u = (drawing->u + x * drawing->ux + y * drawing->uy + near->least_u) & -ONE;
    near->v = (drawing->v + x * drawing->vx + y * drawing->vy + near->least_v) & -ONE;
    Py_ssize_t column = WHOLE(near->u), row = WHOLE(near->v);
    Py_ssize_t first = greater(-row, 0), end = lesser(near->rows, drawing->source.height - row);
    for (Py_ssize_t each = first; each < end; each++) {
        Range range = columns_of(near, each);
        fetch(source_at(drawing, column + range.from, row + each), range.until - range.from);
    }
    for (Py_ssize_t each = first; each < end; each++) {
        Range range = columns_of(near, each);
        copy_row(near->room + BESIDE + each * STRIDE + range.from,
                 source_at(drawing, column + range.from, row + each), range.until - range.from);
    }
}
