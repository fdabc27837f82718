/* SPDX-License-Identifier: MIT */
#ifndef HAND_NAMES_H
#define HAND_NAMES_H

/** @file
 * What can be replaced: define the word before hand.c is included, and the
 * function after it. hand_send is there whether HAND_SEND means it or not.
 */

/* Of what may go uncalled because its replacement does not need it. */
#define HAND_LOCAL static __attribute__((unused))

/* ---- Functions ---------------------------------------------------------- */

/* Memory: memory.h */
#ifndef HAND_ALLOCATE
#define HAND_ALLOCATE hand_allocate
#endif
#ifndef HAND_FREE
#define HAND_FREE hand_free
#endif

/* Adopting a descriptor: check.h */
#ifndef HAND_CHECK
#define HAND_CHECK hand_check
#endif

/* Text: text.h */
#ifndef HAND_TEXT_RETAIN
#define HAND_TEXT_RETAIN hand_text_retain
#endif
#ifndef HAND_TEXT_RELEASE
#define HAND_TEXT_RELEASE hand_text_release
#endif
#ifndef HAND_TEXT_VIEW
#define HAND_TEXT_VIEW hand_text_view
#endif
#ifndef HAND_TEXT_QUERY
#define HAND_TEXT_QUERY hand_text_query
#endif

/* Errors: error.h, frames.h */
#ifndef HAND_ERROR_RETAIN
#define HAND_ERROR_RETAIN hand_error_retain
#endif
#ifndef HAND_ERROR_RELEASE
#define HAND_ERROR_RELEASE hand_error_release
#endif
#ifndef HAND_ERROR_TRAVERSE
#define HAND_ERROR_TRAVERSE hand_error_traverse
#endif
#ifndef HAND_ERROR_KIND
#define HAND_ERROR_KIND hand_error_kind
#endif
#ifndef HAND_ERROR_MESSAGE
#define HAND_ERROR_MESSAGE hand_error_message
#endif
#ifndef HAND_ERROR_CAUSE
#define HAND_ERROR_CAUSE hand_error_cause
#endif
#ifndef HAND_ERROR_CONTEXT
#define HAND_ERROR_CONTEXT hand_error_context
#endif
#ifndef HAND_ERROR_FRAMES
#define HAND_ERROR_FRAMES hand_error_frames
#endif
#ifndef HAND_ERROR_ADD_FRAME
#define HAND_ERROR_ADD_FRAME hand_error_add_frame
#endif

/* What is awaited: child.h */
#ifndef HAND_FAILURE
#define HAND_FAILURE hand_failure
#endif
#ifndef HAND_ATTACH
#define HAND_ATTACH hand_attach
#endif
#ifndef HAND_ATTACH_ITERATOR
#define HAND_ATTACH_ITERATOR hand_attach_iterator
#endif
#ifndef HAND_CALL_CHILD
#define HAND_CALL_CHILD hand_call_child
#endif
#ifndef HAND_DETACH
#define HAND_DETACH hand_detach
#endif
#ifndef HAND_SETTLE
#define HAND_SETTLE hand_settle
#endif

/* Driving: drive.h */
#ifndef HAND_LET_GO
#define HAND_LET_GO hand_let_go
#endif
#ifndef HAND_ENTER
#define HAND_ENTER hand_enter
#endif
#ifndef HAND_CONVERT
#define HAND_CONVERT hand_convert
#endif
#ifndef HAND_GO_ON
#define HAND_GO_ON hand_go_on
#endif
#ifndef HAND_MAY_SUSPEND
#define HAND_MAY_SUSPEND hand_may_suspend
#endif
#ifndef HAND_RUN
#define HAND_RUN hand_run
#endif
#ifndef HAND_DRIVE_SEND
#define HAND_DRIVE_SEND hand_drive_send
#endif
#ifndef HAND_CLOSE_CHILD
#define HAND_CLOSE_CHILD hand_close_child
#endif
#ifndef HAND_DRIVE_THROW
#define HAND_DRIVE_THROW hand_drive_throw
#endif
#ifndef HAND_DRIVE_CLOSE
#define HAND_DRIVE_CLOSE hand_drive_close
#endif

/* Introspection: introspect.h */
#ifndef HAND_STATE
#define HAND_STATE hand_state
#endif
#ifndef HAND_KIND
#define HAND_KIND hand_kind
#endif
#ifndef HAND_NAME
#define HAND_NAME hand_name
#endif
#ifndef HAND_QUALIFIED_NAME
#define HAND_QUALIFIED_NAME hand_qualified_name
#endif
#ifndef HAND_LOCATION
#define HAND_LOCATION hand_location
#endif
#ifndef HAND_DELEGATED_TO
#define HAND_DELEGATED_TO hand_delegated_to
#endif

/* Slots of coroutines and generators: coroutine.h */
#ifndef HAND_RETAIN
#define HAND_RETAIN hand_retain
#endif
#ifndef HAND_REPORT_UNAWAITED
#define HAND_REPORT_UNAWAITED hand_report_unawaited
#endif
#ifndef HAND_REPORT_UNRAISABLE
#define HAND_REPORT_UNRAISABLE hand_report_unraisable
#endif
#ifndef HAND_ABANDON
#define HAND_ABANDON hand_abandon
#endif
#ifndef HAND_RELEASE
#define HAND_RELEASE hand_release
#endif
#ifndef HAND_TRAVERSE
#define HAND_TRAVERSE hand_traverse
#endif
#ifndef HAND_QUERY
#define HAND_QUERY hand_query
#endif
#ifndef HAND_AM_AWAIT
#define HAND_AM_AWAIT hand_am_await
#endif
#ifndef HAND_SEND
#define HAND_SEND hand_send
#endif
#ifndef HAND_THROW
#define HAND_THROW hand_throw
#endif
#ifndef HAND_CLOSE
#define HAND_CLOSE hand_close
#endif

/* Awaitables of async generators: turn.h */
#ifndef HAND_TURN_CLAIM
#define HAND_TURN_CLAIM hand_turn_claim
#endif
#ifndef HAND_TURN_END
#define HAND_TURN_END hand_turn_end
#endif
#ifndef HAND_TURN_BEGIN_ASEND
#define HAND_TURN_BEGIN_ASEND hand_turn_begin_asend
#endif
#ifndef HAND_TURN_BEGIN_ATHROW
#define HAND_TURN_BEGIN_ATHROW hand_turn_begin_athrow
#endif
#ifndef HAND_TURN_SEND
#define HAND_TURN_SEND hand_turn_send
#endif
#ifndef HAND_TURN_THROW
#define HAND_TURN_THROW hand_turn_throw
#endif
#ifndef HAND_TURN_CLOSE
#define HAND_TURN_CLOSE hand_turn_close
#endif
#ifndef HAND_TURN_RETAIN
#define HAND_TURN_RETAIN hand_turn_retain
#endif
#ifndef HAND_TURN_RELEASE
#define HAND_TURN_RELEASE hand_turn_release
#endif
#ifndef HAND_TURN_TRAVERSE
#define HAND_TURN_TRAVERSE hand_turn_traverse
#endif

/* Async generators: generator.h */
#ifndef HAND_ASEND
#define HAND_ASEND hand_asend
#endif
#ifndef HAND_ATHROW
#define HAND_ATHROW hand_athrow
#endif
#ifndef HAND_ACLOSE
#define HAND_ACLOSE hand_aclose
#endif
#ifndef HAND_AM_AITER
#define HAND_AM_AITER hand_am_aiter
#endif
#ifndef HAND_AM_ANEXT
#define HAND_AM_ANEXT hand_am_anext
#endif
#ifndef HAND_GENERATOR_QUERY
#define HAND_GENERATOR_QUERY hand_generator_query
#endif

/* Waiting and waking: nap.h, bell.h */
#ifndef HAND_NAP_END
#define HAND_NAP_END hand_nap_end
#endif
#ifndef HAND_KEEP_WAKER
#define HAND_KEEP_WAKER hand_keep_waker
#endif
#ifndef HAND_NAP_DROP
#define HAND_NAP_DROP hand_nap_drop
#endif
#ifndef HAND_BELL_CLONE
#define HAND_BELL_CLONE hand_bell_clone
#endif
#ifndef HAND_BELL_DROP
#define HAND_BELL_DROP hand_bell_drop
#endif
#ifndef HAND_BELL_WAKE_BY_REF
#define HAND_BELL_WAKE_BY_REF hand_bell_wake_by_ref
#endif
#ifndef HAND_BELL_WAKE
#define HAND_BELL_WAKE hand_bell_wake
#endif
#ifndef HAND_BELL_WAIT
#define HAND_BELL_WAIT hand_bell_wait
#endif
#ifndef HAND_RUN_YIELDED
#define HAND_RUN_YIELDED hand_run_yielded
#endif

/* Bodies: bodies.h, items.h, nap.h */
#ifndef HAND_GIVE
#define HAND_GIVE hand_give
#endif
#ifndef HAND_ECHO
#define HAND_ECHO hand_echo
#endif
#ifndef HAND_FAIL
#define HAND_FAIL hand_fail
#endif
#ifndef HAND_RAISE
#define HAND_RAISE hand_raise
#endif
#ifndef HAND_RELAY
#define HAND_RELAY hand_relay
#endif
#ifndef HAND_PAIR
#define HAND_PAIR hand_pair
#endif
#ifndef HAND_RESCUE
#define HAND_RESCUE hand_rescue
#endif
#ifndef HAND_GUARD
#define HAND_GUARD hand_guard
#endif
#ifndef HAND_NAP
#define HAND_NAP hand_nap
#endif
#ifndef HAND_COUNT
#define HAND_COUNT hand_count
#endif
#ifndef HAND_ITEMS
#define HAND_ITEMS hand_items
#endif
#ifndef HAND_MIRROR
#define HAND_MIRROR hand_mirror
#endif
#ifndef HAND_TIDY
#define HAND_TIDY hand_tidy
#endif
#ifndef HAND_STUBBORN
#define HAND_STUBBORN hand_stubborn
#endif
#ifndef HAND_LAST
#define HAND_LAST hand_last
#endif
#ifndef HAND_NIL
#define HAND_NIL hand_nil
#endif
#ifndef HAND_TRUE
#define HAND_TRUE hand_true
#endif
#ifndef HAND_ONE
#define HAND_ONE hand_one
#endif
#ifndef HAND_ALIKE
#define HAND_ALIKE hand_alike
#endif
#ifndef HAND_GREET
#define HAND_GREET hand_greet
#endif
#ifndef HAND_DELEGATE
#define HAND_DELEGATE hand_relay
#endif
#ifndef HAND_IS_SAME
#define HAND_IS_SAME hand_is_same
#endif

/* The provider: provider.h, bell.h */
#ifndef HAND_CREATE
#define HAND_CREATE hand_create
#endif
#ifndef HAND_CREATE_RUN
#define HAND_CREATE_RUN hand_create_run
#endif
#ifndef HAND_CREATE_SAME
#define HAND_CREATE_SAME hand_create_same
#endif
#ifndef HAND_CREATE_LIVE
#define HAND_CREATE_LIVE hand_create_live
#endif
#ifndef HAND_PROVIDER_QUERY
#define HAND_PROVIDER_QUERY hand_provider_query
#endif
#ifndef HAND_ENTRY
#define HAND_ENTRY hand_entry
#endif

#endif
