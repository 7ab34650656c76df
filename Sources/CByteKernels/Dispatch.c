// The choice of an implementation, once, before main.
#include <stdatomic.h>

#include "Kernels.h"

static const sluice_kernels *const implementations[] = {
    &sluice_scalar_kernels,
#if defined(__SSE2__)
    &sluice_sse2_kernels,
    &sluice_avx2_kernels,
#endif
#if defined(__aarch64__) && defined(__ARM_NEON)
    &sluice_neon_kernels,
#endif
};

enum { IMPLEMENTATIONS = sizeof implementations / sizeof *implementations };

// Valid before the constructor has run too. Atomic because a test may select while another reads; a relaxed load is a plain one.
static const sluice_kernels *_Atomic selected = &sluice_scalar_kernels;

static inline const sluice_kernels *kernels(void) {
  return atomic_load_explicit(&selected, memory_order_relaxed);
}

static bool runs_here(int index) {
  if (index < 0 || index >= IMPLEMENTATIONS) return false;
#if defined(__SSE2__)
  if (implementations[index] == &sluice_avx2_kernels) {
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx2");
  }
#endif
  return true;
}

bool sluice_select_implementation(int index) {
  if (!runs_here(index)) return false;
  atomic_store_explicit(&selected, implementations[index], memory_order_relaxed);
  return true;
}

__attribute__((constructor(101))) static void select_best(void) {
  int index = IMPLEMENTATIONS - 1;
  while (!sluice_select_implementation(index)) index--;
}

int sluice_implementation_count(void) { return IMPLEMENTATIONS; }

const char *sluice_implementation_name(int index) { return runs_here(index) ? implementations[index]->name : NULL; }

int sluice_selected_implementation(void) {
  int index = 0;
  while (implementations[index] != kernels()) index++;
  return index;
}

bool sluice_classify(const uint8_t *in, size_t count, uint64_t *words) { return kernels()->classify(in, count, words); }

ptrdiff_t sluice_find_first(const uint8_t *in, size_t count, uint8_t byte) { return kernels()->find_first(in, count, byte); }

ptrdiff_t sluice_find_first_of_two(const uint8_t *in, size_t count, uint8_t byte, uint8_t other) {
  return kernels()->find_first_of_two(in, count, byte, other);
}

ptrdiff_t sluice_find_last(const uint8_t *in, size_t count, uint8_t byte) { return kernels()->find_last(in, count, byte); }

size_t sluice_count_control(const uint8_t *in, size_t count) { return kernels()->count_control(in, count); }

// As LogBytes/ByteSearch.swift has them.
_Static_assert(SLUICE_SEQUENCE_TABLES == 128 && SLUICE_SEQUENCE_SLACK == 35, "sequences changed");

uint8_t sluice_meet_sequences(const uint8_t *in, size_t count, const uint8_t *tables) {
  return kernels()->meet_sequences(in, count, tables);
}

// ---------------------------------------------------------------------------------------------- base64: ends and escapes

enum { NO_DIGIT = 0xff };

static uint8_t base64_value(uint8_t byte) {
  if (byte >= 'A' && byte <= 'Z') return byte - 'A';
  if (byte >= 'a' && byte <= 'z') return byte - 'a' + 26;
  if (byte >= '0' && byte <= '9') return byte - '0' + 52;
  if (byte == '+') return 62;
  if (byte == '/') return 63;
  return NO_DIGIT;
}

ptrdiff_t sluice_base64_decode(uint8_t *out, const uint8_t *in, size_t count) {
  uint8_t *start = out;
  size_t position = 0;
  while (position < count) {
    size_t consumed = kernels()->base64_decode(out, in + position, count - position);
    position += consumed;
    out += consumed / 4 * 3;
    if (position == count) break;

    // One group of four by hand: it holds padding, an escaped slash, or what is wrong; or it is the end of the text.
    uint32_t bits = 0;
    unsigned digits = 0, padding = 0;
    while (digits + padding < 4) {
      if (position == count) return -1;
      uint8_t byte = in[position++];
      if (byte == '=') {
        padding++;
        continue;
      }
      if (byte == '\\' && position < count && in[position] == '/') byte = in[position++];
      uint8_t value = base64_value(byte);
      if (value == NO_DIGIT || padding > 0) return -1;
      bits = bits << 6 | value;
      digits++;
    }
    if (padding == 0) {
      *out++ = (uint8_t)(bits >> 16);
      *out++ = (uint8_t)(bits >> 8);
      *out++ = (uint8_t)bits;
      continue;
    }
    // Padding stands only at the very end, and the bits that it cuts off are zero, so that each value has one text.
    if (position != count || padding > 2) return -1;
    if (padding == 2) {
      if (bits & 0xf) return -1;
      *out++ = (uint8_t)(bits >> 4);
    } else {
      if (bits & 0x3) return -1;
      *out++ = (uint8_t)(bits >> 10);
      *out++ = (uint8_t)(bits >> 2);
    }
  }
  return out - start;
}

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void sluice_base64_encode(uint8_t *out, const uint8_t *in, size_t count) {
  size_t position = kernels()->base64_encode(out, in, count);
  out += position / 3 * 4;
  for (; count - position >= 3; position += 3, out += 4) {
    uint32_t bits = (uint32_t)in[position] << 16 | (uint32_t)in[position + 1] << 8 | in[position + 2];
    for (int i = 0; i < 4; i++) out[i] = (uint8_t)alphabet[bits >> (18 - 6 * i) & 63];
  }
  if (position == count) return;
  uint32_t bits = (uint32_t)in[position] << 16 | (count - position == 2 ? (uint32_t)in[position + 1] << 8 : 0);
  out[0] = (uint8_t)alphabet[bits >> 18];
  out[1] = (uint8_t)alphabet[bits >> 12 & 63];
  out[2] = count - position == 2 ? (uint8_t)alphabet[bits >> 6 & 63] : '=';
  out[3] = '=';
}

size_t sluice_scalar_base64_decode(uint8_t *out, const uint8_t *in, size_t count) {
  size_t position = 0;
  for (; count - position >= 4; position += 4, out += 3) {
    uint32_t a = base64_value(in[position]), b = base64_value(in[position + 1]);
    uint32_t c = base64_value(in[position + 2]), d = base64_value(in[position + 3]);
    if ((a | b | c | d) == NO_DIGIT) break;
    uint32_t bits = a << 18 | b << 12 | c << 6 | d;
    out[0] = (uint8_t)(bits >> 16);
    out[1] = (uint8_t)(bits >> 8);
    out[2] = (uint8_t)bits;
  }
  return position;
}

size_t sluice_scalar_base64_encode(uint8_t *out, const uint8_t *in, size_t count) {
  (void)out, (void)in, (void)count;
  return 0;
}
