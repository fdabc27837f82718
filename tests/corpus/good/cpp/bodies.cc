/* SPDX-License-Identifier: MIT */
#include "bodies.hpp"

#include <atomic>
#include <exception>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>

namespace good {

/* ---- Values and errors -------------------------------------------------- */

task<value> give(value given) { co_return given; }

task<value> echo(value given) {
  co_return co_await baton::yield(std::move(given));
}

task<value> fail(number kind, value message) {
  std::string text = message.is_none() ? "" : message.to<std::string>();
  throw baton::error(static_cast<baton::kind>(kind), text);
  co_return value();
}

task<value> raise(value failure) {
  throw baton::error(std::move(failure));
  co_return value();
}

task<value> panic(value message) {
  throw baton::error(baton::kind::panic, message.to<std::string>());
  co_return value();
}

task<void> nil() { co_return; }

task<bool> truth() { co_return true; }

task<number> one() { co_return 1; }

/* ---- Delegation --------------------------------------------------------- */

task<value> relay(value awaited) { co_return co_await std::move(awaited); }

task<value> pair(value first, value second) {
  co_await std::move(first);
  co_return co_await std::move(second);
}

task<value> rescue(value awaited) {
  try {
    co_return co_await std::move(awaited);
  } catch (const baton::error &caught) {
    auto kind = static_cast<std::uint32_t>(caught.kind());
    if (kind & BATON_ERROR_BASE) throw;
    co_return caught.get().copy();
  }
}

/* There is no `finally`, and no co_await in a handler. */
task<value> guard(value awaited, value cleanup) {
  std::exception_ptr failed;
  value result;
  try {
    result = co_await std::move(awaited);
  } catch (...) {
    failed = std::current_exception();
  }
  co_await std::move(cleanup);
  if (failed) std::rethrow_exception(failed);
  co_return result;
}

task<value> both(value first, value second) {
  auto results = co_await baton::when_all(std::move(first), std::move(second));
  co_return std::move(std::get<1>(results));
}

bool same(value first, value second) {
  const baton_value *a = first.get(), *b = second.get();
  if (a->head.tag != b->head.tag) return false;
  if (baton_is_none(a)) return true;
  if (baton_is_object(a)) return a->payload.object == b->payload.object;
  return a->payload.u64 == b->payload.u64;
}

/* The error that an awaitable ends with, none if it ends well. A close is not
 * its own. */
static task<value> failure_of(value awaited) {
  try {
    co_await std::move(awaited);
  } catch (const baton::error &caught) {
    if (caught.kind() == baton::kind::generator_exit) throw;
    co_return caught.get().copy();
  }
  co_return value();
}

task<bool> alike(value first, value second) {
  value one = co_await failure_of(std::move(first));
  value other = co_await failure_of(std::move(second));
  co_return !one.is_none() && same(std::move(one), std::move(other));
}

task<value> last(value items) {
  baton::async_iterator<> iterator(items);
  value latest;
  while (std::optional<value> item = co_await iterator.next())
    latest = std::move(*item);
  co_return latest;
}

/* ---- Waiting ------------------------------------------------------------ */

namespace {

struct doze {
  baton::wake_slot slot;
  std::atomic<bool> begun{false}, over{false};
};

/* The threads that have not ended, for `live`. */
std::atomic<int> threads{0};

void end(std::shared_ptr<doze> self) {
  self->over = true;
  self->slot.wake();
  self.reset();
  baton_thread_flush(); /* what the wake may have freed here */
  threads--;
  threads.notify_all();
}

}  // namespace

task<void> nap() {
  auto state = std::make_shared<doze>();
  co_await baton::poll([&state](baton::context cx) {
    if (state->over) return true;
    if (cx.lent()) state->slot.keep(cx);
    if (state->begun.exchange(true)) return state->over.load();
    threads++;
    std::thread(end, state).detach();
    return false;
  });
}

/* ---- Generators --------------------------------------------------------- */

generator<number, number> count(number end) {
  for (number i = 0; i < end; i++) co_yield i;
  co_return end;
}

generator<value, value> delegate(value iterator) {
  co_return co_await std::move(iterator);
}

async_generator<value> items(std::vector<value> given) {
  for (value &item : given) co_yield std::move(item);
}

async_generator<value> mirror(value given) {
  while (!given.is_none()) given = co_yield std::move(given);
}

async_generator<value> tidy(value given, value cleanup) {
  std::exception_ptr failed;
  try {
    co_yield given.copy();
    co_yield std::move(given);
  } catch (...) {
    failed = std::current_exception();
  }
  co_await std::move(cleanup);
  if (failed) std::rethrow_exception(failed);
}

/* There is no co_yield in a handler. */
async_generator<value> stubborn(value given) {
  try {
    co_yield given.copy();
    co_return;
  } catch (const baton::error &caught) {
    if (caught.kind() != baton::kind::generator_exit) throw;
  }
  co_yield std::move(given);
}

/* ---- No coroutines ------------------------------------------------------ */

value run(value awaited) { return baton::block_on(awaited); }

std::uint64_t live() {
  baton_counters counters;
  while (int left = threads) threads.wait(left);
  baton_thread_flush();
  baton_read_counters(&counters);
  return counters.blocks + counters.leaked;
}

}  // namespace good
