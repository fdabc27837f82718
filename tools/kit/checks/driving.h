/* SPDX-License-Identifier: MIT */
#ifndef KIT_DRIVING_H
#define KIT_DRIVING_H

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "../base/bench.h"

/** @file
 * Words of the checks in which the target is the driver, and the kit what it
 * drives.
 */

namespace kit {

/** An actor that gives YIELD none to its first send, and then asks `script`. */
Played play_begun(Ledger &ledger, std::string name, Script script);

/** The target as a driver, suspended: an export that awaits an actor, which
 * has yielded none. */
struct Begun {
  Actor *actor;
  Subject outer;
};

/** Skips the check if it does not come to that suspension: other rules are
 * about this. `rest` are the arguments of the export behind the actor. */
Begun begin(Bench &bench, Script script, const char *through = "kit.relay",
            std::vector<Value> rest = {});

/** Makes something that awaits, and drives it to its end. Where `create` fails
 * already, or has driven it itself as kit.run does, that is the outcome. */
Step outcome(Bench &bench, const char *through, std::vector<Value> arguments);
Step outcome(Bench &bench, Value awaited, const char *through = "kit.relay");

/** Something that can be awaited and nothing else. */
class Awaitable : public Thing {
 public:
  /** Answers am_await: fills what is none, and tells the status. */
  using Give = std::function<int32_t(baton_value *out)>;
  Awaitable(Ledger &ledger, std::string name, Give give)
      : Thing(ledger, std::move(name)), give_(std::move(give)) {}

  /** What `give` may lend; goes when this is released. */
  Value kept;
  int asked() const { return asked_.load(); }
  int32_t ask(baton_value *out);

 protected:
  void end() override {
    kept.drop();
    give_ = nullptr;
  }

 private:
  Give give_;
  std::atomic<int> asked_{0};
};

struct PlayedAwaitable {
  Awaitable *thing;
  Value value;
};

PlayedAwaitable play_awaitable(Ledger &ledger, Awaitable::Give give);
/** Lends this handle. */
PlayedAwaitable play_lender(Ledger &ledger, Value handle);
/** Gives this handle away, at the first time. */
PlayedAwaitable play_owner(Ledger &ledger, Value handle);

/** A list of values; a braced one would copy them. */
template <typename... Values>
std::vector<Value> list(Values... values) {
  std::vector<Value> made;
  (made.push_back(std::move(values)), ...);
  return made;
}

/** Something of the check's that values name, such as a descriptor: it lives as
 * long as the ledger (TYP-4). */
template <typename Made>
Made &kept(Bench &bench) {
  auto made = std::make_shared<Made>();
  bench.ledger.keep(made);
  return *made;
}

/** Whether the target has a host with objects of its own. What it is given by
 * others becomes an exception of that host, once, and leaves as that (ERR-1,
 * ERR-9); and a host may refuse to tell a message on this thread. */
bool hosted(const Bench &bench);

/** The error has passed: ERROR with the very object, or what a host made of
 * it, of the same kind. */
void expect_passed(Bench &bench, const Step &step, const Value &error,
                   const char *requirement, const std::string &when);

/** A body has handled the error, and returned it as a value. */
void expect_caught(Bench &bench, const Step &step, const Value &error,
                   const char *requirement, const std::string &when);
void expect_caught(Bench &bench, const Step &step, uint32_t kind,
                   const char *message, const char *requirement,
                   const std::string &when);

/** As Bench::expect_error, where a host may keep the message to itself. */
void expect_fails(Bench &bench, const Step &step, uint32_t kind,
                  const char *message, const char *requirement,
                  const std::string &when);

/** Skips the check if what a child yields does not come through kit.relay: that
 * is another rule (WAK-9) than the check's. */
void need_yields(Bench &bench);

/** Ends the check if a thing of this name is still held. */
void expect_given_back(Bench &bench, const std::string &name,
                       const char *requirement);

/** Whether it waits: PENDING, or a yielded token that can be subscribed to, as
 * a host yields that can do nothing else. Then the bench's bell is. */
bool waits(Bench &bench, const Step &step);

/** Runs `body` on a thread of its own. @return whether it ended before
 * patience did, or so many seconds; if not, the thread is left behind, and
 * `body` must own what it uses. */
bool ends_elsewhere(std::function<void()> body, double seconds = 60);

}  // namespace kit

#endif
