/* SPDX-License-Identifier: MIT */
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "support/drive.h"
#include "support/foreign.h"
#include "support/script.h"
#include "support/watch.h"

/* Closing a chain, and throwing generator-exit into one: the order, failures,
 * links that will not end, and closes that go on by send. */

using namespace support;

namespace {

const char *const ignored =
    "ERROR runtime-error: coroutine ignored GeneratorExit";

Value waiting(const std::string &name, Value child, Script handler) {
  return coroutine(name,
                   {awaits(std::move(child)).catching(std::move(handler))});
}

Value leaf_with(Script handler) {
  return coroutine("leaf", {yields(1).catching(std::move(handler))});
}

/* Starts it, and forgets what it wrote. */
Value started(Value outer) {
  CHECK(send(outer) == "YIELD 1");
  told();
  return outer;
}

}  // namespace

TEST_CASE_METHOD(Watch, "close runs the cleanup of the innermost first",
                 "[COR-8][LNK-5]") {
  Value leaf = leaf_with({reraises()});
  Value middle = waiting("middle", leaf, {reraises()});
  Value outer = started(waiting("outer", middle, {reraises()}));
  CHECK(close(outer) == "RETURN none");
  CHECK(told() == Lines{"leaf ! generator-exit", "middle ! generator-exit",
                        "outer ! generator-exit"});
  CHECK(state(leaf) == "CLOSED");
  CHECK(state(middle) == "CLOSED");
  CHECK(state(outer) == "CLOSED");
}

TEST_CASE_METHOD(Watch, "close gives what the driven link returns, and no more",
                 "[COR-11]") {
  Value leaf = leaf_with({returns(counted())});
  Value middle = waiting("middle", leaf, {returns(6)});
  Value outer = started(waiting("outer", middle, {returns(7)}));
  CHECK(close(outer) == "RETURN 7");
  CHECK(told() == Lines{"leaf ! generator-exit", "middle ! generator-exit",
                        "outer ! generator-exit"});
}

TEST_CASE_METHOD(Watch, "a failure of a close is passed upwards",
                 "[COR-8][ERR-6]") {
  Value failure = error(BATON_ERROR_OS, "disk");
  Value leaf = leaf_with({raises(failure)});
  Value middle = waiting("middle", leaf, {reraises()});
  Value outer = started(waiting("outer", middle, {reraises()}));
  Outcome outcome = close(outer);
  CHECK(outcome.status == BATON_ERROR);
  CHECK(outcome.out.is(failure));
  CHECK(told() == Lines{"leaf ! generator-exit", "middle ! os-error: disk",
                        "outer ! os-error: disk"});
}

TEST_CASE_METHOD(Watch, "a failure may be caught, and another take its place",
                 "[COR-8]") {
  Value leaf = leaf_with({raises(error(BATON_ERROR_OS, "disk"))});
  Value middle = waiting("middle", leaf, {returns(6)});
  Value outer = started(waiting("outer", middle, {reraises()}));
  CHECK(close(outer) == "RETURN none");
  CHECK(told() == Lines{"leaf ! generator-exit", "middle ! os-error: disk",
                        "outer ! generator-exit"});

  leaf = leaf_with({raises(error(BATON_ERROR_OS, "disk"))});
  middle = waiting("middle", leaf, {raises(error(BATON_ERROR_KEY, "k"))});
  outer = started(waiting("outer", middle, {reraises()}));
  CHECK(close(outer) == "ERROR key-error: k");
}

TEST_CASE_METHOD(Watch, "a stop-iteration of a cleanup is converted",
                 "[COR-15][COR-8]") {
  Value leaf = leaf_with({raises(kind(BATON_ERROR_STOP_ITERATION))});
  Value outer = started(waiting("outer", leaf, {reraises()}));
  CHECK(close(outer) == "ERROR runtime-error: coroutine raised StopIteration");
}

/* ---- Links that will not end ------------------------------------------ */

TEST_CASE_METHOD(Watch, "a leaf that ignores its close is cut off, and usable",
                 "[COR-10][LNK-7]") {
  for (const Step &stop : {yields(8), waits()}) {
    Value leaf = leaf_with({stop, yields(9), returns(10)});
    Value middle = waiting("middle", leaf, {reraises()});
    Value outer = started(waiting("outer", middle, {reraises()}));
    CHECK(close(outer) == ignored);
    CHECK(told() ==
          Lines{"leaf ! generator-exit",
                "middle ! runtime-error: coroutine ignored GeneratorExit",
                "outer ! runtime-error: coroutine ignored GeneratorExit"});
    CHECK(state(middle) == "CLOSED");
    CHECK(state(leaf) == "SUSPENDED");
    /* Not closing any more: it suspends without leave. */
    Context nothing(0);
    CHECK(send(leaf, Value(), &nothing) == "YIELD 9");
    CHECK(send(leaf) == "RETURN 10");
  }
}

TEST_CASE_METHOD(Watch, "a middle link that ignores its close is cut off",
                 "[COR-10]") {
  Value leaf = leaf_with({reraises()});
  Value middle = waiting("middle", leaf, {yields(8), returns(10)});
  Value outer = started(waiting("outer", middle, {yields(5), returns(6)}));
  CHECK(close(outer) == ignored);
  CHECK(told() ==
        Lines{"leaf ! generator-exit", "middle ! generator-exit",
              "outer ! runtime-error: coroutine ignored GeneratorExit"});
  CHECK(state(leaf) == "CLOSED");
  CHECK(state(middle) == "SUSPENDED");
  CHECK(state(outer) == "SUSPENDED");
  CHECK(send(middle) == "RETURN 10");
  CHECK(send(outer) == "RETURN 6");
}

TEST_CASE_METHOD(Watch, "a driven link that ignores its close stays suspended",
                 "[COR-10]") {
  Value leaf = leaf_with({reraises()});
  Value outer = started(waiting("outer", leaf, {yields(5), returns(6)}));
  CHECK(close(outer) == ignored);
  CHECK(state(outer) == "SUSPENDED");
  Context nothing(0);
  CHECK(close(outer) == "RETURN none");
  CHECK(state(outer) == "CLOSED");
}

TEST_CASE_METHOD(Watch, "a generator that ignores its close is told as such",
                 "[COR-10]") {
  Value leaf = generator("leaf", {yields(1).catching({yields(2)})});
  Value outer = generator("outer", {awaits(leaf)});
  started(outer);
  CHECK(close(outer) == "ERROR runtime-error: generator ignored GeneratorExit");
  CHECK(state(leaf) == "SUSPENDED");
  CHECK(state(outer) == "CLOSED");
}

TEST_CASE_METHOD(Watch,
                 "a cleanup that awaits what suspends is cut off with it",
                 "[COR-10]") {
  Value child = coroutine("child", {yields(2), returns(3)});
  Value leaf = leaf_with({awaits(child), returns_sent()});
  Value outer = started(waiting("outer", leaf, {reraises()}));
  CHECK(close(outer) == ignored);
  CHECK(told() ==
        Lines{"leaf ! generator-exit", "child < none",
              "outer ! runtime-error: coroutine ignored GeneratorExit"});
  CHECK(state(leaf) == "SUSPENDED");
  CHECK(state(child) == "SUSPENDED");
  CHECK(send(leaf) == "RETURN 3");
}

TEST_CASE_METHOD(Watch, "a cleanup may await what is ready",
                 "[COR-10][COR-11]") {
  Value leaf =
      leaf_with({awaits(coroutine("child", {returns(3)})), returns_sent()});
  CHECK(close(started(leaf)) == "RETURN 3");
  CHECK(told() == Lines{"leaf ! generator-exit", "child < none", "leaf < 3"});
  Value outer = started(waiting(
      "outer", leaf_with({awaits(foreign({{BATON_RETURN, 4}})), reraises()}),
      {returns(5)}));
  CHECK(close(outer) == "RETURN 5");
}

TEST_CASE_METHOD(Watch,
                 "a cleanup that awaits a foreign child that suspends is "
                 "cut off",
                 "[COR-10]") {
  Value leaf = leaf_with(
      {awaits(foreign({{BATON_YIELD, 2}, {BATON_RETURN, 3}})), returns_sent()});
  Value outer = started(waiting("outer", leaf, {reraises()}));
  CHECK(close(outer) == ignored);
  CHECK(state(leaf) == "SUSPENDED");
  CHECK(send(leaf) == "RETURN 3");
}

/* ---- Closes that wait ------------------------------------------------- */

TEST_CASE_METHOD(Watch, "a close that is accepted goes on with send",
                 "[COR-10][LNK-16][CTX-3]") {
  Value leaf = leaf_with({waits(), yields(2), returns(3)});
  Value middle = waiting("middle", leaf, {yields(4), reraises()});
  Value outer = started(waiting("outer", middle, {waits(), returns(7)}));
  CHECK(close(outer, accept_all) == "PENDING");
  CHECK(state(outer) == "SUSPENDED");
  CHECK(send(outer) == "YIELD 2");
  CHECK(send(outer, 55) == "YIELD 4");
  CHECK(send(outer) == "PENDING");
  CHECK(send(outer) == "RETURN 7");
  CHECK(told() == Lines{"leaf ! generator-exit", "leaf < none", "leaf < 55",
                        "middle ! generator-exit", "middle < none",
                        "outer ! generator-exit", "outer < none"});
  CHECK(state(middle) == "CLOSED");
}

TEST_CASE_METHOD(Watch, "generator-exit from such a close is no failure",
                 "[COR-11][LNK-16]") {
  Value leaf = leaf_with({waits(), reraises()});
  Value outer = started(waiting("outer", leaf, {waits(), reraises()}));
  CHECK(close(outer, BATON_ACCEPT_PENDING) == "PENDING");
  CHECK(send(outer) == "PENDING");
  CHECK(send(outer) == "RETURN none");
  CHECK(state(outer) == "CLOSED");
}

TEST_CASE_METHOD(Watch, "a failure in such a close is passed upwards",
                 "[COR-8][LNK-16]") {
  Value leaf = leaf_with({waits(), raises(error(BATON_ERROR_OS, "disk"))});
  Value outer = started(waiting("outer", leaf, {waits(), reraises()}));
  CHECK(close(outer, BATON_ACCEPT_PENDING) == "PENDING");
  CHECK(send(outer) == "PENDING");
  CHECK(send(outer) == "ERROR os-error: disk");
  CHECK(told() == Lines{"leaf ! generator-exit", "leaf < none",
                        "outer ! os-error: disk", "outer < none"});
}

TEST_CASE_METHOD(Watch, "a later call that accepts nothing ends such a close",
                 "[COR-10][LNK-16]") {
  Value leaf = leaf_with({waits(), waits(), returns(9)});
  Value outer = started(waiting("outer", leaf, {reraises()}));
  CHECK(close(outer, accept_all) == "PENDING");
  Context nothing(0);
  CHECK(send(outer, Value(), &nothing) == ignored);
  CHECK(state(leaf) == "SUSPENDED");
  CHECK(send(leaf) == "RETURN 9");
}

TEST_CASE_METHOD(Watch, "a close of a close begins again at the leaf",
                 "[COR-8][LNK-16]") {
  Value leaf = leaf_with({waits().catching({reraises()})});
  Value outer = started(waiting("outer", leaf, {reraises()}));
  CHECK(close(outer, accept_all) == "PENDING");
  CHECK(close(outer) == "RETURN none");
  CHECK(told() == Lines{"leaf ! generator-exit", "leaf ! generator-exit",
                        "outer ! generator-exit"});
}

TEST_CASE_METHOD(Watch, "a throw into a close that waits meets its leaf",
                 "[COR-6][LNK-16]") {
  Value leaf = leaf_with({waits().catching({reraises()})});
  Value outer = started(waiting("outer", leaf, {returns(4)}));
  CHECK(close(outer, accept_all) == "PENDING");
  CHECK(throw_in(outer, kind(BATON_ERROR_CANCELLED)) == "RETURN 4");
  CHECK(told() == Lines{"leaf ! generator-exit", "leaf ! cancelled",
                        "outer ! cancelled"});
}

TEST_CASE_METHOD(Watch, "a body in close that awaits gets the result of that",
                 "[COR-8][LNK-16]") {
  Value leaf = leaf_with({reraises()});
  Value child = coroutine("child", {waits(), returns(3)});
  Value outer =
      started(waiting("outer", leaf, {awaits(child), returns_sent()}));
  CHECK(close(outer, accept_all) == "PENDING");
  CHECK(told() == Lines{"leaf ! generator-exit", "outer ! generator-exit",
                        "child < none"});
  CHECK(send(outer) == "RETURN 3");
  CHECK(told() == Lines{"child < none", "outer < 3"});
}

/* ---- Children without a link ------------------------------------------ */

TEST_CASE_METHOD(Watch, "a foreign child is closed by its own slot, first",
                 "[COR-8]") {
  Value child = foreign({{BATON_YIELD, 1}}, {}, {{BATON_RETURN, counted()}});
  Value outer = started(
      waiting("outer", waiting("middle", child, {reraises()}), {returns(5)}));
  CHECK(close(outer) == "RETURN 5");
  CHECK(told() == Lines{"foreign.close", "middle ! generator-exit",
                        "outer ! generator-exit"});
}

TEST_CASE_METHOD(Watch, "a foreign child's failure to close is passed upwards",
                 "[COR-8][ERR-6]") {
  Value failure = host_error(BATON_ERROR_OS);
  Value child = foreign({{BATON_YIELD, 1}}, {}, {{BATON_ERROR, failure}});
  Outcome outcome = close(started(waiting("outer", child, {reraises()})));
  CHECK(outcome.status == BATON_ERROR);
  CHECK(outcome.out.is(failure));
}

TEST_CASE_METHOD(Watch, "a foreign child whose close suspends is cut off",
                 "[COR-10][OWN-3]") {
  for (const Answer &stop :
       {Answer(BATON_YIELD, counted()), Answer(BATON_PENDING),
        Answer(BATON_PENDING, counted())}) {
    Value child = foreign({{BATON_YIELD, 1}}, {}, {stop});
    Value outer = started(waiting("outer", child, {reraises()}));
    CHECK(close(outer) == ignored);
    CHECK(told() ==
          Lines{"foreign.close",
                "outer ! runtime-error: coroutine ignored GeneratorExit"});
  }
}

TEST_CASE_METHOD(Watch, "a foreign child's close that is accepted goes on",
                 "[COR-10][LNK-16]") {
  Value child = foreign({{BATON_YIELD, 1}, {BATON_YIELD, 3}, {BATON_RETURN, 4}},
                        {}, {{BATON_YIELD, 2}});
  Value outer = started(waiting("outer", child, {returns(5)}));
  CHECK(close(outer, accept_all) == "YIELD 2");
  CHECK(send(outer) == "YIELD 3");
  CHECK(send(outer) == "RETURN 5");
  CHECK(told() == Lines{"foreign.close", "foreign.send none",
                        "foreign.send none", "outer ! generator-exit"});
}

/* ---- Throwing generator-exit ------------------------------------------ */

TEST_CASE_METHOD(Watch, "a thrown generator-exit closes the delegates first",
                 "[COR-17]") {
  Value leaf = leaf_with({returns(counted())});
  Value middle = waiting("middle", leaf, {reraises()});
  Value outer = started(waiting("outer", middle, {reraises()}));
  Value given = error(BATON_ERROR_GENERATOR_EXIT, "mine");
  Outcome outcome = throw_in(outer, given);
  CHECK(outcome.status == BATON_ERROR);
  CHECK(outcome.out.is(given));
  CHECK(told() == Lines{"leaf ! generator-exit", "middle ! generator-exit",
                        "outer ! generator-exit: mine"});
  CHECK(state(outer) == "CLOSED");
}

TEST_CASE_METHOD(Watch, "the link that got it may suspend as it likes",
                 "[COR-17]") {
  Value outer = started(
      waiting("outer", leaf_with({reraises()}), {yields(5), returns(6)}));
  Context nothing(0);
  CHECK(throw_in(outer, generator_exit(), &nothing) == "YIELD 5");
  CHECK(nothing.accepts == 0);
  CHECK(send(outer) == "RETURN 6");
}

TEST_CASE_METHOD(Watch, "the body that got it sees what its driver accepts",
                 "[COR-17][CTX-3]") {
  uint32_t leaf_saw = 9, outer_saw = 9;
  Value leaf = leaf_with(
      {does([&](Call &call) { leaf_saw = call.cx->accepts; }), reraises()});
  Value outer = started(waiting(
      "outer", leaf,
      {does([&](Call &call) { outer_saw = call.cx->accepts; }), returns(6)}));
  Context cx;
  CHECK(throw_in(outer, generator_exit(), &cx) == "RETURN 6");
  CHECK(cx.accepts == accept_all);
  CHECK(leaf_saw == 0);
  CHECK(outer_saw == accept_all);
}

TEST_CASE_METHOD(Watch,
                 "what got generator-exit may await, and gets the result",
                 "[COR-17][LNK-16]") {
  const Script handler = {awaits(coroutine("child", {waits(), returns(3)})),
                          returns_sent()};
  Value outer = started(waiting("outer", leaf_with({reraises()}), handler));
  CHECK(throw_in(outer, generator_exit()) == "PENDING");
  CHECK(send(outer) == "RETURN 3");
  CHECK(told().back() == "outer < 3");
}

TEST_CASE_METHOD(Watch, "a generator in close may await, and gets the result",
                 "[COR-8][LNK-15][LNK-16]") {
  Value child = coroutine("child", {waits(), returns(3)});
  Value numbers = async_generator(
      "numbers", {awaits(leaf_with({reraises()}))
                      .catching({awaits(child), does([](Call &call) {
                                   write("got " + describe(call.body->last));
                                 }),
                                 reraises()})});
  Value next;
  Context cx;
  numbers.get()->head.type->as_async->am_anext(numbers.get(), &cx, next.get());
  started(next);
  CHECK(close(next, accept_all) == "PENDING");
  CHECK(send(next) == "RETURN none");
  CHECK(told() == Lines{"leaf ! generator-exit", "numbers ! generator-exit",
                        "child < none", "child < none", "numbers < 3",
                        "got 3"});
}

TEST_CASE_METHOD(Watch,
                 "a delegate that ignores a thrown generator-exit is cut "
                 "off",
                 "[COR-17][COR-10]") {
  for (const Step &stop : {yields(counted()), waits()}) {
    Value leaf = leaf_with({stop, returns(9)});
    Value outer = started(waiting("outer", leaf, {reraises()}));
    CHECK(throw_in(outer, error(BATON_ERROR_GENERATOR_EXIT, "mine")) ==
          ignored);
    CHECK(told() ==
          Lines{"leaf ! generator-exit",
                "outer ! runtime-error: coroutine ignored GeneratorExit"});
    CHECK(state(leaf) == "SUSPENDED");
    CHECK(send(leaf) == "RETURN 9");
  }
}

TEST_CASE_METHOD(Watch, "a delegate's failure replaces a thrown generator-exit",
                 "[COR-17]") {
  Value failure = error(BATON_ERROR_OS, "disk");
  Value leaf = leaf_with({raises(failure)});
  Value outer = started(waiting("outer", leaf, {reraises()}));
  Outcome outcome = throw_in(outer, error(BATON_ERROR_GENERATOR_EXIT, "mine"));
  CHECK(outcome.out.is(failure));
}

TEST_CASE_METHOD(Watch, "a thrown generator-exit closes a foreign delegate",
                 "[COR-17][LNK-13]") {
  for (const Answer &end :
       {Answer(BATON_RETURN, counted()), Answer(BATON_UNSUPPORTED)}) {
    Value outer = started(
        waiting("outer", foreign({{BATON_YIELD, 1}}, {}, {end}), {reraises()}));
    Value given = error(BATON_ERROR_GENERATOR_EXIT, "mine");
    CHECK(throw_in(outer, given).out.is(given));
    CHECK(told() == Lines{"foreign.close", "outer ! generator-exit: mine"});
  }
  Value outer = started(waiting(
      "outer", foreign({{BATON_YIELD, 1}}, {}, {{BATON_YIELD, counted()}}),
      {reraises()}));
  CHECK(throw_in(outer, error(BATON_ERROR_GENERATOR_EXIT, "mine")) == ignored);
}

TEST_CASE_METHOD(Watch, "a thrown generator-exit passes over a closed delegate",
                 "[COR-17][LNK-14]") {
  Value leaf = leaf_with({});
  Value outer = started(waiting("outer", leaf, {reraises()}));
  close(leaf);
  told();
  CHECK(throw_in(outer, generator_exit()) == "ERROR generator-exit");
  CHECK(told() == Lines{"outer ! generator-exit"});
}

TEST_CASE_METHOD(Watch,
                 "generator-exit through an awaitable closes what its "
                 "generator awaits",
                 "[COR-17][LNK-15]") {
  const auto started_next = [](Value leaf, Script handler) {
    Value numbers = async_generator(
        "numbers", {awaits(std::move(leaf)).catching(std::move(handler))});
    Value next;
    Context cx;
    numbers.get()->head.type->as_async->am_anext(numbers.get(), &cx,
                                                 next.get());
    return started(next);
  };
  Value next = started_next(leaf_with({reraises()}), {reraises()});
  Value given = error(BATON_ERROR_GENERATOR_EXIT, "mine");
  CHECK(throw_in(next, given).out.is(given));
  CHECK(told() ==
        Lines{"leaf ! generator-exit", "numbers ! generator-exit: mine"});

  next = started_next(leaf_with({reraises()}), {yields(5), items(6)});
  CHECK(throw_in(next, generator_exit()) == "YIELD 5");
  CHECK(send(next) == "RETURN 6");

  /* What ignores it is cut off; nothing of the throw is left behind. */
  Value leaf = leaf_with({yields(2), returns(9)});
  next = started_next(leaf, {items(6)});
  CHECK(throw_in(next, error(BATON_ERROR_GENERATOR_EXIT, "mine")) ==
        "RETURN 6");
  CHECK(told().back() ==
        "numbers ! runtime-error: coroutine ignored GeneratorExit");
  CHECK(send(leaf) == "RETURN 9");
}

TEST_CASE_METHOD(Watch,
                 "a coroutine that awaits an awaitable passes "
                 "generator-exit through it",
                 "[COR-17][COR-8][LNK-15]") {
  for (int way = 0; way < 2; way++) {
    Value leaf = leaf_with({reraises()});
    Value numbers =
        async_generator("numbers", {awaits(leaf).catching({reraises()})});
    Value next;
    Context cx;
    numbers.get()->head.type->as_async->am_anext(numbers.get(), &cx,
                                                 next.get());
    Value outer = started(waiting("outer", next, {reraises()}));
    if (way == 0)
      CHECK(throw_in(outer, generator_exit()) == "ERROR generator-exit");
    else
      CHECK(close(outer) == "RETURN none");
    CHECK(told() == Lines{"leaf ! generator-exit", "numbers ! generator-exit",
                          "outer ! generator-exit"});
  }
}

/* ---- Middle links ----------------------------------------------------- */

TEST_CASE_METHOD(Watch, "a middle link is closed with what is below it",
                 "[LNK-10][COR-8]") {
  Value leaf = leaf_with({reraises()});
  Value middle = waiting("middle", leaf, {returns(4)});
  Value outer = started(waiting("outer", middle, {reraises()}));
  CHECK(close(middle) == "RETURN 4");
  CHECK(told() == Lines{"leaf ! generator-exit", "middle ! generator-exit"});
  CHECK(state(outer) == "SUSPENDED");
  CHECK(close(outer) == "RETURN none");
}

TEST_CASE_METHOD(Watch, "a middle link that will not end stays in its chain",
                 "[LNK-10][COR-10]") {
  Value leaf = leaf_with({reraises()});
  Value middle = waiting("middle", leaf, {yields(4), yields(5), returns(6)});
  Value outer = started(coroutine("outer", {awaits(middle), returns_sent()}));
  CHECK(close(middle) == ignored);
  CHECK(state(middle) == "SUSPENDED");
  CHECK(send(outer) == "YIELD 5");
  CHECK(send(outer) == "RETURN 6");
}

TEST_CASE_METHOD(Watch, "a child found running is a failure of the close",
                 "[LNK-14][COR-8]") {
  Value outer;
  std::string seen;
  Value leaf = coroutine(
      "leaf", {yields(1), does([&](Call &) { seen = close(outer).text(); })});
  outer = started(waiting("outer", leaf, {reraises()}));
  CHECK(send(leaf) == "RETURN none");
  CHECK(seen == "ERROR value-error: coroutine already executing");
  outer.drop();
}
