/* SPDX-License-Identifier: MIT */
#ifndef HAND_PROTOTYPES_H
#define HAND_PROTOTYPES_H

#include "members.h"
#include "names.h"

/** @file
 * The functions that names.h names, whoever they are now.
 */

HAND_LOCAL void *HAND_ALLOCATE(size_t size);
HAND_LOCAL void HAND_FREE(void *block);

HAND_LOCAL const char *HAND_CHECK(const baton_type *type);

HAND_LOCAL int32_t BATON_CALL HAND_TEXT_RETAIN(const baton_value *self);
HAND_LOCAL int32_t BATON_CALL HAND_TEXT_RELEASE(const baton_value *self);
HAND_LOCAL int32_t BATON_CALL HAND_TEXT_VIEW(const baton_value *self,
                                             baton_text_view *out);
HAND_LOCAL int32_t BATON_CALL HAND_TEXT_QUERY(const baton_value *self,
                                              const char *id, const void **out);

HAND_LOCAL int32_t BATON_CALL HAND_ERROR_RETAIN(const baton_value *self);
HAND_LOCAL int32_t BATON_CALL HAND_ERROR_RELEASE(const baton_value *self);
HAND_LOCAL int32_t BATON_CALL HAND_ERROR_TRAVERSE(const baton_value *self,
                                                  baton_visit visit, void *arg);
HAND_LOCAL int32_t BATON_CALL HAND_ERROR_KIND(const baton_value *self,
                                              uint32_t *out);
HAND_LOCAL int32_t BATON_CALL HAND_ERROR_MESSAGE(const baton_value *self,
                                                 baton_text_view *out);
HAND_LOCAL int32_t BATON_CALL HAND_ERROR_CAUSE(const baton_value *self,
                                               baton_value *out);
HAND_LOCAL int32_t BATON_CALL HAND_ERROR_CONTEXT(const baton_value *self,
                                                 baton_value *out);
HAND_LOCAL int32_t BATON_CALL HAND_ERROR_FRAMES(const baton_value *self,
                                                baton_frame *out,
                                                uint32_t capacity,
                                                uint32_t *kept,
                                                uint64_t *elided);
HAND_LOCAL int32_t BATON_CALL HAND_ERROR_ADD_FRAME(const baton_value *self,
                                                   const baton_frame *frame);

HAND_LOCAL int32_t HAND_FAILURE(int32_t status, const baton_value *value,
                                baton_value *out);
HAND_LOCAL int32_t HAND_ATTACH(hand_child *child, baton_context *cx,
                               baton_value *value, baton_value *out);
HAND_LOCAL int32_t HAND_ATTACH_ITERATOR(hand_child *child, baton_value *value,
                                        baton_value *out);
HAND_LOCAL int32_t HAND_CALL_CHILD(const hand_child *child, baton_context *cx,
                                   uint32_t op, baton_value *in,
                                   baton_value *out);
HAND_LOCAL void HAND_DETACH(hand_child *child);
HAND_LOCAL int32_t HAND_SETTLE(hand_child *child, uint32_t op, int32_t status,
                               baton_value *in, baton_value *out);

HAND_LOCAL void HAND_LET_GO(hand *own);
HAND_LOCAL uint32_t HAND_ENTER(hand *own);
HAND_LOCAL void HAND_CONVERT(const hand *own, baton_value *error);
HAND_LOCAL uint32_t HAND_GO_ON(hand *own, uint32_t op, int32_t status,
                               baton_value *in, baton_value *out);
HAND_LOCAL int HAND_MAY_SUSPEND(const hand *own, const baton_context *cx,
                                int32_t status);
HAND_LOCAL int32_t HAND_RUN(const baton_value *self, baton_context *cx,
                            uint32_t op, baton_value *in, baton_value *out);
HAND_LOCAL int32_t HAND_DRIVE_SEND(const baton_value *self, baton_context *cx,
                                   baton_value *in, baton_value *out);
HAND_LOCAL void HAND_CLOSE_CHILD(hand *own, baton_context *cx,
                                 baton_value *error, baton_value *out);
HAND_LOCAL int32_t HAND_DRIVE_THROW(const baton_value *self, baton_context *cx,
                                    baton_value *error, baton_value *out);
HAND_LOCAL int32_t HAND_DRIVE_CLOSE(const baton_value *self, baton_context *cx,
                                    baton_value *out);

HAND_LOCAL int32_t BATON_CALL HAND_STATE(const baton_value *self,
                                         uint32_t *out);
HAND_LOCAL int32_t BATON_CALL HAND_KIND(const baton_value *self, uint32_t *out);
HAND_LOCAL int32_t BATON_CALL HAND_NAME(const baton_value *self,
                                        baton_text_view *out);
HAND_LOCAL int32_t BATON_CALL HAND_QUALIFIED_NAME(const baton_value *self,
                                                  baton_text_view *out);
HAND_LOCAL int32_t BATON_CALL HAND_LOCATION(const baton_value *self,
                                            baton_frame *out);
HAND_LOCAL int32_t BATON_CALL HAND_DELEGATED_TO(const baton_value *self,
                                                baton_value *out);

HAND_LOCAL int32_t BATON_CALL HAND_RETAIN(const baton_value *self);
HAND_LOCAL void HAND_REPORT_UNAWAITED(const baton_value *self);
HAND_LOCAL void HAND_REPORT_UNRAISABLE(const baton_value *self,
                                       const baton_value *error);
HAND_LOCAL void HAND_ABANDON(const baton_value *self);
HAND_LOCAL int32_t BATON_CALL HAND_RELEASE(const baton_value *self);
HAND_LOCAL int32_t BATON_CALL HAND_TRAVERSE(const baton_value *self,
                                            baton_visit visit, void *arg);
HAND_LOCAL int32_t BATON_CALL HAND_QUERY(const baton_value *self,
                                         const char *id, const void **out);
HAND_LOCAL int32_t BATON_CALL HAND_AM_AWAIT(const baton_value *self,
                                            baton_context *cx,
                                            baton_value *out);
HAND_LOCAL int32_t BATON_CALL HAND_SEND(const baton_value *self,
                                        baton_context *cx, baton_value *in,
                                        baton_value *out);
HAND_LOCAL int32_t BATON_CALL HAND_THROW(const baton_value *self,
                                         baton_context *cx, baton_value *error,
                                         baton_value *out);
HAND_LOCAL int32_t BATON_CALL HAND_CLOSE(const baton_value *self,
                                         baton_context *cx, baton_value *out);

HAND_LOCAL int HAND_TURN_CLAIM(const hand_turn *turn);
HAND_LOCAL int32_t HAND_TURN_END(hand_turn *turn, int32_t status,
                                 baton_value *out);
HAND_LOCAL int32_t HAND_TURN_BEGIN_ASEND(hand_turn *turn, baton_context *cx,
                                         baton_value *in, baton_value *out);
HAND_LOCAL int32_t HAND_TURN_BEGIN_ATHROW(hand_turn *turn, baton_context *cx,
                                          const baton_value *in,
                                          baton_value *out);
HAND_LOCAL int32_t BATON_CALL HAND_TURN_SEND(const baton_value *self,
                                             baton_context *cx, baton_value *in,
                                             baton_value *out);
HAND_LOCAL int32_t BATON_CALL HAND_TURN_THROW(const baton_value *self,
                                              baton_context *cx,
                                              baton_value *error,
                                              baton_value *out);
HAND_LOCAL int32_t BATON_CALL HAND_TURN_CLOSE(const baton_value *self,
                                              baton_context *cx,
                                              baton_value *out);
HAND_LOCAL int32_t BATON_CALL HAND_TURN_RETAIN(const baton_value *self);
HAND_LOCAL int32_t BATON_CALL HAND_TURN_RELEASE(const baton_value *self);
HAND_LOCAL int32_t BATON_CALL HAND_TURN_TRAVERSE(const baton_value *self,
                                                 baton_visit visit, void *arg);

HAND_LOCAL int32_t BATON_CALL HAND_ASEND(const baton_value *self,
                                         baton_context *cx, baton_value *in,
                                         baton_value *out);
HAND_LOCAL int32_t BATON_CALL HAND_ATHROW(const baton_value *self,
                                          baton_context *cx, baton_value *error,
                                          baton_value *out);
HAND_LOCAL int32_t BATON_CALL HAND_ACLOSE(const baton_value *self,
                                          baton_context *cx, baton_value *out);
HAND_LOCAL int32_t BATON_CALL HAND_AM_AITER(const baton_value *self,
                                            baton_context *cx,
                                            baton_value *out);
HAND_LOCAL int32_t BATON_CALL HAND_AM_ANEXT(const baton_value *self,
                                            baton_context *cx,
                                            baton_value *out);
HAND_LOCAL int32_t BATON_CALL HAND_GENERATOR_QUERY(const baton_value *self,
                                                   const char *id,
                                                   const void **out);

HAND_LOCAL void HAND_NAP_END(hand_nap_state *nap);
HAND_LOCAL int32_t HAND_KEEP_WAKER(hand_nap_state *nap,
                                   const baton_context *cx);
HAND_LOCAL void HAND_NAP_DROP(hand *own);
HAND_LOCAL int32_t BATON_CALL HAND_BELL_CLONE(const baton_waker *self,
                                              const baton_waker **out);
HAND_LOCAL int32_t BATON_CALL HAND_BELL_DROP(const baton_waker *self);
HAND_LOCAL int32_t BATON_CALL HAND_BELL_WAKE_BY_REF(const baton_waker *self);
HAND_LOCAL int32_t BATON_CALL HAND_BELL_WAKE(const baton_waker *self);
HAND_LOCAL void HAND_BELL_WAIT(hand_bell *bell);
HAND_LOCAL uint32_t HAND_RUN_YIELDED(hand_bell *bell, baton_value *token,
                                     baton_value *in);

HAND_LOCAL hand_resume HAND_GIVE;
HAND_LOCAL hand_resume HAND_ECHO;
HAND_LOCAL hand_resume HAND_FAIL;
HAND_LOCAL hand_resume HAND_RAISE;
HAND_LOCAL hand_resume HAND_RELAY;
HAND_LOCAL hand_resume HAND_PAIR;
HAND_LOCAL hand_resume HAND_RESCUE;
HAND_LOCAL hand_resume HAND_GUARD;
HAND_LOCAL hand_resume HAND_NAP;
HAND_LOCAL hand_resume HAND_COUNT;
HAND_LOCAL hand_resume HAND_ITEMS;
HAND_LOCAL hand_resume HAND_MIRROR;
HAND_LOCAL hand_resume HAND_TIDY;
HAND_LOCAL hand_resume HAND_LAST;
HAND_LOCAL hand_resume HAND_NIL;
HAND_LOCAL hand_resume HAND_TRUE;
HAND_LOCAL hand_resume HAND_ONE;
HAND_LOCAL hand_resume HAND_ALIKE;
HAND_LOCAL hand_resume HAND_GREET;
HAND_LOCAL hand_resume HAND_DELEGATE;
HAND_LOCAL int HAND_IS_SAME(const baton_value *a, const baton_value *b);

HAND_LOCAL int32_t BATON_CALL HAND_CREATE(const baton_export *self,
                                          baton_context *cx,
                                          baton_value *arguments,
                                          uint64_t count, baton_value *out);
HAND_LOCAL int32_t BATON_CALL HAND_CREATE_RUN(const baton_export *self,
                                              baton_context *cx,
                                              baton_value *arguments,
                                              uint64_t count, baton_value *out);
HAND_LOCAL int32_t BATON_CALL HAND_CREATE_SAME(const baton_export *self,
                                               baton_context *cx,
                                               baton_value *arguments,
                                               uint64_t count,
                                               baton_value *out);
HAND_LOCAL int32_t BATON_CALL HAND_CREATE_LIVE(const baton_export *self,
                                               baton_context *cx,
                                               baton_value *arguments,
                                               uint64_t count,
                                               baton_value *out);
HAND_LOCAL int32_t BATON_CALL HAND_PROVIDER_QUERY(const baton_provider *self,
                                                  const char *id,
                                                  const void **out);
HAND_LOCAL const baton_provider *HAND_ENTRY(void);

static const baton_provider HAND_PROVIDER;

#endif
