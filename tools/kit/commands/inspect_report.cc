/* SPDX-License-Identifier: MIT */
#include "inspect_report.h"

#include <algorithm>
#include <iomanip>
#include <iostream>

#include "../contract/utf8.h"
#include "../report/json_writer.h"

namespace kit {
namespace {

std::string joined(const std::vector<std::string> &words) {
  std::string text;
  for (const std::string &word : words) {
    text += (text.empty() ? "" : " ") + printable(word);
  }
  return text;
}

void line(const std::string &name, const std::string &text, int indent = 2,
          int width = 14) {
  if (text.empty()) return;
  std::cout << std::string(static_cast<size_t>(indent), ' ') << std::left
            << std::setw(width) << printable(name) << printable(text) << '\n';
}

std::string text_of(const std::optional<SeenManifest> &manifest) {
  if (!manifest) return "none";
  if (!manifest->error.empty()) return "cannot be read: " + manifest->error;
  return manifest->name + " " + manifest->abi + ", fingerprint " +
         manifest->fingerprint + ", " +
         std::to_string(manifest->requirements.size()) + " requirements";
}

void show(const Inspection &seen, const std::string &path) {
  std::cout << printable(path) << '\n';
  line("name", seen.name);
  line("version", seen.version);
  line("language", seen.language);
  line("ABI", seen.abi);
  line("manifest", text_of(seen.manifest));
  line("extensions", joined(seen.extensions));
  if (seen.exports.empty()) return;
  size_t width = 12;
  for (const SeenExport &one : seen.exports) {
    width = std::max(width, one.name.size() + 2);
  }
  std::cout << "\nexports\n";
  for (const SeenExport &one : seen.exports) {
    line(one.name, one.summary, 2, static_cast<int>(width));
  }
  std::cout << "\ntypes that are met without arguments\n";
  for (const SeenType &type : seen.types) {
    std::cout << "  " << printable(type.name) << ", made by "
              << joined(type.exports) << '\n';
    for (const SeenTable &table : type.tables) {
      line(table.name, joined(table.slots), 4, 26);
    }
  }
}

void write_list(JsonWriter &json, const char *name,
                const std::vector<std::string> &words) {
  json.key(name).begin_array();
  for (const std::string &word : words) json.text(word);
  json.end_array();
}

void write_manifest(JsonWriter &json, const SeenManifest &manifest) {
  json.key("manifest").begin_object();
  if (!manifest.error.empty()) {
    json.key("error").text(manifest.error);
  } else {
    json.key("name").text(manifest.name);
    json.key("abi").text(manifest.abi);
    json.key("fingerprint").text(manifest.fingerprint);
    write_list(json, "requirements", manifest.requirements);
  }
  json.end_object();
}

void write_types(JsonWriter &json, const std::vector<SeenType> &types) {
  json.key("types").begin_array();
  for (const SeenType &type : types) {
    json.begin_object();
    json.key("name").text(type.name);
    write_list(json, "exports", type.exports);
    json.key("tables").begin_array();
    for (const SeenTable &table : type.tables) {
      json.begin_object();
      json.key("name").text(table.name);
      write_list(json, "slots", table.slots);
      json.end_object();
    }
    json.end_array();
    json.end_object();
  }
  json.end_array();
}

void write(const Inspection &seen, const std::string &path) {
  JsonWriter json(std::cout);
  json.begin_object();
  json.key("format").integer(1);
  json.key("library").text(path);
  json.key("name").text(seen.name);
  json.key("version").text(seen.version);
  json.key("language").text(seen.language);
  json.key("abi").text(seen.abi);
  write_list(json, "extensions", seen.extensions);
  if (seen.manifest) write_manifest(json, *seen.manifest);
  json.key("exports").begin_array();
  for (const SeenExport &one : seen.exports) {
    json.begin_object();
    json.key("name").text(one.name);
    json.key("summary").text(one.summary);
    if (!one.failure.empty()) json.key("failure").text(one.failure);
    json.end_object();
  }
  json.end_array();
  write_types(json, seen.types);
  json.end_object();
  std::cout << '\n';
}

}  // namespace

void show_inspection(const Inspection &seen, const std::string &path,
                     bool json) {
  if (json) {
    write(seen, path);
  } else {
    show(seen, path);
  }
  std::cout.flush();
}

}  // namespace kit
