/* SPDX-License-Identifier: MIT */
#include <cstring>

#include "../contract/embedded.h"
#include "../load/memory.h"
#include "../play/type.h"
#include "common.h"

/** @file
 * Extensions: the ones that are there, and the ones that nobody knows.
 */

namespace kit {
namespace {

/** What an answer in `out` must not be mistaken for. */
const char elsewhere = 0;

/** What query gave. */
struct Answer {
  int32_t status = BATON_UNSUPPORTED;
  const void *table = nullptr;
  bool operator==(const Answer &other) const {
    return status == other.status && table == other.table;
  }
};

std::string text(const Answer &answer) {
  return status_name(answer.status) + (answer.table ? " and a table" : "");
}

template <typename Query, typename Self>
Answer ask(Query query, Self self, const std::string &id) {
  Answer answer;
  answer.table = &elsewhere;
  answer.status = query(self, id.c_str(), &answer.table);
  return answer;
}

/** Ids that nobody has: random ones, and known ones with something behind. */
std::vector<std::string> unknown_ids(Bench &bench, const Contract &contract) {
  std::vector<std::string> ids = {"",
                                  "/",
                                  "baton.",
                                  "baton.text",
                                  "org.example.unknown/1",
                                  std::string(5000, 'x')};
  for (int turn = 0; turn < 20; turn++) {
    std::string id = "org.example.";
    for (int at = 0; at < 12; at++) {
      id += static_cast<char>('a' + bench.random() % 26);
    }
    ids.push_back(id + "/" + std::to_string(bench.random() % 100));
  }
  for (const Extension &extension : contract.extensions) {
    const std::string &id = extension.id;
    for (const std::string &odd :
         {id + "0", id + " ", id + "/", "x" + id, id.substr(0, id.size() - 1),
          id.substr(0, id.size() - 1) + "9999"}) {
      if (!contract.extension(odd)) ids.push_back(odd);
    }
  }
  return ids;
}

/** The target's own manifest, which may know more than the kit. */
Contract contract_of(Bench &bench) {
  Embedded own = embedded_manifest(bench.library.provider());
  return own.contract ? *std::move(own.contract) : bench.contract;
}

template <typename Query, typename Self>
void expect_unknown(Bench &bench, Query query, Self self,
                    const std::string &whose) {
  for (const std::string &id : unknown_ids(bench, contract_of(bench))) {
    const Answer answer = ask(query, self, id);
    bench.expect(answer == Answer(), "EXT-1",
                 "UNSUPPORTED and null from query of " + whose + " for \"" +
                     id.substr(0, 40) + "\"",
                 text(answer));
  }
}

auto query_of(Bench &bench, const Subject &subject) {
  auto *query = KIT_MEMBER(subject.value().type(), baton_type, query);
  if (!query) bench.skip("its type has no extensions");
  return query;
}

void expect_table(Bench &bench, const Contract &contract,
                  const Extension &extension, const void *table) {
  const Struct *record = contract.structure(extension.table);
  if (!record || !table) return;
  const std::string what = "the table of " + extension.id;
  uint32_t size = 0;
  bench.expect(is_readable(table, sizeof size), "EXT-1", what,
               "an address that cannot be read");
  std::memcpy(&size, table, sizeof size);
  bench.expect(is_readable(table, size), "EXT-1", what + " as it tells",
               std::to_string(size) + " bytes");
}

}  // namespace

KIT_CHECK_EACH("query-unknown-type",
               "A type answers a query for an unknown id with UNSUPPORTED.",
               Tier::core, {"EXT-1"}) {
  Subject subject = bench.subject();
  expect_unknown(bench, query_of(bench, subject), subject.value().get(),
                 "the type");
}

KIT_CHECK("query-unknown-provider",
          "A provider answers a query for an unknown id with UNSUPPORTED.",
          Tier::core, {"EXT-1"}, {}) {
  const baton_provider *provider = bench.library.provider();
  const auto query = KIT_MEMBER(provider, baton_provider, query);
  if (!query) bench.skip("the provider has no extensions");
  expect_unknown(bench, query, provider, "the provider");
}

KIT_CHECK_EACH("query-same",
               "A type answers a query alike for all objects, at every call.",
               Tier::core, {"TYP-10"}) {
  Subject subject = driven(bench);
  Subject other = bench.subject();
  const auto query = query_of(bench, subject);
  const bool alike = other.value().type() == subject.value().type();
  for (const Extension &extension : contract_of(bench).extensions) {
    Subject asked = bench.subject();
    if (asked.value().type() != subject.value().type()) continue;
    const Answer first = ask(query, asked.value().get(), extension.id);
    const auto expect_same = [&](const Subject &whom, const char *when) {
      const Answer answer = ask(query, whom.value().get(), extension.id);
      bench.expect(answer == first, "TYP-10",
                   "the same answer for " + extension.id + " " + when,
                   text(answer));
    };
    expect_same(asked, "at the next call");
    if (alike) expect_same(other, "of another object");
    if (asked.value().type()->as_coroutine) {
      asked.send();
      expect_same(asked, "after the first send");
      asked.close();
      expect_same(asked, "after close");
    }
  }
}

KIT_CHECK_EACH("query-tables", "The table of an extension can be read.",
               Tier::introspection, {"EXT-1"}) {
  Subject subject = bench.subject();
  const auto query = query_of(bench, subject);
  const Contract contract = contract_of(bench);
  for (const Extension &extension : contract.extensions) {
    if (extension.found_with != on_type) continue;
    const Answer answer = ask(query, subject.value().get(), extension.id);
    const bool found =
        answer.status == BATON_OK && answer.table && answer.table != &elsewhere;
    bench.expect(found || answer == Answer(), "EXT-1",
                 "OK and a table, or UNSUPPORTED and null", text(answer));
    if (found) expect_table(bench, contract, extension, answer.table);
  }
}

}  // namespace kit
