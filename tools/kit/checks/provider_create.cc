/* SPDX-License-Identifier: MIT */
#include "../base/arguments.h"
#include "../contract/caller.h"
#include "../play/context.h"
#include "common.h"
#include "layout.h"

/** @file
 * Exports that are given what they cannot take.
 */

namespace kit {
namespace {

/** Tokens, and who is told if one of them is taken. */
struct Given {
  Given(Bench &bench, size_t count) {
    for (size_t at = 0; at < count; at++) {
      values.push_back(bench.token("argument " + std::to_string(at + 1)));
      before.push_back(*values.back().get());
    }
    cells = before;
    cells.emplace_back(); /* one that `count` does not speak of */
  }

  /** How many were changed. */
  size_t changed() const {
    size_t number = 0;
    for (size_t at = 0; at < before.size(); at++) {
      const bool same = cells[at].head.type == before[at].head.type &&
                        cells[at].payload.object == before[at].payload.object;
      if (!same) number++;
    }
    return number;
  }
  size_t released() const {
    size_t number = 0;
    for (const Value &value : values) {
      if (references(value) < 1) number++;
    }
    return number;
  }
  /** What was taken is not the kit's any more. */
  void forget_taken() {
    for (size_t at = 0; at < before.size(); at++) {
      if (cells[at].head.tag == BATON_TAG_NONE) values[at].give();
    }
  }

  std::vector<Value> values;
  std::vector<baton_value> before, cells;
};

/** Creates with `count` tokens. @return whether it failed or refused. */
bool fails_with(Bench &bench, const baton_export *maker, size_t count) {
  Given given(bench, count);
  baton_value out{};
  int32_t status;
  {
    const LentContext cx(bench.ledger, Manner(), bench.bell.waker());
    status = call(signature(bench.contract, "baton_export.create"),
                  address_of(maker->create), maker, cx.get(),
                  given.cells.data(), uint64_t{count}, &out);
  }
  const std::string when = std::string(" from create of ") + maker->name +
                           " that fails with " + std::to_string(count) +
                           " arguments";
  Value came(out);
  if (status == BATON_OK) {
    given.forget_taken();
    return false;
  }
  const size_t changed = given.changed(), released = given.released();
  given.forget_taken();
  bench.expect(changed == 0, "PRV-3", "the arguments as they were" + when,
               std::to_string(changed) + " were taken");
  bench.expect(released == 0, "PRV-3", "no release of an argument" + when,
               std::to_string(released) + " were released");
  if (status == BATON_ERROR) {
    if (came.is_object()) {
      const std::string name = std::string("the error of ") + maker->name;
      check_mandatory(bench, Specimen{name, *came.get()});
    }
    bench.expect(came.is_error(), "PRV-3", "the error in out" + when,
                 came.text());
  } else {
    bench.expect(status <= BATON_REFUSAL_MAX && status >= BATON_REFUSAL_MIN,
                 "PRV-3", "OK, ERROR or a refusal" + when, status_name(status));
    bench.expect(came.is_none(), "PRV-3", "none in out" + when, came.text());
  }
  return true;
}

}  // namespace

KIT_CHECK("create-wrong-count",
          "A create that fails for the number of its arguments takes none.",
          Tier::core, {"PRV-3", "TYP-5"}, {}) {
  size_t failed = 0;
  for (const baton_export *maker : bench.library.exports()) {
    for (size_t count : {0u, 1u, 7u}) {
      if (fails_with(bench, maker, count)) failed++;
    }
  }
  if (!failed) bench.skip("no export refuses any number of arguments");
}

}  // namespace kit
