#pragma once
#include <stddef.h>

/// A format file that is part of the executable.
struct sluice_format_file {
  const char *name;
  const unsigned char *bytes;
  size_t count;
};

/// How many format files are embedded.
size_t sluice_format_file_count(void);

/// The embedded format file of a number below the count, in the order of their names.
struct sluice_format_file sluice_format_file_at(size_t index);

/// Where the formats of an executable stand compiled, if script/embed-formats wrote them: aligned to 64 bytes.
const unsigned char *sluice_compiled_formats(void);

/// How many bytes that are; 0 if there is nothing.
const unsigned long long *sluice_compiled_formats_size(void);
