// SPDX-License-Identifier: MIT
#include "common.h"

#include <pthread.h>
#include <unistd.h>

#include <cstdio>
#include <exception>
#include <stdexcept>

#include "../play/objects.h"
#include "../play/type.h"

namespace kit {

/* --- Subjects ------------------------------------------------------------ */

Subject driven(Bench &bench) {
  Subject made = bench.subject();
  if (!coroutine_of(made.value().type()))
    bench.skip("it cannot be driven by itself");
  if (made.kind().value_or(BATON_KIND_COROUTINE) > BATON_KIND_GENERATOR)
    bench.skip("it is neither a coroutine nor a generator");
  if (bench.subject().close().status == BATON_UNSUPPORTED)
    bench.skip("it cannot be driven by itself");
  return made;
}

Subject suspended(Bench &bench) {
  Subject made = driven(bench);
  if (!suspends(made.send())) bench.skip("it does not suspend");
  return made;
}

bool is_generator(const Subject &subject) {
  return subject.kind() == uint32_t{BATON_KIND_GENERATOR};
}

bool is_created(Subject &subject) {
  if (subject.state() == uint32_t{BATON_CREATED}) return true;
  Step step = subject.send(Value::i64(1));
  return step.status == BATON_ERROR &&
         step.out.error_kind() == BATON_ERROR_TYPE;
}

bool is_closed(Subject &subject) {
  if (subject.state() == uint32_t{BATON_CLOSED}) return true;
  Step step = subject.send();
  return step.status == BATON_INVALID_STATE ||
         (step.status == BATON_RETURN && is_generator(subject));
}

const baton_link *link_of(const Value &value) {
  const baton_type *type = value.type();
  const baton_link_methods *slots =
      type ? KIT_MEMBER(type, baton_type, as_link) : nullptr;
  if (!slots) return nullptr;
  const char *object = static_cast<const char *>(value.get()->payload.object);
  const void *link = object + slots->link_offset;
  return static_cast<const baton_link *>(link);
}

bool is_shared(const Value &value) {
  const baton_link *link = link_of(value);
  return link && (__atomic_load_n(&link->flags, __ATOMIC_RELAXED) &
                  BATON_LINK_SHARED) != 0;
}

void need_link(Bench &bench, const Subject &subject) {
  if (!link_of(subject.value())) bench.skip("its type has no as_link");
}

void need_delegation(Bench &bench, const Subject &subject) {
  need_link(bench, subject);
  if (link_of(subject.value())->handle.head.tag == BATON_TAG_NONE)
    bench.skip("it does not delegate by its link");
}

void let_go(Bench &bench) {
  std::vector<Value> nothing;
  if (bench.exports("kit.live")) bench.create("kit.live", nothing);
}

Subject relays(Bench &bench, Value x, int depth) {
  Value inner = std::move(x);
  for (int at = 1; at < depth; at++)
    inner = bench.make("kit.relay", std::move(inner)).give();
  return bench.make("kit.relay", std::move(inner));
}

Step awaited(Bench &bench, Value awaitable) {
  Subject given(bench, std::move(awaitable));
  Step step = given.await();
  if (step.status != BATON_OWNED && step.status != BATON_LENT) return step;
  Subject handle(bench, std::move(step.out));
  return handle.drain();
}

Subject handle_of(Bench &bench, Value awaitable) {
  Subject given(bench, std::move(awaitable));
  Step step = given.await();
  bench.expect((step.status == BATON_OWNED || step.status == BATON_LENT) &&
                   step.out.is_object() && coroutine_of(step.out.type()),
               "AWT-2", "a handle from am_await", step.text());
  return Subject(bench, std::move(step.out));
}

/* --- Expectations -------------------------------------------------------- */

void expect_kind(Bench &bench, const Step &step, uint32_t kind,
                 const char *message, const char *requirement,
                 const std::string &when) {
  bool silent = step.out.error_message().empty();
  bench.expect_error(step, kind, silent ? nullptr : message, requirement, when);
}

void expect_same_error(Bench &bench, const Step &step, const Value &error,
                       const char *requirement, const std::string &when) {
  bench.expect(step.status == BATON_ERROR && step.out.same(error), requirement,
               "ERROR and the same " + error.text() + " " + when, step.text());
}

void expect_return(Bench &bench, const Step &step, const Value &value,
                   const char *requirement, const std::string &when) {
  bench.expect(step.status == BATON_RETURN && step.out.same(value), requirement,
               "RETURN " + value.text() + " " + when, step.text());
}

void expect_owned(Bench &bench, Step &step, const Value &object,
                  const std::string &when) {
  int shown = 1 + step.in.same(object) + step.out.same(object);
  int counted = references(object);
  if (counted >= shown) return;
  step.in.give(); /* what was not counted must not be released */
  bench.fail("OWN-2", "a reference for each place that shows it " + when,
             std::to_string(counted) + " for " + std::to_string(shown));
}

Step send_copy(Subject &subject, const Value &object) {
  Step step = subject.send(object.copy());
  expect_owned(subject.bench(), step, object, "after send");
  return step;
}

bool suspends(const Step &step) {
  return step.status == BATON_YIELD || step.status == BATON_PENDING;
}

bool ends(const Step &step) {
  return step.status == BATON_RETURN || step.status == BATON_ERROR;
}

bool refuses(const Step &step) {
  return step.status <= BATON_REFUSAL_MAX && step.status >= BATON_REFUSAL_MIN;
}

int references(const Value &value) {
  return thing_of(value.get())->references();
}

/* --- The world around ---------------------------------------------------- */

namespace {

struct Work {
  const std::function<void()> *run;
  std::exception_ptr stopped;
};

void *run_work(void *given) {
  Work *work = static_cast<Work *>(given);
  try {
    (*work->run)();
  } catch (Stopped &) {
    work->stopped = std::current_exception();
  }
  return nullptr;
}

}  // namespace

void on_thread(const std::function<void()> &run, size_t stack) {
  Work work{&run, nullptr};
  pthread_attr_t attributes;
  pthread_t thread;
  pthread_attr_init(&attributes);
  if (stack) pthread_attr_setstacksize(&attributes, stack);
  int failed = pthread_create(&thread, &attributes, run_work, &work);
  pthread_attr_destroy(&attributes);
  if (failed) throw std::runtime_error("no thread can be made");
  pthread_join(thread, nullptr);
  if (work.stopped) std::rethrow_exception(work.stopped);
}

namespace {

/* Standard output and error, led elsewhere as long as this lives. */
class Diverted {
 public:
  Diverted()
      : file_(std::tmpfile()),
        out_(dup(STDOUT_FILENO)),
        error_(dup(STDERR_FILENO)) {
    if (!file_ || out_ < 0 || error_ < 0)
      throw std::runtime_error("what is written cannot be read");
    std::fflush(nullptr);
    dup2(fileno(file_), STDOUT_FILENO);
    dup2(fileno(file_), STDERR_FILENO);
  }
  ~Diverted() {
    std::fflush(nullptr);
    dup2(out_, STDOUT_FILENO);
    dup2(error_, STDERR_FILENO);
    close(out_);
    close(error_);
    std::fclose(file_);
  }
  Diverted(const Diverted &) = delete;
  Diverted &operator=(const Diverted &) = delete;

  std::string text() const {
    std::fflush(nullptr);
    std::string all;
    char part[512];
    off_t at = 0;
    ssize_t size;
    while ((size = pread(fileno(file_), part, sizeof part, at)) > 0) {
      all.append(part, static_cast<size_t>(size));
      at += size;
    }
    return all;
  }

 private:
  FILE *file_;
  int out_, error_;
};

}  // namespace

std::string written_by(const std::function<void()> &work) {
  Diverted diverted;
  work();
  return diverted.text();
}

void need_reports(Bench &bench) {
  std::string unstarted = written_by([&] {
    bench.make("kit.give", bench.i64(1)).release();
    let_go(bench);
  });
  if (unstarted.empty()) bench.skip("what its host reports cannot be seen");
}

void Alarm::set(const baton_context *cx) {
  const baton_waker *made = nullptr;
  if (cx && cx->waker) cx->waker->methods->clone(cx->waker, &made);
  drop();
  std::lock_guard<std::mutex> guard(mutex_);
  clone_ = made;
}

const baton_waker *Alarm::take() {
  std::lock_guard<std::mutex> guard(mutex_);
  const baton_waker *taken = clone_;
  clone_ = nullptr;
  return taken;
}

bool Alarm::ring() {
  const baton_waker *taken = take();
  rung_ = rung_ || taken;
  if (taken) taken->methods->wake(taken);
  return taken != nullptr;
}

void Alarm::drop() {
  const baton_waker *taken = take();
  if (taken) taken->methods->drop(taken);
}

}  // namespace kit
