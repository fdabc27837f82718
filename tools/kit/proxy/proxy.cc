/* SPDX-License-Identifier: MIT */
#include "proxy.h"

#include "../play/type.h"
#include "object.h"
#include "visit.h"

namespace kit {
namespace {

/** The descriptors of the proxies of one ledger, which keeps them. */
class Workshop {
 public:
  explicit Workshop(Ledger *ledger) : ledger_(ledger) {}
  ~Workshop() {
    std::lock_guard<std::mutex> guard(all_mutex);
    all().erase(ledger_);
  }
  Workshop(const Workshop &) = delete;
  Workshop &operator=(const Workshop &) = delete;

  static Workshop &of(Ledger &ledger) {
    std::lock_guard<std::mutex> guard(all_mutex);
    Workshop *&known = all()[&ledger];
    if (!known) {
      auto made = std::make_shared<Workshop>(&ledger);
      known = made.get();
      ledger.keep(std::move(made));
    }
    return *known;
  }

  Descriptor &descriptor(const Contract &contract, const baton_type *inner,
                         Side side, Means means) {
    std::lock_guard<std::mutex> guard(mutex_);
    for (const auto &made : made_) {
      if (made->inner() == inner && made->side() == side &&
          made->means() == means && &made->contract() == &contract &&
          made->is_current()) {
        return *made;
      }
    }
    made_.push_back(std::make_unique<Descriptor>(contract, inner, side, means));
    return *made_.back();
  }

 private:
  static std::mutex all_mutex;
  static std::map<Ledger *, Workshop *> &all() {
    static std::map<Ledger *, Workshop *> known;
    return known;
  }

  Ledger *ledger_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Descriptor>> made_;
};

std::mutex Workshop::all_mutex;

bool can_be_wrapped(const baton_value &value) {
  return value.head.tag >= BATON_TAG_LIMIT &&
         type_defect(value.head.type).empty() &&
         !Descriptor::of(value.head.type);
}

}  // namespace

void wrap_value(Ledger &ledger, const Contract &contract, baton_value *place,
                Side side, Means means, Proxy *lender) {
  if (!can_be_wrapped(*place)) return;
  Descriptor &descriptor =
      Workshop::of(ledger).descriptor(contract, place->head.type, side, means);
  Proxy *proxy = descriptor.standing_for(place->payload.object);
  const bool is_new = !proxy;
  if (is_new) {
    proxy = ledger.make<Proxy>(descriptor, *place);
    descriptor.add(proxy);
  }
  if (lender) {
    lender->lend(proxy, is_new);
  } else if (!is_new) {
    proxy->retain();
  }
  *place = proxy->value();
}

Value make_proxy(Ledger &ledger, const Contract &contract, Value inner,
                 Side side, Means means) {
  baton_value value = inner.give();
  const baton_type *before = value.head.type;
  wrap_value(ledger, contract, &value, side, means);
  const bool wrapped = value.head.type != before;
  if (wrapped && side == Side::caller) {
    /* The kit wraps what it has just made. */
    auto *proxy = static_cast<Proxy *>(value.payload.object);
    if (!proxy->state()) proxy->set_state(BATON_CREATED);
  }
  return Value(value);
}

const baton_value *behind(const baton_value *value) {
  if (value->head.tag < BATON_TAG_LIMIT) return nullptr;
  const Descriptor *owner = Descriptor::of(value->head.type);
  const Proxy *proxy = owner ? owner->find(value->payload.object) : nullptr;
  return proxy ? &proxy->inner() : nullptr;
}

std::string refused_table(const baton_value *proxy, const std::string &id) {
  const Descriptor *owner = Descriptor::of(proxy->head.type);
  return owner ? owner->refused(id) : "";
}

}  // namespace kit
