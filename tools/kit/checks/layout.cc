/* SPDX-License-Identifier: MIT */
#include "layout.h"

#include <baton/ext/introspect.h>

#include <cstddef>
#include <cstring>

#include "../contract/utf8.h"
#include "../load/memory.h"
#include "../play/type.h"

/** @file
 * Descriptors and tables as the first that meets them sees them.
 */

namespace kit {
namespace {

std::string of(const Specimen &specimen) { return " of " + specimen.name; }

constexpr size_t first_size = offsetof(baton_type, query) + sizeof(void *);

void check_prefix(Bench &bench, const Specimen &specimen) {
  const baton_type *type = specimen.type();
  const auto expect = [&](bool holds, const std::string &what,
                          const std::string &came) {
    bench.expect(holds, "TYP-1", what + of(specimen), came);
  };
  expect(reinterpret_cast<uintptr_t>(type) % alignof(baton_type) == 0,
         "a descriptor that is aligned", "one that is not");
  expect(is_readable(type, BATON_TYPE_PREFIX_SIZE), "a descriptor",
         "an address that cannot be read");
  const size_t size =
      type->abi_minor < BATON_ABI_MINOR ? first_size : sizeof(baton_type);
  expect(type->struct_size >= size && type->struct_size <= 65536,
         "a descriptor of at least " + std::to_string(size) + " bytes",
         std::to_string(type->struct_size));
  expect(is_readable(type, type->struct_size),
         "a descriptor as long as it tells",
         std::to_string(type->struct_size) + " bytes are told");
  expect(type->magic == BATON_TYPE_MAGIC, "the magic in a descriptor",
         std::to_string(type->magic));
  expect(type->abi_major == BATON_ABI_MAJOR, "the version of the build",
         "major " + std::to_string(type->abi_major));
  expect(type->name && is_text(type->name), "a name", "null, or no text");
  expect(is_utf8(type->name), "a name in UTF-8", printable(type->name));
  const uint64_t known = BATON_TYPE_AFFINE;
  expect(type->abi_minor > BATON_ABI_MINOR || !(type->flags & ~known),
         "zero in unknown flags", std::to_string(type->flags & ~known));
  const baton_provider *provider = type->provider;
  expect(!provider || is_readable(provider, offsetof(baton_provider, name)),
         "a provider or null", "an address that is none");
}

/** A table with what must be in it: `least` bytes, and slots at these offsets.
 */
void check_table(Bench &bench, const Specimen &specimen, const void *table,
                 const std::string &name, size_t least,
                 const std::vector<size_t> &mandatory) {
  uint32_t size = 0;
  if (!table) return;
  bench.expect(is_readable(table, sizeof size), "TYP-5", name + of(specimen),
               "an address that cannot be read");
  std::memcpy(&size, table, sizeof size);
  bench.expect(size >= least && is_readable(table, size), "TYP-5",
               std::to_string(least) + " bytes of " + name + of(specimen),
               std::to_string(size));
  for (size_t offset : mandatory) {
    void *slot = nullptr;
    std::memcpy(&slot, static_cast<const char *>(table) + offset, sizeof slot);
    bench.expect(slot, "TYP-5", "the mandatory slots of " + name + of(specimen),
                 "null");
  }
}

#define KIT_AT(type, member) offsetof(type, member)
#define KIT_END(type, member) (offsetof(type, member) + sizeof(void *))

bool is_async_generator(const Specimen &specimen) {
  const baton_type *type = specimen.type();
  const char *object = static_cast<const char *>(specimen.value.payload.object);
  const void *link = object + type->as_link->link_offset;
  return is_readable(link, sizeof(baton_link)) &&
         static_cast<const baton_link *>(link)->kind ==
             BATON_KIND_ASYNC_GENERATOR;
}

}  // namespace

void check_mandatory(Bench &bench, const Specimen &specimen) {
  const baton_type *type = specimen.type();
  if (!is_readable(type, BATON_TYPE_PREFIX_SIZE)) return;
  if (!is_readable(type, type->struct_size)) return;
  bench.expect(type->struct_size < BATON_TYPE_PREFIX_SIZE ||
                   (type->retain && type->release),
               "TYP-5", "retain and release" + of(specimen), "null");
  if (type->struct_size < first_size) return;
  check_table(bench, specimen, type->as_async, "baton_async_methods",
              KIT_END(baton_async_methods, am_anext), {});
  check_table(bench, specimen, type->as_coroutine, "baton_coroutine_methods",
              KIT_END(baton_coroutine_methods, close),
              {KIT_AT(baton_coroutine_methods, send),
               KIT_AT(baton_coroutine_methods, throw_),
               KIT_AT(baton_coroutine_methods, close)});
  check_table(bench, specimen, type->as_link, "baton_link_methods",
              KIT_END(baton_link_methods, guard),
              {KIT_AT(baton_link_methods, resume)});
  check_table(bench, specimen, type->as_error, "baton_error_methods",
              KIT_END(baton_error_methods, add_frame),
              {KIT_AT(baton_error_methods, kind)});
  bench.expect(
      !type->as_link || type->as_coroutine || is_async_generator(specimen),
      "TYP-5", "as_coroutine beside as_link" + of(specimen), "null");
}

namespace {

void check_reserved(Bench &bench, const Specimen &specimen) {
  const baton_type *type = specimen.type();
  const auto expect_zero = [&](uint64_t reserved, const char *where) {
    bench.expect(reserved == 0, "VER-7",
                 std::string("zero in reserve in ") + where + of(specimen),
                 std::to_string(reserved));
  };
  const auto expect_zero_in = [&](const void *table, const char *where) {
    uint32_t words[2] = {};
    if (!table || !is_readable(table, sizeof words)) return;
    std::memcpy(words, table, sizeof words);
    expect_zero(words[1], where);
  };
  expect_zero(type->reserved0, "the descriptor");
  const void *reserved = KIT_MEMBER(type, baton_type, reserved1);
  expect_zero(reinterpret_cast<uintptr_t>(reserved), "the descriptor's end");
  expect_zero_in(async_of(type), "as_async");
  expect_zero_in(coroutine_of(type), "as_coroutine");
  expect_zero_in(error_of(type), "as_error");
}

}  // namespace

KIT_CHECK("layout-prefix", "A descriptor has the prefix of its version.",
          Tier::core, {"TYP-1"}, {}) {
  for_each_specimen(
      bench, [&](const Specimen &specimen) { check_prefix(bench, specimen); });
}

KIT_CHECK("layout-mandatory", "A descriptor has the mandatory slots.",
          Tier::core, {"TYP-5"}, {}) {
  for_each_specimen(bench, [&](const Specimen &specimen) {
    check_mandatory(bench, specimen);
  });
}

KIT_CHECK("layout-error", "An error has the mandatory slots.", Tier::core,
          {"TYP-5"}, {"kit.fail"}) {
  Subject made = bench.make("kit.fail", bench.i64(BATON_ERROR_VALUE),
                            bench.text("as asked"));
  const Step step = made.send();
  if (!step.out.is_object()) bench.skip("its error is a bare kind");
  check_mandatory(bench, Specimen{"the error of kit.fail", *step.out.get()});
}

KIT_CHECK("layout-reserved",
          "A descriptor and its tables have zero in reserved members.",
          Tier::core, {"VER-7"}, {}) {
  for_each_usable(bench, [&](const Specimen &specimen) {
    check_reserved(bench, specimen);
  });
}

}  // namespace kit
