// SPDX-License-Identifier: MIT
#include "play.h"

#include <baton/inline.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <exception>
#include <stdexcept>
#include <thread>

#include "../base/arguments.h"
#include "../base/patience.h"
#include "../contract/caller.h"
#include "../contract/contract.h"
#include "../contract/utf8.h"
#include "../play/context.h"
#include "../play/type.h"
#include "../proxy/proxy.h"
#include "materials.h"

namespace kit {
namespace {

constexpr double for_a_wake = 0.5; /**< seconds, in each step */
constexpr int counting_threads = 2;
constexpr int counts = 64;
const char *const unknown_extension = "org.example.nothing/1";

int32_t BATON_CALL query_nothing(const baton_context *, const char *,
                                 const void **out) {
  *out = nullptr;
  return BATON_UNSUPPORTED;
}

const char *name_of_state(std::optional<uint32_t> state) {
  static const char *const names[] = {"created", "running", "suspended",
                                      "closed"};
  if (!state) return "";
  return *state <= BATON_CLOSED ? names[*state] : "a state that is none";
}

/** What some exports of the kit give may have slots, as all objects of its host
 * do, and yet be nothing to drive. */
bool makes_no_coroutine(const std::string &name) {
  return name == "kit.object" || name == "kit.same" || name == "kit.live" ||
         name == "kit.run";
}

/** Whether other threads may only release it. */
bool is_affine(const Value &value) {
  const baton_value *held = behind(value.get());
  const baton_type *type = held ? held->head.type : value.type();
  if (type->flags & BATON_TYPE_AFFINE) return true;
  return held && type->as_link &&
         baton_link_of(held)->flags & BATON_LINK_AFFINE;
}

/** Runs it on a thread of its own, to its end. */
template <typename Body>
void elsewhere(Body body) {
  std::exception_ptr thrown;
  std::thread([&] {
    try {
      body();
    } catch (const Stopped &) {
      thrown = std::current_exception();
    }
  }).join();
  if (thrown) std::rethrow_exception(thrown);
}

int32_t BATON_CALL visit_all(const baton_value *, void *seen) {
  ++*static_cast<int *>(seen);
  return 0;
}

int32_t BATON_CALL visit_one(const baton_value *, void *) { return 5; }

class Player {
 public:
  explicit Player(Bench &bench) : bench_(bench) {}

  Seen play(const TraceStep &step) {
    Seen seen;
    if (step.operation == Operation::CREATE) {
      create(step, seen);
    } else if (!places_[step.place].is_none()) {
      if (step.other_thread && !is_affine(places_[step.place]))
        elsewhere([&] { act(step, seen); });
      else
        act(step, seen);
    }
    return seen;
  }

  void let_go() {
    for (Value &place : places_) place.drop();
  }

 private:
  Manner manner_of(const TraceStep &step) const {
    Manner manner;
    manner.accepts = step.accepts;
    manner.abi_minor = step.abi_minor;
    manner.context_size =
        std::clamp<uint32_t>(step.context_size, sizeof(baton_context), 4096);
    manner.query = step.no_query ? nullptr : query_nothing;
    return manner;
  }

  Value argument(const TraceArgument &given) {
    if (given.kind == Kind::PLACE) return std::move(places_[given.bits]);
    return value_of_argument(bench_, given,
                             [this](uint16_t place) { call_back(place); });
  }

  Value argument(const TraceStep &step) {
    return step.arguments.empty() ? Value() : argument(step.arguments[0]);
  }

  /** An actor, while it runs, sends none to what is in a place. Nothing may be
   * thrown through the frames of the target that called it. */
  void call_back(uint16_t place) noexcept {
    if (places_[place].is_none() || !coroutine_of(places_[place].type()))
      return;
    try {
      Subject(bench_, held(place)).send();
    } catch (const Stopped &) {
      // The ledger has the reason.
    }
  }

  /** A reference more to what is in a place. */
  Value held(uint16_t place) {
    try {
      return places_[place].copy();
    } catch (const std::runtime_error &refused) {
      bench_.fail("TYP-7", "OK from retain on the object's own thread",
                  refused.what());
    }
  }

  void create(const TraceStep &step, Seen &seen) {
    const std::string name = step.subject.substr(0, step.subject.find('('));
    if (!bench_.exports(name)) return;
    std::vector<Value> arguments;
    if (name != step.subject) arguments = arguments_for(bench_, step.subject);
    for (const TraceArgument &given : step.arguments)
      arguments.push_back(argument(given));
    std::vector<bool> empty;
    for (const Value &one : arguments) empty.push_back(one.is_none());
    Step came = bench_.create(name, arguments);
    for (size_t at = 0; at < empty.size() && came.status != BATON_OK; at++)
      bench_.expect(empty[at] || !arguments[at].is_none(), "PRV-3",
                    "no argument is taken by create that does not succeed",
                    "argument " + std::to_string(at) + " was");
    note(came, seen);
    if (came.status == BATON_OK && !makes_no_coroutine(name))
      keep(step.result, std::move(came.out), seen);
  }

  /** Only what can be called is kept. */
  void keep(uint16_t place, Value came, Seen &seen) {
    const baton_type *type = came.type();
    if (!type || (!coroutine_of(type) && !async_of(type))) return;
    places_[place] = make_proxy(bench_.ledger, bench_.contract, std::move(came),
                                Side::callee);
    seen.state = name_of_state(Subject(bench_, held(place)).state());
  }

  void note(const Step &came, Seen &seen) {
    seen.done = true;
    seen.status = came.status;
    seen.value = came.out.is_none() ? "" : printable(came.out.text());
    if (came.status != BATON_ERROR) return;
    seen.error_kind = came.out.error_kind();
    seen.message = printable(came.out.error_message());
  }

  void act(const TraceStep &step, Seen &seen) {
    Subject subject(bench_, held(step.place));
    switch (step.operation) {
      case Operation::SEND:
      case Operation::THROW:
      case Operation::CLOSE:
        drive(subject, step, seen);
        break;
      case Operation::AWAIT:
        await(subject, step, seen);
        break;
      case Operation::AITER:
      case Operation::ANEXT:
        iterate(subject, step, seen);
        break;
      case Operation::ASEND:
      case Operation::ATHROW:
      case Operation::ACLOSE:
        ask_generator(subject, step, seen);
        break;
      case Operation::RELEASE:
        seen.done = true;
        places_[step.place].drop();
        break;
      default:
        look(subject, step, seen);
    }
    if (seen.done && !places_[step.place].is_none())
      seen.state = name_of_state(subject.state());
  }

  void drive(Subject &subject, const TraceStep &step, Seen &seen) {
    if (!coroutine_of(subject.value().type())) return;
    const int wakes = bench_.bell.wakes();
    const Manner manner = manner_of(step);
    Step came;
    if (step.operation == Operation::CLOSE) {
      came = subject.close(manner);
    } else if (step.operation == Operation::SEND) {
      came = subject.send(argument(step), manner);
    } else {
      Value error = argument(step);
      const bool is_error = error.is_error();
      came = subject.throw_(std::move(error), manner);
      bench_.expect(is_error || came.status == BATON_INVALID_ARGUMENT, "COR-20",
                    "INVALID_ARGUMENT for a throw of no error", came.text());
    }
    note(came, seen);
    // So that the next call does not come now too early, now in time.
    if (came.status != BATON_PENDING) return;
    renew_patience(1);
    bench_.bell.wait(wakes + 1, for_a_wake);
  }

  /** Whoever got a handle drives it instead of the object. */
  void await(Subject &subject, const TraceStep &step, Seen &seen) {
    Step came = subject.await(manner_of(step));
    note(came, seen);
    if (came.status != BATON_OWNED) return;
    places_[step.place].drop();
    keep(step.result, std::move(came.out), seen);
  }

  void iterate(Subject &subject, const TraceStep &step, Seen &seen) {
    Step came = step.operation == Operation::AITER
                    ? subject.aiter(manner_of(step))
                    : subject.anext(manner_of(step));
    note(came, seen);
    if (came.status == BATON_OWNED)
      keep(step.result, std::move(came.out), seen);
  }

  void ask_generator(Subject &subject, const TraceStep &step, Seen &seen) {
    const auto *table = static_cast<const baton_async_generator *>(
        subject.extension(BATON_EXT_ASYNC_GENERATOR));
    if (!table) return;
    const baton_value *self = subject.value().get();
    Value in = argument(step);
    Step came;
    baton_value out{};
    LentContext cx(bench_.ledger, manner_of(step), bench_.bell.waker());
    if (step.operation == Operation::ACLOSE) {
      came.status =
          call(signature(bench_.contract, "baton_async_generator.aclose"),
               address_of(table->aclose), self, cx.get(), &out);
    } else {
      const bool sends = step.operation == Operation::ASEND;
      came.status = call(
          signature(bench_.contract, sends ? "baton_async_generator.asend"
                                           : "baton_async_generator.athrow"),
          sends ? address_of(table->asend) : address_of(table->athrow), self,
          cx.get(), in.get(), &out);
    }
    came.out = Value(out);
    note(came, seen);
    if (came.status == BATON_OWNED)
      keep(step.result, std::move(came.out), seen);
  }

  /** What asks and changes nothing. */
  void look(Subject &subject, const TraceStep &step, Seen &seen) {
    seen.done = true;
    if (step.operation == Operation::QUERY) {
      for (const Extension &one : bench_.contract.extensions)
        subject.extension(one.id.c_str());
      bench_.expect(!subject.extension(unknown_extension), "EXT-1",
                    "null for an unknown extension", "a table");
    } else if (step.operation == Operation::COUNT) {
      for (int turn = 0; turn < 3; turn++) held(step.place);
    } else if (step.operation == Operation::COUNT_THREADS) {
      count_on_threads(subject.value());
    } else {
      traverse(subject.value());
    }
  }

  void count_on_threads(const Value &value) {
    const baton_value *held = behind(value.get());
    if (!held || is_affine(value)) return;
    std::atomic<int> refused{0};
    std::vector<std::thread> threads;
    for (int thread = 0; thread < counting_threads; thread++)
      threads.emplace_back([&] {
        for (int turn = 0; turn < counts; turn++) {
          if (held->head.type->retain(held) == BATON_OK)
            held->head.type->release(held);
          else
            refused++;
        }
      });
    for (std::thread &thread : threads) thread.join();
    bench_.expect(refused == 0, "TYP-7", "OK from retain on every thread",
                  "a refusal");
  }

  void traverse(const Value &value) {
    const baton_value *held = behind(value.get());
    const auto slot =
        held ? KIT_MEMBER(held->head.type, baton_type, traverse) : nullptr;
    if (!slot) return;
    int seen = 0;
    const int32_t all = slot(held, visit_all, &seen);
    const int32_t one = slot(held, visit_one, &seen);
    bench_.expect(all == 0 && one == (seen ? 5 : 0), "TYP-8",
                  "the first result of a visit that is not 0, or 0",
                  std::to_string(all) + " and " + std::to_string(one));
  }

  Bench &bench_;
  std::array<Value, trace_places> places_;
};

}  // namespace

void play_trace(Bench &bench, const Trace &trace,
                const std::function<void(size_t, const Seen &)> &on_seen) {
  Player player(bench);
  try {
    for (size_t at = 0;
         at < trace.steps.size() && !first_of(bench.ledger.broken()); at++)
      on_seen(at, player.play(trace.steps[at]));
    player.let_go();
    bench.settle();
  } catch (const Stopped &) {
    // The ledger has the reason.
    player.let_go();
  }
}

const Broken *first_of(const std::vector<Broken> &broken) {
  for (const Broken &one : broken) {
    const auto &rules = Contract::golden().requirements;
    const auto rule = std::find_if(
        rules.begin(), rules.end(),
        [&](const Requirement &each) { return each.id == one.requirement; });
    if (rule == rules.end() || rule->must) return &one;
  }
  return nullptr;
}

}  // namespace kit
