// SPDX-License-Identifier: MIT
#include "pretence.h"

namespace kit {
namespace {

Pretence claimed_now;

}  // namespace

const Pretence &pretence() { return claimed_now; }

void set_pretence(const Pretence &claimed) { claimed_now = claimed; }

bool pretends_newer() { return claimed_now.minor > BATON_ABI_MINOR; }

uint32_t pretended_size(uint32_t size) {
  return pretends_newer() ? size + 16 : size;
}

}  // namespace kit
