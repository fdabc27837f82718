/* SPDX-License-Identifier: MIT */
#ifndef SUPPORT_VALUE_H
#define SUPPORT_VALUE_H

#include <baton/runtime.h>

#include <atomic>
#include <cstdint>
#include <ostream>
#include <string>
#include <utility>

/** @file
 * Values for tests: an owner, a description, and objects that are counted.
 */

namespace support {

/** Owns a value, and releases it. */
class Value {
 public:
  Value() : raw_(baton_none()) {}
  Value(int number) : raw_(baton_from_i64(number)) {}
  explicit Value(baton_value raw) : raw_(raw) {}
  Value(const Value &other) { baton_copy(&other.raw_, &raw_); }
  Value(Value &&other) noexcept : raw_(baton_take(&other.raw_)) {}
  Value &operator=(Value other) noexcept {
    std::swap(raw_, other.raw_);
    return *this;
  }
  ~Value() { baton_drop(&raw_); }

  baton_value *get() { return &raw_; }
  const baton_value *get() const { return &raw_; }
  baton_value give() { return baton_take(&raw_); }
  bool none() const { return baton_is_none(&raw_); }
  void drop() { baton_drop(&raw_); }

  /** Whether both are the same object or the same scalar. */
  bool is(const Value &other) const {
    return raw_.head.tag == other.raw_.head.tag &&
           (none() || raw_.payload.u64 == other.raw_.payload.u64);
  }

 private:
  baton_value raw_;
};

/** "none", "7", "generator-exit", "type-error: no", "'text'", "counted". */
inline std::string describe(const baton_value *value) {
  const uint64_t bits = value->payload.u64;
  if (baton_is_error(value)) {
    std::string text = baton_kind_name(baton_error_kind(value));
    if (!baton_is_object(value)) return text;
    const baton_error_methods *methods = value->head.type->as_error;
    baton_text_view view = {nullptr, 0};
    if (methods->message) methods->message(value, &view);
    if (view.size) text += ": " + std::string(view.data, view.size);
    return text;
  }
  switch (value->head.tag) {
    case BATON_TAG_NONE:
      return "none";
    case BATON_TAG_BOOL:
      return bits ? "true" : "false";
    case BATON_TAG_I64:
      return std::to_string(value->payload.i64);
    case BATON_TAG_F64:
      return std::to_string(value->payload.f64);
    case BATON_TAG_U64:
      return std::to_string(bits);
    default:
      break;
  }
  if (!baton_is_object(value))
    return "tag " + std::to_string(value->head.tag) + " " +
           std::to_string(bits);
  baton_text_view view = {nullptr, 0};
  if (baton_text_of(value, &view) == BATON_OK)
    return "'" + std::string(view.data, view.size) + "'";
  return value->head.type->name;
}

inline std::string describe(const Value &value) {
  return describe(value.get());
}

inline std::ostream &operator<<(std::ostream &stream, const Value &value) {
  return stream << describe(value);
}

inline Value error(uint32_t kind, const char *message) {
  return Value(baton_error_new(kind, "%s", message));
}

inline Value kind(uint32_t number) { return Value(baton_from_kind(number)); }

inline Value generator_exit() { return kind(BATON_ERROR_GENERATOR_EXIT); }

inline Value text(const std::string &content) {
  Value made;
  baton_text_new(content.data(), content.size(), made.get());
  return made;
}

/* ---- Objects that are counted ----------------------------------------- */

/** How many exist, and how often one was retained. */
inline std::atomic<int> live_objects{0};
inline std::atomic<int> retained{0};

/** What all objects made by tests start with. */
struct Object {
  std::atomic<int> references{1};
  Object() { live_objects++; }
  Object(const Object &) = delete;
  Object &operator=(const Object &) = delete;
  virtual ~Object() { live_objects--; }
};

inline Object *object_of(const baton_value *self) {
  return static_cast<Object *>(self->payload.object);
}

inline int32_t BATON_CALL retain_object(const baton_value *self) {
  retained++;
  object_of(self)->references++;
  return BATON_OK;
}

inline int32_t BATON_CALL release_object(const baton_value *self) {
  if (--object_of(self)->references == 0) delete object_of(self);
  return BATON_OK;
}

/** A descriptor for such objects without any suite. */
inline baton_type plain_type(const char *name) {
  baton_type type = {};
  type.struct_size = sizeof type;
  type.abi_major = BATON_ABI_MAJOR;
  type.abi_minor = BATON_ABI_MINOR;
  type.magic = BATON_TYPE_MAGIC;
  type.name = name;
  type.retain = retain_object;
  type.release = release_object;
  return type;
}

/** An object that is nothing but itself. */
inline Value counted() {
  static const baton_type type = plain_type("counted");
  return Value(baton_from_object(&type, new Object));
}

/** An exception of a host: it has a kind, and every other slot is null. */
struct HostError : Object {
  uint32_t number = BATON_ERROR_OTHER;
};

inline int32_t BATON_CALL host_kind(const baton_value *self, uint32_t *out) {
  *out = static_cast<HostError *>(object_of(self))->number;
  return BATON_OK;
}

inline Value host_error(uint32_t number) {
  static const baton_error_methods methods = {
      sizeof methods, 0,       host_kind, nullptr, nullptr,
      nullptr,        nullptr, nullptr,   nullptr};
  static const baton_type type = [] {
    baton_type made = plain_type("host error");
    made.as_error = &methods;
    return made;
  }();
  auto *made = new HostError;
  made->number = number;
  return Value(baton_from_object(&type, made));
}

}  // namespace support

#endif
