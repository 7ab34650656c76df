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

AVX2 static inline __m256i classify_block(const uint8_t *in, uint64_t *words) {
  __m256i low = _mm256_loadu_si256((const __m256i *)in), high = _mm256_loadu_si256((const __m256i *)(in + 32));
  words[0] = bits(EQUAL(low, '\n'), EQUAL(high, '\n'));
  words[1] = bits(blank(low), blank(high));
  words[2] = bits(EQUAL(low, '"'), EQUAL(high, '"'));
  words[3] = bits(special(low), special(high));
  return _mm256_or_si256(EQUAL(low, 0x1b), EQUAL(high, 0x1b));
}

AVX2 static bool classify(const uint8_t *in, size_t count, uint64_t *words) {
  __m256i escapes = _mm256_setzero_si256();
  for (; count >= 64; in += 64, count -= 64, words += SLUICE_CLASSES) escapes = _mm256_or_si256(escapes, classify_block(in, words));
  if (count > 0) {
    uint8_t block[64] = {0};
    __builtin_memcpy(block, in, count);
    escapes = _mm256_or_si256(escapes, classify_block(block, words));
    words[3] &= sluice_bits_below(count);
  }
  return _mm256_movemask_epi8(escapes) != 0;
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

// A byte is looked up by its high and by its low half: rows 0 and 1 hold the control bytes, row 7 DEL. Bytes from 0x80 have rows without
// any, and give 0 by their low halves too.
enum { CONTROL_ROW_0 = 1, CONTROL_ROW_1 = 2, CONTROL_ROW_7 = 4 };
#define CONTROL_ROW(r) ((r) == 0 ? CONTROL_ROW_0 : (r) == 1 ? CONTROL_ROW_1 : (r) == 7 ? CONTROL_ROW_7 : 0)
/// All but tab, LF and CR of row 0, all but ESC of row 1.
#define CONTROL_COLUMN(c)                                                                                 \
  (((c) == 0x9 || (c) == 0xa || (c) == 0xd ? 0 : CONTROL_ROW_0) | ((c) == 0xb ? 0 : CONTROL_ROW_1) | ((c) == 0xf ? CONTROL_ROW_7 : 0))
#define SIXTEEN(f) f(0), f(1), f(2), f(3), f(4), f(5), f(6), f(7), f(8), f(9), f(10), f(11), f(12), f(13), f(14), f(15)
/// The same 16 bytes in both halves: a shuffle works in halves.
#define TWICE(...) _mm256_broadcastsi128_si256(_mm_setr_epi8(__VA_ARGS__))

/// Not zero where a control byte stands.
AVX2 static inline __m256i control_bytes(const uint8_t *in) {
  const __m256i rows = TWICE(SIXTEEN(CONTROL_ROW)), columns = TWICE(SIXTEEN(CONTROL_COLUMN));
  __m256i v = _mm256_loadu_si256((const __m256i *)in);
  __m256i row = _mm256_shuffle_epi8(rows, _mm256_and_si256(_mm256_srli_epi32(v, 4), _mm256_set1_epi8(0x0f)));
  return _mm256_and_si256(row, _mm256_shuffle_epi8(columns, v));
}

AVX2 static size_t count_control(const uint8_t *in, size_t count) {
  const __m256i zero = _mm256_setzero_si256();
  size_t position = 0, control = 0;
  for (; count - position >= 128; position += 128) {
    __m256i found[4];
    for (int i = 0; i < 4; i++) found[i] = control_bytes(in + position + 32 * i);
    __m256i any = _mm256_or_si256(_mm256_or_si256(found[0], found[1]), _mm256_or_si256(found[2], found[3]));
    // Text has next to none.
    if (__builtin_expect(_mm256_testz_si256(any, any), 1)) continue;
    for (int i = 0; i < 4; i++)
      control += 32 - (size_t)__builtin_popcount((unsigned)_mm256_movemask_epi8(_mm256_cmpeq_epi8(found[i], zero)));
  }
  return control + sluice_sse2_kernels.count_control(in + position, count - position);
}

// ---------------------------------------------------------------------------------------------- base64
//
// The alphabet lies in six rows of the ASCII table: `+` and `/` in row 2, digits in row 3, capitals in rows 4 and 5, small letters in
// rows 6 and 7. A row and a column are looked up in 16-entry tables: the row gives the bit of its kind, the column the bits of the kinds
// in which it is not of the alphabet; if they meet, the byte is bad. What turns a character into its value is the same number for all
// of a row, but for `/`, which borrows row 1.

enum { ROW_2 = 1, ROW_3 = 2, ROWS_4_6 = 4, ROWS_5_7 = 8, OTHER_ROW = 16 };

#define ROW(r) ((r) == 2 ? ROW_2 : (r) == 3 ? ROW_3 : (r) == 4 || (r) == 6 ? ROWS_4_6 : (r) == 5 || (r) == 7 ? ROWS_5_7 : OTHER_ROW)
#define COLUMN(c)                                                                                                               \
  (((c) == 0xb || (c) == 0xf ? 0 : ROW_2) | ((c) <= 9 ? 0 : ROW_3) | ((c) >= 1 ? 0 : ROWS_4_6) | ((c) <= 0xa ? 0 : ROWS_5_7) | OTHER_ROW)
#define SHIFT(r) ((r) == 1 ? 63 - '/' : (r) == 2 ? 62 - '+' : (r) == 3 ? 52 - '0' : (r) == 4 || (r) == 5 ? -'A' : (r) == 6 || (r) == 7 ? 26 - 'a' : 0)

AVX2 static size_t base64_decode(uint8_t *out, const uint8_t *in, size_t count) {
  const __m256i rows = TWICE(SIXTEEN(ROW)), columns = TWICE(SIXTEEN(COLUMN)), shifts = TWICE(SIXTEEN(SHIFT));
  const __m256i nibble = _mm256_set1_epi8(0x0f);
  // Four values of six bits stand in 32 bits as three bytes, the last one lowest: reversed, and the empty fourth bytes left out.
  const __m256i gather = TWICE(2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, -1, -1, -1, -1);
  const __m256i close = _mm256_setr_epi32(0, 1, 2, 4, 5, 6, 7, 7);
  size_t position = 0;
  for (; count - position >= 32; position += 32, out += 24) {
    __m256i text = _mm256_loadu_si256((const __m256i *)(in + position));
    __m256i row = _mm256_and_si256(_mm256_srli_epi32(text, 4), nibble);
    __m256i column = _mm256_and_si256(text, nibble);
    if (!_mm256_testz_si256(_mm256_shuffle_epi8(rows, row), _mm256_shuffle_epi8(columns, column))) break;
    __m256i shift = _mm256_shuffle_epi8(shifts, _mm256_add_epi8(row, EQUAL(text, '/')));
    __m256i values = _mm256_add_epi8(text, shift);
    __m256i pairs = _mm256_maddubs_epi16(values, _mm256_set1_epi32(0x01400140));
    __m256i fours = _mm256_madd_epi16(pairs, _mm256_set1_epi32(0x00011000));
    __m256i bytes = _mm256_permutevar8x32_epi32(_mm256_shuffle_epi8(fours, gather), close);
    _mm256_storeu_si256((__m256i *)out, bytes);
  }
  return position + sluice_scalar_base64_decode(out, in + position, count - position);
}

AVX2 static size_t base64_encode(uint8_t *out, const uint8_t *in, size_t count) {
  // Three bytes a b c become the two words b a and c b, from which multiplications shift the four values into bytes of their own.
  const __m256i spread = TWICE(1, 0, 2, 1, 4, 3, 5, 4, 7, 6, 8, 7, 10, 9, 11, 10);
  // By the value: 13 for 0 to 25 (capitals), 0 for 26 to 51 (small letters), 1 to 10 for the digits, 11 `+`, 12 `/`.
  const __m256i shifts = TWICE('a' - 26, '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52,
                               '+' - 62, '/' - 63, 'A', 0, 0);
  size_t position = 0;
  // 24 bytes are used of each 28 that are read.
  for (; count - position >= 28; position += 24, out += 32) {
    __m128i low = _mm_loadu_si128((const __m128i *)(in + position)), high = _mm_loadu_si128((const __m128i *)(in + position + 12));
    __m256i words = _mm256_shuffle_epi8(_mm256_set_m128i(high, low), spread);
    __m256i first_third = _mm256_mulhi_epu16(_mm256_and_si256(words, _mm256_set1_epi32(0x0fc0fc00)), _mm256_set1_epi32(0x04000040));
    __m256i second_fourth = _mm256_mullo_epi16(_mm256_and_si256(words, _mm256_set1_epi32(0x003f03f0)), _mm256_set1_epi32(0x01000010));
    __m256i values = _mm256_or_si256(first_third, second_fourth);
    __m256i kind = _mm256_subs_epu8(values, _mm256_set1_epi8(51));
    __m256i capital = _mm256_and_si256(_mm256_cmpgt_epi8(_mm256_set1_epi8(26), values), _mm256_set1_epi8(13));
    __m256i text = _mm256_add_epi8(values, _mm256_shuffle_epi8(shifts, _mm256_or_si256(kind, capital)));
    _mm256_storeu_si256((__m256i *)out, text);
  }
  return position;
}

/// The sequences whose byte with a number each byte may be.
AVX2 static inline __m256i meet_byte(__m256i bytes, __m256i low, __m256i high) {
  const __m256i half = _mm256_set1_epi8(15);
  return _mm256_and_si256(
      _mm256_shuffle_epi8(low, _mm256_and_si256(bytes, half)),
      _mm256_shuffle_epi8(high, _mm256_and_si256(_mm256_srli_epi16(bytes, 4), half)));
}

AVX2 static uint8_t meet_sequences(const uint8_t *in, size_t count, const uint8_t *tables) {
  __m256i low[SLUICE_SEQUENCE], high[SLUICE_SEQUENCE];
  for (int place = 0; place < SLUICE_SEQUENCE; place++) {
    low[place] = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(tables + 32 * place)));
    high[place] = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(tables + 32 * place + 16)));
  }
  static const uint8_t kept[64] = {[0 ... 31] = 0xff};
  __m256i met = _mm256_setzero_si256();
  for (size_t position = 0; position < count; position += 32) {
    __m256i found = meet_byte(_mm256_loadu_si256((const __m256i *)(in + position)), low[0], high[0]);
    for (int place = 1; place < SLUICE_SEQUENCE; place++) {
      __m256i bytes = _mm256_loadu_si256((const __m256i *)(in + position + place));
      found = _mm256_and_si256(found, meet_byte(bytes, low[place], high[place]));
    }
    size_t rest = count - position;
    if (rest < 32) found = _mm256_and_si256(found, _mm256_loadu_si256((const __m256i *)(kept + 32 - rest)));
    met = _mm256_or_si256(met, found);
  }
  __m128i half = _mm_or_si128(_mm256_castsi256_si128(met), _mm256_extracti128_si256(met, 1));
  uint64_t word = (uint64_t)_mm_cvtsi128_si64(_mm_or_si128(half, _mm_unpackhi_epi64(half, half)));
  word |= word >> 32;
  word |= word >> 16;
  return (uint8_t)(word | word >> 8);
}

const sluice_kernels sluice_avx2_kernels = {
    .name = "AVX2",
    .classify = classify,
    .find_first = find_first,
    .find_first_of_two = find_first_of_two,
    .find_last = find_last,
    .count_control = count_control,
    .meet_sequences = meet_sequences,
    .base64_decode = base64_decode,
    .base64_encode = base64_encode,
};

#endif
