#include "CFormatFiles.h"

// Only finished executables hold something here: the linker leaves the room empty, and script/embed-formats finds it by its mark. Nothing
// in this file may read it, or the compiler would take it for empty for good.
#define ROOM_BYTES (46 << 15)

struct room {
  char mark[48];
  // How many bytes there are room for, and how many are taken; little-endian.
  unsigned long long room, taken;
  unsigned char bytes[ROOM_BYTES];
};

__attribute__((aligned(64))) const struct room sluice_compiled_formats_room = {
    .mark = "sluice: the compiled formats stand behind this",
    .room = ROOM_BYTES,
    .taken = 0,
};

const unsigned char *sluice_compiled_formats(void) { return sluice_compiled_formats_room.bytes; }

const unsigned long long *sluice_compiled_formats_size(void) { return &sluice_compiled_formats_room.taken; }
