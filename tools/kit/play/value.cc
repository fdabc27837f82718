// SPDX-License-Identifier: MIT
#include "value.h"

#include <stdexcept>

#include "type.h"

namespace kit {
namespace {

struct Named {
  uint32_t kind;
  const char *name;
};

const Named kinds[] = {
    {BATON_ERROR_OTHER, "other"},
    {BATON_ERROR_RUNTIME, "runtime"},
    {BATON_ERROR_TYPE, "type"},
    {BATON_ERROR_VALUE, "value"},
    {BATON_ERROR_STOP_ITERATION, "stop-iteration"},
    {BATON_ERROR_STOP_ASYNC_ITERATION, "stop-async-iteration"},
    {BATON_ERROR_TIMEOUT, "timeout"},
    {BATON_ERROR_NO_MEMORY, "no-memory"},
    {BATON_ERROR_OS, "os"},
    {BATON_ERROR_RECURSION, "recursion"},
    {BATON_ERROR_KEY, "key"},
    {BATON_ERROR_INDEX, "index"},
    {BATON_ERROR_ARITHMETIC, "arithmetic"},
    {BATON_ERROR_ASSERTION, "assertion"},
    {BATON_ERROR_ATTRIBUTE, "attribute"},
    {BATON_ERROR_NOT_IMPLEMENTED, "not-implemented"},
    {BATON_ERROR_END_OF_FILE, "end-of-file"},
    {BATON_ERROR_UNICODE, "unicode"},
    {BATON_ERROR_GROUP, "group"},
    {BATON_ERROR_BASE_OTHER, "base-other"},
    {BATON_ERROR_GENERATOR_EXIT, "generator-exit"},
    {BATON_ERROR_CANCELLED, "cancelled"},
    {BATON_ERROR_INTERRUPT, "interrupt"},
    {BATON_ERROR_EXIT, "exit"},
    {BATON_ERROR_PANIC, "panic"},
    {BATON_ERROR_BASE_GROUP, "base-group"},
};

std::string describe_error(const baton_value &value) {
  Value held(value);
  std::string text = "error " + std::string(kind_name(held.error_kind()));
  std::string message = held.error_message();
  held.give();
  return message.empty() ? text : text + " \"" + message + "\"";
}

}  // namespace

Value Value::i64(int64_t number) {
  Value made;
  made.value_.head.tag = BATON_TAG_I64;
  made.value_.payload.i64 = number;
  return made;
}

Value Value::f64(double number) {
  Value made;
  made.value_.head.tag = BATON_TAG_F64;
  made.value_.payload.f64 = number;
  return made;
}

Value Value::boolean(bool truth) { return tagged(BATON_TAG_BOOL, truth); }
Value Value::kind(uint32_t kind) { return tagged(BATON_TAG_ERROR_KIND, kind); }

Value Value::tagged(uintptr_t tag, uint64_t payload) {
  Value made;
  made.value_.head.tag = tag;
  made.value_.payload.u64 = payload;
  return made;
}

baton_value Value::give() {
  baton_value given = value_;
  value_ = baton_value{};
  return given;
}

Value Value::copy() const {
  if (is_object() && type()->retain(&value_) != BATON_OK)
    throw std::runtime_error("retain of " + text() + " was refused");
  return Value(value_);
}

void Value::drop() {
  baton_value held = give();
  if (held.head.tag >= BATON_TAG_LIMIT) held.head.type->release(&held);
}

const baton_type *Value::type() const {
  return is_object() ? value_.head.type : nullptr;
}

uintptr_t Value::tag() const { return value_.head.tag; }
bool Value::is_none() const { return value_.head.tag == BATON_TAG_NONE; }
bool Value::is_object() const { return value_.head.tag >= BATON_TAG_LIMIT; }

bool Value::is_error() const {
  return tag() == BATON_TAG_ERROR_KIND || (is_object() && error_of(type()));
}

uint32_t Value::error_kind() const {
  uint32_t kind = BATON_ERROR_OTHER;
  if (tag() == BATON_TAG_ERROR_KIND)
    return static_cast<uint32_t>(value_.payload.u64);
  if (!is_error()) return kind;
  auto slot = KIT_MEMBER(error_of(type()), baton_error_methods, kind);
  if (slot) slot(&value_, &kind);
  return kind;
}

std::string Value::error_message() const {
  baton_text_view view{};
  if (!is_object() || !is_error()) return "";
  auto *slots = error_of(type());
  auto message = KIT_MEMBER(slots, baton_error_methods, message);
  if (!message || message(&value_, &view) != BATON_OK || !view.data) return "";
  return std::string(view.data, view.size);
}

bool Value::same(const Value &other) const {
  if (value_.head.tag != other.value_.head.tag) return false;
  if (is_none()) return true;
  if (is_object()) return value_.payload.object == other.value_.payload.object;
  return value_.payload.u64 == other.value_.payload.u64;
}

std::string Value::text() const { return describe(value_); }

std::string describe(const baton_value &value) {
  uintptr_t tag = value.head.tag;
  if (tag >= BATON_TAG_LIMIT) {
    const Defect defect = type_defect(value.head.type);
    if (!defect.empty()) return defect.text;
    if (error_of(value.head.type)) return describe_error(value);
    return "object " + std::string(value.head.type->name);
  }
  switch (tag) {
    case BATON_TAG_NONE:
      return "none";
    case BATON_TAG_BOOL:
      return value.payload.u64 == 0   ? "false"
             : value.payload.u64 == 1 ? "true"
                                      : "bool with another payload";
    case BATON_TAG_I64:
      return "i64 " + std::to_string(value.payload.i64);
    case BATON_TAG_F64:
      return "f64 " + std::to_string(value.payload.f64);
    case BATON_TAG_U64:
      return "u64 " + std::to_string(value.payload.u64);
    case BATON_TAG_ERROR_KIND:
      return "error " +
             std::string(kind_name(static_cast<uint32_t>(value.payload.u64)));
    default:
      return "scalar of unknown tag " + std::to_string(tag);
  }
}

const char *kind_name(uint32_t kind) {
  for (const Named &known : kinds)
    if (known.kind == kind) return known.name;
  return kind & BATON_ERROR_BASE ? "of an unknown base kind"
                                 : "of an unknown kind";
}

std::string status_name(int32_t status) {
  switch (status) {
    case BATON_RETURN:
      return "RETURN";
    case BATON_YIELD:
      return "YIELD";
    case BATON_AWAIT:
      return "AWAIT";
    case BATON_PENDING:
      return "PENDING";
    case BATON_ITEM:
      return "ITEM";
    case BATON_ERROR:
      return "ERROR";
    case BATON_BUSY:
      return "refusal BUSY";
    case BATON_INVALID_STATE:
      return "refusal INVALID_STATE";
    case BATON_UNSUPPORTED:
      return "refusal UNSUPPORTED";
    case BATON_NO_MEMORY:
      return "refusal NO_MEMORY";
    case BATON_VERSION_MISMATCH:
      return "refusal VERSION_MISMATCH";
    case BATON_WRONG_THREAD:
      return "refusal WRONG_THREAD";
    case BATON_INVALID_ARGUMENT:
      return "refusal INVALID_ARGUMENT";
    default:
      return "status " + std::to_string(status);
  }
}

}  // namespace kit
