// SPDX-License-Identifier: MIT
#include "../base/bench.h"
#include "runner.h"

/* What must hold before any other check can run. */

namespace kit {

/* A runner gives its result: to have a bench is to have loaded. */
KIT_CHECK("load", "The library loads, and its entry gives a provider.",
          Tier::core, {"PRV-1", "PRV-2"}, {}) {
  static_cast<void>(bench);
}

/* Whether an export is a subject of the checks that run on each. */
KIT_CHECK_EACH("create", "An export gives something that can be driven.",
               Tier::core, {"PRV-3"}) {
  Subject made = bench.subject();
  const baton_type *type = made.value().type();
  if (!type->as_coroutine) bench.skip("it gives no coroutine");
}

Identity identity_of(const Library &library) {
  const baton_provider *provider = library.provider();
  auto text = [](const char *given) { return std::string(given ? given : ""); };
  Identity identity{text(provider->name),
                    text(provider->version),
                    text(provider->language),
                    std::to_string(provider->abi_major) + "." +
                        std::to_string(provider->abi_minor),
                    {}};
  for (const baton_export *one : library.exports())
    identity.exports.push_back(one->name);
  return identity;
}

Result failed_load(const LoadError &error) {
  Result result;
  result.check = "load";
  result.verdict = Verdict::fail;
  result.broken = {{error.requirement, "a provider", error.text}};
  return result;
}

}  // namespace kit
