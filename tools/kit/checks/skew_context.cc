// SPDX-License-Identifier: MIT
#include "guarded.h"
#include "peer.h"

/** @file
 * Contexts and wakers that an older or a newer driver made.
 */

namespace kit {
namespace {

/* A context of this kit, with what a newer one has behind it. */
struct NewerContext {
  baton_context cx{};
  uint64_t tail[4] = {~0ull, ~0ull, ~0ull, ~0ull};

  explicit NewerContext(const baton_waker *waker) {
    cx.struct_size = sizeof cx;
    cx.abi_major = BATON_ABI_MAJOR;
    cx.abi_minor = BATON_ABI_MINOR;
    cx.accepts = BATON_ACCEPT_YIELD | BATON_ACCEPT_PENDING;
    cx.waker = waker;
  }
};

/* kit.nap with this context and its waker: it suspends, wakes, and ends. */
void expect_naps(Bench &bench, baton_context *cx, const char *requirement,
                 const std::string &driver) {
  Subject nap = bench.make("kit.nap");
  Step step = send_with(nap, cx);
  bench.expect_status(step, BATON_PENDING, requirement, "with " + driver);
  if (!bench.bell.wait(1)) bench.skip("kit.nap does not wake (WAK-4)");
  step = send_with(nap, cx);
  bench.expect_status(step, BATON_RETURN, requirement, "with " + driver);
}

/* kit.echo with this context: it yields. */
void expect_echoes(Bench &bench, const Manner &manner, const char *requirement,
                   const std::string &driver) {
  Subject echo = bench.make("kit.echo", Value::boolean(true));
  Step step = echo.send(Value(), manner);
  bench.expect_status(step, BATON_YIELD, requirement, "with " + driver);
  bench.expect_value(step.out, Value::boolean(true), requirement,
                     "is yielded with " + driver);
  step = echo.send(Value::boolean(false), manner);
  bench.expect_value(step.out, Value::boolean(false), requirement,
                     "comes back with " + driver);
}

const baton_waker *real; /* what a proxy stands for */

/* Of a waker elsewhere in memory that stands for the kit's; its clones are the
 * kit's own. */
baton_waker_methods table_of_proxy(Bench &bench) {
  real = bench.bell.waker();
  baton_waker_methods table = *real->methods;
  table.clone = [](const baton_waker *, const baton_waker **out) {
    return real->methods->clone(real, out);
  };
  table.wake_by_ref = [](const baton_waker *) {
    return real->methods->wake_by_ref(real);
  };
  return table;
}

/* A driver that has the extensions that it is asked for: none. */
int32_t BATON_CALL find_nothing(const baton_context *, const char *,
                                const void **out) {
  *out = nullptr;
  return BATON_UNSUPPORTED;
}

}  // namespace

KIT_CHECK("skew-context-guarded", "A context is read up to its struct_size.",
          Tier::core, {"VER-3"}, {"kit.nap"}) {
  NewerContext newer(bench.bell.waker());
  baton_context *cx = Guarded::copy(newer.cx);
  expect_naps(bench, cx, "VER-3", "a context of the first version");
  expect_untouched(bench, "a context");
}

KIT_CHECK("skew-context-without-query",
          "A context that ends before query has no extensions.", Tier::core,
          {"VER-3"}, {"kit.nap"}) {
  NewerContext newer(bench.bell.waker());
  newer.cx.struct_size = offsetof(baton_context, query);
  baton_context *cx = Guarded::copy(newer.cx, newer.cx.struct_size);
  expect_naps(bench, cx, "VER-3", "a context that ends before query");
  expect_untouched(bench, "a context");
}

KIT_CHECK("skew-context-relayed",
          "A context is passed on as long as it is, and not read behind it.",
          Tier::core, {"VER-3"}, {"kit.relay"}) {
  NewerContext newer(bench.bell.waker());
  newer.cx.struct_size = offsetof(baton_context, query);
  baton_context *cx = Guarded::copy(newer.cx, newer.cx.struct_size);
  Played x = play_yields(bench.ledger, "x", 1, Value());
  Subject relay = bench.make("kit.relay", std::move(x.value));
  Step step = send_with(relay, cx);
  expect_untouched(bench, "a context");
  bench.expect_status(step, BATON_YIELD, "VER-3",
                      "with a context that ends before query");
}

KIT_CHECK("skew-context-newer",
          "A context that has grown is used as any other.", Tier::core,
          {"VER-3"}, {"kit.nap"}) {
  NewerContext newer(bench.bell.waker());
  newer.cx.struct_size = sizeof newer;
  newer.cx.abi_minor = 99;
  expect_naps(bench, &newer.cx, "VER-3", "a context of a newer minor");
}

KIT_CHECK("skew-context-reserved", "A context's reserved member is ignored.",
          Tier::core, {"VER-7"}, {"kit.nap"}) {
  NewerContext newer(bench.bell.waker());
  newer.cx.reserved0 = 0xa5a5a5a5u;
  expect_naps(bench, &newer.cx, "VER-7", "a reserved member set");
}

KIT_CHECK("skew-context-older", "A driver of an older minor is served.",
          Tier::core, {"CTX-4"}, {"kit.echo"}) {
  Manner manner;
  manner.abi_minor = 0;
  expect_echoes(bench, manner, "CTX-4", "a context of minor 0");
}

KIT_CHECK("skew-context-accepts",
          "Suspensions that nobody knows yet change nothing.", Tier::core,
          {"CTX-3"}, {"kit.echo"}) {
  Manner manner;
  manner.accepts = 0xfffffffcu | BATON_ACCEPT_YIELD;
  expect_echoes(bench, manner, "CTX-3", "unknown bits of accepts set");
}

KIT_CHECK("skew-context-no-extensions",
          "A coroutine works without the extensions of its driver.", Tier::core,
          {"EXT-1"}, {"kit.echo"}) {
  Manner manner;
  expect_echoes(bench, manner, "EXT-1", "a context without query");
  manner.query = find_nothing;
  expect_echoes(bench, manner, "EXT-1", "a context that finds nothing");
}

KIT_CHECK("skew-waker-guarded", "A waker and its table end where they end.",
          Tier::core, {"VER-3"}, {"kit.nap"}) {
  baton_waker waker = {Guarded::copy(table_of_proxy(bench))};
  NewerContext newer(Guarded::copy(waker));
  expect_naps(bench, &newer.cx, "VER-3", "a waker of the first version");
  expect_untouched(bench, "a waker");
}

KIT_CHECK("skew-waker-reserved", "A waker's reserved member is ignored.",
          Tier::core, {"VER-7"}, {"kit.nap"}) {
  baton_waker_methods table = table_of_proxy(bench);
  table.reserved0 = 0xa5a5a5a5u;
  baton_waker waker = {&table};
  NewerContext newer(&waker);
  expect_naps(bench, &newer.cx, "VER-7", "a waker with reserved members set");
}

}  // namespace kit
