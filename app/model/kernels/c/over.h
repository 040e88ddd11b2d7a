/* Premultiplied colours, one over the other. */

#ifndef MASKWRIGHT_OVER_H
#define MASKWRIGHT_OVER_H

#include "eights.h"

/* A colour over what is below it. Channels are multiplied by (255 − alpha) / 255, rounded. */
static inline uint32_t
over(uint32_t color, uint32_t below)
{
    uint32_t rest = 255 - (color >> 24);
    uint32_t even = (below & 0x00ff00ffu) * rest + 0x00800080u;
    uint32_t odd = ((below >> 8) & 0x00ff00ffu) * rest + 0x00800080u;
    even = ((even + ((even >> 8) & 0x00ff00ffu)) >> 8) & 0x00ff00ffu;
    odd = (odd + ((odd >> 8) & 0x00ff00ffu)) & 0xff00ff00u;
    return color + (even | odd);
}

/* By 257 / 65536 a product of two bytes, and a half, is divided by 255 to the last bit. */

#ifdef HAS_SSE2
/* The same for four. */
static inline __m128i
over_four(__m128i colors, __m128i below)
{
    const __m128i even = _mm_set1_epi32(0x00ff00ff), half = _mm_set1_epi16(128);
    const __m128i part = _mm_set1_epi16(257);
    __m128i rest = _mm_sub_epi32(_mm_set1_epi32(255), _mm_srli_epi32(colors, 24));
    rest = _mm_or_si128(rest, _mm_slli_epi32(rest, 16));
    __m128i one = _mm_add_epi16(_mm_mullo_epi16(_mm_and_si128(below, even), rest), half);
    __m128i other = _mm_add_epi16(_mm_mullo_epi16(_mm_srli_epi16(below, 8), rest), half);
    one = _mm_mulhi_epu16(one, part);
    other = _mm_slli_epi16(_mm_mulhi_epu16(other, part), 8);
    return _mm_add_epi32(colors, _mm_or_si128(one, other));
}
#endif

#ifdef EIGHTS
/* And for eight. */
EIGHTS static inline __m256i
over_eight(__m256i colors, __m256i below)
{
    const __m256i even = _mm256_set1_epi32(0x00ff00ff), half = _mm256_set1_epi16(128);
    const __m256i part = _mm256_set1_epi16(257);
    __m256i rest = _mm256_sub_epi32(_mm256_set1_epi32(255), _mm256_srli_epi32(colors, 24));
    rest = _mm256_or_si256(rest, _mm256_slli_epi32(rest, 16));
    __m256i one = _mm256_mullo_epi16(_mm256_and_si256(below, even), rest);
    __m256i other = _mm256_mullo_epi16(_mm256_srli_epi16(below, 8), rest);
    one = _mm256_mulhi_epu16(_mm256_add_epi16(one, half), part);
    other = _mm256_mulhi_epu16(_mm256_add_epi16(other, half), part);
    return _mm256_add_epi32(colors, _mm256_or_si256(one, _mm256_slli_epi16(other, 8)));
}
#endif

#endif
