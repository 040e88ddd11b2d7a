/* Mixing eight pixels at once, on processors that can. */

#ifndef MASKWRIGHT_EIGHTS_H
#define MASKWRIGHT_EIGHTS_H

#include "kernels.h"

#if defined(__GNUC__) && defined(__x86_64__)
#define HAS_EIGHTS __builtin_cpu_supports("avx2")
#define EIGHTS __attribute__((target("avx2")))

#include <immintrin.h>
#include <string.h>

/* What of 256 parts the other one has, times 128, makes this `mixed` for 16 channels. */
EIGHTS static inline __m256i
mixed_by(__m256i one, __m256i other, __m256i shares)
{
    return _mm256_add_epi16(one, _mm256_mulhrs_epi16(_mm256_sub_epi16(other, one), shares));
}

/* Of the shares of eight pixels one's for four channels and another's for the next, in the lower
   half; in the upper those of the pixels four further on. */
EIGHTS static inline __m256i
spread(__m256i shares, int one, int other)
{
    int64_t first = INT64_C(0x0100010001000100) + one * INT64_C(0x0404040404040404);
    int64_t second = INT64_C(0x0100010001000100) + other * INT64_C(0x0404040404040404);
    return _mm256_shuffle_epi8(shares, _mm256_set_epi64x(second, first, second, first));
}

/* A pixel and the next one in the lower half, another and its next one in the upper. The two that
   follow them are read, but not used. */
EIGHTS static inline __m256i
pairs(const uint32_t *one, const uint32_t *other)
{
    __m256i both = _mm256_castsi128_si256(_mm_loadu_si128((const __m128i *)one));
    both = _mm256_inserti128_si256(both, _mm_loadu_si128((const __m128i *)other), 1);
    return _mm256_unpacklo_epi8(both, _mm256_setzero_si256());
}

/* Eight pixels out of the pairs around them: those of 0 and 4, of 1 and 5, 2 and 6, 3 and 7. */
EIGHTS static inline __m256i
mixed_across(const __m256i *pairs, __m256i shares)
{
    __m256i first =
        mixed_by(_mm256_unpacklo_epi64(pairs[0], pairs[1]),
                 _mm256_unpackhi_epi64(pairs[0], pairs[1]), spread(shares, 0, 1));
    __m256i second =
        mixed_by(_mm256_unpacklo_epi64(pairs[2], pairs[3]),
                 _mm256_unpackhi_epi64(pairs[2], pairs[3]), spread(shares, 2, 3));
    return _mm256_packus_epi16(first, second);
}
#else
#define HAS_EIGHTS 0
#endif

#endif
