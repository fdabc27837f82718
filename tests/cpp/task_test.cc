/* SPDX-License-Identifier: MIT */
#include <functional>

#include "cpp/shared.hpp"
#include "support/foreign.h"

using baton::task;
using baton::value;
using cpp_test::Balance;
using cpp_test::failure;
using cpp_test::Watch;
using cpp_test::wrap;

namespace {

task<int> add(int a, int b) { co_return a + b; }

/* Yields 1, returns what it is sent. */
task<value> ask() { co_return co_await baton::yield(1); }

/* Says how a yield ended. */
task<std::string> caught() {
  std::string name;
  try {
    value got = co_await baton::yield(1);
    name = "sent " + support::describe(got.get());
  } catch (const baton::error &thrown) {
    name = "caught " + std::string(thrown.what());
  }
  co_return name;
}

/* Catches what is thrown, and yields again in its cleanup. */
task<int> stubborn(std::string *log) {
  Watch watch(log, "stubborn");
  try {
    co_await baton::yield(1);
  } catch (const baton::error &) {
  }
  co_await baton::yield(2);
  co_return 3;
}

/* The same task for a driver of its own. */
template <class T>
value copy_of(const task<T> &made) {
  baton_value copy;
  baton_copy(made.get(), &copy);
  return value::adopt(copy);
}

/* Holds something above and below an await. */
task<void> holder(std::string *log, value awaited) {
  Watch outer(log, "outer");
  Watch inner(log, "inner");
  co_await std::move(awaited);
}

task<void> nest(std::string *log, int depth) {
  static const char *const names[] = {"zero", "one", "two", "three"};
  Watch watch(log, names[depth]);
  if (depth == 0)
    co_await baton::yield();
  else
    co_await nest(log, depth - 1);
}

}  // namespace

/* ---- Results ---------------------------------------------------------- */

TEST_CASE("a task returns to C++ and to any driver", "[cpp]") {
  Balance balance;
  CHECK(baton::block_on(add(1, 2)) == 3);
  support::Value made = wrap(add(2, 3));
  CHECK(support::state(made) == "CREATED");
  CHECK(support::send(made) == "RETURN 5");
  CHECK(support::state(made) == "CLOSED");
  CHECK(support::send(made) == "INVALID_STATE");
  CHECK(support::close(made) == "RETURN none");
}

TEST_CASE("a typed result crosses a co_await as itself", "[cpp]") {
  Balance balance;
  struct fixed {
    std::unique_ptr<int> only;
  };
  auto inner = [](bool waits) -> task<fixed> {
    if (waits) co_await baton::yield();
    co_return fixed{std::make_unique<int>(9)};
  };
  auto outer = [&](bool waits) -> task<int> {
    fixed got = co_await inner(waits);
    co_return *got.only;
  };
  CHECK(baton::block_on(outer(false)) == 9);
  CHECK(baton::block_on(outer(true)) == 9);
  CHECK(*baton::block_on(inner(true)).only == 9);
}

TEST_CASE("values are sent in, and yielded to the outermost driver",
          "[cpp][COR-1]") {
  Balance balance;
  auto outer = []() -> task<value> { co_return co_await ask(); };
  support::Value made = wrap(outer());
  CHECK(support::send(made, 5) ==
        "ERROR type-error: can't send non-None value to a just-started "
        "coroutine");
  CHECK(support::send(made) == "YIELD 1");
  CHECK(support::state(made) == "SUSPENDED");
  CHECK(support::send(made, support::text("x")) == "RETURN 'x'");
}

TEST_CASE("a task awaits C, and C awaits it", "[cpp][LNK-2]") {
  Balance balance;
  auto outer = [](value awaited) -> task<int> {
    value got = co_await std::move(awaited);
    co_return got.to<int>() + 1;
  };
  value c = cpp_test::in_c(place_await, outer(cpp_test::in_c(place_sum, {})));
  support::Value made(c.release());
  CHECK(support::send(made) == "YIELD 0");
  CHECK(cpp_test::chain(made.get()) == "await operator() sum");
  CHECK(support::send(made, 5) == "YIELD 1");
  CHECK(support::send(made, 6) == "YIELD 2");
  CHECK(support::send(made, 7) == "RETURN 19");
}

TEST_CASE("an awaitable without links is awaited too", "[cpp]") {
  auto outer = [](value awaited) -> task<value> { co_return co_await awaited; };
  support::Value made = wrap(outer(cpp_test::unwrap(
      support::foreign({{BATON_YIELD, 4}, {BATON_RETURN, 5}}))));
  CHECK(support::send(made) == "YIELD 4");
  CHECK(support::send(made) == "RETURN 5");
}

TEST_CASE("what cannot be awaited is an error at the co_await",
          "[cpp][AWT-1]") {
  Balance balance;
  auto outer = [](value awaited) -> task<std::string> {
    co_return failure([] {});
    co_await std::move(awaited);
  };
  CHECK(baton::block_on(outer(value(1))) == "nothing");
  auto awaits = [](value awaited) -> task<void> {
    co_await std::move(awaited);
  };
  CHECK(failure([&] { baton::block_on(awaits(value(1))); }) ==
        "baton type-error: 'i64' object can't be awaited");
  CHECK(failure([&] { baton::block_on(awaits(value("text"))); }) ==
        "baton type-error: 'text' object can't be awaited");
}

TEST_CASE("a task is awaited once", "[cpp][COR-3]") {
  Balance balance;
  auto twice = []() -> task<int> {
    task<int> made = add(1, 2);
    co_await std::move(made);
    co_return co_await std::move(made);
  };
  CHECK(failure([&] { baton::block_on(twice()); }) ==
        "baton runtime-error: cannot reuse already awaited coroutine");
  auto closed = []() -> task<int> {
    task<int> made = add(1, 2);
    made.close();
    co_return co_await std::move(made);
  };
  CHECK(failure([&] { baton::block_on(closed()); }) ==
        "baton runtime-error: cannot reuse already awaited coroutine");
}

TEST_CASE("a task that was begun by hand can be awaited", "[cpp]") {
  Balance balance;
  auto outer = [](task<value> begun) -> task<value> {
    co_return co_await std::move(begun);
  };
  task<value> begun = ask();
  baton::handle driver{copy_of(begun)};
  CHECK(driver.send().status == BATON_YIELD);
  support::Value made = wrap(outer(std::move(begun)));
  CHECK(support::send(made) == "RETURN none");
}

/* ---- Throw and close --------------------------------------------------- */

TEST_CASE("an error is raised at the innermost co_await", "[cpp][COR-6]") {
  Balance balance;
  auto outer = []() -> task<std::string> { co_return co_await caught(); };
  support::Value made = wrap(outer());
  CHECK(support::send(made) == "YIELD 1");
  CHECK(support::throw_in(made, support::error(BATON_ERROR_KEY, "gone")) ==
        "RETURN 'caught gone'");
  made = wrap(outer());
  support::send(made);
  CHECK(support::throw_in(made, support::kind(BATON_ERROR_CANCELLED)) ==
        "RETURN 'caught cancelled'");
  made = wrap(outer());
  support::send(made);
  CHECK(support::send(made, 8) == "RETURN 'sent 8'");
}

TEST_CASE("a throw into a task that has not begun runs nothing",
          "[cpp][COR-5]") {
  Balance balance;
  std::string log;
  support::Value made = wrap(stubborn(&log));
  CHECK(support::throw_in(made, support::kind(BATON_ERROR_KEY)) ==
        "ERROR key-error");
  CHECK(log == "");
  CHECK(support::throw_in(made, support::kind(BATON_ERROR_KEY)) ==
        "INVALID_STATE");
}

TEST_CASE("close runs nothing of a task that has not begun", "[cpp][COR-7]") {
  Balance balance;
  std::string log, parameters;
  auto body = [](std::string *ran, Watch) -> task<void> {
    Watch local(ran, "ran");
    co_return;
  };
  support::Value made = wrap(body(&log, Watch(&parameters, "parameter")));
  CHECK(support::close(made) == "RETURN none");
  CHECK(log == "");
  CHECK(parameters == "parameter");
  CHECK(support::close(made) == "RETURN none");
}

TEST_CASE("close raises generator-exit, the innermost first", "[cpp][COR-8]") {
  Balance balance;
  std::string log;
  support::Value made = wrap(nest(&log, 3));
  CHECK(support::send(made) == "YIELD none");
  CHECK(log == "");
  CHECK(support::close(made) == "RETURN none");
  CHECK(log == "zero one two three");
  CHECK(support::state(made) == "CLOSED");
}

TEST_CASE("a close gives what the body returns", "[cpp][COR-11]") {
  support::Value made = wrap(caught());
  support::send(made);
  CHECK(support::close(made) == "RETURN 'caught generator-exit'");
}

TEST_CASE("a body that goes on after generator-exit ignores it",
          "[cpp][COR-10]") {
  Balance balance;
  std::string log;
  support::Value made = wrap(stubborn(&log));
  CHECK(support::send(made) == "YIELD 1");
  CHECK(support::close(made) ==
        "ERROR runtime-error: coroutine ignored GeneratorExit");
  CHECK(support::state(made) == "SUSPENDED");
  CHECK(log == "");
  CHECK(support::send(made) == "RETURN 3");
  CHECK(log == "stubborn");
}

TEST_CASE("a close whose driver waits lets cleanup await", "[cpp][COR-10]") {
  Balance balance;
  std::string log;
  support::Value made = wrap(stubborn(&log));
  support::send(made);
  CHECK(support::close(made, support::accept_all) == "YIELD 2");
  CHECK(support::send(made) == "RETURN 3");
  CHECK(log == "stubborn");
}

TEST_CASE("an inner one that ignores its close is cut off, and destroyed",
          "[cpp][COR-10]") {
  Balance balance;
  std::string log, told;
  auto outer = [](std::string *all, std::string *message) -> task<void> {
    Watch watch(all, "outer");
    try {
      co_await stubborn(all);
    } catch (const baton::error &thrown) {
      *message = thrown.what();
    }
  };
  support::Value made = wrap(outer(&log, &told));
  support::send(made);
  baton_set_unraisable_hook(
      [](void *arg, const baton_value *held, const baton_value *) {
        *static_cast<std::string *>(arg) += "; " + support::describe(held);
      },
      &told);
  CHECK(support::close(made) == "RETURN none");
  baton_set_unraisable_hook(nullptr, nullptr);
  CHECK(told == "coroutine ignored GeneratorExit");
  CHECK(log == "stubborn outer");
}

TEST_CASE("a task can be driven step by step from C++", "[cpp]") {
  Balance balance;
  baton::handle driver{value(ask())};
  baton::outcome step = driver.send();
  CHECK(step.status == BATON_YIELD);
  CHECK(step.out.to<int>() == 1);
  step = driver.send(value(4));
  CHECK(step.status == BATON_RETURN);
  CHECK(step.out.to<int>() == 4);
  CHECK(failure([&] { driver.send(); }) ==
        "baton runtime-error: cannot reuse already awaited coroutine");

  baton::handle other{value(caught())};
  other.send();
  step = other.throw_(baton::error(baton::kind::timeout, "late"));
  CHECK(step.out.to<std::string>() == "caught late");
  baton::handle third{value(ask())};
  third.send();
  CHECK(failure([&] { third.throw_(baton::error(baton::kind::key, "k")); }) ==
        "baton key-error: k");
  baton::handle fourth{value(ask())};
  fourth.send();
  CHECK(fourth.close().status == BATON_RETURN);
  CHECK(failure([] { baton::handle none{value(1)}; }) ==
        "baton type-error: 'i64' object can't be awaited");
}

TEST_CASE("a task that resumes itself is busy", "[cpp][COR-4]") {
  Balance balance;
  support::Value self;
  std::string told;
  auto body = [&]() -> task<void> {
    told = support::send(self).text();
    co_return;
  };
  self = wrap(body());
  CHECK(support::send(self) == "RETURN none");
  CHECK(told == "BUSY");
}

/* ---- Lives -------------------------------------------------------------- */

TEST_CASE("a release while suspended destroys locals, the innermost first",
          "[cpp]") {
  Balance balance;
  std::string log;
  {
    support::Value made = wrap(nest(&log, 2));
    support::send(made);
    CHECK(log == "");
  }
  CHECK(log == "zero one two");
  log.clear();
  {
    support::Value made =
        wrap(holder(&log, cpp_test::in_c(place_cleanup_returns, {})));
    CHECK(support::send(made) == "YIELD 1");
  }
  CHECK(log == "inner outer");
}

TEST_CASE("one that will not end when released is destroyed as it stands",
          "[cpp]") {
  Balance balance;
  std::string log, unraisable;
  baton_set_unraisable_hook(
      [](void *arg, const baton_value *held, const baton_value *) {
        *static_cast<std::string *>(arg) += support::describe(held);
      },
      &unraisable);
  {
    support::Value made = wrap(stubborn(&log));
    support::send(made);
  }
  baton_set_unraisable_hook(nullptr, nullptr);
  CHECK(unraisable == "runtime-error: coroutine ignored GeneratorExit");
  CHECK(log == "stubborn");
}

TEST_CASE("a task that was never awaited is reported by its name",
          "[cpp][COR-19]") {
  Balance balance;
  std::string told;
  baton_set_unawaited_hook(
      [](void *arg, const baton_value *self) {
        *static_cast<std::string *>(arg) += cpp_test::chain(self);
      },
      &told);
  {
    task<int> forgotten = add(1, 2);
    task<int> given_up = add(1, 2);
    given_up.close();
  }
  baton_set_unawaited_hook(nullptr, nullptr);
  CHECK(told == "add");
}

TEST_CASE("a call that throws before there is a task leaves nothing", "[cpp]") {
  struct Thrower {
    Thrower() = default;
    Thrower(const Thrower &) { throw std::runtime_error("copied"); }
  };
  Balance balance;
  std::string told;
  baton_set_unawaited_hook(
      [](void *arg, const baton_value *) {
        *static_cast<std::string *>(arg) += "reported";
      },
      &told);
  auto body = [](Thrower) -> task<void> { co_return; };
  const Thrower thrower;
  CHECK(failure([&] { (void)body(thrower); }) == "std: copied");
  baton_set_unawaited_hook(nullptr, nullptr);
  CHECK(told == "");
}

TEST_CASE("parameters of every kind are kept in the frame", "[cpp]") {
  Balance balance;
  auto body = [](const char *text, std::unique_ptr<int> number, double half,
                 const volatile int &changing) -> task<std::string> {
    co_await baton::yield();
    co_return std::string(text) + std::to_string(*number) +
        std::to_string(static_cast<int>(half * 2)) + std::to_string(changing);
  };
  const volatile int changing = 4;
  CHECK(baton::block_on(body("a", std::make_unique<int>(2), 1.5, changing)) ==
        "a234");
}

TEST_CASE("a collector sees what a suspended task refers to", "[cpp][TYP-8]") {
  auto inner = []() -> task<void> { co_await baton::yield(); };
  auto outer = [&]() -> task<void> { co_await inner(); };
  support::Value made = wrap(outer());
  support::send(made);
  int seen = 0;
  made.get()->head.type->traverse(
      made.get(),
      [](const baton_value *, void *arg) {
        ++*static_cast<int *>(arg);
        return 0;
      },
      &seen);
  CHECK(seen == 2); /* the link's reference and that of the co_await */
}

TEST_CASE("the inner of a suspended task can be driven by itself",
          "[cpp][LNK-10]") {
  Balance balance;
  auto outer = []() -> task<int> {
    try {
      co_await ask();
    } catch (const baton::error &thrown) {
      co_return thrown.what() ==
              std::string("cannot reuse already awaited coroutine")
          ? 1
          : 2;
    }
    co_return 0;
  };
  support::Value made = wrap(outer());
  CHECK(support::send(made) == "YIELD 1");
  support::Value inner;
  REQUIRE(support::introspect(made)->delegated_to(made.get(), inner.get()) ==
          BATON_OK);
  CHECK(support::send(inner, 6).status == BATON_RETURN);
  CHECK(support::send(made) == "RETURN 1");
}

TEST_CASE("through the checking proxy nothing is found", "[cpp]") {
  Balance balance;
  auto outer = []() -> task<std::string> { co_return co_await caught(); };
  std::string violations;
  value made(outer());
  baton_value raw = made.release(), wrapped = baton_none();
  REQUIRE(baton_debug_wrap(
              &raw,
              [](void *arg, const char *sentence) {
                *static_cast<std::string *>(arg) += sentence;
              },
              &violations, &wrapped) == BATON_OK);
  support::Value proxy(wrapped);
  CHECK(support::send(proxy) == "YIELD 1");
  CHECK(support::send(proxy, 2) == "RETURN 'sent 2'");
  CHECK(violations == "");
  proxy.drop();
  baton_thread_flush(); /* released proxies are remembered until then */
}

/* ---- Misuse -------------------------------------------------------------- */

TEST_CASE("a task that awaits itself is told so", "[cpp][COR-4]") {
  Balance balance;
  std::string told;
  task<void> *self = nullptr;
  auto body = [&]() -> task<void> {
    try {
      co_await std::move(*self);
    } catch (const baton::error &thrown) {
      told = std::string(
                 baton_kind_name(static_cast<std::uint32_t>(thrown.kind()))) +
             ": " + thrown.what();
    }
  };
  task<void> made = body();
  self = &made;
  support::Value driven(copy_of(made).release());
  CHECK(support::send(driven) == "RETURN none");
  CHECK(told == "value-error: coroutine already executing");
}

TEST_CASE("a task that blocks on itself stays busy", "[cpp][COR-4]") {
  Balance balance;
  std::string told, again;
  task<void> *self = nullptr;
  support::Value driven;
  auto body = [&]() -> task<void> {
    told = failure([&] { baton::block_on(std::move(*self)); });
    again = support::send(driven).text();
    co_return;
  };
  task<void> made = body();
  self = &made;
  driven = support::Value(copy_of(made).release());
  CHECK(support::send(driven) == "RETURN none");
  CHECK(told == "baton value-error: coroutine already executing");
  CHECK(again == "BUSY");
}

TEST_CASE("a task that was moved from cannot be driven", "[cpp][COR-3]") {
  Balance balance;
  task<int> made = add(1, 2);
  CHECK(baton::block_on(std::move(made)) == 3);
  CHECK(failure([&] { baton::block_on(std::move(made)); }) ==
        "baton runtime-error: cannot reuse already awaited coroutine");
}

TEST_CASE("a child ends before the locals that it refers to", "[cpp][COR-10]") {
  Balance balance;
  std::string log, unraisable;
  auto child = [](std::string *all) -> task<void> {
    Watch watch(all, "child");
    for (int i = 0; i < 3; i++) {
      try {
        co_await baton::yield();
      } catch (const baton::error &) {
      }
    }
  };
  auto parent = [&]() -> task<void> {
    Watch watch(&log, "parent");
    co_await child(&log);
  };
  /* Each release nests in that of the one above. */
  std::function<task<void>(int)> nested = [&](int depth) -> task<void> {
    baton::handle below(depth ? value(nested(depth - 1)) : value(parent()));
    below.send();
    co_await baton::yield();
  };
  /* Once by way of the parent, which the first one passes; once by itself. */
  const std::string ignored = "runtime-error: coroutine ignored GeneratorExit";
  for (int depth = 0; depth < 20; depth++) {
    log = unraisable = "";
    baton_set_unraisable_hook(
        [](void *arg, const baton_value *held, const baton_value *) {
          *static_cast<std::string *>(arg) += support::describe(held);
        },
        &unraisable);
    {
      support::Value made = wrap(nested(depth));
      CHECK(support::send(made) == "YIELD none");
    }
    baton_set_unraisable_hook(nullptr, nullptr);
    CHECK(log == "child parent");
    CHECK(unraisable == ignored + ignored);
  }
}

TEST_CASE("a descriptor is checked before it is used", "[cpp][VER-1][TYP-3]") {
  const int before = support::live_objects;
  static const baton_coroutine_methods methods = {};
  static const baton_async_methods async = {};
  static baton_type type = support::plain_type("future");
  type.flags = BATON_TYPE_CRITICAL;
  type.as_coroutine = &methods;
  auto made = [] {
    return value::adopt(baton_from_object(&type, new support::Object));
  };
  const std::string told =
      "baton type-error: 'future' cannot be used: an unknown critical flag is "
      "set (TYP-3)";
  CHECK(failure([&] { baton::handle{made()}; }) == told);
  type.as_async = &async;
  CHECK(failure([&] { baton::async_iterator<> each(made()); }) == told);
  CHECK(support::live_objects == before);

  static baton_type torn = type;
  torn.flags = 0;
  torn.magic = 1;
  torn.release = nullptr;
  CHECK(failure([] {
          baton::handle{value::adopt(baton_from_object(&torn, &torn))};
        }) ==
        "baton type-error: the value cannot be used: magic is not "
        "BATON_TYPE_MAGIC (TYP-2)");
}

TEST_CASE("an async iterator's descriptor is checked", "[cpp][TYP-2]") {
  static baton_type torn = support::plain_type("torn");
  static const baton_async_methods async = {
      sizeof(baton_async_methods), 0, nullptr,
      [](const baton_value *, baton_context *, baton_value *out) {
        *out = baton_from_object(&torn, &torn);
        return static_cast<std::int32_t>(BATON_OK);
      },
      nullptr};
  static baton_type type = support::plain_type("iterable");
  type.as_async = &async;
  torn.magic = 1;
  torn.release = nullptr;
  value made = value::adopt(baton_from_object(&type, new support::Object));
  CHECK(failure([&] { baton::async_iterator<> each(made); }) ==
        "baton type-error: the value cannot be used: magic is not "
        "BATON_TYPE_MAGIC (TYP-2)");
}
