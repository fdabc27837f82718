/* SPDX-License-Identifier: MIT */
#ifndef KIT_VALUE_H
#define KIT_VALUE_H

#include <baton/baton.h>

#include <string>

/** @file
 * A baton_value that is owned, and the kit's own values.
 */

namespace kit {

class Ledger;

/** Owns one reference, or a scalar. Moved, never copied. */
class Value {
 public:
  Value() = default;
  /** Takes what `given` owns. */
  explicit Value(baton_value given) : value_(given) {}
  Value(Value &&other) noexcept : value_(other.give()) {}
  Value &operator=(Value &&other) noexcept {
    if (this != &other) {
      drop();
      value_ = other.give();
    }
    return *this;
  }
  ~Value() { drop(); }

  static Value none() { return Value(); }
  static Value i64(int64_t number);
  static Value f64(double number);
  static Value boolean(bool truth);
  static Value kind(uint32_t kind); /**< a bare error */
  static Value tagged(uintptr_t tag, uint64_t payload);

  /** Gives the reference away; this is none afterwards. */
  baton_value give();
  /** Retains what cannot be refused, an object of the kit above all; that of
   * another is Bench::copy's. @throws std::runtime_error */
  Value copy() const;
  void drop();

  const baton_value *get() const { return &value_; }
  baton_value *get() { return &value_; }
  const baton_type *type() const; /**< null for a scalar */
  uintptr_t tag() const;          /**< of a scalar */
  bool is_none() const;
  bool is_object() const;
  bool is_error() const;       /**< a bare kind, or its type has as_error */
  uint32_t error_kind() const; /**< other, if the slot is missing */
  std::string error_message() const; /**< through the slot; "" if none */

  /** The same scalar, or the same object of the same type. */
  bool same(const Value &other) const;
  /** For people: `none`, `i64 5`, `error value "x"`, `object countdown`. */
  std::string text() const;

 private:
  baton_value value_{};
};

/** An error with a message, whose slots may be called by several threads. */
Value make_error(Ledger &ledger, uint32_t kind, const std::string &message);
/** A text (text/1). */
Value make_text(Ledger &ledger, const std::string &text);
/** An object that can nothing but be counted. */
Value make_token(Ledger &ledger, const std::string &name);

std::string describe(const baton_value &value);
const char *kind_name(uint32_t kind);    /**< "runtime" */
std::string status_name(int32_t status); /**< "YIELD", "refusal BUSY", "77" */

}  // namespace kit

#endif
