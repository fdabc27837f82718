/* SPDX-License-Identifier: MIT */
#include <baton/ext/manifest.h>

#include <stdexcept>

#include "../contract/caller.h"
#include "../contract/compare.h"
#include "../contract/embedded.h"
#include "common.h"

/** @file
 * The manifest that the library carries, as bytes from anyone.
 */

namespace kit {
namespace {

/** Skips where the library carries none. */
Embedded embedded(Bench &bench) {
  Embedded found = embedded_manifest(bench.library.provider());
  if (!found.found) bench.skip("the library carries no baton.manifest/1");
  return found;
}

/** Skips what cannot be read too: another check tells that. */
Contract readable_manifest(Bench &bench) {
  Embedded found = embedded(bench);
  if (!found.contract) bench.skip("its manifest cannot be read");
  return *std::move(found.contract);
}

std::string version(uint16_t major, uint16_t minor) {
  return std::to_string(major) + "." + std::to_string(minor);
}

bool is_of_the_contract(const std::string &id) {
  return id.compare(0, 6, "baton.") == 0;
}

const char digits[] = "0123456789";
const char letters[] =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";

/** "org.example.name/1": labels, of which the first is a domain's, and then a
 * number. */
bool is_reversed_domain(const std::string &id) {
  const size_t slash = id.find('/'), dot = id.find('.');
  if (slash == std::string::npos || dot == 0 || dot > slash) return false;
  const std::string name = id.substr(0, slash);
  const std::string revision = id.substr(slash + 1);
  return name.find_first_not_of(letters) == std::string::npos &&
         !revision.empty() &&
         revision.find_first_not_of(digits) == std::string::npos;
}

}  // namespace

KIT_CHECK("manifest-bytes", "The embedded manifest passes verification.",
          Tier::introspection, {"EXT-3"}, {}) {
  const Embedded found = embedded(bench);
  bench.expect(found.error.empty(), "EXT-3", "a manifest that can be verified",
               found.error);
}

KIT_CHECK("manifest-version",
          "The embedded manifest is of the version that the library tells.",
          Tier::introspection, {"PRV-2"}, {}) {
  const Contract found = readable_manifest(bench);
  const baton_provider *provider = bench.library.provider();
  const std::string told = version(provider->abi_major, provider->abi_minor);
  bench.expect(version(found.abi_major, found.abi_minor) == told, "PRV-2",
               "a manifest of version " + told + ", as the provider tells",
               version(found.abi_major, found.abi_minor));
  bench.expect(found.provider_symbol == BATON_PROVIDER_SYMBOL, "PRV-2",
               "a manifest that names the symbol " BATON_PROVIDER_SYMBOL,
               found.provider_symbol);
}

KIT_CHECK("manifest-contract",
          "The embedded manifest describes the contract that the kit knows.",
          Tier::introspection, {"VER-4"}, {}) {
  const Contract found = readable_manifest(bench);
  const Contract &golden = Contract::golden();
  const bool same_version = found.abi_major == golden.abi_major &&
                            found.abi_minor == golden.abi_minor;
  if (same_version && found.fingerprint == golden.fingerprint) return;
  const std::vector<std::string> lines = differences(golden, found);
  bench.expect(lines.empty(), "VER-4",
               "what is described at its place, as in version " +
                   version(golden.abi_major, golden.abi_minor),
               lines.empty() ? "" : lines[0]);
}

KIT_CHECK("manifest-extensions",
          "Extensions of others have ids of others, and slots that can be "
          "called.",
          Tier::introspection, {"EXT-2"}, {}) {
  const Contract found = readable_manifest(bench);
  for (const Extension &extension : found.extensions) {
    if (Contract::golden().extension(extension.id)) continue;
    if (is_of_the_contract(extension.id)) continue; /* of a newer contract */
    bench.expect(is_reversed_domain(extension.id), "EXT-2",
                 "a reversed domain name and a revision", extension.id);
  }
  for (const Slot &slot : found.slots) {
    try {
      signature(found, slot.table + "." + slot.name);
    } catch (const std::runtime_error &error) {
      bench.fail("EXT-2", "slots of types that can cross", error.what());
    }
  }
}

KIT_CHECK("manifest-reserved", "The table of the manifest has zero in reserve.",
          Tier::introspection, {"VER-7"}, {}) {
  if (!embedded(bench).error.empty())
    bench.skip("its manifest is not readable");
  const baton_provider *provider = bench.library.provider();
  const void *table = nullptr;
  provider->query(provider, BATON_EXT_MANIFEST, &table);
  const uint32_t reserved =
      static_cast<const baton_manifest *>(table)->reserved0;
  bench.expect(reserved == 0, "VER-7",
               "zero in reserved0 of the manifest table",
               std::to_string(reserved));
}

}  // namespace kit
