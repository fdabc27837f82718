// SPDX-License-Identifier: MIT
#include "job.h"

namespace kit {
namespace {

/** FNV-1a. */
uint64_t hash(const std::string &text) {
  uint64_t sum = 0xcbf29ce484222325u;
  for (char byte : text)
    sum = (sum ^ static_cast<unsigned char>(byte)) * 0x100000001b3u;
  return sum;
}

/** The finalizer of splitmix64: near seeds give far ones. */
uint64_t mix(uint64_t seed) {
  seed += 0x9e3779b97f4a7c15u;
  seed = (seed ^ (seed >> 30)) * 0xbf58476d1ce4e5b9u;
  seed = (seed ^ (seed >> 27)) * 0x94d049bb133111ebu;
  return seed ^ (seed >> 31);
}

}  // namespace

uint64_t seed_of(const Job &job, uint64_t master) {
  return mix(mix(master + job.round) ^ hash(job.id()));
}

unsigned limits_for(const Check &check) {
  constexpr unsigned of_walks = 12;  // some of it is to shrink one that fails
  return check.id == "walk" ? of_walks : 1;
}

const Check *find_check(const std::string &id) {
  for (const Check &check : checks())
    if (check.id == id) return &check;
  return nullptr;
}

}  // namespace kit
