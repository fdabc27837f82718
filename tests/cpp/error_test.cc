/* SPDX-License-Identifier: MIT */
#include <any>
#include <filesystem>
#include <functional>
#include <future>
#include <regex>

#include "cpp/shared.hpp"

using baton::task;
using baton::value;
using cpp_test::Balance;
using cpp_test::failure;

namespace {

struct my_error : std::runtime_error {
  int number;
  explicit my_error(int n) : std::runtime_error("mine"), number(n) {}
};

struct odd {
  int number;
};

struct derived : baton::error {
  derived() : error(baton::kind::key, "a derived one") {}
};

/* The error of an exception that leaves a task, as its driver sees it. */
template <class F>
task<void> raise(F thrower) {
  thrower();
  co_return;
}

template <class F>
support::Value error_of(F thrower) {
  support::Value made = cpp_test::wrap(raise(thrower));
  support::Outcome end = support::send(made);
  CHECK(end.status == BATON_ERROR);
  return end.out;
}

template <class E, class... A>
std::string told(A... arguments) {
  return support::describe(error_of([&] { throw E(arguments...); }));
}

std::string message_of(const baton_value *held) {
  return std::string(baton::detail::message_of(held));
}

}  // namespace

TEST_CASE("an exception that leaves a body is an error of its kind",
          "[cpp][ERR-8]") {
  Balance balance;
  CHECK(told<std::bad_alloc>() == "no-memory: std::bad_alloc");
  CHECK(told<std::invalid_argument>("no") == "value-error: no");
  CHECK(told<std::domain_error>("no") == "value-error: no");
  CHECK(told<std::length_error>("no") == "value-error: no");
  CHECK(told<std::bad_optional_access>() == "value-error: bad optional access");
  CHECK(told<std::bad_variant_access>() == "value-error: bad variant access");
  CHECK(told<std::out_of_range>("no") == "index-error: no");
  CHECK(told<std::range_error>("no") == "arithmetic-error: no");
  CHECK(told<std::overflow_error>("no") == "arithmetic-error: no");
  CHECK(told<std::underflow_error>("no") == "arithmetic-error: no");
  CHECK(told<std::bad_cast>() == "type-error: std::bad_cast");
  CHECK(told<std::bad_any_cast>() == "type-error: bad any_cast");
  CHECK(told<std::logic_error>("no") == "runtime-error: no");
  CHECK(told<std::runtime_error>("no") == "runtime-error: no");
  CHECK(told<std::exception>() == "error: std::exception");
  CHECK(told<my_error>(1) == "runtime-error: mine");
  CHECK(told<derived>() == "key-error: a derived one");
  CHECK(support::describe(error_of([] { throw odd{5}; })) ==
        "error: an exception that is no std::exception");
  CHECK(told<std::runtime_error>("\xff") ==
        "runtime-error: a message that is not UTF-8");
  CHECK(told<baton::error>(baton::kind::timeout, "late") == "timeout: late");
  CHECK(told<baton::error>(baton::kind::cancelled) == "cancelled");
}

TEST_CASE("a system error has its number", "[cpp]") {
  Balance balance;
  support::Value held = error_of([] {
    throw std::system_error(
        std::make_error_code(std::errc::no_such_file_or_directory), "open");
  });
  CHECK(support::describe(held) == "os-error: open: No such file or directory");
  baton::error thrown(cpp_test::unwrap(held));
  CHECK(thrown.payload().to<int>() == ENOENT);
}

TEST_CASE("an exception comes home as itself, through C", "[cpp][ERR-6]") {
  Balance balance;
  const my_error *thrown_at = nullptr;
  auto inner = [&]() -> task<int> {
    co_await baton::yield();
    try {
      throw my_error(5);
    } catch (const my_error &mine) {
      thrown_at = &mine;
      throw;
    }
  };
  auto outer = [&]() -> task<int> {
    try {
      co_await cpp_test::in_c(place_await,
                              cpp_test::in_c(place_await, inner()));
    } catch (const my_error &mine) {
      co_return &mine == thrown_at ? mine.number : -1;
    }
    co_return 0;
  };
  CHECK(baton::block_on(outer()) == 5);
}

TEST_CASE("what is no std::exception comes home too", "[cpp]") {
  auto inner = []() -> task<int> {
    co_await baton::yield();
    throw odd{6};
  };
  auto outer = [&]() -> task<int> {
    try {
      co_await cpp_test::in_c(place_await, inner());
    } catch (const odd &mine) {
      co_return mine.number;
    }
    co_return 0;
  };
  CHECK(baton::block_on(outer()) == 6);
  CHECK_THROWS_AS(baton::block_on(value(inner())), odd);
}

TEST_CASE("a foreign error is the same object on its way through C++",
          "[cpp][ERR-6]") {
  const int before = support::live_objects;
  {
    support::Value host = support::host_error(BATON_ERROR_KEY);
    auto inner = []() -> task<void> { co_await baton::yield(); };
    auto outer = [&]() -> task<void> {
      try {
        co_await inner();
      } catch (const baton::error &thrown) {
        CHECK(thrown.kind() == baton::kind::key);
        CHECK(std::string(thrown.what()) == "key-error");
        CHECK(thrown.message() == "");
        CHECK(thrown.cause().is_none());
        CHECK(thrown.payload().is_none());
        throw;
      }
    };
    support::Value made = cpp_test::wrap(outer());
    CHECK(support::send(made) == "YIELD none");
    support::Outcome end = support::throw_in(made, host);
    CHECK(end == "ERROR key-error");
    CHECK(end.out.is(host));
  }
  CHECK(support::live_objects == before);
}

TEST_CASE("nested exceptions are causes", "[cpp]") {
  Balance balance;
  support::Value held = error_of([] {
    try {
      try {
        throw std::out_of_range("third");
      } catch (...) {
        std::throw_with_nested(std::invalid_argument("second"));
      }
    } catch (...) {
      std::throw_with_nested(my_error(1));
    }
  });
  CHECK(support::describe(held) == "runtime-error: mine");
  baton::error first(cpp_test::unwrap(held));
  baton::error second(first.cause());
  CHECK(support::describe(second.get().get()) == "value-error: second");
  baton::error third(second.cause());
  CHECK(support::describe(third.get().get()) == "index-error: third");
  CHECK(third.cause().is_none());
  CHECK_THROWS_AS(baton::rethrow(third.take()), std::out_of_range);
}

TEST_CASE("the causes of a foreign error can be read", "[cpp]") {
  Balance balance;
  value held = value::adopt(baton_error_new(BATON_ERROR_OS, "top"));
  baton_value payload = baton_from_i64(9);
  baton_value cause = baton_error_new(BATON_ERROR_KEY, "below");
  baton_error_set_payload(held.get(), &payload);
  baton_error_set_cause(held.get(), &cause);
  baton::error thrown(std::move(held));
  CHECK(thrown.message() == "top");
  CHECK(thrown.payload().to<int>() == 9);
  CHECK(message_of(thrown.cause().get()) == "below");
}

TEST_CASE("an error names the functions that it left, however it left them",
          "[cpp][ERR-5]") {
  Balance balance;
  struct {
    task<void> thrower(bool waits) {
      if (waits) co_await baton::yield();
      throw my_error(2);
    }
    task<void> middle(bool waits) { co_await thrower(waits); }
    task<void> outermost(bool waits) { co_await middle(waits); }
  } maker;
  support::Value at_once = cpp_test::wrap(maker.outermost(false));
  support::Outcome end = support::send(at_once);
  CHECK(end == "ERROR runtime-error: mine");
  CHECK(cpp_test::functions(end.out.get()) == "thrower middle outermost");

  support::Value later = cpp_test::wrap(maker.outermost(true));
  CHECK(support::send(later) == "YIELD none");
  CHECK(cpp_test::chain(later.get()) == "outermost middle thrower");
  end = support::send(later);
  CHECK(end == "ERROR runtime-error: mine");
  CHECK(cpp_test::functions(end.out.get()) == "thrower middle outermost");
}

TEST_CASE("a frame has the file, the language and the line of its co_await",
          "[cpp][ERR-5]") {
  std::uint32_t line = 0;
  auto body = [&]() -> task<void> {
    line = __LINE__ + 1;
    co_await baton::yield();
    throw my_error(3);
  };
  support::Value made = cpp_test::wrap(body());
  support::send(made);
  const auto *table = support::introspect(made);
  baton_frame frame = {};
  REQUIRE(table->location(made.get(), &frame) == BATON_OK);
  CHECK(frame.line == line);
  support::Outcome end = support::send(made);
  std::uint32_t kept = 0;
  std::uint64_t elided = 0;
  end.out.get()->head.type->as_error->frames(end.out.get(), &frame, 1, &kept,
                                             &elided);
  REQUIRE(kept == 1);
  CHECK(frame.line == line);
  CHECK(std::string(frame.language) == "c++");
  CHECK(std::string(frame.file).ends_with("error_test.cc"));
}

TEST_CASE("an error that was caught and is thrown anew keeps no old frames",
          "[cpp]") {
  auto inner = []() -> task<void> {
    throw my_error(1);
    co_return;
  };
  auto outer = [&]() -> task<void> {
    try {
      co_await inner();
    } catch (const my_error &) {
    }
    throw my_error(2);
  };
  support::Value made = cpp_test::wrap(outer());
  CHECK(cpp_test::functions(support::send(made).out.get()) == "operator()");
}

TEST_CASE("stop-iteration does not leave a task as itself", "[cpp][COR-15]") {
  Balance balance;
  auto inner = [](bool waits) -> task<void> {
    if (waits) co_await baton::yield();
    throw baton::error(baton::kind::stop_iteration, "");
  };
  auto outer = [&](bool waits) -> task<std::string> {
    try {
      co_await inner(waits);
    } catch (const baton::error &thrown) {
      baton::error cause(thrown.cause());
      co_return std::string(thrown.what()) + " from " + cause.what();
    }
    co_return "";
  };
  const std::string told = "coroutine raised StopIteration from stop-iteration";
  CHECK(baton::block_on(outer(false)) == told);
  CHECK(baton::block_on(outer(true)) == told);
}

TEST_CASE("a result that cannot be given away is an error", "[cpp]") {
  auto body = []() -> task<std::string> { co_return "\xff"; };
  support::Value made = cpp_test::wrap(body());
  CHECK(support::send(made) == "ERROR unicode-error: the text is not UTF-8");
  CHECK(support::state(made) == "CLOSED");
  CHECK(baton::block_on(body()) == "\xff");
}

TEST_CASE("any exception has an error value, and back", "[cpp]") {
  Balance balance;
  value held = baton::error_value(std::make_exception_ptr(my_error(4)));
  CHECK(support::describe(held.get()) == "runtime-error: mine");
  try {
    baton::rethrow(std::move(held));
  } catch (const my_error &mine) {
    CHECK(mine.number == 4);
  }
  CHECK(failure([] { baton::rethrow(value::adopt(baton_from_kind(3))); }) ==
        "baton value-error: value-error");
}

TEST_CASE("what is thrown and is no error becomes one", "[cpp][ERR-1]") {
  Balance balance;
  const std::string told = "c++ raised a text, which is no error (ERR-1)";
  baton::error direct(value("just text"));
  CHECK(direct.kind() == baton::kind::type);
  CHECK(direct.message() == told);
  CHECK(direct.payload().is_none());
  CHECK(direct.cause().is_none());
  auto inner = [](bool waits, bool taken) -> task<void> {
    if (waits) co_await baton::yield();
    baton::error thrown(value("just text"));
    if (taken) thrown.take();
    throw thrown;
  };
  auto outer = [&](bool waits, bool taken) -> task<std::string> {
    std::string name;
    try {
      co_await inner(waits, taken);
    } catch (const baton::error &thrown) {
      name = thrown.what();
    }
    co_return name;
  };
  CHECK(baton::block_on(outer(false, false)) == told);
  CHECK(baton::block_on(outer(true, false)) == told);
  const std::string empty = "c++ raised a none, which is no error (ERR-1)";
  CHECK(baton::block_on(outer(false, true)) == empty);
  CHECK(baton::block_on(outer(true, true)) == empty);
  CHECK(failure([&] { baton::block_on(inner(false, false)); }) ==
        "baton type-error: " + told);
}
