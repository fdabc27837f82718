// SPDX-License-Identifier: MIT
#include "common.h"
#include "driving.h"

/** @file
 * Calls of a coroutine that runs, made by what it awaits.
 */

namespace kit {
namespace {

/* A relay of an actor that calls back into the relay. */
struct Ring {
  Actor *actor;
  Subject relay;
};

/* `call` runs inside the second send; the actor then returns true. */
std::shared_ptr<Ring> ring(Bench &bench,
                           std::function<void(Subject &)> inside) {
  auto made = std::make_shared<std::weak_ptr<Ring>>();
  Played x = play_begun(bench.ledger, "x", [made, inside](Call &) {
    if (auto ring = made->lock()) inside(ring->relay);
    return Reply(BATON_RETURN, Value::boolean(true));
  });
  Actor *actor = x.actor;
  auto whole = std::make_shared<Ring>(
      Ring{actor, bench.make("kit.relay", std::move(x.value))});
  *made = whole;
  if (!suspends(whole->relay.send())) bench.skip("it does not await x");
  return whole;
}

void check_busy(Bench &bench, std::function<Step(Subject &)> call,
                const char *when) {
  Step inner;
  auto whole = ring(bench, [&](Subject &relay) { inner = call(relay); });
  whole->relay.send();
  bench.expect_status(inner, BATON_BUSY, "COR-4", when);
}

KIT_CHECK("state-send-running", "A send to what runs is refused.", Tier::core,
          {"COR-4"}, {"kit.relay"}) {
  check_busy(
      bench, [](Subject &relay) { return relay.send(); },
      "from send while it runs");
}

KIT_CHECK("state-throw-running", "A throw into what runs is refused.",
          Tier::cancel, {"COR-4"}, {"kit.relay"}) {
  check_busy(
      bench,
      [](Subject &relay) {
        return relay.throw_(Value::kind(BATON_ERROR_CANCELLED));
      },
      "from throw while it runs");
}

KIT_CHECK("state-close-running", "A close of what runs is refused.", Tier::core,
          {"COR-4"}, {"kit.relay"}) {
  check_busy(
      bench, [](Subject &relay) { return relay.close(); },
      "from close while it runs");
}

KIT_CHECK("state-running-elsewhere",
          "What runs on one thread is refused to another.", Tier::threads,
          {"COR-4"}, {"kit.relay"}) {
  Step inner;
  bool tried = false;
  auto whole = ring(bench, [&](Subject &relay) {
    if (!is_shared(relay.value())) return;
    tried = true;
    on_thread([&] { inner = relay.send(); });
  });
  whole->relay.send();
  if (!tried) bench.skip("only shared objects may be called by two threads");
  bench.expect_status(inner, BATON_BUSY, "COR-4",
                      "from send while another thread drives");
}

KIT_CHECK("state-busy-changes-nothing",
          "A run goes on as if the refused calls had not been made.",
          Tier::core, {"COR-12"}, {"kit.relay"}) {
  std::vector<Step> inner;
  auto whole = ring(bench, [&](Subject &relay) {
    inner.push_back(relay.send());
    inner.push_back(relay.throw_(Value::kind(BATON_ERROR_CANCELLED)));
    inner.push_back(relay.close());
  });
  Step step = whole->relay.send();
  for (const Step &refused : inner)
    if (refused.status != BATON_BUSY) bench.skip("it did not refuse");
  expect_return(bench, step, Value::boolean(true), "COR-12",
                "after calls that were refused");
  bench.expect(whole->actor->history() == "send none, send none", "COR-12",
               "no call of x for what was refused", whole->actor->history());
}

KIT_CHECK("state-busy-suspends-again",
          "A run that refused a call can suspend and go on.", Tier::core,
          {"COR-12"}, {"kit.relay"}) {
  auto hook = std::make_shared<std::function<void()>>();
  Played x = play(bench.ledger, "x", [hook](Call &call) {
    if (call.op != Op::send) return unwound(call);
    if (*hook) (*hook)();
    return Reply(BATON_YIELD);
  });
  Subject relay = relays(bench, std::move(x.value), 2);
  relay.send();
  bool refused = false;
  *hook = [&] { refused = relay.close().status == BATON_BUSY; };
  relay.send();
  *hook = nullptr;
  if (!refused) bench.skip("it did not refuse");
  bench.expect_status(relay.send(), BATON_YIELD, "COR-12",
                      "from send after a refused close");
}

}  // namespace
}  // namespace kit
