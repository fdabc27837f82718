// SPDX-License-Identifier: MIT
#include "patience.h"

#include <algorithm>
#include <atomic>

namespace kit {
namespace {

using Seconds = std::chrono::duration<double>;

/** What a job does beside waiting, twice if it is repeated, takes the rest. */
constexpr double share = 0.4;

std::atomic<Seconds> left{Seconds{2}};

}  // namespace

Seconds patience() { return left; }

void renew_patience(double time_limit) { left = Seconds(share * time_limit); }

Waiting::~Waiting() {
  const Seconds used = std::chrono::steady_clock::now() - began_;
  Seconds before = left;
  while (
      !left.compare_exchange_weak(before, std::max(before - used, Seconds{})));
}

}  // namespace kit
