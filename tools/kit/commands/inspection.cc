/* SPDX-License-Identifier: MIT */
#include "inspection.h"

#include <functional>
#include <map>

namespace kit {
namespace {

/** Lists end where another record begins: "type", then its "table"s. */
void write_all(Journal &journal, Record start,
               const std::vector<std::string> &more) {
  start.insert(start.end(), more.begin(), more.end());
  journal.write(start);
}

std::vector<std::string> rest(const Record &record, size_t from) {
  return std::vector<std::string>(
      record.begin() + static_cast<std::ptrdiff_t>(from), record.end());
}

struct Reading {
  size_t words; /**< at least */
  std::function<void(Inspection &, const Record &)> take;
};

const std::map<std::string, Reading> &readings() {
  static const std::map<std::string, Reading> all = {
      {"target",
       {5,
        [](Inspection &to, const Record &from) {
          to.name = from[1];
          to.version = from[2];
          to.language = from[3];
          to.abi = from[4];
        }}},
      {"export",
       {4,
        [](Inspection &to, const Record &from) {
          to.exports.push_back({from[1], from[2], from[3]});
        }}},
      {"type",
       {2,
        [](Inspection &to, const Record &from) {
          to.types.push_back({from[1], rest(from, 2), {}});
        }}},
      {"table",
       {2,
        [](Inspection &to, const Record &from) {
          if (to.types.empty()) return;
          to.types.back().tables.push_back({from[1], rest(from, 2)});
        }}},
      {"extensions",
       {1, [](Inspection &to,
              const Record &from) { to.extensions = rest(from, 1); }}},
      {"manifest",
       {5,
        [](Inspection &to, const Record &from) {
          to.manifest =
              SeenManifest{from[1], from[2], from[3], from[4], rest(from, 5)};
        }}},
      {"bytes",
       {2, [](Inspection &to,
              const Record &from) { to.manifest_bytes = from[1]; }}},
  };
  return all;
}

}  // namespace

void write_inspection(const Inspection &seen, Journal &journal) {
  journal.write({"target", seen.name, seen.version, seen.language, seen.abi});
  for (const SeenExport &one : seen.exports) {
    journal.write({"export", one.name, one.summary, one.failure});
  }
  for (const SeenType &type : seen.types) {
    write_all(journal, {"type", type.name}, type.exports);
    for (const SeenTable &table : type.tables) {
      write_all(journal, {"table", table.name}, table.slots);
    }
  }
  write_all(journal, {"extensions"}, seen.extensions);
  if (const auto &manifest = seen.manifest) {
    write_all(journal,
              {"manifest", manifest->error, manifest->name, manifest->abi,
               manifest->fingerprint},
              manifest->requirements);
  }
  if (!seen.manifest_bytes.empty()) {
    journal.write({"bytes", seen.manifest_bytes});
  }
  journal.write({"end"});
}

std::optional<Inspection> read_inspection(const std::vector<Record> &records) {
  Inspection seen;
  for (const Record &record : records) {
    if (record.empty()) continue;
    if (record[0] == "end") return seen;
    const auto found = readings().find(record[0]);
    if (found == readings().end()) continue;
    if (record.size() >= found->second.words) found->second.take(seen, record);
  }
  return std::nullopt;
}

}  // namespace kit
