#pragma once
// What the implementation files share; not seen by Swift.

#include "CByteKernels.h"

/// One implementation of everything that the table chooses.
typedef struct {
  const char *name;
  bool (*classify)(const uint8_t *in, size_t count, uint64_t *words);
  ptrdiff_t (*find_first)(const uint8_t *in, size_t count, uint8_t byte);
  ptrdiff_t (*find_first_of_two)(const uint8_t *in, size_t count, uint8_t byte, uint8_t other);
  ptrdiff_t (*find_last)(const uint8_t *in, size_t count, uint8_t byte);
  size_t (*count_control)(const uint8_t *in, size_t count);
  uint8_t (*meet_sequences)(const uint8_t *in, size_t count, const uint8_t *tables);
  /// Decodes groups of four characters up to the first byte that is not of the alphabet (padding included); answers the characters
  /// consumed, a multiple of 4. May stop earlier. May write SLUICE_BASE64_SLACK bytes behind what it decoded.
  size_t (*base64_decode)(uint8_t *out, const uint8_t *in, size_t count);
  /// Encodes whole groups of three bytes; answers the bytes consumed, a multiple of 3. May stop earlier; writes nothing else.
  size_t (*base64_encode)(uint8_t *out, const uint8_t *in, size_t count);
} sluice_kernels;

extern const sluice_kernels sluice_scalar_kernels;
#if defined(__SSE2__)
extern const sluice_kernels sluice_sse2_kernels;
extern const sluice_kernels sluice_avx2_kernels;
#endif
#if defined(__aarch64__) && defined(__ARM_NEON)
extern const sluice_kernels sluice_neon_kernels;
#endif

/// A whole class word for bits behind the end.
static inline uint64_t sluice_bits_below(size_t count) {
  return count >= 64 ? ~(uint64_t)0 : ((uint64_t)1 << count) - 1;
}

uint8_t sluice_scalar_meet_sequences(const uint8_t *in, size_t count, const uint8_t *tables);
size_t sluice_scalar_base64_decode(uint8_t *out, const uint8_t *in, size_t count);
size_t sluice_scalar_base64_encode(uint8_t *out, const uint8_t *in, size_t count);
