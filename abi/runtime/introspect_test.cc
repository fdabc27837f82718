/* SPDX-License-Identifier: MIT */
#include <catch2/catch_test_macros.hpp>
#include <string>
#include <thread>

#include "support/drive.h"
#include "support/foreign.h"
#include "support/script.h"
#include "support/watch.h"

/* introspect/1 of the library's objects, and the walk along a chain. */

using namespace support;

namespace {

std::string short_name(const Value &value) {
  baton_text_view view = {nullptr, 0};
  CHECK(introspect(value)->name(value.get(), &view) == BATON_OK);
  return std::string(view.data, view.size);
}

std::string full_name(const Value &value) {
  baton_text_view view = {nullptr, 0};
  CHECK(introspect(value)->qualified_name(value.get(), &view) == BATON_OK);
  return std::string(view.data, view.size);
}

uint32_t kind_of(const Value &value) {
  uint32_t kind = 99;
  CHECK(introspect(value)->kind(value.get(), &kind) == BATON_OK);
  return kind;
}

Value delegated_to(const Value &value) {
  Value out;
  CHECK(introspect(value)->delegated_to(value.get(), out.get()) == BATON_OK);
  return out;
}

Value next_of(const Value &generator) {
  Context cx;
  Value step;
  REQUIRE(generator.get()->head.type->as_async->am_anext(
              generator.get(), &cx, step.get()) == BATON_OWNED);
  return step;
}

/* "name STATE kind line" for each member. */
Lines chain_of(const Value &handle) {
  Lines seen;
  CHECK(baton_await_chain(
            handle.get(),
            [](void *arg, const baton_value *, baton_text_view name,
               uint32_t state, uint32_t kind, const baton_frame *location) {
              const auto number = [](uint32_t value) {
                return value == UINT32_MAX ? "-" : std::to_string(value);
              };
              static_cast<Lines *>(arg)->push_back(
                  std::string(name.data, name.size) + " " + number(state) +
                  " " + number(kind) + " " + std::to_string(location->line));
            },
            &seen) == BATON_OK);
  return seen;
}

}  // namespace

TEST_CASE_METHOD(Watch, "kinds, names and places are told", "[INT-3][TYP-10]") {
  Value body = coroutine("fetch", {yields(1), yields(2)});
  Value numbers = async_generator("numbers", {});
  Value step = next_of(numbers);
  CHECK(kind_of(body) == BATON_KIND_COROUTINE);
  CHECK(kind_of(generator("g", {})) == BATON_KIND_GENERATOR);
  CHECK(kind_of(numbers) == BATON_KIND_ASYNC_GENERATOR);
  CHECK(kind_of(step) == BATON_KIND_AWAITABLE);
  CHECK(short_name(body) == "fetch");
  CHECK(full_name(body) == "fetch");
  CHECK(short_name(step) == "asend");
  CHECK(full_name(step) == "numbers");
  baton_frame frame = {};
  const auto *table = introspect(body);
  CHECK(table->location(body.get(), &frame) == BATON_OK);
  CHECK(std::string(frame.language) == "c");
  CHECK(std::string(frame.function) == "fetch");
  CHECK(std::string(frame.file) == "script.c");
  CHECK(frame.line == 100);
  send(body);
  table->location(body.get(), &frame);
  CHECK(frame.line == 101);
  close(body);
  table->location(body.get(), &frame);
  CHECK(frame.line == 1);
  CHECK((!table->origin ||
         table->origin(body.get(), &frame) == BATON_UNSUPPORTED));
  close(step);
}

TEST_CASE_METHOD(Watch, "a qualified name is told where there is one",
                 "[INT-3]") {
  baton_body body = *script_body("fetch", BATON_KIND_COROUTINE, 0);
  body.qualified_name = "Client.fetch";
  body.file = nullptr;
  body.language = "lua";
  body.drop = nullptr;
  body.line_of = nullptr;
  Value made;
  REQUIRE(baton_coro_new(&body, made.get()) == BATON_OK);
  CHECK(short_name(made) == "fetch");
  CHECK(full_name(made) == "Client.fetch");
  baton_frame frame = {};
  introspect(made)->location(made.get(), &frame);
  CHECK(std::string(frame.language) == "lua");
  CHECK(std::string(frame.function) == "Client.fetch");
  CHECK(std::string(frame.file) == "");
  CHECK(frame.line == 1);
  close(made);
}

TEST_CASE_METHOD(Watch, "states are told, those of a running chain too",
                 "[INT-2][INT-4]") {
  Value outer, middle;
  Value leaf = coroutine("leaf", {does([&](Call &call) {
                                    CHECK(state_of(call.self) == "RUNNING");
                                    CHECK(state(middle) == "RUNNING");
                                    CHECK(state(outer) == "RUNNING");
                                  }),
                                  yields(1)});
  middle = coroutine("middle", {awaits(leaf)});
  outer = coroutine("outer", {awaits(middle)});
  CHECK(state(outer) == "CREATED");
  send(outer);
  CHECK(state(leaf) == "SUSPENDED");
  CHECK(state(middle) == "SUSPENDED");
  CHECK(state(outer) == "SUSPENDED");
  send(outer);
  CHECK(state(leaf) == "CLOSED");
  CHECK(state(middle) == "CLOSED");
  CHECK(state(outer) == "CLOSED");
  outer.drop();
  middle.drop();
}

TEST_CASE_METHOD(Watch, "of a middle drive only what is below it runs",
                 "[INT-2][LNK-10]") {
  Value outer, middle;
  Value leaf = coroutine("leaf", {yields(1), does([&](Call &) {
                                    CHECK(state(middle) == "RUNNING");
                                    CHECK(state(outer) == "SUSPENDED");
                                  })});
  middle = coroutine("middle", {awaits(leaf)});
  outer = coroutine("outer", {awaits(middle)});
  send(outer);
  send(middle);
  outer.drop();
  middle.drop();
}

TEST_CASE_METHOD(Watch, "what is delegated to is told as it was given",
                 "[INT-3]") {
  Value leaf = coroutine("leaf", {yields(1)});
  Value lending = awaitable_lending(leaf);
  Value parent = coroutine("parent", {awaits(lending)});
  CHECK(delegated_to(parent).none());
  send(parent);
  CHECK(delegated_to(parent).is(lending));
  CHECK(delegated_to(leaf).none());
  close(parent);
  CHECK(delegated_to(parent).none());

  leaf = coroutine("leaf", {yields(1)});
  parent = coroutine("parent", {awaits(awaitable_owning(leaf))});
  send(parent);
  CHECK(delegated_to(parent).is(leaf)); /* only the handle was kept */
  told();
  CHECK(told() == Lines());
  close(parent);

  Value child = foreign({{BATON_YIELD, 1}});
  parent = coroutine("parent", {awaits(child)});
  send(parent);
  CHECK(delegated_to(parent).is(child));
}

TEST_CASE_METHOD(Watch, "what is delegated to is told while the chain runs",
                 "[INT-3]") {
  Value outer;
  Value leaf = coroutine("leaf", {does([&](Call &call) {
                           CHECK(delegated_to(outer).get()->payload.object ==
                                 call.self->payload.object);
                         })});
  outer = coroutine("outer", {awaits(leaf)});
  send(outer);
  outer.drop();
}

TEST_CASE_METHOD(Watch, "who awaits is told where it can be known", "[INT-3]") {
  const auto returns_to = [](const Value &value, Value &out) {
    return introspect(value)->returns_to(value.get(), out.get());
  };
  Value leaf = coroutine("leaf", {yields(1)});
  Value middle = coroutine("middle", {awaits(leaf)});
  Value outer = coroutine("outer", {awaits(middle)});
  Value out;
  CHECK(returns_to(leaf, out) == BATON_OK);
  CHECK(out.none());
  send(outer);
  CHECK(returns_to(leaf, out) == BATON_OK);
  CHECK(out.is(middle));
  out.drop();
  CHECK(returns_to(middle, out) == BATON_UNSUPPORTED);
  CHECK(out.none());
  CHECK(returns_to(outer, out) == BATON_OK);
  CHECK(out.none());
}

TEST_CASE_METHOD(Watch, "a shared chain that runs says that it is busy",
                 "[INT-1]") {
  Value outer;
  Value leaf = coroutine("leaf", {does([&](Call &) {
                           Value out;
                           CHECK(introspect(outer)->delegated_to(
                                     outer.get(), out.get()) == BATON_BUSY);
                           CHECK(out.none());
                           CHECK(state(outer) == "RUNNING");
                         })},
                         BATON_BODY_SHARED);
  outer = coroutine("outer", {awaits(leaf)}, BATON_BODY_SHARED);
  send(outer);
  outer.drop();
}

TEST_CASE_METHOD(Watch, "another thread may ask for what never changes",
                 "[INT-1]") {
  Value made = coroutine("fetch", {yields(1)}, BATON_BODY_SHARED);
  send(made);
  std::string seen;
  std::thread([&] {
    uint32_t state = 99, kind = 99;
    const auto *table = introspect(made);
    if (table->state(made.get(), &state) == BATON_OK &&
        table->kind(made.get(), &kind) == BATON_OK)
      seen = std::to_string(state) + " " + std::to_string(kind);
  }).join();
  CHECK(seen == "2 0");
}

TEST_CASE_METHOD(Watch, "asking runs nothing and changes nothing", "[INT-3]") {
  Value leaf = coroutine("leaf", {yields(1), returns(2)});
  Value outer = coroutine("outer", {awaits(leaf), returns_sent()});
  send(outer);
  told();
  for (int i = 0; i < 3; i++) {
    chain_of(outer);
    delegated_to(outer);
  }
  CHECK(told() == Lines());
  CHECK(send(outer) == "RETURN 2");
}

/* ---- The walk --------------------------------------------------------- */

TEST_CASE_METHOD(Watch, "a chain is told from the outside in", "[INT-3]") {
  Value leaf = coroutine("leaf", {yields(1)});
  Value numbers = async_generator("numbers", {awaits(leaf)});
  Value outer = coroutine("outer", {awaits(next_of(numbers))});
  CHECK(chain_of(outer) == Lines{"outer 0 0 100"});
  send(outer);
  CHECK(chain_of(outer) == Lines{"outer 2 0 101", "numbers 2 3 101",
                                 "numbers 2 2 101", "leaf 2 0 101"});
  CHECK(chain_of(numbers) == Lines{"numbers 2 2 101", "leaf 2 0 101"});
  close(outer);
  CHECK(chain_of(outer) == Lines{"outer 3 0 1"});
}

TEST_CASE_METHOD(Watch, "members that do not tell are named by their type",
                 "[INT-3][EXT-1]") {
  Value outer = coroutine("outer", {awaits(foreign({{BATON_YIELD, 1}}))});
  send(outer);
  CHECK(chain_of(outer) == Lines{"outer 2 0 101", "foreign - - 0"});
  CHECK(chain_of(counted()) == Lines{"counted - - 0"});
  CHECK(chain_of(5) == Lines());
  CHECK(chain_of(Value()) == Lines());
}

TEST_CASE_METHOD(Watch, "a member may tell no more than its name", "[INT-1]") {
  static const baton_introspect table = {
      sizeof table,
      0,
      [](const baton_value *, uint32_t *out) -> int32_t {
        *out = BATON_SUSPENDED;
        return BATON_OK;
      },
      [](const baton_value *, uint32_t *out) -> int32_t {
        *out = BATON_KIND_GENERATOR;
        return BATON_OK;
      },
      [](const baton_value *, baton_text_view *out) -> int32_t {
        *out = {"modest", 6};
        return BATON_OK;
      },
      nullptr,
      nullptr,
      nullptr,
      nullptr,
      nullptr};
  static const baton_type type = [] {
    baton_type made = foreign_type();
    made.query = [](const baton_value *, const char *id,
                    const void **out) -> int32_t {
      *out = std::string(id) == BATON_EXT_INTROSPECT ? &table : nullptr;
      return *out ? BATON_OK : BATON_UNSUPPORTED;
    };
    return made;
  }();
  CHECK(chain_of(foreign_of_type(&type)) == Lines{"modest 2 1 0"});
}

TEST_CASE_METHOD(Watch, "a refusal on the way is the walk's end", "[INT-1]") {
  Value outer;
  int32_t status = BATON_OK;
  int visits = 0;
  Value leaf = coroutine(
      "leaf", {does([&](Call &) {
        status = baton_await_chain(
            outer.get(),
            [](void *arg, const baton_value *, baton_text_view, uint32_t,
               uint32_t, const baton_frame *) { ++*static_cast<int *>(arg); },
            &visits);
      })},
      BATON_BODY_SHARED);
  outer = coroutine("outer", {awaits(leaf)}, BATON_BODY_SHARED);
  send(outer);
  CHECK(status == BATON_BUSY);
  CHECK(visits == 1);
  outer.drop();
}
