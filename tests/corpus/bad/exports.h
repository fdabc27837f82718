/* SPDX-License-Identifier: MIT */
#ifndef BAD_EXPORTS_H
#define BAD_EXPORTS_H

/** @file
 * Exports beside hand's own: `more` gives them, one after another.
 */

#define HAND_ENTRY exports_entry
#include "../good/hand/hand.c"

/** @return the export at this index, or null behind the last. */
static const baton_export *more(size_t index);

static const baton_provider *exports_entry(void) {
  static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
  static const baton_export *all[64];
  static baton_provider own;
  pthread_mutex_lock(&lock);
  if (!own.struct_size) {
    own = HAND_PROVIDER;
    memcpy(all, own.exports, own.export_count * sizeof *all);
    own.exports = all;
    for (size_t i = 0; more(i); i++) all[own.export_count++] = more(i);
  }
  pthread_mutex_unlock(&lock);
  return &own;
}

#endif
