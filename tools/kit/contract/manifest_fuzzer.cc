/* SPDX-License-Identifier: MIT */
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <vector>

#include "caller.h"
#include "contract.h"
#include "layout.h"
#include "manifest_data.h"

/** @file
 * Any bytes as a manifest: read, walked, and used as the kit would.
 *
 * The first byte chooses: plain bytes, or the kit's own manifest with these
 * bytes as changes to it, which come further than random ones do.
 */

namespace {

/** Changes of four bytes each: where (three), and what is added there. */
std::vector<uint64_t> changed(const uint8_t *changes, size_t count,
                              size_t *size) {
  *size = BATON_MANIFEST_DATA_SIZE;
  std::vector<uint64_t> words(*size / 8 + 1);
  uint8_t *bytes = reinterpret_cast<uint8_t *>(words.data());
  std::memcpy(bytes, baton_manifest_data.bytes, *size);
  for (size_t at = 0; at + 4 <= count; at += 4) {
    const size_t place = changes[at] |
                         static_cast<size_t>(changes[at + 1]) << 8 |
                         static_cast<size_t>(changes[at + 2]) << 16;
    uint8_t &byte = bytes[place % *size];
    byte = static_cast<uint8_t>(byte + changes[at + 3]);
  }
  return words;
}

std::vector<uint64_t> as_they_are(const uint8_t *data, size_t count,
                                  size_t *size) {
  *size = count;
  std::vector<uint64_t> words(count / 8 + 1);
  if (count) std::memcpy(words.data(), data, count);
  return words;
}

void walk(const kit::Contract &contract) {
  for (const kit::Struct &record : contract.structs) {
    if (contract.structure(record.name) != &record) std::abort();
    try {
      const kit::Layout layout = kit::layout_of(contract, record);
      if (layout.offsets.size() != record.fields.size()) std::abort();
    } catch (const std::runtime_error &) {
    }
  }
  for (const kit::Slot &slot : contract.slots) {
    try {
      kit::Signature(slot, contract);
    } catch (const std::runtime_error &) {
    }
  }
  for (const kit::Extension &extension : contract.extensions) {
    if (contract.extension(extension.id) != &extension) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t count) {
  if (count == 0) return 0;
  size_t size = 0;
  const std::vector<uint64_t> words =
      data[0] % 2 ? changed(data + 1, count - 1, &size)
                  : as_they_are(data + 1, count - 1, &size);
  std::string error;
  const auto contract = kit::Contract::read(
      reinterpret_cast<const uint8_t *>(words.data()), size, &error);
  if (contract.has_value() == !error.empty()) std::abort();
  if (contract) walk(*contract);
  return 0;
}
