/* SPDX-License-Identifier: MIT */
#include "layout.h"

#include <ffi.h>

#include <deque>
#include <map>
#include <stdexcept>

#include "types.h"

namespace kit {
namespace {

constexpr size_t max_size = 65536; /**< as of a descriptor (VER-1) */
constexpr size_t max_depth = 64;   /**< of structs in structs */

/** Types of libffi for the structs of a contract; kept as long as it lives. */
class Types {
 public:
  explicit Types(const Contract &contract) : contract_(contract) {}

  /** Made once, so that structs in structs do not multiply the work. */
  ffi_type *structure(const Struct &record) {
    const auto place = made_.emplace(record.name, nullptr);
    ffi_type *&type = place.first->second;
    if (place.second) type = make(record);
    if (!type) throw std::runtime_error(record.name + " contains itself");
    return type;
  }

 private:
  ffi_type *make(const Struct &record) {
    if (depth_ == max_depth) {
      throw std::runtime_error(record.name + " lies too deep in others");
    }
    depth_++;
    std::vector<ffi_type *> members;
    for (const Field &field : record.fields) members.push_back(member(field));
    depth_--;
    ffi_type *type = keep(std::move(members));
    const auto status = ffi_get_struct_offsets(FFI_DEFAULT_ABI, type, nullptr);
    if (record.fields.empty() || status != FFI_OK || type->size > max_size) {
      throw std::runtime_error(record.name + " has no size that can be");
    }
    return type;
  }

  ffi_type *member(const Field &field) {
    if (!field.members.empty()) return union_of(field);
    if (ffi_type *type = scalar_type(field.ctype, contract_)) return type;
    const Struct *inner = contract_.structure(field.ctype);
    if (!inner) {
      throw std::runtime_error("the type \"" + field.ctype +
                               "\" of a member has no known size");
    }
    return structure(*inner);
  }

  /** The widest member stands for a union: all of them are scalars. */
  ffi_type *union_of(const Field &field) {
    ffi_type *widest = nullptr;
    for (const Field &inner : field.members) {
      ffi_type *type = member(inner);
      if (!widest || type->size > widest->size) widest = type;
    }
    return widest;
  }

  ffi_type *keep(std::vector<ffi_type *> members) {
    members.push_back(nullptr);
    members_.push_back(std::move(members));
    types_.push_back({0, 0, FFI_TYPE_STRUCT, members_.back().data()});
    return &types_.back();
  }

  const Contract &contract_;
  std::map<std::string, ffi_type *> made_; /**< null: being made */
  std::deque<std::vector<ffi_type *>> members_;
  std::deque<ffi_type> types_;
  size_t depth_ = 0; /**< of those that are being made */
};

}  // namespace

Layout layout_of(const Contract &contract, const Struct &record) {
  Types types(contract);
  ffi_type *type = types.structure(record);
  Layout layout;
  layout.offsets.resize(record.fields.size());
  ffi_get_struct_offsets(FFI_DEFAULT_ABI, type, layout.offsets.data());
  layout.size = type->size;
  layout.alignment = type->alignment;
  return layout;
}

}  // namespace kit
