// SPDX-License-Identifier: MIT
//
// A task waits for another thread; two at once.
#include <baton/baton.hpp>
#include <cstdio>
#include <thread>

// [event]
struct event {
  baton::wake_slot slot;
  std::atomic<bool> ready{false};

  void set() {  // any thread
    ready = true;
    slot.wake();
  }
};

baton::task<int> wait_for(event *happens, int result) {
  co_await baton::until(happens->slot, [=] { return happens->ready.load(); });
  co_return result;
}
// [/event]

int main() {
  event one, two;
  std::thread other([&] {
    two.set();
    one.set();
  });
  // [all]
  auto [a, b] =
      baton::block_on(baton::when_all(wait_for(&one, 1), wait_for(&two, 2)));
  // [/all]
  other.join();
  std::printf("%d %d\n", a, b);
  return a == 1 && b == 2 ? 0 : 1;
}

// 1 2
