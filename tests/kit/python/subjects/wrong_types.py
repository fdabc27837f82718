# SPDX-License-Identifier: MIT
"""Coroutines that tell something wrong, or are of a type that is wrong."""

import collections.abc
import warnings

from subjects import faithful, good
from subjects.faithful import Coroutine
from subjects.table import bad

INNER, KEPT = {}, []


def wrong(cls):
    return bad("relay")(faithful.coroutines(cls), cls)


def plain(cls):
    """A factory of a class as it is."""

    def make(awaitable):
        made = object.__new__(cls)
        made.inner = good.relay(awaitable)
        return made

    make.__name__ = make.__qualname__ = "relay"
    return bad("relay")(make, cls)


def telling(prefix, value):
    """All attributes of that beginning have another value."""
    return {
        name: property(lambda self: value)
        for name in dir(Coroutine)
        if name.startswith(prefix)
    }


def variant(name, why, **members):
    cls = type(name, (Coroutine,), {"__slots__": (), "__doc__": why, **members})
    cls.__module__ = __name__
    return wrong(cls)


def raises(*_):
    raise AttributeError("missing")


missing = variant(
    "missing",
    "Has none of the attributes.",
    **{name: property(raises) for name in dir(Coroutine) if name.startswith("cr_")},
)
never_running = variant("never_running", "Never runs.", **telling("cr_running", False))
never_suspended = variant(
    "never_suspended", "Is never suspended.", **telling("cr_suspended", False)
)
no_await = variant("no_await", "Awaits nothing.", **telling("cr_await", None))
no_frame = variant("no_frame", "Has no frame.", **telling("cr_frame", None))
no_code = variant("no_code", "Has no code.", **telling("cr_code", None))
no_state = variant("no_state", "Has a state of its own.", **telling("cr_state", "ON"))
no_origin = variant("no_origin", "Its origin is not told.", **telling("cr_origin", ()))
no_size = variant("no_size", "Has no size.", __sizeof__=lambda self: -1000)
other_repr = variant("other_repr", "Has another repr.", __repr__=lambda self: "it")
never_true = variant("never_true", "Is false.", __bool__=lambda self: False)
unhashable = variant("unhashable", "Is equal to all.", __eq__=lambda self, other: True)
is_iterable = variant("is_iterable", "Can be iterated.", __iter__=lambda self: iter(()))
copied = variant("copied", "Can be copied.", __copy__=lambda self: self)
pickled = variant("pickled", "Can be pickled.", __reduce_ex__=lambda self, _: (int, ()))
no_send = variant("no_send", "Has no send.", send=None)
no_throw = variant("no_throw", "Has no throw.", throw=None)
no_awaiting = variant("no_awaiting", "Cannot be awaited.", __await__=None)
unsubscripted = variant(
    "unsubscripted", "Its type has no subscript.", __class_getitem__=None
)


@wrong
class settable(Coroutine):
    """What tells its state can be set."""

    __slots__ = ("told",)

    def __setattr__(self, name, value):
        if not name.startswith("cr_"):
            super().__setattr__(name, value)


@wrong
class named_once(Coroutine):
    """Its names stay as they are."""

    __slots__ = ()

    def __setattr__(self, name, value):
        if name not in ("__name__", "__qualname__"):
            super().__setattr__(name, value)


@wrong
class named_anything(Coroutine):
    """Its names can be anything."""

    __slots__ = ("names",)

    def __setattr__(self, name, value):
        if name in ("__name__", "__qualname__"):
            value = str(value)
        super().__setattr__(name, value)


@wrong
class nameless(Coroutine):
    """Its names are not told."""

    __slots__ = ()
    __name__ = property(lambda self: "it")

    def __getattr__(self, name):
        raise AttributeError(name)


@plain
class coroutine_subclassed(Coroutine):
    """The type makes instances, has subclasses and another name."""

    __slots__ = ()


@plain
class coroutine_open(Coroutine):
    """Has a dictionary."""


@plain
class coroutine_no_weakrefs:
    """Cannot be referred to weakly."""

    __slots__ = ("inner",)
    send, throw, close = Coroutine.send, Coroutine.throw, Coroutine.close
    __await__ = Coroutine.__await__


@plain
class coroutine_unrelated:
    """Hides its methods from abstract classes."""

    __slots__ = ("inner", "__weakref__")
    __await__ = Coroutine.__await__

    def __getattr__(self, name):
        return getattr(self.inner, name)


class untracked(int):
    """The collector does not know it."""

    __slots__ = ()
    inner = property(lambda self: INNER[int(self)])
    send, throw, close = Coroutine.send, Coroutine.throw, Coroutine.close
    __await__ = Coroutine.__await__


def make_untracked(awaitable):
    number = len(INNER) + 1
    INNER[number] = good.relay(awaitable)
    return untracked(number)


make_untracked.__doc__ = untracked.__doc__
bad("relay")(make_untracked)


@wrong
class warns_always(Coroutine):
    """Warns whenever it is let go of."""

    __slots__ = ()

    def __del__(self):
        warnings.warn(f"coroutine '{self.__qualname__}'", RuntimeWarning, stacklevel=2)


@wrong
class warns_otherwise(Coroutine):
    """Warns with a name of its own."""

    __slots__ = ()

    def __del__(self):
        if self.cr_frame is not None and not self.cr_await:
            self.inner.close()
            text = "coroutine 'it' was never awaited"
            warnings.warn(text, RuntimeWarning, stacklevel=2)


@wrong
class never_warns(Coroutine):
    """Never warns."""

    __slots__ = ()

    def __del__(self):
        if self.cr_frame is not None and not self.cr_await:
            self.inner.close()


@wrong
class never_closes(Coroutine):
    """Lets nothing go."""

    __slots__ = ()

    def __del__(self):
        KEPT.append(self.inner)


def generator_wrong(cls):
    return bad("generator")(faithful.generators(cls), cls)


@generator_wrong
class awaitable_generator(faithful.Generator):
    """A generator that can be awaited."""

    __slots__ = ()

    def __await__(self):
        return self


@generator_wrong
class another_iterator(faithful.Generator):
    """A generator that is not its own iterator."""

    __slots__ = ()

    def __iter__(self):
        return iter([next(self.inner)])


class Lenient(collections.abc.Coroutine):
    """Of any body: can be run again."""

    def __init__(self):
        self.begin()

    def begin(self):
        self.inner = good.opaque()

    def __await__(self):
        return self.inner.__await__()

    def send(self, value):
        try:
            return self.inner.send(value)
        except StopIteration:
            self.begin()
            raise

    def throw(self, *arguments):
        return self.inner.throw(*arguments)

    def close(self):
        self.inner.close()


bad("opaque")(Lenient)
