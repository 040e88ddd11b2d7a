/* Where a picture ends that is turned by any angle: the pixels at its edge, and beyond it. */

#include "drawing.h"

static uint32_t
nearest(const Drawing *drawing, int64_t u, int64_t v)
{
    const Plane *source = &drawing->source;
    return *source_at(drawing, held(WHOLE(u), source->width), held(WHOLE(v), source->height));
}

/* The mean of the four pixels around a place; beside the source its outermost go on. */
static uint32_t
mean(const Drawing *drawing, int64_t u, int64_t v)
{
    uint64_t left = mixed(nearest(drawing, u, v), nearest(drawing, u, v + ONE), SHARE(v));
    uint64_t right =
        mixed(nearest(drawing, u + ONE, v), nearest(drawing, u + ONE, v + ONE), SHARE(v));
    return (uint32_t)mixed(left, right, SHARE(u));
}

/* How much of a pixel lies on this side of an edge that is so far from its middle, where a pixel's
   sides take `major` and `minor` across the edge. */
static double
covered(double distance, double major, double minor)
{
    double far = distance < 0 ? -distance : distance, rest = (major + minor) / 2 - far;
    if (rest <= 0) {
        return distance > 0;
    }
    if (far <= (major - minor) / 2) {
        return 0.5 + distance / major;
    }
    double corner = rest * rest / (2 * major * minor);
    return distance > 0 ? 1 - corner : corner;
}

/* How much of a pixel lies between two edges. */
static double
between(int64_t middle, int64_t one, int64_t other, Py_ssize_t length)
{
    double place = (double)middle / ONE, a = (double)size(one) / ONE, b = (double)size(other) / ONE;
    double major = a > b ? a : b, minor = a > b ? b : a;
    return covered(place, major, minor) + covered((double)length - place, major, minor) - 1;
}

static uint32_t
at_edge(const Drawing *drawing, int64_t u, int64_t v)
{
    int64_t half = drawing->smooth ? HALF : 0;
    double share = between(u + half, drawing->ux, drawing->uy, drawing->source.width) *
                   between(v + half, drawing->vx, drawing->vy, drawing->source.height);
    uint32_t color = drawing->smooth ? mean(drawing, u, v) : nearest(drawing, u, v);
    return (uint32_t)mixed(drawing->around, color, (uint32_t)(share * 256 + 0.5));
}

static void
draw_edge(const Drawing *drawing, Py_ssize_t y, Range range)
{
    int64_t u = drawing->u + y * drawing->uy, v = drawing->v + y * drawing->vy;
    for (Py_ssize_t x = range.from; x < range.until; x++) {
        *target_at(drawing, x, y) = at_edge(drawing, u + x * drawing->ux, v + x * drawing->vx);
    }
}

static void
fill(const Drawing *drawing, Py_ssize_t y, Range range)
{
    uint32_t *row = target_at(drawing, 0, y), around = drawing->around;
    for (Py_ssize_t x = range.from; x < range.until; x++) {
        row[x] = around;
    }
}

/* The quotient, rounded down. */
static int64_t
parts(int64_t whole, int64_t part)
{
    return whole >= 0 ? whole / part : -((-whole - 1) / part) - 1;
}

/* Those of a range whose places, a step apart, lie from `least` to `most`. */
static Range
narrowed(Range range, int64_t place, int64_t step, int64_t least, int64_t most)
{
    int64_t first = range.from, end = range.until;
    if (step > 0) {
        first = parts(least - place - 1, step) + 1;
        end = parts(most - place, step) + 1;
    }
    else if (step < 0) {
        first = parts(place - most - 1, -step) + 1;
        end = parts(place - least, -step) + 1;
    }
    else if (place < least || place > most) {
        end = first;
    }
    Py_ssize_t from = (Py_ssize_t)(first < range.from ? range.from : first);
    Py_ssize_t until = (Py_ssize_t)(end < range.until ? end : range.until);
    return from < until ? (Range){from, until} : (Range){range.from, range.from};
}

/* Those of a row whose middles lie so far within the picture. */
static Range
within(const Drawing *drawing, Py_ssize_t y, int64_t rim_u, int64_t rim_v)
{
    int64_t half = drawing->smooth ? HALF : 0;
    int64_t u = drawing->u + half + y * drawing->uy, v = drawing->v + half + y * drawing->vy;
    int64_t width = drawing->source.width * ONE, height = drawing->source.height * ONE;
    Range row = {drawing->left, drawing->right};
    row = narrowed(row, u, drawing->ux, rim_u, width - rim_u);
    return narrowed(row, v, drawing->vx, rim_v, height - rim_v);
}

Range
draw_ends(const Drawing *drawing, Py_ssize_t y)
{
    int64_t rim_u = (size(drawing->ux) + size(drawing->uy)) / 2 + 1;
    int64_t rim_v = (size(drawing->vx) + size(drawing->vy)) / 2 + 1;
    Range seen = within(drawing, y, -rim_u, -rim_v);
    Range inside = within(drawing, y, rim_u > HALF ? rim_u : HALF, rim_v > HALF ? rim_v : HALF);
    if (inside.from == inside.until) {
        inside = (Range){seen.until, seen.until};
    }
    fill(drawing, y, (Range){drawing->left, seen.from});
    draw_edge(drawing, y, (Range){seen.from, inside.from});
    draw_edge(drawing, y, (Range){inside.until, seen.until});
    fill(drawing, y, (Range){seen.until, drawing->right});
    return inside;
}
