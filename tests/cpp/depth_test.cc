/* SPDX-License-Identifier: MIT */
#include <cstdlib>

#include "cpp/shared.hpp"
#include "support/process.h"

using baton::task;
using baton::value;

/* Chains far deeper than a C stack, on a thread with 256 KiB of it. A transfer
 * from one coroutine to another is a jump wherever gcc optimises, and with
 * clang always. */

namespace {

constexpr std::size_t small_stack = 256 * 1024;

int depth() {
  if (const char *set = std::getenv("BATON_DEPTH")) return std::atoi(set);
#if defined(__clang__) ||                                       \
    (defined(__OPTIMIZE__) && !defined(__SANITIZE_ADDRESS__) && \
     !defined(__SANITIZE_THREAD__))
  return 1000000;
#else
  return 300;
#endif
}

struct Counter {
  std::int64_t *count;
  ~Counter() { ++*count; }
};

task<int> deep(int left, bool waits, std::int64_t *destroyed) {
  Counter counter{destroyed};
  if (left > 1) co_return 1 + co_await deep(left - 1, waits, destroyed);
  if (waits) co_await baton::yield(5);
  co_return 1;
}

task<int> deep_throw(int left) {
  if (left == 1) throw std::out_of_range("deep");
  co_return co_await deep_throw(left - 1);
}

task<value> over(value awaited, std::int64_t *destroyed) {
  Counter counter{destroyed};
  co_return co_await std::move(awaited);
}

/* C and C++ by turns. */
value mixed(int links, std::int64_t *destroyed) {
  value made = cpp_test::in_c(place_sum, {});
  for (int i = 1; i < links; i++)
    made = i % 2 ? value(over(std::move(made), destroyed))
                 : cpp_test::in_c(place_await, std::move(made));
  return made;
}

template <class F>
void on_small_stack(F code) {
  baton_counters before, after;
  baton_thread_flush();
  baton_read_counters(&before);
  support::on_stack(small_stack, code);
  baton_read_counters(&after);
  CHECK(after.blocks == before.blocks);
}

}  // namespace

TEST_CASE("a million tasks that do not suspend await one another",
          "[cpp][LNK-17]") {
  std::int64_t destroyed = 0;
  int result = 0;
  on_small_stack(
      [&] { result = baton::block_on(deep(depth(), false, &destroyed)); });
  CHECK(result == depth());
  CHECK(destroyed == depth());
}

TEST_CASE("a million tasks that suspend are resumed, and return",
          "[cpp][LNK-17]") {
  std::int64_t destroyed = 0;
  baton_value out = baton_none();
  std::int32_t first = -99, last = -99;
  on_small_stack([&] {
    baton::handle driver{value(deep(depth(), true, &destroyed))};
    first = driver.send().status;
    baton::outcome end = driver.send();
    last = end.status;
    out = end.out.release();
  });
  CHECK(first == BATON_YIELD);
  CHECK(last == BATON_RETURN);
  CHECK(out.payload.i64 == depth());
  CHECK(destroyed == depth());
}

TEST_CASE("an exception passes a million tasks", "[cpp][LNK-17][ERR-3]") {
  std::string told;
  std::uint64_t frames = 0;
  on_small_stack([&] {
    try {
      baton::block_on(value(deep_throw(depth())));
    } catch (const std::out_of_range &thrown) {
      told = thrown.what();
    }
    value made = deep_throw(depth());
    baton_value out = baton_none();
    if (baton_block_on(made.get(), &out) == BATON_ERROR) {
      baton_frame frame;
      std::uint32_t kept = 0;
      std::uint64_t elided = 0;
      out.head.type->as_error->frames(&out, &frame, 1, &kept, &elided);
      frames = elided;
    }
    baton_drop(&out);
  });
  CHECK(told == "deep");
  if (depth() > 64) {
    CHECK(frames == static_cast<std::uint64_t>(depth() - 64));
  }
}

TEST_CASE("a million suspended tasks are closed, thrown into, released",
          "[cpp][LNK-17][COR-8]") {
  std::int64_t destroyed = 0;
  std::string told;
  SECTION("close") {
    on_small_stack([&] {
      baton::handle driver{value(deep(depth(), true, &destroyed))};
      driver.send();
      driver.close();
    });
  }
  SECTION("throw") {
    on_small_stack([&] {
      baton::handle driver{value(deep(depth(), true, &destroyed))};
      driver.send();
      told = cpp_test::failure(
          [&] { driver.throw_(baton::error(baton::kind::key, "thrown in")); });
    });
    CHECK(told == "baton key-error: thrown in");
  }
  SECTION("release") {
    on_small_stack([&] {
      baton::handle driver{value(deep(depth(), true, &destroyed))};
      driver.send();
    });
  }
  CHECK(destroyed == depth());
}

TEST_CASE("a million links of C and C++ by turns", "[cpp][LNK-17]") {
  std::int64_t destroyed = 0;
  std::string told;
  int ended = -99;
  SECTION("return") {
    on_small_stack([&] {
      baton::handle driver{mixed(depth(), &destroyed)};
      driver.send();
      driver.send(value(5));
      driver.send(value(6));
      ended = driver.send(value(7)).out.to<int>();
    });
    CHECK(ended == 18);
  }
  SECTION("close") {
    on_small_stack([&] {
      baton::handle driver{mixed(depth(), &destroyed)};
      driver.send();
      ended = driver.close().status;
    });
    CHECK(ended == BATON_RETURN);
  }
  SECTION("throw") {
    on_small_stack([&] {
      baton::handle driver{mixed(depth(), &destroyed)};
      driver.send();
      told = cpp_test::failure(
          [&] { driver.throw_(baton::error(baton::kind::key, "thrown in")); });
    });
    CHECK(told == "baton key-error: thrown in");
  }
  SECTION("release") {
    on_small_stack([&] {
      baton::handle driver{mixed(depth(), &destroyed)};
      driver.send();
    });
  }
  CHECK(destroyed == depth() / 2);
}

TEST_CASE("a million tasks that hold one another are released unstarted",
          "[cpp][LNK-17]") {
  std::int64_t destroyed = 0;
  static int unawaited;
  unawaited = 0;
  baton_set_unawaited_hook([](void *, const baton_value *) { unawaited++; },
                           nullptr);
  on_small_stack([&] { value made = mixed(depth(), &destroyed); });
  baton_set_unawaited_hook(nullptr, nullptr);
  CHECK(destroyed == 0);
  CHECK(unawaited == depth());
}
