/* SPDX-License-Identifier: MIT */
#ifndef BATON_OWNERS_H
#define BATON_OWNERS_H

#include "baton/runtime.h"

/** @file
 * libbaton.owners/1: how many references there are to an object that is no
 * link, for walks that want to know whether they have met them all (TYP-8).
 */

#define BATON_EXT_OWNERS "libbaton.owners/1"

typedef struct baton_owners {
  uint32_t struct_size;
  uint32_t reserved0;
  uint32_t(BATON_CALL *count)(const baton_value *self);
} baton_owners;

#endif
