// SPDX-License-Identifier: MIT
#include "objects.h"

#include <baton/ext/text.h>

#include <cstring>

#include "../base/pretence.h"

namespace kit {
namespace {

struct Error : Thing {
  uint32_t kind;
  std::string message;
  Error(Ledger &ledger, uint32_t kind_, std::string message_)
      : Thing(ledger, "error " + std::string(kind_name(kind_)) + " \"" +
                          message_ + "\""),
        kind(kind_),
        message(std::move(message_)) {}
};

struct Text : Thing {
  std::string text;
  Text(Ledger &ledger, std::string given)
      : Thing(ledger, "text \"" + given + "\""), text(std::move(given)) {}
};

struct Token : Thing {
  using Thing::Thing;
};

template <typename Kind>
Kind *as(const baton_value *self) {
  return static_cast<Kind *>(thing_of(self));
}

int32_t BATON_CALL error_kind(const baton_value *self, uint32_t *out) {
  thing_of(self)->used("kind");
  *out = as<Error>(self)->kind;
  return BATON_OK;
}

int32_t BATON_CALL error_message(const baton_value *self,
                                 baton_text_view *out) {
  thing_of(self)->used("message");
  out->data = as<Error>(self)->message.data();
  out->size = as<Error>(self)->message.size();
  return BATON_OK;
}

const baton_error_methods *error_methods() {
  static const baton_error_methods methods = [] {
    baton_error_methods made{};
    made.struct_size = sizeof made;
    made.kind = error_kind;
    made.message = error_message;
    return made;
  }();
  return &methods;
}

int32_t BATON_CALL text_view(const baton_value *self, baton_text_view *out) {
  thing_of(self)->used("view");
  out->data = as<Text>(self)->text.data();
  out->size = as<Text>(self)->text.size();
  return BATON_OK;
}

int32_t BATON_CALL text_query(const baton_value *, const char *id,
                              const void **out) {
  static const baton_text table = {sizeof(baton_text), 0, text_view};
  *out = std::strcmp(id, BATON_EXT_TEXT) == 0 ? &table : nullptr;
  return *out ? BATON_OK : BATON_UNSUPPORTED;
}

}  // namespace

int32_t BATON_CALL thing_retain(const baton_value *self) {
  thing_of(self)->retain();
  return BATON_OK;
}

int32_t BATON_CALL thing_release(const baton_value *self) {
  thing_of(self)->release();
  return BATON_OK;
}

baton_type plain_type(const char *name) {
  baton_type type{};
  type.struct_size = sizeof type;
  type.abi_major = BATON_ABI_MAJOR;
  type.abi_minor = pretence().minor;
  if (pretends_newer()) type.flags |= newer_flag;
  type.magic = BATON_TYPE_MAGIC;
  type.name = name;
  type.retain = thing_retain;
  type.release = thing_release;
  return type;
}

Value value_of(const baton_type *type, Thing *thing) {
  baton_value made{};
  made.head.type = type;
  made.payload.object = thing;
  return Value(made);
}

Value make_error(Ledger &ledger, uint32_t kind, const std::string &message) {
  static const baton_type type = [] {
    baton_type made = plain_type("kit error");
    made.as_error = error_methods();
    return made;
  }();
  return value_of(&type, ledger.make<Error>(kind, message));
}

Value make_text(Ledger &ledger, const std::string &text) {
  static const baton_type type = [] {
    baton_type made = plain_type("kit text");
    made.query = text_query;
    return made;
  }();
  return value_of(&type, ledger.make<Text>(text));
}

Value make_token(Ledger &ledger, const std::string &name) {
  static const baton_type type = plain_type("kit token");
  return value_of(&type, ledger.make<Token>(name));
}

}  // namespace kit
