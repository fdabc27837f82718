// SPDX-License-Identifier: MIT
#include "guarded.h"
#include "peer.h"

#include <baton/ext/text.h>

#include "../play/objects.h"

/** @file
 * Children and arguments that an older or a newer peer made.
 */

namespace kit {
namespace {

/* What is in reserved members of a peer that knows what they are for. */
constexpr uint32_t reserved = 0xa5a5a5a5u;

int32_t BATON_CALL find_nothing(const baton_value *, const char *,
                                const void **out) {
  *out = nullptr;
  return BATON_UNSUPPORTED;
}

/* The table of the kit's errors, to be changed. */
baton_error_methods &error_table(Bench &bench) {
  baton_error_methods &table = kept<baton_error_methods>(bench);
  table = *bench.error(BATON_ERROR_VALUE, "").type()->as_error;
  return table;
}

/* An error with a descriptor of its own, whose table is this one. */
Value error_of(Bench &bench, const baton_error_methods *table) {
  Value error = bench.error(BATON_ERROR_VALUE, "wrong");
  baton_type &type = kept<baton_type>(bench);
  type = *error.type();
  type.as_error = table;
  baton_value value = error.give();
  value.head.type = &type;
  return Value(value);
}

/* It is raised in a child, and caught. */
void expect_handled(Bench &bench, Value error, const char *requirement,
                    const std::string &peer) {
  auto thrown = std::make_shared<Value>(error.copy());
  Played x = play(bench.ledger, "x", [thrown](Call &call) {
    if (call.op != Op::send) return unwound(call);
    return Reply(BATON_ERROR, std::move(*thrown));
  });
  Step step = outcome(bench, std::move(x.value), "kit.rescue");
  expect_caught(bench, step, error, requirement, "of " + peer);
}

}  // namespace

KIT_CHECK("skew-older-type", "A type is read up to its struct_size.",
          Tier::core, {"VER-3"}, {"kit.relay"}) {
  PeerType &peer = kept<PeerType>(bench);
  peer.type.struct_size = offsetof(baton_type, reserved1);
  const baton_type *type = Guarded::copy(peer.type, peer.type.struct_size);
  expect_drives(bench, type, "VER-3", "a type that ends behind query");
  expect_untouched(bench, "a type");
}

KIT_CHECK("skew-older-coroutine", "as_coroutine is read up to its struct_size.",
          Tier::core, {"VER-3"}, {"kit.relay"}) {
  PeerType &peer = kept<PeerType>(bench);
  peer.type.as_coroutine = Guarded::copy(peer.coroutine);
  expect_drives(bench, &peer.type, "VER-3", "a table of the first version");
  expect_untouched(bench, "as_coroutine");
}

KIT_CHECK("skew-older-async", "as_async is read up to its struct_size.",
          Tier::core, {"VER-3"}, {"kit.relay"}) {
  PeerType &peer = kept<PeerType>(bench);
  peer.type.as_async = Guarded::copy(peer.async);
  expect_drives(bench, &peer.type, "VER-3", "a table of the first version");
  expect_untouched(bench, "as_async");
}

KIT_CHECK("skew-older-error", "as_error is read up to its struct_size.",
          Tier::core, {"VER-3"}, {"kit.rescue"}) {
  const baton_error_methods *table = Guarded::copy(error_table(bench));
  expect_handled(bench, error_of(bench, table), "VER-3", "the first version");
  expect_untouched(bench, "as_error");
}

KIT_CHECK("skew-newer-type", "A type that has grown is used as any other.",
          Tier::core, {"VER-1"}, {"kit.relay"}) {
  PeerType &peer = kept<PeerType>(bench);
  peer.type.struct_size = sizeof peer.type + sizeof peer.type_tail;
  peer.type.abi_minor = 99;
  expect_drives(bench, &peer.type, "VER-1", "a type of a newer minor");
}

KIT_CHECK("skew-newer-tables", "Tables that have grown are used as any other.",
          Tier::core, {"VER-1"}, {"kit.relay"}) {
  PeerType &peer = kept<PeerType>(bench);
  peer.async.struct_size = sizeof peer.async + sizeof peer.async_tail;
  peer.coroutine.struct_size =
      sizeof peer.coroutine + sizeof peer.coroutine_tail;
  expect_drives(bench, &peer.type, "VER-1", "tables of a newer minor");
}

KIT_CHECK("skew-newer-flags", "Unknown flags of the low half change nothing.",
          Tier::core, {"TYP-3"}, {"kit.relay"}) {
  PeerType &peer = kept<PeerType>(bench);
  peer.type.flags = 0xfffffffeu;
  expect_drives(bench, &peer.type, "TYP-3", "a type with unknown low flags");
}

KIT_CHECK("skew-reserved-of-type", "Reserved members of a type are ignored.",
          Tier::core, {"VER-7"}, {"kit.relay"}) {
  PeerType &peer = kept<PeerType>(bench);
  peer.type.reserved0 = reserved;
  peer.type.reserved1 = peer.type_tail;
  expect_drives(bench, &peer.type, "VER-7", "a type with reserved members set");
}

KIT_CHECK("skew-reserved-of-tables", "Reserved members of tables are ignored.",
          Tier::core, {"VER-7"}, {"kit.relay"}) {
  PeerType &peer = kept<PeerType>(bench);
  peer.async.reserved0 = reserved;
  peer.coroutine.reserved0 = reserved;
  expect_drives(bench, &peer.type, "VER-7", "tables with reserved members set");
}

KIT_CHECK("skew-reserved-of-error", "A reserved member of as_error is ignored.",
          Tier::core, {"VER-7"}, {"kit.rescue"}) {
  baton_error_methods &table = error_table(bench);
  table.reserved0 = reserved;
  expect_handled(bench, error_of(bench, &table), "VER-7",
                 "a table with a reserved member set");
}

KIT_CHECK("skew-error-kind-only",
          "An error that tells its kind and nothing else is an error.",
          Tier::core, {"TYP-5"}, {"kit.rescue"}) {
  baton_error_methods &table = error_table(bench);
  auto kind = table.kind;
  table = baton_error_methods{};
  table.struct_size = sizeof table;
  table.kind = kind;
  expect_handled(bench, error_of(bench, &table), "TYP-5",
                 "which only `kind` is known");
}

KIT_CHECK("skew-no-extensions",
          "A child that has no extension is driven as any other.", Tier::core,
          {"EXT-1"}, {"kit.relay"}) {
  PeerType &peer = kept<PeerType>(bench);
  peer.type.query = nullptr;
  expect_drives(bench, &peer.type, "EXT-1", "a type without query");
  peer.type.query = find_nothing;
  expect_drives(bench, &peer.type, "EXT-1", "a type that finds nothing");
}

KIT_CHECK("skew-two-descriptors",
          "Two descriptors of one kind are as good as one.", Tier::core,
          {"TYP-9"}, {"kit.relay"}) {
  PeerType &one = kept<PeerType>(bench);
  PeerType &other = kept<PeerType>(bench);
  expect_drives(bench, &one.type, "TYP-9", "a copy of a type");
  expect_drives(bench, &other.type, "TYP-9", "another copy of that type");
}

KIT_CHECK("skew-two-error-descriptors",
          "An error is one whatever the address of its type.", Tier::core,
          {"TYP-9"}, {"kit.rescue"}) {
  const baton_error_methods *table = &error_table(bench);
  expect_handled(bench, error_of(bench, table), "TYP-9", "a copy of a type");
  expect_handled(bench, error_of(bench, table), "TYP-9",
                 "another copy of that type");
}

}  // namespace kit
