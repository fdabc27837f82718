// SPDX-License-Identifier: MIT
//
// A coroutine of another language, here C, is awaited; its error is caught.
#include <baton/baton.hpp>
#include <cstdio>

// What another library gave: yields nothing, returns 7, or fails.
static int32_t BATON_CALL c_body(const baton_value *, baton_context *,
                                 uint32_t op, baton_value *in,
                                 baton_value *out) {
  if (op == BATON_OP_THROW) *out = baton_take(in);
  if (op == BATON_OP_THROW) return BATON_ERROR;
  static int calls = 0;
  if (calls++ == 0) {
    *out = baton_from_i64(7);
    return BATON_RETURN;
  }
  *out = baton_error_new(BATON_ERROR_KEY, "no more");
  return BATON_ERROR;
}

static baton_value from_c() {
  static const baton_body body = [] {
    baton_body made = {};
    made.struct_size = sizeof made;
    made.name = "from_c";
    made.resume = c_body;
    return made;
  }();
  baton_value made = baton_none();
  baton_coro_new(&body, &made);
  return made;
}

// [await]
baton::task<int> ask(baton::value awaitable) {
  try {
    baton::value got = co_await std::move(awaitable);
    co_return got.to<int>();
  } catch (const baton::error &failed) {
    if (failed.kind() != baton::kind::key) throw;
    std::printf("caught: %s\n", failed.what());
    co_return - 1;
  }
}
// [/await]

int main() {
  // [adopt]
  baton::value first = baton::value::adopt(from_c());  // C's becomes mine
  baton::value second = baton::value::adopt(from_c());
  // [/adopt]
  int a = baton::block_on(ask(std::move(first)));
  int b = baton::block_on(ask(std::move(second)));
  std::printf("%d %d\n", a, b);
  return a == 7 && b == -1 ? 0 : 1;
}

// caught: no more
// 7 -1
