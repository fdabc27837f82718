/* SPDX-License-Identifier: MIT */
#include "embedded.h"

#include <baton/ext/manifest.h>

#include <cstddef>
#include <cstring>

#include "../load/memory.h"

namespace kit {
namespace {

constexpr uint64_t max_bytes = 8u << 20;

/** The table, copied as far as it reaches; "" or what is wrong with it. */
std::string copy_table(const void *address, baton_manifest *table) {
  const auto *given = static_cast<const baton_manifest *>(address);
  if (!is_readable(given, sizeof *given)) return "the table is no memory";
  *table = *given;
  if (table->struct_size < sizeof *table) {
    return "the table is too short: " + std::to_string(table->struct_size) +
           " bytes";
  }
  if (!table->data) return "there are no bytes";
  if (table->size > max_bytes) return "it is longer than 8 MiB";
  if (reinterpret_cast<uintptr_t>(table->data) % 8 != 0) {
    return "its bytes are not aligned to 8";
  }
  if (!is_readable(table->data, static_cast<size_t>(table->size))) {
    return "its bytes are no memory";
  }
  return "";
}

}  // namespace

Embedded embedded_manifest(const baton_provider *provider) {
  Embedded found;
  const void *address = nullptr;
  const size_t reach = offsetof(baton_provider, query) + sizeof(void *);
  if (provider->struct_size < reach || !provider->query) return found;
  const int32_t status =
      provider->query(provider, BATON_EXT_MANIFEST, &address);
  if (status != BATON_OK || !address) return found;
  found.found = true;
  baton_manifest table{};
  found.error = copy_table(address, &table);
  if (!found.error.empty()) return found;
  found.bytes.assign(table.data, table.data + table.size);
  found.contract =
      Contract::read(found.bytes.data(), found.bytes.size(), &found.error);
  return found;
}

}  // namespace kit
