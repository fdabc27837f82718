# SPDX-License-Identifier: MIT
"""Coroutines of which send, throw, close or __await__ is wrong."""

import os
import sys
import weakref

from subjects import faithful
from subjects.table import bad

KEPT = []


class Iterator:
    """What __await__ gives: all goes through the coroutine's own methods."""

    def __init__(self, made):
        self.made = made

    def __iter__(self):
        return self

    def __next__(self):
        return self.made.send(None)

    def send(self, value):
        return self.made.send(value)

    def throw(self, *arguments):
        return self.made.throw(*arguments)

    def close(self):
        return self.made.close()


class Own(faithful.Coroutine):
    __slots__ = ()

    def __await__(self):
        return Iterator(self)


def wrong(cls):
    """Makes a factory of a class that is wrong."""
    return bad("relay")(faithful.coroutines(cls), cls)


@wrong
class sends_none_at_first(Own):
    """A value before the start counts as None."""

    __slots__ = ()

    def send(self, value):
        if self.cr_frame is not None and not self.cr_await and not self.cr_running:
            value = None
        return self.inner.send(value)


@wrong
class ends_at_a_value(Own):
    """A value before the start ends it."""

    __slots__ = ()

    def send(self, value):
        try:
            return self.inner.send(value)
        except TypeError:
            self.inner.close()
            raise


@wrong
class ends_quietly(Own):
    """What has ended ends again, with None."""

    __slots__ = ()

    def send(self, value):
        if self.cr_frame is None:
            raise StopIteration
        return self.inner.send(value)

    def throw(self, *arguments):
        if self.cr_frame is None:
            raise StopIteration
        return self.inner.throw(*arguments)


@wrong
class any_arguments(Own):
    """Takes any number of arguments."""

    __slots__ = ()

    def send(self, value=None, *_):
        return self.inner.send(value)

    def throw(self, error=ValueError, *rest):
        return self.inner.throw(error, *rest[:2])

    def close(self, *_):
        return self.inner.close()


@wrong
class runs_to_throw(Own):
    """Begins the body before it throws."""

    __slots__ = ()

    def throw(self, *arguments):
        if self.cr_frame is not None and not self.cr_await and not self.cr_running:
            self.inner.send(None)
        return self.inner.throw(*arguments)


@wrong
class converts_always(Own):
    """Converts StopIteration before the start too."""

    __slots__ = ()

    def throw(self, *arguments):
        try:
            return self.inner.throw(*arguments)
        except StopIteration as error:
            raise RuntimeError("coroutine raised StopIteration") from error


@wrong
class exit_is_close(Own):
    """Takes a thrown GeneratorExit for a close."""

    __slots__ = ()

    def throw(self, error, *rest):
        if error is GeneratorExit or isinstance(error, GeneratorExit):
            return self.inner.close()
        return self.inner.throw(error, *rest)


@wrong
class throws_anything(Own):
    """Does not look at what it throws."""

    __slots__ = ()

    def throw(self, error, value=None, trace=None):
        try:
            return self.inner.throw(error, value, trace)
        except TypeError:
            return self.inner.throw(RuntimeError("not an exception"))


@wrong
class throws_classes(Own):
    """Throws what it is given anew: the class, without the instance."""

    __slots__ = ()

    def throw(self, error, *_):
        kind = error if isinstance(error, type) else type(error)
        return self.inner.throw(kind)


@wrong
class closes_nothing(Own):
    """Its close does nothing."""

    __slots__ = ()

    def close(self):
        pass


@wrong
class closes_once(Own):
    """A second close is an error."""

    __slots__ = ()

    def close(self):
        if self.cr_frame is None:
            raise RuntimeError("closed already")
        return self.inner.close()


@wrong
class close_gives(Own):
    """Its close gives something."""

    __slots__ = ()

    def close(self):
        self.inner.close()
        return "closed"


@wrong
class close_is_silent(Own):
    """Its close raises nothing."""

    __slots__ = ()

    def close(self):
        try:
            return self.inner.close()
        except BaseException:
            return None


@wrong
class other_yields(Own):
    """Yields something else."""

    __slots__ = ()

    def send(self, value):
        return [self.inner.send(value)]


@wrong
class busy_is_runtime_error(Own):
    """Says otherwise that it is executing."""

    __slots__ = ()

    def send(self, value):
        try:
            return self.inner.send(value)
        except ValueError as error:
            raise RuntimeError("busy") from error

    def throw(self, *arguments):
        if self.cr_running:
            raise RuntimeError("busy")
        return self.inner.throw(*arguments)

    def close(self):
        if self.cr_running:
            raise RuntimeError("busy")
        return self.inner.close()


class Bare:
    def __init__(self, made):
        self.made = made

    def __iter__(self):
        return self

    def __next__(self):
        return self.made.send(None)


@wrong
class bare_iterator(Own):
    """What __await__ gives has only __next__."""

    __slots__ = ()

    def __await__(self):
        return Bare(self)


@wrong
class is_its_iterator(Own):
    """Is an iterator itself."""

    __slots__ = ()

    def __iter__(self):
        return self

    __await__ = __iter__

    def __next__(self):
        return self.send(None)


class Begun(Iterator):
    def __init__(self, made):
        super().__init__(made)
        self.first = made.send(None) if made.cr_frame and not made.cr_await else None

    def __next__(self):
        return super().__next__() if self.first is None else self.__dict__.pop("first")


@wrong
class awaits_early(Own):
    """__await__ begins it."""

    __slots__ = ()

    def __await__(self):
        return Begun(self)


@wrong
class await_once(Own):
    """__await__ can be called once."""

    __slots__ = ("awaited",)

    def __await__(self):
        if hasattr(self, "awaited"):
            raise RuntimeError("awaited already")
        self.awaited = True
        return Iterator(self)


class Weak(Iterator):
    def __init__(self, made):
        self.reference = weakref.ref(made)

    @property
    def made(self):
        return self.reference()


@wrong
class weakly_awaited(Own):
    """What __await__ gives does not keep it."""

    __slots__ = ()

    def __await__(self):
        return Weak(self)


@wrong
class keeps_itself(Own):
    """Is never let go of."""

    __slots__ = ()

    def __repr__(self):
        KEPT.append(self)
        return repr(self.inner)

    def __del__(self):
        KEPT.append(self)


@wrong
class exits_at_the_end(Own):
    """Ends the process otherwise when it is let go of as the last thing."""

    __slots__ = ()

    def __del__(self):
        if sys.is_finalizing() or "__main__" not in sys.modules:
            os._exit(5)


@wrong
class closes_when_awaited(Own):
    """__await__ of what has ended is an error."""

    __slots__ = ()

    def __await__(self):
        if self.cr_frame is None:
            raise RuntimeError("cannot await")
        return Iterator(self)
