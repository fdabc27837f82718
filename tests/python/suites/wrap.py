# SPDX-License-Identifier: MIT
"""The decorators: a call of the function returns a relay of what it returned."""

import collections
import functools
import inspect
import sys
import types
import warnings
import weakref

from rewrite import ASYNC_GENERATOR, CLASS_OF, COROUTINE, GENERATOR, decorator_name

NATIVE_TYPES = (types.CoroutineType, types.GeneratorType, types.AsyncGeneratorType)


KIND_FLAGS = (
    inspect.CO_COROUTINE
    | inspect.CO_GENERATOR
    | inspect.CO_ASYNC_GENERATOR
    | inspect.CO_ITERABLE_COROUTINE
)


def flag_alike(wrapper, function):
    """Gives the wrapper the flags by which `inspect` tells what a call returns.

    From CPython 3.11 on it is the bytecode that makes a coroutine, not the flag. Up to
    3.10 there is no way.
    """
    if sys.version_info >= (3, 11):
        flags = function.__code__.co_flags & KIND_FLAGS
        code = wrapper.__code__
        wrapper.__code__ = code.replace(co_flags=code.co_flags | flags)


def class_of(thing):
    """The class, or the native one that a relay stands for."""
    for native in NATIVE_TYPES:
        if type(thing).__name__ == native.__name__:
            return native
    return thing.__class__


def close_unstarted(reference):
    coroutine = reference()
    if coroutine is not None:
        if inspect.getcoroutinestate(coroutine) == inspect.CORO_CREATED:
            coroutine.close()


def warn_once(relay, coroutine):
    """A relay that is never awaited is warned about; not so what it was made of."""
    inner = weakref.ref(coroutine)
    weakref.finalize(relay, close_unstarted, inner).atexit = False


def keep_from_loop(agen):
    """The loop sees the outermost relay only: this one's hooks have been called."""
    hooks = sys.get_asyncgen_hooks()
    sys.set_asyncgen_hooks(None, None)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            agen.aclose()  # not awaited
    finally:
        sys.set_asyncgen_hooks(*hooks)


class Relays:
    """Relays of some depth, and how many of them were made."""

    def __init__(self, module, depth, native):
        self.module = module
        self.depth = depth
        self.native = native
        self.made = collections.Counter()

    def globals(self, kinds):
        """What a rewritten module refers to."""
        names = {decorator_name(kind): self.decorator(kind) for kind in kinds}
        return {CLASS_OF: class_of, **names}

    def relay(self, kind, inner, **names):
        if kind == ASYNC_GENERATOR:
            for _ in range(self.depth):
                keep_from_loop(inner)
                inner = self.module.async_generator(
                    inner, depth=1, native=self.native, **names
                )
            return inner
        make = self.module.generator if kind == GENERATOR else self.module.coroutine
        made = make(inner, depth=self.depth, native=self.native, **names)
        if kind == COROUTINE:
            warn_once(made, inner)
        return made

    def decorator(self, kind):
        def decorate(function):
            @functools.wraps(function)
            def relayed(*args, **kwargs):
                made = self.relay(
                    kind,
                    function(*args, **kwargs),
                    name=relayed.__name__,
                    qualname=relayed.__qualname__,
                )
                self.made[kind] += 1
                if type(made) in NATIVE_TYPES:
                    self.made["native"] += 1
                return made

            flag_alike(relayed, function)
            return relayed

        return decorate
