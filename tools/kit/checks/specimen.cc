/* SPDX-License-Identifier: MIT */
#include "specimen.h"

#include "../base/arguments.h"
#include "../contract/caller.h"
#include "../play/context.h"
#include "../play/crossing.h"
#include "../play/type.h"

namespace kit {
namespace {

/** It would drive what it is given, or break. */
bool acts_at_once(const std::string &name) {
  return name == "kit.run" || name == "kit.panic";
}

/** What create gives, unseen. */
baton_value made_by(Bench &bench, const baton_export *maker) {
  std::vector<Value> arguments = arguments_for(bench, maker->name);
  std::vector<baton_value> given;
  for (Value &argument : arguments) given.push_back(argument.give());
  given.emplace_back();
  baton_value out{};
  const LentContext cx(bench.ledger, Manner(), bench.bell.waker());
  const std::string slot = std::string("create of ") + maker->name;
  contained(bench.ledger, slot.c_str(), [&] {
    return call(signature(bench.contract, "baton_export.create"),
                address_of(maker->create), maker, cx.get(), given.data(),
                uint64_t{arguments.size()}, &out);
  });
  for (baton_value &left : given) Value(left).drop();
  return out;
}

bool is_usable(const baton_value &value) {
  return type_defect(value.head.type).empty();
}

/** Lets go of it when the check is done with it, whatever that finds. */
struct Dropped {
  baton_value value;
  ~Dropped() {
    if (is_usable(value)) Value(value).drop();
  }
};

}  // namespace

void for_each_specimen(Bench &bench,
                       const std::function<void(const Specimen &)> &look) {
  size_t seen = 0, kept = 0;
  for (const baton_export *maker : bench.library.exports()) {
    if (acts_at_once(maker->name)) continue;
    const baton_value made = made_by(bench, maker);
    if (made.head.tag < BATON_TAG_LIMIT) continue;
    const Dropped dropped{made};
    seen++;
    if (!is_usable(made)) kept++;
    look(Specimen{std::string("what ") + maker->name + " makes", made});
  }
  if (!seen) bench.skip("no export makes an object without arguments");
  /* What they hold of the kit is not the target's fault. */
  if (kept) bench.skip("there are objects that cannot be released");
}

void for_each_usable(Bench &bench,
                     const std::function<void(const Specimen &)> &look) {
  bool any = false;
  for_each_specimen(bench, [&](const Specimen &specimen) {
    if (!is_usable(specimen.value)) return;
    any = true;
    look(specimen);
  });
  if (!any) bench.skip("no descriptor that can be used");
}

}  // namespace kit
