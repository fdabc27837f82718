/* SPDX-License-Identifier: MIT */
/* Breaks nothing: the kit.both that others spoil. */
#include "both.h"
