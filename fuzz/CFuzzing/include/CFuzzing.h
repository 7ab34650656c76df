#pragma once

#include <stddef.h>
#include <stdint.h>

/// libFuzzer as a library: runs `test` on inputs of its own making until the options in `argv` let it end.
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*test)(const uint8_t *data, size_t size));
