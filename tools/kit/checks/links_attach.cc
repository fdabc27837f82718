// SPDX-License-Identifier: MIT
#include "linking.h"

/** @file
 * A link of the kit is attached by the target, or is refused.
 */

namespace kit {
namespace {

Reply yields(Resume &call) {
  return call.op == BATON_OP_SEND ? Reply(BATON_YIELD) : link_unwound(call);
}

/* Awaits a link in this state; it was never attached before. */
Step awaited_in(Bench &bench, uint8_t state, uint8_t kind) {
  PlayedLink x = play_link(
      bench.ledger, "x",
      [](Resume &) { return Reply(BATON_RETURN, Value::boolean(true)); }, kind);
  x.link->link().state = state;
  Step step = outcome(bench, std::move(x.value));
  return step;
}

/* Whether the target attaches links at all. */
void need_links(Bench &bench) {
  PlayedLink x = play_link(bench.ledger, "a probe",
                           [](Resume &) { return Reply(BATON_RETURN); });
  outcome(bench, std::move(x.value));
  need_attached(bench, *x.link);
}

}  // namespace

KIT_CHECK("links-suspended", "A link that suspends hangs in the chain.",
          Tier::core, {"LNK-5", "LNK-6"}, {"kit.relay"}) {
  Hung hung = hang(bench, play_begun_link(bench.ledger, "x", yields));
  const baton_link &link = hung.link->link();
  bench.expect(link.state == BATON_ATTACHED, "LNK-5",
               "state BATON_ATTACHED of a leaf between two calls",
               "state " + std::to_string(link.state));
  bench.expect(link.returns_to, "LNK-5", "returns_to names who awaits", "null");
  bench.expect(!link.leaf, "LNK-6", "no leaf cache on an attached link",
               "one is there");
}

KIT_CHECK("links-running", "A link is RUNNING while it is resumed.", Tier::core,
          {"LNK-5"}, {"kit.relay"}) {
  auto state = std::make_shared<uint8_t>(BATON_RUNNING);
  Hung hung =
      hang(bench, play_begun_link(bench.ledger, "x", [state](Resume &call) {
             *state = call.self->link().state;
             return yields(call);
           }));
  hung.outer.send();
  bench.expect(*state == BATON_RUNNING, "LNK-5", "state RUNNING in resume",
               "state " + std::to_string(*state));
}

KIT_CHECK("links-author-fields",
          "A driver writes nothing into a link that is its author's.",
          Tier::core, {"LNK-3"}, {"kit.relay"}) {
  PlayedLink x = play_begun_link(bench.ledger, "x", yields,
                                 BATON_KIND_GENERATOR, BATON_LINK_HANDLING);
  uint32_t count = x.link->link().count;
  Hung hung = hang(bench, std::move(x));
  hung.outer.close();
  const baton_link &link = hung.link->link();
  constexpr uint16_t authors =
      BATON_LINK_SHARED | BATON_LINK_AFFINE | BATON_LINK_HANDLING;
  bench.expect(link.count == count, "LNK-3", "count as its author left it",
               std::to_string(link.count));
  bench.expect(link.kind == BATON_KIND_GENERATOR, "LNK-3",
               "kind as its author set it", std::to_string(link.kind));
  bench.expect((link.flags & authors) == BATON_LINK_HANDLING, "LNK-3",
               "flags as their author set them", std::to_string(link.flags));
}

KIT_CHECK("links-leaf-resumed", "Only the leaf of a chain is resumed.",
          Tier::core, {"LNK-5"}, {"kit.relay"}) {
  PlayedLink leaf = play_begun_link(bench.ledger, "leaf", yields);
  Linked *inner = leaf.link;
  PlayedLink middle =
      play_awaiting(bench.ledger, "middle", std::move(leaf.value), passed_on);
  Hung hung = hang(bench, std::move(middle));
  hung.outer.send(Value::boolean(true));
  hung.outer.send(Value::boolean(false));
  bench.expect(hung.link->link().state == BATON_ATTACHED, "LNK-5",
               "state BATON_ATTACHED in the middle of a chain",
               "state " + std::to_string(hung.link->link().state));
  bench.expect(hung.link->history() == "send none", "LNK-5",
               "the middle of the chain is not resumed", hung.link->history());
  bench.expect(inner->history() == "send none, send true, send false", "LNK-5",
               "the leaf is resumed with what was sent", inner->history());
}

KIT_CHECK("links-flat-stack", "A chain of links costs no C stack for each.",
          Tier::core, {"LNK-17"}, {"kit.relay"}) {
  constexpr int length = 500;
  PlayedLink made = play_link(bench.ledger, "link", [](Resume &) {
    return Reply(BATON_RETURN, Value::boolean(true));
  });
  Linked *inner = made.link;
  for (int at = 1; at < length; at++)
    made =
        play_awaiting(bench.ledger, "link", std::move(made.value), passed_on);
  Linked *outer = made.link;
  Step step = outcome(bench, std::move(made.value));
  need_attached(bench, *outer);
  bench.expect_value(step.out, Value::boolean(true), "LNK-17",
                     "of a chain of 500");
  uintptr_t top = outer->stacks().front();
  for (uintptr_t stack : {inner->stacks().front(), outer->stacks().back()}) {
    uintptr_t used = top > stack ? top - stack : stack - top;
    bench.expect(
        used < 4096, "LNK-17", "500 links use no stack of their own",
        std::to_string(used) + " bytes between the first and the last");
  }
}

KIT_CHECK("links-await-attached", "A link that hangs is not attached again.",
          Tier::core, {"LNK-9"}, {"kit.relay"}) {
  Hung hung = hang(bench, play_begun_link(bench.ledger, "x", yields));
  Step step = outcome(bench, hung.held.copy());
  expect_fails(bench, step, BATON_ERROR_RUNTIME,
               "coroutine is being awaited already", "LNK-9",
               "when another one awaits it");
  bench.expect(hung.link->link().state == BATON_ATTACHED, "LNK-9",
               "the first chain keeps it", "it was taken away");
}

KIT_CHECK("links-await-running", "A link that runs is not awaited.", Tier::core,
          {"LNK-9"}, {"kit.relay"}) {
  auto self = std::make_shared<Value>();
  auto second = std::make_shared<Step>();
  Bench *on = &bench;
  PlayedLink x = play_begun_link(bench.ledger, "x", [=](Resume &) {
    std::vector<Value> again = list(std::move(*self));
    *second = on->create("kit.relay", again);
    if (second->status == BATON_OK)
      *second = Subject(*on, std::move(second->out)).send();
    return Reply(BATON_RETURN);
  });
  *self = x.value.copy();
  Hung hung = hang(bench, std::move(x));
  hung.outer.send();
  expect_fails(bench, *second, BATON_ERROR_VALUE, "coroutine already executing",
               "LNK-9", "when a link that runs is awaited");
  second->out.drop();
}

KIT_CHECK("links-await-closed", "A coroutine that has ended is not awaited.",
          Tier::core, {"LNK-9"}, {"kit.relay"}) {
  need_links(bench);
  Step step = awaited_in(bench, BATON_CLOSED, BATON_KIND_COROUTINE);
  expect_fails(bench, step, BATON_ERROR_RUNTIME,
               "cannot reuse already awaited coroutine", "LNK-9",
               "when a coroutine that has ended is awaited");
}

KIT_CHECK("links-await-closed-generator",
          "A generator that has ended gives none where it is awaited.",
          Tier::core, {"LNK-9"}, {"kit.relay"}) {
  need_links(bench);
  Step step = awaited_in(bench, BATON_CLOSED, BATON_KIND_GENERATOR);
  bench.expect_status(step, BATON_RETURN, "LNK-9", "of a generator at its end");
  bench.expect_value(step.out, Value(), "LNK-9", "of a generator at its end");
}

KIT_CHECK("links-await-suspended",
          "A link that is suspended elsewhere goes on where it stood.",
          Tier::core, {"LNK-9"}, {"kit.relay"}) {
  need_links(bench);
  Step step = awaited_in(bench, BATON_SUSPENDED, BATON_KIND_COROUTINE);
  bench.expect_status(step, BATON_RETURN, "LNK-9", "of a suspended link");
  bench.expect_value(step.out, Value::boolean(true), "LNK-9",
                     "of a suspended link");
}

KIT_CHECK("links-await-ancestor", "A chain does not await itself.", Tier::core,
          {"LNK-9"}, {"kit.relay"}) {
  auto outer = std::make_shared<Value>();
  PlayedLink x = play_begun_link(bench.ledger, "x", [outer](Resume &call) {
    if (outer->is_none()) return passed_on(call);
    return Reply(BATON_AWAIT, std::move(*outer));
  });
  Hung hung = hang(bench, std::move(x));
  *outer = bench.copy(hung.outer.value());
  Step step = hung.outer.send();
  expect_fails(bench, step, BATON_ERROR_VALUE, "coroutine already executing",
               "LNK-9", "when a link awaits who awaits it");
}

KIT_CHECK("links-generator-of-coroutine",
          "A generator delegates to no coroutine link.", Tier::iteration,
          {"AWT-7"}, {"kit.delegate", "kit.relay"}) {
  PlayedLink x = play_begun_link(bench.ledger, "x", yields);
  Step step = outcome(bench, std::move(x.value), "kit.delegate");
  expect_fails(
      bench, step, BATON_ERROR_TYPE,
      "cannot 'yield from' a coroutine object in a non-coroutine generator",
      "AWT-7", "when a generator delegates to a coroutine link");
}

}  // namespace kit
