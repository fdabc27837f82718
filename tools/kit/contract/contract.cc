/* SPDX-License-Identifier: MIT */
#include "contract.h"

#include <algorithm>
#include <stdexcept>

#include "manifest_data.h"

namespace kit {

const Contract &Contract::golden() {
  static const Contract contract = [] {
    std::string error;
    auto found =
        read(baton_manifest_data.bytes, BATON_MANIFEST_DATA_SIZE, &error);
    if (!found) throw std::logic_error("the kit's own manifest: " + error);
    return *std::move(found);
  }();
  return contract;
}

const Slot *Contract::slot(const std::string &full_name) const {
  const auto dot = full_name.find('.');
  if (dot == std::string::npos) return nullptr;
  const auto found =
      std::find_if(slots.begin(), slots.end(), [&](const Slot &slot) {
        return full_name.compare(0, dot, slot.table) == 0 &&
               full_name.compare(dot + 1, std::string::npos, slot.name) == 0;
      });
  return found == slots.end() ? nullptr : &*found;
}

const Struct *Contract::structure(const std::string &struct_name) const {
  const auto found = std::find_if(
      structs.begin(), structs.end(),
      [&](const Struct &candidate) { return candidate.name == struct_name; });
  return found == structs.end() ? nullptr : &*found;
}

const Extension *Contract::extension(const std::string &extension_id) const {
  const auto found = std::find_if(
      extensions.begin(), extensions.end(),
      [&](const Extension &candidate) { return candidate.id == extension_id; });
  return found == extensions.end() ? nullptr : &*found;
}

}  // namespace kit
