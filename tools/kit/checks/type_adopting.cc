// SPDX-License-Identifier: MIT
#include "../play/objects.h"
#include "common.h"
#include "driving.h"

/** @file
 * Descriptors that must not be used: the target looks before it calls.
 */

namespace kit {
namespace {

/* What was called of an object whose descriptor forbids it. */
std::string *forbidden() {
  static std::string called;
  return &called;
}

int32_t BATON_CALL odd_retain(const baton_value *self) {
  *forbidden() += "retain, ";
  return thing_retain(self);
}

int32_t BATON_CALL odd_traverse(const baton_value *, baton_visit, void *) {
  *forbidden() += "traverse, ";
  return 0;
}

int32_t BATON_CALL odd_query(const baton_value *, const char *,
                             const void **out) {
  *forbidden() += "query, ";
  *out = nullptr;
  return BATON_UNSUPPORTED;
}

/* The type of the kit's actors, with what tells on who uses it. */
baton_type odd_type(const Played &x) {
  baton_type odd = *x.value.type();
  odd.name = "odd";
  odd.retain = odd_retain;
  odd.traverse = odd_traverse;
  odd.query = odd_query;
  return odd;
}

/* Awaits `x` as an object of the odd type, which lives for ever. */
void check_unused(Bench &bench, Played x, const baton_type *odd,
                  const char *requirement) {
  baton_value value = x.value.give();
  value.head.type = odd;
  Step step = outcome(bench, Value(value));
  std::string called = *forbidden();
  if (!x.actor->events().empty()) called += x.actor->history() + "am_await";
  bench.expect(called.empty(), requirement,
               "that nothing but release of such a type is called", called);
  bench.expect(step.status == BATON_ERROR || refuses(step), requirement,
               "an error for an awaitable of such a type", step.text());
}

KIT_CHECK("type-unknown-critical-flag",
          "Of a type with an unknown critical flag nothing but release is "
          "called.",
          Tier::core, {"TYP-3"}, {"kit.relay"}) {
  Played x = play_stuck(bench.ledger, "x");
  static const baton_type odd = [&] {
    baton_type made = odd_type(x);
    made.flags |= uint64_t{1} << 62;
    return made;
  }();
  check_unused(bench, std::move(x), &odd, "TYP-3");
}

KIT_CHECK("type-unknown-harmless-flag",
          "An unknown flag of the low half changes nothing.", Tier::core,
          {"TYP-3"}, {"kit.relay"}) {
  Played x = play_yields(bench.ledger, "x", 1, Value::boolean(true));
  static const baton_type odd = [&] {
    baton_type made = *x.value.type();
    made.flags |= uint64_t{1} << 30;
    return made;
  }();
  baton_value value = x.value.give();
  value.head.type = &odd;
  expect_return(bench, outcome(bench, Value(value)), Value::boolean(true),
                "TYP-3", "from a type with an unknown harmless flag");
}

KIT_CHECK("type-short-suite",
          "A suite that does not reach its last slot is found before any call.",
          Tier::core, {"TYP-2"}, {"kit.relay"}) {
  Played x = play_stuck(bench.ledger, "x");
  static const baton_coroutine_methods suite = [&] {
    baton_coroutine_methods made = *x.value.type()->as_coroutine;
    made.struct_size = offsetof(baton_coroutine_methods, close);
    return made;
  }();
  static const baton_type odd = [&] {
    baton_type made = odd_type(x);
    made.as_coroutine = &suite;
    return made;
  }();
  check_unused(bench, std::move(x), &odd, "TYP-2");
}

KIT_CHECK("type-short-descriptor",
          "A descriptor that ends early is found before any call.", Tier::core,
          {"TYP-2"}, {"kit.relay"}) {
  Played x = play_stuck(bench.ledger, "x");
  static const baton_type odd = [&] {
    baton_type made = odd_type(x);
    made.struct_size = offsetof(baton_type, query);
    return made;
  }();
  check_unused(bench, std::move(x), &odd, "TYP-2");
}

}  // namespace
}  // namespace kit
