/* SPDX-License-Identifier: MIT */
#ifndef KIT_PRETENCE_H
#define KIT_PRETENCE_H

#include <baton/version.h>

#include <cstdint>

/** @file
 * Which peer the kit claims to be: --as-abi.
 */

namespace kit {

struct Pretence {
  uint16_t major = BATON_ABI_MAJOR;
  uint16_t minor = BATON_ABI_MINOR;
};

/** Of this process. Set once, before the first check; then read by anyone. */
const Pretence &pretence();
void set_pretence(const Pretence &claimed);

/** Whether it is newer than the headers that the kit was built with. */
bool pretends_newer();

/** The size that such a peer's struct would have: a newer one's has grown. */
uint32_t pretended_size(uint32_t size);

/** A flag of the low half that no version knows: it changes nothing. */
constexpr uint64_t newer_flag = 0x40000000u;

}  // namespace kit

#endif
