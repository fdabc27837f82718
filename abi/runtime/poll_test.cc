/* SPDX-License-Identifier: MIT */
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "support/drive.h"
#include "support/foreign.h"
#include "support/process.h"
#include "support/script.h"
#include "support/watch.h"

/* Outermost drivers: finding the handle, tokens, bad callees, closing, and
 * arguments that are not there. */

using namespace support;

namespace {

Outcome block_on(const Value &awaitable) {
  Outcome outcome;
  outcome.status = baton_block_on(awaitable.get(), outcome.out.get());
  return outcome;
}

Outcome handle_of(const Value &awaitable) {
  Outcome outcome;
  Context cx;
  outcome.status = baton_await_handle(awaitable.get(), &cx, outcome.out.get());
  return outcome;
}

Outcome close_now(const Value &self) {
  Outcome outcome;
  outcome.status = baton_close(self.get(), outcome.out.get());
  return outcome;
}

/* A token that is ready at once, and counts. */
struct Token : Object {
  int subscribed = 0;
  int unsubscribed = 0;
  int32_t refusal = BATON_OK;
};

Token *token_of(const baton_value *self) {
  return static_cast<Token *>(object_of(self));
}

int32_t BATON_CALL token_subscribe(const baton_value *self,
                                   const baton_waker *waker) {
  if (token_of(self)->refusal != BATON_OK) return token_of(self)->refusal;
  token_of(self)->subscribed++;
  return waker->methods->wake_by_ref(waker);
}

int32_t BATON_CALL token_unsubscribe(const baton_value *self,
                                     const baton_waker *) {
  token_of(self)->unsubscribed++;
  return BATON_OK;
}

Value token(int32_t refusal = BATON_OK) {
  static const baton_wait wait = {sizeof wait, 0, token_subscribe,
                                  token_unsubscribe};
  static const baton_type type = [] {
    baton_type made = plain_type("token");
    made.query = [](const baton_value *, const char *id,
                    const void **out) -> int32_t {
      *out = std::string(id) == BATON_EXT_WAIT ? &wait : nullptr;
      return *out ? BATON_OK : BATON_UNSUPPORTED;
    };
    return made;
  }();
  auto *made = new Token;
  made->refusal = refusal;
  return Value(baton_from_object(&type, static_cast<Object *>(made)));
}

}  // namespace

/* ---- The handle ------------------------------------------------------- */

TEST_CASE_METHOD(Watch, "a handle is owned, however it was given",
                 "[AWT-2][OWN-7]") {
  Value child = foreign();
  CHECK(handle_of(child).out.is(child));
  CHECK(handle_of(awaitable_lending(child)).out.is(child));
  CHECK(handle_of(awaitable_owning(child)).out.is(child));
}

TEST_CASE_METHOD(Watch, "an awaitable that gives none is told why",
                 "[AWT-1][AWT-3][COR-13]") {
  CHECK(handle_of(5) == "ERROR type-error: 'i64' object can't be awaited");
  CHECK(handle_of(Value()) ==
        "ERROR type-error: 'none' object can't be awaited");
  CHECK(handle_of(counted()) ==
        "ERROR type-error: 'counted' object can't be awaited");
  CHECK(handle_of(generator("g", {})) ==
        "ERROR type-error: 'generator' object can't be awaited");
  CHECK(handle_of(awaitable_owning(counted())) ==
        "ERROR type-error: awaitable.__await__() must return an iterator, not "
        "counted");
  CHECK(handle_of(awaitable_owning(5)) ==
        "ERROR type-error: awaitable.__await__() must return an iterator, not "
        "i64");
  Value given = host_error(BATON_ERROR_KEY);
  CHECK(handle_of(awaitable_giving(BATON_ERROR, given)).out.is(given));
  Outcome outcome = handle_of(awaitable_giving(77, counted()));
  CHECK(outcome == "ERROR runtime-error: unknown status 77 from awaitable");
}

TEST_CASE_METHOD(Watch, "a refusal of am_await leaks nothing",
                 "[LNK-13][OWN-3]") {
  Outcome outcome = handle_of(awaitable_giving(BATON_NO_MEMORY, counted()));
  CHECK((outcome == "NO_MEMORY" || outcome == "ERROR no-memory"));
}

TEST_CASE_METHOD(Watch, "a descriptor is checked before its first call",
                 "[TYP-2][TYP-3][VER-5]") {
  static baton_type type;
  type = foreign_type();
  type.flags = 1ull << 50;
  CHECK(handle_of(foreign_of_type(&type)) ==
        "ERROR type-error: 'foreign' cannot be awaited: an unknown critical "
        "flag is set (TYP-3)");
  CHECK(block_on(foreign_of_type(&type)) ==
        "ERROR type-error: 'foreign' cannot be awaited: an unknown critical "
        "flag is set (TYP-3)");
  CHECK(told() == Lines());
}

/* ---- Driving ---------------------------------------------------------- */

TEST_CASE_METHOD(Watch, "block_on gives the result, or the error",
                 "[COR-14][ERR-6]") {
  Value object = counted();
  CHECK(block_on(coroutine("body", {returns(object)})).out.is(object));
  Value given = host_error(BATON_ERROR_KEY);
  CHECK(block_on(coroutine("body", {raises(given)})).out.is(given));
  CHECK(block_on(awaitable_owning(coroutine("body", {returns(3)}))) ==
        "RETURN 3");
  CHECK(block_on(5) == "ERROR type-error: 'i64' object can't be awaited");
  Value made = coroutine("body", {});
  close(made);
  CHECK(block_on(made) ==
        "ERROR runtime-error: cannot reuse already awaited coroutine");
}

TEST_CASE_METHOD(Watch, "block_on accepts both suspensions, and has a waker",
                 "[CTX-3][CTX-5]") {
  uint32_t accepts = 0;
  Value made =
      coroutine("body", {does([&](Call &call) {
                           accepts = call.cx->accepts;
                           CHECK(call.cx->struct_size >= sizeof(baton_context));
                           CHECK(call.cx->abi_major == BATON_ABI_MAJOR);
                           REQUIRE(call.cx->waker);
                           call.cx->waker->methods->wake_by_ref(call.cx->waker);
                         }),
                         waits(), returns(3)});
  CHECK(block_on(made) == "RETURN 3");
  CHECK(accepts == accept_all);
}

TEST_CASE_METHOD(Watch, "a token that can be waited for is waited for",
                 "[WAK-9][CTX-3]") {
  Value given = token();
  CHECK(block_on(coroutine("body", {yields(given), returns_sent()})) ==
        "RETURN none");
  CHECK(token_of(given.get())->subscribed == 1);
}

TEST_CASE_METHOD(Watch, "a token that cannot be waited for is thrown back",
                 "[WAK-10]") {
  for (const Value &wrong :
       {Value(5), counted(), Value(baton_scalar_value(99, 1))}) {
    CHECK(block_on(coroutine("body", {yields(wrong)})) ==
          std::string("ERROR runtime-error: bad yield: ") +
              baton_type_name(wrong.get()));
  }
  CHECK(block_on(coroutine(
            "body", {yields(counted()).catching({returns(1)})})) == "RETURN 1");
  CHECK(told().back() == "body ! runtime-error: bad yield: counted");
}

TEST_CASE_METHOD(Watch, "after none it is run again", "[WAK-10]") {
  CHECK(block_on(coroutine("body", {yields(Value()), yields(Value()),
                                    returns(4)})) == "RETURN 4");
}

TEST_CASE_METHOD(Watch, "a token that refuses is thrown back", "[WAK-10]") {
  CHECK(block_on(coroutine("body", {yields(token(BATON_NO_MEMORY))})) ==
        "ERROR no-memory");
  CHECK(block_on(coroutine("body", {yields(token(BATON_WRONG_THREAD))})) ==
        "ERROR runtime-error: 'token' belongs to another thread");
}

TEST_CASE_METHOD(Watch, "refusals of the handle are errors of its driver",
                 "[COR-12][LNK-13][OWN-3]") {
  for (const Value &garbage : {Value(), counted()}) {
    CHECK(block_on(foreign({{BATON_BUSY, garbage}})) ==
          "ERROR value-error: coroutine already executing");
    CHECK(block_on(foreign({{BATON_UNSUPPORTED, garbage}})) ==
          "ERROR type-error: 'foreign' does not support this operation");
    CHECK(block_on(foreign({{-99, garbage}})) ==
          "ERROR runtime-error: 'foreign' refused with unknown status -99");
  }
}

TEST_CASE_METHOD(Watch, "an unknown status closes the handle, and is told",
                 "[COR-13][COR-1]") {
  for (int32_t status : {77, BATON_AWAIT, BATON_ITEM, -2}) {
    Value child =
        foreign({{status, counted()}}, {}, {{BATON_RETURN, counted()}});
    CHECK(block_on(child) == "ERROR runtime-error: unknown status " +
                                 std::to_string(status) + " from foreign");
    CHECK(told() == Lines{"foreign.send none", "foreign.close"});
  }
}

TEST_CASE_METHOD(Watch, "an error without an error becomes one", "[ERR-1]") {
  for (const Value &wrong : {Value(), Value(5), counted()}) {
    const Outcome outcome = block_on(foreign({{BATON_ERROR, wrong}}));
    CHECK(outcome.status == BATON_ERROR);
    CHECK(baton_is_error(outcome.out.get()));
  }
}

/* ---- Closing ---------------------------------------------------------- */

TEST_CASE_METHOD(Watch, "a synchronous close waits for nothing",
                 "[COR-10][COR-11]") {
  const auto started = [](Script handler) {
    Value made = coroutine("body", {yields(1).catching(std::move(handler))});
    send(made);
    return made;
  };
  CHECK(close_now(started({returns(5)})) == "RETURN 5");
  CHECK(close_now(started({reraises()})) == "RETURN none");
  CHECK(close_now(started({raises(error(BATON_ERROR_OS, "disk"))})) ==
        "ERROR os-error: disk");
  Value made = started({waits(), returns(5)});
  CHECK(close_now(made) ==
        "ERROR runtime-error: coroutine ignored GeneratorExit");
  CHECK(send(made) == "RETURN 5");
}

TEST_CASE_METHOD(Watch, "a close that suspends against the rules is an error",
                 "[COR-10][COR-13]") {
  CHECK(close_now(foreign({}, {}, {{BATON_YIELD, counted()}})) ==
        "ERROR runtime-error: coroutine ignored GeneratorExit");
  CHECK(close_now(foreign({}, {}, {{77, counted()}})) ==
        "ERROR runtime-error: unknown status 77 from foreign");
  CHECK(close_now(foreign({}, {}, {{BATON_BUSY, Value()}})) == "BUSY");
  CHECK(close_now(foreign({}, {}, {{BATON_BUSY, counted()}})) == "BUSY");
}

TEST_CASE_METHOD(Watch, "what is no coroutine is not closed", "[COR-20]") {
  CHECK(close_now(5) == "INVALID_ARGUMENT");
  CHECK(close_now(counted()) == "INVALID_ARGUMENT");
  CHECK(close_now(async_generator("numbers", {})) == "INVALID_ARGUMENT");
}

/* ---- Arguments that are not there ------------------------------------- */

TEST_CASE_METHOD(Watch, "null arguments are refused", "[COR-20]") {
  static Value made = foreign();
  const std::string refused =
      std::to_string(static_cast<uint8_t>(BATON_INVALID_ARGUMENT));
  const auto result = [](const std::function<int32_t()> &call) {
    return in_process([&] { return static_cast<uint8_t>(call()); });
  };
  static baton_value out = baton_none();
  static Context cx;
  CHECK(result([] { return baton_type_check(nullptr, nullptr); }) == refused);
  CHECK(result([] { return baton_block_on(nullptr, &out); }) == refused);
  CHECK(result([] { return baton_block_on(made.get(), nullptr); }) == refused);
  CHECK(result([] { return baton_await_handle(nullptr, &cx, &out); }) ==
        refused);
  CHECK(result([] { return baton_await_handle(made.get(), &cx, nullptr); }) ==
        refused);
  CHECK(result([] { return baton_close(nullptr, &out); }) == refused);
  CHECK(result([] { return baton_close(made.get(), nullptr); }) == refused);
  CHECK(result([] {
          return baton_start(nullptr, nullptr, nullptr, nullptr, nullptr);
        }) == refused);
  CHECK(result([] { return baton_group_new(0, nullptr, 3, &out); }) == refused);
  CHECK(result([] { return baton_group_new(0, made.get(), 1, nullptr); }) ==
        refused);
  CHECK(result([] { return baton_group_result(nullptr, 0, &out); }) == refused);
  CHECK(result([] {
          return baton_debug_wrap(nullptr, nullptr, nullptr, &out);
        }) == refused);
  CHECK(result([] { return baton_await_chain(nullptr, nullptr, nullptr); }) ==
        refused);
  CHECK(result([] {
          return baton_await_chain(made.get(), nullptr, nullptr);
        }) == refused);
  baton_text_view view;
  baton_bytes_view bytes;
  CHECK(result([&] { return baton_text_of(nullptr, &view); }) == refused);
  CHECK(result([&] { return baton_bytes_of(nullptr, &bytes); }) == refused);
  CHECK(result([] { return baton_task_cancel(nullptr, nullptr); }) == refused);
  made.drop();
}

TEST_CASE_METHOD(Watch, "the debug proxy refuses null arguments", "[COR-20]") {
  static Value wrapped;
  Value handle = coroutine("body", {});
  REQUIRE(baton_debug_wrap(
              handle.get(), [](void *, const char *) {}, nullptr,
              wrapped.get()) == BATON_OK);
  static Context cx;
  static baton_value in = baton_none(), out = baton_none();
  const auto refused = [](const std::function<int32_t()> &call) {
    return in_process(
               [&] { return call() == BATON_INVALID_ARGUMENT ? 0 : 1; }) == "0";
  };
  const static auto *slots = wrapped.get()->head.type->as_coroutine;
  CHECK(refused([] { return slots->send(wrapped.get(), nullptr, &in, &out); }));
  CHECK(refused([] { return slots->send(wrapped.get(), &cx, nullptr, &out); }));
  CHECK(refused([] { return slots->send(wrapped.get(), &cx, &in, nullptr); }));
  CHECK(
      refused([] { return slots->throw_(wrapped.get(), &cx, nullptr, &out); }));
  CHECK(refused([] { return slots->close(wrapped.get(), nullptr, &out); }));
  CHECK(refused([] { return slots->close(wrapped.get(), &cx, nullptr); }));
  Value closed;
  slots->close(wrapped.get(), &cx, closed.get());
  wrapped.drop();
  baton_thread_flush();
}
