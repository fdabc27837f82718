// SPDX-License-Identifier: MIT
#include "forged.h"
#include "guarded.h"

/** @file
 * Descriptors that do not pass the check of spec/versioning.md.
 */

namespace kit {
namespace {

/* Until what member a table is cut. */
#define KIT_UNTIL(type, member) static_cast<uint32_t>(offsetof(type, member))

/* Awaits what is no descriptor at all. */
void expect_no_descriptor(Bench &bench, const ForgedType &forged,
                          const char *requirement, const char *defect) {
  await_forged(bench, &forged.type, Allowed::nothing, requirement, defect);
}

/* Awaits what has a name and a release, and nothing else that counts. */
Step expect_unusable(Bench &bench, const ForgedType &forged,
                     const char *requirement, const char *defect) {
  return await_forged(bench, &forged.type, Allowed::release, requirement,
                      defect);
}

}  // namespace

KIT_CHECK("skew-type-misaligned", "A descriptor that is not aligned is none.",
          Tier::core, {"TYP-2"}, {"kit.relay"}) {
  ForgedType &forged = kept<ForgedType>(bench);
  static char memory[sizeof(baton_type) + 16];
  char *odd = memory + 1;
  std::memcpy(odd, &forged.type, sizeof forged.type);
  const baton_type *type;
  std::memcpy(&type, &odd, sizeof type);
  await_forged(bench, type, Allowed::nothing, "TYP-2",
               "a descriptor that is not aligned");
}

KIT_CHECK("skew-type-tiny", "A descriptor smaller than its prefix is none.",
          Tier::core, {"TYP-2"}, {"kit.relay"}) {
  ForgedType &forged = kept<ForgedType>(bench);
  forged.type.struct_size = BATON_TYPE_PREFIX_SIZE - 8;
  expect_no_descriptor(bench, forged, "TYP-2", "a descriptor without prefix");
}

KIT_CHECK("skew-type-huge", "A descriptor above 65536 bytes is none.",
          Tier::core, {"TYP-2"}, {"kit.relay"}) {
  ForgedType &forged = kept<ForgedType>(bench);
  forged.type.struct_size = 65544;
  expect_no_descriptor(bench, forged, "TYP-2",
                       "a descriptor that is too large");
}

KIT_CHECK("skew-type-magic", "A descriptor without the magic is none.",
          Tier::core, {"TYP-2"}, {"kit.relay"}) {
  ForgedType &forged = kept<ForgedType>(bench);
  forged.type.magic = BATON_PROVIDER_MAGIC;
  expect_no_descriptor(bench, forged, "TYP-2", "a descriptor without magic");
}

KIT_CHECK("skew-type-other-major",
          "Of a descriptor of another major name and release are used.",
          Tier::core, {"VER-5"}, {"kit.relay"}) {
  need_adoption(bench);
  ForgedType &forged = kept<ForgedType>(bench);
  forged.type.abi_major = BATON_ABI_MAJOR + 1;
  expect_unusable(bench, forged, "VER-5", "a type of another major");
}

KIT_CHECK("skew-type-other-major-prefix",
          "Of a descriptor of another major nothing behind the prefix is read.",
          Tier::core, {"VER-5"}, {"kit.relay"}) {
  need_adoption(bench);
  ForgedType &forged = kept<ForgedType>(bench);
  forged.type.abi_major = BATON_ABI_MAJOR + 1;
  forged.type.struct_size = BATON_TYPE_PREFIX_SIZE;
  const baton_type *type = Guarded::copy(forged.type, BATON_TYPE_PREFIX_SIZE);
  await_forged(bench, type, Allowed::release, "VER-5",
               "a type of another major");
  bench.expect(!Guarded::touched(), "VER-5",
               "nothing is read behind the prefix of another major", "it was");
}

KIT_CHECK("skew-type-no-retain", "A descriptor without retain is not used.",
          Tier::core, {"TYP-2"}, {"kit.relay"}) {
  ForgedType &forged = kept<ForgedType>(bench);
  forged.type.retain = nullptr;
  expect_unusable(bench, forged, "TYP-2", "a type without retain");
}

KIT_CHECK("skew-type-no-release", "A descriptor without release is not used.",
          Tier::core, {"TYP-2"}, {"kit.relay"}) {
  ForgedType &forged = kept<ForgedType>(bench);
  forged.type.release = nullptr;
  expect_no_descriptor(bench, forged, "TYP-2", "a type without release");
}

KIT_CHECK("skew-type-no-name", "A descriptor without a name is not used.",
          Tier::core, {"TYP-2"}, {"kit.relay"}) {
  ForgedType &forged = kept<ForgedType>(bench);
  forged.type.name = nullptr;
  expect_unusable(bench, forged, "TYP-2", "a type without a name");
}

KIT_CHECK("skew-type-short", "A descriptor that ends before query is not used.",
          Tier::core, {"TYP-2"}, {"kit.relay"}) {
  ForgedType &forged = kept<ForgedType>(bench);
  forged.type.struct_size = KIT_UNTIL(baton_type, query);
  expect_unusable(bench, forged, "TYP-2", "a type that ends before query");
}

KIT_CHECK("skew-suite-short", "A suite that misses slots is not used.",
          Tier::core, {"TYP-2"}, {"kit.relay"}) {
  ForgedType &coroutine = kept<ForgedType>(bench);
  ForgedType &async = kept<ForgedType>(bench);
  ForgedType &link = kept<ForgedType>(bench);
  ForgedType &error = kept<ForgedType>(bench);
  coroutine.coroutine.struct_size = KIT_UNTIL(baton_coroutine_methods, close);
  expect_unusable(bench, coroutine, "TYP-2", "an as_coroutine without close");
  async.async.struct_size = KIT_UNTIL(baton_async_methods, am_anext);
  expect_unusable(bench, async, "TYP-2", "an as_async without am_anext");
  link.link.struct_size = KIT_UNTIL(baton_link_methods, guard);
  link.type.as_link = &link.link;
  expect_unusable(bench, link, "TYP-2", "an as_link without guard");
  error.error.struct_size = KIT_UNTIL(baton_error_methods, add_frame);
  error.type.as_error = &error.error;
  expect_unusable(bench, error, "TYP-2", "an as_error without add_frame");
}

KIT_CHECK("skew-suite-null", "A suite without a mandatory slot is not used.",
          Tier::core, {"TYP-2"}, {"kit.relay"}) {
  ForgedType &send = kept<ForgedType>(bench);
  ForgedType &throw_ = kept<ForgedType>(bench);
  ForgedType &close = kept<ForgedType>(bench);
  ForgedType &resume = kept<ForgedType>(bench);
  ForgedType &kind = kept<ForgedType>(bench);
  send.coroutine.send = nullptr;
  expect_unusable(bench, send, "TYP-2", "an as_coroutine whose send is null");
  throw_.coroutine.throw_ = nullptr;
  expect_unusable(bench, throw_, "TYP-2",
                  "an as_coroutine whose throw is null");
  close.coroutine.close = nullptr;
  expect_unusable(bench, close, "TYP-2", "an as_coroutine whose close is null");
  resume.link.resume = nullptr;
  resume.type.as_link = &resume.link;
  expect_unusable(bench, resume, "TYP-2", "an as_link whose resume is null");
  kind.error.kind = nullptr;
  kind.type.as_error = &kind.error;
  expect_unusable(bench, kind, "TYP-2", "an as_error whose kind is null");
}

KIT_CHECK("skew-handle-magic", "The handle that am_await gives is checked too.",
          Tier::core, {"TYP-2"}, {"kit.relay"}) {
  ForgedType &forged = kept<ForgedType>(bench);
  forged.type.struct_size = KIT_UNTIL(baton_type, query);
  Forged *object = bench.ledger.make<Forged>();
  const baton_type *type = &forged.type;
  PlayedAwaitable given = play_awaitable(bench.ledger, [=](baton_value *out) {
    out->head.type = type;
    out->payload.object = static_cast<Thing *>(object);
    return BATON_OWNED;
  });
  Step step = outcome(bench, std::move(given.value));
  bench.expect(object->called().empty(), "TYP-2",
               "nothing but release is called of an unusable handle",
               object->called());
  expect_fails(bench, step, BATON_ERROR_TYPE, nullptr, "TYP-2",
               "for a handle that cannot be used");
}

KIT_CHECK("skew-order-size", "Its size is looked at before its version.",
          Tier::core, {"VER-1"}, {"kit.relay"}) {
  need_adoption(bench);
  ForgedType &forged = kept<ForgedType>(bench);
  forged.type.struct_size = BATON_TYPE_PREFIX_SIZE - 8;
  forged.type.abi_major = BATON_ABI_MAJOR + 1;
  expect_no_descriptor(bench, forged, "VER-1",
                       "what is too small, and of another major");
}

KIT_CHECK("skew-order-magic", "Its magic is looked at before its version.",
          Tier::core, {"VER-1"}, {"kit.relay"}) {
  need_adoption(bench);
  ForgedType &forged = kept<ForgedType>(bench);
  forged.type.magic = 0;
  forged.type.abi_major = BATON_ABI_MAJOR + 1;
  expect_no_descriptor(bench, forged, "VER-1",
                       "what has no magic, and another major");
}

KIT_CHECK("skew-order-flags", "Its flags are looked at before its suites.",
          Tier::core, {"VER-1"}, {"kit.relay"}) {
  need_adoption(bench);
  ForgedType &forged = kept<ForgedType>(bench);
  forged.type.flags = uint64_t{1} << 63;
  forged.type.struct_size = BATON_TYPE_PREFIX_SIZE;
  const baton_type *type = Guarded::copy(forged.type, BATON_TYPE_PREFIX_SIZE);
  await_forged(bench, type, Allowed::release, "VER-1",
               "what has a critical flag, and no suites");
  bench.expect(!Guarded::touched(), "VER-1",
               "nothing is read behind the prefix of such a type", "it was");
}

KIT_CHECK("skew-names-type", "The error names the type that broke a rule.",
          Tier::core, {"VER-1"}, {"kit.relay"}) {
  need_adoption(bench);
  ForgedType &forged = kept<ForgedType>(bench);
  forged.type.name = "odd-one";
  forged.type.abi_major = BATON_ABI_MAJOR + 1;
  Step step =
      expect_unusable(bench, forged, "VER-5", "a type of another major");
  if (step.status != BATON_ERROR) return; /* a refusal has no words */
  bench.expect(step.out.error_message().find("odd-one") != std::string::npos,
               "VER-1", "an error that names odd-one", step.out.text());
}

}  // namespace kit
