// SPDX-License-Identifier: MIT
//
// The shortest: a task that awaits another one, driven to its end.
#include <baton/baton.hpp>
#include <cstdio>

// [body]
baton::task<int> answer() { co_return 42; }

baton::task<int> twice() {
  int half = co_await answer();
  co_return 2 * half;
}
// [/body]

int main() {
  // [drive]
  int got = baton::block_on(twice());
  std::printf("%d\n", got);
  // [/drive]
  return got == 84 ? 0 : 1;
}

// 84
