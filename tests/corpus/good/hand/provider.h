/* SPDX-License-Identifier: MIT */

/** @file
 * What the library exports.
 */

typedef struct hand_export {
  baton_export base;
  hand_body body;
} hand_export;

/* The member of the new object that an argument goes to. */
static baton_value *hand_argument(hand *made, uint64_t index) {
  const char *names = made->body->arguments;
  if (names[0] == '*') return &made->items[index];
  return names[index] == 'x'   ? &made->x
         : names[index] == 'y' ? &made->y
                               : &made->v;
}

/* Makes what has a body; nothing is taken if that fails (PRV-3). */
HAND_LOCAL int32_t BATON_CALL hand_create(const baton_export *self,
                                          baton_context *cx,
                                          baton_value *arguments,
                                          uint64_t count, baton_value *out) {
  const hand_body *body = &((const hand_export *)self)->body;
  uint64_t rest = body->arguments[0] == '*' ? count : 0;
  (void)cx;
  if (rest > 4096 ||
      (!rest && body->arguments[0] != '*' && count != strlen(body->arguments)))
    return BATON_INVALID_ARGUMENT;
  hand *made = HAND_ALLOCATE(sizeof *made + rest * sizeof *made->items);
  if (!made) return BATON_NO_MEMORY;
  atomic_init(&made->references, 1);
  made->body = body;
  made->count = rest;
  for (uint64_t i = 0; i < count; i++)
    *hand_argument(made, i) = baton_take(&arguments[i]);
  *out = baton_from_object(body->kind == BATON_KIND_ASYNC_GENERATOR
                               ? &hand_generator_type
                               : &hand_type,
                           made);
  return BATON_OK;
}

/* kit.same(a, b): whether they are the same object */
HAND_LOCAL int32_t BATON_CALL hand_create_same(const baton_export *self,
                                               baton_context *cx,
                                               baton_value *arguments,
                                               uint64_t count,
                                               baton_value *out) {
  (void)self, (void)cx;
  if (count != 2) return BATON_INVALID_ARGUMENT;
  *out = baton_from_bool(HAND_IS_SAME(&arguments[0], &arguments[1]));
  hand_drop(&arguments[0]);
  hand_drop(&arguments[1]);
  return BATON_OK;
}

/* kit.live(): how many blocks there are, once all threads have ended */
HAND_LOCAL int32_t BATON_CALL hand_create_live(const baton_export *self,
                                               baton_context *cx,
                                               baton_value *arguments,
                                               uint64_t count,
                                               baton_value *out) {
  (void)self, (void)cx, (void)arguments;
  if (count != 0) return BATON_INVALID_ARGUMENT;
  hand_naps_wait();
  *out = baton_from_i64(atomic_load(&hand_blocks));
  return BATON_OK;
}

#define HAND_BASE(name, summary, create) \
  {sizeof(baton_export), 0, name, summary, create}
#define HAND_BODY(name, summary, kind, arguments, resume) \
  {                                                       \
    HAND_BASE(name, summary, HAND_CREATE), {              \
      name, BATON_KIND_##kind, arguments, resume          \
    }                                                     \
  }

static const hand_export hand_bodies[] = {
    HAND_BODY("kit.give", "returns v", COROUTINE, "v", HAND_GIVE),
    HAND_BODY("kit.echo", "yields v, returns what is sent", COROUTINE, "v",
              HAND_ECHO),
    HAND_BODY("kit.fail", "raises an error of a kind, with a message",
              COROUTINE, "xy", HAND_FAIL),
    HAND_BODY("kit.raise", "raises e", COROUTINE, "v", HAND_RAISE),
    HAND_BODY("kit.relay", "returns what x does", COROUTINE, "x", HAND_RELAY),
    HAND_BODY("kit.pair", "awaits x, then y", COROUTINE, "xy", HAND_PAIR),
    HAND_BODY("kit.rescue", "returns the error of x", COROUTINE, "x",
              HAND_RESCUE),
    HAND_BODY("kit.guard", "awaits x, finally y", COROUTINE, "xy", HAND_GUARD),
    HAND_BODY("kit.nap", "is woken by a thread", COROUTINE, "", HAND_NAP),
    HAND_BODY("kit.count", "yields 0 ... n-1", GENERATOR, "v", HAND_COUNT),
    HAND_BODY("kit.delegate", "yields from x", GENERATOR, "x", HAND_DELEGATE),
    HAND_BODY("kit.items", "hands its arguments", ASYNC_GENERATOR, "*",
              HAND_ITEMS),
    HAND_BODY("kit.mirror", "hands what it is sent", ASYNC_GENERATOR, "v",
              HAND_MIRROR),
    HAND_BODY("kit.tidy", "hands x twice, finally awaits y", ASYNC_GENERATOR,
              "xy", HAND_TIDY),
    HAND_BODY("kit.stubborn", "hands v, and again when it is closed",
              ASYNC_GENERATOR, "v", HAND_STUBBORN),
    HAND_BODY("kit.last", "returns the last item of x", COROUTINE, "x",
              HAND_LAST),
    HAND_BODY("kit.nil", "returns none", COROUTINE, "", HAND_NIL),
    HAND_BODY("kit.true", "returns true", COROUTINE, "", HAND_TRUE),
    HAND_BODY("kit.one", "returns 1", COROUTINE, "", HAND_ONE),
    HAND_BODY("kit.alike", "whether x and y fail alike", COROUTINE, "xy",
              HAND_ALIKE),
    HAND_BODY("hand.greet", "returns text", COROUTINE, "", HAND_GREET)};

static const baton_export hand_functions[] = {
    HAND_BASE("kit.run", "awaits x", HAND_CREATE_RUN),
    HAND_BASE("kit.same", "whether two are one", HAND_CREATE_SAME),
    HAND_BASE("kit.live", "counts blocks", HAND_CREATE_LIVE)};

#define HAND_EXPORT(i) &hand_bodies[i].base
static const baton_export *const hand_exports[] = {
    HAND_EXPORT(0),     HAND_EXPORT(1),     HAND_EXPORT(2),
    HAND_EXPORT(3),     HAND_EXPORT(4),     HAND_EXPORT(5),
    HAND_EXPORT(6),     HAND_EXPORT(7),     HAND_EXPORT(8),
    HAND_EXPORT(9),     HAND_EXPORT(10),    HAND_EXPORT(11),
    HAND_EXPORT(12),    HAND_EXPORT(13),    HAND_EXPORT(14),
    HAND_EXPORT(15),    HAND_EXPORT(16),    HAND_EXPORT(17),
    HAND_EXPORT(18),    HAND_EXPORT(19),    HAND_EXPORT(20),
    &hand_functions[0], &hand_functions[1], &hand_functions[2]};

HAND_LOCAL int32_t BATON_CALL hand_provider_query(const baton_provider *self,
                                                  const char *id,
                                                  const void **out) {
  (void)self, (void)id;
  *out = NULL;
  return BATON_UNSUPPORTED;
}

static const baton_provider HAND_PROVIDER = {
    .struct_size = HAND_PROVIDER_SIZE,
    .abi_major = HAND_PROVIDER_MAJOR,
    .abi_minor = HAND_PROVIDER_MINOR,
    .magic = HAND_PROVIDER_MAGIC,
    .name = HAND_PROVIDER_NAME,
    .version = "1.0.0",
    .language = "c",
    .exports = hand_exports,
    .export_count = sizeof hand_exports / sizeof hand_exports[0],
    .query = HAND_PROVIDER_QUERY};

HAND_LOCAL const baton_provider *hand_entry(void) { return &HAND_PROVIDER; }

/* The one symbol. */
__attribute__((visibility("default"))) const baton_provider *BATON_CALL
baton_provider_v0(void);
__attribute__((visibility("default"))) const baton_provider *BATON_CALL
baton_provider_v0(void) {
  return HAND_ENTRY();
}
