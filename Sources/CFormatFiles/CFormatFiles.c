#include "CFormatFiles.h"
