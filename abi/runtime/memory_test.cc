/* SPDX-License-Identifier: MIT */
#include <baton/runtime.h>

#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <cstdint>
#include <cstdlib>
#include <thread>
#include <vector>

#include "support/stress_gate.h"
#include "support/stress_rounds.h"
#include "support/stress_threads.h"
#include "support/stress_values.h"

using stress::value;

namespace {

/* An allocator that counts. */
struct counted_memory {
  static void *BATON_CALL allocate(void *arg, size_t size) {
    counted_memory *self = static_cast<counted_memory *>(arg);
    self->given++;
    self->bytes += size;
    void *block = std::malloc(size);
    if (reinterpret_cast<uintptr_t>(block) % 16) self->misaligned++;
    return block;
  }
  static void BATON_CALL release(void *arg, void *block, size_t size) {
    counted_memory *self = static_cast<counted_memory *>(arg);
    self->returned++;
    self->bytes -= size;
    std::free(block);
  }

  baton_allocator allocator() { return {allocate, release, this}; }

  std::atomic<uint64_t> given{0};
  std::atomic<uint64_t> returned{0};
  std::atomic<uint64_t> bytes{0};
  std::atomic<uint64_t> misaligned{0};
};

value text(const char *data = "some text") {
  value made;
  REQUIRE(baton_text_new(data, std::strlen(data), made.get()) == BATON_OK);
  return made;
}

}  // namespace

TEST_CASE("the counters tell how many blocks are in use", "[memory]") {
  stress::balance balance;
  value first = text(), second = text();
  CHECK(balance.change() == 2);
  first.drop();
  CHECK(balance.change() == 1);
  second.drop();
  CHECK(balance.change() == 0);
}

TEST_CASE("blocks in the freelists do not count as in use", "[memory]") {
  stress::balance balance;
  baton_counters before, after;
  baton_read_counters(&before);
  std::vector<value> many;
  for (int i = 0; i < 100; i++) many.push_back(text());
  many.clear();
  baton_read_counters(&after);
  CHECK(after.blocks == before.blocks);
  CHECK(balance.change() == 0);
}

TEST_CASE("a thread's exit returns its freelists", "[memory][TYP-6]") {
  stress::balance balance;
  stress::on_another_thread([] {
    std::vector<value> many;
    for (int i = 0; i < 1000; i++) {
      stress::gate waits;
      many.push_back(text());
      stress::close(waits.coroutine());
    }
  });
  CHECK(balance.change() == 0);
}

TEST_CASE("a block may be freed on another thread than it came from",
          "[memory][TYP-6]") {
  stress::balance balance;
  for (uint64_t i = 0; i < stress::rounds(50); i++) {
    std::vector<value> many;
    for (int k = 0; k < 100; k++) many.push_back(text());
    stress::on_another_thread([&many] {
      for (size_t k = 0; k < many.size(); k += 2) many[k].drop();
    });
  }
  CHECK(balance.change() == 0);
}

TEST_CASE("text and bytes of every size come back whole", "[memory]") {
  stress::balance balance;
  for (size_t size = 0; size < 1100; size++) {
    std::vector<uint8_t> data(size);
    for (size_t i = 0; i < size; i++)
      data[i] = static_cast<uint8_t>(i * 7 + size);
    value made;
    REQUIRE(baton_bytes_new(data.data(), size, made.get()) == BATON_OK);
    baton_bytes_view view = {nullptr, 0};
    REQUIRE(baton_bytes_of(made.get(), &view) == BATON_OK);
    REQUIRE(view.size == size);
    REQUIRE(reinterpret_cast<uintptr_t>(made.get()->payload.object) % 16 == 0);
    if (size) REQUIRE(std::memcmp(view.data, data.data(), size) == 0);
  }
  CHECK(balance.change() == 0);
}

TEST_CASE("the allocator is replaced while nothing is in use, and only then",
          "[memory]") {
  REQUIRE(stress::balance::blocks() == 0);
  counted_memory memory;
  baton_allocator allocator = memory.allocator();
  REQUIRE(baton_set_allocator(&allocator) == BATON_OK);
  {
    value held = text();
    CHECK(memory.given == 1);
    CHECK(baton_set_allocator(nullptr) == BATON_INVALID_STATE);
    value more = text();
    CHECK(memory.given == 2);
    value large;
    CHECK(baton_bytes_new(nullptr, 100000, large.get()) == BATON_OK);
    CHECK(memory.bytes >= 100000);
  }
  stress::on_another_thread([] {
    for (int i = 0; i < 300; i++) text();
  });
  CHECK(baton_set_allocator(nullptr) == BATON_OK);
  CHECK(memory.given == memory.returned);
  CHECK(memory.bytes == 0);
  CHECK(memory.misaligned == 0);
  uint64_t given = memory.given;
  text();
  CHECK(memory.given == given);
}

#ifndef BATON_NO_FREELIST
TEST_CASE("a freed block is used again, until it is flushed", "[memory]") {
  REQUIRE(stress::balance::blocks() == 0);
  counted_memory memory;
  baton_allocator allocator = memory.allocator();
  REQUIRE(baton_set_allocator(&allocator) == BATON_OK);
  for (int i = 0; i < 100; i++) text();
  /* The block, and the lists themselves. */
  CHECK(memory.given == 2);
  CHECK(memory.returned == 0);
  baton_thread_flush();
  CHECK(memory.returned == 2);
  text();
  CHECK(memory.given == 4);
  /* A list does not grow without limit. */
  {
    std::vector<value> many;
    for (int i = 0; i < 20000; i++) many.push_back(text());
    many.clear();
    CHECK(memory.bytes < 4 * 65536);
  }
  CHECK(baton_set_allocator(nullptr) == BATON_OK);
  CHECK(memory.given == memory.returned);
}
#endif

TEST_CASE("memory that is short is refused and nothing is lost", "[memory]") {
  REQUIRE(stress::balance::blocks() == 0);
  baton_allocator none = {[](void *, size_t) -> void * { return nullptr; },
                          [](void *, void *, size_t) {}, nullptr};
  REQUIRE(baton_set_allocator(&none) == BATON_OK);
  static const baton_body body = stress::body_of<uint64_t>(
      "body", [](const baton_value *, baton_context *, uint32_t, baton_value *,
                 baton_value *) { return BATON_RETURN; });
  baton_value out = baton_none();
  CHECK(baton_coro_new(&body, &out) == BATON_NO_MEMORY);
  CHECK(baton_text_new("a", 1, &out) == BATON_NO_MEMORY);
  CHECK(baton_bytes_new("a", 1, &out) == BATON_NO_MEMORY);
  CHECK(baton_group_new(BATON_GROUP_JOIN, nullptr, 0, &out) == BATON_NO_MEMORY);
  CHECK(baton_is_none(&out));
  baton_value error = baton_error_new(BATON_ERROR_KEY, "%d", 1);
  CHECK(baton_error_kind(&error) == BATON_ERROR_NO_MEMORY);
  CHECK_FALSE(baton_is_object(&error));
  CHECK(baton_set_allocator(nullptr) == BATON_OK);
}

TEST_CASE("a size that cannot be is refused", "[memory]") {
  baton_value out = baton_none();
  CHECK(baton_bytes_new(nullptr, UINT64_MAX, &out) == BATON_NO_MEMORY);
  CHECK(baton_bytes_new(nullptr, UINT64_MAX - 100, &out) == BATON_NO_MEMORY);
  CHECK(baton_is_none(&out));
}
