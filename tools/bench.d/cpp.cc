// SPDX-License-Identifier: MIT
//
// What the C++ binding costs beside a plain C++20 task that awaits another one
// by symmetric transfer: the await of a coroutine that ends at once, from its
// creation to its destruction, and the resumption of one that is suspended.
#include "bench.h"

#if defined(__cpp_impl_coroutine)

#include <baton/baton.hpp>

namespace {

/* ---- The peer: a task, and nothing else -------------------------------- */

struct plain {
  struct promise_type {
    std::coroutine_handle<> awaiting = std::noop_coroutine();
    promise_type *root = this;
    std::coroutine_handle<> leaf; /* of a root: what a resumption resumes */
    int64_t value = 0;

    plain get_return_object() {
      return plain(std::coroutine_handle<promise_type>::from_promise(*this));
    }
    std::suspend_always initial_suspend() noexcept { return {}; }
    struct finally {
      bool await_ready() noexcept { return false; }
      std::coroutine_handle<> await_suspend(
          std::coroutine_handle<promise_type> ended) noexcept {
        return ended.promise().awaiting;
      }
      void await_resume() noexcept {}
    };
    finally final_suspend() noexcept { return {}; }
    void return_value(int64_t given) noexcept { value = given; }
    void unhandled_exception() { std::terminate(); }
    struct giving {
      bool await_ready() noexcept { return false; }
      void await_suspend(std::coroutine_handle<promise_type> given) noexcept {
        given.promise().root->leaf = given;
      }
      void await_resume() noexcept {}
    };
    giving yield_value(int64_t given) noexcept {
      root->value = given;
      return {};
    }
  };

  explicit plain(std::coroutine_handle<promise_type> made) : handle(made) {}
  plain(plain &&from) noexcept : handle(std::exchange(from.handle, nullptr)) {}
  ~plain() {
    if (handle) handle.destroy();
  }

  bool await_ready() noexcept { return false; }
  std::coroutine_handle<> await_suspend(
      std::coroutine_handle<promise_type> awaiting) noexcept {
    handle.promise().awaiting = awaiting;
    handle.promise().root = awaiting.promise().root;
    return handle;
  }
  int64_t await_resume() noexcept { return handle.promise().value; }

  std::coroutine_handle<promise_type> handle;
};

plain plain_ready() { co_return 1; }

plain plain_ticker() {
  for (int64_t number = 1;; number++) co_yield number;
  co_return 0;
}

/* ---- Baton's ------------------------------------------------------------ */

baton::task<int64_t> ready() { co_return 1; }

baton::task<int64_t> ticker() {
  for (int64_t number = 1;; number++) co_await baton::yield(number);
  co_return 0;
}

int32_t BATON_CALL c_ready_resume(const baton_value *, baton_context *,
                                  uint32_t op, baton_value *in,
                                  baton_value *out) {
  *out = op == BATON_OP_THROW ? baton_take(in) : baton_from_i64(1);
  return op == BATON_OP_THROW ? BATON_ERROR : BATON_RETURN;
}

baton::value c_ready() {
  static const baton_body body = [] {
    baton_body made = {};
    made.struct_size = sizeof made;
    made.name = "ready";
    made.resume = c_ready_resume;
    return made;
  }();
  baton_value made;
  bench_check(baton_coro_new(&body, &made) == BATON_OK, "no memory");
  return baton::value::adopt(made);
}

baton::value c_ticker() { return baton::value::adopt(bench_ticker(0)); }

// Volatile, so that the compiler cannot see what is called and has to make
// the coroutine on the heap.
plain (*volatile make_plain_ready)() = plain_ready;
plain (*volatile make_plain_ticker)() = plain_ticker;
baton::task<int64_t> (*volatile make_ready)() = ready;
baton::task<int64_t> (*volatile make_ticker)() = ticker;
baton::value (*volatile make_c_ready)() = c_ready;
baton::value (*volatile make_c_ticker)() = c_ticker;

/* ---- Awaiting, from creation to destruction ----------------------------- */

plain await_plain(uint64_t count) {
  int64_t sum = 0;
  for (uint64_t i = 0; i < count; i++) sum += co_await make_plain_ready();
  co_return sum;
}

baton::task<int64_t> await_cpp(uint64_t count) {
  int64_t sum = 0;
  for (uint64_t i = 0; i < count; i++) sum += co_await make_ready();
  co_return sum;
}

baton::task<int64_t> await_c(uint64_t count) {
  int64_t sum = 0;
  for (uint64_t i = 0; i < count; i++) {
    baton::value got = co_await make_c_ready();
    sum += got.get()->payload.i64;
  }
  co_return sum;
}

// There is nothing to prepare, but null would say that it cannot be measured.
void *open_nothing(const bench_case *self) {
  return const_cast<bench_case *>(self);
}

void close_nothing(void *) {}

void arrived(int64_t sum, uint64_t count) {
  bench_check(sum == static_cast<int64_t>(count), "a result was lost");
}

double run_plain(void *, uint64_t count) {
  double began = bench_now();
  plain root = await_plain(count);
  root.handle.resume();
  double took = bench_now() - began;
  arrived(root.handle.promise().value, count);
  return took / static_cast<double>(count);
}

template <baton::task<int64_t> (*awaits)(uint64_t)>
double run_baton(void *, uint64_t count) {
  double began = bench_now();
  int64_t sum = baton::block_on(awaits(count));
  double took = bench_now() - began;
  arrived(sum, count);
  return took / static_cast<double>(count);
}

/* ---- Resuming what is suspended ----------------------------------------- */

plain relay_plain() { co_return co_await make_plain_ticker(); }

baton::task<int64_t> relay_cpp() { co_return co_await make_ticker(); }

baton::task<int64_t> relay_c() {
  baton::value got = co_await make_c_ticker();
  co_return got.to<int64_t>();
}

void *open_plain(const bench_case *) {
  auto *root = new plain(relay_plain());
  root->handle.resume();
  return root;
}

double resume_plain(void *state, uint64_t count) {
  auto &promise = static_cast<plain *>(state)->handle.promise();
  uint64_t sum = 0;
  double began = bench_now();
  for (uint64_t i = 0; i < count; i++) {
    promise.leaf.resume();
    sum += static_cast<uint64_t>(promise.value);
  }
  double took = bench_now() - began;
  bench_sink = bench_sink + sum;
  return took / static_cast<double>(count);
}

void close_plain(void *state) { delete static_cast<plain *>(state); }

template <baton::task<int64_t> (*relays)()>
void *open_baton(const bench_case *) {
  baton::handle made(relays());
  made.send();
  return new baton::handle(std::move(made));
}

double resume_baton(void *state, uint64_t count) {
  return bench_resume(static_cast<baton::handle *>(state)->get().get(), count);
}

void close_baton(void *state) {
  auto *root = static_cast<baton::handle *>(state);
  root->close();
  delete root;
}

}  // namespace

extern "C" const bench_case bench_cpp[] = {
    {"await, c++20", open_nothing, run_plain, close_nothing, 0},
    {"await, c++ in c++", open_nothing, run_baton<await_cpp>, close_nothing, 0},
    {"await, c in c++", open_nothing, run_baton<await_c>, close_nothing, 0},
    {"resume in a task, c++20", open_plain, resume_plain, close_plain, 0},
    {"resume in a task, c++ in c++", open_baton<relay_cpp>, resume_baton,
     close_baton, 0},
    {"resume in a task, c in c++", open_baton<relay_c>, resume_baton,
     close_baton, 0},
    {nullptr, nullptr, nullptr, nullptr, 0}};

#else

extern "C" const bench_case bench_cpp[] = {
    {nullptr, nullptr, nullptr, nullptr, 0}};

#endif
