// SPDX-License-Identifier: MIT
#include "arguments.h"

#include <map>

#include "bench.h"

namespace kit {
namespace {

using Arguments = std::vector<Value>;

Arguments one(Value value) {
  Arguments arguments;
  arguments.push_back(std::move(value));
  return arguments;
}

Arguments two(Value first, Value second) {
  Arguments arguments = one(std::move(first));
  arguments.push_back(std::move(second));
  return arguments;
}

/** An awaitable that suspends once and returns 1. */
Value awaitable(Bench &bench, const char *name) {
  return play_yields(bench.ledger, name, 1, bench.i64(1)).value;
}

/** What the bodies of the kit take. */
const std::map<std::string, Arguments (*)(Bench &)> &fitting() {
  static const std::map<std::string, Arguments (*)(Bench &)> table = {
      {"kit.give", [](Bench &bench) { return one(bench.i64(1)); }},
      {"kit.echo", [](Bench &bench) { return one(bench.i64(1)); }},
      {"kit.fail",
       [](Bench &bench) {
         return two(bench.i64(BATON_ERROR_VALUE), bench.text("as asked"));
       }},
      {"kit.raise",
       [](Bench &bench) {
         return one(bench.error(BATON_ERROR_VALUE, "as given"));
       }},
      {"kit.panic", [](Bench &bench) { return one(bench.text("as asked")); }},
      {"kit.relay", [](Bench &bench) { return one(awaitable(bench, "x")); }},
      {"kit.pair",
       [](Bench &bench) {
         return two(awaitable(bench, "x"), awaitable(bench, "y"));
       }},
      {"kit.rescue", [](Bench &bench) { return one(awaitable(bench, "x")); }},
      {"kit.guard",
       [](Bench &bench) {
         return two(awaitable(bench, "x"), awaitable(bench, "y"));
       }},
      {"kit.both",
       [](Bench &bench) {
         return two(awaitable(bench, "x"), awaitable(bench, "y"));
       }},
      {"kit.count", [](Bench &bench) { return one(bench.i64(3)); }},
      {"kit.delegate", [](Bench &bench) { return one(awaitable(bench, "x")); }},
      {"kit.items",
       [](Bench &bench) { return two(bench.i64(1), bench.i64(2)); }},
      {"kit.mirror", [](Bench &bench) { return one(bench.i64(1)); }},
      {"kit.tidy",
       [](Bench &bench) { return two(bench.i64(1), awaitable(bench, "y")); }},
      {"kit.stubborn", [](Bench &bench) { return one(bench.i64(1)); }},
      {"kit.last", [](Bench &bench) { return one(awaitable(bench, "x")); }},
      {"kit.run", [](Bench &bench) { return one(awaitable(bench, "x")); }},
      {"kit.same",
       [](Bench &bench) { return two(bench.i64(1), bench.i64(1)); }},
      {"kit.alike",
       [](Bench &bench) {
         return two(awaitable(bench, "x"), awaitable(bench, "y"));
       }},
  };
  return table;
}

struct ToValue {
  Bench &bench;
  Value operator()(std::monostate) const { return Value::none(); }
  Value operator()(bool truth) const { return Value::boolean(truth); }
  Value operator()(int64_t number) const { return Value::i64(number); }
  Value operator()(double number) const { return Value::f64(number); }
  Value operator()(const std::string &text) const { return bench.text(text); }
};

}  // namespace

std::vector<Value> arguments_for(Bench &bench, const std::string &subject) {
  const CallText call = parse_call(subject);
  const auto body = fitting().find(call.name);
  if (call.name == subject && body != fitting().end())
    return body->second(bench);
  std::vector<Value> arguments;
  for (const Literal &literal : call.arguments)
    arguments.push_back(std::visit(ToValue{bench}, literal));
  return arguments;
}

}  // namespace kit
