/* SPDX-License-Identifier: MIT */
#include "compare.h"

#include <algorithm>
#include <stdexcept>

#include "layout.h"

namespace kit {
namespace {

using Lines = std::vector<std::string>;

std::string signature_of(const Slot &slot) {
  std::string text = slot.returns + " (";
  for (const Parameter &parameter : slot.parameters) {
    text +=
        (&parameter == slot.parameters.data() ? "" : ", ") + parameter.ctype;
  }
  return text + ")";
}

bool same_member(const Field &ours, const Field &theirs) {
  return ours.name == theirs.name && ours.ctype == theirs.ctype &&
         std::equal(ours.members.begin(), ours.members.end(),
                    theirs.members.begin(), theirs.members.end(), same_member);
}

/** Libffi's opinion, which knows what the members' own types have become. */
void compare_offsets(const Contract &ours, const Contract &theirs,
                     const Struct &one, const Struct &other, Lines *lines) {
  try {
    const Layout here = layout_of(ours, one), there = layout_of(theirs, other);
    const size_t count = std::min(here.offsets.size(), there.offsets.size());
    for (size_t at = 0; at < count; at++) {
      if (here.offsets[at] == there.offsets[at]) continue;
      lines->push_back(one.name + "." + one.fields[at].name + " lies at " +
                       std::to_string(there.offsets[at]) + ", should at " +
                       std::to_string(here.offsets[at]));
      return;
    }
  } catch (const std::runtime_error &error) {
    lines->push_back(one.name + " cannot be laid out: " + error.what());
  }
}

void compare_structs(const Contract &ours, const Contract &theirs,
                     Lines *lines) {
  for (const Struct &one : ours.structs) {
    const Struct *other = theirs.structure(one.name);
    if (!other) continue;
    const size_t count = std::min(one.fields.size(), other->fields.size());
    const size_t before = lines->size();
    for (size_t at = 0; at < count; at++) {
      if (same_member(one.fields[at], other->fields[at])) continue;
      lines->push_back(one.name + " has " + other->fields[at].ctype + " " +
                       other->fields[at].name + " where " +
                       one.fields[at].ctype + " " + one.fields[at].name +
                       " should be");
      break;
    }
    if (!one.versioned && one.fields.size() != other->fields.size()) {
      lines->push_back(one.name +
                       " has another number of members, but tells "
                       "no size");
    }
    if (lines->size() == before) {
      compare_offsets(ours, theirs, one, *other, lines);
    }
  }
}

void compare_slots(const Contract &ours, const Contract &theirs, Lines *lines) {
  for (const Slot &one : ours.slots) {
    const std::string name = one.table + "." + one.name;
    const Slot *other = theirs.slot(name);
    if (!other) continue;
    if (one.id != other->id) {
      lines->push_back(name + " has the slot id " + std::to_string(other->id) +
                       ", should have " + std::to_string(one.id));
    }
    if (signature_of(one) != signature_of(*other)) {
      lines->push_back(name + " is " + signature_of(*other) + ", should be " +
                       signature_of(one));
    }
  }
}

void compare_constants(const Contract &ours, const Contract &theirs,
                       Lines *lines) {
  for (const auto &[name, value] : ours.constants) {
    const auto other = theirs.constants.find(name);
    if (other == theirs.constants.end() || other->second == value) continue;
    if (name == "BATON_ABI_MINOR") continue;
    lines->push_back(name + " is " + std::to_string(other->second) +
                     ", should be " + std::to_string(value));
  }
}

}  // namespace

std::vector<std::string> differences(const Contract &ours,
                                     const Contract &theirs) {
  Lines lines;
  compare_structs(ours, theirs, &lines);
  compare_slots(ours, theirs, &lines);
  compare_constants(ours, theirs, &lines);
  return lines;
}

}  // namespace kit
