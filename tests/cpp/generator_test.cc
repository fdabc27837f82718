/* SPDX-License-Identifier: MIT */
#include "cpp/shared.hpp"

using baton::async_generator;
using baton::generator;
using baton::task;
using baton::value;
using cpp_test::Balance;
using cpp_test::failure;
using cpp_test::Watch;
using cpp_test::wrap;

namespace {

generator<int> count(int end) {
  for (int i = 0; i < end; i++) co_yield i;
}

/* Adds up what it is sent. */
generator<int, int> sum() {
  int total = 0;
  for (int i = 0; i < 2; i++) {
    value got = co_yield total;
    total += got.to<int>();
  }
  co_return total;
}

generator<int> watched(std::string *log) {
  Watch watch(log, "watch");
  for (int i = 0;; i++) co_yield i;
}

async_generator<int> items(int end, std::string *log) {
  Watch watch(log, "items");
  for (int i = 0; i < end; i++) {
    co_await baton::yield(100 + i);
    co_yield i;
  }
}

task<int> total(value iterable) {
  baton::async_iterator<int> each(iterable);
  int all = 0;
  while (auto item = co_await each.next()) all += *item;
  co_return all;
}

}  // namespace

TEST_CASE("a generator yields to C++ and to any driver", "[cpp]") {
  Balance balance;
  std::string seen;
  for (int item : count(3)) seen += std::to_string(item);
  CHECK(seen == "012");
  support::Value made = wrap(count(2));
  CHECK(support::send(made) == "YIELD 0");
  CHECK(support::send(made) == "YIELD 1");
  CHECK(support::send(made) == "RETURN none");
  CHECK(support::send(made) == "RETURN none");
}

TEST_CASE("a generator is sent values, and returns one", "[cpp]") {
  Balance balance;
  support::Value made = wrap(sum());
  CHECK(support::send(made) == "YIELD 0");
  CHECK(support::send(made, 3) == "YIELD 3");
  CHECK(support::send(made, 4) == "RETURN 7");
}

TEST_CASE("a generator delegates to generators", "[cpp]") {
  Balance balance;
  auto both = []() -> generator<int> {
    co_await count(2);
    value got = co_await cpp_test::in_c(place_count, {});
    co_yield got.is_none() ? 7 : 8;
  };
  std::string seen;
  for (int item : both()) seen += std::to_string(item);
  CHECK(seen == "017");
  auto wrong = [](value awaited) -> generator<int> {
    co_await std::move(awaited);
  };
  auto body = []() -> task<void> { co_return; };
  task<void> never = body();
  baton_value copy;
  baton_copy(never.get(), &copy);
  CHECK(failure([&] {
          for (int item : wrong(value::adopt(copy))) (void)item;
        }) ==
        "baton type-error: cannot 'yield from' a coroutine object in a "
        "non-coroutine generator");
  never.close();
}

TEST_CASE("a loop that is left closes its generator", "[cpp][COR-8]") {
  Balance balance;
  std::string log;
  for (int item : watched(&log))
    if (item == 2) break;
  CHECK(log == "watch");
}

TEST_CASE("an exception of a generator reaches the loop", "[cpp]") {
  auto body = []() -> generator<int> {
    co_yield 1;
    throw std::out_of_range("end");
  };
  CHECK(failure([&] {
          for (int item : body()) (void)item;
        }) == "std: end");
}

TEST_CASE("a generator that waits is no generator for a loop", "[cpp]") {
  auto body = []() -> generator<int> {
    co_await baton::poll([](baton::context) { return false; });
    co_yield 1;
  };
  CHECK(failure([&] {
          for (int item : body()) (void)item;
        }) == "baton runtime-error: bad pending");
}

TEST_CASE("an async generator gives items, and awaits between them",
          "[cpp][AGN-2]") {
  Balance balance;
  std::string log;
  support::Value made = wrap(total(items(3, &log)));
  CHECK(support::send(made) == "YIELD 100");
  CHECK(support::send(made) == "YIELD 101");
  CHECK(support::send(made) == "YIELD 102");
  CHECK(support::send(made) == "RETURN 3");
  CHECK(log == "items");
}

TEST_CASE("C iterates over an async generator of C++, and C++ over one of C",
          "[cpp][AWT-6]") {
  Balance balance;
  std::string log;
  support::Value made(cpp_test::in_c(place_for, items(3, &log)).release());
  CHECK(support::send(made) == "YIELD 100");
  CHECK(support::send(made) == "YIELD 101");
  CHECK(support::send(made) == "YIELD 102");
  CHECK(support::send(made) == "RETURN 2"); /* it leaves out 1 */
  CHECK(log == "items");
  value c = cpp_test::in_c(place_items, {});
  static_cast<place_frame *>(baton_coro_frame(c.get()))->total = 4;
  CHECK(baton::block_on(total(std::move(c))) == 6);
}

TEST_CASE("an async generator is closed before its end", "[cpp][AGN-4]") {
  Balance balance;
  std::string log;
  auto body = [](std::string *all) -> task<int> {
    auto made = items(9, all);
    auto each = made.items();
    int seen = 0;
    while (auto item = co_await each.next())
      if ((seen = *item) == 1) break;
    co_await each.aclose();
    *all += " closed";
    co_return seen;
  };
  support::Value made = wrap(body(&log));
  CHECK(support::send(made) == "YIELD 100");
  CHECK(support::send(made) == "YIELD 101");
  CHECK(support::send(made) == "RETURN 1");
  CHECK(log == "items closed");
}

TEST_CASE("an exception of an async generator reaches who iterates", "[cpp]") {
  Balance balance;
  auto body = []() -> async_generator<int> {
    co_yield 1;
    throw std::out_of_range("end");
  };
  CHECK(failure([&] { baton::block_on(total(body())); }) == "std: end");
  CHECK(failure([] { baton::block_on(total(value(1))); }) ==
        "baton type-error: an async iterable is needed, not 'i64'");
}

TEST_CASE("what is sent to an async generator is what its co_yield gives",
          "[cpp][AGN-2]") {
  Balance balance;
  auto body = []() -> async_generator<value> {
    value got;
    for (;;) got = co_yield std::move(got);
  };
  value made(body());
  const auto *table = static_cast<const baton_async_generator *>(
      baton_find(made.get(), BATON_EXT_ASYNC_GENERATOR));
  REQUIRE(table != nullptr);
  auto asend = [&](value given) {
    baton_value in = given.release();
    value out;
    REQUIRE(table->asend(made.get(), nullptr, &in, out.out()) == BATON_OK);
    return baton::block_on(out);
  };
  CHECK(asend(value()).is_none());
  CHECK(asend(value(5)).to<int>() == 5);
}
