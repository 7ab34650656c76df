// The scalar reference: what every other implementation is compared with, and what unknown processors run.
#include "Kernels.h"

static bool classify(const uint8_t *in, size_t count, uint64_t *words) {
  bool has_escape = false;
  for (size_t start = 0; start < count; start += 64, words += SLUICE_CLASSES) {
    uint64_t line_feed = 0, blank = 0, quote = 0, special = 0;
    size_t size = count - start < 64 ? count - start : 64;
    for (size_t i = 0; i < size; i++) {
      uint8_t byte = in[start + i];
      has_escape |= byte == 0x1b;
      line_feed |= (uint64_t)(byte == '\n') << i;
      blank |= (uint64_t)(byte == ' ' || byte == '\t') << i;
      quote |= (uint64_t)(byte == '"') << i;
      special |= (uint64_t)(byte < 0x20 || byte >= 0x80 || byte == '"' || byte == '\\') << i;
    }
    words[0] = line_feed;
    words[1] = blank;
    words[2] = quote;
    words[3] = special;
  }
  return has_escape;
}

static ptrdiff_t find_first(const uint8_t *in, size_t count, uint8_t byte) {
  for (size_t i = 0; i < count; i++)
    if (in[i] == byte) return (ptrdiff_t)i;
  return -1;
}

static ptrdiff_t find_first_of_two(const uint8_t *in, size_t count, uint8_t byte, uint8_t other) {
  for (size_t i = 0; i < count; i++)
    if (in[i] == byte || in[i] == other) return (ptrdiff_t)i;
  return -1;
}

static ptrdiff_t find_last(const uint8_t *in, size_t count, uint8_t byte) {
  for (size_t i = count; i > 0; i--)
    if (in[i - 1] == byte) return (ptrdiff_t)(i - 1);
  return -1;
}

static size_t count_control(const uint8_t *in, size_t count) {
  size_t found = 0;
  for (size_t i = 0; i < count; i++) {
    uint8_t byte = in[i];
    found += (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r' && byte != 0x1b) || byte == 0x7f;
  }
  return found;
}

uint8_t sluice_scalar_meet_sequences(const uint8_t *in, size_t count, const uint8_t *tables) {
  uint8_t met = 0;
  for (size_t i = 0; i < count; i++) {
    uint8_t found = 0xff;
    for (int place = 0; found && place < SLUICE_SEQUENCE; place++) {
      uint8_t byte = in[i + place];
      found &= tables[32 * place + (byte & 15)] & tables[32 * place + 16 + (byte >> 4)];
    }
    met |= found;
  }
  return met;
}

const sluice_kernels sluice_scalar_kernels = {
    .name = "scalar",
    .classify = classify,
    .find_first = find_first,
    .find_first_of_two = find_first_of_two,
    .find_last = find_last,
    .count_control = count_control,
    .meet_sequences = sluice_scalar_meet_sequences,
    .base64_decode = sluice_scalar_base64_decode,
    .base64_encode = sluice_scalar_base64_encode,
};
