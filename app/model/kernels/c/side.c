/* Drawing a picture that lies on its side: block by block, each turned upright before. */

#include "drawing.h"

#define WIDTH 256
#define HEIGHT 64
#define STRIDE (WIDEST * WIDTH + 4)
#define LINES (WIDEST * HEIGHT + 4)

/* Pixels of the source from `first` on. */
typedef struct {
    Py_ssize_t first, length;
} Stretch;

#if defined(__SSE2__) || defined(_M_X64)
#include <emmintrin.h>

static inline void
turn_four(uint32_t *to, const uint8_t *from, Py_ssize_t step)
{
    __m128i rows[4];
    for (int row = 0; row < 4; row++) {
        rows[row] = _mm_loadu_si128((const __m128i *)(from + row * step));
    }
    __m128i a = _mm_unpacklo_epi32(rows[0], rows[1]), b = _mm_unpacklo_epi32(rows[2], rows[3]);
    __m128i c = _mm_unpackhi_epi32(rows[0], rows[1]), d = _mm_unpackhi_epi32(rows[2], rows[3]);
    _mm_storeu_si128((__m128i *)to, _mm_unpacklo_epi64(a, b));
    _mm_storeu_si128((__m128i *)(to + STRIDE), _mm_unpackhi_epi64(a, b));
    _mm_storeu_si128((__m128i *)(to + 2 * STRIDE), _mm_unpacklo_epi64(c, d));
    _mm_storeu_si128((__m128i *)(to + 3 * STRIDE), _mm_unpackhi_epi64(c, d));
}
#else
static inline void
turn_four(uint32_t *to, const uint8_t *from, Py_ssize_t step)
{
    for (int row = 0; row < 4; row++) {
        for (int column = 0; column < 4; column++) {
            to[column * STRIDE + row] = ((const uint32_t *)(from + row * step))[column];
        }
    }
}
#endif

/* Make columns of the source rows. */
static void
turn(const Plane *source, uint32_t *to, Stretch columns, Stretch rows)
{
    const uint8_t *from = source->data + rows.first * source->step + 4 * columns.first;
    for (Py_ssize_t y = 0; y < rows.length;) {
        Py_ssize_t x = 0;
        if (y + 4 <= rows.length) {
            for (; x + 4 <= columns.length; x += 4) {
                turn_four(to + x * STRIDE + y, from + y * source->step + 4 * x, source->step);
            }
        }
        Py_ssize_t next = lesser(y + 4, rows.length);
        for (; y < next; y++) {
            for (Py_ssize_t rest = x; rest < columns.length; rest++) {
                to[rest * STRIDE + y] = ((const uint32_t *)(from + y * source->step))[rest];
            }
        }
    }
}

/* What is looked at from a place on, in so many steps; beside the source its outermost goes on. */
static Stretch
stretch(int64_t place, int64_t step, Py_ssize_t count, Py_ssize_t length)
{
    int64_t end = place + step * (count - 1);
    Py_ssize_t first = held(WHOLE(place < end ? place : end), length);
    return (Stretch){first, held(WHOLE(place < end ? end : place) + 1, length) - first + 1};
}

static void
draw_block(const Drawing *drawing, Py_ssize_t left, Py_ssize_t top)
{
    uint32_t turned[LINES * STRIDE];
    Drawing block = *drawing;
    block.left = left, block.right = lesser(left + WIDTH, drawing->right);
    block.top = top, block.bottom = lesser(top + HEIGHT, drawing->bottom);
    int64_t u = drawing->u + top * drawing->uy, v = drawing->v + left * drawing->vx;
    const Plane *source = &drawing->source;
    Stretch columns = stretch(u, drawing->uy, block.bottom - top, source->width);
    Stretch rows = stretch(v, drawing->vx, block.right - left, source->height);
    turn(source, turned, columns, rows);
    block.source.data = (uint8_t *)turned, block.source.step = 4 * STRIDE;
    block.source.width = rows.length, block.source.height = columns.length;
    block.u = drawing->v - ((int64_t)rows.first << 32), block.ux = drawing->vx;
    block.v = drawing->u - ((int64_t)columns.first << 32), block.vy = drawing->uy;
    draw_upright(&block);
}

void
draw_on_its_side(const Drawing *drawing)
{
    for (Py_ssize_t y = drawing->top; y < drawing->bottom; y += HEIGHT) {
        for (Py_ssize_t x = drawing->left; x < drawing->right; x += WIDTH) {
            draw_block(drawing, x, y);
        }
    }
}
