/* SPDX-License-Identifier: MIT */
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "support/drive.h"
#include "support/foreign.h"
#include "support/script.h"
#include "support/watch.h"

/* Async generators: each cell of the tables of their awaitables, in every
 * state of the generator, and how a generator ends. */

using namespace support;

namespace {

enum Method { asend, athrow, aclose };

const Method methods[] = {asend, athrow, aclose};

/* The awaitable of a method; the argument is a value or an error. */
Value call(const Value &generator, Method method, Value argument = Value()) {
  const auto *table = static_cast<const baton_async_generator *>(
      baton_find(generator.get(), BATON_EXT_ASYNC_GENERATOR));
  REQUIRE(table);
  Context cx;
  Value made;
  int32_t status = BATON_ERROR;
  if (method == asend)
    status = table->asend(generator.get(), &cx, argument.get(), made.get());
  if (method == athrow)
    status = table->athrow(generator.get(), &cx, argument.get(), made.get());
  if (method == aclose)
    status = table->aclose(generator.get(), &cx, made.get());
  REQUIRE(status == BATON_OWNED);
  CHECK(argument.none());
  return made;
}

/* With an argument that the method takes. */
Value call_any(const Value &generator, Method method) {
  return call(generator, method,
              method == athrow ? error(BATON_ERROR_KEY, "k") : Value());
}

Value next(const Value &generator) {
  Context cx;
  Value made;
  REQUIRE(generator.get()->head.type->as_async->am_anext(
              generator.get(), &cx, made.get()) == BATON_OWNED);
  return made;
}

/* Suspended at an item, where `handler` is what catches. */
Value suspended(Script handler = {reraises()}, Script rest = {}) {
  Script steps = {items(1).catching(std::move(handler))};
  for (Step &step : rest) steps.push_back(step);
  Value made = async_generator("numbers", steps);
  REQUIRE(send(next(made)) == "RETURN 1");
  told();
  return made;
}

Value ended() {
  Value made = async_generator("numbers", {});
  REQUIRE(send(next(made)) == "ERROR stop-async-iteration");
  told();
  return made;
}

/* Claimed by an awaitable that has begun. */
Value claimed(Value &by) {
  Value made = async_generator("numbers", {waits(), items(1), items(2)});
  by = next(made);
  REQUIRE(send(by) == "PENDING");
  told();
  return made;
}

/* An aclose has begun, and was answered with an item. */
Value retired() {
  Value made = suspended({items(2).catching({reraises()}), items(3)});
  REQUIRE(send(call(made, aclose)) ==
          "ERROR runtime-error: async generator ignored GeneratorExit");
  told();
  return made;
}

const char *const names[] = {"anext()", "athrow()", "aclose()"};

std::string running(Method method) {
  return std::string("ERROR runtime-error: ") + names[method] +
         ": asynchronous generator is already running";
}

std::string reuse(Method method) {
  return std::string("ERROR runtime-error: cannot reuse already awaited ") +
         (method == asend ? "__anext__()/asend()" : "aclose()/athrow()");
}

}  // namespace

/* ---- Making them ------------------------------------------------------ */

TEST_CASE_METHOD(Watch, "an async generator iterates itself", "[AWT-5]") {
  Value made = async_generator("numbers", {});
  const auto *async = made.get()->head.type->as_async;
  CHECK(async->am_await == nullptr);
  CHECK(made.get()->head.type->as_coroutine == nullptr);
  Context cx;
  Value iterator;
  CHECK(async->am_aiter(made.get(), &cx, iterator.get()) == BATON_OWNED);
  CHECK(iterator.is(made));
  CHECK(iterator.get()->head.type->as_async->am_anext);
}

TEST_CASE_METHOD(Watch, "am_anext gives each item, and stop-async-iteration",
                 "[AWT-6][AGN-2]") {
  Value object = counted();
  Value made = async_generator("numbers", {items(1), items(object)});
  CHECK(send(next(made)) == "RETURN 1");
  CHECK(send(next(made)).out.is(object));
  CHECK(send(next(made)) == "ERROR stop-async-iteration");
  CHECK(state(made) == "CLOSED");
  CHECK(send(next(made)) == "ERROR stop-async-iteration");
}

TEST_CASE_METHOD(Watch, "an awaitable starts nothing before its first call",
                 "[AGN-1][AWT-4]") {
  for (Method method : methods) {
    Value made = async_generator("numbers", {items(1)});
    Value step = call_any(made, method);
    CHECK(told() == Lines());
    CHECK(state(made) == "CREATED");
    Context cx;
    baton_value handle = baton_none();
    const auto am_await = step.get()->head.type->as_async->am_await;
    CHECK(am_await(step.get(), &cx, &handle) == BATON_LENT);
    CHECK(handle.payload.object == step.get()->payload.object);
    CHECK(state(made) == "CREATED");
    CHECK(send(next(made)) == "RETURN 1");
    close(step);
    told();
  }
}

TEST_CASE_METHOD(Watch, "athrow takes errors only", "[AGN-3][COR-20][OWN-4]") {
  Value made = async_generator("numbers", {});
  const auto *table = static_cast<const baton_async_generator *>(
      baton_find(made.get(), BATON_EXT_ASYNC_GENERATOR));
  Context cx;
  for (Value wrong : {Value(), Value(5), counted()}) {
    Value given = wrong, out;
    CHECK(table->athrow(made.get(), &cx, given.get(), out.get()) ==
          BATON_INVALID_ARGUMENT);
    CHECK(given.is(wrong));
    CHECK(out.none());
  }
}

/* ---- asend ------------------------------------------------------------ */

TEST_CASE_METHOD(Watch, "asend sends its value, or the one that is sent",
                 "[AGN-2]") {
  const Script echo = {
      gives(BATON_ITEM, [](Call &body) { return body.body->last; })};
  Value object = counted();
  Value made = suspended({}, echo);
  CHECK(send(call(made, asend, object)).out.is(object));
  made = suspended({}, echo);
  CHECK(send(call(made, asend)) == "RETURN none");
  made = suspended({}, echo);
  CHECK(send(call(made, asend, counted()), 7) == "RETURN 7");
}

TEST_CASE_METHOD(Watch, "asend of a value does not start a generator",
                 "[AGN-2][COR-2]") {
  for (int way = 0; way < 2; way++) {
    Value made = async_generator("numbers", {items(1)});
    Value step = call(made, asend, way == 0 ? counted() : Value());
    CHECK(send(step, way == 0 ? Value() : counted()) ==
          "ERROR type-error: can't send non-None value to a just-started "
          "async generator");
    CHECK(state(made) == "CREATED");
    CHECK(send(step) == reuse(asend));
    CHECK(send(next(made)) == "RETURN 1");
  }
}

TEST_CASE_METHOD(Watch, "what the generator yields goes up from its awaitable",
                 "[AGN-2][LNK-5]") {
  Value made = async_generator(
      "numbers", {yields(5), waits(), gives(BATON_ITEM, [](Call &body) {
                    return body.body->last;
                  })});
  Value step = next(made);
  CHECK(send(step) == "YIELD 5");
  CHECK(state(step) == "SUSPENDED");
  CHECK(send(step, 8) == "PENDING");
  CHECK(send(step, 9) == "RETURN 9");
  CHECK(told() == Lines{"numbers < none", "numbers < 8", "numbers < 9"});
}

TEST_CASE_METHOD(Watch, "a generator may await between its items",
                 "[AGN-2][LNK-15]") {
  Value leaf = coroutine("leaf", {yields(5), returns(6)});
  Value made = async_generator(
      "numbers",
      {awaits(leaf),
       gives(BATON_ITEM, [](Call &body) { return body.body->last; }),
       awaits(awaitable_owning(foreign({{BATON_YIELD, 7}}))), items(8)});
  Value first = next(made);
  CHECK(send(first) == "YIELD 5");
  CHECK(send(first) == "RETURN 6");
  Value second = next(made);
  CHECK(send(second) == "YIELD 7");
  CHECK(send(second) == "RETURN 8");
}

TEST_CASE_METHOD(Watch, "a generator cannot await what has no am_await",
                 "[AWT-1]") {
  Value made = async_generator("numbers", {awaits(5)});
  CHECK(send(next(made)) == "ERROR type-error: 'i64' object can't be awaited");
  made = async_generator("numbers", {awaits(async_generator("inner", {}))});
  CHECK(send(next(made)) ==
        "ERROR type-error: 'async_generator' object can't be awaited");
}

TEST_CASE_METHOD(Watch, "an awaitable under a coroutine gives it the item",
                 "[AWT-6][LNK-15]") {
  Value made = async_generator("numbers", {waits(), items(1), items(2)});
  Value outer = coroutine(
      "outer", {awaits(next(made)), awaits(next(made)),
                awaits(next(made))
                    .catching({does([](Call &body) {
                                 write("caught " + describe(body.body->caught));
                               }),
                               returns(3)})});
  CHECK(send(outer) == "PENDING");
  told();
  CHECK(send(outer) == "RETURN 3");
  CHECK(told() == Lines{"numbers < none", "outer < 1", "numbers < none",
                        "outer < 2", "numbers < none",
                        "outer ! stop-async-iteration",
                        "caught stop-async-iteration"});
}

/* ---- Begin, in every state of the generator --------------------------- */

TEST_CASE_METHOD(Watch, "send begins on a generator in CREATED",
                 "[AGN-1][AGN-3][AGN-4]") {
  Value made = async_generator("numbers", {items(1)});
  CHECK(send(call_any(made, asend)) == "RETURN 1");
  made = async_generator("numbers", {items(1)});
  Value given = error(BATON_ERROR_KEY, "k");
  CHECK(send(call(made, athrow, given)).out.is(given));
  CHECK(state(made) == "CLOSED");
  made = async_generator("numbers", {items(1)});
  CHECK(send(call(made, aclose)) == "RETURN none");
  CHECK(state(made) == "CLOSED");
  CHECK(told() == Lines{"numbers < none", "numbers ! generator-exit"});
}

TEST_CASE_METHOD(Watch, "send begins on a suspended generator",
                 "[AGN-2][AGN-3][AGN-4]") {
  CHECK(send(call_any(suspended({}, {items(2)}), asend)) == "RETURN 2");
  CHECK(told() == Lines{"numbers < none", "numbers ! generator-exit"});
  Value given = error(BATON_ERROR_KEY, "k");
  Value made = suspended();
  CHECK(send(call(made, athrow, given)).out.is(given));
  CHECK(state(made) == "CLOSED");
  CHECK(told() == Lines{"numbers ! key-error: k"});
  made = suspended();
  CHECK(send(call(made, aclose)) == "RETURN none");
  CHECK(state(made) == "CLOSED");
  CHECK(told() == Lines{"numbers ! generator-exit"});
}

TEST_CASE_METHOD(Watch, "nothing begins on a generator that is claimed",
                 "[AGN-5]") {
  for (Method method : methods) {
    for (int way = 0; way < 4; way++) {
      Value by;
      Value made = claimed(by);
      Value step = call_any(made, method);
      Outcome outcome;
      if (way == 0) outcome = send(step);
      if (way == 1) outcome = send(step, 7);
      if (way == 2) outcome = throw_in(step, error(BATON_ERROR_OS, "disk"));
      if (way == 3) outcome = close(step);
      CHECK(outcome == running(method));
      CHECK(told() == Lines());
      CHECK(send(step) == reuse(method));
      CHECK(state(made) == "SUSPENDED");
      CHECK(send(by) == "RETURN 1");
      CHECK(send(next(made)) == "RETURN 2");
      told();
    }
  }
}

TEST_CASE_METHOD(Watch, "begin on a generator that is retired",
                 "[AGN-2][AGN-3][AGN-4]") {
  CHECK(send(call_any(retired(), asend)) == "RETURN 3");
  CHECK(send(call_any(retired(), athrow)) == "ERROR stop-async-iteration");
  CHECK(send(call_any(retired(), aclose)) == "ERROR stop-async-iteration");
  CHECK(send(call_any(retired(), athrow), 7) == "ERROR stop-async-iteration");
  for (Method method : methods) {
    Value step = call_any(retired(), method);
    told();
    CHECK(throw_in(step, error(BATON_ERROR_OS, "disk")) ==
          "ERROR os-error: disk");
    CHECK(told() == Lines{"numbers ! os-error: disk"});
  }
}

TEST_CASE_METHOD(Watch, "begin on a generator that has ended",
                 "[AGN-2][AGN-3][AGN-4]") {
  CHECK(send(call_any(ended(), asend)) == "ERROR stop-async-iteration");
  CHECK(send(call(ended(), asend, counted())) == "ERROR stop-async-iteration");
  CHECK(send(call_any(ended(), athrow)) == "RETURN none");
  CHECK(send(call_any(ended(), aclose)) == "RETURN none");
  CHECK(send(call_any(ended(), athrow), 7) == "RETURN none");
  for (Method method : methods) {
    Value given = error(BATON_ERROR_OS, "disk");
    Value step = call_any(ended(), method);
    CHECK(throw_in(step, given).out.is(given));
    CHECK(send(step) == reuse(method));
  }
  CHECK(told() == Lines());
}

TEST_CASE_METHOD(Watch, "athrow and aclose are not begun with a value",
                 "[AGN-1]") {
  for (Method method : {athrow, aclose}) {
    for (bool started : {false, true}) {
      Value made =
          started ? suspended() : async_generator("numbers", {items(1)});
      const std::string before = state(made);
      Value step = call_any(made, method);
      Value object = counted();
      Outcome outcome = send(step, object);
      CHECK(outcome ==
            "ERROR runtime-error: can't send non-None value to a just-started "
            "coroutine");
      CHECK(state(made) == before);
      CHECK(told() == Lines());
      CHECK(send(step) ==
            (method == athrow ? "ERROR key-error: k" : "RETURN none"));
      told();
    }
  }
}

TEST_CASE_METHOD(Watch, "throw begins with what is thrown", "[AGN-1][AGN-3]") {
  for (Method method : methods) {
    Value given = error(BATON_ERROR_OS, "disk");
    Value made = async_generator("numbers", {items(1)});
    Value step = call_any(made, method);
    CHECK(throw_in(step, given).out.is(given));
    CHECK(state(made) == "CLOSED");
    CHECK(told() == Lines());
    CHECK(send(step) == reuse(method));

    made = suspended({items(2)});
    step = call_any(made, method);
    const Outcome outcome = throw_in(step, given);
    if (method == aclose)
      CHECK(outcome ==
            "ERROR runtime-error: async generator ignored GeneratorExit");
    else
      CHECK(outcome == "RETURN 2");
    CHECK(told() == Lines{"numbers ! os-error: disk"});
    CHECK(send(step) == reuse(method));
    step.drop();
    made.drop();
    told();
  }
}

TEST_CASE_METHOD(Watch, "throw of generator-exit begins too",
                 "[AGN-1][COR-17]") {
  for (Method method : methods) {
    Value made = suspended();
    CHECK(throw_in(call_any(made, method), generator_exit()) ==
          (method == aclose ? "RETURN none" : "ERROR generator-exit"));
    CHECK(state(made) == "CLOSED");
    CHECK(told() == Lines{"numbers ! generator-exit"});
  }
}

TEST_CASE_METHOD(Watch, "close of what has not begun raises generator-exit",
                 "[AGN-1][COR-7]") {
  for (Method method : methods) {
    Value made = async_generator("numbers", {items(1)});
    Value step = call_any(made, method);
    CHECK(close(step) == "RETURN none");
    CHECK(state(made) == "CLOSED");
    CHECK(told() == Lines());
    CHECK(close(step) == "RETURN none");
    CHECK(send(step) == reuse(method));

    made = suspended();
    CHECK(close(call_any(made, method)) == "RETURN none");
    CHECK(state(made) == "CLOSED");
    CHECK(told() == Lines{"numbers ! generator-exit"});
    CHECK(close(call_any(ended(), method)) == "RETURN none");
  }
}

/* ---- ITER ------------------------------------------------------------- */

TEST_CASE_METHOD(Watch, "an awaitable in ITER goes on with what it gets",
                 "[AGN-2][AGN-3][AGN-4]") {
  const auto begun = [](Method method, Script handler, Script steps) {
    handler.insert(handler.begin(), yields(5).catching({reraises()}));
    steps.insert(steps.begin(), yields(5).catching({reraises()}));
    Value step = call_any(suspended(handler, steps), method);
    CHECK(send(step) == "YIELD 5");
    told();
    return step;
  };
  const Step echo =
      gives(BATON_ITEM, [](Call &body) { return body.body->last; });
  CHECK(send(begun(asend, {}, {echo}), 8) == "RETURN 8");
  CHECK(send(begun(athrow, {echo}, {}), 8) == "RETURN 8");
  CHECK(send(begun(aclose, {echo}, {}), 8) ==
        "ERROR runtime-error: async generator ignored GeneratorExit");
  for (Method method : methods) {
    Value given = error(BATON_ERROR_OS, "disk");
    CHECK(throw_in(begun(method, {}, {}), given).out.is(given));
    CHECK(throw_in(begun(method, {}, {}), generator_exit()) ==
          (method == aclose ? "RETURN none" : "ERROR generator-exit"));
    CHECK(close(begun(method, {}, {})) == "RETURN none");
    Value step = begun(method, {}, {});
    close(step);
    CHECK(close(step) == "RETURN none");
    CHECK(send(step) == reuse(method));
  }
}

TEST_CASE_METHOD(Watch, "an awaitable in ITER may be awaited, and goes on",
                 "[AGN-1][LNK-9]") {
  Value made = async_generator("numbers", {yields(5), yields(6), items(1)});
  Value step = next(made);
  CHECK(send(step) == "YIELD 5");
  Value outer = coroutine("outer", {awaits(step), returns_sent()});
  CHECK(send(outer) == "YIELD 6");
  CHECK(send(outer) == "RETURN 1");
}

TEST_CASE_METHOD(Watch, "an awaitable that is released in ITER keeps its claim",
                 "[AGN-5]") {
  Value by;
  Value made = claimed(by);
  by.drop();
  CHECK(state(made) == "SUSPENDED");
  CHECK(send(next(made)) == running(asend));
  made.drop();
  CHECK(told() == Lines{"numbers ! generator-exit"});
}

/* ---- CLOSED ----------------------------------------------------------- */

TEST_CASE_METHOD(Watch, "an awaitable is good for one await", "[AGN-1]") {
  for (Method method : methods) {
    Value made = suspended({items(8), items(9)}, {items(2), items(3)});
    Value step = call_any(made, method);
    send(step);
    told();
    for (int again = 0; again < 2; again++) {
      CHECK(send(step) == reuse(method));
      CHECK(send(step, 7) == reuse(method));
      CHECK(throw_in(step, error(BATON_ERROR_OS, "disk")) == reuse(method));
      CHECK(throw_in(step, generator_exit()) == reuse(method));
      CHECK(close(step) == "RETURN none");
    }
    Value outer = coroutine("outer", {awaits(step)});
    CHECK(send(outer) == reuse(method));
    CHECK(state(made) == "SUSPENDED");
    made.drop();
    told();
  }
}

/* ---- RUNNING ---------------------------------------------------------- */

TEST_CASE_METHOD(Watch, "an awaitable that runs refuses every call",
                 "[COR-4][AGN-5]") {
  Value step, made;
  made = async_generator(
      "numbers", {does([&](Call &) {
                    CHECK(send(step) == "BUSY");
                    CHECK(throw_in(step, generator_exit()) == "BUSY");
                    CHECK(throw_in(step, kind(BATON_ERROR_KEY)) == "BUSY");
                    CHECK(close(step) == "BUSY");
                    CHECK(state(step) == "RUNNING");
                    CHECK(state(made) == "RUNNING");
                    for (Method method : methods) {
                      Value other = call_any(made, method);
                      CHECK(send(other) == running(method));
                      other = call_any(made, method);
                      CHECK(close(other) == running(method));
                    }
                  }),
                  items(1)});
  step = next(made);
  CHECK(send(step) == "RETURN 1");
  step.drop();
  made.drop();
}

TEST_CASE_METHOD(Watch, "a generator that awaits its own awaitable is told so",
                 "[AGN-5][LNK-9]") {
  Value step;
  Value made = async_generator(
      "numbers", {awaits_made([&](Call &) { return step; }).catching({})});
  step = next(made);
  CHECK(send(step) == "ERROR stop-async-iteration");
  CHECK(told() == Lines{"numbers < none",
                        "numbers ! value-error: coroutine already executing"});
  step.drop();
  made = async_generator("numbers", {awaits_made([](Call &body) {
                                       Value self;
                                       baton_copy(body.self, self.get());
                                       return next(self);
                                     }).catching({})});
  CHECK(send(next(made)) == "ERROR stop-async-iteration");
  CHECK(told().back() ==
        "numbers ! runtime-error: anext(): asynchronous generator is already "
        "running");
}

/* ---- How a call ends -------------------------------------------------- */

TEST_CASE_METHOD(Watch, "an item ends the awaitable of each method",
                 "[AGN-2][AGN-3][AGN-6]") {
  CHECK(send(call(suspended({}, {items(2)}), asend)) == "RETURN 2");
  CHECK(send(call_any(suspended({items(2)}), athrow)) == "RETURN 2");
  CHECK(send(call(suspended({items(counted())}), aclose)) ==
        "ERROR runtime-error: async generator ignored GeneratorExit");
}

TEST_CASE_METHOD(Watch, "the end of the generator ends each", "[AGN-4]") {
  CHECK(send(call(suspended(), asend)) == "ERROR stop-async-iteration");
  CHECK(send(call_any(suspended({returns(counted())}), athrow)) ==
        "ERROR stop-async-iteration");
  CHECK(send(call(suspended({returns(counted())}), aclose)) == "RETURN none");
}

TEST_CASE_METHOD(Watch, "generator-exit of the generator is aclose's end",
                 "[AGN-4]") {
  CHECK(send(call(suspended({}, {raises(generator_exit())}), asend)) ==
        "ERROR generator-exit");
  CHECK(send(call_any(suspended({raises(generator_exit())}), athrow)) ==
        "ERROR generator-exit");
  CHECK(send(call(suspended({raises(generator_exit())}), aclose)) ==
        "RETURN none");
}

TEST_CASE_METHOD(Watch, "any other error of the generator is that of each",
                 "[AGN-2][AGN-3][AGN-4][ERR-6]") {
  for (Method method : methods) {
    Value given = error(BATON_ERROR_OS, "disk");
    Value made = suspended({raises(given)}, {raises(given)});
    CHECK(send(call_any(made, method)).out.is(given));
    CHECK(state(made) == "CLOSED");
  }
}

TEST_CASE_METHOD(Watch, "iteration ends do not leave the body of a generator",
                 "[COR-15][ERR-7]") {
  const char *const messages[] = {
      "ERROR runtime-error: async generator raised StopIteration",
      "ERROR runtime-error: async generator raised StopAsyncIteration"};
  const uint32_t kinds[] = {BATON_ERROR_STOP_ITERATION,
                            BATON_ERROR_STOP_ASYNC_ITERATION};
  for (int which = 0; which < 2; which++) {
    for (Method method : methods) {
      Value stop = error(kinds[which], "stop");
      Value made = suspended({raises(stop)}, {raises(stop)});
      Outcome outcome = send(call_any(made, method));
      CHECK(outcome == messages[which]);
      const auto *table = outcome.out.get()->head.type->as_error;
      Value cause, context;
      table->cause(outcome.out.get(), cause.get());
      table->context(outcome.out.get(), context.get());
      CHECK(cause.is(stop));
      CHECK(context.is(stop));
    }
  }
}

TEST_CASE_METHOD(Watch, "an awaitable's own errors are not converted",
                 "[LNK-15][COR-15]") {
  Value step = call(suspended(), athrow, error(BATON_ERROR_OS, "disk"));
  CHECK(throw_in(call(ended(), athrow, kind(BATON_ERROR_KEY)),
                 kind(BATON_ERROR_STOP_ITERATION)) == "ERROR stop-iteration");
  CHECK(send(step) == "ERROR os-error: disk");
  Value made = async_generator("numbers", {items(1)});
  CHECK(send(call(made, athrow, kind(BATON_ERROR_STOP_ASYNC_ITERATION))) ==
        "ERROR stop-async-iteration");
}

TEST_CASE_METHOD(Watch, "a suspension of each is passed on", "[AGN-2]") {
  for (Method method : methods) {
    Value made = suspended({yields(5), waits(), reraises()},
                           {yields(5), waits(), items(2)});
    Value step = call_any(made, method);
    CHECK(send(step) == "YIELD 5");
    CHECK(send(step) == "PENDING");
    CHECK(state(step) == "SUSPENDED");
    CHECK(send(step) == (method == asend    ? "RETURN 2"
                         : method == athrow ? "ERROR key-error: k"
                                            : "RETURN none"));
  }
}

TEST_CASE_METHOD(Watch, "the claim is given up at each end", "[AGN-1][AGN-5]") {
  for (Method method : methods) {
    for (int way = 0; way < 4; way++) {
      Value made = suspended(
          {yields(5).catching({items(6), items(7)}), items(8), items(9)},
          {yields(5).catching({items(6), items(7)}), items(8), items(9)});
      Value step = call_any(made, method);
      CHECK(send(step) == "YIELD 5");
      if (way == 0) send(step);
      if (way == 1) throw_in(step, kind(BATON_ERROR_KEY));
      if (way == 2) throw_in(step, generator_exit());
      if (way == 3) close(step);
      CHECK(send(next(made)) == (way == 0 ? "RETURN 9" : "RETURN 7"));
      made.drop();
      told();
    }
  }
}

/* ---- Closing an awaitable --------------------------------------------- */

TEST_CASE_METHOD(Watch,
                 "an item in answer to a close is dropped, but for "
                 "aclose",
                 "[COR-10][COR-11][AGN-6]") {
  for (Method method : methods) {
    Value made = suspended({yields(5).catching({items(counted())})},
                           {yields(5).catching({items(counted())})});
    Value step = call_any(made, method);
    send(step);
    CHECK(close(step) ==
          (method == aclose
               ? "ERROR runtime-error: async generator ignored GeneratorExit"
               : "RETURN none"));
    CHECK(state(made) == "SUSPENDED");
  }
}

TEST_CASE_METHOD(Watch,
                 "a suspension in answer to a close is told as the "
                 "coroutine's",
                 "[COR-10]") {
  for (Method method : methods) {
    for (const Step &stop : {yields(6), waits()}) {
      Value made = suspended({yields(5).catching({stop, items(7)})},
                             {yields(5).catching({stop, items(7)})});
      Value step = call_any(made, method);
      send(step);
      CHECK(close(step) ==
            "ERROR runtime-error: coroutine ignored GeneratorExit");
      CHECK(state(step) == "SUSPENDED");
      CHECK(send(step) ==
            (method == aclose
                 ? "ERROR runtime-error: async generator ignored GeneratorExit"
                 : "RETURN 7"));
    }
  }
}

TEST_CASE_METHOD(Watch, "a close of an awaitable may wait, and ends like one",
                 "[COR-10][LNK-16][LNK-15]") {
  for (Method method : methods) {
    Value made = suspended({yields(5).catching({waits(), reraises()})},
                           {yields(5).catching({waits(), reraises()})});
    Value step = call_any(made, method);
    send(step);
    CHECK(close(step, accept_all) == "PENDING");
    CHECK(send(step) == "RETURN none");
    CHECK(state(made) == "CLOSED");
    CHECK(send(step) == reuse(method));
  }
}

TEST_CASE_METHOD(Watch, "a failing close of an awaitable fails",
                 "[COR-8][COR-10]") {
  for (Method method : methods) {
    Value given = error(BATON_ERROR_OS, "disk");
    Value made = suspended({yields(5).catching({raises(given)})},
                           {yields(5).catching({raises(given)})});
    Value step = call_any(made, method);
    send(step);
    CHECK(close(step).out.is(given));
  }
}

TEST_CASE_METHOD(Watch, "a close goes through an awaitable in mid-chain",
                 "[COR-8][LNK-15]") {
  Value leaf = coroutine("leaf", {yields(5)});
  Value made = async_generator("numbers", {awaits(leaf)});
  Value outer = coroutine("outer", {awaits(next(made))});
  CHECK(send(outer) == "YIELD 5");
  told();
  CHECK(close(outer) == "RETURN none");
  CHECK(told() == Lines{"leaf ! generator-exit", "numbers ! generator-exit",
                        "outer ! generator-exit"});
  CHECK(state(made) == "CLOSED");
}

TEST_CASE_METHOD(Watch,
                 "a generator in mid-chain that ignores its close is "
                 "cut off with its awaitable",
                 "[COR-10][LNK-15]") {
  Value made =
      async_generator("numbers", {yields(5).catching({yields(6), items(7)})});
  Value step = next(made);
  Value outer = coroutine("outer", {awaits(step)});
  CHECK(send(outer) == "YIELD 5");
  CHECK(close(outer) == "ERROR runtime-error: coroutine ignored GeneratorExit");
  CHECK(state(step) == "SUSPENDED");
  CHECK(send(step) == "RETURN 7");
}

/* ---- Release ---------------------------------------------------------- */

TEST_CASE_METHOD(Watch, "an awaitable that never began is reported",
                 "[COR-19][OWN-7]") {
  const char *const told_names[] = {"asend", "athrow", "aclose"};
  for (Method method : methods) {
    Value made = async_generator("numbers", {});
    call(made, method,
         method == athrow  ? host_error(BATON_ERROR_KEY)
         : method == asend ? counted()
                           : Value());
    CHECK(told_unawaited() == Lines{told_names[method]});
  }
}

TEST_CASE_METHOD(Watch, "an awaitable that has begun or ended is not reported",
                 "[COR-19]") {
  for (Method method : methods) {
    Value made = suspended({yields(5), items(2)}, {yields(5), items(2)});
    Value step = call_any(made, method);
    send(step);
    step.drop();
    send(call_any(ended(), method));
    close(call_any(ended(), method));
  }
}

TEST_CASE_METHOD(Watch, "a generator in CREATED is not reported", "[COR-19]") {
  async_generator("numbers", {items(1)});
  CHECK(told() == Lines());
}

TEST_CASE_METHOD(Watch, "a suspended generator is closed by its release",
                 "[COR-18]") {
  suspended();
  CHECK(told() == Lines{"numbers ! generator-exit"});
  suspended({raises(error(BATON_ERROR_OS, "disk"))});
  CHECK(told_unraisable() == Lines{"os-error: disk in numbers"});
  suspended({items(counted())});
  CHECK(told_unraisable() ==
        Lines{"runtime-error: async generator ignored GeneratorExit in "
              "numbers"});
  suspended({yields(counted())});
  CHECK(told_unraisable() ==
        Lines{"runtime-error: async generator ignored GeneratorExit in "
              "numbers"});
}

TEST_CASE_METHOD(Watch, "an awaitable holds its generator and its value",
                 "[TYP-8][OWN-7]") {
  Value step = call(async_generator("numbers", {}), asend, counted());
  Lines seen;
  const auto note = [](const baton_value *held, void *arg) -> int32_t {
    static_cast<Lines *>(arg)->push_back(describe(held));
    return 0;
  };
  step.get()->head.type->traverse(step.get(), note, &seen);
  CHECK(seen == Lines{"async_generator", "counted"});
  close(step);
  seen.clear();
  step.get()->head.type->traverse(step.get(), note, &seen);
  CHECK(seen == Lines{"async_generator"});
}
