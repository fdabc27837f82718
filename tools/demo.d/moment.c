/* SPDX-License-Identifier: MIT */
#include "moment.h"

#include <stdio.h>
#include <string.h>

static const char *state_name(uint32_t state) {
  static const char *const names[] = {"created", "running", "suspended",
                                      "closed"};
  return state <= BATON_CLOSED ? names[state] : "unknown";
}

static const char *kind_name(uint32_t kind) {
  static const char *const names[] = {"coroutine", "generator",
                                      "async generator", "awaitable"};
  return kind <= BATON_KIND_AWAITABLE ? names[kind] : "foreign";
}

static const char *last_part(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? slash + 1 : path;
}

static void BATON_CALL add_member(void *arg, const baton_value *member,
                                  baton_text_view name, uint32_t state,
                                  uint32_t kind, const baton_frame *location) {
  moment *self = arg;
  (void)member;
  if (self->count == MOMENT_MEMBERS_MOST) return;
  moment_member *added = &self->members[self->count++];
  snprintf(added->name, sizeof added->name, "%.*s", (int)name.size, name.data);
  snprintf(added->file, sizeof added->file, "%s", last_part(location->file));
  added->kind = kind_name(kind);
  added->state = state_name(state);
  added->line = location->line;
}

void moment_record(moment *self, const baton_value *root, const board *seen) {
  self->count = 0;
  self->in_flight = seen->in_flight;
  baton_await_chain(root, add_member, self);
  self->of_root = self->count;
  baton_await_chain(&seen->lane, add_member, self);
}
