# SPDX-License-Identifier: MIT
"""Emulations in Python: classes around the interpreter's objects, with all that a
class can have. Bad ones derive from them."""

import types

from subjects import good


class Final(type):
    """The type of types that make no instances for others and have no subclasses."""

    def __call__(cls, *arguments):
        raise TypeError(f"cannot create '{cls.__name__}' instances")

    def __setattr__(cls, name, value):
        raise TypeError(f"cannot set {name!r} attribute of immutable type")


def emulates(cls, factory, name):
    """Closes a class and gives the function that makes its instances."""

    def subclassed(sub, **_):
        raise TypeError(f"type '{cls.__name__}' is not an acceptable base type")

    final = Final(
        name,
        (cls,),
        {"__slots__": (), "__qualname__": cls.__name__, "__module__": "builtins"},
    )
    type.__setattr__(final, "__init_subclass__", classmethod(subclassed))

    def make(argument):
        made = object.__new__(final)
        made.inner = factory(argument)
        return made

    make.__name__ = make.__qualname__ = factory.__name__
    return make


def forwarded(name):
    return property(lambda self: getattr(self.inner, name))


class Named:
    """What coroutines, generators and async generators have in common."""

    __slots__ = ("inner", "__weakref__")

    def __repr__(self):
        return repr(self.inner)

    def __del__(self):
        pass

    def __sizeof__(self):
        return self.inner.__sizeof__()

    def __reduce_ex__(self, protocol):
        raise TypeError(f"cannot pickle '{type(self).__name__}' object")

    @classmethod
    def __class_getitem__(cls, item):
        return types.GenericAlias(cls, item)

    @property
    def __name__(self):
        return self.inner.__name__

    @__name__.setter
    def __name__(self, name):
        self.inner.__name__ = name

    @__name__.deleter
    def __name__(self):
        del self.inner.__name__

    # A class cannot have a property of this name: type() takes it.
    def __getattr__(self, name):
        if name == "__qualname__":
            return self.inner.__qualname__
        raise AttributeError(f"{type(self).__name__!r} object has no {name!r}")

    def __setattr__(self, name, value):
        if name == "__qualname__":
            self.inner.__qualname__ = value
        else:
            object.__setattr__(self, name, value)

    def __delattr__(self, name):
        if name == "__qualname__":
            del self.inner.__qualname__
        else:
            object.__delattr__(self, name)


class Driven(Named):
    __slots__ = ()

    def send(self, value, /):
        return self.inner.send(value)

    def throw(self, *arguments):
        return self.inner.throw(*arguments)

    def close(self):
        return self.inner.close()


class Coroutine(Driven):
    __slots__ = ()

    def __await__(self):
        return self.inner.__await__()


class Generator(Driven):
    __slots__ = ()

    def __iter__(self):
        return self

    def __next__(self):
        return self.inner.__next__()


class AsyncGenerator(Named):
    __slots__ = ()

    def __aiter__(self):
        return self

    def __anext__(self):
        return self.inner.__anext__()

    def asend(self, value, /):
        return self.inner.asend(value)

    def athrow(self, *arguments):
        return self.inner.athrow(*arguments)

    def aclose(self):
        return self.inner.aclose()


for family, native, prefix in (
    (Coroutine, types.CoroutineType, "cr_"),
    (Generator, types.GeneratorType, "gi_"),
    (AsyncGenerator, types.AsyncGeneratorType, "ag_"),
):
    for name in dir(native):
        if name.startswith(prefix):
            setattr(family, name, forwarded(name))


def coroutines(cls):
    return emulates(cls, good.relay, "coroutine")


def generators(cls):
    return emulates(cls, good.generator, "generator")


def async_generators(cls):
    return emulates(cls, good.produce, "async_generator")


relay = coroutines(Coroutine)
generator = generators(Generator)
produce = async_generators(AsyncGenerator)
