/* SPDX-License-Identifier: MIT */
#include <cstddef>
#include <set>

#include "../contract/layout.h"
#include "../contract/utf8.h"
#include "../load/memory.h"
#include "../play/type.h"
#include "common.h"

/** @file
 * The entry, the struct that it gives, and its exports.
 */

namespace kit {
namespace {

/** What the kit's own version has, or less if the library is older. */
size_t expected_size(const baton_provider *provider, const char *name,
                     size_t size) {
  const Layout layout =
      layout_of(Contract::golden(), *Contract::golden().structure(name));
  return provider->abi_minor < BATON_ABI_MINOR ? size : layout.size;
}

void expect_text(Bench &bench, const char *text, const std::string &what) {
  bench.expect(text && is_text(text), "PRV-2", what + " that is terminated",
               text ? "an address that is no text" : "null");
  bench.expect(is_utf8(text), "PRV-2", what + " in UTF-8", printable(text));
}

std::vector<uint8_t> bytes_of(const void *from, size_t size) {
  const auto *bytes = static_cast<const uint8_t *>(from);
  if (!is_readable(from, size)) return {};
  return std::vector<uint8_t>(bytes, bytes + size);
}

/** Name, version and language, as far as they can be read. */
std::string texts_of(const baton_provider *provider) {
  std::string told;
  for (const char *text :
       {provider->name, provider->version, provider->language}) {
    if (text && is_text(text))
      told += (told.empty() ? "" : " ") + printable(text);
  }
  return told;
}

std::string number(uint64_t index) { return "export " + std::to_string(index); }

/** Those that are there at all; another check finds the others. */
std::vector<const baton_export *> readable_exports(Bench &bench) {
  const baton_provider *provider = bench.library.provider();
  const size_t least = offsetof(baton_export, create) + sizeof(void *);
  if (provider->struct_size < sizeof *provider) {
    bench.skip("the provider's struct is too short");
  }
  std::vector<const baton_export *> found;
  for (uint64_t at = 0; at < provider->export_count; at++) {
    if (!is_readable(provider->exports + at, sizeof(void *))) break;
    const baton_export *one = provider->exports[at];
    if (is_readable(one, least) && one->struct_size >= least) {
      found.push_back(one);
    }
  }
  return found;
}

}  // namespace

KIT_CHECK("provider-entry",
          "The entry gives the same struct at every call, on every thread.",
          Tier::core, {"PRV-2"}, {}) {
  const baton_provider *first = bench.library.provider();
  const auto before = bytes_of(first, first->struct_size);
  const std::string told = texts_of(first);
  const auto expect_same = [&](const char *when) {
    const baton_provider *again = bench.library.entry()();
    bench.expect(again == first, "PRV-2",
                 std::string("the same address ") + when, "another one");
    bench.expect(bytes_of(again, first->struct_size) == before, "PRV-2",
                 std::string("the same bytes ") + when, "other ones");
    bench.expect(texts_of(again) == told, "PRV-2", told + " " + when,
                 texts_of(again));
  };
  const std::string written = written_by([&] { bench.library.entry()(); });
  bench.expect(written.empty(), "PRV-2", "that the entry writes nothing",
               printable(written.c_str()));
  for (int turn = 0; turn < 3; turn++) expect_same("at the next call");
  on_thread([&] { expect_same("on another thread"); });
}

KIT_CHECK("provider-struct", "The provider's struct is filled.", Tier::core,
          {"PRV-2"}, {}) {
  const baton_provider *provider = bench.library.provider();
  const size_t size =
      expected_size(provider, "baton_provider",
                    offsetof(baton_provider, query) + sizeof(void *));
  bench.expect(provider->struct_size >= size, "PRV-2",
               "at least " + std::to_string(size) + " bytes of provider",
               std::to_string(provider->struct_size));
  bench.expect(is_readable(provider, provider->struct_size), "PRV-2",
               "a struct as long as it tells",
               std::to_string(provider->struct_size) + " are told");
  expect_text(bench, provider->name, "a name of the provider");
  expect_text(bench, provider->version, "a version of the library");
  expect_text(bench, provider->language, "a name of its language");
  bench.expect(provider->name[0] != 0, "PRV-2", "a name of the provider",
               "an empty text");
  bench.expect(provider->export_count == 0 ||
                   is_readable(provider->exports, sizeof(void *)),
               "PRV-2", "an array of exports", "an address that is none");
}

KIT_CHECK("provider-exports",
          "Each export is filled, and has a name of its own.", Tier::core,
          {"PRV-2"}, {}) {
  const baton_provider *provider = bench.library.provider();
  if (provider->struct_size < sizeof *provider) {
    bench.skip("the provider's struct is too short");
  }
  const size_t least = offsetof(baton_export, create) + sizeof(void *);
  std::set<std::string> names;
  for (uint64_t at = 0; at < provider->export_count; at++) {
    bench.expect(is_readable(provider->exports + at, sizeof(void *)), "PRV-2",
                 std::to_string(provider->export_count) + " exports",
                 "an array that ends at " + number(at));
    const baton_export *one = provider->exports[at];
    bench.expect(one && is_readable(one, sizeof one->struct_size), "PRV-2",
                 number(at) + " that is there", one ? "no memory" : "null");
    bench.expect(
        one->struct_size >= least && is_readable(one, least), "PRV-2",
        "at least " + std::to_string(least) + " bytes of " + number(at),
        std::to_string(one->struct_size));
    expect_text(bench, one->name, "a name of " + number(at));
    expect_text(bench, one->summary, std::string("a summary of ") + one->name);
    bench.expect(one->create, "PRV-2",
                 std::string("a slot create of ") + one->name, "null");
    bench.expect(names.insert(one->name).second, "PRV-2",
                 "names that are unique", printable(one->name) + " twice");
  }
}

KIT_CHECK("provider-reserved",
          "Reserved members of the provider and of its exports are zero.",
          Tier::core, {"VER-7"}, {}) {
  const baton_provider *provider = bench.library.provider();
  bench.expect(provider->reserved0 == 0, "VER-7",
               "zero in reserved0 of the provider",
               std::to_string(provider->reserved0));
  const void *reserved = KIT_MEMBER(provider, baton_provider, reserved1);
  bench.expect(!reserved, "VER-7", "null in reserved1 of the provider",
               "an address");
  for (const baton_export *one : readable_exports(bench)) {
    bench.expect(one->reserved0 == 0, "VER-7", "zero in reserved0 of an export",
                 std::to_string(one->reserved0));
  }
}

}  // namespace kit
