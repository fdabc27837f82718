// SPDX-License-Identifier: MIT
#include "check_options.h"

#include <algorithm>
#include <random>
#include <stdexcept>
#include <thread>

#include "../base/literal.h"
#include "../contract/contract.h"
#include "../run/job.h"
#include "options.h"

namespace kit {

const char check_help[] =
    R"(usage: baton check [OPTION ...] LIBRARY ...
       baton check --list [--json] [OPTION ...]
       baton check --python MODULE:FACTORY [OPTION ...]

Checks whether shared libraries that export a provider keep the contract.

which checks
  --filter GLOB        ids like GLOB, CHECK or CHECK:SUBJECT; may be repeated
  --exclude GLOB       but not these
  --tier NAME          core, cancel, threads, values, iteration, introspection
  --requirement ID     those that test it, such as COR-2
  --reproduce ID       this one, CHECK or CHECK:SUBJECT; with --seed
  --with 'NAME(...)'   arguments for an export: none, true, 3, 1.5, "text"
  --list               show them, with --json for programs, and run none
how to run
  --jobs N             at a time; as many as there are processors
  --timeout SECONDS    of each check (5); walks may take 12 times as long
  --memory MIB         of addresses for each worker; 0: no limit (4096)
  --seed N             of all that is random; shown in each report
  --repeat N           each check N times, with seeds N, N+1, ...
  --fail-fast          stop at the first failure
  --isolate            each check in a process of its own; else those that
                       pass share some, and all others are run again alone
  --in-process         without workers, for a debugger
  --as-abi M.N         claim to be a peer of that version
what counts
  --quirks FILE        declared deviations, see tools/kit/guide.md
  --strict             ignore them
what to write
  --json FILE          - is standard output
  --junit FILE
  --tap[=FILE]         TAP 14, instead of the table

exit status: 0 conforming, 1 not, 2 could not run, 3 nothing matched
)";

namespace {

Tier tier_named(const std::string &name) {
  for (Tier tier : {Tier::core, Tier::cancel, Tier::threads, Tier::values,
                    Tier::iteration, Tier::introspection})
    if (name == name_of(tier)) return tier;
  if (name == "iteration" || name == "async-iteration") return Tier::iteration;
  throw UsageError{"--tier " + name +
                   ": there are core, cancel, threads, values, iteration, "
                   "introspection"};
}

std::string requirement_named(const std::string &id) {
  for (const Requirement &known : Contract::golden().requirements)
    if (known.id == id) return id;
  throw UsageError{"--requirement " + id +
                   ": there is none of that id; see spec/requirements.md"};
}

Pretence version_named(const std::string &text) {
  const size_t dot = text.find('.');
  if (dot == std::string::npos)
    throw UsageError{"--as-abi needs MAJOR.MINOR, not '" + text + "'"};
  auto part = [](const std::string &number) {
    return static_cast<uint16_t>(whole_number("--as-abi", number, 0, 65535));
  };
  const Pretence claimed{part(text.substr(0, dot)), part(text.substr(dot + 1))};
  if (claimed.major != BATON_ABI_MAJOR)
    throw UsageError{"--as-abi " + text + ": only minors of " +
                     std::to_string(BATON_ABI_MAJOR) +
                     "; the checks skew-* claim another major"};
  return claimed;
}

/** Asks for one job alone, and for its subject's arguments. */
void reproduce(Settings *settings, const std::string &id) {
  const size_t colon = id.find(':');
  const std::string check = id.substr(0, colon);
  if (!find_check(check))
    throw UsageError{"--reproduce " + id + ": no check is named '" + check +
                     "'; see baton check --list"};
  settings->selection.exact = id;
  if (colon == std::string::npos) return;
  const std::string subject = id.substr(colon + 1);
  auto &with = settings->with;
  if (subject.find('(') != std::string::npos &&
      std::find(with.begin(), with.end(), subject) == with.end())
    with.push_back(subject);
}

uint64_t random_seed() {
  std::random_device device;
  return device();  // 32 bits: short enough to be typed
}

void check_calls(const std::vector<std::string> &with) {
  for (const std::string &call : with) {
    try {
      parse_call(call);
    } catch (const std::invalid_argument &error) {
      throw UsageError{std::string("--with ") + error.what()};
    }
  }
}

void add_selection(Options &options, Selection &selection) {
  options.value("--filter", [&](const std::string &glob) {
    selection.filters.push_back(glob);
  });
  options.value("--exclude", [&](const std::string &glob) {
    selection.excludes.push_back(glob);
  });
  options.value("--tier", [&](const std::string &name) {
    selection.tiers.push_back(tier_named(name));
  });
  options.value("--requirement", [&](const std::string &id) {
    selection.requirements.push_back(requirement_named(id));
  });
}

void add_running(Options &options, Settings &settings) {
  options.value("--jobs", [&](const std::string &text) {
    settings.jobs =
        static_cast<unsigned>(whole_number("--jobs", text, 1, 1024));
  });
  options.value("--timeout", [&](const std::string &text) {
    settings.timeout = seconds_of("--timeout", text);
  });
  options.value("--memory", [&](const std::string &text) {
    settings.memory =
        static_cast<unsigned>(whole_number("--memory", text, 0, 1u << 24));
  });
  options.value("--seed", [&](const std::string &text) {
    settings.seed = whole_number("--seed", text, 0, UINT64_MAX);
  });
  options.value("--repeat", [&](const std::string &text) {
    settings.repeat =
        static_cast<unsigned>(whole_number("--repeat", text, 1, 1000000));
  });
  options.flag("--fail-fast", [&] { settings.fail_fast = true; });
  options.flag("--isolate", [&] { settings.isolate = true; });
  options.flag("--in-process", [&] { settings.in_process = true; });
  options.value("--as-abi", [&](const std::string &text) {
    settings.pretence = version_named(text);
  });
  options.value("--with", [&](const std::string &call) {
    settings.with.push_back(call);
  });
  options.value("--reproduce",
                [&](const std::string &id) { reproduce(&settings, id); });
}

}  // namespace

CheckOptions parse_check(const std::vector<std::string> &words) {
  CheckOptions asked;
  Settings &settings = asked.settings;
  settings.jobs = std::max(std::thread::hardware_concurrency(), 1u);
  settings.seed = random_seed();
  std::string quirks;
  bool strict = false;
  asked.list = std::find(words.begin(), words.end(), "--list") != words.end();

  Options options("baton check");
  options.flag("--help", [&] { asked.help = true; });
  options.flag("-h", [&] { asked.help = true; });
  options.flag("--list", [] {});
  add_selection(options, settings.selection);
  add_running(options, settings);
  options.value("--quirks", [&](const std::string &file) { quirks = file; });
  options.flag("--strict", [&] { strict = true; });
  auto json = [&](const std::string &file) {
    asked.json = true;
    asked.json_file = file;
  };
  if (asked.list)
    options.optional_value("--json", json);
  else
    options.value("--json", json);
  options.value("--junit",
                [&](const std::string &file) { asked.junit_file = file; });
  options.optional_value("--tap", [&](const std::string &file) {
    asked.tap = true;
    asked.tap_file = file.empty() ? "-" : file;
  });
  settings.targets = options.parse(words);
  check_calls(settings.with);
  if (!quirks.empty() && !strict) {
    settings.quirks = read_quirks(quirks);
    // Workers inherit it.
    setenv("BATON_KIT_WITHOUT", without(settings.quirks).c_str(), 1);
  }
  return asked;
}

}  // namespace kit
