// SPDX-License-Identifier: MIT
#include <cstring>

#include "linking.h"

/** @file
 * How a driver closes a chain that a link of the kit stands in, and what it
 * makes of links that somebody else has driven meanwhile.
 */

namespace kit {
namespace {

const char exit_thrown[] = "send none, throw error generator-exit, ended";

Reply ignores_exit(Resume &) { return Reply(BATON_YIELD); }

/* As if another driver had ended it, or had it on another stack now. It has
 * cleared the leaf caches above it (LNK-10). */
Hung meddled(Bench &bench, uint8_t state, uint8_t kind, const char *through) {
  Hung hung = hang(
      bench, play_begun_link(bench.ledger, "x", link_unwound, kind), through);
  hung.link->link().state = state;
  hung.link->link().returns_to->leaf = nullptr;
  return hung;
}

}  // namespace

KIT_CHECK("links-closed", "A close raises generator-exit in each link.",
          Tier::core, {"COR-8"}, {"kit.relay"}) {
  Hung hung = hang(bench, play_begun_link(bench.ledger, "x", link_unwound));
  Step step = hung.outer.close();
  bench.expect(hung.link->history() == exit_thrown, "COR-8",
               std::string("x gets: ") + exit_thrown, hung.link->history());
  bench.expect_status(step, BATON_RETURN, "COR-8", "of close");
}

KIT_CHECK("links-closed-inner-first", "A close begins with the innermost link.",
          Tier::core, {"COR-8"}, {"kit.relay"}) {
  PlayedLink leaf = play_begun_link(bench.ledger, "leaf", link_unwound);
  Linked *inner = leaf.link;
  auto first = std::make_shared<bool>(false);
  PlayedLink middle =
      play_awaiting(bench.ledger, "middle", std::move(leaf.value),
                    [inner, first](Resume &call) {
                      *first = inner->endings() > 0;
                      return link_unwound(call);
                    });
  Hung hung = hang(bench, std::move(middle));
  hung.outer.close();
  bench.expect(inner->history() == exit_thrown && *first, "COR-8",
               "the leaf ends before the link above it", inner->history());
  bench.expect(hung.link->history() == exit_thrown, "COR-8",
               "the link above it gets generator-exit", hung.link->history());
}

KIT_CHECK("links-close-cut-off-waiting",
          "A link that ignores its close is cut off where it stands.",
          Tier::core, {"COR-10"}, {"kit.relay"}) {
  PlayedLink y = play_link(bench.ledger, "y", ignores_exit);
  Linked *leaf = y.link;
  auto held = std::make_shared<Value>(std::move(y.value));
  Hung hung =
      hang(bench, play_begun_link(bench.ledger, "x", [held](Resume &call) {
             if (held->is_none()) return link_unwound(call);
             return Reply(BATON_AWAIT, std::move(*held));
           }));
  Manner nothing;
  nothing.accepts = 0;
  Step step = hung.outer.close(nothing);
  leaf->link().returns_to = nullptr; /* as whoever drives x next would */
  hung.link->shorten();
  const std::string exit = "send none, throw error generator-exit";
  const std::string history = hung.link->history();
  if (history.rfind(exit, 0) != 0) bench.skip("x gets " + history + " (COR-8)");
  expect_fails(bench, step, BATON_ERROR_RUNTIME,
               "coroutine ignored GeneratorExit", "COR-10",
               "of a close in which x awaits what yields");
  bench.expect(history == exit, "COR-10", "x is not resumed again", history);
}

KIT_CHECK("links-exit-thrown",
          "A generator-exit that is thrown closes the links below first.",
          Tier::cancel, {"COR-17"}, {"kit.relay"}) {
  Hung hung = hang(bench, play_begun_link(bench.ledger, "x", link_unwound));
  Value exit = bench.error(BATON_ERROR_GENERATOR_EXIT, "leave");
  Step step = hung.outer.throw_(exit.copy());
  bench.expect(hung.link->history() == exit_thrown, "COR-17",
               "x is closed by a generator-exit of its own",
               hung.link->history());
  expect_passed(bench, step, exit, "COR-17", "when it is thrown");
}

KIT_CHECK("links-close-suspends",
          "A close that suspends leaves its marks in the links.", Tier::core,
          {"LNK-16"}, {"kit.relay"}) {
  Hung hung = hang(bench, play_begun_link(bench.ledger, "x", ignores_exit));
  Step step = hung.outer.close();
  if (step.status != BATON_YIELD) bench.skip("close gave " + step.text());
  const baton_link &link = hung.link->link();
  bench.expect((link.flags & BATON_LINK_EXITING) != 0, "LNK-16",
               "EXITING on the link that got generator-exit",
               "flags " + std::to_string(link.flags));
  bench.expect(
      link.returns_to && (link.returns_to->flags & BATON_LINK_CLOSING) != 0,
      "LNK-16", "CLOSING on the link that has yet to get it",
      "it is not marked");
}

KIT_CHECK("links-close-goes-on", "Send goes on with a close that suspended.",
          Tier::core, {"LNK-16"}, {"kit.relay"}) {
  auto turn = std::make_shared<int>(0);
  Hung hung = hang(bench, play_begun_link(bench.ledger, "x", [turn](Resume &) {
                     return Reply((*turn)++ == 0 ? BATON_YIELD : BATON_RETURN,
                                  Value::boolean(true));
                   }));
  Step step = hung.outer.close();
  if (step.status != BATON_YIELD) bench.skip("close gave " + step.text());
  step = hung.outer.send();
  bench.expect_status(step, BATON_RETURN, "LNK-16", "of a close that goes on");
  bench.expect_value(step.out, Value(), "LNK-16", "is the result of the close");
}

KIT_CHECK("links-close-cut-off",
          "A link that ignores a close is cut off, and stays suspended.",
          Tier::core, {"COR-10"}, {"kit.relay"}) {
  Hung hung = hang(bench, play_begun_link(bench.ledger, "x", ignores_exit));
  Manner manner;
  manner.accepts = 0;
  Step step = hung.outer.close(manner);
  expect_fails(bench, step, BATON_ERROR_RUNTIME,
               "coroutine ignored GeneratorExit", "COR-10",
               "when a link yields in a close that accepts nothing");
  const baton_link &link = hung.link->link();
  bench.expect(link.state == BATON_SUSPENDED && !link.returns_to &&
                   !(link.flags & BATON_LINK_EXITING),
               "COR-10", "the link is SUSPENDED, detached, and not marked",
               "state " + std::to_string(link.state) + ", flags " +
                   std::to_string(link.flags));
}

KIT_CHECK("links-found-closed", "A coroutine that ended elsewhere is an error.",
          Tier::core, {"LNK-14"}, {"kit.rescue"}) {
  Hung hung = meddled(bench, BATON_CLOSED, BATON_KIND_COROUTINE, "kit.rescue");
  expect_caught(bench, hung.outer.send(), BATON_ERROR_RUNTIME,
                "cannot reuse already awaited coroutine", "LNK-14",
                "when it is found CLOSED");
}

KIT_CHECK("links-found-closed-thrown",
          "So it is for a throw, in place of the error.", Tier::cancel,
          {"LNK-14"}, {"kit.rescue"}) {
  Hung hung = meddled(bench, BATON_CLOSED, BATON_KIND_COROUTINE, "kit.rescue");
  Step step = hung.outer.throw_(bench.error(BATON_ERROR_OS, "thrown"));
  expect_caught(bench, step, BATON_ERROR_RUNTIME,
                "cannot reuse already awaited coroutine", "LNK-14",
                "when it is found CLOSED");
}

KIT_CHECK("links-found-closed-generator",
          "A generator that ended elsewhere gives none.", Tier::core,
          {"LNK-14"}, {"kit.relay"}) {
  Hung hung = meddled(bench, BATON_CLOSED, BATON_KIND_GENERATOR, "kit.relay");
  Step step = hung.outer.send();
  bench.expect_status(step, BATON_RETURN, "LNK-14", "of the body above it");
  bench.expect_value(step.out, Value(), "LNK-14", "is what it gives");
}

KIT_CHECK("links-found-closed-by-close",
          "A close passes over a link that ended elsewhere.", Tier::core,
          {"LNK-14"}, {"kit.relay"}) {
  Hung hung = meddled(bench, BATON_CLOSED, BATON_KIND_COROUTINE, "kit.relay");
  Step step = hung.outer.close();
  bench.expect_status(step, BATON_RETURN, "LNK-14", "of close");
}

KIT_CHECK("links-found-running", "A link that runs elsewhere is an error.",
          Tier::core, {"LNK-14"}, {"kit.rescue"}) {
  Hung hung = meddled(bench, BATON_RUNNING, BATON_KIND_COROUTINE, "kit.rescue");
  Step step = hung.outer.send();
  expect_caught(bench, step, BATON_ERROR_VALUE, "coroutine already executing",
                "LNK-14", "when it is found RUNNING");
  hung.link->link().state = BATON_SUSPENDED; /* the other driver is done */
}

KIT_CHECK("links-other-driver",
          "A chain that another driver shortened goes on at its new leaf.",
          Tier::core, {"LNK-5"}, {"kit.relay"}) {
  PlayedLink leaf = play_begun_link(bench.ledger, "leaf", link_unwound);
  Linked *inner = leaf.link;
  PlayedLink middle =
      play_awaiting(bench.ledger, "middle", std::move(leaf.value), passed_on);
  Hung hung = hang(bench, std::move(middle));
  hung.link->link().returns_to->leaf = nullptr; /* the caches above it */
  inner->link().state = BATON_CLOSED;
  inner->link().returns_to = nullptr;
  hung.link->shorten();
  Step step = hung.outer.send(Value::boolean(true));
  bench.expect(hung.link->history() == "send none, send true, ended", "LNK-5",
               "the middle is the leaf now, and is resumed",
               hung.link->history());
  bench.expect_value(step.out, Value::boolean(true), "LNK-5",
                     "is what it returned");
}

KIT_CHECK("links-middle-driven",
          "A link in the middle may be driven, unless it is shared.",
          Tier::core, {"LNK-10", "LNK-12"}, {"kit.relay"}) {
  Played x = play_yields(bench.ledger, "x", 2, Value::boolean(true));
  Subject inner = bench.make("kit.relay", std::move(x.value));
  Subject outer = bench.make("kit.relay", bench.copy(inner.value()));
  Step step = outer.send();
  const baton_link_methods *link = inner.value().type()->as_link;
  if (step.status != BATON_YIELD || !link)
    bench.skip("what kit.relay makes is no link");
  const auto *object =
      static_cast<const char *>(inner.value().get()->payload.object);
  uint16_t flags;
  std::memcpy(&flags, object + link->link_offset + offsetof(baton_link, flags),
              sizeof flags);
  step = inner.send();
  if (flags & BATON_LINK_SHARED)
    bench.expect_status(step, BATON_BUSY, "LNK-12", "of an attached link");
  else
    bench.expect_status(step, BATON_YIELD, "LNK-10", "of a link in the middle");
  outer.close();
}

KIT_CHECK("links-middle-busy",
          "A link in the middle is not driven while one above it runs.",
          Tier::core, {"LNK-10"}, {"kit.relay"}) {
  auto middle = std::make_shared<Subject *>(nullptr);
  auto answer = std::make_shared<int32_t>(0);
  Played x = play(bench.ledger, "x", [middle, answer](Call &call) {
    if (call.op == Op::send) *answer = (*middle)->send().status;
    return unwound(call);
  });
  Subject inner = bench.make("kit.relay", std::move(x.value));
  Subject between = bench.make("kit.relay", bench.copy(inner.value()));
  Subject outer = bench.make("kit.relay", bench.copy(between.value()));
  *middle = &between;
  outer.send();
  if (!inner.value().type()->as_link) bench.skip("kit.relay makes no link");
  bench.expect(*answer == BATON_BUSY, "LNK-10",
               "BUSY of a link in the middle, while its chain runs",
               status_name(*answer));
}

}  // namespace kit
