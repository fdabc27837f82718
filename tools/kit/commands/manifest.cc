/* SPDX-License-Identifier: MIT */
#include <cstdio>
#include <cstring>
#include <fstream>

#include "../contract/contract.h"
#include "inspection.h"

namespace kit {
namespace {

constexpr size_t max_bytes = 8u << 20;

/** The first bytes of a file, at most as many as a manifest may have. */
std::string start_of(const std::string &path, size_t most) {
  std::string bytes(most, '\0');
  std::ifstream file(path, std::ios::binary);
  file.read(bytes.data(), static_cast<std::streamsize>(most));
  bytes.resize(static_cast<size_t>(file.gcount()));
  return bytes;
}

std::string hexadecimal(uint64_t number) {
  char text[32];
  std::snprintf(text, sizeof text, "%016llx",
                static_cast<unsigned long long>(number));
  return text;
}

}  // namespace

bool is_manifest_file(const std::string &path) {
  const std::string start = start_of(path, 8);
  return start.size() == 8 && start.compare(4, 4, "BATN") == 0;
}

SeenManifest seen_manifest(const Contract &contract) {
  SeenManifest seen;
  seen.name = contract.name;
  seen.abi = std::to_string(contract.abi_major) + "." +
             std::to_string(contract.abi_minor);
  seen.fingerprint = hexadecimal(contract.fingerprint);
  for (const Requirement &one : contract.requirements) {
    seen.requirements.push_back(one.id);
  }
  return seen;
}

Inspection inspect_manifest(const std::string &path) {
  const std::string bytes = start_of(path, max_bytes + 1);
  std::vector<uint64_t> aligned(bytes.size() / 8 + 1);
  std::memcpy(aligned.data(), bytes.data(), bytes.size());
  Inspection seen;
  std::string error;
  const auto contract = Contract::read(
      reinterpret_cast<const uint8_t *>(aligned.data()), bytes.size(), &error);
  seen.manifest = contract ? seen_manifest(*contract) : SeenManifest();
  seen.manifest->error = error;
  if (!contract) return seen;
  seen.manifest_bytes = bytes;
  seen.abi = seen.manifest->abi;
  for (const Extension &extension : contract->extensions) {
    seen.extensions.push_back(extension.id);
  }
  return seen;
}

}  // namespace kit
