// SPDX-License-Identifier: MIT
#include "../base/bench.h"
#include "../play/type.h"
#include "driving.h"

/* What the provider says that it holds is the same after every round. */

namespace kit {
namespace {

const int warm_up = 8; /* caches and free lists fill */
const int rounds = 40;

int64_t held_now(Bench &bench) {
  std::vector<Value> nothing;
  bench.create("kit.live", nothing);
  Step step = bench.create("kit.live", nothing);
  bool counts = step.status == BATON_OK && step.out.tag() == BATON_TAG_I64;
  if (!counts)
    bench.skip("kit.live gives " + step.text() + ", which is no number");
  return step.out.get()->payload.i64;
}

template <typename Round>
void same_after(Bench &bench, Round round) {
  for (int turn = 0; turn < warm_up; turn++) round();
  int64_t before = held_now(bench);
  for (int turn = 0; turn < rounds; turn++) round();
  int64_t after = held_now(bench);
  bench.expect(after == before, "TYP-11",
               std::to_string(before) + " held by the provider after " +
                   std::to_string(rounds) + " more rounds",
               std::to_string(after));
}

void need_counter(Bench &bench) {
  if (!bench.exports("kit.live"))
    bench.skip("the provider does not export kit.live");
}

}  // namespace

KIT_CHECK_EACH("account-unstarted",
               "What was never started leaves nothing behind.", Tier::core,
               {"TYP-11"}) {
  need_counter(bench);
  same_after(bench, [&] { bench.subject().release(); });
}

KIT_CHECK_EACH("account-closed", "What was closed leaves nothing behind.",
               Tier::core, {"TYP-11"}) {
  need_counter(bench);
  same_after(bench, [&] {
    Subject made = bench.subject();
    if (!coroutine_of(made.value().type())) return;
    made.send();
    made.close();
  });
}

KIT_CHECK_EACH("account-ended", "What ran to its end leaves nothing behind.",
               Tier::core, {"TYP-11"}) {
  need_counter(bench);
  same_after(bench, [&] {
    Subject made = bench.subject();
    if (coroutine_of(made.value().type())) made.drain(100);
  });
}

KIT_CHECK_EACH("account-cancelled",
               "What an error has ended leaves nothing behind.", Tier::cancel,
               {"TYP-11"}) {
  need_counter(bench);
  same_after(bench, [&] {
    Subject made = bench.subject();
    if (!coroutine_of(made.value().type())) return;
    made.send();
    Step step = made.throw_(Value::kind(BATON_ERROR_CANCELLED));
    for (int turn = 0; turn < 8 && step.status == BATON_YIELD; turn++)
      step = made.throw_(Value::kind(BATON_ERROR_CANCELLED));
  });
}

KIT_CHECK_EACH("account-abandoned",
               "What is released while suspended leaves nothing behind.",
               Tier::core, {"TYP-11"}) {
  need_counter(bench);
  same_after(bench, [&] {
    Subject made = bench.subject();
    if (coroutine_of(made.value().type())) made.send();
  });
}

KIT_CHECK("account-frames", "The frames of an error go with it.", Tier::core,
          {"TYP-11"}, {"kit.fail"}) {
  need_counter(bench);
  auto round = [&] {
    Step step =
        outcome(bench, "kit.fail",
                list(Value::i64(BATON_ERROR_VALUE), bench.text("as asked")));
    if (step.status != BATON_ERROR || !step.out.is_object())
      bench.skip("its errors are no objects");
    const baton_error_methods *slots = error_of(step.out.type());
    auto add = KIT_MEMBER(slots, baton_error_methods, add_frame);
    auto read = KIT_MEMBER(slots, baton_error_methods, frames);
    if (!add || !read) bench.skip("its errors have no frames");
    for (uint32_t line = 1; line <= 300; line++) {
      std::string name = "function_" + std::to_string(line);
      baton_frame frame = {"kit", name.c_str(), "", line, 0};
      add(step.out.get(), &frame);
      if (line != 200) continue;
      uint32_t kept = 0; /* what has been shown must stay (ERR-3) */
      uint64_t elided = 0;
      read(step.out.get(), nullptr, 0, &kept, &elided);
    }
  };
  same_after(bench, round);
}

}  // namespace kit
