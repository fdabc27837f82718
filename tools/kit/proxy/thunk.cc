/* SPDX-License-Identifier: MIT */
#include "thunk.h"

#include <baton/baton.h>

#include <map>

#include "../contract/caller.h"
#include "descriptor.h"

namespace kit {
namespace {

template <auto Member, typename Type = decltype(Member)>
struct Thunk;

template <auto Member, typename Table, typename... More>
struct Thunk<Member, int32_t (*Table::*)(const baton_value *, More...)> {
  static int32_t BATON_CALL call(const baton_value *self, More... more) {
    void *arguments[] = {&self, static_cast<void *>(&more)..., nullptr};
    return enter_thunk(address_of(&call), arguments);
  }
};

#define KIT_THUNK(table, slot) \
  {#table "." #slot, address_of(&Thunk<&table::slot>::call)}

}  // namespace

void *thunk_of(const std::string &slot) {
  static const std::map<std::string, void *> thunks = {
      KIT_THUNK(baton_type, retain),
      KIT_THUNK(baton_type, release),
      KIT_THUNK(baton_type, traverse),
      KIT_THUNK(baton_type, query),
      KIT_THUNK(baton_async_methods, am_await),
      KIT_THUNK(baton_async_methods, am_aiter),
      KIT_THUNK(baton_async_methods, am_anext),
      KIT_THUNK(baton_coroutine_methods, send),
      KIT_THUNK(baton_coroutine_methods, throw_),
      KIT_THUNK(baton_coroutine_methods, close),
      KIT_THUNK(baton_error_methods, kind),
      KIT_THUNK(baton_error_methods, message),
      KIT_THUNK(baton_error_methods, payload),
      KIT_THUNK(baton_error_methods, cause),
      KIT_THUNK(baton_error_methods, context),
      KIT_THUNK(baton_error_methods, frames),
      KIT_THUNK(baton_error_methods, add_frame),
      KIT_THUNK(baton_async_generator, asend),
      KIT_THUNK(baton_async_generator, athrow),
      KIT_THUNK(baton_async_generator, aclose),
      KIT_THUNK(baton_bytes, view),
      KIT_THUNK(baton_introspect, state),
      KIT_THUNK(baton_introspect, kind),
      KIT_THUNK(baton_introspect, name),
      KIT_THUNK(baton_introspect, qualified_name),
      KIT_THUNK(baton_introspect, location),
      KIT_THUNK(baton_introspect, delegated_to),
      KIT_THUNK(baton_introspect, returns_to),
      KIT_THUNK(baton_introspect, origin),
      KIT_THUNK(baton_scalar, get),
      KIT_THUNK(baton_text, view),
      KIT_THUNK(baton_wait, subscribe),
      KIT_THUNK(baton_wait, unsubscribe),
  };
  const auto found = thunks.find(slot);
  return found == thunks.end() ? nullptr : found->second;
}

}  // namespace kit
