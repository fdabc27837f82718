/* SPDX-License-Identifier: MIT */
#ifndef KIT_LEDGER_H
#define KIT_LEDGER_H

#include <baton/baton.h>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "../base/verdict.h"

/** @file
 * The ledger: every object of the kit that a target may hold, and every rule
 * that was found broken. Safe on every thread.
 */

namespace kit {

class Ledger;

/** Ends a check: thrown in the check's own frames, never through a frame of the
 * target. What a check calls inside a slot of the kit is under
 * `until_stopped`. */
struct Stopped {};

/** Runs what a check does inside a slot. @return whether it came to its end; if
 * not, the ledger has the reason, and the check stops at its next
 * expectation. */
template <typename Body>
bool until_stopped(Body body) {
  try {
    body();
    return true;
  } catch (const Stopped &) {
    return false;
  }
}

/** An object of the kit, as the payload of a value.
 *
 * Its memory is kept until the worker ends, so that whoever uses it after its
 * last release is found out instead of crashing the kit. */
class Thing {
 public:
  Thing(Ledger &ledger, std::string name);
  virtual ~Thing() = default;
  Thing(const Thing &) = delete;
  Thing &operator=(const Thing &) = delete;

  const std::string &name() const { return name_; }
  Ledger &ledger() const { return ledger_; }
  int references() const { return references_.load(); }
  bool released() const { return references_.load() <= 0; }
  /** Whether somebody else still has to give it back. */
  virtual bool owed() const { return !released(); }

  /** Called in each slot: false, and OWN-7 noted, if it has been released. */
  bool used(const char *slot);
  void retain();
  /** The slot release: notes OWN-7 if it is one too many. */
  void release();

 protected:
  /** The last reference is gone: drop what it holds. */
  virtual void end() {}

 private:
  Ledger &ledger_;
  std::string name_;
  std::atomic<int> references_{1};
};

class Ledger {
 public:
  /** Notes a broken rule. Never throws, so that slots and threads may. */
  void note(const char *requirement, const std::string &expected,
            const std::string &came) noexcept;

  /** Told of each note at once, by one thread at a time: what is known when the
   * target crashes. Set before the target is called. */
  std::function<void(const Broken &)> on_note;

  std::vector<Broken> broken() const;
  bool clean() const { return broken().empty(); }

  /** The names of the things that are owed. */
  std::vector<std::string> alive() const;

  /** Keeps something alive until the ledger ends. */
  void keep(std::shared_ptr<void> kept);

  /** Makes a Thing that the ledger keeps until it ends itself. */
  template <typename Made, typename... Arguments>
  Made *make(Arguments &&...arguments) {
    auto made =
        std::make_unique<Made>(*this, std::forward<Arguments>(arguments)...);
    Made *bare = made.get();
    std::lock_guard<std::mutex> guard(mutex_);
    things_.push_back(std::move(made));
    return bare;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<Broken> broken_;
  std::vector<std::shared_ptr<void>> kept_; /* outlives the things */
  std::vector<std::unique_ptr<Thing>> things_;
};

}  // namespace kit

#endif
