// SPDX-License-Identifier: MIT
#include "linking.h"

namespace kit {

Value link_taken(Resume &call) {
  baton_value given = *call.in;
  *call.in = baton_value{};
  return Value(given);
}

Reply link_unwound(Resume &call) {
  if (call.op == BATON_OP_THROW) return Reply(BATON_ERROR, link_taken(call));
  return Reply(BATON_RETURN);
}

Reply passed_on(Resume &call) {
  int32_t status = call.op == BATON_OP_THROW ? BATON_ERROR : BATON_RETURN;
  return Reply(status, link_taken(call));
}

PlayedLink play_begun_link(Ledger &ledger, std::string name, LinkScript script,
                           uint8_t kind, uint16_t flags) {
  auto begun = std::make_shared<bool>(false);
  return play_link(
      ledger, std::move(name),
      [begun, script](Resume &call) {
        if (std::exchange(*begun, true)) return script(call);
        return Reply(BATON_YIELD);
      },
      kind, flags);
}

PlayedLink play_awaiting(Ledger &ledger, std::string name, Value awaited,
                         LinkScript script, uint8_t kind, uint16_t flags) {
  auto begun = std::make_shared<bool>(false);
  auto held = std::make_shared<Value>(std::move(awaited));
  return play_link(
      ledger, std::move(name),
      [begun, held, script](Resume &call) {
        if (std::exchange(*begun, true)) return script(call);
        return Reply(BATON_AWAIT, std::move(*held));
      },
      kind, flags);
}

void need_attached(Bench &bench, const Linked &linked) {
  if (!linked.attached())
    bench.skip("the target drives links through as_coroutine");
}

Hung hang(Bench &bench, PlayedLink played, const char *through) {
  Value held = played.value.copy();
  Subject outer = bench.make(through, std::move(played.value));
  Step step = outer.send();
  need_attached(bench, *played.link);
  if (step.status != BATON_YIELD)
    bench.skip(std::string(through) + " of a link gave " + step.text());
  return {played.link, std::move(held), std::move(outer)};
}

}  // namespace kit
