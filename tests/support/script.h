/* SPDX-License-Identifier: MIT */
#ifndef SUPPORT_SCRIPT_H
#define SUPPORT_SCRIPT_H

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "drive.h"

/** @file
 * A coroutine whose body is data: a list of steps. It writes into a log what
 * it gets: "leaf < 5" for a value that is sent, "leaf ! cancelled" for an
 * error that is thrown.
 */

namespace support {

using Lines = std::vector<std::string>;

/** What bodies and foreign objects have written; cleared by `Watch`. */
inline Lines lines;

inline void write(const std::string &line) { lines.push_back(line); }

/** Takes the lines. */
inline Lines told() { return std::exchange(lines, Lines()); }

struct Running;

/** One call of `resume`, as a step sees it. */
struct Call {
  const baton_value *self;
  baton_context *cx;
  Running *body;
};

struct Step;
using Script = std::vector<Step>;
using Make = std::function<Value(Call &)>;

struct Step {
  bool stops = true;         /**< returns from `resume` */
  int32_t status = 0;        /**< with this */
  Make make;                 /**< and this in `out`; without a stop: runs */
  bool catches = false;      /**< an error thrown here goes on with `handler` */
  std::vector<Step> handler; /**< then the body ends with RETURN none */

  /** The same step, with what to do if an error is thrown at it. */
  Step catching(Script with) && {
    catches = true;
    handler = std::move(with);
    return std::move(*this);
  }
};

/** The state of a body. */
struct Running {
  std::string name;
  Script steps;
  size_t at = 0;
  Value last;   /**< what was sent last */
  Value caught; /**< what was thrown and caught last */
};

struct ScriptFrame {
  Running *running;
};

inline Running *running_of(const baton_value *self) {
  return static_cast<ScriptFrame *>(baton_coro_frame(self))->running;
}

inline int32_t BATON_CALL script_resume(const baton_value *self,
                                        baton_context *cx, uint32_t op,
                                        baton_value *in, baton_value *out) {
  Running *body = running_of(self);
  Value got(baton_take(in));
  const bool thrown = op == BATON_OP_THROW;
  CHECK(baton_is_none(out));
  write(body->name + (thrown ? " ! " : " < ") + describe(got));
  if (thrown) {
    if (body->at == 0 || !body->steps[body->at - 1].catches) {
      *out = got.give();
      return BATON_ERROR;
    }
    Script handler = std::move(body->steps[body->at - 1].handler);
    body->steps = std::move(handler);
    body->at = 0;
    body->caught = std::move(got);
  } else {
    body->last = std::move(got);
  }
  Call call = {self, cx, body};
  while (body->at < body->steps.size()) {
    const Step &step = body->steps[body->at++];
    Value made = step.make ? step.make(call) : Value();
    if (!step.stops) continue;
    *out = made.give();
    return step.status;
  }
  return BATON_RETURN;
}

inline void BATON_CALL script_drop(void *frame) {
  auto *script = static_cast<ScriptFrame *>(frame);
  delete script->running;
  script->running = nullptr;
}

/** The line is 100 and the number of the step. */
inline uint32_t BATON_CALL script_line(const void *frame) {
  const Running *body = static_cast<const ScriptFrame *>(frame)->running;
  return body ? 100 + static_cast<uint32_t>(body->at) : 0;
}

/** A static body; the same for the same arguments. */
inline const baton_body *script_body(const std::string &name, uint8_t kind,
                                     uint16_t flags) {
  struct Known {
    std::string name;
    baton_body body;
  };
  static std::deque<Known> all;
  for (const Known &known : all)
    if (known.name == name && known.body.kind == kind &&
        known.body.flags == flags)
      return &known.body;
  all.push_back({name, {}});
  Known &made = all.back();
  made.body.struct_size = sizeof made.body;
  made.body.kind = kind;
  made.body.flags = flags;
  made.body.frame_size = sizeof(ScriptFrame);
  made.body.line = 1;
  made.body.name = made.name.c_str();
  made.body.file = "script.c";
  made.body.resume = script_resume;
  made.body.drop = script_drop;
  made.body.line_of = script_line;
  return &made.body;
}

inline Value scripted(const std::string &name, uint8_t kind, Script steps,
                      uint16_t flags = 0) {
  Value made;
  REQUIRE(baton_coro_new(script_body(name, kind, flags), made.get()) ==
          BATON_OK);
  auto *frame = static_cast<ScriptFrame *>(baton_coro_frame(made.get()));
  frame->running = new Running;
  frame->running->name = name;
  frame->running->steps = std::move(steps);
  return made;
}

inline Value coroutine(const std::string &name, Script steps,
                       uint16_t flags = 0) {
  return scripted(name, BATON_KIND_COROUTINE, std::move(steps), flags);
}

inline Value generator(const std::string &name, Script steps,
                       uint16_t flags = 0) {
  return scripted(name, BATON_KIND_GENERATOR, std::move(steps), flags);
}

inline Value async_generator(const std::string &name, Script steps,
                             uint16_t flags = 0) {
  return scripted(name, BATON_KIND_ASYNC_GENERATOR, std::move(steps), flags);
}

/* ---- Steps ------------------------------------------------------------ */

/** Stops with a status and a value; the value is moved out. */
inline Step gives(int32_t status, Value value = Value()) {
  auto held = std::make_shared<Value>(std::move(value));
  Step step;
  step.status = status;
  step.make = [held](Call &) { return std::move(*held); };
  return step;
}

inline Step gives(int32_t status, Make make) {
  Step step;
  step.status = status;
  step.make = std::move(make);
  return step;
}

inline Step yields(Value value) { return gives(BATON_YIELD, std::move(value)); }
inline Step items(Value value) { return gives(BATON_ITEM, std::move(value)); }
inline Step waits() { return gives(BATON_PENDING); }
inline Step awaits(Value value) { return gives(BATON_AWAIT, std::move(value)); }
inline Step awaits_made(Make make) {
  return gives(BATON_AWAIT, std::move(make));
}
inline Step returns(Value value) {
  return gives(BATON_RETURN, std::move(value));
}
inline Step raises(Value value) { return gives(BATON_ERROR, std::move(value)); }

/** Ends with what was sent last. */
inline Step returns_sent() {
  return gives(BATON_RETURN, [](Call &call) { return call.body->last; });
}

/** Ends with the error that was caught last. */
inline Step reraises() {
  return gives(BATON_ERROR, [](Call &call) { return call.body->caught; });
}

/** Runs code, and goes on. */
inline Step does(std::function<void(Call &)> code) {
  Step step;
  step.stops = false;
  step.make = [code](Call &call) {
    code(call);
    return Value();
  };
  return step;
}

/** Writes which error is being handled above. */
inline Step tells_handled() {
  return does([](Call &call) {
    const baton_value *handled = call.cx->handled;
    write(call.body->name + " sees " +
          (handled ? describe(handled) : "nothing"));
  });
}

/** Begins, or ends with none, to handle an error. For HANDLING bodies. */
inline Step handles(Value error) {
  return does([error](Call &call) {
    Value old(baton_take(baton_coro_handling(call.self)));
    *baton_coro_handling(call.self) = Value(error).give();
  });
}

}  // namespace support

#endif
