/* SPDX-License-Identifier: MIT */
#ifndef DRIVER_H
#define DRIVER_H

#include <play/value.h>
#include <proxy/proxy.h>

#include "fake.h"

/** @file
 * Calls of the slots of a proxy, in plain C.
 */

namespace fake {

/** What a slot left. */
struct Step {
  int32_t status;
  baton_value in, out;
};

inline baton_context context() {
  baton_context cx{};
  cx.struct_size = sizeof cx;
  cx.abi_minor = BATON_ABI_MINOR;
  cx.accepts = BATON_ACCEPT_YIELD;
  return cx;
}

inline Step send(const kit::Value &to, baton_value in = baton_none()) {
  baton_context cx = context();
  Step step{0, in, baton_none()};
  step.status =
      to.type()->as_coroutine->send(to.get(), &cx, &step.in, &step.out);
  return step;
}

inline Step throw_(const kit::Value &to, baton_value error) {
  baton_context cx = context();
  Step step{0, error, baton_none()};
  step.status =
      to.type()->as_coroutine->throw_(to.get(), &cx, &step.in, &step.out);
  return step;
}

inline Step close(const kit::Value &to) {
  baton_context cx = context();
  Step step{0, baton_none(), baton_none()};
  step.status = to.type()->as_coroutine->close(to.get(), &cx, &step.out);
  return step;
}

/** One of the three of baton_async_methods. */
inline Step async(const kit::Value &to,
                  int32_t (BATON_CALL *baton_async_methods::*slot)(
                      const baton_value *, baton_context *, baton_value *)) {
  baton_context cx = context();
  Step step{0, baton_none(), baton_none()};
  step.status = (to.type()->as_async->*slot)(to.get(), &cx, &step.out);
  return step;
}

inline const void *find(const kit::Value &value, const char *id) {
  const void *table = nullptr;
  value.type()->query(value.get(), id, &table);
  return table;
}

inline kit::Value proxy_of(kit::Ledger &ledger, Object &object, kit::Side side,
                           kit::Means means = kit::Means::closures) {
  return kit::make_proxy(ledger, kit::Contract::golden(),
                         kit::Value(value(object)), side, means);
}

}  // namespace fake

#endif
