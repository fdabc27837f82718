/* SPDX-License-Identifier: MIT */
#include <cstdlib>
#include <functional>

#include "cpp/shared.hpp"

using baton::task;
using baton::value;

/* Each allocation from libbaton's allocator is made to fail in turn: what comes
 * is std::bad_alloc or an error of kind no-memory, and nothing is lost. */

namespace {

struct Memory {
  std::uint64_t asked = 0, fatal = UINT64_MAX;
  std::int64_t held = 0;

  static void *BATON_CALL allocate(void *arg, std::size_t size) {
    auto *self = static_cast<Memory *>(arg);
    if (self->asked++ == self->fatal) return nullptr;
    self->held++;
    return std::malloc(size);
  }
  static void BATON_CALL release(void *arg, void *block, std::size_t) {
    static_cast<Memory *>(arg)->held--;
    std::free(block);
  }
};

/* @return "" if memory was short, and how it ended otherwise. */
std::string end_of(const std::function<std::string()> &scenario) {
  try {
    return scenario();
  } catch (const std::bad_alloc &) {
    return "";
  } catch (const baton::error &thrown) {
    return thrown.kind() == baton::kind::no_memory ? "" : thrown.what();
  } catch (const std::exception &thrown) {
    return thrown.what();
  }
}

void sweep(const std::string &wanted,
           const std::function<std::string()> &scenario) {
  Memory memory;
  baton_allocator allocator = {Memory::allocate, Memory::release, &memory};
  baton_thread_flush();
  REQUIRE(baton_set_allocator(&allocator) == BATON_OK);
  for (std::uint64_t n = 0;; n++) {
    memory.asked = 0;
    memory.fatal = n;
    std::string told = end_of(scenario);
    baton_thread_flush();
    INFO("allocation " << n << " fails");
    CHECK(memory.held == 0);
    if (memory.asked <= n) {
      CHECK(n > 0);
      CHECK(told == wanted);
      break;
    }
    /* A message that could not be copied is no failure of the scenario. */
    CHECK((told == "" || told == wanted));
  }
  REQUIRE(baton_set_allocator(nullptr) == BATON_OK);
}

task<int> leaf(bool waits) {
  if (waits) co_await baton::yield();
  co_return 1;
}

task<int> sum(bool waits) {
  int all = 0;
  for (int i = 0; i < 3; i++) all += co_await leaf(waits);
  co_return all;
}

task<int> fail(bool waits) {
  if (waits) co_await baton::yield();
  throw std::out_of_range("failed");
}

task<int> above(bool waits) { co_return co_await fail(waits); }

}  // namespace

TEST_CASE("a failed allocation is bad_alloc or no-memory, and nothing is lost",
          "[cpp][ERR-1][OWN-4]") {
  baton_set_unawaited_hook([](void *, const baton_value *) {}, nullptr);
  sweep("3", [] { return std::to_string(baton::block_on(sum(false))); });
  sweep("3", [] { return std::to_string(baton::block_on(sum(true))); });
  sweep("failed", [] { return std::to_string(baton::block_on(above(false))); });
  sweep("failed", [] { return std::to_string(baton::block_on(above(true))); });
  sweep("text", [] { return value("text").to<std::string>(); });
  sweep("7", [] {
    return std::to_string(baton::box(std::make_unique<int>(7))
                              .get_if<std::unique_ptr<int>>()
                              ->operator*());
  });
  sweep("2", [] {
    auto [a, b] = baton::block_on(baton::when_all(leaf(true), leaf(false)));
    return std::to_string(a + b);
  });
  sweep("closed", [] {
    baton::handle driver{value(above(true))};
    driver.send();
    driver.close();
    return std::string("closed");
  });
  baton_set_unawaited_hook(nullptr, nullptr);
}
