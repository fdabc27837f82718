/* SPDX-License-Identifier: MIT */
#include <catch2/catch_test_macros.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "support/drive.h"
#include "support/foreign.h"
#include "support/script.h"
#include "support/watch.h"

/* Coroutines and generators that are driven themselves: each cell of their
 * state tables, what their steps make of a call, and their frames. */

using namespace support;

namespace {

struct Noun {
  uint8_t kind;
  const char *name;
};

const Noun nouns[] = {{BATON_KIND_COROUTINE, "coroutine"},
                      {BATON_KIND_GENERATOR, "generator"}};

Value suspended(uint8_t kind, Script steps) {
  steps.insert(steps.begin(), yields(1));
  Value made = scripted("body", kind, steps);
  REQUIRE(send(made) == "YIELD 1");
  told();
  return made;
}

/* Suspended at a step that catches what is thrown, and goes on so. */
Value catching(uint8_t kind, Script handler) {
  Value made = scripted("body", kind, {yields(1).catching(handler)});
  REQUIRE(send(made) == "YIELD 1");
  told();
  return made;
}

Value ended(uint8_t kind) {
  Value made = scripted("body", kind, {});
  REQUIRE(send(made) == "RETURN none");
  told();
  return made;
}

}  // namespace

/* ---- CREATED ---------------------------------------------------------- */

TEST_CASE_METHOD(Watch, "send of none starts the body", "[COR-14][VAL-2]") {
  for (const Noun &noun : nouns) {
    Value made = scripted("body", noun.kind, {yields(1), returns(2)});
    CHECK(state(made) == "CREATED");
    CHECK(send(made) == "YIELD 1");
    CHECK(told() == Lines{"body < none"});
    CHECK(state(made) == "SUSPENDED");
    CHECK(close(made) == "RETURN none");
    told();
  }
}

TEST_CASE_METHOD(Watch, "send of a value does not start the body",
                 "[COR-2][OWN-2]") {
  for (const Noun &noun : nouns) {
    Value object = counted();
    Value made = scripted("body", noun.kind, {returns_sent()});
    Outcome outcome = send(made, object);
    CHECK(outcome ==
          std::string("ERROR type-error: can't send non-None value to a "
                      "just-started ") +
              noun.name);
    CHECK(outcome.in.is(object));
    CHECK(state(made) == "CREATED");
    CHECK(told() == Lines());
    CHECK(send(made) == "RETURN none");
    told();
  }
}

TEST_CASE_METHOD(Watch, "none with garbage in its payload starts the body",
                 "[VAL-5]") {
  Value made = coroutine("body", {returns_sent()});
  Value none(baton_scalar_value(BATON_TAG_NONE, 0xdeadbeef));
  CHECK(send(made, none) == "RETURN none");
}

TEST_CASE_METHOD(Watch, "throw before the start ends it without its body",
                 "[COR-5][ERR-6]") {
  const uint32_t kinds[] = {BATON_ERROR_VALUE, BATON_ERROR_STOP_ITERATION,
                            BATON_ERROR_STOP_ASYNC_ITERATION,
                            BATON_ERROR_GENERATOR_EXIT};
  for (const Noun &noun : nouns) {
    for (uint32_t number : kinds) {
      Value made = scripted("body", noun.kind, {yields(1)});
      Value given = error(number, "no");
      Outcome outcome = throw_in(made, given);
      CHECK(outcome.status == BATON_ERROR);
      CHECK(outcome.out.is(given));
      CHECK(state(made) == "CLOSED");
      CHECK(told() == Lines());
      uint32_t kept = 1;
      uint64_t elided = 1;
      given.get()->head.type->as_error->frames(given.get(), nullptr, 0, &kept,
                                               &elided);
      CHECK(kept == 0);
    }
  }
}

TEST_CASE_METHOD(Watch, "close before the start ends it without a notice",
                 "[COR-7]") {
  for (const Noun &noun : nouns) {
    Value made = scripted("body", noun.kind, {yields(1)});
    CHECK(close(made) == "RETURN none");
    CHECK(state(made) == "CLOSED");
    CHECK(told() == Lines());
  }
}

/* ---- RUNNING ---------------------------------------------------------- */

TEST_CASE_METHOD(Watch, "a running body refuses every call",
                 "[COR-4][COR-12][OWN-4]") {
  for (const Noun &noun : nouns) {
    const auto calls = does([](Call &call) {
      Value self;
      baton_copy(call.self, self.get());
      CHECK(send(self) == "BUSY");
      CHECK(send(self, counted()) == "BUSY");
      CHECK(throw_in(self, error(BATON_ERROR_VALUE, "no")) == "BUSY");
      CHECK(throw_in(self, generator_exit()) == "BUSY");
      CHECK(close(self) == "BUSY");
      CHECK(state(self) == "RUNNING");
    });
    Value made =
        scripted("body", noun.kind, {calls, yields(1), calls, returns(2)});
    CHECK(send(made) == "YIELD 1");
    CHECK(send(made) == "RETURN 2");
    CHECK(told() == Lines{"body < none", "body < none"});
  }
}

/* ---- SUSPENDED -------------------------------------------------------- */

TEST_CASE_METHOD(Watch, "send resumes with the value", "[COR-14][OWN-2]") {
  for (const Noun &noun : nouns) {
    Value made = suspended(noun.kind, {yields(2), returns_sent()});
    CHECK(send(made) == "YIELD 2");
    Value object = counted();
    Outcome outcome = send(made, object);
    CHECK(outcome.status == BATON_RETURN);
    CHECK(outcome.out.is(object));
    CHECK(outcome.in.none());
    CHECK(told() == Lines{"body < none", "body < counted"});
    CHECK(state(made) == "CLOSED");
  }
}

TEST_CASE_METHOD(Watch, "throw is raised at the suspension, as often as asked",
                 "[COR-6]") {
  for (const Noun &noun : nouns) {
    Value made = catching(noun.kind, {yields(2).catching({returns(3)})});
    CHECK(throw_in(made, error(BATON_ERROR_VALUE, "one")) == "YIELD 2");
    CHECK(state(made) == "SUSPENDED");
    CHECK(throw_in(made, error(BATON_ERROR_KEY, "two")) == "RETURN 3");
    CHECK(told() == Lines{"body ! value-error: one", "body ! key-error: two"});
    CHECK(state(made) == "CLOSED");
  }
}

TEST_CASE_METHOD(Watch, "an error that is not caught comes back as it is",
                 "[COR-6][ERR-6][ERR-1]") {
  for (const Noun &noun : nouns) {
    for (const Value &given : {error(BATON_ERROR_VALUE, "no"),
                               host_error(BATON_ERROR_OTHER), kind(77)}) {
      Value made = suspended(noun.kind, {});
      Outcome outcome = throw_in(made, given);
      CHECK(outcome.status == BATON_ERROR);
      CHECK(outcome.out.is(given));
      CHECK(state(made) == "CLOSED");
    }
  }
}

TEST_CASE_METHOD(Watch, "generator-exit may be thrown, and stays an error",
                 "[COR-6][COR-17]") {
  for (const Noun &noun : nouns) {
    Value made = suspended(noun.kind, {});
    CHECK(throw_in(made, generator_exit()) == "ERROR generator-exit");
    CHECK(state(made) == "CLOSED");
    made = catching(noun.kind, {yields(2)});
    CHECK(throw_in(made, generator_exit()) == "YIELD 2");
    CHECK(state(made) == "SUSPENDED");
    CHECK(send(made) == "RETURN none");
  }
}

TEST_CASE_METHOD(Watch, "cancelled loses to a body that completes", "[COR-6]") {
  Value made = catching(BATON_KIND_COROUTINE, {waits(), returns(7)});
  CHECK(throw_in(made, kind(BATON_ERROR_CANCELLED)) == "PENDING");
  CHECK(state(made) == "SUSPENDED");
  CHECK(send(made) == "RETURN 7");
  made = catching(BATON_KIND_COROUTINE, {returns(7)});
  CHECK(throw_in(made, kind(BATON_ERROR_CANCELLED)) == "RETURN 7");
}

TEST_CASE_METHOD(Watch, "close unwinds the body", "[COR-10][COR-11]") {
  for (const Noun &noun : nouns) {
    Value made = suspended(noun.kind, {});
    CHECK(close(made) == "RETURN none");
    CHECK(state(made) == "CLOSED");
    CHECK(told() == Lines{"body ! generator-exit"});
  }
}

TEST_CASE_METHOD(Watch, "close gives the value that the body returns",
                 "[COR-11]") {
  for (const Noun &noun : nouns) {
    Value made = catching(noun.kind, {returns(5)});
    CHECK(close(made) == "RETURN 5");
    CHECK(state(made) == "CLOSED");
  }
}

TEST_CASE_METHOD(Watch, "close gives the error of a cleanup that fails",
                 "[COR-10][ERR-6]") {
  for (const Noun &noun : nouns) {
    Value failure = error(BATON_ERROR_OS, "disk");
    Value made = catching(noun.kind, {raises(failure)});
    Outcome outcome = close(made);
    CHECK(outcome.status == BATON_ERROR);
    CHECK(outcome.out.is(failure));
    CHECK(state(made) == "CLOSED");
  }
}

TEST_CASE_METHOD(Watch, "a body that suspends in close ignores GeneratorExit",
                 "[COR-10]") {
  for (const Noun &noun : nouns) {
    for (const Step &step : {yields(2), waits()}) {
      Value made = catching(noun.kind, {step, returns(3)});
      CHECK(close(made) == std::string("ERROR runtime-error: ") + noun.name +
                               " ignored GeneratorExit");
      CHECK(state(made) == "SUSPENDED");
      CHECK(send(made) == "RETURN 3");
    }
  }
}

TEST_CASE_METHOD(Watch, "close returns a suspension only if it is accepted",
                 "[COR-10][LNK-16][CTX-3]") {
  for (const Noun &noun : nouns) {
    Value made = catching(noun.kind, {yields(2), waits(), returns(3)});
    CHECK(close(made, BATON_ACCEPT_YIELD) == "YIELD 2");
    CHECK(state(made) == "SUSPENDED");
    Context cx;
    CHECK(send(made, Value(), &cx) == "PENDING");
    CHECK(send(made) == "RETURN 3");

    made = catching(noun.kind, {yields(2), returns(3)});
    CHECK(close(made, BATON_ACCEPT_PENDING) ==
          std::string("ERROR runtime-error: ") + noun.name +
              " ignored GeneratorExit");
    made = catching(noun.kind, {waits(), reraises()});
    CHECK(close(made, BATON_ACCEPT_PENDING) == "PENDING");
    CHECK(send(made) == "RETURN none");
    CHECK(state(made) == "CLOSED");
  }
}

TEST_CASE_METHOD(Watch,
                 "each later suspension of a close is held against accepts",
                 "[COR-10][LNK-16]") {
  Value made =
      catching(BATON_KIND_COROUTINE, {yields(2), yields(3), returns(4)});
  CHECK(close(made, accept_all) == "YIELD 2");
  Context nothing(0);
  CHECK(send(made, Value(), &nothing) ==
        "ERROR runtime-error: coroutine ignored GeneratorExit");
  CHECK(state(made) == "SUSPENDED");
  CHECK(send(made) == "RETURN 4");
}

TEST_CASE_METHOD(Watch, "a suspension outside of a close needs no leave",
                 "[COR-14][CTX-3]") {
  Value made = coroutine("body", {yields(1), waits()});
  Context nothing(0);
  CHECK(send(made, Value(), &nothing) == "YIELD 1");
  CHECK(send(made, Value(), &nothing) == "PENDING");
}

/* ---- CLOSED ----------------------------------------------------------- */

TEST_CASE_METHOD(Watch, "a coroutine that has ended refuses send and throw",
                 "[COR-3][COR-12]") {
  Value made = ended(BATON_KIND_COROUTINE);
  CHECK(send(made) == "INVALID_STATE");
  CHECK(send(made, counted()) == "INVALID_STATE");
  CHECK(throw_in(made, error(BATON_ERROR_VALUE, "no")) == "INVALID_STATE");
  CHECK(throw_in(made, generator_exit()) == "INVALID_STATE");
  CHECK(state(made) == "CLOSED");
  CHECK(told() == Lines());
}

TEST_CASE_METHOD(Watch, "a generator that has ended returns none", "[COR-3]") {
  Value made = ended(BATON_KIND_GENERATOR);
  CHECK(send(made) == "RETURN none");
  CHECK(send(made, counted()) == "RETURN none");
  for (const Value &given :
       {error(BATON_ERROR_STOP_ITERATION, "no"), generator_exit()}) {
    Outcome outcome = throw_in(made, given);
    CHECK(outcome.status == BATON_ERROR);
    CHECK(outcome.out.is(given));
  }
  CHECK(state(made) == "CLOSED");
  CHECK(told() == Lines());
}

TEST_CASE_METHOD(Watch, "close after the end returns none", "[COR-9]") {
  for (const Noun &noun : nouns) {
    Value made = ended(noun.kind);
    CHECK(close(made) == "RETURN none");
    CHECK(close(made) == "RETURN none");
    CHECK(state(made) == "CLOSED");
  }
}

/* ---- What a step makes of a call -------------------------------------- */

TEST_CASE_METHOD(Watch, "a stop-iteration does not leave a body",
                 "[COR-15][ERR-7]") {
  for (const Noun &noun : nouns) {
    for (const Value &stop : {error(BATON_ERROR_STOP_ITERATION, "5"),
                              host_error(BATON_ERROR_STOP_ITERATION),
                              kind(BATON_ERROR_STOP_ITERATION)}) {
      Value made = scripted("body", noun.kind, {raises(stop)});
      Outcome outcome = send(made);
      CHECK(outcome == std::string("ERROR runtime-error: ") + noun.name +
                           " raised StopIteration");
      const auto *methods = outcome.out.get()->head.type->as_error;
      Value cause, context;
      methods->cause(outcome.out.get(), cause.get());
      methods->context(outcome.out.get(), context.get());
      CHECK(cause.is(stop));
      CHECK(context.is(stop));
      CHECK(state(made) == "CLOSED");
    }
  }
}

TEST_CASE_METHOD(Watch, "a stop-iteration thrown in is converted too",
                 "[COR-15]") {
  Value made = suspended(BATON_KIND_COROUTINE, {});
  CHECK(throw_in(made, kind(BATON_ERROR_STOP_ITERATION)) ==
        "ERROR runtime-error: coroutine raised StopIteration");
  made = suspended(BATON_KIND_GENERATOR, {});
  CHECK(throw_in(made, kind(BATON_ERROR_STOP_ITERATION)) ==
        "ERROR runtime-error: generator raised StopIteration");
}

TEST_CASE_METHOD(Watch, "a stop-async-iteration leaves these bodies as it is",
                 "[COR-15][ERR-6]") {
  for (const Noun &noun : nouns) {
    Value made = scripted("body", noun.kind,
                          {raises(kind(BATON_ERROR_STOP_ASYNC_ITERATION))});
    CHECK(send(made) == "ERROR stop-async-iteration");
  }
}

TEST_CASE_METHOD(Watch, "a refusal of the body is the call's, and no more",
                 "[COR-12][OWN-4]") {
  for (const Noun &noun : nouns) {
    Value made =
        scripted("body", noun.kind, {gives(BATON_NO_MEMORY), returns(1)});
    CHECK(send(made) == "NO_MEMORY");
    CHECK(state(made) == "CREATED");
    CHECK(send(made) == "RETURN 1");
    made = catching(noun.kind, {gives(-200), yields(2)});
    CHECK(close(made) == "status -200");
    CHECK(state(made) == "SUSPENDED");
    CHECK(send(made) == "YIELD 2");
  }
}

TEST_CASE_METHOD(Watch, "a close that the body refused is not going on",
                 "[COR-12][LNK-16]") {
  Value made =
      catching(BATON_KIND_COROUTINE,
               {gives(BATON_NO_MEMORY), yields(2), raises(generator_exit())});
  CHECK(close(made) == "NO_MEMORY");
  Context nothing(0);
  CHECK(send(made, Value(), &nothing) == "YIELD 2");
  CHECK(send(made) == "ERROR generator-exit");
}

TEST_CASE_METHOD(Watch, "a refusal that leaves garbage in out leaks nothing",
                 "[OWN-3]") {
  Value made = coroutine("body", {gives(BATON_NO_MEMORY, counted())});
  CHECK(send(made) == "NO_MEMORY");
  CHECK(close(made) == "RETURN none");
}

TEST_CASE_METHOD(Watch, "an unknown status ends the body", "[COR-13][COR-1]") {
  for (const Noun &noun : nouns) {
    for (int32_t status : {77, 5, -2, -15, -256}) {
      Value made = scripted("body", noun.kind, {gives(status, counted())});
      CHECK(send(made) == "ERROR runtime-error: unknown status " +
                              std::to_string(status) + " from " + noun.name);
      CHECK(state(made) == "CLOSED");
    }
  }
}

TEST_CASE_METHOD(Watch, "an item is for async generators only",
                 "[COR-13][LNK-15]") {
  for (const Noun &noun : nouns) {
    Value made = scripted("body", noun.kind, {items(counted())});
    CHECK(send(made) ==
          std::string("ERROR runtime-error: unknown status 4 from ") +
              noun.name);
    CHECK(state(made) == "CLOSED");
  }
}

TEST_CASE_METHOD(Watch, "what is raised must be an error", "[ERR-1]") {
  Value made = coroutine("body", {raises(counted())});
  CHECK(send(made) ==
        "ERROR type-error: coroutine raised a counted, which is no error "
        "(ERR-1)");
  CHECK(state(made) == "CLOSED");
}

TEST_CASE_METHOD(Watch, "what is thrown must be an error", "[COR-20][OWN-4]") {
  for (const Noun &noun : nouns) {
    Value made = suspended(noun.kind, {returns(2)});
    CHECK(throw_in(made, Value()) == "INVALID_ARGUMENT");
    CHECK(throw_in(made, 5) == "INVALID_ARGUMENT");
    CHECK(throw_in(made, counted()) == "INVALID_ARGUMENT");
    CHECK(state(made) == "SUSPENDED");
    CHECK(told() == Lines());
    CHECK(send(made) == "RETURN 2");
    CHECK(throw_in(made, 5) == "INVALID_ARGUMENT");
  }
}

TEST_CASE_METHOD(Watch, "an unknown kind of error passes with its base bit",
                 "[ERR-2][ERR-6]") {
  for (uint32_t number : {0x00001234u, 0x80001234u}) {
    Value made = coroutine("body", {raises(kind(number))});
    Outcome outcome = send(made);
    CHECK(outcome.status == BATON_ERROR);
    CHECK(baton_error_kind(outcome.out.get()) == number);
  }
}

TEST_CASE_METHOD(Watch, "values cross as they are, whatever their tag",
                 "[VAL-1][VAL-2][VAL-3][OWN-5]") {
  const uint64_t largest = UINT64_MAX;
  const Value values[] = {Value(),
                          Value(baton_from_bool(1)),
                          Value(baton_from_bool(0)),
                          Value(baton_from_i64(INT64_MIN)),
                          Value(baton_from_u64(largest)),
                          Value(baton_from_u64(7)),
                          Value(baton_from_f64(0.5)),
                          kind(BATON_ERROR_STOP_ITERATION),
                          error(BATON_ERROR_VALUE, "a value, not raised"),
                          Value(baton_scalar_value(200, 0x123456789abcdefu)),
                          Value(baton_scalar_value(255, 1)),
                          counted(),
                          text("text")};
  CHECK(values[4].get()->head.tag == BATON_TAG_U64);
  CHECK(values[5].get()->head.tag == BATON_TAG_I64);
  Value echo = generator("echo", {});
  running_of(echo.get())->steps = {yields(0)};
  REQUIRE(send(echo) == "YIELD 0");
  for (const Value &value : values) {
    running_of(echo.get())->steps.push_back(gives(BATON_YIELD, [](Call &call) {
      return call.body->last;
    }));
    Outcome outcome = send(echo, value);
    CHECK(outcome.status == BATON_YIELD);
    CHECK(outcome.out.is(value));
  }
}

TEST_CASE_METHOD(Watch, "a body sees the context of its own call",
                 "[CTX-1][CTX-2]") {
  std::vector<baton_context *> seen;
  const auto look = does([&](Call &call) { seen.push_back(call.cx); });
  Value made = coroutine("body", {look, yields(1), look, yields(2)});
  Context first, second(0);
  send(made, Value(), &first);
  send(made, Value(), &second);
  CHECK(seen == std::vector<baton_context *>{&first, &second});
  close(made);
}

TEST_CASE_METHOD(Watch, "a larger context of a newer driver is understood",
                 "[CTX-4][VER-3][VER-7]") {
  struct Newer : Context {
    uint64_t more[4] = {1, 2, 3, 4};
  } cx;
  cx.struct_size = sizeof(baton_context) + sizeof cx.more;
  cx.abi_minor = 99;
  cx.reserved0 = 0xffffffff;
  Value made = coroutine("body", {yields(1), returns(2)});
  CHECK(send(made, Value(), &cx) == "YIELD 1");
  CHECK(send(made, Value(), &cx) == "RETURN 2");
  CHECK(cx.reserved0 == 0xffffffff);
}

TEST_CASE_METHOD(Watch, "an older driver gets no status that it cannot know",
                 "[CTX-4]") {
  Context cx;
  cx.abi_minor = 0;
  Value made = coroutine(
      "body",
      {yields(1), waits(), awaits(coroutine("child", {yields(2)})), yields(3)});
  for (const char *expected :
       {"YIELD 1", "PENDING", "YIELD 2", "YIELD 3", "RETURN none"})
    CHECK(send(made, Value(), &cx) == expected);
}

/* ---- Frames and objects ----------------------------------------------- */

namespace {

struct Plain {
  uint64_t number;
  baton_value values[2];
  int *dropped;
};

int32_t BATON_CALL plain_resume(const baton_value *, baton_context *,
                                uint32_t op, baton_value *in,
                                baton_value *out) {
  if (op == BATON_OP_THROW) {
    *out = baton_take(in);
    return BATON_ERROR;
  }
  return BATON_YIELD;
}

void BATON_CALL plain_drop(void *frame) {
  ++*static_cast<Plain *>(frame)->dropped;
}

int32_t BATON_CALL plain_traverse(void *, baton_visit visit, void *arg) {
  const baton_value extra = baton_from_i64(99);
  return visit(&extra, arg);
}

baton_body plain_body() {
  baton_body body = {};
  body.struct_size = sizeof body;
  body.name = "plain";
  body.frame_size = sizeof(Plain);
  body.value_offset = offsetof(Plain, values);
  body.value_count = 2;
  body.resume = plain_resume;
  body.drop = plain_drop;
  return body;
}

Plain *plain_of(const Value &value) {
  return static_cast<Plain *>(baton_coro_frame(value.get()));
}

int32_t BATON_CALL note_value(const baton_value *held, void *arg) {
  static_cast<Lines *>(arg)->push_back(describe(held));
  return 0;
}

int32_t BATON_CALL stop_at_once(const baton_value *, void *arg) {
  ++*static_cast<int *>(arg);
  return 42;
}

}  // namespace

TEST_CASE_METHOD(Watch, "a frame is zeroed and aligned to 16", "[TYP-8]") {
  for (uint8_t kind = 0; kind <= BATON_KIND_ASYNC_GENERATOR; kind++) {
    for (unsigned flags :
         {0u, BATON_BODY_SHARED, BATON_BODY_AFFINE, BATON_BODY_HANDLING}) {
      int dropped = 0;
      baton_body body = plain_body();
      body.kind = kind;
      body.flags = static_cast<uint16_t>(flags);
      Value made;
      REQUIRE(baton_coro_new(&body, made.get()) == BATON_OK);
      const Plain *frame = plain_of(made);
      CHECK(reinterpret_cast<uintptr_t>(frame) % 16 == 0);
      CHECK(frame->number == 0);
      CHECK(baton_is_none(&frame->values[0]));
      CHECK(baton_is_none(&frame->values[1]));
      CHECK(baton_coro_body(made.get()) == &body);
      plain_of(made)->dropped = &dropped;
      made.drop();
      CHECK(dropped == 1);
      told_unawaited();
    }
  }
}

TEST_CASE_METHOD(Watch, "values of the frame are dropped when the body ends",
                 "[LNK-8][OWN-7][TYP-11]") {
  const baton_body body = plain_body();
  for (int way = 0; way < 4; way++) {
    const int objects = live_objects;
    int dropped = 0;
    Value made;
    REQUIRE(baton_coro_new(&body, made.get()) == BATON_OK);
    plain_of(made)->dropped = &dropped;
    for (baton_value &value : plain_of(made)->values) value = counted().give();
    CHECK(live_objects == objects + 2);
    if (way == 1 || way == 2) send(made);
    if (way == 0) throw_in(made, kind(BATON_ERROR_VALUE));
    if (way == 1) throw_in(made, kind(BATON_ERROR_VALUE));
    if (way == 2) close(made);
    if (way == 3) close(made);
    CHECK(dropped == 1);
    CHECK(live_objects == objects);
    CHECK(state(made) == "CLOSED");
    made.drop();
    CHECK(dropped == 1);
  }
}

TEST_CASE_METHOD(Watch, "traverse visits what is held, once each", "[TYP-8]") {
  baton_body body = plain_body();
  body.traverse = plain_traverse;
  int dropped = 0;
  Value made;
  REQUIRE(baton_coro_new(&body, made.get()) == BATON_OK);
  plain_of(made)->dropped = &dropped;
  plain_of(made)->values[0] = counted().give();
  plain_of(made)->values[1] = text("held").give();
  const auto traverse = made.get()->head.type->traverse;
  Lines seen;
  CHECK(traverse(made.get(), note_value, &seen) == 0);
  CHECK(seen == Lines{"counted", "'held'", "99"});
  int visits = 0;
  CHECK(traverse(made.get(), stop_at_once, &visits) == 42);
  CHECK(visits == 1);
  close(made);
  seen.clear();
  CHECK(traverse(made.get(), note_value, &seen) == 0);
  CHECK(seen == Lines());
}

TEST_CASE_METHOD(Watch, "traverse visits the awaitable, as owner or handle",
                 "[TYP-8]") {
  const auto visited = [](Value (*wrap)(Value)) {
    Value parent =
        coroutine("parent", {awaits(wrap(coroutine("child", {yields(1)})))});
    REQUIRE(send(parent) == "YIELD 1");
    Lines seen;
    parent.get()->head.type->traverse(parent.get(), note_value, &seen);
    close(parent);
    return seen;
  };
  CHECK(visited([](Value child) { return child; }) == Lines{"coroutine"});
  CHECK(visited(awaitable_lending) == Lines{"awaitable"});
  CHECK(visited(awaitable_owning) == Lines{"coroutine"});
}

TEST_CASE_METHOD(Watch, "a handled error is visited and dropped",
                 "[TYP-8][LNK-8]") {
  Value made = coroutine(
      "body", {handles(error(BATON_ERROR_KEY, "k")), yields(1), returns(2)},
      BATON_BODY_HANDLING);
  send(made);
  Lines seen;
  made.get()->head.type->traverse(made.get(), note_value, &seen);
  CHECK(seen == Lines{"key-error: k"});
  CHECK(send(made) == "RETURN 2");
}

TEST_CASE_METHOD(Watch, "bodies that cannot be are refused", "[TYP-1]") {
  const baton_body good = plain_body();
  Value made;
  const auto refused = [&](baton_body body) {
    const int32_t status = baton_coro_new(&body, made.get());
    return status == BATON_INVALID_ARGUMENT && made.none();
  };
  baton_body body = good;
  body.struct_size = sizeof body - 1;
  CHECK(refused(body));
  body = good;
  body.kind = BATON_KIND_AWAITABLE;
  CHECK(refused(body));
  body = good;
  body.kind = 200;
  CHECK(refused(body));
  body = good;
  body.flags = 0x8000;
  CHECK(refused(body));
  body = good;
  body.flags = BATON_BODY_SHARED | BATON_BODY_AFFINE;
  CHECK(refused(body));
  body = good;
  body.name = nullptr;
  CHECK(refused(body));
  body = good;
  body.resume = nullptr;
  CHECK(refused(body));
  body = good;
  body.value_count = 3;
  body.frame_size = sizeof(Plain) - 8;
  CHECK(refused(body));
  body = good;
  body.value_count = UINT32_MAX;
  CHECK(refused(body));
  body = good;
  body.value_offset += 4;
  CHECK(refused(body));
  CHECK(baton_coro_new(nullptr, made.get()) == BATON_INVALID_ARGUMENT);
  CHECK(baton_coro_new(&good, nullptr) == BATON_INVALID_ARGUMENT);
  CHECK(made.none());
}

TEST_CASE_METHOD(Watch, "a larger body of a newer author is taken", "[VER-3]") {
  struct Newer {
    baton_body body;
    uint64_t more[4];
  } newer = {plain_body(), {1, 2, 3, 4}};
  newer.body.struct_size = sizeof newer;
  int dropped = 0;
  Value made;
  REQUIRE(baton_coro_new(&newer.body, made.get()) == BATON_OK);
  plain_of(made)->dropped = &dropped;
  CHECK(send(made) == "YIELD none");
  close(made);
}

TEST_CASE_METHOD(Watch, "only the library's own coroutines have a body",
                 "[TYP-9]") {
  Value other = counted();
  Value number = 5;
  CHECK(baton_coro_body(other.get()) == nullptr);
  CHECK(baton_coro_body(number.get()) == nullptr);
}

TEST_CASE_METHOD(Watch, "am_await of a coroutine lends itself, in any state",
                 "[AWT-2][AWT-4]") {
  Value made = coroutine("body", {yields(1)});
  const auto am_await = made.get()->head.type->as_async->am_await;
  const auto lends = [&] {
    Context cx;
    baton_value handle = baton_none();
    return am_await(made.get(), &cx, &handle) == BATON_LENT &&
           handle.payload.object == made.get()->payload.object;
  };
  CHECK(lends());
  CHECK(lends());
  CHECK(state(made) == "CREATED");
  send(made);
  CHECK(lends());
  CHECK(state(made) == "SUSPENDED");
  close(made);
  CHECK(lends());
}

TEST_CASE_METHOD(Watch, "a generator cannot be awaited", "[AWT-1]") {
  Value made = generator("body", {});
  const baton_type *type = made.get()->head.type;
  CHECK((!type->as_async || !type->as_async->am_await));
  Value parent = coroutine("parent", {awaits(made)});
  CHECK(send(parent) ==
        "ERROR type-error: 'generator' object can't be awaited");
}

TEST_CASE_METHOD(Watch, "the library's descriptors keep their own rules",
                 "[TYP-1][TYP-2][TYP-5][VER-7]") {
  Value next = async_generator("numbers", {});
  Value step;
  Context cx;
  REQUIRE(next.get()->head.type->as_async->am_anext(next.get(), &cx,
                                                    step.get()) == BATON_OWNED);
  for (const Value &value : {coroutine("c", {}), generator("g", {}), next, step,
                             error(BATON_ERROR_VALUE, "no"), text("text")}) {
    const baton_type *type = value.get()->head.type;
    const char *why = "unset";
    CHECK(baton_type_check(type, &why) == BATON_OK);
    CHECK(why == nullptr);
    CHECK(type->struct_size == sizeof *type);
    CHECK(type->abi_major == BATON_ABI_MAJOR);
    CHECK(type->abi_minor == BATON_ABI_MINOR);
    CHECK(type->reserved0 == 0);
    CHECK(type->flags == 0);
    CHECK(std::string(type->provider->name) == "libbaton");
    if (type->as_link && !value.is(next)) CHECK(type->as_coroutine);
  }
  told_unawaited();
  close(step);
  step.drop();
  next.drop();
  told_unawaited();
}
