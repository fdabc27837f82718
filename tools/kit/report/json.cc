// SPDX-License-Identifier: MIT
#include "json.h"

#include <cctype>

#include "environment.h"
#include "json_writer.h"
#include "statement.h"

namespace kit {
namespace {

constexpr Verdict verdicts[] = {Verdict::pass, Verdict::warn, Verdict::skip,
                                Verdict::fail, Verdict::leak, Verdict::crash,
                                Verdict::hang};

std::string lower(std::string word) {
  for (char &letter : word) letter = static_cast<char>(std::tolower(letter));
  return word;
}

void write_kit(JsonWriter &json) {
  json.key("kit").begin_object();
  json.key("version").text(kit_version());
  json.key("abi").text(kit_abi());
  json.end_object();
}

void write_target(JsonWriter &json, const Examination &found) {
  json.key("target").begin_object();
  json.key("kind").text("library");
  json.key("name").text(found.identity.name);
  json.key("path").text(found.path);
  json.key("version").text(found.identity.version);
  json.key("language").text(found.identity.language);
  json.key("abi").text(found.identity.abi);
  json.end_object();
}

void write_environment(JsonWriter &json, const Settings &settings) {
  json.key("environment").begin_object();
  for (const auto &[name, value] : environment(settings))
    json.key(name).text(value);
  json.end_object();
}

/** The subject that the check's file is about: "state" of "state-start". */
std::string group_of(const std::string &id) {
  return id.substr(0, id.find('-'));
}

void write_result(JsonWriter &json, const Outcome &outcome) {
  const Check &check = *outcome.job.check;
  const Result &result = outcome.result;
  json.begin_object();
  json.key("id").text(outcome.job.id());
  json.key("title").text(check.title);
  json.key("group").text(group_of(check.id));
  json.key("tier").text(name_of(check.tier));
  json.key("verdict").text(name_of(result.verdict));
  json.key("requirements").begin_array();
  for (const std::string &id : check.requirements) json.text(id);
  json.end_array();
  json.key("broken").begin_array();
  for (const Broken &broken : result.broken) {
    json.begin_object();
    json.key("requirement").text(broken.requirement);
    json.key("expected").text(broken.expected);
    json.key("came").text(broken.came);
    json.end_object();
  }
  json.end_array();
  json.key("reason").text(result.reason);
  if (!outcome.deviation.empty()) json.key("deviation").text(outcome.deviation);
  json.key("seconds").number(result.seconds);
  json.key("output").text(result.output);
  json.end_object();
}

void write_summary(JsonWriter &json, const Examination &found) {
  const Summary summary = summarize(found);
  json.key("summary").begin_object();
  for (Verdict verdict : verdicts) {
    const auto count = summary.verdicts.find(verdict);
    json.key(lower(name_of(verdict)))
        .integer(count == summary.verdicts.end() ? 0 : count->second);
  }
  json.end_object();
  json.key("tiers").begin_object();
  for (const auto &[tier, standing] : standings(found))
    json.key(name_of(tier)).text(name_of(standing));
  json.end_object();
}

void write_report(JsonWriter &json, const Examination &found,
                  const Settings &settings) {
  json.begin_object();
  json.key("schema").text("baton-check/1");
  write_kit(json);
  write_target(json, found);
  write_environment(json, settings);
  json.key("seed").integer(settings.seed);
  json.key("results").begin_array();
  for (const Outcome &outcome : found.outcomes) write_result(json, outcome);
  json.end_array();
  write_summary(json, found);
  json.key("conforming").truth(found.conforming());
  json.key("statement").text(statement(found));
  json.end_object();
}

}  // namespace

void write_json(std::ostream &to, const std::vector<Examination> &found,
                const Settings &settings) {
  JsonWriter json(to);
  if (found.size() != 1) json.begin_array();
  for (const Examination &one : found) write_report(json, one, settings);
  if (found.size() != 1) json.end_array();
}

}  // namespace kit
