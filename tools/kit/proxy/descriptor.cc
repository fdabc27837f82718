/* SPDX-License-Identifier: MIT */
#include "descriptor.h"

#include <algorithm>
#include <cstring>
#include <stdexcept>

#include "../contract/layout.h"
#include "../load/memory.h"
#include "../play/type.h"
#include "object.h"
#include "thunk.h"

namespace kit {
namespace {

std::mutex registry_mutex;
std::map<const baton_type *, Descriptor *> &registry() {
  static std::map<const baton_type *, Descriptor *> made;
  return made;
}

/** What lies at an address that holds a pointer. */
void *pointer_at(const void *place) {
  void *pointer;
  std::memcpy(&pointer, place, sizeof pointer);
  return pointer;
}

/** "baton_async_methods" of "const baton_async_methods *". */
std::string pointee(const std::string &ctype) {
  const std::string start = "const ", end = " *";
  if (ctype.size() < start.size() + end.size()) return "";
  if (ctype.compare(0, start.size(), start) != 0) return "";
  return ctype.substr(start.size(), ctype.size() - start.size() - end.size());
}

bool is_suite(const Contract &contract, const Struct *record) {
  if (!record) return false;
  for (const Field &field : record->fields) {
    const Slot *slot = contract.slot(record->name + "." + field.name);
    if (slot && takes_self(*slot)) return true;
  }
  return false;
}

int32_t enter_closure(void *owner, void **arguments) {
  return enter(*static_cast<const Entry *>(owner), arguments);
}

/** As large as the table says, and no larger than the contract knows. */
size_t size_of(const Struct &record, const Layout &layout, const void *inner) {
  uint32_t told = 0;
  if (!record.versioned) return layout.size;
  if (!is_readable(inner, sizeof told)) return 0;
  std::memcpy(&told, inner, sizeof told);
  return std::min<size_t>(told, layout.size);
}

std::vector<uint8_t> bytes_of(const baton_type *type) {
  std::vector<uint8_t> image(type->struct_size);
  if (!is_readable(type, image.size())) return {};
  std::memcpy(image.data(), type, image.size());
  return image;
}

}  // namespace

Descriptor::Descriptor(const Contract &contract, const baton_type *inner,
                       Side side, Means means)
    : contract_(contract),
      inner_(inner),
      side_(side),
      means_(means),
      image_(bytes_of(inner)) {
  type_ = static_cast<baton_type *>(
      table(*contract.structure("baton_type"), inner));
  std::lock_guard<std::mutex> guard(registry_mutex);
  registry()[type_] = this;
}

Descriptor::~Descriptor() {
  std::lock_guard<std::mutex> guard(registry_mutex);
  registry().erase(type_);
}

Descriptor *Descriptor::of(const baton_type *type) {
  std::lock_guard<std::mutex> guard(registry_mutex);
  const auto found = registry().find(type);
  return found == registry().end() ? nullptr : found->second;
}

bool Descriptor::is_current() const { return image_ == bytes_of(inner_); }

/** Copies what is there of the table, and puts functions of the proxy in the
 * place of its slots. Null if it cannot be read. */
void *Descriptor::table(const Struct &record, const void *inner) {
  const Layout layout = layout_of(contract_, record);
  const size_t size = size_of(record, layout, inner);
  if (size == 0 || !is_readable(inner, size)) return nullptr;
  auto memory = std::make_unique<uint64_t[]>(layout.size / 8 + 1);
  uint8_t *bytes = reinterpret_cast<uint8_t *>(memory.get());
  std::memcpy(bytes, inner, size);
  if (record.versioned) {
    const uint32_t told = static_cast<uint32_t>(size);
    std::memcpy(bytes, &told, sizeof told);
  }
  for (size_t at = 0; at < record.fields.size(); at++) {
    const Field &field = record.fields[at];
    uint8_t *place = bytes + layout.offsets[at];
    if (layout.offsets[at] + sizeof(void *) > size) break;
    if (field.ctype == "slot") {
      fill_slot(record, field, place);
    } else if (field.ctype.find('*') != std::string::npos) {
      fill_suite(field, place);
    }
  }
  tables_.push_back(std::move(memory));
  return bytes;
}

/** A slot that is null stays null; one that takes no `self` stays as it is. */
void Descriptor::fill_slot(const Struct &record, const Field &field,
                           void *place) {
  void *inner = pointer_at(place);
  const Slot *slot = contract_.slot(record.name + "." + field.name);
  if (!inner || !slot || !takes_self(*slot)) return;
  auto entry = std::make_unique<Entry>(
      Entry{this, Plan(contract_, *slot), inner, nullptr});
  void *code = code_for(*entry);
  std::memcpy(place, &code, sizeof code);
  entries_.push_back(std::move(entry));
}

/** A function that enters this entry; @throws std::runtime_error. */
void *Descriptor::code_for(Entry &entry) {
  const Signature &signature = *entry.plan.signature;
  if (means_ == Means::closures) {
    entry.closure = std::make_unique<Closure>(signature, enter_closure, &entry);
    return entry.closure->code();
  }
  auto &given = by_thunk_[signature.arity()];
  void *code = thunk_for(signature, given.size());
  given.push_back(&entry);
  return code;
}

/** The link level is not stood for: a driver of links writes into the object.
 */
void Descriptor::fill_suite(const Field &field, void *place) {
  const Struct *suite = contract_.structure(pointee(field.ctype));
  void *inner = pointer_at(place);
  if (!inner || !is_suite(contract_, suite)) return;
  const bool link = suite->name == "baton_link_methods";
  void *made = link ? nullptr : table(*suite, inner);
  std::memcpy(place, &made, sizeof made);
}

const void *Descriptor::extension(const std::string &id, const void *inner) {
  const Extension *known = contract_.extension(id);
  if (!known || known->found_with != on_type) return nullptr;
  const Struct *record = contract_.structure(known->table);
  if (!is_suite(contract_, record)) return nullptr;
  std::lock_guard<std::mutex> guard(mutex_);
  const auto found = extensions_.find(id);
  if (found != extensions_.end()) return found->second;
  void *&made = extensions_[id];
  try {
    made = table(*record, inner);
  } catch (const std::runtime_error &error) {
    refused_[id] = error.what();
  }
  return made;
}

std::string Descriptor::refused(const std::string &id) const {
  std::lock_guard<std::mutex> guard(mutex_);
  const auto found = refused_.find(id);
  return found == refused_.end() ? "" : found->second;
}

bool Descriptor::same_answer(const std::string &id, int32_t status,
                             const void *table) {
  std::lock_guard<std::mutex> guard(mutex_);
  const auto answer = std::make_pair(status, table);
  return answers_.emplace(id, answer).first->second == answer;
}

Proxy *Descriptor::find(const void *payload) const {
  std::lock_guard<std::mutex> guard(mutex_);
  if (!objects_.count(payload)) return nullptr;
  return static_cast<Proxy *>(const_cast<void *>(payload));
}

Proxy *Descriptor::standing_for(const void *inner_payload) const {
  std::lock_guard<std::mutex> guard(mutex_);
  const auto found = by_inner_.find(inner_payload);
  if (found == by_inner_.end() || found->second->released()) return nullptr;
  return found->second;
}

void Descriptor::add(Proxy *proxy) {
  std::lock_guard<std::mutex> guard(mutex_);
  objects_.insert(proxy);
  by_inner_[proxy->inner().payload.object] = proxy;
}

const Entry *Descriptor::entry(size_t arity, size_t thunk) const {
  std::lock_guard<std::mutex> guard(mutex_);
  const auto given = by_thunk_.find(arity);
  if (given == by_thunk_.end() || thunk >= given->second.size()) return nullptr;
  return given->second[thunk];
}

}  // namespace kit
