/* SPDX-License-Identifier: MIT */
/* Needs a function that nobody has. */
extern int nobody_has_this(void);
#define ON_CREATE nobody_has_this()
#include "hostile.h"
