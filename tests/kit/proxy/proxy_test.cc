/* SPDX-License-Identifier: MIT */
#include <play/actor.h>
#include <play/value.h>
#include <proxy/proxy.h>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "driver.h"

using kit::Contract;
using kit::Ledger;
using kit::Means;
using kit::Side;
using kit::Value;

TEST_CASE("closures can be made here", "[proxy]") {
  std::string why;
  CHECK(kit::closures_work(&why));
  CHECK(why.empty());
  CHECK(kit::usual_means() == Means::closures);
}

TEST_CASE("a scalar is not wrapped", "[proxy]") {
  Ledger ledger;
  const Value value =
      kit::make_proxy(ledger, Contract::golden(), Value::i64(5), Side::callee);
  CHECK(value.text() == "i64 5");
  CHECK(kit::behind(value.get()) == nullptr);
}

TEST_CASE("a correct coroutine is driven through a proxy", "[proxy]") {
  const auto means = GENERATE(Means::closures, Means::thunks);
  const auto side = GENERATE(Side::callee, Side::caller);
  Ledger ledger;
  fake::Object object{fake::behave};
  Value proxy = fake::proxy_of(ledger, object, side, means);

  CHECK(proxy.type() != fake::type());
  CHECK(std::string(proxy.type()->name) == "fake");
  CHECK(proxy.type()->as_link == nullptr);
  CHECK(kit::behind(proxy.get())->payload.object == &object);

  const fake::Step await = fake::async(proxy, &baton_async_methods::am_await);
  CHECK(await.status == BATON_LENT);
  CHECK(await.out.payload.object == proxy.get()->payload.object);

  CHECK(fake::send(proxy).status == BATON_YIELD);
  const fake::Step end = fake::send(proxy, baton_from_i64(7));
  CHECK(end.status == BATON_RETURN);
  CHECK(kit::describe(end.out) == "i64 7");
  CHECK(fake::close(proxy).status == BATON_RETURN);
  CHECK(object.references == 1);
  proxy.drop();
  CHECK(object.references == 0);
  CHECK(fake::rules(ledger).empty());
  CHECK(ledger.alive().empty());
}

TEST_CASE("references to a proxy are references to what is behind", "[proxy]") {
  const auto means = GENERATE(Means::closures, Means::thunks);
  Ledger ledger;
  fake::Object object{fake::behave};
  Value first = fake::proxy_of(ledger, object, Side::callee, means);
  Value second = first.copy();
  CHECK(object.references == 2);

  object.references++;
  Value third = fake::proxy_of(ledger, object, Side::callee, means);
  CHECK(third.same(first));
  first.drop();
  second.drop();
  CHECK(object.references == 1);
  CHECK(fake::send(third).status == BATON_YIELD);
  third.drop();
  CHECK(object.references == 0);
  CHECK(ledger.clean());
}

TEST_CASE("a proxy is not wrapped again", "[proxy]") {
  Ledger ledger;
  fake::Object object{fake::behave};
  Value proxy = fake::proxy_of(ledger, object, Side::callee);
  const void *payload = proxy.get()->payload.object;
  proxy = kit::make_proxy(ledger, Contract::golden(), std::move(proxy),
                          Side::caller);
  CHECK(proxy.get()->payload.object == payload);
}

TEST_CASE("a handle that is lent is wrapped and lives with its lender",
          "[proxy]") {
  const auto means = GENERATE(Means::closures, Means::thunks);
  Ledger ledger;
  fake::Object handle{fake::behave}, lender;
  lender.answer = [&](fake::Object &, fake::Call &call) {
    *call.out = fake::value(handle);
    return BATON_LENT;
  };
  Value proxy = fake::proxy_of(ledger, lender, Side::callee, means);
  const fake::Step first = fake::async(proxy, &baton_async_methods::am_await);
  const fake::Step again = fake::async(proxy, &baton_async_methods::am_await);
  CHECK(first.status == BATON_LENT);
  CHECK(again.out.payload.object == first.out.payload.object);
  CHECK(kit::behind(&first.out)->payload.object == &handle);

  Value kept(first.out);
  Value own = kept.copy();
  kept.give();
  CHECK(handle.references == 2);
  CHECK(fake::send(own).status == BATON_YIELD);
  own.drop();
  CHECK(handle.references == 1);
  proxy.drop();
  CHECK(ledger.clean());
  CHECK(ledger.alive().empty());

  Value late(first.out);
  CHECK(fake::send(late).status == BATON_INVALID_ARGUMENT);
  late.give();
  CHECK(fake::rules(ledger) == std::set<std::string>{"OWN-7"});
}

TEST_CASE("an awaitable of an async generator is wrapped", "[proxy]") {
  const auto means = GENERATE(Means::closures, Means::thunks);
  Ledger ledger;
  fake::Object awaitable{fake::behave}, generator;
  generator.answer = [&](fake::Object &, fake::Call &call) {
    if (call.in) *call.in = baton_none();
    *call.out = fake::value(awaitable);
    return BATON_OWNED;
  };
  Value proxy = fake::proxy_of(ledger, generator, Side::callee, means);
  const auto *table = static_cast<const baton_async_generator *>(
      fake::find(proxy, BATON_EXT_ASYNC_GENERATOR));
  REQUIRE(table);
  baton_context cx = fake::context();
  baton_value in = baton_from_i64(1), out = baton_none();
  CHECK(table->asend(proxy.get(), &cx, &in, &out) == BATON_OWNED);
  CHECK(kit::behind(&out)->payload.object == &awaitable);
  Value(out).drop();
  CHECK(awaitable.references == 0);
  CHECK(ledger.clean());
}

TEST_CASE("extensions see the object behind", "[proxy]") {
  const auto means = GENERATE(Means::closures, Means::thunks);
  Ledger ledger;
  fake::Object object{fake::behave};
  Value proxy = fake::proxy_of(ledger, object, Side::callee, means);
  const auto *table = static_cast<const baton_introspect *>(
      fake::find(proxy, BATON_EXT_INTROSPECT));
  REQUIRE(table);
  CHECK(table->struct_size == sizeof *table);
  CHECK(table->origin == nullptr);
  uint32_t state = 77;
  CHECK(table->state(proxy.get(), &state) == BATON_OK);
  CHECK(state == BATON_CREATED);
  baton_text_view name{};
  CHECK(table->name(proxy.get(), &name) == BATON_OK);
  CHECK(std::string(name.data, name.size) == "fake");
  CHECK(fake::find(proxy, BATON_EXT_INTROSPECT) == table);
  CHECK(fake::find(proxy, "org.example.unknown/1") == nullptr);
  CHECK(ledger.clean());
}

TEST_CASE("errors and texts tell the same through a proxy", "[proxy]") {
  const auto means = GENERATE(Means::closures, Means::thunks);
  Ledger ledger;
  const Value error = kit::make_proxy(
      ledger, Contract::golden(),
      kit::make_error(ledger, BATON_ERROR_VALUE, "no such line"), Side::caller,
      means);
  CHECK(error.text() == "error value \"no such line\"");
  const Value text =
      kit::make_proxy(ledger, Contract::golden(), kit::make_text(ledger, "é"),
                      Side::caller, means);
  const auto *table =
      static_cast<const baton_text *>(fake::find(text, BATON_EXT_TEXT));
  REQUIRE(table);
  baton_text_view view{};
  CHECK(table->view(text.get(), &view) == BATON_OK);
  CHECK(std::string(view.data, view.size) == "é");
  CHECK(ledger.clean());
}

TEST_CASE("an actor of the kit behaves the same behind a proxy", "[proxy]") {
  const auto means = GENERATE(Means::closures, Means::thunks);
  Ledger ledger;
  kit::Played played = kit::play_yields(ledger, "x", 2, Value::i64(9));
  Value proxy = kit::make_proxy(ledger, Contract::golden(),
                                std::move(played.value), Side::caller, means);
  CHECK(kit::describe(fake::send(proxy).out) == "i64 0");
  CHECK(kit::describe(fake::send(proxy).out) == "i64 1");
  const fake::Step last = fake::send(proxy);
  CHECK(last.status == BATON_RETURN);
  CHECK(kit::describe(last.out) == "i64 9");
  CHECK(played.actor->history() == "send none, send none, send none");
  proxy.drop();
  CHECK(ledger.alive().empty());
  CHECK(ledger.clean());
}
