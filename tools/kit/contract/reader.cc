/* SPDX-License-Identifier: MIT */
#include <cstring>
#include <set>
#include <stdexcept>

#include "contract.h"
#include "manifest_generated.h"
#include "utf8.h"

/** @file
 * From bytes to a Contract.
 *
 * The verifier makes every offset safe to follow. It does not stop a small file
 * from naming one long string a million times, nor from saying what cannot be:
 * the rest is refused here.
 */

namespace kit {
namespace {

namespace fb = flatbuffers;

constexpr uint64_t max_bytes = 8u << 20;
constexpr size_t max_text = 16u << 20; /**< of all strings, unfolded */
constexpr fb::uoffset_t max_depth = 16;
constexpr fb::uoffset_t max_tables = 200000;

struct Refused : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class Reader {
 public:
  Contract contract(const baton::abi::Manifest &from) {
    Contract to;
    to.name = text(from.name());
    to.provider_symbol = text(from.provider_symbol());
    to.abi_major = from.abi_major();
    to.abi_minor = from.abi_minor();
    to.fingerprint = from.fingerprint();
    to.structs = all(from.structs(), &Reader::structure);
    to.slots = all(from.slots(), &Reader::slot);
    to.callbacks = all(from.callbacks(), &Reader::callback);
    to.requirements = all(from.requirements(), &Reader::requirement);
    to.extensions = all(from.extensions(), &Reader::extension);
    for (const auto *group :
         {from.statuses(), from.answers(), from.refusals(), from.states(),
          from.kinds(), from.operations(), from.tags(), from.error_kinds(),
          from.magics(), from.limits()}) {
      add_constants(to, group);
    }
    add_flags(to, from.flags());
    return to;
  }

 private:
  std::string text(const fb::String *from) {
    if (!from) return "";
    if (from->size() > max_text - text_read_) {
      throw Refused("its strings are more than 16 MiB in all");
    }
    text_read_ += from->size();
    std::string to = from->str();
    if (!is_printable_utf8(to)) {
      throw Refused("a string is not UTF-8, or has control characters");
    }
    return to;
  }

  template <typename From, typename To>
  std::vector<To> all(const fb::Vector<fb::Offset<From>> *from,
                      To (Reader::*read)(const From &)) {
    std::vector<To> to;
    if (!from) return to;
    for (const From *item : *from) to.push_back((this->*read)(*item));
    return to;
  }

  Field field(const baton::abi::Field &from) {
    return {text(from.name()), text(from.ctype()), text(from.since()),
            from.reserved(), all(from.members(), &Reader::field)};
  }

  Struct structure(const baton::abi::Struct &from) {
    return {text(from.name()), text(from.header()), text(from.since()),
            from.versioned(), all(from.fields(), &Reader::field)};
  }

  Parameter parameter(const baton::abi::Parameter &from) {
    return {text(from.name()), text(from.ctype()),
            static_cast<uint32_t>(from.ownership())};
  }

  Slot slot(const baton::abi::Slot &from) {
    Slot to;
    to.id = from.id();
    to.table = text(from.table());
    to.name = text(from.name());
    to.since = text(from.since());
    to.returns = text(from.returns());
    to.parameters = all(from.parameters(), &Reader::parameter);
    to.may_be_null = from.may_be_null();
    to.thread = static_cast<uint32_t>(from.thread());
    return to;
  }

  Slot callback(const baton::abi::Callback &from) {
    Slot to;
    to.name = text(from.name());
    to.since = text(from.since());
    to.returns = text(from.returns());
    to.parameters = all(from.parameters(), &Reader::parameter);
    return to;
  }

  /** A level that is not said, or not known, is the stronger one. */
  Requirement requirement(const baton::abi::Requirement &from) {
    Requirement to;
    to.id = text(from.id());
    to.text = text(from.text());
    to.must = from.level() != baton::abi::Level::SHOULD;
    if (from.checks()) {
      for (const auto *check : *from.checks()) {
        to.checks.push_back(text(check));
      }
    }
    return to;
  }

  Extension extension(const baton::abi::Extension &from) {
    return {text(from.id()), text(from.name()), text(from.table()),
            static_cast<uint32_t>(from.found_with())};
  }

  void add_constants(Contract &to,
                     const fb::Vector<fb::Offset<baton::abi::Constant>> *from) {
    if (!from) return;
    for (const auto *item : *from) {
      to.constants[text(item->name())] = item->value();
    }
  }

  void add_flags(Contract &to,
                 const fb::Vector<fb::Offset<baton::abi::Flag>> *from) {
    if (!from) return;
    for (const auto *item : *from) {
      to.constants[text(item->name())] = static_cast<int64_t>(item->mask());
    }
  }

  size_t text_read_ = 0;
};

/** What is looked up by name stands there once, under a name. */
void expect_once(std::set<std::string> &seen, const char *what,
                 const std::string &name) {
  if (name.empty()) throw Refused(std::string(what) + " has no name");
  if (!seen.insert(name).second) {
    throw Refused(std::string(what) + " " + name + " stands there twice");
  }
}

void expect_unique_names(const Contract &contract) {
  std::set<std::string> structs, slots, requirements, extensions;
  for (const Struct &item : contract.structs) {
    expect_once(structs, "the struct", item.name);
    std::set<std::string> fields;
    for (const Field &field : item.fields) {
      expect_once(fields, "a member of a struct", field.name);
    }
  }
  for (const Slot &item : contract.slots) {
    if (item.table.empty() || item.name.empty()) {
      throw Refused("a slot has no name, or no table");
    }
    expect_once(slots, "the slot", item.table + "." + item.name);
  }
  for (const Requirement &item : contract.requirements) {
    expect_once(requirements, "the requirement", item.id);
  }
  for (const Extension &item : contract.extensions) {
    expect_once(extensions, "the extension", item.id);
  }
}

void expect_verified(const uint8_t *data, uint64_t size) {
  if (!data) throw Refused("there are no bytes");
  if (size < 8) throw Refused("it is shorter than 8 bytes");
  if (size > max_bytes) throw Refused("it is longer than 8 MiB");
  if (reinterpret_cast<uintptr_t>(data) % 8 != 0) {
    throw Refused("it is not aligned to 8");
  }
  if (std::memcmp(data + 4, baton::abi::ManifestIdentifier(), 4) != 0) {
    throw Refused("it does not begin as a manifest: no identifier BATN");
  }
  fb::Verifier verifier(data, static_cast<size_t>(size), max_depth, max_tables);
  if (!baton::abi::VerifyManifestBuffer(verifier)) {
    throw Refused("its bytes are not a valid manifest");
  }
}

}  // namespace

std::optional<Contract> Contract::read(const uint8_t *data, uint64_t size,
                                       std::string *error) {
  try {
    expect_verified(data, size);
    Contract found = Reader().contract(*baton::abi::GetManifest(data));
    expect_unique_names(found);
    return found;
  } catch (const Refused &refused) {
    if (error) *error = refused.what();
    return std::nullopt;
  }
}

}  // namespace kit
