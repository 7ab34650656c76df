#pragma once
// The byte kernels of LogBytes. Nothing else imports this module.
//
// Every function takes a pointer and a count, reads only in[0 ..< count] and, unless it says otherwise, writes nothing but what it
// answers. A count of 0 goes with any pointer, NULL included.
//
// Two kinds stand here: leaf kernels of 16 bytes (LeafKernels.h), `static inline`, which the compiler inlines into LogBytes' loops,
// and functions over a chunk, which go through a table of the best implementation that this processor runs.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "LeafKernels.h"

// ---------------------------------------------------------------------------------------------- over a chunk, by the table

enum {
  /// Bitmaps of one 64-byte block: line feed; blank or tab; quote; what a JSON string cannot hold as it is, or what is not ASCII.
  SLUICE_CLASSES = 4,
};

/// Writes SLUICE_CLASSES words for each 64-byte block of `in`, the last one partial: word[block * SLUICE_CLASSES + class], bit i for
/// byte i of the block; bits behind the end are 0. `words` has room for (count + 63) / 64 * SLUICE_CLASSES. Answers whether
/// there is an escape (0x1b).
bool sluice_classify(const uint8_t *in, size_t count, uint64_t *words);

/// The first position of `byte`, or -1.
ptrdiff_t sluice_find_first(const uint8_t *in, size_t count, uint8_t byte);
/// The first position of `byte` or `other`, or -1.
ptrdiff_t sluice_find_first_of_two(const uint8_t *in, size_t count, uint8_t byte, uint8_t other);
/// The last position of `byte`, or -1.
ptrdiff_t sluice_find_last(const uint8_t *in, size_t count, uint8_t byte);
/// How many bytes are control bytes (0x00 to 0x1f, 0x7f) other than tab, line feed, carriage return and escape.
size_t sluice_count_control(const uint8_t *in, size_t count);

enum {
  /// How many bytes a sequence has.
  SLUICE_SEQUENCE = 4,
  /// What sluice_meet_sequences may read behind its bytes.
  SLUICE_SEQUENCE_SLACK = 32 + SLUICE_SEQUENCE - 1,
  /// The bytes of its tables: for each byte of a sequence 16 for its low and 16 for its high half.
  SLUICE_SEQUENCE_TABLES = 32 * SLUICE_SEQUENCE,
};

/// Which of eight sequences of four bytes may stand with their first byte in the first `count`: a bit each.
///
/// A byte may be byte k of a sequence if the sequence's bit is set both in tables[32 k + its low half] and in tables[32 k + 16 + its high
/// half]: necessary, not always sufficient. Reads SLUICE_SEQUENCE_SLACK bytes behind the `count`.
uint8_t sluice_meet_sequences(const uint8_t *in, size_t count, const uint8_t *tables);

// ---------------------------------------------------------------------------------------------- base64 (RFC 4648)

enum {
  /// What sluice_base64_decode may write behind the decoded bytes.
  SLUICE_BASE64_SLACK = 32,
};

/// Decodes strict, padded base64, where `\/` counts as `/`; answers the number of bytes, or -1 if `in` is no such text. `out` has room
/// for count / 4 * 3 + SLUICE_BASE64_SLACK.
ptrdiff_t sluice_base64_decode(uint8_t *out, const uint8_t *in, size_t count);
/// Writes exactly (count + 2) / 3 * 4 characters.
void sluice_base64_encode(uint8_t *out, const uint8_t *in, size_t count);

// ---------------------------------------------------------------------------------------------- UTF-8

/// The position of the first byte that is not part of well-formed UTF-8, or -1.
ptrdiff_t sluice_validate_utf8(const uint8_t *in, size_t count);
/// Copies and replaces each maximal bad part by U+FFFD; answers the number of bytes written. `out` has room for 3 * count + 16.
size_t sluice_repair_utf8(uint8_t *out, const uint8_t *in, size_t count);

// ---------------------------------------------------------------------------------------------- the choice of the table

/// The number of implementations compiled in. 0 is the scalar reference; higher ones are faster.
int sluice_implementation_count(void);
/// The name of an implementation, or NULL if there is none of this index or the processor cannot run it.
const char *sluice_implementation_name(int index);
/// The index of the implementation in use.
int sluice_selected_implementation(void);
/// Makes the process use an implementation, for tests and fuzzing; false (and no change) if the processor cannot run it.
bool sluice_select_implementation(int index);
