/* SPDX-License-Identifier: MIT */
/* A traverse goes on after the visitor has said that it is enough. */
#define HAND_TRAVERSE bad_traverse
#include "../good/hand/hand.c"

typedef struct {
  baton_visit visit;
  void *arg;
  int32_t first;
} bad_visitor;

static int32_t BATON_CALL bad_visit(const baton_value *held, void *arg) {
  bad_visitor *visitor = arg;
  int32_t status = visitor->visit(held, visitor->arg);
  if (!visitor->first) visitor->first = status;
  return 0;
}

static int32_t BATON_CALL bad_traverse(const baton_value *self,
                                       baton_visit visit, void *arg) {
  bad_visitor visitor = {visit, arg, 0};
  hand_traverse(self, bad_visit, &visitor);
  return visitor.first;
}
