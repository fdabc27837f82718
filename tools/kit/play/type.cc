// SPDX-License-Identifier: MIT
#include "type.h"

#include <cstdint>

#include "../load/memory.h"

namespace kit {

Defect type_defect(const baton_type *type) {
  if (reinterpret_cast<uintptr_t>(type) % alignof(baton_type) != 0)
    return {"TYP-1", "a descriptor that is not aligned"};
  if (!is_readable(type, BATON_TYPE_PREFIX_SIZE))
    return {"TYP-1", "an address that is no descriptor"};
  if (type->struct_size < BATON_TYPE_PREFIX_SIZE)
    return {"TYP-1",
            "a descriptor of " + std::to_string(type->struct_size) + " bytes"};
  if (type->magic != BATON_TYPE_MAGIC)
    return {"TYP-1", "a descriptor without the magic"};
  if (!type->name || !is_readable(type->name, 1))
    return {"TYP-1", "a descriptor without a name"};
  if (type->abi_major != BATON_ABI_MAJOR)
    return {"TYP-1",
            "a descriptor of ABI major " + std::to_string(type->abi_major)};
  if (type->flags & BATON_TYPE_CRITICAL)
    return {"TYP-1", "a descriptor with unknown critical flags"};
  if (!type->retain || !type->release)
    return {"TYP-5", "a descriptor without retain or release"};
  if (!is_readable(type, type->struct_size))
    return {"TYP-1", "a descriptor that is shorter than it tells"};
  return {};
}

Defect slots_defect(const baton_type *type) {
  const baton_coroutine_methods *coroutine = coroutine_of(type);
  const baton_link_methods *link = KIT_MEMBER(type, baton_type, as_link);
  const baton_error_methods *error = error_of(type);
  if (coroutine && (!KIT_MEMBER(coroutine, baton_coroutine_methods, send) ||
                    !KIT_MEMBER(coroutine, baton_coroutine_methods, throw_) ||
                    !KIT_MEMBER(coroutine, baton_coroutine_methods, close)))
    return {"TYP-5", "an as_coroutine without send, throw or close"};
  if (link && !KIT_MEMBER(link, baton_link_methods, resume))
    return {"TYP-5", "an as_link without resume"};
  if (error && !KIT_MEMBER(error, baton_error_methods, kind))
    return {"TYP-5", "an as_error without kind"};
  return {};
}

const baton_coroutine_methods *coroutine_of(const baton_type *type) {
  return KIT_MEMBER(type, baton_type, as_coroutine);
}

const baton_async_methods *async_of(const baton_type *type) {
  return KIT_MEMBER(type, baton_type, as_async);
}

const baton_error_methods *error_of(const baton_type *type) {
  return KIT_MEMBER(type, baton_type, as_error);
}

}  // namespace kit
