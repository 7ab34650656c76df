#include "CFuzzing.h"

// The function is libFuzzer's; a target needs a file.
