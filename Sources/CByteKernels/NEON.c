// NEON: part of every arm64 processor.
#include "Kernels.h"

#if defined(__aarch64__) && defined(__ARM_NEON)

#define EQUAL(v, byte) vceqq_u8(v, vdupq_n_u8(byte))
#define LINE_FEED(v) EQUAL(v, '\n')
#define BLANK(v) vorrq_u8(EQUAL(v, ' '), EQUAL(v, '\t'))
#define QUOTE(v) EQUAL(v, '"')
#define ESCAPE(v) EQUAL(v, 0x1b)
#define SPECIAL(v) vorrq_u8(vcltq_s8(vreinterpretq_s8_u8(v), vdupq_n_s8(0x20)), vorrq_u8(EQUAL(v, '"'), EQUAL(v, '\\')))

/// One bit for each of 64 compared bytes: each lane keeps the bit of its place, and pairwise additions gather them.
static inline uint64_t bits(uint8x16_t a, uint8x16_t b, uint8x16_t c, uint8x16_t d) {
  static const uint8_t places[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  const uint8x16_t place = vld1q_u8(places);
  uint8x16_t low = vpaddq_u8(vandq_u8(a, place), vandq_u8(b, place));
  uint8x16_t high = vpaddq_u8(vandq_u8(c, place), vandq_u8(d, place));
  uint8x16_t all = vpaddq_u8(low, high);
  all = vpaddq_u8(all, all);
  return vgetq_lane_u64(vreinterpretq_u64_u8(all), 0);
}

#define BITS(expression) bits(expression(a), expression(b), expression(c), expression(d))

static inline uint8x16_t classify_block(const uint8_t *in, uint64_t *words) {
  uint8x16_t a = vld1q_u8(in), b = vld1q_u8(in + 16), c = vld1q_u8(in + 32), d = vld1q_u8(in + 48);
  words[0] = BITS(LINE_FEED);
  words[1] = BITS(BLANK);
  words[2] = BITS(QUOTE);
  words[3] = BITS(SPECIAL);
  return vorrq_u8(vorrq_u8(ESCAPE(a), ESCAPE(b)), vorrq_u8(ESCAPE(c), ESCAPE(d)));
}

static bool classify(const uint8_t *in, size_t count, uint64_t *words) {
  uint8x16_t escapes = vdupq_n_u8(0);
  for (; count >= 64; in += 64, count -= 64, words += SLUICE_CLASSES) escapes = vorrq_u8(escapes, classify_block(in, words));
  if (count > 0) {
    uint8_t block[64] = {0};
    __builtin_memcpy(block, in, count);
    escapes = vorrq_u8(escapes, classify_block(block, words));
    words[3] &= sluice_bits_below(count);
  }
  return vmaxvq_u8(escapes) != 0;
}

/// Four bits for each compared byte.
static inline uint64_t nibbles(uint8x16_t comparison) {
  return vget_lane_u64(vreinterpret_u64_u8(vshrn_n_u16(vreinterpretq_u16_u8(comparison), 4)), 0);
}

static ptrdiff_t find_first(const uint8_t *in, size_t count, uint8_t byte) {
  const uint8x16_t wanted = vdupq_n_u8(byte);
  size_t position = 0;
  for (; count - position >= 16; position += 16) {
    uint64_t found = nibbles(vceqq_u8(vld1q_u8(in + position), wanted));
    if (found) return (ptrdiff_t)position + __builtin_ctzll(found) / 4;
  }
  ptrdiff_t rest = sluice_scalar_kernels.find_first(in + position, count - position, byte);
  return rest < 0 ? -1 : (ptrdiff_t)position + rest;
}

static ptrdiff_t find_first_of_two(const uint8_t *in, size_t count, uint8_t byte, uint8_t other) {
  const uint8x16_t first = vdupq_n_u8(byte), second = vdupq_n_u8(other);
  size_t position = 0;
  for (; count - position >= 16; position += 16) {
    uint8x16_t block = vld1q_u8(in + position);
    uint64_t found = nibbles(vorrq_u8(vceqq_u8(block, first), vceqq_u8(block, second)));
    if (found) return (ptrdiff_t)position + __builtin_ctzll(found) / 4;
  }
  ptrdiff_t rest = sluice_scalar_kernels.find_first_of_two(in + position, count - position, byte, other);
  return rest < 0 ? -1 : (ptrdiff_t)position + rest;
}

static ptrdiff_t find_last(const uint8_t *in, size_t count, uint8_t byte) {
  const uint8x16_t wanted = vdupq_n_u8(byte);
  size_t end = count;
  for (; end >= 16; end -= 16) {
    uint64_t found = nibbles(vceqq_u8(vld1q_u8(in + end - 16), wanted));
    if (found) return (ptrdiff_t)end - 16 + (63 - __builtin_clzll(found)) / 4;
  }
  return sluice_scalar_kernels.find_last(in, end, byte);
}

static size_t count_control(const uint8_t *in, size_t count) {
  size_t found = 0, position = 0;
  while (count - position >= 16) {
    // Each lane counts to at most 255 before it is added up.
    uint8x16_t lanes = vdupq_n_u8(0);
    for (int round = 0; round < 255 && count - position >= 16; round++, position += 16) {
      uint8x16_t v = vld1q_u8(in + position);
      uint8x16_t allowed = vorrq_u8(vorrq_u8(EQUAL(v, '\t'), EQUAL(v, '\n')), vorrq_u8(EQUAL(v, '\r'), EQUAL(v, 0x1b)));
      uint8x16_t control = vorrq_u8(vbicq_u8(vcltq_u8(v, vdupq_n_u8(0x20)), allowed), EQUAL(v, 0x7f));
      lanes = vsubq_u8(lanes, control);
    }
    found += vaddlvq_u8(lanes);
  }
  return found + sluice_scalar_kernels.count_control(in + position, count - position);
}

// ---------------------------------------------------------------------------------------------- base64

/// The value of each ASCII character, 0xff where it is not of the alphabet.
static const uint8_t values_of[128] = {
#define NONE8 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff
    NONE8, NONE8, NONE8, NONE8,                                                                       // to 0x1f
    NONE8, 0xff, 0xff, 0xff, 62, 0xff, 0xff, 0xff, 63,                                                // to '/'
    52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,                       // to '?'
    0xff, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14,                                           // to 'O'
    15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 0xff, 0xff, 0xff, 0xff, 0xff,                         // to '_'
    0xff, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40,                                 // to 'o'
    41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 0xff, 0xff, 0xff, 0xff, 0xff,                         // to 0x7f
};

/// The values of 16 characters, 0xff for each that is not of the alphabet.
static inline uint8x16_t values(uint8x16_t text, uint8x16x4_t low, uint8x16x4_t high) {
  // An index outside of a table gives 0 from the first and leaves the second as it is; what is in neither is not ASCII.
  uint8x16_t upper = vqtbl4q_u8(high, vsubq_u8(text, vdupq_n_u8(64)));
  uint8x16_t lower = vqtbl4q_u8(low, text);
  return vorrq_u8(vorrq_u8(lower, upper), vcgeq_u8(text, vdupq_n_u8(128)));
}

static size_t base64_decode(uint8_t *out, const uint8_t *in, size_t count) {
  const uint8x16x4_t low = vld1q_u8_x4(values_of), high = vld1q_u8_x4(values_of + 64);
  size_t position = 0;
  for (; count - position >= 64; position += 64, out += 48) {
    uint8x16x4_t text = vld4q_u8(in + position);
    uint8x16_t a = values(text.val[0], low, high), b = values(text.val[1], low, high);
    uint8x16_t c = values(text.val[2], low, high), d = values(text.val[3], low, high);
    if (vmaxvq_u8(vorrq_u8(vorrq_u8(a, b), vorrq_u8(c, d))) > 63) break;
    uint8x16x3_t bytes;
    bytes.val[0] = vorrq_u8(vshlq_n_u8(a, 2), vshrq_n_u8(b, 4));
    bytes.val[1] = vorrq_u8(vshlq_n_u8(b, 4), vshrq_n_u8(c, 2));
    bytes.val[2] = vorrq_u8(vshlq_n_u8(c, 6), d);
    vst3q_u8(out, bytes);
  }
  return position + sluice_scalar_base64_decode(out, in + position, count - position);
}

static size_t base64_encode(uint8_t *out, const uint8_t *in, size_t count) {
  const uint8x16x4_t alphabet = vld1q_u8_x4((const uint8_t *)"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
  const uint8x16_t six = vdupq_n_u8(63);
  size_t position = 0;
  for (; count - position >= 48; position += 48, out += 64) {
    uint8x16x3_t bytes = vld3q_u8(in + position);
    uint8x16_t a = bytes.val[0], b = bytes.val[1], c = bytes.val[2];
    uint8x16x4_t text;
    text.val[0] = vqtbl4q_u8(alphabet, vshrq_n_u8(a, 2));
    text.val[1] = vqtbl4q_u8(alphabet, vandq_u8(vorrq_u8(vshlq_n_u8(a, 4), vshrq_n_u8(b, 4)), six));
    text.val[2] = vqtbl4q_u8(alphabet, vandq_u8(vorrq_u8(vshlq_n_u8(b, 2), vshrq_n_u8(c, 6)), six));
    text.val[3] = vqtbl4q_u8(alphabet, vandq_u8(c, six));
    vst4q_u8(out, text);
  }
  return position;
}

static uint8_t meet_sequences(const uint8_t *in, size_t count, const uint8_t *tables) {
  static const uint8_t kept[32] = {[0 ... 15] = 0xff};
  uint8x16_t met = vdupq_n_u8(0);
  for (size_t position = 0; position < count; position += 16) {
    size_t rest = count - position;
    uint8x16_t found = rest < 16 ? vld1q_u8(kept + 16 - rest) : vdupq_n_u8(0xff);
    for (int place = 0; place < SLUICE_SEQUENCE; place++) {
      uint8x16_t bytes = vld1q_u8(in + position + place);
      uint8x16_t low = vqtbl1q_u8(vld1q_u8(tables + 32 * place), vandq_u8(bytes, vdupq_n_u8(15)));
      uint8x16_t high = vqtbl1q_u8(vld1q_u8(tables + 32 * place + 16), vshrq_n_u8(bytes, 4));
      found = vandq_u8(found, vandq_u8(low, high));
    }
    met = vorrq_u8(met, found);
  }
  uint8x8_t half = vorr_u8(vget_low_u8(met), vget_high_u8(met));
  uint64_t word = vget_lane_u64(vreinterpret_u64_u8(half), 0);
  word |= word >> 32;
  word |= word >> 16;
  return (uint8_t)(word | word >> 8);
}

const sluice_kernels sluice_neon_kernels = {
    .name = "NEON",
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
