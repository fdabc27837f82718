/* SPDX-License-Identifier: MIT */
#ifndef KIT_CONTRACT_H
#define KIT_CONTRACT_H

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

/** @file
 * A manifest, read: what the kit makes its calls and its comparisons from.
 */

namespace kit {

/** The numbers of the manifest: they may be others than are known here. */
enum : uint32_t { thread_driver = 1, thread_any = 2, thread_unless_affine = 3 };
enum : uint32_t { may_be_taken = 4, given = 5, lent = 6, given_or_lent = 7 };
enum : uint32_t { on_type = 1, on_provider = 2, on_context = 3 };

struct Parameter {
  std::string name, ctype;
  uint32_t ownership = 0;
};

struct Slot {
  uint32_t id = 0;
  std::string table, name; /**< "baton_coroutine_methods", "send" */
  std::string since, returns;
  std::vector<Parameter> parameters;
  bool may_be_null = false;
  uint32_t thread = 0;
};

struct Field {
  std::string name, ctype, since;
  bool reserved = false;
  std::vector<Field> members; /**< of a union */
};

struct Struct {
  std::string name, header, since;
  bool versioned = false;
  std::vector<Field> fields;
};

struct Requirement {
  std::string id, text;
  bool must = true;
  std::vector<std::string> checks; /**< "unit", "kit", ... */
};

struct Extension {
  std::string id, name, table;
  uint32_t found_with = 0; /**< on_type ... */
};

class Contract {
 public:
  /** The one that the kit was built with. */
  static const Contract &golden();

  /** Reads bytes from anyone. They are verified first (EXT-3): nothing in them
   * can crash the reader. @return nothing, and why in `error`. */
  static std::optional<Contract> read(const uint8_t *data, uint64_t size,
                                      std::string *error);

  std::string name, provider_symbol;
  uint16_t abi_major = 0, abi_minor = 0;
  uint64_t fingerprint = 0;
  std::vector<Struct> structs;
  std::vector<Slot> slots;
  std::vector<Slot> callbacks; /**< table and id are empty */
  std::vector<Requirement> requirements;
  std::vector<Extension> extensions;
  std::map<std::string, int64_t> constants; /**< of every group */

  /** "baton_coroutine_methods.send"; null if there is none. */
  const Slot *slot(const std::string &full_name) const;
  const Struct *structure(const std::string &name) const;
  /** By its id; null if there is none. */
  const Extension *extension(const std::string &id) const;
};

}  // namespace kit

#endif
