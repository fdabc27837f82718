// SPDX-License-Identifier: MIT
#include "shrink.h"

#include <baton/context.h>

#include <algorithm>

namespace kit {
namespace {

class Shrinker {
 public:
  Shrinker(Trace trace, const std::function<bool(const Trace &)> &fails,
           int limit)
      : trace_(std::move(trace)), fails_(fails), left_(limit) {}

  Trace smallest() {
    for (size_t size = trace_.steps.size() / 2; size > 0; size /= 2)
      drop_steps(size);
    while (drop_steps(1) || simplify()) continue;
    return trace_;
  }

 private:
  /** Keeps a candidate that still fails. */
  bool keeps(Trace candidate) {
    if (left_-- <= 0 || !fails_(candidate)) return false;
    trace_ = std::move(candidate);
    return true;
  }

  /** From the end: what stands there often does not matter. */
  bool drop_steps(size_t size) {
    bool smaller = false;
    for (size_t end = trace_.steps.size(); end >= size && end > 0;) {
      Trace candidate = trace_;
      const auto from =
          candidate.steps.begin() + static_cast<std::ptrdiff_t>(end - size);
      candidate.steps.erase(from, from + static_cast<std::ptrdiff_t>(size));
      if (keeps(std::move(candidate))) smaller = true;
      end = std::min(end - 1, trace_.steps.size());
    }
    return smaller;
  }

  bool simplify() {
    bool smaller = false;
    for (size_t at = 0; at < trace_.steps.size(); at++) {
      const TraceStep &step = trace_.steps[at];
      const TraceStep plain = made_plain(step);
      if (!is_plain(step)) smaller = replaces(at, plain) || smaller;
      for (size_t one = 0; one < trace_.steps[at].arguments.size(); one++)
        smaller = simplify_argument(at, one) || smaller;
    }
    return smaller;
  }

  static bool is_plain(const TraceStep &step) {
    return step.accepts == 3 && !step.no_query && !step.other_thread &&
           step.abi_minor == BATON_ABI_MINOR &&
           step.context_size == sizeof(baton_context);
  }

  static TraceStep made_plain(TraceStep step) {
    step.accepts = 3;
    step.no_query = step.other_thread = false;
    step.abi_minor = BATON_ABI_MINOR;
    step.context_size = sizeof(baton_context);
    return step;
  }

  bool replaces(size_t at, TraceStep step) {
    Trace candidate = trace_;
    candidate.steps[at] = std::move(step);
    return keeps(std::move(candidate));
  }

  /** An actor says less, any other value becomes none. */
  bool simplify_argument(size_t at, size_t one) {
    TraceStep step = trace_.steps[at];
    TraceArgument &argument = step.arguments[one];
    if (argument.kind == Kind::NONE) return false;
    if (argument.kind != Kind::ACTOR) {
      if (step.operation == Operation::CREATE) return false;
      argument = TraceArgument();
      return replaces(at, std::move(step));
    }
    for (size_t answer = argument.answers.size(); answer-- > 0;) {
      TraceStep shorter = step;
      auto &answers = shorter.arguments[one].answers;
      answers.erase(answers.begin() + static_cast<std::ptrdiff_t>(answer));
      if (replaces(at, std::move(shorter))) return true;
    }
    return false;
  }

  Trace trace_;
  const std::function<bool(const Trace &)> &fails_;
  int left_;
};

}  // namespace

Trace shrink(Trace trace, const std::function<bool(const Trace &)> &fails,
             int limit) {
  return Shrinker(std::move(trace), fails, limit).smallest();
}

}  // namespace kit
