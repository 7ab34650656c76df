#include "CStartup.h"

#include <stdlib.h>

// A statically linked Swift program asks, before main, where its runtime stands. It reads /proc/self/exe for that and aborts where there is
// no /proc: in an empty root, which is what a function's zip is when it is unpacked and entered by chroot. SWIFT_ROOT answers the question
// without looking. 101 is the first priority free for programs, so this runs before the constructors of the Swift runtime (they have none).
__attribute__((constructor(101))) static void sluiceNameSwiftRoot(void) {
  setenv("SWIFT_ROOT", "/", 0);
}
