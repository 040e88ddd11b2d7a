/* Colours over rows of pixels, on whatever processor. */

#include "cover.h"
#include "over.h"

#include <string.h>

#ifdef EIGHTS
EIGHTS static Py_ssize_t
cover_eights(uint32_t *image, const uint32_t *ground, uint32_t color, Py_ssize_t length)
{
    const __m256i colors = _mm256_set1_epi32((int)color);
    Py_ssize_t x = 0;
    for (; x + 8 <= length; x += 8) {
        __m256i below = _mm256_loadu_si256((const __m256i *)(ground + x));
        _mm256_storeu_si256((__m256i *)(image + x), over_eight(colors, below));
    }
    return x;
}

EIGHTS static Py_ssize_t
cover_each_of_eights(uint32_t *image, const uint32_t *ground, const uint32_t *table,
                     const uint8_t *values, Py_ssize_t length)
{
    Py_ssize_t x = 0;
    for (; x + 8 <= length; x += 8) {
        const uint8_t *at = values + x;
        __m256i colors = _mm256_setr_epi32(
            (int)table[at[0]], (int)table[at[1]], (int)table[at[2]], (int)table[at[3]],
            (int)table[at[4]], (int)table[at[5]], (int)table[at[6]], (int)table[at[7]]);
        __m256i below = _mm256_loadu_si256((const __m256i *)(ground + x));
        _mm256_storeu_si256((__m256i *)(image + x), over_eight(colors, below));
    }
    return x;
}
#endif

#ifdef HAS_SSE2
static Py_ssize_t
cover_fours(uint32_t *image, const uint32_t *ground, uint32_t color, Py_ssize_t length)
{
    const __m128i colors = _mm_set1_epi32((int)color);
    Py_ssize_t x = 0;
    for (; x + 4 <= length; x += 4) {
        __m128i below = _mm_loadu_si128((const __m128i *)(ground + x));
        _mm_storeu_si128((__m128i *)(image + x), over_four(colors, below));
    }
    return x;
}

static Py_ssize_t
cover_each_of_fours(uint32_t *image, const uint32_t *ground, const uint32_t *table,
                    const uint8_t *values, Py_ssize_t length)
{
    Py_ssize_t x = 0;
    for (; x + 4 <= length; x += 4) {
        const uint8_t *at = values + x;
        __m128i colors = _mm_setr_epi32((int)table[at[0]], (int)table[at[1]], (int)table[at[2]],
                                        (int)table[at[3]]);
        __m128i below = _mm_loadu_si128((const __m128i *)(ground + x));
        _mm_storeu_si128((__m128i *)(image + x), over_four(colors, below));
    }
    return x;
}
#endif

void
cover(uint32_t color, uint32_t *image, const uint32_t *ground, Py_ssize_t length)
{
    Py_ssize_t x = 0;
    if (color == 0) {
        if (image != ground) {
            memcpy(image, ground, (size_t)length * 4);
        }
        return;
    }
#ifdef EIGHTS
    x = HAS_EIGHTS ? cover_eights(image, ground, color, length) : 0;
#endif
#ifdef HAS_SSE2
    x += cover_fours(image + x, ground + x, color, length - x);
#endif
    for (; x < length; x++) {
        image[x] = over(color, ground[x]);
    }
}

void
cover_each(const uint32_t *table, uint32_t *image, const uint32_t *ground, const uint8_t *values,
           Py_ssize_t length)
{
    Py_ssize_t x = 0;
#ifdef EIGHTS
    x = HAS_EIGHTS ? cover_each_of_eights(image, ground, table, values, length) : 0;
#endif
#ifdef HAS_SSE2
    x += cover_each_of_fours(image + x, ground + x, table, values + x, length - x);
#endif
    for (; x < length; x++) {
        image[x] = over(table[values[x]], ground[x]);
    }
}
