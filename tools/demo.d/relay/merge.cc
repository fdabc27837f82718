/* SPDX-License-Identifier: MIT */
#include "merge.hpp"

#include <algorithm>
#include <deque>

namespace {

using baton::value;

/* Where the item of a stream waits to be taken. */
struct tray {
  std::optional<value> item;
  baton::wake_slot emptied;

  bool is_full() const { return item.has_value(); }
  value take() {
    value taken = std::move(*item);
    item.reset();
    emptied.wake();
    return taken;
  }
};

/* Moves a stream's items to its tray, and closes it on every way out. */
baton::task<> pump(value stream, tray *to) {
  baton::async_iterator<> items(stream);
  std::exception_ptr failure;
  try {
    while (auto item = co_await items.next()) {
      to->item = std::move(item);
      co_await baton::until(to->emptied, [to] { return !to->is_full(); });
    }
  } catch (...) {
    failure = std::current_exception();
  }
  co_await aclose(stream);
  if (failure) std::rethrow_exception(failure);
}

/* Drives the pumps until a tray is full, or to their end: then it gives false.
 * What is thrown in, such as a cancellation, goes to the pumps, and comes back
 * here when they have cleaned up. */
baton::task<bool> drive(baton::handle *pumps, const std::deque<tray> *trays) {
  value thrown;
  bool ended = false;
  auto step = [&](baton::context cx) {
    baton_context own = *cx.get();
    own.struct_size = sizeof own; /* what of it was copied */
    own.accepts = BATON_ACCEPT_PENDING;
    ended = true; /* by an exception, if the next line throws one */
    auto now = thrown.is_none()
                   ? pumps->send({}, &own)
                   : pumps->throw_(baton::error(std::move(thrown)), &own);
    ended = now.status == BATON_RETURN;
    return ended || std::ranges::any_of(*trays, &tray::is_full);
  };
  for (;;) {
    try {
      co_await baton::poll(step);
      co_return !ended;
    } catch (...) {
      if (ended) throw;
      thrown = baton::error_value(std::current_exception());
    }
  }
}

struct leaving {
  std::function<void()> tell;
  ~leaving() { tell(); }
};

}  // namespace

baton::async_generator<value> merge(std::vector<value> streams,
                                    std::function<void()> left) {
  leaving at_end{std::move(left)};
  std::deque<tray> trays(streams.size());
  std::vector<value> pumps;
  for (std::size_t i = 0; i < streams.size(); i++)
    pumps.push_back(pump(std::move(streams[i]), &trays[i]));
  baton::handle all(baton::when_all(std::move(pumps)));
  while (co_await drive(&all, &trays))
    for (tray &each : trays)
      if (each.is_full()) co_yield each.take();
}
