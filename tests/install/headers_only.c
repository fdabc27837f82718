/* SPDX-License-Identifier: MIT */
#include <baton/baton.h>

typedef char value_is_16_bytes[sizeof(baton_value) == 16 ? 1 : -1];
