// SPDX-License-Identifier: MIT
#include "patience.h"

#include <algorithm>
#include <atomic>

namespace kit {
namespace {

using Seconds = std::chrono::duration<double>;

constexpr Seconds all{2};

std::atomic<Seconds> left{all};

}  // namespace

Seconds patience() { return left; }

void renew_patience() { left = all; }

Waiting::~Waiting() {
  const Seconds used = std::chrono::steady_clock::now() - began_;
  Seconds before = left;
  while (!left.compare_exchange_weak(before, std::max(before - used, Seconds{})))
    ;
}

}  // namespace kit
