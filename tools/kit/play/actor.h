/* SPDX-License-Identifier: MIT */
#ifndef KIT_ACTOR_H
#define KIT_ACTOR_H

#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "ledger.h"
#include "value.h"

/** @file
 * The kit as a coroutine: an awaitable that answers as a check tells it, and
 * remembers what was done to it.
 */

namespace kit {

enum class Op { await, send, throw_, close };
const char *name_of(Op op);

/** A call of a slot, while it lasts. */
struct Call {
  Op op;
  baton_context *cx; /**< the driver's; null if it gave none */
  baton_value *in;   /**< what was sent or thrown; null for close and await */
};

/** What a slot answers. */
struct Reply {
  int32_t status;
  Value out;
  /** Whether `in` is taken, as it should be if it is used or dropped. */
  bool takes = true;

  Reply(int32_t status_, Value out_ = Value(), bool takes_ = true)
      : status(status_), out(std::move(out_)), takes(takes_) {}
};

/** Decides the answer. May run on any thread that drives. */
using Script = std::function<Reply(Call &)>;

/** Takes what was sent or thrown. */
Value taken(Call &call);

/** What a coroutine that catches nothing answers to a throw and a close. */
Reply unwound(Call &call);

/** What happened to an actor, for the check to look at. */
struct Event {
  Op op;
  std::string in;      /**< described: "i64 5", "error cancelled \"\"" */
  uint32_t accepts;    /**< of the context */
  const void *context; /**< its address */
  const void *waker;   /**< the address of its waker */
  std::thread::id thread;
};

/** Its state as a caller sees it: BATON_CREATED ... BATON_CLOSED. Slots that
 * are called in a state in which the contract forbids it to a driver note the
 * rule that the driver broke, and refuse as a correct coroutine does.
 * One that is called while it runs notes THR-1 if on another thread.
 * An unknown status of the script counts as a suspension. */
class Actor : public Thing {
 public:
  Actor(Ledger &ledger, std::string name, Script script);

  uint32_t state() const;
  std::vector<Event> events() const;
  /** "send none, throw cancelled, close" */
  std::string history() const;
  bool ended() const { return state() == BATON_CLOSED; }

  int32_t call(Op op, baton_context *cx, baton_value *in, baton_value *out);

 protected:
  void end() override;

 private:
  friend struct ActorSlots;
  std::shared_ptr<Script> script() const;
  void write_down(Op op, const baton_context *cx, const baton_value *in);
  bool answered_by_state(Op op, baton_value *in, baton_value *out,
                         int32_t *status);

  mutable std::mutex mutex_;
  std::shared_ptr<Script> script_; /* one that runs outlives the release */
  std::atomic<uint32_t> state_;
  std::thread::id runner_;
  std::vector<Event> events_;
};

/** The descriptor of actors, to be copied and spoiled. */
const baton_type *actor_type();

/** An awaitable whose am_await lends itself. */
struct Played {
  Actor *actor; /**< lives as long as the ledger */
  Value value;  /**< the one reference */
};

Played play(Ledger &ledger, std::string name, Script script);

/** One that gives these answers one after another, whatever is sent; it fails
 * with what is thrown, and returns none when it is closed. */
Played play_steps(Ledger &ledger, std::string name, std::vector<Reply> steps);

/** Suspends `turns` times with YIELD 0, 1, ...; then returns `last`. */
Played play_yields(Ledger &ledger, std::string name, int turns, Value last);

/** Forever suspended: YIELD none on each send. Throw and close end it. */
Played play_stuck(Ledger &ledger, std::string name);

}  // namespace kit

#endif
