// SPDX-License-Identifier: MIT
#include "../play/objects.h"
#include "linking.h"

/** @file
 * What a driver does when a link of the kit ends.
 */

namespace kit {
namespace {

Reply returns_true(Resume &) {
  return Reply(BATON_RETURN, Value::boolean(true));
}

/* Raises it in a link of this kind, which hangs under a body that handles it.
 */
Step raised_in(Bench &bench, uint8_t kind, const Value &error) {
  auto thrown = std::make_shared<Value>(error.copy());
  Hung hung = hang(
      bench,
      play_begun_link(
          bench.ledger, "x",
          [thrown](Resume &) { return Reply(BATON_ERROR, std::move(*thrown)); },
          kind),
      "kit.rescue");
  return hung.outer.send();
}

void expect_message(Bench &bench, const Step &step, const char *message,
                    const char *requirement) {
  expect_caught(bench, step, BATON_ERROR_RUNTIME, message, requirement,
                "from a link");
}

/* An error that writes down the frames that are added to it. */
struct Traced : Thing {
  std::string frames;
  explicit Traced(Ledger &ledger) : Thing(ledger, "a traced error") {}

  static int32_t BATON_CALL kind(const baton_value *, uint32_t *out) {
    *out = BATON_ERROR_VALUE;
    return BATON_OK;
  }
  static int32_t BATON_CALL add_frame(const baton_value *self,
                                      const baton_frame *frame) {
    std::string &frames = static_cast<Traced *>(thing_of(self))->frames;
    frames += (frames.empty() ? "" : ", ") + std::string(frame->function);
    return BATON_OK;
  }
};

Value make_traced(Bench &bench) {
  static const baton_error_methods methods = [] {
    baton_error_methods made{};
    made.struct_size = sizeof made;
    made.kind = Traced::kind;
    made.add_frame = Traced::add_frame;
    return made;
  }();
  static const baton_type type = [] {
    baton_type made = plain_type("kit traced error");
    made.as_error = &methods;
    return made;
  }();
  return value_of(&type, bench.ledger.make<Traced>());
}

}  // namespace

KIT_CHECK("links-ended-once", "`ended` is called once, before the result is.",
          Tier::core, {"LNK-8"}, {"kit.pair"}) {
  PlayedLink x = play_link(bench.ledger, "x", returns_true);
  Linked *linked = x.link;
  auto early = std::make_shared<bool>(false);
  PlayedAwaitable y =
      play_awaitable(bench.ledger, [linked, early](baton_value *out) {
        *early = linked->endings() == 0;
        *out = Value::kind(BATON_ERROR_KEY).give();
        return BATON_ERROR;
      });
  outcome(bench, "kit.pair", list(std::move(x.value), std::move(y.value)));
  need_attached(bench, *linked);
  bench.expect(linked->endings() == 1, "LNK-8", "`ended` is called once",
               std::to_string(linked->endings()) + " times");
  bench.expect(!*early, "LNK-8", "`ended` before the awaiting body goes on",
               "after it");
}

KIT_CHECK("links-ended-by-error", "`ended` is called when an error ends it.",
          Tier::core, {"LNK-8"}, {"kit.relay"}) {
  Hung hung = hang(bench, play_begun_link(bench.ledger, "x", link_unwound));
  hung.outer.throw_(bench.error(BATON_ERROR_VALUE, "thrown"));
  bench.expect(hung.link->endings() == 1, "LNK-8", "`ended` is called once",
               hung.link->history());
}

KIT_CHECK("links-detached-first",
          "A child is detached before the body above it goes on.", Tier::core,
          {"LNK-7"}, {"kit.pair"}) {
  PlayedLink x = play_link(bench.ledger, "x", returns_true);
  Linked *linked = x.link;
  auto held = std::make_shared<bool>(false);
  PlayedAwaitable y =
      play_awaitable(bench.ledger, [linked, held](baton_value *out) {
        *held = linked->link().returns_to;
        *out = Value::kind(BATON_ERROR_KEY).give();
        return BATON_ERROR;
      });
  outcome(bench, "kit.pair", list(std::move(x.value), std::move(y.value)));
  need_attached(bench, *linked);
  bench.expect(!*held, "LNK-7", "x is detached before y is awaited",
               "it still hangs in the chain");
}

KIT_CHECK("links-stop-of-coroutine",
          "A stop-iteration that escapes a coroutine link is a runtime error.",
          Tier::core, {"COR-15"}, {"kit.rescue"}) {
  Value stop = bench.error(BATON_ERROR_STOP_ITERATION, "stop");
  Step step = raised_in(bench, BATON_KIND_COROUTINE, stop);
  expect_message(bench, step, "coroutine raised StopIteration", "COR-15");
}

KIT_CHECK("links-stop-of-generator", "The message is that of the link's kind.",
          Tier::core, {"LNK-1"}, {"kit.rescue"}) {
  Value stop = bench.error(BATON_ERROR_STOP_ITERATION, "stop");
  Step step = raised_in(bench, BATON_KIND_GENERATOR, stop);
  expect_message(bench, step, "generator raised StopIteration", "LNK-1");
}

KIT_CHECK("links-stop-of-awaitable",
          "Errors pass a link of kind AWAITABLE unconverted.", Tier::core,
          {"LNK-15"}, {"kit.rescue"}) {
  Value stop = bench.error(BATON_ERROR_STOP_ITERATION, "stop");
  Step step = raised_in(bench, BATON_KIND_AWAITABLE, stop);
  expect_caught(bench, step, stop, "LNK-15", "unconverted");
}

KIT_CHECK("links-stop-cause",
          "What a stop-iteration becomes has it as cause and as context.",
          Tier::core, {"ERR-7"}, {"kit.rescue"}) {
  Value stop = bench.error(BATON_ERROR_STOP_ITERATION, "stop");
  Step step = raised_in(bench, BATON_KIND_COROUTINE, stop);
  if (step.out.error_kind() != BATON_ERROR_RUNTIME || !step.out.is_object())
    bench.skip("the stop-iteration was not converted: " + step.text());
  const baton_error_methods *slots = step.out.type()->as_error;
  for (auto slot : {slots->cause, slots->context}) {
    baton_value out{};
    if (slot) slot(step.out.get(), &out);
    Value told(out);
    bench.expect_value(told, stop, "ERR-7", "is its cause and its context");
  }
}

KIT_CHECK("links-unknown-status",
          "An unknown status ends a link with an error that names its type.",
          Tier::core, {"COR-13"}, {"kit.rescue"}) {
  Hung hung = hang(
      bench,
      play_begun_link(bench.ledger, "x", [](Resume &) { return Reply(77); }),
      "kit.rescue");
  Step step = hung.outer.send();
  expect_message(bench, step, "unknown status 77 from kit link", "COR-13");
}

KIT_CHECK("links-unknown-status-ends", "A link is CLOSED by an unknown status.",
          Tier::core, {"COR-13"}, {"kit.relay"}) {
  Hung hung = hang(bench, play_begun_link(bench.ledger, "x",
                                          [](Resume &) { return Reply(77); }));
  hung.outer.send();
  bench.expect(hung.link->link().state == BATON_CLOSED, "COR-13",
               "the link is CLOSED",
               "state " + std::to_string(hung.link->link().state));
}

KIT_CHECK("links-item-of-coroutine",
          "ITEM of a coroutine is an unknown status.", Tier::core, {"LNK-15"},
          {"kit.rescue"}) {
  Hung hung = hang(bench,
                   play_begun_link(bench.ledger, "x",
                                   [](Resume &) { return Reply(BATON_ITEM); }),
                   "kit.rescue");
  Step step = hung.outer.send();
  expect_message(bench, step, "unknown status 4 from kit link", "LNK-15");
}

KIT_CHECK("links-refusal", "A link that refuses is left as it was.", Tier::core,
          {"LNK-13"}, {"kit.rescue"}) {
  Hung hung = hang(
      bench,
      play_begun_link(
          bench.ledger, "x",
          [](Resume &) { return Reply(BATON_WRONG_THREAD, Value(), false); }),
      "kit.rescue");
  Step step = hung.outer.send();
  expect_message(bench, step, "'kit link' belongs to another thread", "LNK-13");
  bench.expect(hung.link->link().state == BATON_SUSPENDED, "LNK-13",
               "the link is SUSPENDED, and no one has it",
               "state " + std::to_string(hung.link->link().state));
}

KIT_CHECK("links-frames",
          "An error gets the frame of each link that it leaves.", Tier::core,
          {"ERR-5"}, {"kit.relay"}) {
  Value error = make_traced(bench);
  auto thrown = std::make_shared<Value>(error.copy());
  PlayedLink leaf = play_begun_link(bench.ledger, "leaf", [thrown](Resume &) {
    return Reply(BATON_ERROR, std::move(*thrown));
  });
  PlayedLink middle =
      play_awaiting(bench.ledger, "middle", std::move(leaf.value), passed_on);
  Hung hung = hang(bench, std::move(middle));
  hung.outer.send();
  const auto *traced = static_cast<Traced *>(thing_of(error.get()));
  bench.expect(traced->frames.rfind("leaf, middle", 0) == 0 &&
                   traced->frames.find("leaf", 4) == std::string::npos,
               "ERR-5", "the frames of leaf and middle, once each",
               traced->frames);
}

KIT_CHECK("links-affine",
          "The guard of an affine link is asked before it runs.", Tier::threads,
          {"THR-4"}, {"kit.rescue"}) {
  PlayedLink x = play_begun_link(
      bench.ledger, "x", [](Resume &) { return Reply(BATON_RETURN); },
      BATON_KIND_COROUTINE, BATON_LINK_AFFINE);
  Hung hung = hang(bench, std::move(x), "kit.rescue");
  hung.link->guard = [] { return BATON_WRONG_THREAD; };
  Step step = hung.outer.send();
  bench.expect(hung.link->history() == "send none", "THR-4",
               "no resume of a link whose guard refuses", hung.link->history());
  expect_message(bench, step, "'kit link' belongs to another thread", "LNK-13");
}

KIT_CHECK("links-item", "An item of an async generator ends its awaitable.",
          Tier::iteration, {"LNK-15"}, {"kit.relay"}) {
  PlayedLink items = play_link(
      bench.ledger, "items",
      [](Resume &) { return Reply(BATON_ITEM, Value::boolean(true)); },
      BATON_KIND_ASYNC_GENERATOR);
  Value generator = items.value.copy();
  PlayedLink next = play_awaiting(bench.ledger, "next", std::move(items.value),
                                  passed_on, BATON_KIND_AWAITABLE);
  Step step = outcome(bench, std::move(next.value));
  need_attached(bench, *next.link);
  bench.expect_status(step, BATON_RETURN, "LNK-15", "of an awaitable's item");
  bench.expect_value(step.out, Value::boolean(true), "LNK-15", "is the item");
  bench.expect(items.link->link().state == BATON_SUSPENDED, "LNK-15",
               "the generator is SUSPENDED",
               "state " + std::to_string(items.link->link().state));
}

KIT_CHECK("links-handled", "A link sees the error that is handled above it.",
          Tier::core, {"LNK-11"}, {"kit.relay"}) {
  Value error = bench.error(BATON_ERROR_VALUE, "being handled");
  auto seen = std::make_shared<Value>();
  PlayedLink leaf = play_link(bench.ledger, "leaf", [seen](Resume &call) {
    const baton_value *handled = call.cx ? call.cx->handled : nullptr;
    if (handled) {
      Value lent(*handled);
      *seen = lent.copy();
      lent.give();
    }
    return Reply(BATON_RETURN);
  });
  PlayedLink handler =
      play_awaiting(bench.ledger, "handler", std::move(leaf.value), passed_on,
                    BATON_KIND_COROUTINE, BATON_LINK_HANDLING);
  handler.link->handle(error.copy());
  outcome(bench, std::move(handler.value));
  need_attached(bench, *handler.link);
  bench.expect_value(*seen, error, "LNK-11", "is what the leaf sees handled");
  seen->drop();
}

}  // namespace kit
