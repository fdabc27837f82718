/* SPDX-License-Identifier: MIT */
#ifndef KIT_SPECIMEN_H
#define KIT_SPECIMEN_H

#include <baton/type.h>

#include <functional>

#include "../base/bench.h"

/** @file
 * Values of the target before anyone has looked at their descriptors.
 */

namespace kit {

/** Something that an export has made. */
struct Specimen {
  std::string name; /**< "what kit.give makes" */
  baton_value value;
  const baton_type *type() const { return value.head.type; }
};

/** Shows one value of each export that makes an object of what it is given by
 * default, in turn. Its descriptor may be anything; it is released only if it
 * can be used. Skips if there is none, or one that cannot be released. */
void for_each_specimen(Bench &bench,
                       const std::function<void(const Specimen &)> &look);

/** The same for those whose descriptor has no defect. */
void for_each_usable(Bench &bench,
                     const std::function<void(const Specimen &)> &look);

}  // namespace kit

#endif
