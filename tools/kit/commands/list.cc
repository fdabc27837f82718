// SPDX-License-Identifier: MIT
#include "list.h"

#include <iomanip>
#include <iostream>

#include "../report/json_writer.h"
#include "exit_status.h"

namespace kit {
namespace {

void write_list(JsonWriter &json, const std::string &name,
                const std::vector<std::string> &items) {
  json.key(name).begin_array();
  for (const std::string &item : items) json.text(item);
  json.end_array();
}

void show_json(const std::vector<const Check *> &selected) {
  JsonWriter json(std::cout);
  json.begin_array();
  for (const Check *check : selected) {
    json.begin_object();
    json.key("id").text(check->id);
    json.key("title").text(check->title);
    json.key("tier").text(name_of(check->tier));
    write_list(json, "requirements", check->requirements);
    write_list(json, "exports", check->exports);
    json.key("each_export").truth(check->each_export);
    json.end_object();
  }
  json.end_array();
}

void show(const std::vector<const Check *> &selected) {
  for (const Check *check : selected) {
    std::cout << std::left << std::setw(36) << check->id << ' ' << std::setw(16)
              << name_of(check->tier);
    for (const std::string &id : check->requirements) std::cout << ' ' << id;
    std::cout << "\n    " << check->title << '\n';
  }
}

}  // namespace

int list_checks(const Selection &selection, bool json) {
  std::vector<const Check *> selected;
  for (const Check &check : checks())
    if (selection.has(check, check.id)) selected.push_back(&check);
  if (json)
    show_json(selected);
  else
    show(selected);
  return selected.empty() ? nothing_matched : conforms;
}

}  // namespace kit
