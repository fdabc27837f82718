/* SPDX-License-Identifier: MIT */
#include <thread>

#include "cpp/shared.hpp"

using baton::task;
using baton::value;
using cpp_test::Balance;
using cpp_test::failure;
using cpp_test::Watch;
using cpp_test::wrap;

namespace {

/* Something that happens on another thread. */
struct Event {
  baton::wake_slot slot;
  std::atomic<bool> ready{false};

  void set() {
    ready = true;
    slot.wake();
  }
};

task<int> wait_for(Event *event) {
  co_await baton::until(event->slot, [event] { return event->ready.load(); });
  co_return 7;
}

task<int> wait_below(Event *event) { co_return co_await wait_for(event); }

task<int> fail_after(Event *event) {
  co_await wait_for(event);
  throw std::out_of_range("after");
}

}  // namespace

TEST_CASE("a task waits, and a spurious wake changes nothing",
          "[cpp][WAK-4][WAK-7]") {
  Balance balance;
  support::Context cx;
  Event event;
  {
    support::Value made = wrap(wait_below(&event));
    CHECK(support::send(made, {}, &cx) == "PENDING");
    CHECK(cx.counter.clones == 1);
    CHECK(cpp_test::chain(made.get()) == "wait_below wait_for");
    CHECK(support::send(made, {}, &cx) == "PENDING");
    CHECK(cx.counter.clones == 1); /* the same waker is kept */
    event.set();
    CHECK(cx.counter.wakes == 1);
    CHECK(cx.counter.clones == 0);
    CHECK(support::send(made, {}, &cx) == "RETURN 7");
    event.set(); /* late, which does no harm */
  }
  CHECK(cx.counter.wakes == 1);
  CHECK(cx.counter.clones == 0);
}

TEST_CASE("the waker of the latest call is the one that is kept",
          "[cpp][WAK-6]") {
  Balance balance;
  support::Context first, second;
  Event event;
  support::Value made = wrap(wait_below(&event));
  CHECK(support::send(made, {}, &first) == "PENDING");
  CHECK(support::send(made, {}, &second) == "PENDING");
  CHECK(first.counter.clones == 0);
  event.set();
  CHECK(first.counter.wakes == 0);
  CHECK(second.counter.wakes == 1);
  CHECK(support::send(made, {}, &second) == "RETURN 7");
}

TEST_CASE("what is ready at once does not suspend", "[cpp]") {
  Balance balance;
  Event event;
  event.set();
  support::Value made = wrap(wait_below(&event));
  CHECK(support::send(made) == "RETURN 7");
}

TEST_CASE("a wait can be thrown into and closed", "[cpp][COR-6]") {
  Balance balance;
  support::Context cx;
  Event event;
  support::Value made = wrap(wait_below(&event));
  support::send(made, {}, &cx);
  CHECK(support::throw_in(made, support::kind(BATON_ERROR_CANCELLED)) ==
        "ERROR cancelled");
  made = wrap(wait_below(&event));
  support::send(made, {}, &cx);
  CHECK(support::close(made) == "RETURN none");
  made = wrap(wait_below(&event));
  support::send(made, {}, &cx);
  made = support::Value(); /* released while it waits */
  event.set();
}

TEST_CASE("an exception of a predicate is that of the co_await", "[cpp]") {
  Balance balance;
  int asked = 0;
  auto body = [&]() -> task<std::string> {
    try {
      co_await baton::poll([&](baton::context) {
        if (++asked == 2) throw std::out_of_range("asked twice");
        return false;
      });
    } catch (const std::out_of_range &thrown) {
      co_return thrown.what();
    }
    co_return "";
  };
  support::Value made = wrap(body());
  CHECK(support::send(made) == "PENDING");
  CHECK(support::send(made) == "RETURN 'asked twice'");
}

TEST_CASE("a wake comes from another thread", "[cpp][WAK-1][THR-3]") {
  Balance balance;
  for (int i = 0; i < 200; i++) {
    Event event;
    std::thread other([&] { event.set(); });
    CHECK(baton::block_on(wait_below(&event)) == 7);
    other.join();
  }
}

TEST_CASE("a driver that cannot wait is an error in the body", "[cpp]") {
  Balance balance;
  support::Context cx(BATON_ACCEPT_YIELD);
  Event event;
  support::Value made = wrap(wait_for(&event));
  CHECK(support::send(made, {}, &cx) == "PENDING");
  CHECK(support::throw_in(made,
                          support::error(BATON_ERROR_RUNTIME, "bad pending")) ==
        "ERROR runtime-error: bad pending");
}

/* ---- Several at once --------------------------------------------------- */

TEST_CASE("when_all gives the results of all", "[cpp]") {
  Balance balance;
  Event one, two, three;
  auto text = [](std::string given) -> task<std::string> { co_return given; };
  auto nothing = []() -> task<void> { co_return; };
  std::thread other([&] {
    three.set();
    two.set();
    one.set();
  });
  auto [a, b, c, d, e] = baton::block_on(
      baton::when_all(wait_for(&one), wait_below(&two), text("x"), nothing(),
                      value(wait_for(&three))));
  other.join();
  CHECK(a == 7);
  CHECK(b == 7);
  CHECK(c == "x");
  CHECK(d == std::monostate());
  CHECK(e.to<int>() == 7);
}

TEST_CASE("when_all of many", "[cpp]") {
  Balance balance;
  std::vector<Event> events(20);
  std::vector<value> all;
  for (Event &event : events) all.push_back(wait_for(&event));
  std::thread other([&] {
    for (Event &event : events) event.set();
  });
  std::vector<value> results = baton::block_on(baton::when_all(std::move(all)));
  other.join();
  REQUIRE(results.size() == 20);
  for (const value &each : results) CHECK(each.to<int>() == 7);
  CHECK(baton::block_on(baton::when_all(std::vector<value>())).empty());
}

TEST_CASE("when_all fails with the first error, as it was thrown", "[cpp]") {
  Balance balance;
  Event never, soon;
  std::string log;
  auto watched = [](std::string *all, Event *event) -> task<void> {
    Watch watch(all, "cancelled");
    co_await wait_for(event);
  };
  soon.set();
  CHECK(failure([&] {
          baton::block_on(
              baton::when_all(watched(&log, &never), fail_after(&soon)));
        }) == "std: after");
  CHECK(log == "cancelled");
}

TEST_CASE("when_any gives the first, and closes the others", "[cpp]") {
  Balance balance;
  Event never, soon;
  std::string log;
  auto watched = [](std::string *all, Event *event) -> task<void> {
    Watch watch(all, "closed");
    co_await wait_for(event);
  };
  std::vector<value> all;
  all.push_back(watched(&log, &never));
  all.push_back(wait_below(&soon));
  std::thread other([&] { soon.set(); });
  baton::first won = baton::block_on(baton::when_any(std::move(all)));
  other.join();
  CHECK(won.index == 1);
  CHECK(won.result.to<int>() == 7);
  CHECK(log == "closed");
  CHECK(failure([] {
          baton::block_on(baton::when_any(std::vector<value>()));
        }) == "baton runtime-error: 'none' was called against the contract");
}
