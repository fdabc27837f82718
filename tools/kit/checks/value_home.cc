// SPDX-License-Identifier: MIT
#include <limits>

#include "common.h"
#include "driving.h"

/** @file
 * Values that pass through a host: what comes back is what went in.
 */

namespace kit {
namespace {

/* A result of an export that is no coroutine. */
Value made(Bench &bench, const char *name, std::vector<Value> arguments = {}) {
  Step step = bench.create(name, arguments);
  if (step.status != BATON_OK)
    bench.skip(std::string("create of ") + name + " gave " + step.text());
  return std::move(step.out);
}

void expect_home(Bench &bench, Step step, const Value &value,
                 const char *requirement, const char *how) {
  bool came = step.status == BATON_RETURN || step.status == BATON_YIELD;
  bool lost = value.is_object() && step.out.is_none();
  bench.expect(came && !lost, "COR-14", std::string("a value that was ") + how,
               step.text());
  bench.expect_value(step.out, value, requirement,
                     std::string("that was ") + how);
}

/* Through all the ways that lead through a body. */
void check_ways(Bench &bench, const Value &value, const char *requirement) {
  Subject give = bench.make("kit.give", value.copy());
  expect_home(bench, give.send(), value, requirement, "given and returned");
  if (!bench.exports("kit.echo")) return;
  Subject echo = bench.make("kit.echo", value.copy());
  expect_home(bench, echo.send(), value, requirement, "given and yielded");
  if (value.is_object())
    expect_home(bench, send_copy(echo, value), value, requirement,
                "sent and returned");
  else
    expect_home(bench, echo.send(value.copy()), value, requirement,
                "sent and returned");
}

void check_awaited(Bench &bench, const Value &value, const char *requirement) {
  std::vector<Reply> steps;
  steps.emplace_back(BATON_RETURN, value.copy());
  Played x = play_steps(bench.ledger, "x", std::move(steps));
  Subject relay = bench.make("kit.relay", std::move(x.value));
  expect_home(bench, relay.send(), value, requirement, "awaited and returned");
}

KIT_CHECK("value-object-of-kit",
          "An object of another host comes home as it is.", Tier::values,
          {"VAL-1"}, {"kit.give"}) {
  check_ways(bench, bench.token("abroad"), "VAL-1");
}

KIT_CHECK("value-object-awaited",
          "An object that was awaited comes home as it is.", Tier::values,
          {"VAL-1"}, {"kit.relay"}) {
  check_awaited(bench, bench.token("abroad"), "VAL-1");
}

KIT_CHECK("value-object-of-host",
          "An object of the host is the same object to it, later.",
          Tier::values, {"VAL-1"}, {"kit.object", "kit.same", "kit.give"}) {
  Value object = made(bench, "kit.object");
  Value other = made(bench, "kit.object");
  Subject give = bench.make("kit.give", bench.copy(object));
  Step step = give.send();
  bench.expect_status(step, BATON_RETURN, "COR-14", "from kit.give");
  Value answer =
      made(bench, "kit.same", list(bench.copy(object), std::move(step.out)));
  bench.expect_value(answer, Value::boolean(true), "VAL-1",
                     "for an object that came home");
  answer = made(bench, "kit.same", list(std::move(object), std::move(other)));
  bench.expect_value(answer, Value::boolean(false), "VAL-1",
                     "for two objects of the host");
}

KIT_CHECK("value-object-is-object",
          "An object of the host crosses as an object.", Tier::values,
          {"VAL-1"}, {"kit.object"}) {
  Value object = made(bench, "kit.object");
  bench.expect(object.is_object(), "VAL-1", "an object of the host's own type",
               object.text());
}

KIT_CHECK("value-unknown-tag",
          "A scalar of an unknown tag passes like any other.", Tier::values,
          {"VAL-2"}, {"kit.give"}) {
  check_ways(bench, bench.token("abroad"), "VAL-1");
  for (uintptr_t tag : {uintptr_t{6}, uintptr_t{77}, uintptr_t{255}})
    check_ways(bench, Value::tagged(tag, 0xfedcba9876543210u), "VAL-2");
}

KIT_CHECK("value-unknown-tag-awaited",
          "A scalar of an unknown tag can be what an await gives.",
          Tier::values, {"VAL-2"}, {"kit.relay"}) {
  check_awaited(bench, Value::tagged(77, 5), "VAL-2");
}

KIT_CHECK("value-bool", "A truth value is 0 or 1.", Tier::values, {"VAL-3"},
          {"kit.true"}) {
  Step step = bench.make("kit.true").drain();
  bench.expect_status(step, BATON_RETURN, "COR-14", "from kit.true");
  bench.expect(
      step.out.tag() != BATON_TAG_BOOL || step.out.get()->payload.u64 <= 1,
      "VAL-3", "a bool with payload 0 or 1", step.text());
}

KIT_CHECK("value-large-integers",
          "Only integers above the largest i64 are u64.", Tier::values,
          {"VAL-3"}, {"kit.give"}) {
  uint64_t limit = uint64_t{INT64_MAX};
  for (uint64_t number : {limit, limit + 1, UINT64_MAX}) {
    bool fits = number <= limit;
    Subject give =
        bench.make("kit.give",
                   Value::tagged(fits ? BATON_TAG_I64 : BATON_TAG_U64, number));
    Step step = give.send();
    bench.expect_status(step, BATON_RETURN, "COR-14", "from kit.give");
    bool wrong = step.out.tag() == (fits ? BATON_TAG_U64 : BATON_TAG_I64);
    bench.expect(!wrong, "VAL-3",
                 fits ? "no u64 for an integer that fits an i64"
                      : "no i64 for an integer that fits none",
                 step.text());
  }
}

KIT_CHECK("value-nil", "The host's nil is none, and none its nil.",
          Tier::values, {"VAL-4"}, {"kit.nil", "kit.give"}) {
  expect_return(bench, bench.make("kit.nil").drain(), Value(), "VAL-4",
                "for the host's nil");
  expect_return(bench, bench.make("kit.give", Value()).drain(), Value(),
                "VAL-4", "for none that was given");
}

KIT_CHECK("value-truth", "The host's truth values are bools.", Tier::values,
          {"VAL-4"}, {"kit.true", "kit.give"}) {
  Step step = bench.make("kit.true").drain();
  bench.expect(step.status == BATON_RETURN &&
                   step.out.tag() == BATON_TAG_BOOL &&
                   step.out.get()->payload.u64 != 0,
               "VAL-4", "RETURN true for the host's true", step.text());
  for (bool truth : {false, true})
    expect_return(bench, bench.make("kit.give", Value::boolean(truth)).drain(),
                  Value::boolean(truth), "VAL-4", "for a bool that was given");
}

KIT_CHECK("value-one-is-no-truth", "The integer 1 is not the truth.",
          Tier::values, {"VAL-4"}, {"kit.one"}) {
  Step step = bench.make("kit.one").drain();
  bench.expect_status(step, BATON_RETURN, "COR-14", "from kit.one");
  bool number = step.out.is_object() || (step.out.tag() == BATON_TAG_I64 &&
                                         step.out.get()->payload.i64 == 1);
  bench.expect(number, "VAL-4", "an object of the host, or i64 1", step.text());
}

/* Bytes without meaning: none with something in its payload. */
Value dirty_none() { return Value::tagged(BATON_TAG_NONE, 0x5ca1ab1e); }

KIT_CHECK("value-none-with-rest", "The payload of none has no meaning.",
          Tier::values, {"VAL-5"}, {"kit.give"}) {
  Subject give = bench.make("kit.give", dirty_none());
  Step step = give.send(dirty_none());
  bench.expect(step.status == BATON_RETURN && step.out.is_none(), "VAL-5",
               "RETURN none for none, whatever is in its payload", step.text());
}

KIT_CHECK_EACH("value-start-with-rest",
               "Any none starts, whatever is in its payload.", Tier::values,
               {"VAL-5"}) {
  Subject subject = driven(bench);
  Step step = subject.send(dirty_none());
  bench.expect(
      !refuses(step) && !(step.status == BATON_ERROR && is_created(subject)),
      "VAL-5", "a start by send of none with a payload", step.text());
}

}  // namespace
}  // namespace kit
