// SPDX-License-Identifier: MIT
#include "environment.h"

#include <baton/version.h>
#include <sys/utsname.h>

#include <ctime>

namespace kit {
namespace {

std::string compiler() {
#if defined(__clang__)
  return "clang " __clang_version__;
#else
  return "gcc " __VERSION__;
#endif
}

std::string date() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
  return text;
}

}  // namespace

std::string kit_version() { return BATON_KIT_VERSION; }

std::string kit_abi() {
  return std::to_string(BATON_ABI_MAJOR) + "." +
         std::to_string(BATON_ABI_MINOR);
}

Environment environment(const Settings &settings) {
  utsname system{};
  uname(&system);
  const Pretence &peer = settings.pretence;
  const std::string dash = "-";
  return {
      {"platform",
       system.sysname + dash + system.release + dash + system.machine},
      {"compiler", compiler()},
      {"jobs", std::to_string(settings.jobs)},
      {"as_abi", std::to_string(peer.major) + "." + std::to_string(peer.minor)},
      {"date", date()}};
}

}  // namespace kit
