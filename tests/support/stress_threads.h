/* SPDX-License-Identifier: MIT */
#ifndef STRESS_THREADS_H
#define STRESS_THREADS_H

#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "process.h"

/** @file
 * Threads that meet, threads with a small stack, and an end to waiting.
 */

namespace stress {

/** All wait until `count` have come. It spins, so that they leave together. */
class barrier {
 public:
  explicit barrier(uint32_t count) : count_(count) {}

  void meet() {
    uint32_t turn = turn_.load();
    if (come_.fetch_add(1) + 1 == count_) {
      come_.store(0);
      turn_.fetch_add(1);
      return;
    }
    while (turn_.load() == turn) std::this_thread::yield();
  }

 private:
  const uint32_t count_;
  std::atomic<uint32_t> come_{0};
  std::atomic<uint32_t> turn_{0};
};

/** Set once, on any thread. */
class event {
 public:
  void set() { set_.store(true); }
  bool is_set() const { return set_.load(); }
  void wait() const {
    while (!set_.load()) std::this_thread::yield();
  }

 private:
  std::atomic<bool> set_{false};
};

/** Ends the process if the test hangs: a lost wake must not look like a slow
 * machine. */
class watchdog {
 public:
  explicit watchdog(const char *what, int seconds = 120)
      : thread_([this, what, seconds] {
          std::unique_lock<std::mutex> hold(lock_);
          if (done_.wait_for(hold, std::chrono::seconds(seconds),
                             [this] { return over_; }))
            return;
          std::fprintf(stderr, "%s: hangs, a wake was lost\n", what);
          std::abort();
        }) {}
  watchdog(const watchdog &) = delete;
  ~watchdog() {
    {
      std::lock_guard<std::mutex> hold(lock_);
      over_ = true;
    }
    done_.notify_one();
    thread_.join();
  }

 private:
  std::mutex lock_;
  std::condition_variable done_;
  bool over_ = false;
  std::thread thread_;
};

/** Runs `work(0)` ... `work(count - 1)`, each on a thread of its own. */
template <class Work>
void on_threads(uint32_t count, Work work) {
  std::vector<std::thread> threads;
  for (uint32_t i = 0; i < count; i++)
    threads.emplace_back([&work, i] { work(i); });
  for (std::thread &thread : threads) thread.join();
}

/** Runs `work` on a thread that ends after it. */
template <class Work>
void on_another_thread(Work work) {
  std::thread(work).join();
}

/** Runs `work` on a thread with a stack of 256 KiB, guarded. */
inline void on_small_stack(const std::function<void()> &work) {
  pthread_attr_t attributes;
  pthread_t thread;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, 256 * 1024);
  int failed = pthread_create(
      &thread, &attributes,
      [](void *arg) -> void * {
        (*static_cast<const std::function<void()> *>(arg))();
        return nullptr;
      },
      const_cast<std::function<void()> *>(&work));
  pthread_attr_destroy(&attributes);
  if (failed) std::abort();
  pthread_join(thread, nullptr);
}

/** Runs `work` in a child process, for what may crash. @return whether it came
 * to its end. */
template <class Work>
bool in_child_process(Work work) {
  return support::in_process([&] {
           work();
           return 0;
         }) == "0";
}

}  // namespace stress

#endif
