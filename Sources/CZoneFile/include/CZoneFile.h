#pragma once
#include <stddef.h>

/// The rules of all named zones: what script/update-zones packed. Lives as long as the process.
const unsigned char *sluice_zone_file(void);

size_t sluice_zone_file_size(void);
