/* SPDX-License-Identifier: MIT */
#include <sstream>

#include "words.hpp"

namespace interop {

using baton::value;

namespace {

/* A waker that notes that it was woken; counted, since clones may outlive the
 * drive. */
struct bell : baton_waker {
  std::atomic<int> count = 1, wakes = 0;

  bell() : baton_waker{} {
    static constexpr baton_waker_methods table = {
        sizeof table, 0, clone, wake, wake_by_ref, drop};
    methods = &table;
  }
  static bell *of(const baton_waker *self) {
    return static_cast<bell *>(const_cast<baton_waker *>(self));
  }
  static std::int32_t BATON_CALL clone(const baton_waker *self,
                                       const baton_waker **out) {
    of(self)->count++;
    *out = self;
    return BATON_OK;
  }
  static std::int32_t BATON_CALL wake(const baton_waker *self) {
    wake_by_ref(self);
    return drop(self);
  }
  static std::int32_t BATON_CALL wake_by_ref(const baton_waker *self) {
    of(self)->wakes++;
    return BATON_OK;
  }
  static std::int32_t BATON_CALL drop(const baton_waker *self) {
    if (--of(self)->count == 0) delete of(self);
    return BATON_OK;
  }
};

class driving {
 public:
  driving(value object, const witness &hears)
      : hears_(hears), object_(std::move(object)), bell_(new bell) {
    cx_.struct_size = sizeof cx_;
    cx_.abi_major = BATON_ABI_MAJOR;
    cx_.abi_minor = BATON_ABI_MINOR;
    cx_.accepts = BATON_ACCEPT_YIELD | BATON_ACCEPT_PENDING;
    cx_.waker = bell_;
  }
  driving(const driving &) = delete;
  ~driving() {
    let_go();
    bell::drop(bell_);
  }

  void step(const std::string &name, const std::string &rest) {
    try {
      take(name, rest);
    } catch (...) {
      hears_.say(error_words(hears_, std::current_exception()));
    }
  }

 private:
  void take(const std::string &name, const std::string &rest) {
    if (name == "send") {
      forget_token();
      value given = rest == "last" ? std::move(last_) : read_value(rest);
      say(handle().send(std::move(given), &cx_));
    } else if (name == "throw") {
      forget_token();
      say(handle().throw_(read_error(rest), &cx_));
    } else if (name == "close") {
      forget_token();
      say(handle().close());
    } else if (name == "state") {
      say_state();
    } else if (name == "do") {
      hears_.act(rest);
      hears_.say("done");
    } else if (name == "wait") {
      hears_.say(bell_->wakes.exchange(0) ? "woken" : "not woken");
    } else if (name == "drop") {
      let_go();
      hears_.say("dropped");
    } else {
      handle_.reset();
      handle_.emplace(item(name, rest));
      say(handle_->send(value(), &cx_));
    }
  }

  baton::handle &handle() {
    if (!handle_) handle_.emplace(object_.copy());
    return *handle_;
  }

  /* The awaitable that a step of an async generator makes. */
  value item(const std::string &name, const std::string &rest) {
    const baton_value *from = object_.get();
    const auto *table = static_cast<const baton_async_generator *>(
        baton_find(from, BATON_EXT_ASYNC_GENERATOR));
    baton_value in = baton_none(), out = baton_none();
    std::int32_t status = BATON_UNSUPPORTED;
    if (name == "anext") {
      status = from->head.type->as_async->am_anext(from, &cx_, &out);
    } else if (table && name == "asend") {
      in = read_value(rest).release();
      status = table->asend(from, &cx_, &in, &out);
    } else if (table && name == "athrow") {
      in = read_error(rest).take().release();
      status = table->athrow(from, &cx_, &in, &out);
    } else if (table) {
      status = table->aclose(from, &cx_, &out);
    }
    baton_drop(&in);
    value made = value::adopt(out);
    if (baton_is_refusal(status))
      throw baton::error(value::adopt(baton_error_from_refusal(status, from)));
    if (status == BATON_ERROR) baton::rethrow(std::move(made));
    return made;
  }

  void say(baton::outcome got) {
    last_ = std::move(got.out);
    if (got.status == BATON_YIELD && subscribe()) got.status = BATON_PENDING;
    if (got.status == BATON_PENDING) return hears_.say("pending");
    hears_.say((got.status == BATON_YIELD ? "yield " : "return ") +
               value_words(hears_, last_));
  }

  void say_state() {
    static const char *const names[] = {"created", "running", "suspended",
                                        "closed"};
    const baton_value *from = handle().get().get();
    const auto *table = static_cast<const baton_introspect *>(
        baton_find(from, BATON_EXT_INTROSPECT));
    std::uint32_t state = 4;
    if (table) table->state(from, &state);
    hears_.say(std::string("state ") + (state < 4 ? names[state] : "unknown"));
  }

  const baton_wait *wait_of(const value &token) {
    return static_cast<const baton_wait *>(
        baton_find(token.get(), BATON_EXT_WAIT));
  }

  /* A token that can be waited for makes a YIELD into PENDING. */
  bool subscribe() {
    const baton_wait *wait = wait_of(last_);
    if (!wait || wait->subscribe(last_.get(), bell_) != BATON_OK) return false;
    token_ = std::move(last_);
    return true;
  }
  void forget_token() {
    if (const baton_wait *wait = wait_of(token_))
      wait->unsubscribe(token_.get(), bell_);
    token_ = value();
  }

  void let_go() {
    forget_token();
    handle_.reset();
    object_ = value();
    last_ = value();
  }

  const witness &hears_;
  value object_, last_, token_;
  std::optional<baton::handle> handle_;
  bell *bell_;
  baton_context cx_ = {};
};

}  // namespace

void drive(value object, const std::string &script, const witness &hears) {
  driving self(std::move(object), hears);
  std::istringstream lines(script);
  for (std::string line; std::getline(lines, line);) {
    std::size_t space = line.find(' ');
    self.step(line.substr(0, space),
              space == line.npos ? "" : line.substr(space + 1));
  }
}

}  // namespace interop
