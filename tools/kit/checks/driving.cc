// SPDX-License-Identifier: MIT
#include "driving.h"

#include <baton/ext/wait.h>

#include <chrono>
#include <future>

#include "../base/patience.h"
#include "../play/objects.h"
#include "../play/rules.h"
#include "../play/type.h"

namespace kit {
namespace {

int32_t BATON_CALL awaitable_await(const baton_value *self, baton_context *cx,
                                   baton_value *out) {
  auto *thing = static_cast<Awaitable *>(thing_of(self));
  check_out(thing->ledger(), out, "am_await");
  if (cx) check_context(thing->ledger(), cx, "am_await");
  return thing->ask(out);
}

const baton_type *awaitable_type() {
  static const baton_async_methods async = {sizeof(baton_async_methods), 0,
                                            awaitable_await, nullptr, nullptr};
  static const baton_type type = [] {
    baton_type made = plain_type("kit awaitable");
    made.as_async = &async;
    return made;
  }();
  return &type;
}

/* An error of the kind that was expected, but another object, breaks ERR-6 and
 * no other rule. */
void need_same(Bench &bench, bool another, const char *requirement) {
  if (another && !hosted(bench) && std::string(requirement) != "ERR-6")
    bench.skip("errors arrive as other objects (ERR-6)");
}

}  // namespace

Played play_begun(Ledger &ledger, std::string name, Script script) {
  auto begun = std::make_shared<bool>(false);
  return play(ledger, std::move(name), [begun, script](Call &call) {
    if (std::exchange(*begun, true)) return script(call);
    return Reply(BATON_YIELD);
  });
}

Begun begin(Bench &bench, Script script, const char *through,
            std::vector<Value> rest) {
  Played x = play_begun(bench.ledger, "x", std::move(script));
  rest.insert(rest.begin(), std::move(x.value));
  Subject outer = bench.make(through, std::move(rest));
  Step step = outer.send();
  if (step.status != BATON_YIELD || x.actor->state() != BATON_SUSPENDED)
    bench.skip(std::string(through) + " of what yields gave " + step.text());
  return {x.actor, std::move(outer)};
}

Step outcome(Bench &bench, const char *through, std::vector<Value> arguments) {
  Step made = bench.create(through, arguments);
  const baton_type *type = made.out.type();
  if (made.status != BATON_OK || !type || !coroutine_of(type)) return made;
  return Subject(bench, std::move(made.out)).drain();
}

Step outcome(Bench &bench, Value awaited, const char *through) {
  return outcome(bench, through, list(std::move(awaited)));
}

int32_t Awaitable::ask(baton_value *out) {
  used("am_await");
  asked_++;
  return give_(out);
}

PlayedAwaitable play_awaitable(Ledger &ledger, Awaitable::Give give) {
  auto *thing = ledger.make<Awaitable>("the awaitable", std::move(give));
  return {thing, value_of(awaitable_type(), thing)};
}

PlayedAwaitable play_lender(Ledger &ledger, Value handle) {
  auto lender = std::make_shared<Awaitable *>(nullptr);
  PlayedAwaitable made = play_awaitable(ledger, [lender](baton_value *out) {
    *out = *(*lender)->kept.get();
    return BATON_LENT;
  });
  *lender = made.thing;
  made.thing->kept = std::move(handle);
  return made;
}

PlayedAwaitable play_owner(Ledger &ledger, Value handle) {
  auto held = std::make_shared<Value>(std::move(handle));
  return play_awaitable(ledger, [held](baton_value *out) {
    *out = held->give();
    return BATON_OWNED;
  });
}

bool hosted(const Bench &bench) { return bench.exports("kit.object"); }

void expect_passed(Bench &bench, const Step &step, const Value &error,
                   const char *requirement, const std::string &when) {
  bool alike = step.out.is_error() && !step.out.same(error) &&
               step.out.error_kind() == error.error_kind();
  need_same(bench, alike, requirement);
  alike = alike && hosted(bench);
  bench.expect(step.status == BATON_ERROR && (step.out.same(error) || alike),
               requirement, "ERROR with the very " + error.text() + " " + when,
               step.text());
}

void expect_caught(Bench &bench, const Step &step, const Value &error,
                   const char *requirement, const std::string &when) {
  need_same(bench,
            step.out.is_error() && !step.out.same(error) &&
                step.out.error_kind() == error.error_kind(),
            requirement);
  bool alike = hosted(bench) && step.out.is_object();
  bench.expect(step.status == BATON_RETURN && (step.out.same(error) || alike),
               requirement, "RETURN of the " + error.text() + " " + when,
               step.text());
}

void expect_caught(Bench &bench, const Step &step, uint32_t kind,
                   const char *message, const char *requirement,
                   const std::string &when) {
  bool says = step.out.is_error() && step.out.error_kind() == kind &&
              step.out.error_message() == message;
  bool alike = hosted(bench) && step.out.is_object();
  bench.expect(step.status == BATON_RETURN && (says || alike), requirement,
               std::string("RETURN of error ") + kind_name(kind) + " \"" +
                   message + "\" " + when,
               step.text());
}

void expect_fails(Bench &bench, const Step &step, uint32_t kind,
                  const char *message, const char *requirement,
                  const std::string &when) {
  bool told = !hosted(bench) || !step.out.error_message().empty();
  bench.expect_error(step, kind, told ? message : nullptr, requirement, when);
}

void need_yields(Bench &bench) {
  Played x = play(bench.ledger, "a probe", [&bench](Call &call) {
    if (call.op != Op::send) return unwound(call);
    return Reply(BATON_YIELD, bench.token("a probe's value"));
  });
  Subject relay = bench.make("kit.relay", std::move(x.value));
  Step step = relay.send();
  if (step.status != BATON_YIELD || !step.out.is_object())
    bench.skip("what a child yields is not passed on (WAK-9)");
  relay.close();
}

void expect_given_back(Bench &bench, const std::string &name,
                       const char *requirement) {
  for (const std::string &held : bench.ledger.alive())
    bench.expect(held != name, requirement, name + " is given back",
                 "it is still held");
}

bool waits(Bench &bench, const Step &step) {
  if (step.status == BATON_PENDING) return true;
  if (step.status != BATON_YIELD || !step.out.is_object()) return false;
  const void *table = nullptr;
  const baton_type *type = step.out.type();
  if (!type->query ||
      type->query(step.out.get(), BATON_EXT_WAIT, &table) != BATON_OK)
    return false;
  return static_cast<const baton_wait *>(table)->subscribe(
             step.out.get(), bench.bell.waker()) == BATON_OK;
}

bool ends_elsewhere(std::function<void()> body, double seconds) {
  auto ended = std::make_shared<std::promise<void>>();
  std::future<void> end = ended->get_future();
  std::thread([ended, body] {
    until_stopped(body);
    ended->set_value();
  }).detach();
  const std::chrono::duration<double> most(seconds);
  const Waiting waiting;
  return end.wait_for(std::min(most, patience())) == std::future_status::ready;
}

}  // namespace kit
