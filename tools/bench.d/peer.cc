// SPDX-License-Identifier: MIT
//
// The same work as C++20 coroutines: a generator of integers, a whole life,
// very many at once. A compiler without them measures nothing here.
#include "bench.h"

#if defined(__cpp_impl_coroutine)

#include <coroutine>
#include <cstdlib>
#include <exception>

namespace {

#ifdef __clang__
const char compiler[] = __VERSION__;
#else
const char compiler[] = "g++ " __VERSION__;
#endif

struct generator {
  struct promise_type {
    int64_t value = 0;

    generator get_return_object() {
      return {std::coroutine_handle<promise_type>::from_promise(*this)};
    }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(int64_t number) noexcept {
      value = number;
      return {};
    }
    void return_void() noexcept {}
    void unhandled_exception() { std::terminate(); }
  };

  std::coroutine_handle<promise_type> handle;
};

generator tick() {
  for (int64_t number = 1;; number++) co_yield number;
}

template <size_t size>
struct block {
  char bytes[size];
};

generator ready() { co_return; }

// A parameter is part of the frame.
template <size_t size>
generator ready_with(block<size>) {
  co_return;
}

// Volatile, so that the compiler cannot see what is called and has to make
// the coroutine on the heap.
generator (*volatile make_ticker)() = tick;
generator (*volatile make_ready)() = ready;
generator (*volatile make_ready_64)(block<64>) = ready_with<64>;
generator (*volatile make_ready_192)(block<192>) = ready_with<192>;

void *open_ticker(const bench_case *) { return make_ticker().handle.address(); }

void close_ticker(void *state) {
  std::coroutine_handle<>::from_address(state).destroy();
}

double run_resume(void *state, uint64_t count) {
  auto handle =
      std::coroutine_handle<generator::promise_type>::from_address(state);
  uint64_t sum = 0;
  double began = bench_now();
  for (uint64_t i = 0; i < count; i++) {
    handle.resume();
    sum += static_cast<uint64_t>(handle.promise().value);
  }
  double took = bench_now() - began;
  bench_sink = bench_sink + sum;
  return took / static_cast<double>(count);
}

void live(generator made) {
  made.handle.resume();
  made.handle.destroy();
}

double run_life(void *state, uint64_t count) {
  auto size = *static_cast<const uint64_t *>(state);
  double began = bench_now();
  if (size == 0)
    for (uint64_t i = 0; i < count; i++) live(make_ready());
  else if (size == 64)
    for (uint64_t i = 0; i < count; i++) live(make_ready_64({}));
  else
    for (uint64_t i = 0; i < count; i++) live(make_ready_192({}));
  return (bench_now() - began) / static_cast<double>(count);
}

void *open_size(const bench_case *self) { return new uint64_t(self->size); }

void close_size(void *state) { delete static_cast<uint64_t *>(state); }

}  // namespace

extern "C" {

const bench_case bench_peers[] = {
    {"resume, c++20", open_ticker, run_resume, close_ticker, 0},
    {"life, c++20, frame of 0", open_size, run_life, close_size, 0},
    {"life, c++20, frame of 64", open_size, run_life, close_size, 64},
    {"life, c++20, frame of 192", open_size, run_life, close_size, 192},
    {nullptr, nullptr, nullptr, nullptr, 0}};

bench_crowd bench_crowd_peer(uint64_t count) {
  auto *all = static_cast<generator *>(malloc(count * sizeof(generator)));
  bench_check(all != nullptr, "no memory");
  for (uint64_t i = 0; i < count; i++) all[i] = {nullptr};
  bench_crowd took;
  auto each = static_cast<double>(count);
  double resident = bench_resident(), began = bench_now();
  for (uint64_t i = 0; i < count; i++) {
    all[i] = make_ticker();
    all[i].handle.resume();
  }
  took.create = (bench_now() - began) / each;
  took.bytes = (bench_resident() - resident) / each;
  began = bench_now();
  for (uint64_t i = 0; i < count; i++) all[i].handle.resume();
  took.resume = (bench_now() - began) / each;
  began = bench_now();
  for (uint64_t i = 0; i < count; i++) all[i].handle.destroy();
  took.destroy = (bench_now() - began) / each;
  free(all);
  return took;
}

const char *bench_peer_compiler(void) { return compiler; }
}

#else

extern "C" {

const bench_case bench_peers[] = {{nullptr, nullptr, nullptr, nullptr, 0}};

bench_crowd bench_crowd_peer(uint64_t) { return {0, 0, 0, 0}; }

const char *bench_peer_compiler(void) { return ""; }
}

#endif
