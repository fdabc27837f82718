/* SPDX-License-Identifier: MIT */
#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "support/drive.h"
#include "support/foreign.h"
#include "support/script.h"
#include "support/watch.h"

/* Chains: what is passed along them, children without a link, links in the
 * middle that are driven directly, handled errors. */

using namespace support;

namespace {

/* outer awaits middle awaits leaf. */
struct Chain {
  Value leaf, middle, outer;

  Chain(Script leaf_steps, Script middle_steps = {returns_sent()},
        Script outer_steps = {returns_sent()}) {
    leaf = coroutine("leaf", std::move(leaf_steps));
    middle_steps.insert(middle_steps.begin(), awaits(leaf));
    middle = coroutine("middle", std::move(middle_steps));
    outer_steps.insert(outer_steps.begin(), awaits(middle));
    outer = coroutine("outer", std::move(outer_steps));
  }
};

Value slot(const Value &of,
           int32_t(BATON_CALL *get)(const baton_value *, baton_value *)) {
  Value out;
  get(of.get(), out.get());
  return out;
}

Value cause_of(const Value &of) {
  return slot(of, of.get()->head.type->as_error->cause);
}

Value context_of(const Value &of) {
  return slot(of, of.get()->head.type->as_error->context);
}

}  // namespace

/* ---- Along the chain -------------------------------------------------- */

TEST_CASE_METHOD(Watch, "a value goes to the leaf, its result to its parent",
                 "[COR-14][LNK-5][OWN-5][OWN-1]") {
  Chain chain({yields(1), returns_sent()});
  CHECK(send(chain.outer) == "YIELD 1");
  told();
  Value object = counted();
  const int before = retained;
  Outcome outcome = send(chain.outer, object);
  CHECK(outcome.status == BATON_RETURN);
  CHECK(outcome.out.is(object));
  CHECK(told() ==
        Lines{"leaf < counted", "middle < counted", "outer < counted"});
  CHECK(state(chain.leaf) == "CLOSED");
  CHECK(state(chain.middle) == "CLOSED");
  /* Copies of the test itself: by send, and by returns_sent of each body. */
  CHECK(retained - before == 5);
}

TEST_CASE_METHOD(Watch, "what is yielded passes every link untouched",
                 "[LNK-5][OWN-5][VAL-1][VAL-2]") {
  Value object = counted();
  Value inert(baton_scalar_value(99, 0xfeedface));
  Chain chain({yields(object), yields(inert)});
  const int before = retained;
  Outcome outcome = send(chain.outer);
  CHECK(outcome.status == BATON_YIELD);
  CHECK(outcome.out.is(object));
  CHECK(retained == before);
  CHECK(send(chain.outer).out.is(inert));
  CHECK(send(chain.outer) == "RETURN none");
}

TEST_CASE_METHOD(Watch, "an error goes to the leaf and comes up as it is",
                 "[COR-6][ERR-6]") {
  Chain chain({yields(1)});
  send(chain.outer);
  told();
  Value given = error(BATON_ERROR_OS, "disk");
  Outcome outcome = throw_in(chain.outer, given);
  CHECK(outcome.status == BATON_ERROR);
  CHECK(outcome.out.is(given));
  CHECK(told() == Lines{"leaf ! os-error: disk", "middle ! os-error: disk",
                        "outer ! os-error: disk"});
}

TEST_CASE_METHOD(Watch, "a link may catch what its child raises",
                 "[COR-6][LNK-7]") {
  Value leaf = coroutine("leaf", {yields(1)});
  Value middle =
      coroutine("middle", {awaits(leaf).catching({yields(2), returns(3)})});
  Value outer = coroutine("outer", {awaits(middle), returns_sent()});
  send(outer);
  CHECK(throw_in(outer, kind(BATON_ERROR_CANCELLED)) == "YIELD 2");
  CHECK(state(leaf) == "CLOSED");
  CHECK(state(middle) == "SUSPENDED");
  CHECK(send(outer) == "RETURN 3");
}

TEST_CASE_METHOD(Watch, "PENDING of the leaf is that of the chain",
                 "[LNK-5][CTX-5]") {
  const baton_waker *seen = nullptr;
  const auto look = does([&](Call &call) { seen = call.cx->waker; });
  Chain chain({look, waits(), look, returns(1)});
  Context first, second;
  CHECK(send(chain.outer, Value(), &first) == "PENDING");
  CHECK(seen == &first.counter);
  CHECK(send(chain.outer, Value(), &second) == "RETURN 1");
  CHECK(seen == &second.counter);
}

TEST_CASE_METHOD(Watch, "a value sent to a body that ignores it is dropped",
                 "[OWN-3]") {
  Chain chain({yields(1), yields(2)});
  send(chain.outer);
  CHECK(send(chain.outer, counted()) == "YIELD 2");
  close(chain.outer);
}

TEST_CASE_METHOD(Watch,
                 "a stop-iteration of a child is converted where it "
                 "escapes, and stays the cause",
                 "[COR-15][ERR-7][ERR-6]") {
  Value stop = error(BATON_ERROR_STOP_ITERATION, "5");
  Chain chain({raises(stop)});
  Outcome outcome = send(chain.outer);
  CHECK(outcome == "ERROR runtime-error: coroutine raised StopIteration");
  CHECK(cause_of(outcome.out).is(stop));
  CHECK(context_of(outcome.out).is(stop));
  CHECK(told() ==
        Lines{"outer < none", "middle < none", "leaf < none",
              "middle ! runtime-error: coroutine raised StopIteration",
              "outer ! runtime-error: coroutine raised StopIteration"});
}

TEST_CASE_METHOD(Watch, "an error gets a frame of each link that it leaves",
                 "[ERR-5]") {
  Value given = error(BATON_ERROR_VALUE, "no");
  Chain chain({raises(given)});
  REQUIRE(send(chain.outer).out.is(given));
  baton_frame frames[8];
  uint32_t kept = 0;
  uint64_t elided = 0;
  given.get()->head.type->as_error->frames(given.get(), frames, 8, &kept,
                                           &elided);
  REQUIRE(kept == 3);
  CHECK(elided == 0);
  CHECK(std::string(frames[0].function) == "leaf");
  CHECK(std::string(frames[1].function) == "middle");
  CHECK(std::string(frames[2].function) == "outer");
  CHECK(std::string(frames[0].file) == "script.c");
  CHECK(std::string(frames[0].language) == "c");
  CHECK(frames[0].line == 101);
}

TEST_CASE_METHOD(Watch, "a converted error has the frame of the same link",
                 "[ERR-5][ERR-7]") {
  Value made =
      generator("body", {raises(error(BATON_ERROR_STOP_ITERATION, "5"))});
  Outcome outcome = send(made);
  Value cause = cause_of(outcome.out);
  for (const Value &each : {outcome.out, cause}) {
    baton_frame frame;
    uint32_t kept = 0;
    uint64_t elided = 0;
    each.get()->head.type->as_error->frames(each.get(), &frame, 1, &kept,
                                            &elided);
    REQUIRE(kept == 1);
    CHECK(std::string(frame.function) == "body");
  }
}

TEST_CASE_METHOD(Watch, "a child ends before its parent learns of it",
                 "[LNK-7][LNK-8]") {
  Value leaf = coroutine("leaf", {returns(1)});
  Value seen;
  Value parent =
      coroutine("parent", {awaits(leaf), does([&](Call &) {
                             CHECK(state(leaf) == "CLOSED");
                             CHECK(running_of(leaf.get()) == nullptr);
                           })});
  CHECK(send(parent) == "RETURN none");
}

TEST_CASE_METHOD(Watch, "a child is released before its parent goes on",
                 "[LNK-7]") {
  const int objects = live_objects;
  Value parent = coroutine("parent", {awaits(foreign()), does([&](Call &) {
                                        CHECK(live_objects == objects);
                                      })});
  CHECK(send(parent) == "RETURN none");
}

TEST_CASE_METHOD(Watch, "a chain is continued by whoever drives it",
                 "[LNK-5][LNK-6][LNK-10]") {
  Chain chain({yields(1), yields(2), yields(3), yields(4), returns(5)});
  CHECK(send(chain.outer) == "YIELD 1");
  CHECK(send(chain.middle) == "YIELD 2");
  CHECK(send(chain.leaf) == "YIELD 3");
  CHECK(send(chain.middle) == "YIELD 4");
  CHECK(send(chain.outer) == "RETURN 5");
}

/* ---- Foreign children ------------------------------------------------- */

namespace {

const Argument arguments[] = {Argument::takes, Argument::forgets};

}  // namespace

TEST_CASE_METHOD(Watch, "a foreign child is driven by its own slots",
                 "[COR-14][COR-21][LNK-5][OWN-1][OWN-3]") {
  for (Argument argument : arguments) {
    Value object = counted();
    Value child = foreign({{BATON_YIELD, 1, argument},
                           {BATON_PENDING, Value(), argument},
                           {BATON_RETURN, object, argument}});
    Value parent = coroutine("parent", {awaits(child), returns_sent()});
    Value outer = coroutine("outer", {awaits(parent), returns_sent()});
    CHECK(send(outer) == "YIELD 1");
    CHECK(send(outer, counted()) == "PENDING");
    Outcome outcome = send(outer);
    CHECK(outcome.status == BATON_RETURN);
    CHECK(outcome.out.is(object));
    CHECK(told() == Lines{"outer < none", "parent < none", "foreign.send none",
                          "foreign.send counted", "foreign.send none",
                          "parent < counted", "outer < counted"});
  }
}

TEST_CASE_METHOD(Watch, "a chain is busy while its foreign child runs",
                 "[COR-4][COR-12]") {
  Value child = foreign({{BATON_YIELD, 1}});
  Value parent = coroutine("parent", {awaits(child)});
  Value outer = coroutine("outer", {awaits(parent)});
  foreign_of(child.get())->look = [&](baton_context *) {
    for (const Value &link : {parent, outer}) {
      CHECK(state(link) == "RUNNING");
      CHECK(send(link) == "BUSY");
      CHECK(throw_in(link, kind(BATON_ERROR_KEY)) == "BUSY");
      CHECK(close(link) == "BUSY");
    }
  };
  CHECK(send(outer) == "YIELD 1");
  CHECK(close(outer) == "RETURN none");
}

TEST_CASE_METHOD(Watch, "an error of a foreign child is thrown into its parent",
                 "[COR-6][ERR-6]") {
  Value given = host_error(0x80000999u);
  for (Argument argument : arguments) {
    Value child = foreign({{BATON_ERROR, given, argument}});
    Value parent = coroutine("parent", {awaits(child)});
    Outcome outcome = send(parent);
    CHECK(outcome.status == BATON_ERROR);
    CHECK(outcome.out.is(given));
  }
}

TEST_CASE_METHOD(Watch, "an error without an error is not thrown as one",
                 "[ERR-1]") {
  for (const Value &wrong : {Value(), Value(5), counted()}) {
    Value child = foreign({{BATON_ERROR, wrong}});
    bool was_error = false;
    Value parent =
        coroutine("parent", {awaits(child).catching({does([&](Call &call) {
                    was_error = baton_is_error(call.body->caught.get());
                  })})});
    send(parent);
    CHECK(was_error);
  }
}

TEST_CASE_METHOD(Watch,
                 "a throw may be answered in every way by a foreign "
                 "child",
                 "[COR-6][OWN-3]") {
  for (Argument argument : arguments) {
    Value child =
        foreign({{BATON_YIELD, 1}}, {{BATON_YIELD, 2, argument},
                                     {BATON_PENDING, Value(), argument},
                                     {BATON_RETURN, 3, argument}});
    Value parent = coroutine("parent", {awaits(child), returns_sent()});
    send(parent);
    CHECK(throw_in(parent, host_error(BATON_ERROR_KEY)) == "YIELD 2");
    CHECK(throw_in(parent, host_error(BATON_ERROR_KEY)) == "PENDING");
    CHECK(throw_in(parent, host_error(BATON_ERROR_KEY)) == "RETURN 3");
  }
}

TEST_CASE_METHOD(Watch, "a foreign child may be handed on when it is suspended",
                 "[COR-14]") {
  Value child = foreign({{BATON_YIELD, 1}, {BATON_YIELD, 2}});
  Value first = coroutine("first", {awaits(child).catching({})});
  send(first);
  foreign_of(child.get())
      ->on_throw.push_back({BATON_UNSUPPORTED, Value(), Argument::forgets});
  CHECK(throw_in(first, kind(BATON_ERROR_CANCELLED)) == "RETURN none");
  Value second = coroutine("second", {awaits(child)});
  CHECK(send(second) == "YIELD 2");
  close(second);
}

/* ---- Links in the middle ---------------------------------------------- */

TEST_CASE_METHOD(Watch, "a middle link is busy while its chain runs",
                 "[LNK-10][COR-4][COR-12]") {
  Value middle;
  Value leaf = coroutine(
      "leaf", {does([&](Call &) {
                 CHECK(send(middle) == "BUSY");
                 CHECK(throw_in(middle, kind(BATON_ERROR_KEY)) == "BUSY");
                 CHECK(close(middle) == "BUSY");
                 CHECK(state(middle) == "RUNNING");
               }),
               yields(1), returns(2)});
  middle = coroutine("middle", {awaits(leaf), returns_sent()});
  Value outer = coroutine("outer", {awaits(middle), returns_sent()});
  CHECK(send(outer) == "YIELD 1");
  CHECK(send(outer) == "RETURN 2");
  middle.drop();
}

TEST_CASE_METHOD(Watch,
                 "an error of driving a running middle link is the "
                 "leaf's to handle",
                 "[LNK-9][COR-4]") {
  Value middle;
  Value leaf = coroutine("leaf", {awaits_made([&](Call &) {
                                    return middle;
                                  }).catching({yields(1), returns(2)})});
  middle = coroutine("middle", {awaits(leaf), returns_sent()});
  Value outer = coroutine("outer", {awaits(middle), returns_sent()});
  CHECK(send(outer) == "YIELD 1");
  CHECK(told().back() == "leaf ! value-error: coroutine already executing");
  CHECK(send(outer) == "RETURN 2");
  middle.drop();
}

TEST_CASE_METHOD(Watch, "a middle link that ends leaves its parent to find out",
                 "[LNK-10][LNK-14][LNK-6]") {
  Chain chain({yields(1), returns(2)}, {returns_sent()}, {returns(9)});
  running_of(chain.outer.get())->steps[0].catches = true;
  running_of(chain.outer.get())->steps[0].handler = {yields(5), returns(6)};
  send(chain.outer);
  told();
  CHECK(send(chain.middle) == "RETURN 2");
  CHECK(told() == Lines{"leaf < none", "middle < 2"});
  CHECK(state(chain.middle) == "CLOSED");
  CHECK(state(chain.outer) == "SUSPENDED");
  chain.middle.drop();
  chain.leaf.drop();
  CHECK(send(chain.outer, counted()) == "YIELD 5");
  CHECK(told() ==
        Lines{"outer ! runtime-error: cannot reuse already awaited coroutine"});
  CHECK(send(chain.outer) == "RETURN 6");
}

TEST_CASE_METHOD(Watch,
                 "a throw that finds a link closed throws the reuse error",
                 "[LNK-14]") {
  Chain chain({yields(1)});
  send(chain.outer);
  CHECK(close(chain.middle) == "RETURN none");
  told();
  CHECK(throw_in(chain.outer, host_error(BATON_ERROR_KEY)) ==
        "ERROR runtime-error: cannot reuse already awaited coroutine");
  CHECK(told() ==
        Lines{"outer ! runtime-error: cannot reuse already awaited coroutine"});
}

TEST_CASE_METHOD(Watch, "a close passes over a link that is closed",
                 "[LNK-14][COR-8]") {
  Chain chain({yields(1)});
  send(chain.outer);
  close(chain.middle);
  told();
  CHECK(close(chain.outer) == "RETURN none");
  CHECK(told() == Lines{"outer ! generator-exit"});
}

TEST_CASE_METHOD(Watch,
                 "a closed generator below is an end, or gets out of "
                 "the way",
                 "[LNK-14]") {
  const auto chain = [](Value &inner) {
    inner = generator("inner", {yields(1)});
    Value outer = generator(
        "outer", {awaits(inner).catching({returns(6)}), returns_sent()});
    CHECK(send(outer) == "YIELD 1");
    CHECK(close(inner) == "RETURN none");
    told();
    return outer;
  };
  Value inner;
  Value outer = chain(inner);
  CHECK(send(outer, counted()) == "RETURN none");
  CHECK(told() == Lines{"outer < none"});
  outer = chain(inner);
  CHECK(throw_in(outer, error(BATON_ERROR_KEY, "k")) == "RETURN 6");
  CHECK(told() == Lines{"outer ! key-error: k"});
  outer = chain(inner);
  CHECK(close(outer) == "RETURN 6");
  CHECK(told() == Lines{"outer ! generator-exit"});
}

TEST_CASE_METHOD(Watch, "a link below that runs is thrown at its parent",
                 "[LNK-14][COR-12]") {
  /* The leaf, driven itself, drives the outermost link meanwhile. */
  for (int call = 0; call < 3; call++) {
    Value outer;
    std::string seen;
    Value leaf = coroutine(
        "leaf", {yields(1), does([&](Call &) {
                   if (call == 0) seen = send(outer).text();
                   if (call == 1)
                     seen = throw_in(outer, kind(BATON_ERROR_KEY)).text();
                   if (call == 2) seen = close(outer).text();
                 }),
                 returns(2)});
    Value middle = coroutine("middle", {awaits(leaf).catching({returns(3)})});
    outer = coroutine("outer", {awaits(middle), returns_sent()});
    send(outer);
    told();
    CHECK(send(leaf) == "RETURN 2");
    CHECK(state(middle) == "CLOSED");
    CHECK(state(outer) == "CLOSED");
    if (call < 2) {
      CHECK(seen == "RETURN 3");
      CHECK(told() == Lines{"leaf < none",
                            "middle ! value-error: coroutine already executing",
                            "outer < 3"});
    } else {
      CHECK(seen == "RETURN none");
      CHECK(told() == Lines{"leaf < none",
                            "middle ! value-error: coroutine already executing",
                            "outer ! generator-exit"});
    }
    outer.drop();
  }
}

TEST_CASE_METHOD(Watch, "an error of a middle link is its caller's alone",
                 "[LNK-10]") {
  Chain chain({yields(1)});
  send(chain.outer);
  told();
  CHECK(throw_in(chain.middle, error(BATON_ERROR_KEY, "k")) ==
        "ERROR key-error: k");
  CHECK(told() == Lines{"leaf ! key-error: k", "middle ! key-error: k"});
  CHECK(state(chain.outer) == "SUSPENDED");
  CHECK(close(chain.outer) == "RETURN none");
}

TEST_CASE_METHOD(Watch, "no cache outlives a leaf that a middle drive ended",
                 "[LNK-6][LNK-5]") {
  Value fourth = coroutine("fourth", {yields(1), returns(2)});
  Value third = coroutine("third", {awaits(fourth), yields(3), returns(4)});
  fourth.drop();
  Value second = coroutine("second", {awaits(third), returns_sent()});
  Value first = coroutine("first", {awaits(second), returns_sent()});
  CHECK(send(first) == "YIELD 1");
  CHECK(send(third) == "YIELD 3"); /* fourth is gone */
  CHECK(send(first) == "RETURN 4");
}

TEST_CASE_METHOD(Watch,
                 "no cache outlives a chain that a middle drive made "
                 "longer",
                 "[LNK-6]") {
  Value added = coroutine("added", {yields(2), returns(3)});
  Chain chain({yields(1), awaits(added), returns_sent()});
  CHECK(send(chain.outer) == "YIELD 1");
  CHECK(send(chain.leaf) == "YIELD 2");
  told();
  CHECK(send(chain.outer, 8) == "RETURN 3");
  CHECK(told() == Lines{"added < 8", "leaf < 3", "middle < 3", "outer < 3"});
}

TEST_CASE_METHOD(Watch, "a middle link under a shared one is not driven",
                 "[LNK-10][COR-12]") {
  Value leaf = coroutine("leaf", {yields(1), returns(2)});
  Value outer =
      coroutine("outer", {awaits(leaf), returns_sent()}, BATON_BODY_SHARED);
  send(outer);
  CHECK(send(leaf) == "BUSY");
  CHECK(throw_in(leaf, kind(BATON_ERROR_KEY)) == "BUSY");
  CHECK(close(leaf) == "BUSY");
  CHECK(send(outer) == "RETURN 2");
}

TEST_CASE_METHOD(Watch, "a child that nobody else holds lives while it runs",
                 "[OWN-6][LNK-7]") {
  Value outer = coroutine(
      "outer",
      {awaits(coroutine("leaf", {yields(1), does([](Call &call) {
                                   CHECK(state_of(call.self) == "RUNNING");
                                 }),
                                 returns(2)})),
       returns_sent()});
  CHECK(send(outer) == "YIELD 1");
  CHECK(send(outer) == "RETURN 2");
}

/* ---- Handled errors --------------------------------------------------- */

TEST_CASE_METHOD(Watch, "a leaf sees what its parent handles", "[LNK-11]") {
  Value leaf = coroutine("leaf", {tells_handled(), yields(1), tells_handled(),
                                  yields(2), tells_handled()});
  Value parent = coroutine("parent",
                           {handles(error(BATON_ERROR_KEY, "k")), awaits(leaf),
                            tells_handled(), handles(Value()), yields(3)},
                           BATON_BODY_HANDLING);
  Context cx;
  send(parent, Value(), &cx);
  CHECK(cx.handled == nullptr);
  send(parent, Value(), &cx);
  throw_in(parent, kind(BATON_ERROR_VALUE), &cx);
  CHECK(cx.handled == nullptr);
  CHECK(told() == Lines{"parent < none", "leaf < none",
                        "leaf sees key-error: k", "leaf < none",
                        "leaf sees key-error: k", "leaf ! value-error",
                        "parent ! value-error"});
}

TEST_CASE_METHOD(Watch,
                 "a leaf sees what a link further up handles, the "
                 "nearest first",
                 "[LNK-11]") {
  Value leaf = coroutine("leaf", {tells_handled(), yields(1)});
  Value middle =
      coroutine("middle", {tells_handled(), awaits(leaf)}, BATON_BODY_HANDLING);
  Value outer = coroutine(
      "outer", {handles(error(BATON_ERROR_KEY, "far")), awaits(middle)},
      BATON_BODY_HANDLING);
  Value caller = error(BATON_ERROR_OS, "of the caller");
  Context cx;
  cx.handled = caller.get();
  send(outer, Value(), &cx);
  CHECK(cx.handled == caller.get());
  CHECK(told() == Lines{"outer < none", "middle < none",
                        "middle sees key-error: far", "leaf < none",
                        "leaf sees key-error: far"});
  close(outer);

  leaf = coroutine("leaf", {tells_handled(), yields(1), tells_handled()});
  middle = coroutine(
      "middle",
      {handles(error(BATON_ERROR_VALUE, "near")), awaits(leaf),
       handles(Value()), awaits(coroutine("last", {tells_handled()}))},
      BATON_BODY_HANDLING);
  outer = coroutine("outer",
                    {handles(error(BATON_ERROR_KEY, "far")), awaits(middle),
                     handles(Value()), tells_handled()},
                    BATON_BODY_HANDLING);
  told();
  send(outer, Value(), &cx);
  send(outer, Value(), &cx);
  CHECK(told() == Lines{"outer < none", "middle < none", "leaf < none",
                        "leaf sees value-error: near", "leaf < none",
                        "leaf sees value-error: near", "middle < none",
                        "last < none", "last sees key-error: far",
                        "middle < none", "outer < none",
                        "outer sees os-error: of the caller"});
}

TEST_CASE_METHOD(Watch, "a link that was taken off sees its new chain only",
                 "[LNK-11][LNK-9]") {
  Value deep = coroutine("deep", {yields(1), tells_handled(), yields(2),
                                  tells_handled(), yields(3)});
  Value leaf = coroutine("leaf", {awaits(deep)});
  const auto parent = [&](const char *handled) {
    return coroutine(
        "parent",
        {handles(handled ? error(BATON_ERROR_KEY, handled) : Value()),
         awaits(leaf).catching({})},
        BATON_BODY_HANDLING);
  };
  Value first = parent("first");
  CHECK(send(first) == "YIELD 1");
  /* The first parent lets go of it: a close that its chain ignores. */
  running_of(deep.get())->steps[0].catches = true;
  running_of(deep.get())->steps[0].handler = {
      yields(9), tells_handled(), yields(2), tells_handled(), yields(3)};
  running_of(leaf.get())->steps[0].catches = true;
  running_of(leaf.get())->steps[0].handler = {yields(8), awaits(deep),
                                              yields(7), tells_handled(),
                                              yields(6), tells_handled()};
  CHECK(close(first) == "RETURN none");
  CHECK(!(baton_link_of(leaf.get())->flags & BATON_LINK_INHERITS));
  CHECK(state(leaf) == "SUSPENDED");
  CHECK(state(deep) == "SUSPENDED");
  told();
  CHECK(send(deep) == "YIELD 2");
  CHECK(told() == Lines{"deep < none", "deep sees nothing"});
  Value second = parent("second");
  CHECK(send(second) == "YIELD 3");
  CHECK(told() == Lines{"parent < none", "leaf < none", "deep < none",
                        "deep sees key-error: second"});
  CHECK(close(second) == "RETURN none");
  close(leaf);
  close(deep);
}

TEST_CASE_METHOD(Watch,
                 "a link below a directly driven one does not see above "
                 "it",
                 "[LNK-11][LNK-10]") {
  Value leaf = coroutine(
      "leaf", {yields(1), tells_handled(), yields(2), tells_handled()});
  Value middle = coroutine("middle", {awaits(leaf)});
  Value outer =
      coroutine("outer", {handles(error(BATON_ERROR_KEY, "k")), awaits(middle)},
                BATON_BODY_HANDLING);
  send(outer);
  told();
  send(middle);
  CHECK(told() == Lines{"leaf < none", "leaf sees nothing"});
  send(outer);
  CHECK(told()[1] == "leaf sees key-error: k");
}

TEST_CASE_METHOD(Watch, "a foreign child sees what the links above it handle",
                 "[LNK-11]") {
  const auto looking = [](Value &child) {
    child = foreign({{BATON_YIELD, 1}});
    foreign_of(child.get())->look = [](baton_context *cx) {
      write("foreign sees " +
            (cx->handled ? describe(cx->handled) : "nothing"));
    };
    return child;
  };
  Value child;
  const Step handling = handles(error(BATON_ERROR_KEY, "k"));
  const Lines expected = {"foreign sees key-error: k", "foreign.send none"};
  Value outer = coroutine("outer", {handling, awaits(looking(child))},
                          BATON_BODY_HANDLING);
  Context cx;
  send(outer, Value(), &cx);
  CHECK(cx.handled == nullptr);
  CHECK(Lines(lines.begin() + 1, lines.end()) == expected);
  told();
  send(outer, Value(), &cx);
  CHECK(Lines(lines.begin(), lines.begin() + 2) == expected);
  told();

  Value leaf = coroutine("leaf", {awaits(looking(child))});
  outer = coroutine("outer", {handling, awaits(leaf)}, BATON_BODY_HANDLING);
  send(outer, Value(), &cx);
  CHECK(cx.handled == nullptr);
  CHECK(Lines(lines.begin() + 2, lines.end()) == expected);
}

/* ---- Affinity on one thread, and whom a link is ---------------------- */

TEST_CASE_METHOD(Watch, "affine and shared links behave the same on one thread",
                 "[LNK-1][COR-14]") {
  for (unsigned flags : {BATON_BODY_AFFINE, BATON_BODY_SHARED}) {
    const auto own = static_cast<uint16_t>(flags);
    Value leaf = coroutine("leaf", {yields(1), yields(2), returns(3)}, own);
    Value outer = coroutine("outer", {awaits(leaf), returns_sent()}, own);
    CHECK(send(outer) == "YIELD 1");
    CHECK(send(outer) == "YIELD 2");
    CHECK(state(outer) == "SUSPENDED");
    CHECK(send(outer) == "RETURN 3");
    CHECK(send(outer) == "INVALID_STATE");
  }
}

TEST_CASE_METHOD(Watch,
                 "an author's own link type is driven like the library's",
                 "[LNK-1][LNK-3][LNK-8][TYP-9]") {
  struct Own : Object {
    baton_link link = {};
    Value child;
    int ended = 0;
  };
  static const auto own_of = [](const baton_value *self) {
    return static_cast<Own *>(object_of(self));
  };
  static baton_link_methods link_methods = {
      sizeof link_methods,
      0,
      [](const baton_value *self, baton_context *, uint32_t op, baton_value *in,
         baton_value *out) -> int32_t {
        write("own " + std::string(op == BATON_OP_SEND ? "< " : "! ") +
              describe(in));
        if (own_of(self)->child.none()) {
          *out = baton_take(in);
          return op == BATON_OP_SEND ? BATON_RETURN : BATON_ERROR;
        }
        *out = own_of(self)->child.give();
        return BATON_AWAIT;
      },
      [](const baton_value *self) -> int32_t {
        own_of(self)->ended++;
        return BATON_OK;
      },
      nullptr,
      nullptr};
  static const baton_coroutine_methods coroutine_methods = {
      sizeof coroutine_methods, 0, baton_link_send, baton_link_throw,
      baton_link_close};
  static baton_type type = foreign_type();
  type.as_coroutine = &coroutine_methods;
  type.as_link = &link_methods;
  type.name = "own";
  auto *own = new Own;
  link_methods.link_offset = static_cast<uint32_t>(
      reinterpret_cast<char *>(&own->link) -
      static_cast<char *>(static_cast<void *>(static_cast<Object *>(own))));
  Value made(baton_from_object(&type, static_cast<Object *>(own)));
  own->child = coroutine("leaf", {yields(1), returns(2)});
  Value outer = coroutine("outer", {awaits(made), returns_sent()});
  CHECK(send(outer) == "YIELD 1");
  CHECK(own->link.state == BATON_ATTACHED);
  CHECK(own->link.count == 0);
  told();
  CHECK(send(outer) == "RETURN 2");
  CHECK(told() == Lines{"leaf < none", "own < 2", "outer < 2"});
  CHECK(own->ended == 1);
  CHECK(own->link.state == BATON_CLOSED);
  CHECK(send(made) == "INVALID_STATE");
  CHECK(close(made) == "RETURN none");
  CHECK(own->ended == 1);
}
