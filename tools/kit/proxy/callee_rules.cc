/* SPDX-License-Identifier: MIT */
#include "../play/rules.h"
#include "../play/type.h"
#include "../play/value.h"
#include "visit.h"

/** @file
 * What a provider owes, as far as one call shows it.
 */

namespace kit {
namespace {

/** A refusal that any state may have: it says nothing about the state. */
bool is_excused(int32_t status) {
  return status == BATON_BUSY || status == BATON_WRONG_THREAD ||
         status == BATON_NO_MEMORY || status == BATON_VERSION_MISMATCH;
}

bool has_coroutine(const baton_value &value) {
  return value.head.tag >= BATON_TAG_LIMIT && coroutine_of(value.head.type);
}

const baton_async_methods *async_slots(const baton_value &value) {
  if (value.head.tag < BATON_TAG_LIMIT) return nullptr;
  return async_of(value.head.type);
}

bool is_usable(const baton_value &value) {
  return value.head.tag < BATON_TAG_LIMIT ||
         type_defect(value.head.type).empty();
}

bool is_none(const baton_value *value) {
  return value && value->head.tag == BATON_TAG_NONE;
}

}  // namespace

std::string Visit::text(int32_t status) const {
  std::string shown = status_name(status);
  if (out_ && !is_refusal(status)) shown += " " + describe(*out_);
  return shown;
}

void Visit::check_callee(int32_t status) const {
  check_cells(status);
  if (out_ && !is_usable(*out_)) {
    note(type_defect(out_->head.type).requirement, "a value that can be used",
         describe(*out_));
    return;
  }
  if (out_) check_scalar(proxy_.ledger(), *out_, plan_.name.c_str());
  check_status(status);
  if (plan_.runs()) check_state(status);
  check_given(status);
}

void Visit::check_cells(int32_t status) const {
  const bool kept = !in_ || same_bits(*in_, sent_);
  if (is_refusal(status)) {
    if (!kept) note("OWN-4", "in as it was after a refusal", "it was taken");
    if (out_ && !is_none(out_)) {
      note("OWN-4", "none in out after a refusal", "a value is there");
    }
  } else if (!kept && !is_none(in_)) {
    note("OWN-2", "in is none or as it was", "another value is there");
  }
}

void Visit::check_status(int32_t status) const {
  if (is_refusal(status) || status == BATON_ERROR) return;
  switch (plan_.use) {
    case Use::send:
    case Use::throw_:
    case Use::close:
      if (const char *rule = status_defect(status)) {
        note(rule, "a result or a refusal", text(status));
      }
      return;
    case Use::await:
      if (status != BATON_OWNED && status != BATON_LENT) {
        note("AWT-2", "OWNED or LENT", text(status));
      }
      return;
    case Use::iterate:
    case Use::begin:
      if (status != BATON_OWNED) {
        note(plan_.use == Use::begin ? "AGN-1" : "AWT-6", "OWNED",
             text(status));
      }
      return;
    default:
      return;
  }
}

void Visit::check_state(int32_t status) const {
  if (before_ == BATON_RUNNING) {
    if (status != BATON_BUSY) {
      note("COR-4", "BUSY while it runs", text(status));
    }
    return;
  }
  if (plan_.use == Use::close && context_ &&
      ((status == BATON_YIELD && !(context_->accepts & BATON_ACCEPT_YIELD)) ||
       (status == BATON_PENDING &&
        !(context_->accepts & BATON_ACCEPT_PENDING)))) {
    note("COR-10", "from close a suspension that is accepted", text(status));
  }
  if (is_refusal(status) && before_ && after_ && before_ != after_) {
    note("COR-12", "the same state after a refusal", "another one");
  }
  if (is_excused(status)) return;
  if (before_ == BATON_CREATED) check_created(status);
  if (before_ == BATON_CLOSED) check_closed(status);
}

bool Visit::is_same_error() const { return out_ && same_bits(*out_, sent_); }

/** An awaitable begins with what it is given, and so has no such rules. */
void Visit::check_created(int32_t status) const {
  if (!proxy_.kind() || proxy_.kind() == BATON_KIND_AWAITABLE) return;
  const bool closed = after_ == BATON_CLOSED;
  if (plan_.use == Use::send && sent_.head.tag != BATON_TAG_NONE) {
    Value came(*out_);
    const bool type_error = status == BATON_ERROR && came.is_error() &&
                            came.error_kind() == BATON_ERROR_TYPE;
    came.give();
    if (!type_error || after_ != BATON_CREATED) {
      note("COR-2", "ERROR of kind type for a value, and still CREATED",
           text(status));
    }
  }
  const bool argument = status == BATON_INVALID_ARGUMENT;
  if (plan_.use == Use::throw_ && !argument) {
    if (status != BATON_ERROR || !is_same_error() || !closed) {
      note("COR-5", "ERROR with the same error, and CLOSED", text(status));
    }
  }
  if (plan_.use == Use::close) {
    if (status != BATON_RETURN || !is_none(out_) || !closed) {
      note("COR-7", "RETURN none, and CLOSED", text(status));
    }
  }
}

void Visit::check_closed(int32_t status) const {
  const bool none = status == BATON_RETURN && is_none(out_);
  if (plan_.use == Use::close) {
    if (!none) note("COR-9", "RETURN none from close at the end", text(status));
    return;
  }
  const bool ended =
      plan_.use == Use::send ? none : status == BATON_ERROR && is_same_error();
  const bool refused = status == BATON_INVALID_STATE;
  const auto kind = proxy_.kind();
  const bool right = kind == BATON_KIND_COROUTINE   ? refused
                     : kind == BATON_KIND_GENERATOR ? ended
                     : kind == BATON_KIND_AWAITABLE
                         ? status == BATON_ERROR
                         : refused || ended || status == BATON_ERROR;
  if (!right && status != BATON_INVALID_ARGUMENT) {
    note("COR-3", "the answer of what has ended", text(status));
  }
}

void Visit::check_given(int32_t status) const {
  if (!out_ || is_refusal(status) || status == BATON_ERROR) return;
  if (plan_.use == Use::await && !has_coroutine(*out_)) {
    note("AWT-3", "a handle that can be driven", describe(*out_));
  }
  if (plan_.use == Use::begin && !async_slots(*out_) && !has_coroutine(*out_)) {
    note("AGN-1", "an awaitable", describe(*out_));
  }
  if (plan_.use == Use::delegate && before_ != after_) {
    note("INT-3", "asking changes nothing", "another state");
  }
  if (plan_.use != Use::iterate) return;
  const baton_async_methods *slots = async_slots(*out_);
  const bool aiter = plan_.name == "baton_async_methods.am_aiter";
  const bool iterator =
      slots && KIT_MEMBER(slots, baton_async_methods, am_anext);
  if (aiter && !iterator) {
    note("AWT-5", "a value that has am_anext", describe(*out_));
  }
  if (!aiter && !slots && !has_coroutine(*out_)) {
    note("AWT-6", "an awaitable", describe(*out_));
  }
}

}  // namespace kit
