// AVX2: chosen at run time. The attribute stands on each function, so that the rest of the program stays baseline x86-64.
#include "Kernels.h"

#if defined(__SSE2__)
#include <immintrin.h>

#define AVX2 __attribute__((target("avx2,bmi,lzcnt")))

#define EQUAL(v, byte) _mm256_cmpeq_epi8(v, _mm256_set1_epi8(byte))

AVX2 static inline uint64_t bits(__m256i low, __m256i high) {
  return (uint64_t)(uint32_t)_mm256_movemask_epi8(low) | (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32;
}

AVX2 static inline __m256i special(__m256i v) {
  return _mm256_or_si256(_mm256_cmpgt_epi8(_mm256_set1_epi8(0x20), v), _mm256_or_si256(EQUAL(v, '"'), EQUAL(v, '\\')));
}

AVX2 static inline __m256i blank(__m256i v) { return _mm256_or_si256(EQUAL(v, ' '), EQUAL(v, '\t')); }

AVX2 static inline void classify_block(const uint8_t *in, uint64_t *words) {
  __m256i low = _mm256_loadu_si256((const __m256i *)in), high = _mm256_loadu_si256((const __m256i *)(in + 32));
  words[0] = bits(EQUAL(low, '\n'), EQUAL(high, '\n'));
  words[1] = bits(blank(low), blank(high));
  words[2] = bits(EQUAL(low, '"'), EQUAL(high, '"'));
  words[3] = bits(special(low), special(high));
}

AVX2 static void classify(const uint8_t *in, size_t count, uint64_t *words) {
  for (; count >= 64; in += 64, count -= 64, words += SLUICE_CLASSES) classify_block(in, words);
  if (count == 0) return;
  uint8_t block[64] = {0};
  __builtin_memcpy(block, in, count);
  classify_block(block, words);
  words[3] &= sluice_bits_below(count);
}

AVX2 static ptrdiff_t find_first(const uint8_t *in, size_t count, uint8_t byte) {
  const __m256i wanted = _mm256_set1_epi8((char)byte);
  size_t position = 0;
  for (; count - position >= 64; position += 64) {
    __m256i low = _mm256_cmpeq_epi8(_mm256_loadu_si256((const __m256i *)(in + position)), wanted);
    __m256i high = _mm256_cmpeq_epi8(_mm256_loadu_si256((const __m256i *)(in + position + 32)), wanted);
    uint64_t found = bits(low, high);
    if (found) return (ptrdiff_t)position + __builtin_ctzll(found);
  }
  ptrdiff_t rest = sluice_sse2_kernels.find_first(in + position, count - position, byte);
  return rest < 0 ? -1 : (ptrdiff_t)position + rest;
}

AVX2 static ptrdiff_t find_first_of_two(const uint8_t *in, size_t count, uint8_t byte, uint8_t other) {
  const __m256i first = _mm256_set1_epi8((char)byte), second = _mm256_set1_epi8((char)other);
  size_t position = 0;
  for (; count - position >= 32; position += 32) {
    __m256i block = _mm256_loadu_si256((const __m256i *)(in + position));
    unsigned found = (unsigned)_mm256_movemask_epi8(_mm256_or_si256(_mm256_cmpeq_epi8(block, first), _mm256_cmpeq_epi8(block, second)));
    if (found) return (ptrdiff_t)position + __builtin_ctz(found);
  }
  ptrdiff_t rest = sluice_sse2_kernels.find_first_of_two(in + position, count - position, byte, other);
  return rest < 0 ? -1 : (ptrdiff_t)position + rest;
}

AVX2 static ptrdiff_t find_last(const uint8_t *in, size_t count, uint8_t byte) {
  const __m256i wanted = _mm256_set1_epi8((char)byte);
  size_t end = count;
  for (; end >= 32; end -= 32) {
    unsigned found = (unsigned)_mm256_movemask_epi8(_mm256_cmpeq_epi8(_mm256_loadu_si256((const __m256i *)(in + end - 32)), wanted));
    if (found) return (ptrdiff_t)end - 32 + (31 - __builtin_clz(found));
  }
  return sluice_sse2_kernels.find_last(in, end, byte);
}

AVX2 static size_t count_control(const uint8_t *in, size_t count) {
  size_t position = 0;
  __m256i sum = _mm256_setzero_si256();
  while (count - position >= 32) {
    __m256i lanes = _mm256_setzero_si256();
    for (int round = 0; round < 255 && count - position >= 32; round++, position += 32) {
      __m256i v = _mm256_loadu_si256((const __m256i *)(in + position));
      __m256i below = _mm256_cmpeq_epi8(_mm256_min_epu8(v, _mm256_set1_epi8(0x1f)), v);
      __m256i allowed =
          _mm256_or_si256(_mm256_or_si256(EQUAL(v, '\t'), EQUAL(v, '\n')), _mm256_or_si256(EQUAL(v, '\r'), EQUAL(v, 0x1b)));
      lanes = _mm256_sub_epi8(lanes, _mm256_or_si256(_mm256_andnot_si256(allowed, below), EQUAL(v, 0x7f)));
    }
    sum = _mm256_add_epi64(sum, _mm256_sad_epu8(lanes, _mm256_setzero_si256()));
  }
  uint64_t sums[4];
  _mm256_storeu_si256((__m256i *)sums, sum);
  size_t found = (size_t)(sums[0] + sums[1] + sums[2] + sums[3]);
  return found + sluice_sse2_kernels.count_control(in + position, count - position);
}

const sluice_kernels sluice_avx2_kernels = {
    .name = "AVX2",
    .classify = classify,
    .find_first = find_first,
    .find_first_of_two = find_first_of_two,
    .find_last = find_last,
    .count_control = count_control,
    .base64_decode = sluice_scalar_base64_decode,
    .base64_encode = sluice_scalar_base64_encode,
};

#endif
