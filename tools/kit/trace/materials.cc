// SPDX-License-Identifier: MIT
#include "materials.h"

#include <cstring>

namespace kit {
namespace {

constexpr uintptr_t unknown_tag = 200;

Value scalar_of(Kind kind, uint64_t bits) {
  double real;
  switch (kind) {
    case Kind::BOOL:
      return Value::boolean(bits != 0);
    case Kind::I64:
      return Value::i64(static_cast<int64_t>(bits));
    case Kind::F64:
      std::memcpy(&real, &bits, sizeof real);
      return Value::f64(real);
    case Kind::U64:
      return bits > INT64_MAX ? Value::tagged(BATON_TAG_U64, bits)
                              : Value::i64(static_cast<int64_t>(bits));
    case Kind::ERROR_KIND:
      return Value::kind(static_cast<uint32_t>(bits));
    case Kind::UNKNOWN_TAG:
      return Value::tagged(unknown_tag, bits);
    default:
      return Value();
  }
}

bool is_refusal(int32_t status) {
  return status <= BATON_REFUSAL_MAX && status >= BATON_REFUSAL_MIN;
}

/** An actor's part: its answers in turn, then it returns none. A part that
 * breaks a rule of coroutines is played as the rule wants it. */
class Part {
 public:
  Part(Ledger &ledger, TraceArgument argument, CallPlace call_place)
      : ledger_(ledger),
        argument_(std::move(argument)),
        call_place_(std::move(call_place)) {}

  Reply reply(Call &call) {
    if (call.op == Op::throw_ || call.op == Op::close) {
      const bool throws = call.op == Op::throw_;
      const Conduct conduct = throws ? argument_.on_throw : argument_.on_close;
      if (conduct == Conduct::REFUSES)
        return Reply(BATON_UNSUPPORTED, Value(), false);
      if (conduct != Conduct::ANSWERS) return end(call);
    }
    if (next_ == argument_.answers.size()) return Reply(BATON_RETURN);
    return answer(call, argument_.answers[next_++]);
  }

 private:
  static Reply end(Call &call) {
    if (call.op == Op::close) return Reply(BATON_RETURN);
    const baton_value thrown = *call.in;
    *call.in = baton_value{};
    return Reply(BATON_ERROR, Value(thrown), false);
  }

  Reply answer(Call &call, const TraceAnswer &answer) {
    if (answer.calls) call_place_(static_cast<uint16_t>(answer.calls - 1));
    if (is_refusal(answer.status))
      return Reply(BATON_UNSUPPORTED, Value(), false);
    if (call.op == Op::close && !accepts(call, answer.status))
      return Reply(BATON_ERROR, make_error(ledger_, BATON_ERROR_RUNTIME,
                                           "coroutine ignored GeneratorExit"));
    if (answer.status == BATON_PENDING) return pending(call);
    if (answer.status == BATON_ERROR && answer.kind != Kind::ERROR_KIND)
      return Reply(BATON_ERROR, Value::kind(BATON_ERROR_OTHER));
    return Reply(answer.status, scalar_of(answer.kind, answer.bits));
  }

  /** Whether a close may give this status to its caller. */
  static bool accepts(const Call &call, int32_t status) {
    const uint32_t accepted = call.cx ? call.cx->accepts : 0;
    if (status == BATON_YIELD) return accepted & BATON_ACCEPT_YIELD;
    if (status == BATON_PENDING) return accepted & BATON_ACCEPT_PENDING;
    return true;
  }

  /** Ready at once, as a wake may come before PENDING is returned. */
  static Reply pending(Call &call) {
    const baton_waker *waker = call.cx ? call.cx->waker : nullptr;
    if (waker) waker->methods->wake_by_ref(waker);
    return Reply(BATON_PENDING);
  }

  Ledger &ledger_;
  TraceArgument argument_;
  CallPlace call_place_;
  size_t next_ = 0;
};

}  // namespace

Value value_of_argument(Bench &bench, const TraceArgument &argument,
                        const CallPlace &call_place) {
  switch (argument.kind) {
    case Kind::TEXT:
      return bench.text(argument.text);
    case Kind::TOKEN:
      return bench.token("token");
    case Kind::ERROR:
      return bench.error(static_cast<uint32_t>(argument.bits), argument.text);
    case Kind::ACTOR: {
      auto part = std::make_shared<Part>(bench.ledger, argument, call_place);
      return play(bench.ledger, "actor",
                  [part](Call &call) { return part->reply(call); })
          .value;
    }
    case Kind::PLACE:
      return Value();
    default:
      return scalar_of(argument.kind, argument.bits);
  }
}

}  // namespace kit
