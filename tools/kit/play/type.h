/* SPDX-License-Identifier: MIT */
#ifndef KIT_TYPE_H
#define KIT_TYPE_H

#include <baton/type.h>

#include <cstddef>
#include <string>

/** @file
 * Reading foreign structs: nothing beyond their struct_size, and nothing at an
 * address that cannot be read.
 */

namespace kit {

/** Whether the struct says that it reaches the end of the member. */
#define KIT_HAS(table, type, member) \
  ((table)->struct_size >=           \
   offsetof(type, member) +          \
       sizeof(static_cast<const type *>(nullptr)->member))

/** The member, or null where the struct is older. */
#define KIT_MEMBER(table, type, member) \
  (KIT_HAS(table, type, member) ? (table)->member : nullptr)

/** What is wrong with a descriptor, and the rule that is broken. */
struct Defect {
  const char *requirement = nullptr;
  std::string text;
  bool empty() const { return !requirement; }
};

/** The first rule that the descriptor itself breaks (VER-1). A broken one is
 * not to be used, not even to release a value. */
Defect type_defect(const baton_type *type);

/** A suite without a mandatory slot (TYP-5), of a type without a defect. Its
 * values can be released. */
Defect slots_defect(const baton_type *type);

const baton_coroutine_methods *coroutine_of(const baton_type *type);
const baton_async_methods *async_of(const baton_type *type);
const baton_error_methods *error_of(const baton_type *type);

}  // namespace kit

#endif
