// SSE2: part of every x86-64 processor.
#include "Kernels.h"

#if defined(__SSE2__)

/// The bits of 64 bytes for one comparison.
#define BITS(expression)                                                                                                        \
  ((uint64_t)(uint32_t)_mm_movemask_epi8(expression(a)) | (uint64_t)(uint32_t)_mm_movemask_epi8(expression(b)) << 16 |          \
   (uint64_t)(uint32_t)_mm_movemask_epi8(expression(c)) << 32 | (uint64_t)(uint32_t)_mm_movemask_epi8(expression(d)) << 48)
#define EQUAL(v, byte) _mm_cmpeq_epi8(v, _mm_set1_epi8(byte))
#define LINE_FEED(v) EQUAL(v, '\n')
#define BLANK(v) _mm_or_si128(EQUAL(v, ' '), EQUAL(v, '\t'))
#define QUOTE(v) EQUAL(v, '"')
#define ESCAPE(v) EQUAL(v, 0x1b)
#define SPECIAL(v) _mm_or_si128(_mm_cmplt_epi8(v, _mm_set1_epi8(0x20)), _mm_or_si128(EQUAL(v, '"'), EQUAL(v, '\\')))

static inline __m128i classify_block(const uint8_t *in, uint64_t *words) {
  __m128i a = _mm_loadu_si128((const __m128i *)in), b = _mm_loadu_si128((const __m128i *)(in + 16));
  __m128i c = _mm_loadu_si128((const __m128i *)(in + 32)), d = _mm_loadu_si128((const __m128i *)(in + 48));
  words[0] = BITS(LINE_FEED);
  words[1] = BITS(BLANK);
  words[2] = BITS(QUOTE);
  words[3] = BITS(SPECIAL);
  return _mm_or_si128(_mm_or_si128(ESCAPE(a), ESCAPE(b)), _mm_or_si128(ESCAPE(c), ESCAPE(d)));
}

static bool classify(const uint8_t *in, size_t count, uint64_t *words) {
  __m128i escapes = _mm_setzero_si128();
  for (; count >= 64; in += 64, count -= 64, words += SLUICE_CLASSES) escapes = _mm_or_si128(escapes, classify_block(in, words));
  if (count > 0) {
    uint8_t block[64] = {0};
    __builtin_memcpy(block, in, count);
    escapes = _mm_or_si128(escapes, classify_block(block, words));
    words[3] &= sluice_bits_below(count);
  }
  return _mm_movemask_epi8(escapes) != 0;
}

/// The marked bytes of 16.
static inline unsigned marks(__m128i comparison) { return (unsigned)_mm_movemask_epi8(comparison); }

static ptrdiff_t find_first(const uint8_t *in, size_t count, uint8_t byte) {
  const __m128i wanted = _mm_set1_epi8((char)byte);
  size_t position = 0;
  for (; count - position >= 64; position += 64) {
    const __m128i *blocks = (const __m128i *)(in + position);
    __m128i a = _mm_cmpeq_epi8(_mm_loadu_si128(blocks), wanted), b = _mm_cmpeq_epi8(_mm_loadu_si128(blocks + 1), wanted);
    __m128i c = _mm_cmpeq_epi8(_mm_loadu_si128(blocks + 2), wanted), d = _mm_cmpeq_epi8(_mm_loadu_si128(blocks + 3), wanted);
    if (marks(_mm_or_si128(_mm_or_si128(a, b), _mm_or_si128(c, d)))) {
      uint64_t bits = (uint64_t)marks(a) | (uint64_t)marks(b) << 16 | (uint64_t)marks(c) << 32 | (uint64_t)marks(d) << 48;
      return (ptrdiff_t)position + __builtin_ctzll(bits);
    }
  }
  for (; count - position >= 16; position += 16) {
    unsigned found = marks(_mm_cmpeq_epi8(sluice_load(in + position), wanted));
    if (found) return (ptrdiff_t)position + __builtin_ctz(found);
  }
  size_t left = count - position;
  if (left == 0) return -1;
  unsigned found = marks(_mm_cmpeq_epi8(sluice_load_partial(in + position, left), wanted)) & ((1u << left) - 1);
  return found ? (ptrdiff_t)position + __builtin_ctz(found) : -1;
}

static ptrdiff_t find_first_of_two(const uint8_t *in, size_t count, uint8_t byte, uint8_t other) {
  const __m128i first = _mm_set1_epi8((char)byte), second = _mm_set1_epi8((char)other);
  size_t position = 0;
  for (; count - position >= 16; position += 16) {
    __m128i block = sluice_load(in + position);
    unsigned found = marks(_mm_or_si128(_mm_cmpeq_epi8(block, first), _mm_cmpeq_epi8(block, second)));
    if (found) return (ptrdiff_t)position + __builtin_ctz(found);
  }
  size_t left = count - position;
  if (left == 0) return -1;
  __m128i block = sluice_load_partial(in + position, left);
  unsigned found = marks(_mm_or_si128(_mm_cmpeq_epi8(block, first), _mm_cmpeq_epi8(block, second))) & ((1u << left) - 1);
  return found ? (ptrdiff_t)position + __builtin_ctz(found) : -1;
}

static ptrdiff_t find_last(const uint8_t *in, size_t count, uint8_t byte) {
  const __m128i wanted = _mm_set1_epi8((char)byte);
  size_t end = count;
  for (; end >= 16; end -= 16) {
    unsigned found = marks(_mm_cmpeq_epi8(sluice_load(in + end - 16), wanted));
    if (found) return (ptrdiff_t)end - 16 + (31 - __builtin_clz(found));
  }
  if (end == 0) return -1;
  unsigned found = marks(_mm_cmpeq_epi8(sluice_load_partial(in, end), wanted)) & ((1u << end) - 1);
  return found ? 31 - __builtin_clz(found) : -1;
}

static size_t count_control(const uint8_t *in, size_t count) {
  size_t found = 0;
  size_t position = 0;
  __m128i sum = _mm_setzero_si128();
  while (count - position >= 16) {
    // Each lane counts to at most 255 before it is added up.
    __m128i lanes = _mm_setzero_si128();
    for (int round = 0; round < 255 && count - position >= 16; round++, position += 16) {
      __m128i v = sluice_load(in + position);
      __m128i below = _mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8(0x1f)), v);
      __m128i allowed = _mm_or_si128(_mm_or_si128(EQUAL(v, '\t'), EQUAL(v, '\n')), _mm_or_si128(EQUAL(v, '\r'), EQUAL(v, 0x1b)));
      lanes = _mm_sub_epi8(lanes, _mm_or_si128(_mm_andnot_si128(allowed, below), EQUAL(v, 0x7f)));
    }
    sum = _mm_add_epi64(sum, _mm_sad_epu8(lanes, _mm_setzero_si128()));
  }
  found += (size_t)_mm_cvtsi128_si64(sum) + (size_t)_mm_cvtsi128_si64(_mm_unpackhi_epi64(sum, sum));
  return found + sluice_scalar_kernels.count_control(in + position, count - position);
}

const sluice_kernels sluice_sse2_kernels = {
    .name = "SSE2",
    .classify = classify,
    .find_first = find_first,
    .find_first_of_two = find_first_of_two,
    .find_last = find_last,
    .count_control = count_control,
    .meet_sequences = sluice_scalar_meet_sequences,
    .base64_decode = sluice_scalar_base64_decode,
    .base64_encode = sluice_scalar_base64_encode,
};

#endif
