#include "CZoneFile.h"

static const unsigned char zones[] = {
#embed "zones.bin"
};

const unsigned char *sluice_zone_file(void) { return zones; }

size_t sluice_zone_file_size(void) { return sizeof zones; }
