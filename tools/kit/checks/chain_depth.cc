// SPDX-License-Identifier: MIT
#include <algorithm>

#include "common.h"
#include "driving.h"

/** @file
 * How much of the C stack a chain takes for each of its links: none.
 */

namespace kit {
namespace {

const int depth = 5000;
const size_t large_stack = size_t{1} << 30;
const size_t allowed = 96 * 1024; /* for the whole chain */

/* Where a call of an actor finds the stack. */
struct Seen {
  uintptr_t deepest = UINTPTR_MAX;
  Op op = Op::send;
};

Played plumb(Bench &bench, Seen *seen, Op wanted) {
  return play(bench.ledger, "x", [seen, wanted](Call &call) {
    char here;
    if (call.op == wanted)
      seen->deepest =
          std::min(seen->deepest, reinterpret_cast<uintptr_t>(&here));
    return call.op == Op::send ? Reply(BATON_YIELD) : unwound(call);
  });
}

/* Before a long chain is made, of which nothing is known otherwise. */
void need_relay_links(Bench &bench) {
  Subject relay = relays(bench, play_stuck(bench.ledger, "x").value, 2);
  relay.send();
  need_delegation(bench, relay);
}

using Drive = void (*)(Subject &);

/* How far below its caller the drive reaches the innermost actor. */
size_t reach(Bench &bench, int links, Op wanted, Drive drive) {
  Seen seen;
  Played x = plumb(bench, &seen, wanted);
  Subject chain = relays(bench, std::move(x.value), links);
  chain.send();
  char here;
  drive(chain);
  if (seen.deepest == UINTPTR_MAX) bench.skip("x is not reached");
  return reinterpret_cast<uintptr_t>(&here) - seen.deepest;
}

void check_depth(Bench &bench, Op wanted, Drive drive) {
  need_relay_links(bench);
  size_t shallow = 0, deep = 0;
  on_thread(
      [&] {
        shallow = reach(bench, 1, wanted, drive);
        deep = reach(bench, depth, wanted, drive);
      },
      large_stack);
  bench.expect(deep < shallow + allowed, "LNK-17",
               "no C stack for each of 5000 links",
               std::to_string((deep - shallow) / depth) + " bytes for each");
}

KIT_CHECK("chain-depth-send", "A send takes no stack for each link.",
          Tier::core, {"LNK-17"}, {"kit.relay"}) {
  check_depth(bench, Op::send, [](Subject &chain) { chain.send(); });
}

KIT_CHECK("chain-depth-throw", "A throw takes no stack for each link.",
          Tier::cancel, {"LNK-17"}, {"kit.relay"}) {
  check_depth(bench, Op::throw_, [](Subject &chain) {
    chain.throw_(Value::kind(BATON_ERROR_CANCELLED));
  });
}

KIT_CHECK("chain-depth-close", "A close takes no stack for each link.",
          Tier::core, {"LNK-17"}, {"kit.relay"}) {
  check_depth(bench, Op::close, [](Subject &chain) { chain.close(); });
}

KIT_CHECK("chain-depth-release", "A release takes no stack for each link.",
          Tier::core, {"LNK-17"}, {"kit.relay"}) {
  check_depth(bench, Op::close, [](Subject &chain) { chain.release(); });
}

KIT_CHECK("chain-depth-start", "A start takes no stack for each link.",
          Tier::core, {"LNK-17"}, {"kit.relay"}) {
  need_relay_links(bench);
  Seen seen;
  size_t used = 0;
  on_thread(
      [&] {
        Played x = plumb(bench, &seen, Op::send);
        Subject chain = relays(bench, std::move(x.value), depth);
        char here;
        chain.send();
        used = reinterpret_cast<uintptr_t>(&here) - seen.deepest;
      },
      large_stack);
  bench.expect(used < allowed, "LNK-17", "no C stack for each of 5000 links",
               std::to_string(used / depth) + " bytes for each");
}

KIT_CHECK("chain-depth-small-stack",
          "A long chain can be driven and released on a small stack.",
          Tier::core, {"LNK-17"}, {"kit.relay"}) {
  need_relay_links(bench);
  on_thread(
      [&] {
        Played x = play_stuck(bench.ledger, "x");
        Subject chain = relays(bench, std::move(x.value), depth);
        chain.send();
        Step step = chain.throw_(Value::kind(BATON_ERROR_CANCELLED));
        bench.expect_error(step, BATON_ERROR_CANCELLED, nullptr, "LNK-17",
                           "through 5000 links");
      },
      256 * 1024);
}

}  // namespace
}  // namespace kit
