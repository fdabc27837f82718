// SPDX-License-Identifier: MIT
#include "link.h"

#include "objects.h"
#include "rules.h"

namespace kit {

Linked::Linked(Ledger &ledger, std::string name, uint8_t kind, uint16_t flags,
               LinkScript script)
    : Thing(ledger, std::move(name)),
      script_(std::make_shared<LinkScript>(std::move(script))) {
  link().kind = kind;
  link().flags = flags;
  link().count = 0x5eed;
}

void Linked::handle(Value error) { handling_.handled = error.give(); }

void Linked::shorten() {
  bool owned = link().owner.head.tag == BATON_TAG_NONE;
  Value below(owned ? link().handle : link().owner);
  link().handle = link().owner = baton_value{};
}

void Linked::end() {
  if (link().returns_to)
    ledger().note("LNK-7", "a child is detached before it is released",
                  name() + " is released while it is attached");
  script_ = nullptr;
  shorten();
  Value(handling_.handled).drop();
  handling_.handled = baton_value{};
}

/* What a driver of links calls. */
int32_t Linked::resume(uint32_t op, baton_context *cx, baton_value *in,
                       baton_value *out) {
  char here = 0;
  stacks_.push_back(reinterpret_cast<uintptr_t>(&here));
  used("resume");
  check_out(ledger(), out, "resume");
  if (cx) check_context(ledger(), cx, "resume");
  history_ += history_.empty() ? "" : ", ";
  history_ += (op == BATON_OP_SEND ? "send " : "throw ") + describe(*in);
  Resume call{this, op, cx, in};
  Reply reply(BATON_RETURN);
  if (auto running = script_) /* it may be released meanwhile */
    until_stopped([&] { reply = (*running)(call); });
  if (reply.takes) Value(*in).drop(), *in = baton_value{};
  *out = reply.out.give();
  return reply.status;
}

/* What a caller of the chain level calls. */
int32_t Linked::drive(uint32_t op, baton_context *cx, baton_value *in,
                      baton_value *out) {
  if (link().state == BATON_RUNNING) return BATON_BUSY;
  if (link().state == BATON_CLOSED) return BATON_INVALID_STATE;
  link().state = BATON_RUNNING;
  int32_t status = resume(op, cx, in, out);
  if (status == BATON_AWAIT) {
    Value(*out).drop();
    *out = Value::kind(BATON_ERROR_NOT_IMPLEMENTED).give();
    status = BATON_ERROR;
  }
  bool suspends = status == BATON_YIELD || status == BATON_PENDING;
  link().state = suspends ? BATON_SUSPENDED : BATON_CLOSED;
  return status;
}

struct LinkSlots {
  static Linked *of(const baton_value *self) {
    return static_cast<Linked *>(thing_of(self));
  }

  static int32_t BATON_CALL await(const baton_value *self, baton_context *,
                                  baton_value *out) {
    of(self)->used("am_await");
    check_out(of(self)->ledger(), out, "am_await");
    *out = *self;
    return BATON_LENT;
  }

  static int32_t BATON_CALL send(const baton_value *self, baton_context *cx,
                                 baton_value *in, baton_value *out) {
    return of(self)->drive(BATON_OP_SEND, cx, in, out);
  }
  static int32_t BATON_CALL throw_(const baton_value *self, baton_context *cx,
                                   baton_value *error, baton_value *out) {
    return of(self)->drive(BATON_OP_THROW, cx, error, out);
  }
  static int32_t BATON_CALL close(const baton_value *self, baton_context *,
                                  baton_value *) {
    of(self)->link().state = BATON_CLOSED;
    return BATON_RETURN;
  }

  static int32_t BATON_CALL resume(const baton_value *self, baton_context *cx,
                                   uint32_t op, baton_value *in,
                                   baton_value *out) {
    of(self)->attached_ = true;
    return of(self)->resume(op, cx, in, out);
  }
  static int32_t BATON_CALL ended(const baton_value *self) {
    Linked *linked = of(self);
    const baton_link &link = linked->link();
    linked->used("ended");
    linked->history_ += ", ended";
    linked->endings_++;
    if (link.kind == BATON_KIND_AWAITABLE) return BATON_OK;
    if (linked->endings_ > 1)
      linked->ledger().note("LNK-8", "`ended` is called once",
                            "another time of " + linked->name());
    if (link.state != BATON_CLOSED)
      linked->ledger().note("LNK-8", "a link is CLOSED when `ended` is called",
                            "state " + std::to_string(link.state));
    return BATON_OK;
  }
  static int32_t BATON_CALL where(const baton_value *self, baton_frame *out) {
    of(self)->used("where");
    *out = {"kit", of(self)->name().c_str(), "link.cc", 7, 0};
    return BATON_OK;
  }
  static int32_t BATON_CALL guard(const baton_value *self) {
    return of(self)->guard ? of(self)->guard() : BATON_OK;
  }

  /* From what a value's payload points at to the link in it. */
  static uint32_t offset(Linked *linked) {
    uintptr_t base = reinterpret_cast<uintptr_t>(static_cast<Thing *>(linked));
    uintptr_t link = reinterpret_cast<uintptr_t>(&linked->link());
    return static_cast<uint32_t>(link - base);
  }
};

namespace {

const baton_type *link_type(Linked *any, bool generator) {
  static const baton_async_methods async = {sizeof(baton_async_methods), 0,
                                            LinkSlots::await, nullptr, nullptr};
  static const baton_coroutine_methods coroutine = {
      sizeof(baton_coroutine_methods), 0, LinkSlots::send, LinkSlots::throw_,
      LinkSlots::close};
  static const baton_link_methods link = {
      sizeof(baton_link_methods), LinkSlots::offset(any), LinkSlots::resume,
      LinkSlots::ended,           LinkSlots::where,       LinkSlots::guard};
  static const baton_type driven = [] {
    baton_type made = plain_type("kit link");
    made.as_async = &async;
    made.as_coroutine = &coroutine;
    made.as_link = &link;
    return made;
  }();
  static const baton_type undriven = [] {
    baton_type made = plain_type("kit generator");
    made.as_link = &link;
    return made;
  }();
  return generator ? &undriven : &driven;
}

}  // namespace

PlayedLink play_link(Ledger &ledger, std::string name, LinkScript script,
                     uint8_t kind, uint16_t flags) {
  Linked *linked =
      ledger.make<Linked>(std::move(name), kind, flags, std::move(script));
  bool generator = kind == BATON_KIND_ASYNC_GENERATOR;
  return {linked, value_of(link_type(linked, generator), linked)};
}

}  // namespace kit
