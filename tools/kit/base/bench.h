/* SPDX-License-Identifier: MIT */
#ifndef KIT_BENCH_H
#define KIT_BENCH_H

#include <memory>
#include <random>
#include <string>
#include <vector>

#include "../load/library.h"
#include "../play/actor.h"
#include "../play/ledger.h"
#include "../play/subject.h"
#include "../play/value.h"
#include "../play/waker.h"
#include "check.h"

/** @file
 * The bench: what one run of one check has at hand.
 */

namespace kit {

class Contract;

class Bench {
 public:
  /** @param subject the export that a check of KIT_CHECK_EACH is about, with
   * arguments as the user wrote them: "countdown(3)". */
  Bench(const Library &library, const Contract &contract, uint64_t seed,
        std::string subject);

  const Library &library;
  const Contract &contract; /**< the signatures that calls are made from */
  Ledger ledger;
  Bell bell{ledger};
  std::mt19937_64 random;

  /** Makes something to drive or to await through an export. The check is
   * skipped if there is no such export, or if it makes nothing of the kind. */
  Subject make(const std::string &name, std::vector<Value> arguments = {});
  template <typename... Values>
  Subject make(const std::string &name, Value first, Values... rest) {
    std::vector<Value> arguments;
    arguments.push_back(std::move(first));
    (arguments.push_back(std::move(rest)), ...);
    return make(name, std::move(arguments));
  }
  /** The same without a verdict, but for the rules of any call. Arguments that
   * were taken are none after. */
  Step create(const std::string &name, std::vector<Value> &arguments);
  bool exports(const std::string &name) const;

  /** Of KIT_CHECK_EACH: a new one. Ends the check if it cannot be made. */
  Subject subject();

  /** Ends the check: this rule is broken. */
  [[noreturn]] void fail(const char *requirement, const std::string &expected,
                         const std::string &came);
  void expect(bool holds, const char *requirement, const std::string &expected,
              const std::string &came) {
    if (!holds) fail(requirement, expected, came);
  }
  /** The step is this status, else `requirement` is broken. */
  void expect_status(const Step &step, int32_t status, const char *requirement,
                     const std::string &when);
  /** The step is ERROR of this kind, and this message unless that is null. */
  void expect_error(const Step &step, uint32_t kind, const char *message,
                    const char *requirement, const std::string &when);
  /** The value is this scalar or object. */
  void expect_value(const Value &came, const Value &expected,
                    const char *requirement, const std::string &when);
  [[noreturn]] void skip(const std::string &reason);
  /** The reason of `skip`, or "". */
  const std::string &skipped() const { return skipped_; }

  /** Ends the round: releases nothing itself, but asks whether the target has
   * let go of what the kit lent it. Called after each check; a check may call
   * it itself after it has dropped its own values. Notes `requirement` (or
   * TYP-11) for each thing of the kit that is still held; gives the target
   * `kit.live` collections first. */
  void settle(const char *requirement = "TYP-11");

  /** A reference of one's own to what the target made. Ends the check where it
   * cannot be counted: TYP-7. */
  Value copy(const Value &value);

  Value i64(int64_t number) { return Value::i64(number); }
  Value text(const std::string &text) { return make_text(ledger, text); }
  Value token(const std::string &name) { return make_token(ledger, name); }
  Value error(uint32_t kind, const std::string &message) {
    return make_error(ledger, kind, message);
  }

 private:
  std::string subject_;
  std::string skipped_;
};

}  // namespace kit

#endif
