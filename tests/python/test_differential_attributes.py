# SPDX-License-Identifier: MIT
"""Attributes, types, names, copies: what can be asked of an object."""

import copy
import gc
import inspect
import pickle
import sys
import types
import weakref

from support import bodies
from support.bodies import suspend
from support.compare import Differential
from support.raises import raised

KINDS = ("coroutine", "generator", "async_generator")
NATIVE = {
    "coroutine": types.CoroutineType,
    "generator": types.GeneratorType,
    "async_generator": types.AsyncGeneratorType,
}
# Nobody can say of another's object how large it is, nor what C calls it.
NOT_ASKED = {"__sizeof__", "__doc__", "__module__"}


def make(kit, kind):
    if kind == "coroutine":
        return kit.coroutine(suspend())
    if kind == "generator":
        return kit.generator(range(3))
    return kit.async_generator(bodies.plain_numbers())


def step(made):
    if hasattr(made, "asend"):
        try:
            made.asend(None).send(None)
        except StopIteration:
            pass
    else:
        made.send(None)


class Names(Differential):
    def scenario_read_and_set(self, kit, log):
        for kind in KINDS:
            made = make(kit, kind)
            log(kind, made.__name__, made.__qualname__, repr(made))
            for name in ("__name__", "__qualname__"):
                log.do("set", setattr, made, name, f"new {name}")
                log("now", getattr(made, name), repr(made))
                for wrong in (1, None, b"bytes"):
                    log.do(f"set {wrong!r}", setattr, made, name, wrong)
                log.do("delete", delattr, made, name)
                log("still", getattr(made, name))
                own = type("OwnText", (str,), {})("own")
                log.do("set own", setattr, made, name, own)
                log("identical", getattr(made, name) is own)

    def scenario_in_messages(self, kit, log):
        made = kit.coroutine(bodies.Recorder(log))
        made.__qualname__ = "Renamed.coroutine"
        log("dropping")
        del made
        made = kit.async_generator(bodies.plain_numbers())
        made.__qualname__ = "Renamed.agen"
        step_made = made.asend(None)
        log("dropping")
        del step_made


class Attributes(Differential):
    def scenario_in_every_state(self, kit, log):
        for kind in KINDS:
            made = make(kit, kind)
            log.state(f"{kind} created", made)
            step(made)
            log.state(f"{kind} suspended", made)
            if kind == "async_generator":
                try:
                    made.aclose().send(None)
                except StopIteration:
                    pass
            else:
                made.close()
            log.state(f"{kind} closed", made)

    def scenario_written(self, kit, log):
        for kind in KINDS:
            made = make(kit, kind)
            for name in sorted(dir(NATIVE[kind])):
                if name[:3] in ("cr_", "gi_", "ag_"):
                    log.do(f"set {name}", setattr, made, name, 1)
                    log.do(f"delete {name}", delattr, made, name)
            log.do("new attribute", setattr, made, "anything", 1)
            log.do("no such", getattr, made, "no_such_attribute")
            log.do("dict", lambda made=made: made.__dict__)

    def scenario_listed(self, kit, log):
        for kind in KINDS:
            made = make(kit, kind)
            listed = set(dir(made)) - NOT_ASKED
            log(f"{kind} dir", sorted(listed))
            for name in sorted(listed):
                value = getattr(type(made), name, None)
                if name[:3] not in ("cr_", "gi_", "ag_"):
                    log(f"{kind}.{name}", type(value).__name__)

    def scenario_delegates(self, kit, log):
        inner = log.name(suspend(), "inner")
        made = kit.coroutine(inner)
        made.send(None)
        chain = [made]
        while getattr(chain[-1], "cr_await", None) is not None:
            chain.append(chain[-1].cr_await)
        log("chain", [type(part).__name__ for part in chain])
        log("innermost", chain[-1] is inner)
        log("stable", made.cr_await is made.cr_await)
        iterator = iter(range(3))
        made = kit.generator(iterator)
        next(made)
        chain = [made]
        while getattr(chain[-1], "gi_yieldfrom", None) is not None:
            chain.append(chain[-1].gi_yieldfrom)
        log("chain", [type(part).__name__ for part in chain])
        log("innermost", chain[-1] is iterator)

    def scenario_frames(self, kit, log):
        made = kit.coroutine(suspend())
        frame = made.cr_frame
        log("type", type(frame).__name__, frame.f_code is made.cr_code)
        log("line", type(frame.f_lineno).__name__)
        log("back", frame.f_back)
        log("globals", type(frame.f_globals).__name__)
        log("stable", made.cr_frame is made.cr_frame)
        made.send(None)
        log("back", made.cr_frame.f_back)
        made.close()
        log("closed", made.cr_frame)

    def scenario_cleared_frames(self, kit, log):
        made = kit.coroutine(bodies.Recorder(log))
        made.send(None)
        log.do("suspended", made.cr_frame.clear)
        log.state("suspended", made)
        made.close()

    def scenario_cleared_frames_of_new_ones(self, kit, log):
        made = kit.coroutine(bodies.Recorder(log))
        log.do("clear", made.cr_frame.clear)
        log.state("cleared", made)
        log.do("send", made.send, None)
        log.state("sent", made)
        made = kit.generator(bodies.Recorder(log))
        log.do("clear", made.gi_frame.clear)
        log.state("cleared", made)
        log.do("send", made.send, None)

    def scenario_origin(self, kit, log):
        for depth in (0, 1, 2):
            sys.set_coroutine_origin_tracking_depth(depth)
            made = kit.coroutine(bodies.Recorder(log))
            origin = made.cr_origin
            log("type", type(origin).__name__)
            if origin:
                log("depth", [(type(line).__name__, name) for _, line, name in origin])
            log("dropping")
            del made

    def scenario_doc_and_module(self, kit, log):
        for kind in KINDS:
            kind_type = getattr(kit, f"{kind}_type")
            log(kind, kind_type.__name__, kind_type.__qualname__)
            log("module", kind_type.__module__)
            log("repr", repr(kind_type))
            log("bases", kind_type.__bases__)


class Types(Differential):
    def scenario_cannot_be_made(self, kit, log):
        for kind in KINDS:
            kind_type = getattr(kit, f"{kind}_type")
            log.do("call", kind_type)
            log.do("call with arguments", kind_type, 1, a=2)
            log.do("new", lambda kind_type=kind_type: kind_type.__new__(kind_type))
            log.do("object new", object.__new__, kind_type)
            log.do("subclass", type, "Sub", (kind_type,), {})
            log.do("set", setattr, kind_type, "attribute", 1)
            log.do("subscript", lambda kind_type=kind_type: kind_type[int, str, None])

    def scenario_class_of_instances(self, kit, log):
        class Other:
            pass

        for kind in KINDS:
            made = make(kit, kind)
            log.do("set class", setattr, made, "__class__", Other)
            log("hash", hash(made) == hash(made), made == made, made != made)
            log("bool", bool(made))
            log.do("order", lambda made=made: made < made)
            log.do("add", lambda made=made: made + made)
            log.do("index", lambda made=made: made[0])
            log.do("context", lambda made=made: made.__enter__)

    def scenario_copies(self, kit, log):
        for kind in KINDS:
            made = make(kit, kind)
            log.do("copy", copy.copy, made)
            log.do("deepcopy", copy.deepcopy, made)
            for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
                log(f"pickle {protocol}", raised(pickle.dumps, made, protocol))
            log("reduce", raised(made.__reduce__))

    def scenario_weak_references(self, kit, log):
        for kind in KINDS:
            made = make(kit, kind)
            step(made)
            reference = weakref.ref(made, lambda _: log("callback"))
            log("alive", reference() is made)
            del made
            log("gone", reference())

    def scenario_collected_by_gc(self, kit, log):
        for kind in KINDS:
            made = make(kit, kind)
            log(kind, gc.is_tracked(made))

    def scenario_unhandled_methods(self, kit, log):
        for kind in KINDS:
            made = make(kit, kind)
            for name in ("send", "throw", "close", "asend", "athrow", "aclose"):
                method = getattr(made, name, None)
                if method is not None:
                    log(name, type(method).__name__, method.__self__ is made)
                    log("qualname", method.__qualname__, method.__name__)

    def scenario_inspect(self, kit, log):
        made = kit.coroutine(suspend())
        log.do("locals", lambda: type(inspect.getcoroutinelocals(made)).__name__)
        made.close()
        log.do("locals", inspect.getcoroutinelocals, made)
        made = kit.generator(range(2))
        log.do("locals", lambda: type(inspect.getgeneratorlocals(made)).__name__)
        made.close()
        log.do("locals", inspect.getgeneratorlocals, made)
