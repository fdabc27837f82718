/* SPDX-License-Identifier: MIT */
#ifndef STRESS_EXECUTOR_H
#define STRESS_EXECUTOR_H

#include <baton/runtime.h>

#include <condition_variable>
#include <cstdint>
#include <cstring>
#include <mutex>
#include <thread>
#include <vector>

/** @file
 * Loops for tasks: one that is turned by hand, one with several threads.
 */

namespace stress {

/** A queue of work; whoever turns it is the loop. */
class loop : public baton_executor {
 public:
  loop() {
    struct_size = sizeof(baton_executor);
    reserved0 = 0;
    post = take_work;
  }
  loop(const loop &) = delete;
  ~loop() { stop(); }

  /** Starts `count` threads that turn it. */
  void start(uint32_t count) {
    for (uint32_t i = 0; i < count; i++)
      threads_.emplace_back([this] {
        while (baton_work *work = wait_for_work()) run(work);
      });
  }

  /** Lets the threads end once nothing is left to do. */
  void stop() {
    {
      std::lock_guard<std::mutex> hold(lock_);
      stopping_ = true;
    }
    changed_.notify_all();
    for (std::thread &thread : threads_) thread.join();
    threads_.clear();
  }

  /** Runs what is there, and what that posts. @return how many. */
  uint64_t turn() {
    uint64_t count = 0;
    while (baton_work *work = next_work()) {
      run(work);
      count++;
    }
    return count;
  }

  uint64_t posted() const {
    std::lock_guard<std::mutex> hold(lock_);
    return posted_;
  }

  /** Whether the calling thread is running work of a loop. */
  static bool &is_here() {
    static thread_local bool here = false;
    return here;
  }

 private:
  static void run(baton_work *work) {
    is_here() = true;
    work->run(work);
    is_here() = false;
  }

  static void BATON_CALL take_work(baton_executor *self, baton_work *work) {
    loop *own = static_cast<loop *>(self);
    {
      std::lock_guard<std::mutex> hold(own->lock_);
      work->next = nullptr;
      *(own->first_ ? &own->last_->next : &own->first_) = work;
      own->last_ = work;
      own->posted_++;
      /* Under the lock: the loop may be gone once the work has run. */
      own->changed_.notify_one();
    }
  }

  baton_work *pop() {
    baton_work *work = first_;
    if (work) first_ = work->next;
    return work;
  }

  baton_work *next_work() {
    std::lock_guard<std::mutex> hold(lock_);
    return pop();
  }

  baton_work *wait_for_work() {
    std::unique_lock<std::mutex> hold(lock_);
    changed_.wait(hold, [this] { return first_ || stopping_; });
    return pop();
  }

  mutable std::mutex lock_;
  std::condition_variable changed_;
  baton_work *first_ = nullptr;
  baton_work *last_ = nullptr;
  uint64_t posted_ = 0;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

/** How a task ended. */
struct ending {
  static void BATON_CALL record(void *arg, int32_t status,
                                baton_value *result) {
    ending *self = static_cast<ending *>(arg);
    self->status = status;
    self->on_loop = loop::is_here();
    self->result = baton_take(result);
    __atomic_add_fetch(&self->count, 1, __ATOMIC_RELEASE);
  }
  uint32_t times() const { return __atomic_load_n(&count, __ATOMIC_ACQUIRE); }
  void wait() const {
    while (!times()) std::this_thread::yield();
  }
  ~ending() { baton_drop(&result); }

  uint32_t count = 0;
  int32_t status = -99;
  bool on_loop = false;
  baton_value result = baton_none();
};

}  // namespace stress

#endif
