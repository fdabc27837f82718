/* SPDX-License-Identifier: MIT */
#include <cstddef>
#include <cstring>
#include <map>

#include "../contract/embedded.h"
#include "../contract/layout.h"
#include "../contract/utf8.h"
#include "../load/library.h"
#include "../load/memory.h"
#include "../play/context.h"
#include "../play/type.h"
#include "../play/value.h"
#include "../play/waker.h"
#include "inspection.h"

namespace kit {
namespace {

std::string text_at(const char *text) {
  return text && is_text(text) ? printable(text) : "?";
}

std::string version(uint16_t major, uint16_t minor) {
  return std::to_string(major) + "." + std::to_string(minor);
}

/** What is not null in a table, as far as it reaches. */
SeenTable slots_of(const Contract &contract, const Struct &record,
                   const void *table, const std::string &name) {
  SeenTable seen{name, {}};
  uint32_t size = 0;
  if (!is_readable(table, sizeof size)) return seen;
  std::memcpy(&size, table, sizeof size);
  const Layout layout = layout_of(contract, record);
  for (size_t at = 0; at < record.fields.size(); at++) {
    const char *place = static_cast<const char *>(table) + layout.offsets[at];
    void *slot = nullptr;
    if (record.fields[at].ctype != "slot") continue;
    if (layout.offsets[at] + sizeof slot > size) break;
    if (!is_readable(place, sizeof slot)) break;
    std::memcpy(&slot, place, sizeof slot);
    if (slot) seen.slots.push_back(record.fields[at].name);
  }
  return seen;
}

class Inspector {
 public:
  Inspector(const Library &library, Journal &journal)
      : library_(library), journal_(journal) {
    see_provider();
    see_manifest();
  }

  void see_objects() {
    for (const baton_export *one : library_.exports()) {
      journal_.write({"phase", "in create of " + text_at(one->name)});
      see_made(one);
    }
    journal_.write({"phase", "when its objects had been seen"});
  }

  Inspection seen;

 private:
  void see_provider() {
    const baton_provider *provider = library_.provider();
    seen.name = text_at(provider->name);
    seen.version = text_at(provider->version);
    seen.language = text_at(provider->language);
    seen.abi = version(provider->abi_major, provider->abi_minor);
    for (const baton_export *one : library_.exports()) {
      seen.exports.push_back({text_at(one->name), text_at(one->summary), ""});
    }
  }

  void see_manifest() {
    journal_.write({"phase", "in query of its provider"});
    const baton_provider *provider = library_.provider();
    Embedded own = embedded_manifest(provider);
    if (own.found) {
      seen.manifest = SeenManifest{printable(own.error), "", "", "", {}};
    }
    if (own.contract) see_contract(*own.contract, own.bytes);
    contract_ = own.contract ? *std::move(own.contract) : Contract::golden();
    const auto query = KIT_MEMBER(provider, baton_provider, query);
    for (const Extension &extension : contract_.extensions) {
      const void *table = nullptr;
      if (!query || extension.found_with != on_provider) continue;
      if (query(provider, extension.id.c_str(), &table) == BATON_OK) {
        seen.extensions.push_back(extension.id);
      }
    }
  }

  void see_contract(const Contract &own, const std::vector<uint8_t> &bytes) {
    seen.manifest = seen_manifest(own);
    seen.manifest_bytes.assign(bytes.begin(), bytes.end());
  }

  void see_made(const baton_export *one) {
    baton_value nothing{}, out{};
    Manner manner;
    const LentContext cx(ledger_, manner, bell_.waker());
    const int32_t status = one->create(one, cx.get(), &nothing, 0, &out);
    const bool object = status == BATON_OK && out.head.tag >= BATON_TAG_LIMIT;
    const Defect defect = object ? type_defect(out.head.type) : Defect{};
    for (SeenExport &known : seen.exports) {
      if (known.name != text_at(one->name)) continue;
      known.failure = !object ? status_name(status) : defect.text;
      if (status == BATON_OK && !object) known.failure = describe(out);
    }
    if (object && defect.empty()) see_type(one, out);
    if (defect.empty()) Value(out).drop();
  }

  void see_type(const baton_export *one, const baton_value &value) {
    const baton_type *type = value.head.type;
    const auto known = types_.emplace(type, seen.types.size());
    if (known.second) {
      seen.types.push_back({text_at(type->name), {}, {}});
      see_tables(seen.types.back(), value);
    }
    seen.types[known.first->second].exports.push_back(text_at(one->name));
  }

  void see_tables(SeenType &type, const baton_value &value) {
    const baton_type *from = value.head.type;
    see_table(type, "baton_async_methods", async_of(from));
    see_table(type, "baton_coroutine_methods", coroutine_of(from));
    see_table(type, "baton_link_methods",
              KIT_MEMBER(from, baton_type, as_link));
    see_table(type, "baton_error_methods", error_of(from));
    const auto query = KIT_MEMBER(from, baton_type, query);
    for (const Extension &extension : contract_.extensions) {
      const void *table = nullptr;
      if (!query || extension.found_with != on_type) continue;
      if (query(&value, extension.id.c_str(), &table) == BATON_OK) {
        see_table(type, extension.table, table, extension.id);
      }
    }
  }

  void see_table(SeenType &type, const std::string &name, const void *table,
                 const std::string &shown = "") {
    const Struct *record = contract_.structure(name);
    if (!table || !record) return;
    type.tables.push_back(
        slots_of(contract_, *record, table, shown.empty() ? name : shown));
  }

  const Library &library_;
  Journal &journal_;
  Contract contract_;
  Ledger ledger_;
  Bell bell_{ledger_};
  std::map<const baton_type *, size_t> types_;
};

}  // namespace

Inspection inspect_library(const std::string &path, bool create,
                           Journal &journal) {
  journal.write({"phase", "while it was loaded"});
  const Library library(path);
  Inspector inspector(library, journal);
  if (create) inspector.see_objects();
  return std::move(inspector.seen);
}

}  // namespace kit
