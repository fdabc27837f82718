/* SPDX-License-Identifier: MIT */
#ifndef KIT_COMMON_H
#define KIT_COMMON_H

#include <baton/baton.h>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "../base/bench.h"

/** @file
 * What checks in which the kit is the driver share.
 */

namespace kit {

/* --- Subjects ------------------------------------------------------------ */

/** Of KIT_CHECK_EACH: a coroutine or generator that has not started. Skips what
 * cannot be driven by itself. */
Subject driven(Bench &bench);

/** The same, started, and suspended. Skips what does not suspend. */
Subject suspended(Bench &bench);

bool is_generator(const Subject &subject);

/** Whether it has not started: it says so, or it answers so to a value, which
 * changes nothing then. A state that is told wrongly breaks INT-4 alone. */
bool is_created(Subject &subject);

/** Whether it has ended: it says so, or it answers so to a send. */
bool is_closed(Subject &subject);

/** The link of an object whose type has as_link; otherwise null. */
const baton_link *link_of(const Value &value);
bool is_shared(const Value &value);

/** Skips a check of the link level for what has no link. */
void need_link(Bench &bench, const Subject &subject);

/** Skips it where what is suspended does not delegate by its link: its host
 * stands between, with contexts and a stack of its own. */
void need_delegation(Bench &bench, const Subject &subject);

/** Gives the target an occasion to take apart what was released while it could
 * not (TYP-6). */
void let_go(Bench &bench);

/** Makes kit.relay over kit.relay ... over `x`, `depth` of them. */
Subject relays(Bench &bench, Value x, int depth);

/** Asks an awaitable for its handle and sends none, until it ends. @return the
 * last step, or that of am_await if it gave no handle. */
Step awaited(Bench &bench, Value awaitable);

/** The same in steps of the caller's: the handle, driven. The check ends with
 * AWT-2 noted if there is none. */
Subject handle_of(Bench &bench, Value awaitable);

/* --- Expectations -------------------------------------------------------- */

/** ERROR of this kind; this message too, if the error has one: a bare kind is
 * good enough where no requirement asks for words. */
void expect_kind(Bench &bench, const Step &step, uint32_t kind,
                 const char *message, const char *requirement,
                 const std::string &when);

/** ERROR, and the very error. */
void expect_same_error(Bench &bench, const Step &step, const Value &error,
                       const char *requirement, const std::string &when);

/** RETURN of this value. */
void expect_return(Bench &bench, const Step &step, const Value &value,
                   const char *requirement, const std::string &when);

/** Sends a copy of an object of the kit. OWN-2 is noted if what is shown by
 * `in` and `out` afterwards has been counted once only. */
Step send_copy(Subject &subject, const Value &object);
void expect_owned(Bench &bench, Step &step, const Value &object,
                  const std::string &when);

/** YIELD or PENDING. */
bool suspends(const Step &step);
/** RETURN or ERROR. */
bool ends(const Step &step);
bool refuses(const Step &step);

/** References to an object of the kit. */
int references(const Value &value);

/* --- The world around ---------------------------------------------------- */

/** Runs it on a thread of its own, to its end. What stops it stops the caller.
 * @param stack bytes, or 0 for as much as threads have. */
void on_thread(const std::function<void()> &work, size_t stack = 0);

/** What is written to standard output and error meanwhile. */
std::string written_by(const std::function<void()> &work);

/** Skips the check where what the host reports of a release cannot be seen; it
 * needs kit.give. */
void need_reports(Bench &bench);

/** Holds a clone of the waker that an actor saw, for the check to wake. */
class Alarm {
 public:
  ~Alarm() { drop(); }
  /** For scripts: the waker of this call is the one to be woken. Drops the one
   * before. */
  void set(const baton_context *cx);
  /** @return false if there is none. */
  bool ring();
  /** Whether it was. */
  bool rung() const { return rung_.load(); }
  void drop();

 private:
  const baton_waker *take();

  std::mutex mutex_;
  std::atomic<bool> rung_{false};
  const baton_waker *clone_ = nullptr;
};

}  // namespace kit

#endif
