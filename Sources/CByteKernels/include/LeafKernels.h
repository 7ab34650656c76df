#pragma once
// Leaf kernels: 16 bytes in a register, SSE2 on x86-64, NEON on arm64, plain C elsewhere.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Of CByteKernels.h, where they are described.
ptrdiff_t sluice_find_first(const uint8_t *in, size_t count, uint8_t byte);
ptrdiff_t sluice_find_first_of_two(const uint8_t *in, size_t count, uint8_t byte, uint8_t other);

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "the first byte of a text is the low one of a word");

#if defined(__SSE2__)
#include <emmintrin.h>
typedef __m128i sluice_block;
#elif defined(__aarch64__) && defined(__ARM_NEON)
#include <arm_neon.h>
typedef uint8x16_t sluice_block;
#else
typedef struct {
  uint8_t bytes[16];
} sluice_block;
#endif

static inline uint64_t sluice_load64(const uint8_t *in) {
  uint64_t word;
  __builtin_memcpy(&word, in, 8);
  return word;
}

static inline uint16_t sluice_load16(const uint8_t *in) {
  uint16_t word;
  __builtin_memcpy(&word, in, 2);
  return word;
}

static inline uint32_t sluice_load32(const uint8_t *in) {
  uint32_t word;
  __builtin_memcpy(&word, in, 4);
  return word;
}

/// Requires 16 readable bytes.
static inline sluice_block sluice_load(const uint8_t *in) {
#if defined(__SSE2__)
  return _mm_loadu_si128((const __m128i *)in);
#elif defined(__aarch64__) && defined(__ARM_NEON)
  return vld1q_u8(in);
#else
  sluice_block block;
  __builtin_memcpy(block.bytes, in, 16);
  return block;
#endif
}

/// Requires 16 writable bytes.
static inline void sluice_store(uint8_t *out, sluice_block block) {
#if defined(__SSE2__)
  _mm_storeu_si128((__m128i *)out, block);
#elif defined(__aarch64__) && defined(__ARM_NEON)
  vst1q_u8(out, block);
#else
  __builtin_memcpy(out, block.bytes, 16);
#endif
}

/// The first `count` bytes (0 to 15), zeros behind them. Reads nothing else.
///
/// Eight, four, two and one byte are loaded from the text or, where `count` lacks that bit, from zeros: choosing an address costs no
/// branch, and the lengths of fields are what no processor predicts.
static inline sluice_block sluice_load_partial(const uint8_t *in, size_t count) {
  static const uint8_t zeros[8] = {0};
  const uint8_t *rest = in + (count & 8);
  uint64_t first = sluice_load64(count & 8 ? in : zeros);
  uint64_t second = sluice_load32(count & 4 ? rest : zeros);
  second |= (uint64_t)sluice_load16(count & 2 ? rest + (count & 4) : zeros) << (8 * (count & 4));
  second |= (uint64_t)*(count & 1 ? rest + (count & 6) : zeros) << (8 * (count & 6));
  uint64_t low = count & 8 ? first : second, high = count & 8 ? second : 0;
#if defined(__SSE2__)
  return _mm_set_epi64x((long long)high, (long long)low);
#elif defined(__aarch64__) && defined(__ARM_NEON)
  return vreinterpretq_u8_u64(vcombine_u64(vcreate_u64(low), vcreate_u64(high)));
#else
  sluice_block block;
  __builtin_memcpy(block.bytes, &low, 8);
  __builtin_memcpy(block.bytes + 8, &high, 8);
  return block;
#endif
}

#if defined(__SSE2__)
/// A bit for each byte that a JSON string cannot hold as it is, or that is not ASCII.
static inline unsigned sluice_specials(sluice_block block) {
  // Compared as signed numbers, bytes from 0x80 are negative, so they are less than a blank too.
  __m128i special = _mm_or_si128(
      _mm_cmplt_epi8(block, _mm_set1_epi8(0x20)),
      _mm_or_si128(_mm_cmpeq_epi8(block, _mm_set1_epi8('"')), _mm_cmpeq_epi8(block, _mm_set1_epi8('\\'))));
  return (unsigned)_mm_movemask_epi8(special);
}
#endif

/// The position of the first byte that a JSON string cannot hold as it is, or that is not ASCII; 16 if there is none.
static inline unsigned sluice_first_special(sluice_block block) {
#if defined(__SSE2__)
  return (unsigned)__builtin_ctz(sluice_specials(block) | 0x10000u);
#elif defined(__aarch64__) && defined(__ARM_NEON)
  uint8x16_t special = vorrq_u8(
      vcltq_s8(vreinterpretq_s8_u8(block), vdupq_n_s8(0x20)), vorrq_u8(vceqq_u8(block, vdupq_n_u8('"')), vceqq_u8(block, vdupq_n_u8('\\'))));
  uint64_t nibbles = vget_lane_u64(vreinterpret_u64_u8(vshrn_n_u16(vreinterpretq_u16_u8(special), 4)), 0);
  return nibbles ? (unsigned)__builtin_ctzll(nibbles) / 4 : 16;
#else
  for (unsigned i = 0; i < 16; i++) {
    uint8_t byte = block.bytes[i];
    if (byte < 0x20 || byte >= 0x80 || byte == '"' || byte == '\\') return i;
  }
  return 16;
#endif
}

/// The position of the first byte that is no plain byte of a word: a comma, quote or backslash, below 0x21, or not ASCII; 16 if there is none.
static inline unsigned sluice_plain_of_word(sluice_block block) {
#if defined(__SSE2__)
  __m128i other = _mm_or_si128(
      _mm_or_si128(_mm_cmplt_epi8(block, _mm_set1_epi8(0x21)), _mm_cmpeq_epi8(block, _mm_set1_epi8(','))),
      _mm_or_si128(_mm_cmpeq_epi8(block, _mm_set1_epi8('"')), _mm_cmpeq_epi8(block, _mm_set1_epi8('\\'))));
  return (unsigned)__builtin_ctz((unsigned)_mm_movemask_epi8(other) | 0x10000u);
#elif defined(__aarch64__) && defined(__ARM_NEON)
  uint8x16_t other = vorrq_u8(
      vorrq_u8(vcltq_s8(vreinterpretq_s8_u8(block), vdupq_n_s8(0x21)), vceqq_u8(block, vdupq_n_u8(','))),
      vorrq_u8(vceqq_u8(block, vdupq_n_u8('"')), vceqq_u8(block, vdupq_n_u8('\\'))));
  uint64_t nibbles = vget_lane_u64(vreinterpret_u64_u8(vshrn_n_u16(vreinterpretq_u16_u8(other), 4)), 0);
  return nibbles ? (unsigned)__builtin_ctzll(nibbles) / 4 : 16;
#else
  for (unsigned i = 0; i < 16; i++) {
    uint8_t byte = block.bytes[i];
    if (byte < 0x21 || byte >= 0x80 || byte == ',' || byte == '"' || byte == '\\') return i;
  }
  return 16;
#endif
}

/// A bit for each byte of a block that is an ASCII letter or digit.
static inline unsigned sluice_letters_and_digits_of(sluice_block block) {
#if defined(__SSE2__)
  // As unsigned numbers: what is not greater than its bound is its own minimum with it.
  __m128i letters = _mm_sub_epi8(_mm_or_si128(block, _mm_set1_epi8(0x20)), _mm_set1_epi8('a'));
  __m128i digits = _mm_sub_epi8(block, _mm_set1_epi8('0'));
  return (unsigned)_mm_movemask_epi8(_mm_or_si128(
      _mm_cmpeq_epi8(_mm_min_epu8(letters, _mm_set1_epi8(25)), letters), _mm_cmpeq_epi8(_mm_min_epu8(digits, _mm_set1_epi8(9)), digits)));
#elif defined(__aarch64__) && defined(__ARM_NEON)
  uint8x16_t letters = vcleq_u8(vsubq_u8(vorrq_u8(block, vdupq_n_u8(0x20)), vdupq_n_u8('a')), vdupq_n_u8(25));
  uint8x16_t digits = vcleq_u8(vsubq_u8(block, vdupq_n_u8('0')), vdupq_n_u8(9));
  const uint8x16_t weights = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  uint8x16_t bits = vandq_u8(vorrq_u8(letters, digits), weights);
  return (unsigned)vaddv_u8(vget_low_u8(bits)) | (unsigned)vaddv_u8(vget_high_u8(bits)) << 8;
#else
  unsigned bits = 0;
  for (unsigned i = 0; i < 16; i++) {
    uint8_t byte = block.bytes[i];
    bits |= (unsigned)((uint8_t)((byte | 0x20) - 'a') <= 25 || (uint8_t)(byte - '0') <= 9) << i;
  }
  return bits;
#endif
}

/// The same near the end of what can be read.
static inline __attribute__((noinline)) uint64_t sluice_last_letters_and_digits(const uint8_t *in, ptrdiff_t count, ptrdiff_t readable) {
  uint64_t bits = 0;
  for (ptrdiff_t position = 0; position < count; position += 16) {
    ptrdiff_t left = readable - position;
    sluice_block block = left >= 16 ? sluice_load(in + position) : sluice_load_partial(in + position, (size_t)left);
    bits |= (uint64_t)sluice_letters_and_digits_of(block) << position;
  }
  return bits;
}

/// The same for `count` bytes, 64 at most, of which `readable` can be read, which are as many at least. Bits behind them may be set too.
static inline uint64_t sluice_letters_and_digits(const uint8_t *in, ptrdiff_t count, ptrdiff_t readable) {
  if (readable < ((count + 15) & ~15)) return sluice_last_letters_and_digits(in, count, readable);
  uint64_t bits = 0;
  for (ptrdiff_t position = 0; position < count; position += 16)
    bits |= (uint64_t)sluice_letters_and_digits_of(sluice_load(in + position)) << position;
  return bits;
}

/// Whether one of 32 bytes is such a byte as sluice_first_special finds.
static inline bool sluice_has_special(sluice_block first, sluice_block second) {
#if defined(__SSE2__)
  __m128i blank = _mm_set1_epi8(0x20), quote = _mm_set1_epi8('"'), backslash = _mm_set1_epi8('\\');
  __m128i low = _mm_or_si128(_mm_cmplt_epi8(first, blank), _mm_cmplt_epi8(second, blank));
  __m128i quotes = _mm_or_si128(_mm_cmpeq_epi8(first, quote), _mm_cmpeq_epi8(second, quote));
  __m128i backslashes = _mm_or_si128(_mm_cmpeq_epi8(first, backslash), _mm_cmpeq_epi8(second, backslash));
  return _mm_movemask_epi8(_mm_or_si128(low, _mm_or_si128(quotes, backslashes))) != 0;
#else
  return sluice_first_special(first) < 16 || sluice_first_special(second) < 16;
#endif
}

/// The position of the first such byte of 32; 32 if there is none.
static inline unsigned sluice_first_special_of_two(sluice_block first, sluice_block second) {
  unsigned near = sluice_first_special(first);
  return near < 16 ? near : 16 + sluice_first_special(second);
}

/// The position of the first byte that is not ASCII; 16 if there is none.
static inline unsigned sluice_first_beyond_ascii(sluice_block block) {
#if defined(__SSE2__)
  return (unsigned)__builtin_ctz((unsigned)_mm_movemask_epi8(block) | 0x10000u);
#elif defined(__aarch64__) && defined(__ARM_NEON)
  uint8x16_t high = vcltq_s8(vreinterpretq_s8_u8(block), vdupq_n_s8(0));
  uint64_t nibbles = vget_lane_u64(vreinterpret_u64_u8(vshrn_n_u16(vreinterpretq_u16_u8(high), 4)), 0);
  return nibbles ? (unsigned)__builtin_ctzll(nibbles) / 4 : 16;
#else
  for (unsigned i = 0; i < 16; i++)
    if (block.bytes[i] >= 0x80) return i;
  return 16;
#endif
}

/// The position of the first byte that is `byte` or `other`; 16 if there is none.
static inline unsigned sluice_first_of_two(sluice_block block, uint8_t byte, uint8_t other) {
#if defined(__SSE2__)
  __m128i found = _mm_or_si128(_mm_cmpeq_epi8(block, _mm_set1_epi8((char)byte)), _mm_cmpeq_epi8(block, _mm_set1_epi8((char)other)));
  return (unsigned)__builtin_ctz((unsigned)_mm_movemask_epi8(found) | 0x10000u);
#elif defined(__aarch64__) && defined(__ARM_NEON)
  uint8x16_t found = vorrq_u8(vceqq_u8(block, vdupq_n_u8(byte)), vceqq_u8(block, vdupq_n_u8(other)));
  uint64_t nibbles = vget_lane_u64(vreinterpret_u64_u8(vshrn_n_u16(vreinterpretq_u16_u8(found), 4)), 0);
  return nibbles ? (unsigned)__builtin_ctzll(nibbles) / 4 : 16;
#else
  for (unsigned i = 0; i < 16; i++)
    if (block.bytes[i] == byte || block.bytes[i] == other) return i;
  return 16;
#endif
}

/// The position of the first byte that is one of the four in `wanted` (they may repeat); 16 if there is none.
static inline unsigned sluice_first_of_four(sluice_block block, uint32_t wanted) {
#if defined(__SSE2__)
  __m128i found = _mm_or_si128(
      _mm_or_si128(
          _mm_cmpeq_epi8(block, _mm_set1_epi8((char)wanted)), _mm_cmpeq_epi8(block, _mm_set1_epi8((char)(wanted >> 8)))),
      _mm_or_si128(
          _mm_cmpeq_epi8(block, _mm_set1_epi8((char)(wanted >> 16))), _mm_cmpeq_epi8(block, _mm_set1_epi8((char)(wanted >> 24)))));
  return (unsigned)__builtin_ctz((unsigned)_mm_movemask_epi8(found) | 0x10000u);
#elif defined(__aarch64__) && defined(__ARM_NEON)
  uint8x16_t found = vorrq_u8(
      vorrq_u8(vceqq_u8(block, vdupq_n_u8((uint8_t)wanted)), vceqq_u8(block, vdupq_n_u8((uint8_t)(wanted >> 8)))),
      vorrq_u8(vceqq_u8(block, vdupq_n_u8((uint8_t)(wanted >> 16))), vceqq_u8(block, vdupq_n_u8((uint8_t)(wanted >> 24)))));
  uint64_t nibbles = vget_lane_u64(vreinterpret_u64_u8(vshrn_n_u16(vreinterpretq_u16_u8(found), 4)), 0);
  return nibbles ? (unsigned)__builtin_ctzll(nibbles) / 4 : 16;
#else
  for (unsigned i = 0; i < 16; i++)
    for (unsigned shift = 0; shift < 32; shift += 8)
      if (block.bytes[i] == (uint8_t)(wanted >> shift)) return i;
  return 16;
#endif
}

/// The position of the first of the bytes in `wanted`, or `count`. `readable` bytes (at least `count`) can be read at `in`.
static inline size_t sluice_find_of_four(const uint8_t *in, size_t count, size_t readable, uint32_t wanted) {
  size_t position = 0;
  for (; position < count && readable - position >= 16; position += 16) {
    unsigned near = sluice_first_of_four(sluice_load(in + position), wanted);
    if (near < 16) return position + near < count ? position + near : count;
  }
  for (; position < count; position++)
    for (unsigned shift = 0; shift < 32; shift += 8)
      if (in[position] == (uint8_t)(wanted >> shift)) return position;
  return count;
}

/// The last position below `count` of `byte` behind which stands a byte whose `bit` is set in `table`, or -1. `before` bytes can be read
/// before `in`, and `count + 1` at it.
static inline ptrdiff_t sluice_find_last_pair(
    const uint8_t *in, ptrdiff_t count, ptrdiff_t before, uint8_t byte, const uint8_t *table, uint8_t bit) {
#if defined(__SSE2__)
  for (; count > 0 && count + before >= 16; count -= 16) {
    const uint8_t *block = in + count - 16;
    unsigned found = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(sluice_load(block), _mm_set1_epi8((char)byte)));
    // What stands before the text does not count.
    if (count < 16) found &= ~0u << (16 - count);
    while (found != 0) {
      unsigned last = 31 - (unsigned)__builtin_clz(found);
      if (table[block[last + 1]] & bit) return count - 16 + last;
      found ^= 1u << last;
    }
  }
#endif
  while (count > 0) {
    count--;
    if (in[count] == byte && table[in[count + 1]] & bit) return count;
  }
  return -1;
}

/// As sluice_find_first_of_two, but the first 16 bytes are looked at in place.
static inline ptrdiff_t sluice_find_near_of_two(const uint8_t *in, size_t count, uint8_t byte, uint8_t other) {
  if (count < 16) return sluice_find_first_of_two(in, count, byte, other);
  unsigned near = sluice_first_of_two(sluice_load(in), byte, other);
  if (near < 16) return near;
  ptrdiff_t far = sluice_find_first_of_two(in + 16, count - 16, byte, other);
  return far < 0 ? -1 : far + 16;
}

/// As sluice_find_first, but the first 16 bytes are looked at in place.
static inline ptrdiff_t sluice_find_near(const uint8_t *in, size_t count, uint8_t byte) {
  if (count < 16) return sluice_find_first(in, count, byte);
  unsigned near = sluice_first_of_two(sluice_load(in), byte, byte);
  if (near < 16) return near;
  ptrdiff_t far = sluice_find_first(in + 16, count - 16, byte);
  return far < 0 ? -1 : far + 16;
}

/// Where a copy stands.
typedef struct {
  const uint8_t *in;
  uint8_t *out;
} sluice_cursor;

/// Writes the escape, or the characters beyond ASCII, that begin at `cursor.in` (which is before `end`), and goes on behind them.
sluice_cursor sluice_escape_special(sluice_cursor cursor, const uint8_t *end);

/// Writes what is left, one byte at a time: for the last few bytes, if something among them needs an escape. Answers the end.
uint8_t *sluice_escape_rest(sluice_cursor cursor, const uint8_t *end);

/// Writes `in` as the body of a JSON string; answers the number of bytes written. `out` has room for 6 * count + 16.
///
/// Inlined into its one caller, so that a field of ten bytes costs one call, two loads and a store.
static inline size_t sluice_escape_json(uint8_t *out, const uint8_t *in, size_t count) {
  sluice_cursor cursor = {in, out};
  const uint8_t *end = in + count;
  unsigned clean = 0;
  while (end - cursor.in >= 16) {
    sluice_block block = sluice_load(cursor.in);
    sluice_store(cursor.out, block);
    clean = sluice_first_special(block);
    cursor.in += clean;
    cursor.out += clean;
    if (__builtin_expect(clean < 16, 0)) cursor = sluice_escape_special(cursor, end);
  }
  if (clean == 16 && cursor.in < end) {
    // What stands before the rest was copied as it is: the last 16 bytes can be copied again, at the same distance.
    size_t again = 16 - (size_t)(end - cursor.in);
    sluice_block block = sluice_load(end - 16);
    sluice_store(cursor.out - again, block);
    unsigned special = sluice_first_special(block);
    if (special == 16) return (size_t)(cursor.out - out) + 16 - again;
    cursor.in += special - again;
    cursor.out += special - again;
  } else if (cursor.in < end) {
    size_t left = (size_t)(end - cursor.in);
    sluice_block block = sluice_load_partial(cursor.in, left);
    sluice_store(cursor.out, block);
    unsigned special = sluice_first_special(block);
    if (special >= left) return (size_t)(cursor.out - out) + left;
    cursor.in += special;
    cursor.out += special;
  }
  return (size_t)(sluice_escape_rest(cursor, end) - out);
}

/// Copies `in`; answers the end of the copy. `out` has room for count + 15.
///
/// For the ten or twenty bytes of a name, where calling memcpy costs as much as the copy.
static inline uint8_t *sluice_copy_short(uint8_t *out, const uint8_t *in, size_t count) {
  for (; count >= 16; count -= 16, in += 16, out += 16) sluice_store(out, sluice_load(in));
  if (count > 0) sluice_store(out, sluice_load_partial(in, count));
  return out + count;
}

/// As sluice_escape_json, where `readable` bytes (at least `count`) can be read at `in`: a short value is then one load and one store, and
/// quotes cost a load and a store each.
__attribute__((always_inline)) static inline size_t sluice_escape_json_within(uint8_t *out, const uint8_t *in, size_t count, size_t readable) {
#if defined(__SSE2__)
  sluice_cursor cursor = {in, out};
  const uint8_t *end = in + count;
  // A block is loaded again behind each of its bytes.
  while (cursor.in < end && readable - (size_t)(cursor.in - in) >= 32) {
    sluice_block block = sluice_load(cursor.in);
    sluice_store(cursor.out, block);
    unsigned special = sluice_specials(block), left = 16;
    while (special != 0) {
      unsigned clean = (unsigned)__builtin_ctz(special);
      cursor.in += clean;
      cursor.out += clean;
      left -= clean;
      if (cursor.in >= end) break;
      uint8_t byte = *cursor.in;
      if (__builtin_expect(byte != '"' && byte != '\\', 0)) {
        cursor = sluice_escape_special(cursor, end);
        left = 0;
        break;
      }
      cursor.out[0] = '\\';
      cursor.out[1] = byte;
      cursor.in += 1;
      cursor.out += 2;
      sluice_store(cursor.out, sluice_load(cursor.in));
      special = special >> clean >> 1;
      left -= 1;
    }
    cursor.in += left;
    cursor.out += left;
  }
  // What was copied behind the end does not count.
  if (cursor.in >= end) return (size_t)(cursor.out - out) - (size_t)(cursor.in - end);
  return (size_t)(cursor.out - out) + sluice_escape_json(cursor.out, cursor.in, (size_t)(end - cursor.in));
#else
  if (count < 16 && readable >= 16) {
    sluice_block block = sluice_load(in);
    sluice_store(out, block);
    if (sluice_first_special(block) >= count) return count;
  }
  return sluice_escape_json(out, in, count);
#endif
}

/// As sluice_escape_json for the `count` bytes at `text + start`, behind which 16 can be read. Where a text holds bytes that a JSON string
/// cannot hold as they are, or that are not ASCII, bits are set: those of its 64-byte block `b` in `words[4 * b]`.
static inline size_t sluice_escape_json_marked(uint8_t *out, const uint8_t *text, size_t start, size_t count, const uint64_t *words) {
  const uint8_t *in = text + start, *end = in + count;
  uint8_t *to = out;
  const uint8_t *base = text + (start & ~(size_t)63);
  words += start >> 6 << 2;
  uint64_t bits = *words & (~(uint64_t)0 << (start & 63));
  // The 16 bytes at `in` are always copied: what was too much is overwritten.
  sluice_store(to, sluice_load(in));
  while (true) {
    while (bits == 0) {
      base += 64;
      if (base >= end) goto rest;
      words += 4;
      bits = *words;
    }
    const uint8_t *special = base + __builtin_ctzll(bits);
    if (special >= end) break;
    for (; special - in > 16; in += 16, to += 16) sluice_store(to + 16, sluice_load(in + 16));
    to += special - in;
    in = special;
    uint8_t byte = *in;
    if (__builtin_expect(byte == '"' || byte == '\\', 1)) {
      // The byte itself stands in front of what is copied next.
      *to++ = '\\';
      bits &= bits - 1;
    } else {
      sluice_cursor cursor = sluice_escape_special((sluice_cursor){in, to}, end);
      in = cursor.in;
      to = cursor.out;
      if (in >= end) return (size_t)(to - out);
      words += (in - base) >> 6 << 2;
      base += (in - base) & ~(ptrdiff_t)63;
      bits = *words & (~(uint64_t)0 << (in - base));
    }
    sluice_store(to, sluice_load(in));
  }
rest:
  for (; end - in > 16; in += 16, to += 16) sluice_store(to + 16, sluice_load(in + 16));
  return (size_t)(to - out) + (size_t)(end - in);
}
