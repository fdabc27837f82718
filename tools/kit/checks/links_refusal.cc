// SPDX-License-Identifier: MIT
#include "linking.h"

/** @file
 * What a driver makes of a link that refuses, or gives what there is not: an
 * error that is raised, where `links_end.cc` looks at its words.
 */

namespace kit {
namespace {

/* The end of a chain of which a link answers so to its second resume. */
Step ended_by(Bench &bench, int32_t status, bool takes, Value sent = Value()) {
  Hung hung =
      hang(bench, play_begun_link(bench.ledger, "x", [status, takes](Resume &) {
             return Reply(status, Value(), takes);
           }));
  return hung.outer.send(std::move(sent));
}

}  // namespace

KIT_CHECK("links-refusal-raised", "The refusal of a link is raised above it.",
          Tier::core, {"LNK-13"}, {"kit.relay"}) {
  Step step = ended_by(bench, BATON_WRONG_THREAD, false);
  expect_fails(bench, step, BATON_ERROR_RUNTIME,
               "'kit link' belongs to another thread", "LNK-13",
               "when a link refuses");
}

KIT_CHECK("links-refusal-at-start",
          "A link that refuses its first resume has not started.", Tier::core,
          {"LNK-13"}, {"kit.relay"}) {
  PlayedLink x = play_link(bench.ledger, "x", [](Resume &) {
    return Reply(BATON_WRONG_THREAD, Value(), false);
  });
  Value held = x.value.copy();
  outcome(bench, std::move(x.value));
  need_attached(bench, *x.link);
  bench.expect(x.link->link().state == BATON_CREATED, "LNK-13",
               "the link is CREATED, as it was",
               "state " + std::to_string(x.link->link().state));
}

KIT_CHECK("links-unknown-status-raised",
          "The unknown status of a link is an error that is raised above it.",
          Tier::core, {"COR-13"}, {"kit.relay"}) {
  Step step = ended_by(bench, 77, true);
  expect_fails(bench, step, BATON_ERROR_RUNTIME,
               "unknown status 77 from kit link", "COR-13",
               "when a link gives status 77");
}

KIT_CHECK("links-drop-in", "What a link did not take is dropped.", Tier::core,
          {"OWN-3"}, {"kit.relay"}) {
  for (int32_t status : {BATON_RETURN, BATON_WRONG_THREAD}) {
    ended_by(bench, status, false, bench.token("what was sent"));
    expect_given_back(bench, "what was sent", "OWN-3");
  }
}

}  // namespace kit
