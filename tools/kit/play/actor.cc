// SPDX-License-Identifier: MIT
#include "actor.h"

#include "objects.h"
#include "rules.h"

namespace kit {

const char *name_of(Op op) {
  switch (op) {
    case Op::await:
      return "am_await";
    case Op::send:
      return "send";
    case Op::throw_:
      return "throw";
    case Op::close:
      return "close";
  }
  return "";
}

Actor::Actor(Ledger &ledger, std::string name, Script script)
    : Thing(ledger, std::move(name)),
      script_(std::make_shared<Script>(std::move(script))),
      state_(BATON_CREATED) {}

uint32_t Actor::state() const { return state_.load(); }

std::vector<Event> Actor::events() const {
  std::lock_guard<std::mutex> guard(mutex_);
  return events_;
}

std::string Actor::history() const {
  std::string text;
  for (const Event &event : events()) {
    if (event.op == Op::await) continue;
    text += (text.empty() ? "" : ", ") + std::string(name_of(event.op));
    if (event.op != Op::close) text += " " + event.in;
  }
  return text;
}

void Actor::end() {
  std::shared_ptr<Script> dropped;
  std::lock_guard<std::mutex> guard(mutex_);
  std::swap(dropped, script_);
}

std::shared_ptr<Script> Actor::script() const {
  std::lock_guard<std::mutex> guard(mutex_);
  return script_;
}

void Actor::write_down(Op op, const baton_context *cx, const baton_value *in) {
  bool waits = cx && cx->struct_size > offsetof(baton_context, waker);
  Event event = {op, in ? describe(*in) : "",     cx ? cx->accepts : 0,
                 cx, waits ? cx->waker : nullptr, std::this_thread::get_id()};
  std::lock_guard<std::mutex> guard(mutex_);
  events_.push_back(std::move(event));
}

/* What the state alone decides. @return true if it does. */
bool Actor::answered_by_state(Op op, baton_value *in, baton_value *out,
                              int32_t *status) {
  uint32_t state = state_.load();
  if (state == BATON_RUNNING) {
    if (runner_ != std::this_thread::get_id())
      ledger().note("THR-1", "one thread at a time drives " + name(),
                    std::string(name_of(op)) + " while another one does");
    *status = BATON_BUSY;
  } else if (op == Op::close && state != BATON_SUSPENDED) {
    state_ = BATON_CLOSED;
    *status = BATON_RETURN;
  } else if (state == BATON_CLOSED) {
    ledger().note("COR-21", "no send or throw after the end of " + name(),
                  name_of(op));
    *status = BATON_INVALID_STATE;
  } else if (state == BATON_CREATED && op == Op::throw_) {
    state_ = BATON_CLOSED;
    *out = Value(*in).give();
    *in = baton_value{};
    *status = BATON_ERROR;
  } else if (state == BATON_CREATED && in->head.tag != BATON_TAG_NONE) {
    ledger().note("COR-2", "none for the first send of " + name(),
                  describe(*in));
    *out = Value::kind(BATON_ERROR_TYPE).give();
    *status = BATON_ERROR;
  } else {
    return false;
  }
  return true;
}

int32_t Actor::call(Op op, baton_context *cx, baton_value *in,
                    baton_value *out) {
  int32_t status;
  used(name_of(op));
  check_out(ledger(), out, name_of(op));
  if (cx) check_context(ledger(), cx, name_of(op));
  write_down(op, cx, in);
  if (answered_by_state(op, in, out, &status)) return status;
  runner_ = std::this_thread::get_id();
  state_ = BATON_RUNNING;
  int held = references();
  Call call{op, cx, in};
  Reply reply(BATON_RETURN);
  if (auto running = script()) until_stopped([&] { reply = (*running)(call); });
  if (held > 0 && released())
    ledger().note("OWN-6",
                  "a reference to " + name() + " during " + name_of(op),
                  "the last one was released meanwhile");
  bool ends = reply.status == BATON_RETURN || reply.status == BATON_ERROR;
  state_ = ends ? BATON_CLOSED : BATON_SUSPENDED;
  if (in && reply.takes) Value(*in).drop(), *in = baton_value{};
  *out = reply.out.give();
  return reply.status;
}

struct ActorSlots {
  static Actor *of(const baton_value *self) {
    return static_cast<Actor *>(thing_of(self));
  }
  static int32_t BATON_CALL await(const baton_value *self, baton_context *cx,
                                  baton_value *out) {
    Actor *actor = of(self);
    actor->used("am_await");
    check_out(actor->ledger(), out, "am_await");
    actor->write_down(Op::await, cx, nullptr);
    *out = *self;
    return BATON_LENT;
  }
  static int32_t BATON_CALL send(const baton_value *self, baton_context *cx,
                                 baton_value *in, baton_value *out) {
    return of(self)->call(Op::send, cx, in, out);
  }
  static int32_t BATON_CALL throw_(const baton_value *self, baton_context *cx,
                                   baton_value *error, baton_value *out) {
    return of(self)->call(Op::throw_, cx, error, out);
  }
  static int32_t BATON_CALL close(const baton_value *self, baton_context *cx,
                                  baton_value *out) {
    return of(self)->call(Op::close, cx, nullptr, out);
  }
};

const baton_type *actor_type() {
  static const baton_async_methods async = {
      sizeof(baton_async_methods), 0, ActorSlots::await, nullptr, nullptr};
  static const baton_coroutine_methods coroutine = {
      sizeof(baton_coroutine_methods), 0, ActorSlots::send, ActorSlots::throw_,
      ActorSlots::close};
  static const baton_type type = [] {
    baton_type made = plain_type("kit actor");
    made.as_async = &async;
    made.as_coroutine = &coroutine;
    return made;
  }();
  return &type;
}

Played play(Ledger &ledger, std::string name, Script script) {
  Actor *actor = ledger.make<Actor>(std::move(name), std::move(script));
  return {actor, value_of(actor_type(), actor)};
}

Value taken(Call &call) {
  baton_value given = *call.in;
  *call.in = baton_value{};
  return Value(given);
}

Reply unwound(Call &call) {
  if (call.op == Op::throw_) return Reply(BATON_ERROR, taken(call));
  return Reply(BATON_RETURN);
}

Played play_steps(Ledger &ledger, std::string name, std::vector<Reply> steps) {
  auto left = std::make_shared<std::vector<Reply>>(std::move(steps));
  auto at = std::make_shared<size_t>(0);
  return play(ledger, std::move(name), [left, at](Call &call) {
    if (call.op != Op::send) return unwound(call);
    if (*at == left->size()) return Reply(BATON_RETURN);
    return std::move((*left)[(*at)++]);
  });
}

Played play_yields(Ledger &ledger, std::string name, int turns, Value last) {
  std::vector<Reply> steps;
  for (int turn = 0; turn < turns; turn++)
    steps.emplace_back(BATON_YIELD, Value::i64(turn));
  steps.emplace_back(BATON_RETURN, std::move(last));
  return play_steps(ledger, std::move(name), std::move(steps));
}

Played play_stuck(Ledger &ledger, std::string name) {
  return play(ledger, std::move(name), [](Call &call) {
    return call.op == Op::send ? Reply(BATON_YIELD) : unwound(call);
  });
}

}  // namespace kit
