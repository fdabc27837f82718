# SPDX-License-Identifier: MIT
"""The type, and what other modules take it for."""

import collections.abc
import copy
import inspect
import pickle
import types
import weakref

from baton_check.bodies import ready
from baton_check.registry import Group, Skip

ANY = "relay generator opaque produce"
COROUTINE = "relay opaque"
check = Group("types", "introspection", "Objects/genobject.c:PyCoro_Type", shapes=ANY)
ABC = "Lib/_collections_abc.py:Coroutine"


def dispose(made):
    if hasattr(made, "close"):
        made.close()


@check()
def no_new_instances(make, log):
    """The type makes no instances when it is called"""
    made = make()
    try:
        type(made)()
    except TypeError:
        log("TypeError")
    else:
        log("made one")
    dispose(made)


@check()
def no_subclasses(make, log):
    """The type cannot be subclassed"""
    made = make()
    try:
        type("Sub", (type(made),), {})
    except TypeError as error:
        log("TypeError", "base type" in str(error))
    else:
        log("made one")
    dispose(made)


@check()
def type_name(make, log):
    """The type is named as the interpreter's"""
    made = make()
    log("name", type(made).__name__)
    dispose(made)


@check("Objects/typeobject.c:type_setattro")
def immutable(make, log):
    """The type's attributes cannot be set"""
    made = make()
    try:
        type(made).something = 1
    except TypeError:
        log("TypeError")
    else:
        log("was set")
        del type(made).something
    dispose(made)


@check("Objects/typeobject.c:object___reduce_ex___impl")
def no_copy(make, log):
    """It cannot be copied"""
    made = make()
    for how in (copy.copy, copy.deepcopy):
        try:
            how(made)
        except TypeError as error:
            log(how.__name__, "cannot pickle" in str(error))
        else:
            log(how.__name__, "made one")
    dispose(made)


@check("Objects/typeobject.c:object___reduce_ex___impl")
def no_pickle(make, log):
    """It cannot be pickled"""
    made = make()
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        try:
            pickle.dumps(made, protocol)
        except (TypeError, pickle.PicklingError):
            log(f"{protocol}", "refused")
        else:
            log(f"{protocol}", "pickled")
    dispose(made)


@check()
def weak_references(make, log):
    """It can be referred to weakly, and the callback comes"""
    made = make()
    dispose(made)
    reference = weakref.ref(made, lambda _: log("called back"))
    log("alive", reference() is made)
    del made
    log("gone", reference() is None)


@check()
def identity(make, log):
    """It is true, hashable, and equal to itself alone"""
    made, other = make(), make()
    log("truth", bool(made), made == made, made == other, made in {made: 1})
    dispose(made)
    dispose(other)


@check("Objects/genericaliasobject.c:Py_GenericAlias", since=(3, 13))
def subscripted(make, log):
    """The type can be subscripted"""
    made = make()
    log("alias", type(type(made)[int, int, int]) is types.GenericAlias)
    dispose(made)


@check(ABC)
def abstract_classes(make, log):
    """It is an instance of the same abstract classes"""
    made = make()
    for name in (
        "Awaitable",
        "Coroutine",
        "Iterable",
        "Iterator",
        "Generator",
        "AsyncIterable",
        "AsyncIterator",
        "AsyncGenerator",
        "Callable",
    ):
        log(name, isinstance(made, getattr(collections.abc, name)))
    dispose(made)


@check("Lib/inspect.py:isawaitable", shapes="relay opaque awaitable")
def is_awaitable(make, log):
    """inspect takes it for an awaitable"""
    made = make()
    log("awaitable", inspect.isawaitable(made))
    dispose(made)


@check("Lib/asyncio/coroutines.py:iscoroutine", shapes=COROUTINE)
def asyncio_coroutine(make, log):
    """asyncio takes it for a coroutine"""
    import asyncio

    made = make()
    log("coroutine", asyncio.iscoroutine(made))
    made.close()


@check("Lib/inspect.py:iscoroutine", level="should")
def inspect_kind(make, log):
    """inspect takes it for one of the interpreter's own (no other type can be)"""
    made = make()
    for name in ("iscoroutine", "isgenerator", "isasyncgen"):
        log(name, getattr(inspect, name)(made))
    dispose(made)


@check("Lib/inspect.py:iscoroutinefunction", level="should")
def function_kind(make, log):
    """inspect takes the factory for a function of its kind"""
    if make.opaque:
        raise Skip("its factory may be any function")
    for name in ("iscoroutinefunction", "isgeneratorfunction", "isasyncgenfunction"):
        log(name, getattr(inspect, name)(make.factory))


@check("Lib/types.py:coroutine", shapes=COROUTINE)
def in_types_coroutine(make, log):
    """types.coroutine returns it unchanged"""
    made = make()
    log("unchanged", types.coroutine(lambda: made)() is made)
    made.close()


@check("Lib/typing.py:_ProtocolMeta", shapes="relay")
def runtime_protocol(make, log):
    """A runtime protocol with its methods accepts it"""
    import typing

    @typing.runtime_checkable
    class Driven(typing.Protocol):
        def send(self, value): ...
        def throw(self, error): ...
        def close(self): ...

    made = make(ready())
    log("accepted", isinstance(made, Driven))
    made.close()


@check("Objects/genobject.c:async_gen_methods", shapes="produce")
def not_awaitable(make, log):
    """An async generator is neither awaitable nor iterable"""
    from baton_check.bodies import awaits

    made = make()
    log("await", hasattr(made, "__await__"), hasattr(made, "send"))
    for label, call in {
        "iter": lambda: iter(made),
        "next": lambda: next(made),
        "await": lambda: awaits(made).send(None),
    }.items():
        try:
            call()
        except TypeError:
            log(label, "TypeError")
        else:
            log(label, "accepted")
