/* SPDX-License-Identifier: MIT */
#ifndef KIT_EMBEDDED_H
#define KIT_EMBEDDED_H

#include <baton/provider.h>

#include "contract.h"

/** @file
 * The manifest that a library says it was built from: baton.manifest/1.
 */

namespace kit {

struct Embedded {
  bool found = false;               /**< query gave a table */
  std::string error;                /**< why it cannot be read; or "" */
  std::vector<uint8_t> bytes;       /**< as far as they can be read */
  std::optional<Contract> contract; /**< what was verified and read */
};

/** Asks the provider. Believes nothing: not the table, not the size, not the
 * bytes, which are copied before they are looked at. */
Embedded embedded_manifest(const baton_provider *provider);

}  // namespace kit

#endif
