/* SPDX-License-Identifier: MIT */
#ifndef BATON_BATON_HPP
#define BATON_BATON_HPP

/** @file
 * Baton for C++20: coroutines that any language can await, and the await of
 * any language's.
 *
 *     baton::task<int> twice(baton::value awaitable) {
 *       baton::value got = co_await std::move(awaitable);
 *       co_return 2 * got.to<int>();
 *     }
 *
 * A `task` is a Baton coroutine whose C++ frame lies inside the Baton object:
 * one allocation, from libbaton's allocator. Where memory is short the call of
 * the coroutine function throws std::bad_alloc.
 *
 * No exception crosses a slot: one that leaves a body becomes an error value,
 * which keeps it. One that leaves a destructor is std::terminate, as ever.
 *
 * Unless a comment says otherwise: objects are used by one thread at a time;
 * what a function cannot do it throws, as `baton::error` or std::bad_alloc.
 */

#if !defined(__cpp_impl_coroutine)
#error "baton.hpp needs the coroutines of C++20: gcc 11, clang 16, or newer"
#endif

#include <baton/runtime.h>

#include <array>
#include <atomic>
#include <chrono>
#include <concepts>
#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <limits>
#include <memory>
#include <mutex>
#include <new>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <tuple>
#include <type_traits>
#include <typeinfo>
#include <utility>
#include <variant>
#include <vector>

namespace baton {

class value;
class error;
template <class T>
class task;
template <class T, class R>
class generator;
template <class T>
class async_generator;

/** What an error is about; unknown numbers may come. See error.h. */
enum class kind : std::uint32_t {
  other = BATON_ERROR_OTHER,
  runtime = BATON_ERROR_RUNTIME,
  type = BATON_ERROR_TYPE,
  value = BATON_ERROR_VALUE,
  stop_iteration = BATON_ERROR_STOP_ITERATION,
  stop_async_iteration = BATON_ERROR_STOP_ASYNC_ITERATION,
  timeout = BATON_ERROR_TIMEOUT,
  no_memory = BATON_ERROR_NO_MEMORY,
  os = BATON_ERROR_OS,
  recursion = BATON_ERROR_RECURSION,
  key = BATON_ERROR_KEY,
  index = BATON_ERROR_INDEX,
  arithmetic = BATON_ERROR_ARITHMETIC,
  assertion = BATON_ERROR_ASSERTION,
  attribute = BATON_ERROR_ATTRIBUTE,
  not_implemented = BATON_ERROR_NOT_IMPLEMENTED,
  end_of_file = BATON_ERROR_END_OF_FILE,
  unicode = BATON_ERROR_UNICODE,
  group = BATON_ERROR_GROUP,
  base_other = BATON_ERROR_BASE_OTHER,
  generator_exit = BATON_ERROR_GENERATOR_EXIT,
  cancelled = BATON_ERROR_CANCELLED,
  interrupt = BATON_ERROR_INTERRUPT,
  exit = BATON_ERROR_EXIT,
  panic = BATON_ERROR_PANIC,
  base_group = BATON_ERROR_BASE_GROUP,
};

/* ---- Values ----------------------------------------------------------- */

namespace detail {

/* Moves a value in two registers: it was mostly stored in halves, and a load of
 * the whole would have to wait for both. */
inline baton_value moved(baton_value *from) noexcept {
  std::uint64_t head = from->head.reserved0, payload = from->payload.u64;
  __asm__("" : "+r"(head), "+r"(payload));
  *from = baton_none();
  baton_value made = baton_none();
  made.head.reserved0 = head;
  made.payload.u64 = payload;
  return made;
}

/* Drops what is held there; what it was is not to be looked at again. */
inline void forget(const baton_value *held) noexcept {
  if (baton_is_object(held)) held->head.type->release(held);
}

inline void drop(baton_value *held) noexcept {
  baton_value old = moved(held);
  forget(&old);
}

}  // namespace detail

/** How a C++ type becomes a value and comes back. The general one boxes;
 * specialise it for a type of your own. */
template <class T>
struct conversion;

/** Any value of any language: a scalar or a counted reference. Move-only,
 * since some objects may be counted on their own thread only. */
class value {
 public:
  value() noexcept : raw_(baton_none()) {}
  template <class T>
  requires std::is_arithmetic_v<T> value(T number) noexcept;
  /** UTF-8, copied. */
  template <class T>
  requires std::convertible_to<const T &, std::string_view> value(
      const T &text);
  /** Copied. */
  explicit value(std::span<const std::byte> bytes);

  value(value &&from) noexcept : raw_(detail::moved(&from.raw_)) {}
  value &operator=(value &&from) noexcept {
    baton_value taken = detail::moved(&from.raw_), old = raw_;
    raw_ = taken;
    detail::forget(&old);
    return *this;
  }
  ~value() { detail::forget(&raw_); }

  /** Takes over a value of C's. */
  static value adopt(baton_value raw) noexcept {
    value made;
    made.raw_ = raw;
    return made;
  }
  /** Hands it to C; none is left. */
  baton_value release() noexcept { return detail::moved(&raw_); }
  const baton_value *get() const noexcept { return &raw_; }
  /** Where C may put one; what was there is dropped. */
  baton_value *out() noexcept {
    detail::drop(&raw_);
    return &raw_;
  }

  /** Another reference to the same. */
  value copy() const;

  bool is_none() const noexcept { return baton_is_none(&raw_); }
  const char *type_name() const noexcept { return baton_type_name(&raw_); }

  /** Converts; an error of kind type or value if it cannot be exact. A
   * std::string_view lives as long as a reference to the value. */
  template <class T>
  T to() const {
    return conversion<T>::from(*this);
  }

  /** The object in a box that this program made of a T, or null. */
  template <class T>
  T *get_if() const noexcept;

 private:
  baton_value raw_;
};

/** A failure as C++ throws it; it holds the very error value. */
class error : public std::exception {
 public:
  /** @param held an error; what is none becomes one of kind type. */
  explicit error(value held) noexcept;
  /** @param message UTF-8. */
  explicit error(baton::kind about, std::string_view message = {});
  error(const error &from) noexcept;
  error &operator=(const error &) = delete;
  ~error() override { delete text_.load(std::memory_order_acquire); }

  /** The message; asked of the error when it is first asked for. */
  const char *what() const noexcept override;
  baton::kind kind() const noexcept {
    return static_cast<baton::kind>(baton_error_kind(held_.get()));
  }
  std::string message() const;
  value payload() const;
  /** The error that was declared its cause, or none. */
  value cause() const;
  const value &get() const noexcept { return held_; }
  /** Moves the error value out. */
  value take() noexcept { return std::move(held_); }

 private:
  value part(decltype(baton_error_methods::cause) slot) const;

  value held_;
  mutable std::atomic<const std::string *> text_{nullptr};
};

namespace detail {

/* Turns a refusal into an exception. */
inline void check(std::int32_t status, const baton_value *culprit) {
  if (status == BATON_NO_MEMORY) throw std::bad_alloc();
  if (baton_is_refusal(status))
    throw error(value::adopt(baton_error_from_refusal(status, culprit)));
}

/* A counted T in memory of libbaton's: a block of bytes that holds itself. */
template <class T>
struct counted {
  std::atomic<std::uint32_t> count{1};
  baton_value block;
  T object;

  template <class... A>
  explicit counted(baton_value memory, A &&...arguments)
      : block(memory), object(std::forward<A>(arguments)...) {}

  template <class... A>
  static value make(const baton_type *type, A &&...arguments) {
    static_assert(alignof(counted) <= 16, "blocks are aligned to 16");
    value block;
    check(baton_bytes_new(nullptr, sizeof(counted), block.out()), block.get());
    void *at = baton_bytes_data(block.get());
    auto *made = new (at) counted(*block.get(), std::forward<A>(arguments)...);
    block.release();
    return value::adopt(baton_from_object(type, made));
  }
  static counted *of(const baton_value *self) noexcept {
    return static_cast<counted *>(self->payload.object);
  }
  static std::int32_t BATON_CALL retain(const baton_value *self) noexcept {
    of(self)->count.fetch_add(1, std::memory_order_relaxed);
    return BATON_OK;
  }
  static std::int32_t BATON_CALL release(const baton_value *self) noexcept {
    counted *object = of(self);
    if (object->count.fetch_sub(1, std::memory_order_acq_rel) != 1)
      return BATON_OK;
    baton_value block = object->block;
    object->~counted();
    baton_drop(&block);
    return BATON_OK;
  }
  static constexpr baton_type type(const char *name) {
    baton_type made = {};
    made.struct_size = sizeof made;
    made.abi_major = BATON_ABI_MAJOR;
    made.abi_minor = BATON_ABI_MINOR;
    made.magic = BATON_TYPE_MAGIC;
    made.name = name;
    made.retain = retain;
    made.release = release;
    return made;
  }
};

template <class T>
inline constexpr baton_type box_type = counted<T>::type("c++ object");

template <class T>
concept integer = std::integral<T> && !std::same_as<T, bool>;

/* The scalar that a value is or, by scalar/1, stands for. */
inline baton_value scalar_of(const value &from) noexcept {
  baton_value got = *from.get();
  if (!baton_is_object(&got)) return got;
  const auto *table = static_cast<const baton_scalar *>(
      baton_find(from.get(), BATON_EXT_SCALAR));
  got = baton_none();
  if (table &&
      (table->get(from.get(), &got) != BATON_OK || baton_is_object(&got)))
    baton_drop(&got); /* a scalar is no object */
  return got;
}

/* Refuses an object that is met here for the first time, if its type breaks the
 * contract or needs another one. `own` is the same, if it is to be given up:
 * it is not dropped if its type may not even have a release. */
inline void check_type(const value &met, value *own = nullptr) {
  const char *why = nullptr;
  if (!baton_is_object(met.get())) return;
  const baton_type *type = met.get()->head.type;
  std::int32_t status = baton_type_check(type, &why);
  if (status == BATON_OK) return;
  bool named =
      reinterpret_cast<std::uintptr_t>(type) % alignof(baton_type) == 0 &&
      type->magic == BATON_TYPE_MAGIC && type->name;
  std::string told = named ? "'" + std::string(type->name) + "'" : "the value";
  if (status == BATON_INVALID_ARGUMENT && own) own->release();
  throw error(kind::type, told + " cannot be used: " + why);
}

[[noreturn]] inline void mismatch(const char *wanted, const value &got) {
  throw error(kind::type, std::string(wanted) + " is needed, not '" +
                              got.type_name() + "'");
}

}  // namespace detail

template <class T>
requires std::is_arithmetic_v<T> value::value(T number) noexcept {
  if constexpr (std::same_as<T, bool>)
    raw_ = baton_from_bool(number);
  else if constexpr (std::floating_point<T>)
    raw_ = baton_from_f64(static_cast<double>(number));
  else if constexpr (std::is_signed_v<T>)
    raw_ = baton_from_i64(number);
  else
    raw_ = baton_from_u64(number);
}

template <class T>
requires std::convertible_to<const T &, std::string_view> value::value(
    const T &text)
    : value() {
  std::string_view view = text;
  std::int32_t status = baton_text_new(view.data(), view.size(), &raw_);
  if (status == BATON_INVALID_ARGUMENT)
    throw error(kind::unicode, "the text is not UTF-8");
  detail::check(status, &raw_);
}

inline value::value(std::span<const std::byte> bytes) : value() {
  detail::check(baton_bytes_new(bytes.data(), bytes.size(), &raw_), &raw_);
}

inline value value::copy() const {
  value made;
  detail::check(baton_copy(&raw_, &made.raw_), &raw_);
  return made;
}

template <class T>
T *value::get_if() const noexcept {
  if (raw_.head.type != &detail::box_type<T>) return nullptr;
  return &detail::counted<T>::of(&raw_)->object;
}

/** Puts an object into a value; it comes home by get_if or to. It is destroyed
 * on the thread that drops the last reference. */
template <class T>
value box(T object) {
  return detail::counted<T>::make(&detail::box_type<T>, std::move(object));
}

template <class T>
struct conversion {
  static value into(T object) { return box(std::move(object)); }
  static T from(const value &held) {
    if (const T *object = held.get_if<T>()) return *object;
    detail::mismatch("a c++ object of one type", held);
  }
};

template <>
struct conversion<value> {
  static value into(value held) noexcept { return held; }
  static value from(const value &held) { return held.copy(); }
};

template <>
struct conversion<std::monostate> {
  static value into(std::monostate) noexcept { return value(); }
  static std::monostate from(const value &) noexcept { return {}; }
};

template <>
struct conversion<bool> {
  static value into(bool truth) noexcept { return truth; }
  static bool from(const value &held) {
    baton_value scalar = detail::scalar_of(held);
    if (scalar.head.tag != BATON_TAG_BOOL) detail::mismatch("a bool", held);
    return scalar.payload.u64 != 0;
  }
};

template <detail::integer T>
struct conversion<T> {
  static value into(T number) noexcept { return number; }
  static T from(const value &held) {
    baton_value scalar = detail::scalar_of(held);
    bool is_signed = scalar.head.tag == BATON_TAG_I64;
    if (!is_signed && scalar.head.tag != BATON_TAG_U64)
      detail::mismatch("an integer", held);
    if (is_signed ? !std::in_range<T>(scalar.payload.i64)
                  : !std::in_range<T>(scalar.payload.u64))
      throw error(kind::value, "the number does not fit");
    return static_cast<T>(scalar.payload.u64);
  }
};

template <std::floating_point T>
struct conversion<T> {
  static value into(T number) noexcept { return number; }
  static T from(const value &held) {
    baton_value scalar = detail::scalar_of(held);
    if (scalar.head.tag == BATON_TAG_F64)
      return static_cast<T>(scalar.payload.f64);
    if (scalar.head.tag == BATON_TAG_I64)
      return static_cast<T>(scalar.payload.i64);
    if (scalar.head.tag == BATON_TAG_U64)
      return static_cast<T>(scalar.payload.u64);
    detail::mismatch("a number", held);
  }
};

template <>
struct conversion<std::string_view> {
  static value into(std::string_view text) { return text; }
  static std::string_view from(const value &held) {
    baton_text_view view = {};
    std::int32_t status = baton_text_of(held.get(), &view);
    if (status == BATON_UNSUPPORTED) detail::mismatch("text", held);
    detail::check(status, held.get());
    return {view.data, static_cast<std::size_t>(view.size)};
  }
};

template <>
struct conversion<std::string> {
  static value into(const std::string &text) { return text; }
  static std::string from(const value &held) {
    return std::string(held.to<std::string_view>());
  }
};

/** Lent, as a std::string_view is. */
template <>
struct conversion<std::span<const std::byte>> {
  static value into(std::span<const std::byte> bytes) { return value(bytes); }
  static std::span<const std::byte> from(const value &held) {
    baton_bytes_view view = {};
    std::int32_t status = baton_bytes_of(held.get(), &view);
    if (status == BATON_UNSUPPORTED) detail::mismatch("bytes", held);
    detail::check(status, held.get());
    return {reinterpret_cast<const std::byte *>(view.data),
            static_cast<std::size_t>(view.size)};
  }
};

/* ---- Errors ----------------------------------------------------------- */

namespace detail {

/* The message of an error, lent; empty if it has none. */
inline std::string_view message_of(const baton_value *held) noexcept {
  baton_text_view view = {};
  if (!baton_is_object(held)) return {};
  const baton_error_methods *methods = held->head.type->as_error;
  if (!methods || !methods->message ||
      methods->message(held, &view) != BATON_OK || !view.data)
    return {};
  return {view.data, static_cast<std::size_t>(view.size)};
}

/* Without a message it is a bare kind. */
inline value make_error(baton::kind about, std::string_view message) noexcept {
  auto number = static_cast<std::uint32_t>(about);
  if (message.empty()) return value::adopt(baton_from_kind(number));
  return value::adopt(baton_error_new(
      number, "%.*s", static_cast<int>(message.size()), message.data()));
}

/* The value, or an error that says that it is none. */
inline value as_error(value held) noexcept {
  if (baton_is_error(held.get())) return held;
  return value::adopt(baton_error_new(
      BATON_ERROR_TYPE, "c++ raised a %s, which is no error (ERR-1)",
      held.type_name()));
}

}  // namespace detail

inline error::error(value held) noexcept
    : held_(detail::as_error(std::move(held))) {}

inline error::error(baton::kind about, std::string_view message)
    : error(detail::make_error(about, message)) {}

/* Of an object that may not be counted here the kind is kept. */
inline error::error(const error &from) noexcept : std::exception(from) {
  baton_value copied;
  if (baton_copy(from.held_.get(), &copied) != BATON_OK)
    copied = baton_from_kind(static_cast<std::uint32_t>(from.kind()));
  held_ = value::adopt(copied);
}

inline const char *error::what() const noexcept {
  const std::string *text = text_.load(std::memory_order_acquire);
  try {
    auto made = text ? nullptr : std::make_unique<const std::string>(message());
    if (made && !made->empty() &&
        text_.compare_exchange_strong(text, made.get()))
      text = made.release();
  } catch (const std::bad_alloc &) {
  }
  return text ? text->c_str()
              : baton_kind_name(static_cast<std::uint32_t>(kind()));
}

inline std::string error::message() const {
  return std::string(detail::message_of(held_.get()));
}

inline value error::part(decltype(baton_error_methods::cause) slot) const {
  value got;
  if (slot) detail::check(slot(held_.get(), got.out()), held_.get());
  return got;
}

inline value error::payload() const {
  if (!baton_is_object(held_.get())) return value();
  return part(held_.get()->head.type->as_error->payload);
}

inline value error::cause() const {
  if (!baton_is_object(held_.get())) return value();
  return part(held_.get()->head.type->as_error->cause);
}

namespace detail {

/* An error that keeps an exception. `told` is an error of libbaton's with
 * everything else that can be told. */
struct exception_error {
  std::exception_ptr exception;
  value told;

  using object = counted<exception_error>;
  static const baton_value *base(const baton_value *self) noexcept {
    return object::of(self)->object.told.get();
  }
  static const baton_error_methods *methods(const baton_value *self) noexcept {
    return base(self)->head.type->as_error;
  }
  static std::int32_t BATON_CALL kind(const baton_value *self,
                                      std::uint32_t *out) noexcept {
    return methods(self)->kind(base(self), out);
  }
  static std::int32_t BATON_CALL message(const baton_value *self,
                                         baton_text_view *out) noexcept {
    return methods(self)->message(base(self), out);
  }
  static std::int32_t BATON_CALL payload(const baton_value *self,
                                         baton_value *out) noexcept {
    return methods(self)->payload(base(self), out);
  }
  static std::int32_t BATON_CALL cause(const baton_value *self,
                                       baton_value *out) noexcept {
    return methods(self)->cause(base(self), out);
  }
  static std::int32_t BATON_CALL context(const baton_value *self,
                                         baton_value *out) noexcept {
    return methods(self)->context(base(self), out);
  }
  static std::int32_t BATON_CALL frames(const baton_value *self,
                                        baton_frame *out,
                                        std::uint32_t capacity,
                                        std::uint32_t *kept,
                                        std::uint64_t *elided) noexcept {
    return methods(self)->frames(base(self), out, capacity, kept, elided);
  }
  static std::int32_t BATON_CALL add_frame(const baton_value *self,
                                           const baton_frame *frame) noexcept {
    return methods(self)->add_frame(base(self), frame);
  }
  static std::int32_t BATON_CALL traverse(const baton_value *self,
                                          baton_visit visit,
                                          void *arg) noexcept {
    return visit(base(self), arg);
  }
};

inline constexpr baton_error_methods exception_methods = {
    sizeof(baton_error_methods), 0,
    exception_error::kind,       exception_error::message,
    exception_error::payload,    exception_error::cause,
    exception_error::context,    exception_error::frames,
    exception_error::add_frame};

inline constexpr baton_type exception_type = [] {
  baton_type made = exception_error::object::type("c++ exception");
  made.as_error = &exception_methods;
  made.traverse = exception_error::traverse;
  return made;
}();

/* The exception that an error keeps, or null. */
inline std::exception_ptr exception_of(const baton_value *held) noexcept {
  if (held->head.type != &exception_type) return nullptr;
  return exception_error::object::of(held)->object.exception;
}

template <class... E>
bool is_any(const std::exception *thrown) noexcept {
  return (dynamic_cast<const E *>(thrown) || ...);
}

/* The table of bindings/cpp/guide.md. */
inline baton::kind kind_of(const std::exception *thrown) noexcept {
  using namespace std;
  if (const auto *own = dynamic_cast<const error *>(thrown)) return own->kind();
  if (is_any<bad_alloc>(thrown)) return kind::no_memory;
  if (is_any<system_error>(thrown)) return kind::os;
  if (is_any<out_of_range>(thrown)) return kind::index;
  if (is_any<invalid_argument, domain_error, length_error, bad_optional_access,
             bad_variant_access>(thrown))
    return kind::value;
  if (is_any<range_error, overflow_error, underflow_error>(thrown))
    return kind::arithmetic;
  if (is_any<bad_cast, bad_typeid>(thrown)) return kind::type;
  if (is_any<logic_error, runtime_error>(thrown)) return kind::runtime;
  return kind::other;
}

/* Messages are UTF-8; what() may be anything. */
inline baton_value plain_error(baton::kind about, const char *text) noexcept {
  auto number = static_cast<std::uint32_t>(about);
  value probe;
  std::string_view view = text;
  if (baton_text_new(view.data(), view.size(), probe.out()) !=
      BATON_INVALID_ARGUMENT)
    return baton_error_new(number, "%s", text);
  return baton_error_new(number, "a message that is not UTF-8");
}

/* One exception as an error, without its causes. That of a baton::error, but
 * not of a class derived from it, is its own; where memory is short it is a
 * bare kind. */
inline value error_of_one(const std::exception_ptr &exception,
                          std::exception_ptr *nested) noexcept {
  value told;
  try {
    std::rethrow_exception(exception);
  } catch (const std::exception &thrown) {
    if (typeid(thrown) == typeid(error)) {
      error copied(static_cast<const error &>(thrown));
      return as_error(copied.take());
    }
    told = value::adopt(plain_error(kind_of(&thrown), thrown.what()));
    if (const auto *system = dynamic_cast<const std::system_error *>(&thrown)) {
      baton_value number = baton_from_i64(system->code().value());
      baton_error_set_payload(told.get(), &number);
    }
    if (const auto *outer =
            dynamic_cast<const std::nested_exception *>(&thrown))
      *nested = outer->nested_ptr();
  } catch (...) {
    told = value::adopt(baton_error_new(
        BATON_ERROR_OTHER, "an exception that is no std::exception"));
  }
  if (!baton_is_object(told.get())) return told;
  try {
    return exception_error::object::make(
        &exception_type, exception_error{exception, std::move(told)});
  } catch (...) {
    return value::adopt(baton_from_kind(BATON_ERROR_NO_MEMORY));
  }
}

/* An exception with those that it nests as its causes. */
inline value error_of(std::exception_ptr exception) noexcept {
  std::exception_ptr nested;
  value first = error_of_one(exception, &nested);
  baton_value last = *first.get(); /* lent by `first` */
  while (nested && last.head.type == &exception_type) {
    exception = std::exchange(nested, nullptr);
    baton_value cause = error_of_one(exception, &nested).release();
    baton_value lent = cause;
    baton_error_set_cause(exception_error::base(&last), &cause);
    last = lent;
  }
  return first;
}

/* Throws what an error stands for: the exception that it keeps, or itself. */
[[noreturn]] inline void throw_error(value held) {
  std::exception_ptr kept = exception_of(held.get());
  if (kept) std::rethrow_exception(std::move(kept));
  throw error(std::move(held));
}

/* The result of a call of the chain level, or its error thrown. */
inline value result(std::int32_t status, value out, const baton_value *self) {
  if (status == BATON_ERROR) throw_error(std::move(out));
  check(status, self);
  return out;
}

}  // namespace detail

/** The error value of any exception; std::current_exception() in a handler. */
inline value error_value(std::exception_ptr exception) noexcept {
  return detail::error_of(std::move(exception));
}

/** Throws an error value: as the exception that it was made of, if it was. */
[[noreturn]] inline void rethrow(value held) {
  detail::throw_error(std::move(held));
}

/* ---- Waiting ---------------------------------------------------------- */

/** A clone of a driver's waker. May be moved to and used by any thread. */
class waker {
 public:
  waker() noexcept = default;
  /** @param lent that of a context; null where the driver cannot wait. */
  explicit waker(const baton_waker *lent) {
    if (lent && lent->methods->clone(lent, &clone_) != BATON_OK)
      throw std::bad_alloc();
  }
  waker(waker &&from) noexcept : clone_(std::exchange(from.clone_, nullptr)) {}
  waker &operator=(waker &&from) noexcept {
    std::swap(clone_, from.clone_);
    return *this;
  }
  ~waker() {
    if (clone_) clone_->methods->drop(clone_);
  }

  /** Says "resume me", once, and lets go. Never blocks; harmless if late. */
  void wake() noexcept {
    if (const baton_waker *self = std::exchange(clone_, nullptr))
      self->methods->wake(self);
  }
  explicit operator bool() const noexcept { return clone_ != nullptr; }
  /** Whether it is the waker of this call. */
  bool is(const baton_waker *lent) const noexcept { return clone_ == lent; }

 private:
  const baton_waker *clone_ = nullptr;
};

/** What a driver says with each call; valid in the function that gets it. */
class context {
 public:
  explicit context(baton_context *cx) noexcept : cx_(cx) {}
  baton_context *get() const noexcept { return cx_; }
  /** A waker to keep. Only that of the latest call counts. */
  baton::waker waker() const { return baton::waker(lent()); }
  /** The same pointer is the same waker. */
  const baton_waker *lent() const noexcept { return cx_->waker; }

 private:
  baton_context *cx_;
};

/** Where one waiting coroutine leaves its waker for other threads. */
class wake_slot {
 public:
  /** Keeps the waker of this call. Keep first, then look whether there is
   * something to wait for: else a wake between the two is lost. */
  void keep(context cx) {
    {
      std::lock_guard guard(lock_);
      if (waker_ && waker_.is(cx.lent())) return;
    }
    waker fresh = cx.waker(); /* foreign code: not under the lock */
    std::lock_guard guard(lock_);
    std::swap(waker_, fresh);
  }
  /** Wakes who waits, if anyone does. Any thread. */
  void wake() noexcept {
    waker taken;
    {
      std::lock_guard guard(lock_);
      std::swap(taken, waker_);
    }
    taken.wake();
  }

 private:
  std::mutex lock_;
  waker waker_;
};

namespace detail {

template <class F>
struct poll_request {
  F function;
};

struct yield_request {
  value given;
};

/* Something that a promise asks, at each resumption, whether it may go on. */
struct poller {
  bool (*ready)(poller *self, baton_context *cx) noexcept;
};

}  // namespace detail

/**
 * Awaits `function(context)`, a bool: is called at once and at each wake,
 * early or spurious, until it is true. Before it is false it has seen to it
 * that the waker of that call is woken. An exception of its is the await's.
 */
template <std::predicate<context> F>
auto poll(F function) {
  return detail::poll_request<F>{std::move(function)};
}

/** Awaits that `ready()` is true; who makes it so wakes `slot` then. */
template <std::predicate F>
auto until(wake_slot &slot, F ready) {
  return poll([&slot, ready = std::move(ready)](context cx) mutable {
    if (ready()) return true;
    slot.keep(cx);
    return static_cast<bool>(ready());
  });
}

/** Awaits what the outermost driver sends for `given`, such as a loop's own
 * token. */
inline detail::yield_request yield(value given = value()) {
  return {std::move(given)};
}

/* ---- Promises --------------------------------------------------------- */

namespace detail {

class promise_base;

/* The head of a Baton frame; the C++ frame stands behind it. */
struct alignas(16) cell {
  promise_base *promise;  /* null: not yet, or destroyed */
  const baton_type *type; /* null: the C++ frame has been destroyed */

  static cell *of(const baton_value *self) noexcept {
    return static_cast<cell *>(baton_coro_frame(self));
  }
  /* The compiler must not see where the frame is: it would put it on the
   * stack of a caller that destroys it, without a cell. */
  void *frame() noexcept {
    void *at = this + 1;
    __asm__("" : "+r"(at));
    return at;
  }
  static cell *of_frame(void *frame) noexcept {
    __asm__("" : "+r"(frame));
    return static_cast<cell *>(frame) - 1;
  }
  baton_value self() noexcept {
    return baton_from_object(
        type, reinterpret_cast<char *>(this) - BATON_CORO_FRAME_OFFSET);
  }
  /* Locals and parameters are destroyed here, once. */
  void destroy() noexcept {
    if (!promise) return;
    promise = nullptr;
    type = nullptr;
    std::coroutine_handle<>::from_address(frame()).destroy();
  }
};
static_assert(sizeof(cell) == 16);

/* Where a coroutine function is, by the defaults of its parameters. */
struct site {
  struct hidden {};
  const char *function, *file;
  std::uint32_t line;

  explicit site(hidden = {}, const char *name = __builtin_FUNCTION(),
                const char *path = __builtin_FILE(),
                int number = __builtin_LINE()) noexcept
      : function(name), file(path), line(static_cast<std::uint32_t>(number)) {}
};

/* The same, from the first parameter of that function, whatever it is. */
struct site_of_call : site {
  template <class A>
  site_of_call(const A &, const char *name = __builtin_FUNCTION(),
               const char *path = __builtin_FILE(),
               int number = __builtin_LINE()) noexcept
      : site({}, name, path, number) {}
};

/* The bodies of all coroutine functions that were called so far, made at the
 * first call of each and never freed. A function's frames have one size. */
struct known_body {
  baton_body body;
  known_body *next;

  bool is(const site &at, std::size_t size,
          decltype(baton_body::resume) resume) const noexcept {
    return body.name == at.function && body.file == at.file &&
           body.line == at.line && body.frame_size == size &&
           body.resume == resume;
  }
};

inline std::array<std::atomic<known_body *>, 256> known_bodies;

[[gnu::noinline]] inline const baton_body *add_body(
    std::atomic<known_body *> &bucket, const baton_body &wanted) {
  auto *made = new known_body{wanted, bucket.load()};
  while (!bucket.compare_exchange_weak(made->next, made)) {
  }
  return &made->body;
}

inline const baton_body *body_at(const site &at, std::size_t size,
                                 const baton_body &model) {
  auto hash = reinterpret_cast<std::uintptr_t>(at.function) / 4 + at.line;
  auto &bucket = known_bodies[hash % known_bodies.size()];
  for (auto *known = bucket.load(std::memory_order_acquire); known;
       known = known->next)
    if (known->is(at, size, model.resume)) return &known->body;
  baton_body wanted = model;
  wanted.name = at.function;
  wanted.file = at.file;
  wanted.line = at.line;
  wanted.frame_size = static_cast<std::uint32_t>(size);
  return add_body(bucket, wanted);
}

/* What the promises of all coroutines have in common.
 *
 * A body is resumed by a driver, through `resume`; or it has been begun by the
 * coroutine that awaits it, and is `early` until it ends or until the driver,
 * to which it was handed when it suspended, resumes it for the first time and
 * is told of that suspension. */
class promise_base {
 public:
  promise_base() noexcept = default;
  promise_base(const promise_base &) = delete;
  promise_base &operator=(const promise_base &) = delete;
  ~promise_base() { forget(&slot); }

  std::suspend_always initial_suspend() noexcept { return {}; }

  struct final_awaiter {
    bool await_ready() noexcept { return false; }
    template <class P>
    std::coroutine_handle<> await_suspend(
        std::coroutine_handle<P> handle) noexcept {
      promise_base &self = handle.promise();
      self.ended = true;
      if (self.early) return self.awaiting;
      return std::noop_coroutine();
    }
    void await_resume() noexcept {}
  };
  final_awaiter final_suspend() noexcept { return {}; }

  /* Reuses the error that the exception came with, which has its frames. */
  void unhandled_exception() noexcept {
    std::exception_ptr now = std::current_exception();
    if (exception_of(&slot) != now) put(error_of(std::move(now)));
    failed = true;
  }

  void put(value given) noexcept {
    drop(&slot);
    slot = given.release();
  }

  /* Says how a suspension looks to the driver. */
  void suspend(std::int32_t as) noexcept {
    if (baton_is_object(&slot)) drop(&slot);
    status = as;
  }
  void suspend(std::int32_t as, value &&given) noexcept {
    suspend(as);
    *out = given.release();
  }

  /* What the suspension gave: a value, or an exception. */
  value take() {
    if (thrown) raise();
    return value::adopt(moved(in));
  }
  [[noreturn]] void raise() {
    thrown = false;
    raise(value::adopt(moved(in)));
  }
  /* An exception of C++ leaves its error behind, for unhandled_exception. */
  [[noreturn]] void raise(value failure) {
    std::exception_ptr cause = exception_of(failure.get());
    if (!cause) throw error(std::move(failure));
    put(std::move(failure));
    std::rethrow_exception(std::move(cause));
  }

  /* Begins it without a driver; what it suspends with stays in `slot`. */
  std::coroutine_handle<> begin(cell *self, promise_base &from,
                                std::coroutine_handle<> back) noexcept {
    early = kept = true;
    awaiting = back;
    cx = from.cx;
    out = &slot;
    return std::coroutine_handle<>::from_address(self->frame());
  }

  /* One step of a driver, up to `ended` or a suspension. */
  void run(cell *self, baton_context *with, std::uint32_t op,
           baton_value *given, baton_value *wanted) noexcept {
    cx = with;
    in = given;
    out = wanted;
    /* The waker to keep is that of this call, which tells of the wait. */
    if (std::exchange(early, false) && op == BATON_OP_SEND && !waits) {
      *out = moved(&slot);
      return;
    }
    if (waits) {
      if (op == BATON_OP_SEND && !waits->ready(waits, with)) return;
      waits = nullptr;
    }
    thrown = op == BATON_OP_THROW;
    std::coroutine_handle<>::from_address(self->frame()).resume();
  }

  /* An early one that has suspended looks so from now on. One that runs
   * otherwise is somebody else's. */
  static void tell_early(const baton_value *self) noexcept {
    baton_link *link = baton_link_of(self);
    const promise_base *promise = cell::of(self)->promise;
    if (link->state == BATON_RUNNING && promise && promise->early)
      link->state = BATON_SUSPENDED;
  }

  /* Tells the driver of a suspension; that on a child is told here first. */
  std::int32_t tell() noexcept {
    if (!child) return status;
    tell_early(child);
    child->head.type->retain(child); /* a plain coroutine's, so not refused */
    *out = *child;
    return BATON_AWAIT;
  }

  /* The frame's part of baton_body. */
  static void BATON_CALL drop_frame(void *frame) noexcept {
    auto *self = static_cast<cell *>(frame);
    if (self->promise && !(self->promise->kept && self->promise->ended))
      self->destroy();
  }
  static std::int32_t BATON_CALL traverse(void *frame, baton_visit visit,
                                          void *arg) noexcept {
    const promise_base *self = static_cast<cell *>(frame)->promise;
    std::int32_t stop = 0;
    if (self && baton_is_object(&self->slot)) stop = visit(&self->slot, arg);
    if (self && self->child && !stop) stop = visit(self->child, arg);
    return stop;
  }
  static std::uint32_t BATON_CALL line_of(const void *frame) noexcept {
    const promise_base *self = static_cast<const cell *>(frame)->promise;
    return self ? self->line : 0;
  }

  /* An early one's suspension; the error that an exception came with; the
   * error that it ended with. */
  baton_value slot = baton_none();
  baton_context *cx = nullptr; /* of the step that runs, as the next two */
  baton_value *in = nullptr;
  baton_value *out = nullptr;
  const baton_value *child = nullptr; /* the task that this one awaits */
  poller *waits = nullptr;
  std::coroutine_handle<> awaiting;   /* who began this one early */
  std::int32_t status = BATON_RETURN; /* of the suspension */
  std::uint32_t line = 0;             /* of the latest co_await or co_yield */
  bool thrown = false;                /* what came in is an error */
  bool early = false;
  bool failed = false;
  bool ended = false;
  bool kept = false;    /* its result stays here, for whoever holds the task */
  bool cut_off = false; /* is destroyed when it is resumed */
};

/* Any suspension that gives a value and gets one. */
struct suspension {
  promise_base &self;
  std::int32_t status;
  value given;

  bool await_ready() noexcept { return false; }
  void await_suspend(std::coroutine_handle<>) noexcept {
    self.suspend(status, std::move(given));
  }
  value await_resume() { return self.take(); }
};

template <class F>
class polling : poller {
 public:
  polling(promise_base &self, F function)
      : poller{ask}, self_(self), function_(std::move(function)) {}
  polling(const polling &) = delete;
  polling &operator=(const polling &) = delete;

  bool await_ready() { return function_(context(self_.cx)); }
  void await_suspend(std::coroutine_handle<>) noexcept {
    self_.suspend(BATON_PENDING);
    self_.waits = this;
  }
  void await_resume() {
    if (failure_) std::rethrow_exception(std::move(failure_));
    if (self_.thrown) self_.raise();
  }

 private:
  static bool ask(poller *base, baton_context *cx) noexcept {
    auto *self = static_cast<polling *>(base);
    try {
      return self->function_(context(cx));
    } catch (...) {
      self->failure_ = std::current_exception();
      return true;
    }
  }

  promise_base &self_;
  F function_;
  std::exception_ptr failure_;
};

/* The body of a coroutine that fails with the error in its frame. */
inline std::int32_t BATON_CALL fail(const baton_value *self, baton_context *,
                                    std::uint32_t, baton_value *,
                                    baton_value *out) noexcept {
  *out = moved(static_cast<baton_value *>(baton_coro_frame(self)));
  return BATON_ERROR;
}

inline constexpr baton_body failing = {sizeof(baton_body),
                                       BATON_KIND_COROUTINE,
                                       0,
                                       0,
                                       sizeof(baton_value),
                                       0,
                                       1,
                                       0,
                                       "let_go",
                                       nullptr,
                                       "baton.hpp",
                                       "c++",
                                       fail,
                                       nullptr,
                                       nullptr,
                                       nullptr};

/* Gives an error to the unraisable hook: as that of a coroutine which fails
 * when its release closes it. Where memory is short nobody is told. */
inline void report(value failure) noexcept {
  value made;
  if (baton_coro_new(&failing, made.out()) != BATON_OK) return;
  *static_cast<baton_value *>(baton_coro_frame(made.get())) = failure.release();
  baton_link_of(made.get())->state = BATON_SUSPENDED;
}

inline void close_now(const value &self) noexcept {
  value out;
  std::int32_t status = baton_close(self.get(), out.out());
  if (status == BATON_ERROR) report(std::move(out));
}

/* Lets go of a task whose result was to stay in it. It may refer to what its
 * holder is about to destroy: unless somebody else drives it, it has ended and
 * its locals are destroyed when this returns. */
inline void let_go(value child) noexcept {
  promise_base *promise = cell::of(child.get())->promise;
  if (!promise) return;
  if (promise->ended) return cell::of(child.get())->destroy();
  baton_link *link = baton_link_of(child.get());
  promise_base::tell_early(child.get());
  promise->kept = false;
  if (link->state != BATON_SUSPENDED && link->state != BATON_CREATED) return;
  close_now(child);
  if (link->state != BATON_SUSPENDED) return;
  promise->cut_off = true;
  close_now(child);
}

/* What a driver does to an error that leaves a coroutine. */
inline value left(const baton_value *self, value failure) noexcept {
  baton_frame frame = {"", "", "", 0, 0};
  self->head.type->as_link->where(self, &frame);
  auto add_to = [&frame](const baton_value *held) {
    if (!baton_is_object(held)) return;
    auto add_frame = held->head.type->as_error->add_frame;
    if (add_frame) add_frame(held, &frame);
  };
  add_to(failure.get());
  if (baton_error_kind(failure.get()) != BATON_ERROR_STOP_ITERATION)
    return failure;
  value converted = value::adopt(
      baton_error_new(BATON_ERROR_RUNTIME, "coroutine raised StopIteration"));
  baton_value cause, context = failure.release();
  baton_copy(&context, &cause);
  baton_error_set_cause(converted.get(), &cause);
  baton_error_set_context(converted.get(), &context);
  add_to(converted.get());
  return converted;
}

/* The await of a task by a coroutine of C++. It is begun at once, by symmetric
 * transfer, and goes on here by the same way if it ends without suspending.
 * Otherwise it becomes a link of the chain, and the driver resumes it. */
template <class T, class Promise>
class joining {
 public:
  joining(promise_base &self, value child)
      : self_(self), child_(std::move(child)) {}
  joining(const joining &) = delete;
  joining &operator=(const joining &) = delete;
  ~joining() {
    if (!child_.is_none()) let_go(std::move(child_));
  }

  bool await_ready() {
    if (child_.is_none())
      throw error(kind::runtime, "cannot reuse already awaited coroutine");
    if (baton_link_of(child_.get())->state == BATON_RUNNING)
      check(BATON_BUSY, child_.get());
    return false;
  }
  std::coroutine_handle<> await_suspend(
      std::coroutine_handle<> handle) noexcept {
    cell *at = cell::of(child_.get());
    baton_link *link = baton_link_of(child_.get());
    self_.child = child_.get();
    if (!at->promise) return std::noop_coroutine();
    at->promise->kept = true;
    if (link->state != BATON_CREATED) return std::noop_coroutine();
    link->state = BATON_RUNNING;
    return at->promise->begin(at, self_, handle);
  }
  T await_resume() {
    auto *promise = static_cast<Promise *>(cell::of(child_.get())->promise);
    self_.child = nullptr;
    if (promise && promise->ended && promise->early) {
      baton_link_of(child_.get())->state = BATON_CLOSED;
      if (promise->failed)
        self_.raise(left(child_.get(), value::adopt(moved(&promise->slot))));
      return promise->get();
    }
    if (self_.thrown) self_.raise();
    if (!promise || !promise->ended || promise->failed)
      throw error(kind::runtime, "the task was ended by somebody else");
    return promise->get();
  }

 private:
  promise_base &self_;
  value child_;
};

/* The value itself, or what it converts to. */
template <class T>
T unbox(value held) {
  static_assert(!std::same_as<T, std::string_view> &&
                    !std::same_as<T, std::span<const std::byte>>,
                "a view would outlive its value");
  if constexpr (std::same_as<T, value>)
    return held;
  else
    return held.to<T>();
}

template <class T>
struct next_request {
  const value &iterator;
};

/* The await of an async iterator's next item; nothing at its end. */
template <class T>
class next_item {
 public:
  next_item(promise_base &self, const value &iterator)
      : self_(self), iterator_(iterator) {}

  bool await_ready() {
    const baton_value *from = iterator_.get();
    const baton_async_methods *methods =
        baton_is_object(from) ? from->head.type->as_async : nullptr;
    if (!methods || !methods->am_anext)
      mismatch("an async iterator", iterator_);
    std::int32_t status = methods->am_anext(from, self_.cx, next_.out());
    next_ = result(status, std::move(next_), from);
    return false;
  }
  void await_suspend(std::coroutine_handle<>) noexcept {
    self_.suspend(BATON_AWAIT, std::move(next_));
  }
  std::optional<T> await_resume() {
    if (self_.thrown &&
        baton_error_kind(self_.in) == BATON_ERROR_STOP_ASYNC_ITERATION) {
      self_.thrown = false;
      return std::nullopt;
    }
    return unbox<T>(self_.take());
  }

 private:
  promise_base &self_;
  const value &iterator_;
  value next_;
};

/* ---- Results ---------------------------------------------------------- */

template <class R>
class result_of {
 public:
  template <class U = R>
  requires std::constructible_from<R, U> void return_value(U &&given) {
    result_.emplace(std::forward<U>(given));
  }
  R get() { return std::move(*result_); }
  value into() { return conversion<R>::into(std::move(*result_)); }

 private:
  static_assert(std::is_object_v<R>, "a result is an object or void");
  std::optional<R> result_;
};

template <>
class result_of<void> {
 public:
  void return_void() noexcept {}
  void get() noexcept {}
  value into() noexcept { return value(); }
};

/* Memory for a C++ frame, in an object that it is the frame of. Not inlined,
 * nor is `adopt`: clang 19 mistakes the lives of locals that are inlined where
 * a coroutine begins, as AddressSanitizer tells. */
[[gnu::noinline]] inline void *allocate(std::size_t size, const site &at,
                                        const baton_body &model) {
  baton_value made;
  const baton_body *body = body_at(at, sizeof(cell) + size, model);
  check(baton_coro_new(body, &made), &made);
  cell *mine = cell::of(&made);
  mine->type = made.head.type;
  return mine->frame();
}

/* The object owns the memory; unless the function threw before it had a
 * promise. */
[[gnu::noinline]] inline void give_up(void *frame) noexcept {
  cell *lost = cell::of_frame(frame);
  if (!lost->type) return;
  baton_value self = lost->self(), ignored = baton_none();
  if (baton_link_of(&self)->kind == BATON_KIND_COROUTINE)
    baton_close(&self, &ignored);
  forget(&self);
}

template <class R, std::uint8_t Kind>
class promise_of : public promise_base, public result_of<R> {
 public:
  static void *operator new(std::size_t size, const site &at = site()) {
    return allocate(size, at, model);
  }
  template <class... A>
  static void *operator new(std::size_t size, const site_of_call &at,
                            const A &...) {
    return allocate(size, at, model);
  }
  static void operator delete(void *frame) noexcept { give_up(frame); }

  template <class T>
  auto await_transform(task<T> &&awaited, int at = __builtin_LINE()) {
    static_assert(Kind != BATON_KIND_GENERATOR,
                  "a generator delegates to generators only");
    line = static_cast<std::uint32_t>(at);
    return joining<T, typename task<T>::promise_type>(*this,
                                                      std::move(awaited));
  }
  suspension await_transform(value &&awaited, int at = __builtin_LINE()) {
    line = static_cast<std::uint32_t>(at);
    return {*this, BATON_AWAIT, std::move(awaited)};
  }
  suspension await_transform(const value &awaited, int at = __builtin_LINE()) {
    return await_transform(awaited.copy(), at);
  }
  template <class T, class R2>
  suspension await_transform(generator<T, R2> &&awaited,
                             int at = __builtin_LINE()) {
    static_assert(Kind == BATON_KIND_GENERATOR,
                  "only a generator delegates to a generator");
    return await_transform(value(std::move(awaited)), at);
  }
  template <class F>
  auto await_transform(poll_request<F> &&request, int at = __builtin_LINE()) {
    line = static_cast<std::uint32_t>(at);
    return polling<F>(*this, std::move(request.function));
  }
  suspension await_transform(yield_request &&request,
                             int at = __builtin_LINE()) {
    line = static_cast<std::uint32_t>(at);
    return {*this, BATON_YIELD, std::move(request.given)};
  }
  template <class T>
  auto await_transform(next_request<T> request, int at = __builtin_LINE()) {
    line = static_cast<std::uint32_t>(at);
    return next_item<T>(*this, request.iterator);
  }

 protected:
  template <class Promise>
  [[gnu::noinline]] static baton_value adopt(Promise &self) noexcept {
    auto handle = std::coroutine_handle<Promise>::from_promise(self);
    cell *mine = cell::of_frame(handle.address());
    mine->promise = &self;
    return mine->self();
  }

 private:
  static std::int32_t BATON_CALL resume(const baton_value *self,
                                        baton_context *cx, std::uint32_t op,
                                        baton_value *in,
                                        baton_value *out) noexcept {
    cell *mine = cell::of(self);
    auto *promise = static_cast<promise_of *>(mine->promise);
    if (promise->cut_off) [[unlikely]] {
      mine->destroy();
      *out = moved(in);
      return BATON_ERROR;
    }
    promise->run(mine, cx, op, in, out);
    return promise->ended ? promise->finish() : promise->tell();
  }

  std::int32_t finish() noexcept {
    if (failed) {
      *out = moved(&slot);
      return BATON_ERROR;
    }
    if (kept) return BATON_RETURN;
    try {
      *out = this->into().release();
      return BATON_RETURN;
    } catch (...) {
      *out = error_of(std::current_exception()).release();
      return BATON_ERROR;
    }
  }

  static constexpr baton_body model = {sizeof(baton_body),
                                       Kind,
                                       0,
                                       0,
                                       sizeof(cell),
                                       0,
                                       0,
                                       0,
                                       "coroutine",
                                       nullptr,
                                       "",
                                       "c++",
                                       resume,
                                       drop_frame,
                                       traverse,
                                       line_of};
};

}  // namespace detail

/* ---- Coroutines ------------------------------------------------------- */

/**
 * A coroutine with a result. Starts when it is awaited, once: by a coroutine of
 * C++ (`co_await fetch()`, or std::move), by another language, or by a driver.
 *
 * It is given to others as a value, then its result is converted. One that was
 * never awaited is reported; `close` gives it up without that.
 */
template <class T = value>
class [[nodiscard]] task {
 public:
  class promise_type : public detail::promise_of<T, BATON_KIND_COROUTINE> {
   public:
    task get_return_object() noexcept { return task(this->adopt(*this)); }
  };

  /** Gives the coroutine away. */
  operator value() && noexcept { return std::move(self_); }
  const baton_value *get() const noexcept { return self_.get(); }

  /** Ends it: nothing runs if it has not begun; else it sees generator-exit. */
  void close() {
    value out;
    std::int32_t status = baton_close(self_.get(), out.out());
    detail::result(status, std::move(out), self_.get());
  }

 private:
  explicit task(baton_value self) noexcept : self_(value::adopt(self)) {}
  value self_;
};

namespace detail {

/* A context of a driver that cannot wait. */
inline baton_context plain_context(std::uint32_t accepts) noexcept {
  baton_context cx = {};
  cx.struct_size = sizeof cx;
  cx.abi_major = BATON_ABI_MAJOR;
  cx.abi_minor = BATON_ABI_MINOR;
  cx.accepts = accepts;
  return cx;
}

}  // namespace detail

/** What a call on a handle gave: BATON_RETURN, BATON_YIELD or BATON_PENDING. */
struct outcome {
  std::int32_t status;
  value out;
};

/** Drives a coroutine or generator step by step; errors are thrown. `cx` is the
 * driver's own context; without one it accepts values and cannot wait. */
class handle {
 public:
  /** @param awaitable or generator. */
  explicit handle(value awaitable) {
    detail::check_type(awaitable, &awaitable);
    const baton_value *from = awaitable.get();
    baton_context cx = detail::plain_context(BATON_ACCEPT_YIELD);
    if (baton_is_object(from) && from->head.type->as_coroutine &&
        !from->head.type->as_async) {
      self_ = std::move(awaitable);
      return;
    }
    value out;
    std::int32_t status = baton_await_handle(from, &cx, out.out());
    self_ = detail::result(status, std::move(out), from);
  }

  outcome send(value given = value(), baton_context *cx = nullptr) {
    return call(cx, BATON_ACCEPT_YIELD, [&](baton_context *with, value &out) {
      baton_value in = given.release();
      std::int32_t status = baton_send(self_.get(), with, &in, out.out());
      baton_drop(&in);
      return status;
    });
  }
  /** Raises it where the coroutine is suspended. */
  outcome throw_(const error &thrown, baton_context *cx = nullptr) {
    return call(cx, BATON_ACCEPT_YIELD, [&](baton_context *with, value &out) {
      baton_value in = error(thrown).take().release();
      std::int32_t status = baton_throw(self_.get(), with, &in, out.out());
      baton_drop(&in);
      return status;
    });
  }
  /** Without a context a suspension is an error: "... ignored GeneratorExit".
   */
  outcome close(baton_context *cx = nullptr) {
    return call(cx, 0, [&](baton_context *with, value &out) {
      return self_.get()->head.type->as_coroutine->close(self_.get(), with,
                                                         out.out());
    });
  }
  const value &get() const noexcept { return self_; }

 private:
  template <class F>
  outcome call(baton_context *cx, std::uint32_t accepts, F slot) {
    baton_context own = detail::plain_context(accepts);
    value out;
    std::int32_t status = slot(cx ? cx : &own, out);
    return {status, detail::result(status, std::move(out), self_.get())};
  }

  value self_;
};

/** A generator of T that may return an R. Items become values where they are
 * yielded. `co_yield` gives what was sent; `co_await` of a generator
 * delegates to it. */
template <class T, class R = void>
class [[nodiscard]] generator {
 public:
  class promise_type : public detail::promise_of<R, BATON_KIND_GENERATOR> {
   public:
    generator get_return_object() noexcept {
      return generator(this->adopt(*this));
    }
    detail::suspension yield_value(T item, int at = __builtin_LINE()) {
      this->line = static_cast<std::uint32_t>(at);
      return {*this, BATON_YIELD, conversion<T>::into(std::move(item))};
    }
  };

  operator value() && noexcept { return std::move(self_); }
  const baton_value *get() const noexcept { return self_.get(); }

  class iterator {
   public:
    using value_type = T;
    using difference_type = std::ptrdiff_t;

    iterator() noexcept = default;
    explicit iterator(const value &self) : handle_(self.copy()) { ++*this; }

    const T &operator*() const noexcept { return *item_; }
    iterator &operator++() {
      outcome step = handle_->send();
      if (step.status == BATON_PENDING) {
        handle_->close();
        throw error(kind::runtime, "bad pending");
      }
      if (step.status == BATON_YIELD)
        item_.emplace(detail::unbox<T>(std::move(step.out)));
      else
        item_.reset();
      return *this;
    }
    void operator++(int) { ++*this; }
    bool operator==(std::default_sentinel_t) const noexcept { return !item_; }

   private:
    std::optional<handle> handle_;
    std::optional<T> item_;
  };

  /** For a loop of C++ over the items. */
  iterator begin() { return iterator(self_); }
  std::default_sentinel_t end() noexcept { return {}; }

 private:
  explicit generator(baton_value self) noexcept : self_(value::adopt(self)) {}
  value self_;
};

/** Iterates over any async iterable: `while (auto item = co_await it.next())`.
 */
template <class T = value>
class async_iterator {
 public:
  /** @param iterable an async iterable or an async iterator. */
  explicit async_iterator(const value &iterable) {
    detail::check_type(iterable);
    const baton_value *from = iterable.get();
    const baton_async_methods *methods =
        baton_is_object(from) ? from->head.type->as_async : nullptr;
    if (!methods || !methods->am_aiter)
      detail::mismatch("an async iterable", iterable);
    baton_context cx = detail::plain_context(BATON_ACCEPT_YIELD);
    value out;
    std::int32_t status = methods->am_aiter(from, &cx, out.out());
    self_ = detail::result(status, std::move(out), from);
    detail::check_type(self_, &self_);
  }
  /** Awaits the next item, or nothing at the end. */
  detail::next_request<T> next() const noexcept { return {self_}; }

  /** An awaitable that ends an async generator before its end. */
  value aclose() const {
    const auto *table = static_cast<const baton_async_generator *>(
        baton_find(self_.get(), BATON_EXT_ASYNC_GENERATOR));
    if (!table) detail::mismatch("an async generator", self_);
    baton_context cx = detail::plain_context(BATON_ACCEPT_YIELD);
    value out;
    std::int32_t status = table->aclose(self_.get(), &cx, out.out());
    return detail::result(status, std::move(out), self_.get());
  }

 private:
  value self_;
};

/** An async generator of T: `co_yield` items, `co_await` between them. */
template <class T>
class [[nodiscard]] async_generator {
 public:
  class promise_type
      : public detail::promise_of<void, BATON_KIND_ASYNC_GENERATOR> {
   public:
    async_generator get_return_object() noexcept {
      return async_generator(this->adopt(*this));
    }
    detail::suspension yield_value(T item, int at = __builtin_LINE()) {
      this->line = static_cast<std::uint32_t>(at);
      return {*this, BATON_ITEM, conversion<T>::into(std::move(item))};
    }
  };

  operator value() && noexcept { return std::move(self_); }
  const baton_value *get() const noexcept { return self_.get(); }
  async_iterator<T> items() const { return async_iterator<T>(self_); }

 private:
  explicit async_generator(baton_value self) noexcept
      : self_(value::adopt(self)) {}
  value self_;
};

/* ---- Driving ---------------------------------------------------------- */

/** Drives an awaitable to its end on this thread, sleeping while it waits. */
inline value block_on(const value &awaitable) {
  value out;
  std::int32_t status = baton_block_on(awaitable.get(), out.out());
  return detail::result(status, std::move(out), awaitable.get());
}

/** The same, with the task's own result. */
template <class T>
T block_on(task<T> given) {
  using promise = typename task<T>::promise_type;
  if (baton_is_none(given.get()))
    throw error(kind::runtime, "cannot reuse already awaited coroutine");
  struct holder {
    value self;
    ~holder() { detail::let_go(std::move(self)); }
  } held{std::move(given)};
  detail::cell *at = detail::cell::of(held.self.get());
  if (at->promise) at->promise->kept = true;
  value out;
  std::int32_t status = baton_block_on(held.self.get(), out.out());
  out = detail::result(status, std::move(out), held.self.get());
  return static_cast<promise *>(at->promise)->get();
}

/* ---- Several at once -------------------------------------------------- */

namespace detail {

template <class A>
struct awaited {
  using type = value;
};
template <class T>
struct awaited<task<T>> {
  using type = std::conditional_t<std::is_void_v<T>, std::monostate, T>;
};

inline value group_of(std::uint32_t mode, std::span<value> children) {
  static_assert(sizeof(value) == sizeof(baton_value));
  value made;
  std::int32_t status =
      baton_group_new(mode, reinterpret_cast<baton_value *>(children.data()),
                      children.size(), made.out());
  if (status != BATON_OK)
    for (value &child : children) {
      value ignored;
      if (!child.is_none()) baton_close(child.get(), ignored.out());
    }
  check(status, made.get());
  return made;
}

inline value result_at(const value &group, std::size_t index) {
  value out;
  std::int32_t status = baton_group_result(group.get(), index, out.out());
  return result(status, std::move(out), group.get());
}

template <class... T, std::size_t... index>
std::tuple<T...> results_of(const value &group, std::index_sequence<index...>) {
  return std::tuple<T...>{unbox<T>(result_at(group, index))...};
}

}  // namespace detail

/** Awaits tasks and values side by side; the tuple of their results. The first
 * error cancels the others, and is this one's when they have ended. */
template <class... A>
task<std::tuple<typename detail::awaited<A>::type...>> when_all(A... all) {
  std::array<value, sizeof...(A)> children{value(std::move(all))...};
  value group = detail::group_of(BATON_GROUP_FIRST_ERROR, children);
  co_await group.copy();
  co_return detail::results_of<typename detail::awaited<A>::type...>(
      group, std::index_sequence_for<A...>());
}

/** The same, for as many as there are. */
inline task<std::vector<value>> when_all(std::vector<value> all) {
  std::size_t count = all.size();
  value group = detail::group_of(BATON_GROUP_FIRST_ERROR, all);
  co_await group.copy();
  std::vector<value> results;
  for (std::size_t i = 0; i < count; i++)
    results.push_back(detail::result_at(group, i));
  co_return results;
}

/** Who ended first, and with what. */
struct first {
  std::size_t index;
  value result;
};

/** Awaits the first to end, whose outcome it is; the others are closed. */
inline task<first> when_any(std::vector<value> all) {
  value group = detail::group_of(BATON_GROUP_RACE, all);
  value result = co_await group.copy();
  std::uint64_t winner = baton_group_winner(group.get());
  co_return first{static_cast<std::size_t>(winner), std::move(result)};
}

/* ---- Providers -------------------------------------------------------- */

/** A coroutine or generator as a result is given away. */
template <class C>
requires requires(C made) {
  typename C::promise_type;
}
struct conversion<C> {
  static value into(C made) noexcept { return value(std::move(made)); }
};

namespace detail {

template <auto Function>
struct exporter;

template <class R, class... A, R (*Function)(A...)>
struct exporter<Function> {
  static_assert(((std::is_object_v<A> && !std::same_as<A, std::string_view> &&
                  !std::same_as<A, std::span<const std::byte>>) &&
                 ...),
                "a coroutine outlives what its parameters refer to");

  static std::int32_t BATON_CALL create(const baton_export *self,
                                        baton_context *, baton_value *arguments,
                                        std::uint64_t count,
                                        baton_value *out) noexcept {
    try {
      if (count != sizeof...(A))
        throw error(kind::type, std::string(self->name) + " takes " +
                                    std::to_string(sizeof...(A)) +
                                    " arguments, not " + std::to_string(count));
      *out = call(arguments, std::index_sequence_for<A...>()).release();
    } catch (...) {
      *out = error_of(std::current_exception()).release();
      return BATON_ERROR;
    }
    for (std::uint64_t i = 0; i < count; i++) baton_drop(&arguments[i]);
    return BATON_OK;
  }

 private:
  template <std::size_t... index>
  static value call(const baton_value *arguments,
                    std::index_sequence<index...>) {
    /* Lent: nothing is taken until the call has succeeded. */
    const auto *given = reinterpret_cast<const value *>(arguments);
    (void)given;
    (check_type(given[index]), ...); /* before a copy counts one */
    return conversion<R>::into(Function(given[index].template to<A>()...));
  }
};

template <std::size_t N>
std::array<const baton_export *, N> pointers_to(
    const baton_export (&exports)[N]) {
  std::array<const baton_export *, N> pointers;
  for (std::size_t i = 0; i < N; i++) pointers[i] = &exports[i];
  return pointers;
}

template <std::size_t N>
baton_provider provider_of(const char *name, const char *version,
                           const std::array<const baton_export *, N> &exports) {
  baton_provider made = {};
  made.struct_size = sizeof made;
  made.abi_major = BATON_ABI_MAJOR;
  made.abi_minor = BATON_ABI_MINOR;
  made.magic = BATON_PROVIDER_MAGIC;
  made.name = name;
  made.version = version;
  made.language = "c++";
  made.exports = exports.data();
  made.export_count = N;
  return made;
}

}  // namespace detail

/** A function as something that a library exports: its arguments and its
 * result are converted. */
template <auto Function>
constexpr baton_export exported(const char *name, const char *summary) {
  return {sizeof(baton_export), 0, name, summary,
          detail::exporter<Function>::create};
}

}  // namespace baton

/**
 * Makes this shared library a provider; the rest are baton::exported<...>.
 *
 *     BATON_CPP_PROVIDER("clock", "1.0", baton::exported<nap>("nap", "..."))
 */
#define BATON_CPP_PROVIDER(name, version, ...)                             \
  extern "C" BATON_API const baton_provider *BATON_CALL baton_provider_v0( \
      void);                                                               \
  extern "C" BATON_API const baton_provider *BATON_CALL baton_provider_v0( \
      void) {                                                              \
    static const baton_export exports[] = {__VA_ARGS__};                   \
    static const auto pointers = ::baton::detail::pointers_to(exports);    \
    static const baton_provider provider =                                 \
        ::baton::detail::provider_of((name), (version), pointers);         \
    return &provider;                                                      \
  }

#endif
