// SPDX-License-Identifier: MIT
#include "run_check.h"

#include <chrono>
#include <exception>

#include "../base/bench.h"
#include "../contract/contract.h"

namespace kit {
namespace {

bool is_advice(const Broken &broken) {
  for (const Requirement &rule : Contract::golden().requirements)
    if (rule.id == broken.requirement) return !rule.must;
  return false;
}

bool all_advice(const std::vector<Broken> &broken) {
  for (const Broken &one : broken)
    if (!is_advice(one)) return false;
  return true;
}

/** @param answered how many rules were broken before the kit asked for its
 * own things back. */
Verdict judge(const Bench &bench, size_t answered, const Result &result) {
  if (result.broken.empty())
    return bench.skipped().empty() ? Verdict::pass : Verdict::skip;
  if (all_advice(result.broken)) return Verdict::warn;
  return answered == 0 ? Verdict::leak : Verdict::fail;
}

void run_on(Bench &bench, const Job &job, Result *result) {
  size_t answered = 0;
  try {
    job.check->run(bench);
    answered = bench.ledger.broken().size();
    bench.settle();
  } catch (const Stopped &) {
    // The ledger or the bench has the reason.
    answered = bench.ledger.broken().size();
  }
  result->broken = bench.ledger.broken();
  result->reason = bench.skipped();
  result->verdict = judge(bench, answered, *result);
}

}  // namespace

Result run_check(const Job &job, const Library &library, uint64_t seed,
                 const std::function<void(const Broken &)> &on_note) {
  Result result;
  result.check = job.check->id;
  const auto began = std::chrono::steady_clock::now();
  try {
    // Never destroyed: threads of the target may still know its things.
    auto *bench = new Bench(library, Contract::golden(), seed, job.subject);
    bench->ledger.on_note = on_note;
    run_on(*bench, job, &result);
  } catch (const std::exception &error) {
    result.verdict = Verdict::crash;
    result.reason = std::string("the check itself failed: ") + error.what();
  }
  result.seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - began)
          .count();
  return result;
}

}  // namespace kit
