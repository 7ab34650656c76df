// UTF-8: validation, repair, and the slow path of JSON escaping.
#include "Kernels.h"

/// The length of the well-formed sequence at `in` (1 to 4), or minus the length of the maximal bad part there (-1 to -3), as Unicode
/// (chapter 3, table 3-7 and "substitution of maximal subparts") defines them. Requires `left` > 0.
static int sequence_length(const uint8_t *in, size_t left) {
  uint8_t lead = in[0];
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4 || left < 2) return -1;
  // The second byte is what excludes overlong forms, surrogates and numbers beyond U+10FFFF.
  uint8_t low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
  uint8_t high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
  if (in[1] < low || in[1] > high) return -1;
  if (lead < 0xe0) return 2;
  if (left < 3 || (in[2] & 0xc0) != 0x80) return -2;
  if (lead < 0xf0) return 3;
  if (left < 4 || (in[3] & 0xc0) != 0x80) return -3;
  return 4;
}

/// The length of the sequence at `in` if it is a well-formed one of two or three bytes, or 0: what nearly all text beyond ASCII is, judged
/// by a few masks. Requires four readable bytes.
static inline unsigned short_sequence_length(uint32_t word) {
  // 1110xxxx 10xxxxxx 10xxxxxx; the bits that tell overlong forms (all zero) and surrogates (U+D800 to U+DFFF) apart are 0x200f.
  uint32_t range = word & 0x200f;
  if ((word & 0xc0c0f0) == 0x8080e0 && range != 0 && range != 0x200d) return 3;
  // 110xxxxx 10xxxxxx, where at least one of the upper four bits is set: what is less has one byte.
  return (word & 0xc0e0) == 0x80c0 && (word & 0x1e) != 0 ? 2 : 0;
}

/// Copies the run of bytes from 0x80 at `cursor.in`, with U+FFFD for each bad part. Requires room for three bytes for each, and 4 more.
static inline sluice_cursor copy_beyond_ascii(sluice_cursor cursor, const uint8_t *end) {
  while (cursor.in < end && *cursor.in >= 0x80) {
    if (end - cursor.in >= 4) {
      unsigned length = short_sequence_length(sluice_load32(cursor.in));
      if (length) {
        __builtin_memcpy(cursor.out, cursor.in, 4);
        cursor.in += length;
        cursor.out += length;
        continue;
      }
    }
    int length = sequence_length(cursor.in, (size_t)(end - cursor.in));
    if (length > 0) {
      for (int i = 0; i < length; i++) *cursor.out++ = *cursor.in++;
    } else {
      __builtin_memcpy(cursor.out, "\xef\xbf\xbd", 3);
      cursor.out += 3;
      cursor.in -= length;
    }
  }
  return cursor;
}

sluice_cursor sluice_escape_special(sluice_cursor cursor, const uint8_t *end) {
  uint8_t byte = *cursor.in;
  if (byte >= 0x80) return copy_beyond_ascii(cursor, end);
  // 0: as \u00XX.
  static const char letters[0x20] = {['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r'};
  char letter = byte < 0x20 ? letters[byte] : (char)byte;
  cursor.in++;
  cursor.out[0] = '\\';
  if (letter) {
    cursor.out[1] = (uint8_t)letter;
    cursor.out += 2;
    return cursor;
  }
  __builtin_memcpy(cursor.out + 1, "u00", 3);
  cursor.out[4] = (uint8_t)('0' + (byte >> 4));
  cursor.out[5] = (uint8_t)"0123456789abcdef"[byte & 15];
  cursor.out += 6;
  return cursor;
}

uint8_t *sluice_escape_rest(sluice_cursor cursor, const uint8_t *end) {
  while (cursor.in < end) {
    uint8_t byte = *cursor.in;
    if (byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\') {
      *cursor.out++ = byte;
      cursor.in++;
    } else {
      cursor = sluice_escape_special(cursor, end);
    }
  }
  return cursor.out;
}

/// Whether 64 bytes are all ASCII.
static inline bool is_ascii64(const uint8_t *in) {
  uint64_t all = 0;
  for (int i = 0; i < 64; i += 8) all |= sluice_load64(in + i);
  return (all & 0x8080808080808080) == 0;
}

ptrdiff_t sluice_validate_utf8(const uint8_t *in, size_t count) {
  size_t position = 0;
  while (position < count) {
    size_t left = count - position;
    if (in[position] < 0x80) {
      if (left >= 64 && is_ascii64(in + position)) {
        position += 64;
      } else if (left >= 16) {
        position += sluice_first_beyond_ascii(sluice_load(in + position));
      } else {
        position++;
      }
      continue;
    }
    if (left >= 4) {
      unsigned length = short_sequence_length(sluice_load32(in + position));
      position += length;
      if (length) continue;
    }
    int length = sequence_length(in + position, left);
    if (length < 0) return (ptrdiff_t)position;
    position += (size_t)length;
  }
  return -1;
}

size_t sluice_repair_utf8(uint8_t *out, const uint8_t *in, size_t count) {
  const uint8_t *end = in + count;
  sluice_cursor cursor = {in, out};
  while (cursor.in < end) {
    if (*cursor.in >= 0x80) {
      cursor = copy_beyond_ascii(cursor, end);
    } else if (end - cursor.in >= 64 && is_ascii64(cursor.in)) {
      __builtin_memcpy(cursor.out, cursor.in, 64);
      cursor.in += 64;
      cursor.out += 64;
    } else if (end - cursor.in >= 16) {
      sluice_block block = sluice_load(cursor.in);
      sluice_store(cursor.out, block);
      unsigned clean = sluice_first_beyond_ascii(block);
      cursor.in += clean;
      cursor.out += clean;
    } else {
      *cursor.out++ = *cursor.in++;
    }
  }
  return (size_t)(cursor.out - out);
}
