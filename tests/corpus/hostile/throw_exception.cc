// SPDX-License-Identifier: MIT
// Lets an exception leave a slot.
#define ON_SEND throw 1
#include "hostile.h"
