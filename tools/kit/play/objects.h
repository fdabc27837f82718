/* SPDX-License-Identifier: MIT */
#ifndef KIT_OBJECTS_H
#define KIT_OBJECTS_H

#include <baton/type.h>

#include "ledger.h"
#include "value.h"

/** @file
 * Things of the kit as objects of the contract.
 */

namespace kit {

/** The Thing that a value of one of the kit's types names. */
inline Thing *thing_of(const baton_value *self) {
  return static_cast<Thing *>(self->payload.object);
}

int32_t BATON_CALL thing_retain(const baton_value *self);
int32_t BATON_CALL thing_release(const baton_value *self);

/** A descriptor that can count its objects, to be given more. */
baton_type plain_type(const char *name);

/** The value of a new Thing: its first reference. */
Value value_of(const baton_type *type, Thing *thing);

}  // namespace kit

#endif
