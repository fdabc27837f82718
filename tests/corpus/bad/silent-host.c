/* SPDX-License-Identifier: MIT */
/* Breaks nothing: the host that others spoil. */
#include "host.h"
