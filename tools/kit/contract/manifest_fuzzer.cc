/* SPDX-License-Identifier: MIT */
#include <cstdlib>
#include <stdexcept>

#include "caller.h"
#include "contract.h"
#include "layout.h"

/** @file
 * libFuzzer: any bytes as a manifest are read, and what is read is walked and
 * used as the kit would.
 *
 * It starts from manifests that are small, so that a change of some bytes is
 * likely to matter, and a million of them take seconds.
 */

namespace {

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

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t count);

/** libFuzzer's copy has exactly these bytes and is aligned as memory of new is;
 * anything else is refused, and nothing would be tried. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t count) {
  if (reinterpret_cast<uintptr_t>(data) % 8 != 0) std::abort();
  std::string error;
  const auto contract = kit::Contract::read(data, count, &error);
  if (contract.has_value() == !error.empty()) std::abort();
  if (contract) walk(*contract);
  return 0;
}
