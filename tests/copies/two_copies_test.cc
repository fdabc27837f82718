/* SPDX-License-Identifier: MIT */
#include <baton/runtime.h>
#include <dlfcn.h>

#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <string>

/* Two copies of libbaton, of different versions, share chains: a link of one
 * awaits a link of the other, and so on. Everything they need of each other is
 * in the contract. */

namespace {

/** A copy: the functions of its own. */
class Copy {
 public:
  explicit Copy(const char *path)
      : library_(dlopen(path, RTLD_NOW | RTLD_LOCAL)) {
    INFO(path << ": " << (library_ ? "" : dlerror()));
    REQUIRE(library_);
    find(coro_new, "baton_coro_new");
    find(error_new, "baton_error_new");
    find(close, "baton_close");
    find(version, "baton_lib_version");
    find(flush, "baton_thread_flush");
    find(read_counters, "baton_read_counters");
    find(await_chain, "baton_await_chain");
  }
  ~Copy() { dlclose(library_); }
  Copy(const Copy &) = delete;
  Copy &operator=(const Copy &) = delete;

  uint64_t blocks() const {
    baton_counters counters;
    flush();
    read_counters(&counters);
    return counters.blocks;
  }

  decltype(&baton_coro_new) coro_new;
  decltype(&baton_error_new) error_new;
  decltype(&baton_close) close;
  decltype(&baton_lib_version) version;
  decltype(&baton_thread_flush) flush;
  decltype(&baton_read_counters) read_counters;
  decltype(&baton_await_chain) await_chain;

 private:
  template <typename Function>
  void find(Function *&function, const char *name) {
    void *symbol = dlsym(library_, name);
    INFO(name);
    REQUIRE(symbol);
    function = reinterpret_cast<Function *>(symbol);
  }

  void *library_;
};

struct Frame {
  baton_value child;
  uint32_t step;
  uint32_t reserved0;
};

/* What the bodies saw. */
struct Seen {
  uint64_t relays = 0; /* resumes of links that only pass on */
  uint64_t leaves = 0;
  uint64_t exits = 0; /* links that got generator-exit */
  const char *stack = nullptr;
};
Seen seen;

Frame *frame(const baton_value *self) {
  return static_cast<Frame *>(baton_coro_frame(self));
}

int32_t note_throw(baton_value *in, baton_value *out) {
  if (baton_error_kind(in) == BATON_ERROR_GENERATOR_EXIT) seen.exits++;
  *out = baton_take(in);
  return BATON_ERROR;
}

/* Awaits its child; adds one to what that returns. */
int32_t BATON_CALL relay(const baton_value *self, baton_context *, uint32_t op,
                         baton_value *in, baton_value *out) {
  seen.relays++;
  if (op == BATON_OP_THROW) return note_throw(in, out);
  if (frame(self)->step++ == 0) {
    *out = baton_take(&frame(self)->child);
    return BATON_AWAIT;
  }
  *out = baton_from_i64(in->payload.i64 + 1);
  return BATON_RETURN;
}

/* Yields what it is sent; a negative number ends it with 0. */
int32_t BATON_CALL leaf(const baton_value *, baton_context *, uint32_t op,
                        baton_value *in, baton_value *out) {
  char here = 0;
  seen.leaves++;
  seen.stack = &here;
  if (op == BATON_OP_THROW) return note_throw(in, out);
  if (in->payload.i64 < 0) {
    *out = baton_from_i64(0);
    return BATON_RETURN;
  }
  *out = baton_take(in);
  return BATON_YIELD;
}

/* An async generator of 1, 2, 3. */
int32_t BATON_CALL items(const baton_value *self, baton_context *, uint32_t op,
                         baton_value *in, baton_value *out) {
  if (op == BATON_OP_THROW) return note_throw(in, out);
  if (++frame(self)->step > 3) return BATON_RETURN;
  *out = baton_from_i64(frame(self)->step);
  return BATON_ITEM;
}

/* Awaits the items of its child, and returns their sum. */
int32_t BATON_CALL sum(const baton_value *self, baton_context *cx, uint32_t op,
                       baton_value *in, baton_value *out) {
  Frame *own = frame(self);
  if (op == BATON_OP_THROW &&
      baton_error_kind(in) == BATON_ERROR_STOP_ASYNC_ITERATION) {
    *out = baton_from_i64(own->step);
    return BATON_RETURN;
  }
  if (op == BATON_OP_THROW) return note_throw(in, out);
  own->step += static_cast<uint32_t>(in->payload.i64);
  const baton_async_methods *methods = own->child.head.type->as_async;
  return methods->am_anext(&own->child, cx, out) == BATON_OWNED ? BATON_AWAIT
                                                                : BATON_ERROR;
}

baton_body body(uint8_t kind, const char *name,
                decltype(baton_body::resume) resume) {
  baton_body made = {};
  made.struct_size = sizeof made;
  made.kind = kind;
  made.frame_size = sizeof(Frame);
  made.value_offset = offsetof(Frame, child);
  made.value_count = 1;
  made.name = name;
  made.resume = resume;
  return made;
}

const baton_body relay_body = body(BATON_KIND_COROUTINE, "relay", relay);
const baton_body leaf_body = body(BATON_KIND_COROUTINE, "leaf", leaf);
const baton_body items_body = body(BATON_KIND_ASYNC_GENERATOR, "items", items);
const baton_body sum_body = body(BATON_KIND_COROUTINE, "sum", sum);

baton_context context() {
  baton_context cx = {};
  cx.struct_size = sizeof cx;
  cx.abi_major = BATON_ABI_MAJOR;
  cx.abi_minor = BATON_ABI_MINOR;
  cx.accepts = BATON_ACCEPT_YIELD;
  return cx;
}

/** Both copies; at the end nothing of either is left. */
struct TwoCopies {
  TwoCopies() { seen = Seen(); }
  ~TwoCopies() {
    CHECK(ours.blocks() == 0);
    CHECK(theirs.blocks() == 0);
  }

  /* A leaf with `relays` links above it, of alternating copies. */
  baton_value chain(int relays) {
    baton_value made = baton_none();
    REQUIRE(theirs.coro_new(&leaf_body, &made) == BATON_OK);
    for (int i = 0; i < relays; i++) {
      baton_value outer;
      REQUIRE((i % 2 ? theirs : ours).coro_new(&relay_body, &outer) ==
              BATON_OK);
      frame(&outer)->child = made;
      made = outer;
    }
    return made;
  }

  int32_t send(const baton_value *self, baton_value in, baton_value *out) {
    baton_context cx = context();
    baton_drop(out);
    return baton_send(self, &cx, &in, out);
  }

  Copy ours{BATON_SHARED_LIB};
  Copy theirs{BATON_OTHER_LIB};
};

}  // namespace

TEST_CASE_METHOD(TwoCopies, "two versions of the library are loaded",
                 "[LNK-1]") {
  CHECK(std::string(ours.version()) != theirs.version());
  baton_value mine, other;
  REQUIRE(ours.coro_new(&leaf_body, &mine) == BATON_OK);
  REQUIRE(theirs.coro_new(&leaf_body, &other) == BATON_OK);
  CHECK(mine.head.type != other.head.type);
  baton_value out = baton_none();
  CHECK(ours.close(&other, &out) == BATON_RETURN);
  CHECK(theirs.close(&mine, &out) == BATON_RETURN);
  baton_drop(&mine);
  baton_drop(&other);
}

TEST_CASE_METHOD(TwoCopies, "a chain of both resumes its leaf directly",
                 "[LNK-3][LNK-5][LNK-17]") {
  baton_value alone = chain(0), deep = chain(1000), out = baton_none();
  REQUIRE(send(&alone, baton_none(), &out) == BATON_YIELD);
  send(&alone, baton_from_i64(1), &out);
  const char *shallow = seen.stack;
  REQUIRE(send(&deep, baton_none(), &out) == BATON_YIELD);
  seen = Seen();
  for (int i = 1; i <= 10; i++) {
    REQUIRE(send(&deep, baton_from_i64(i), &out) == BATON_YIELD);
    CHECK(out.payload.i64 == i);
  }
  CHECK(seen.leaves == 10);
  CHECK(seen.relays == 0);
  CHECK(std::labs(shallow - seen.stack) < 2048);
  CHECK(send(&deep, baton_from_i64(-1), &out) == BATON_RETURN);
  CHECK(out.payload.i64 == 1000);
  CHECK(seen.relays == 1000);
  baton_drop(&deep);
  baton_drop(&alone);
}

TEST_CASE_METHOD(TwoCopies, "an error of one copy passes links of both",
                 "[ERR-1][ERR-6]") {
  baton_value deep = chain(7), out = baton_none();
  baton_context cx = context();
  REQUIRE(send(&deep, baton_none(), &out) == BATON_YIELD);
  baton_value error = theirs.error_new(BATON_ERROR_KEY, "theirs");
  const void *identity = error.payload.object;
  REQUIRE(baton_throw(&deep, &cx, &error, &out) == BATON_ERROR);
  CHECK(out.payload.object == identity);
  CHECK(baton_error_kind(&out) == BATON_ERROR_KEY);
  baton_frame frames[2 * BATON_FRAMES_KEPT];
  uint32_t kept = 0;
  uint64_t elided = 0;
  out.head.type->as_error->frames(&out, frames, 2 * BATON_FRAMES_KEPT, &kept,
                                  &elided);
  CHECK(kept == 8);
  CHECK(std::string(frames[0].function) == "leaf");
  CHECK(std::string(frames[7].function) == "relay");
  baton_drop(&out);
  baton_drop(&deep);
}

TEST_CASE_METHOD(TwoCopies, "generator-exit of the other copy is known",
                 "[ERR-2][COR-17]") {
  baton_value deep = chain(4), out = baton_none();
  baton_context cx = context();
  REQUIRE(send(&deep, baton_none(), &out) == BATON_YIELD);
  baton_value error = theirs.error_new(BATON_ERROR_GENERATOR_EXIT, nullptr);
  const void *identity = error.payload.object;
  CHECK(baton_throw(&deep, &cx, &error, &out) == BATON_ERROR);
  CHECK(out.payload.object == identity);
  CHECK(seen.exits == 5);
  baton_drop(&out);
  baton_drop(&deep);
}

TEST_CASE_METHOD(TwoCopies, "either copy closes and releases chains of both",
                 "[COR-8][COR-18]") {
  baton_value first = chain(100), second = chain(101), third = chain(102);
  baton_value out = baton_none();
  for (const baton_value *each : {&first, &second, &third})
    REQUIRE(send(each, baton_none(), &out) == BATON_YIELD);
  CHECK(ours.close(&first, &out) == BATON_RETURN);
  CHECK(theirs.close(&second, &out) == BATON_RETURN);
  baton_drop(&third); /* suspended: its release closes it */
  CHECK(seen.exits == 101 + 102 + 103);
  baton_drop(&first);
  baton_drop(&second);
}

TEST_CASE_METHOD(TwoCopies, "an async generator of one serves the other",
                 "[AGN-2][LNK-15]") {
  baton_value consumer, out = baton_none();
  REQUIRE(ours.coro_new(&sum_body, &consumer) == BATON_OK);
  REQUIRE(theirs.coro_new(&items_body, &frame(&consumer)->child) == BATON_OK);
  CHECK(send(&consumer, baton_none(), &out) == BATON_RETURN);
  CHECK(out.payload.i64 == 6);
  baton_drop(&consumer);
}

TEST_CASE_METHOD(TwoCopies, "a chain of both is told by either", "[INT-3]") {
  baton_value deep = chain(3), out = baton_none();
  REQUIRE(send(&deep, baton_none(), &out) == BATON_YIELD);
  for (const Copy *copy : {&ours, &theirs}) {
    std::string names;
    CHECK(copy->await_chain(
              &deep,
              [](void *arg, const baton_value *, baton_text_view name,
                 uint32_t state, uint32_t, const baton_frame *) {
                std::string &text = *static_cast<std::string *>(arg);
                text += std::string(name.data, name.size) +
                        (state == BATON_SUSPENDED ? " " : "! ");
              },
              &names) == BATON_OK);
    CHECK(names == "relay relay relay leaf ");
  }
  ours.close(&deep, &out);
  baton_drop(&deep);
}
