# SPDX-License-Identifier: MIT
"""Makes random walks from a seed. The same seed gives the same walk on every machine
and version of Python.
"""

from model.script import FILTERS, Node, Walk
from model.words import (
    ACLOSE,
    ASEND,
    ASYNC_GENERATOR,
    ATHROW,
    AWAITABLES,
    CANCELLED,
    COROUTINE,
    GENERATOR,
    GENERATOR_EXIT,
    RUNTIME,
    STOP_ASYNC_ITERATION,
    STOP_ITERATION,
    VALUE,
)

MASK = (1 << 64) - 1


class Random:
    """splitmix64."""

    def __init__(self, seed):
        self.state = seed & MASK

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)

    def below(self, limit):
        return self.next() % limit

    def chance(self, percent):
        return self.next() % 100 < percent

    def pick(self, items):
        return items[self.next() % len(items)]


def walk_seed(seed, number):
    """The seed of one walk of a run."""
    return Random(seed ^ (number * 0xD1342543DE82EF95)).next()


def weighted(**weights):
    """A list in which each word stands as often as its weight says."""
    return [
        word.replace("_", " ")
        for word, weight in weights.items()
        for _ in range(weight)
    ]


THEMES = (
    (COROUTINE,),
    (COROUTINE, COROUTINE, COROUTINE, GENERATOR),
    (GENERATOR,),
    (GENERATOR, GENERATOR, COROUTINE, ASEND, ASYNC_GENERATOR),
    (COROUTINE, ASYNC_GENERATOR, ASEND, ATHROW, ACLOSE),
    (ASYNC_GENERATOR, ASEND, ASEND, ATHROW, ACLOSE, COROUTINE),
    (ASYNC_GENERATOR, ASEND, ATHROW, ATHROW, ACLOSE, ACLOSE, COROUTINE),
)
INSTRUCTIONS = weighted(
    stop=24, wait=26, region=22, leave=10, fail=10, reraise=3, call=14, drop=2
)
ERRORS = weighted(value=5, runtime=2, exit=3, cancelled=2, stop=3, stop_async=3)
ERROR_NAMES = {
    "value": VALUE,
    "runtime": RUNTIME,
    "exit": GENERATOR_EXIT,
    "cancelled": CANCELLED,
    "stop": STOP_ITERATION,
    "stop async": STOP_ASYNC_ITERATION,
}
CALLS = weighted(next=44, send=18, throw=22, close=10, drop=6)
INNER_CALLS = weighted(next=40, send=15, throw=25, close=15, drop=5)


class Generator:
    """`pushes` adds what only a push-style driver has: pending, and a close that
    accepts suspensions.
    """

    def __init__(self, seed, pushes=False):
        self.random = Random(seed)
        self.pushes = pushes
        self.number = 0

    def walk(self):
        random = self.random
        if random.chance(4):
            return self.scene()
        theme = random.pick(THEMES)
        kinds = [random.pick(theme) for _ in range(1 + random.below(5))]
        if any(kind in AWAITABLES for kind in kinds) and ASYNC_GENERATOR not in kinds:
            kinds.append(ASYNC_GENERATOR)
        if all(kind == ASYNC_GENERATOR for kind in kinds):
            kinds.append(ASEND)
        self.cast(kinds)
        nodes = [self.node(at, kind) for at, kind in enumerate(kinds)]
        return Walk(nodes, [self.op() for _ in range(3 + random.below(9))])

    def cast(self, kinds):
        self.kinds = kinds
        self.callable = [at for at, kind in enumerate(kinds) if kind != ASYNC_GENERATOR]
        self.droppable = range(len(kinds))
        self.sources = [at for at, kind in enumerate(kinds) if kind == ASYNC_GENERATOR]

    def scene(self):
        """A generator under way, two coroutines that want one awaitable, and an aclose.

        Chance alone seldom gets so far.
        """
        random = self.random
        awaitable = random.pick((ASEND, ATHROW, ACLOSE))
        self.cast([ASEND, COROUTINE, COROUTINE, awaitable, ACLOSE, ASYNC_GENERATOR])
        nodes = [self.node(at, kind) for at, kind in enumerate(self.kinds)]
        for at in (1, 2):
            nodes[at] = Node(COROUTINE, [("await", 3), *nodes[at].code])
        nodes[5] = Node(ASYNC_GENERATOR, self.stubborn() + self.block(2, 0, False))
        first, *others = random.pick(((1, 2), (3, 1), (4, 3), (4, 1)))
        ops = [("send", 0, None), ("send", first, None)]
        ops += [("send", at, None) for at in others if random.chance(60)]
        return Walk(nodes, ops + [self.op() for _ in range(2 + random.below(6))])

    def fresh(self):
        """Numbers of a walk differ, so that no two values are mistaken for each other."""
        self.number += 1
        return self.number

    def error(self):
        return ERROR_NAMES[self.random.pick(ERRORS)], self.fresh()

    def node(self, at, kind):
        random = self.random
        if kind in AWAITABLES:
            target = random.pick(self.sources)
            if kind == ASEND:
                return Node(
                    kind, (), target, self.fresh() if random.chance(25) else None
                )
            return Node(kind, (), target, self.error() if kind == ATHROW else ())
        self.at, self.kind = at, kind
        if kind == ASYNC_GENERATOR and random.chance(50):
            return Node(kind, self.stubborn() + self.block(random.below(4), 0, False))
        return Node(kind, self.block(2 + random.below(5), 0, False))

    def stubborn(self):
        """A generator that hands an item, and suspends again when it is asked to end."""
        handler = ("finally",) if self.random.chance(40) else ("except", "all")
        stops = [self.stop() for _ in range(1 + self.random.below(2))]
        return [("try",), ("item", self.value()), handler, *stops, ("end",)]

    def block(self, length, depth, handles):
        code = []
        while length > 0:
            length -= 1
            word = self.random.pick(INSTRUCTIONS)
            if word == "region":
                if depth < 3:
                    code.extend(self.region(depth, handles))
            elif word == "reraise":
                if handles:
                    return [*code, ("reraise",)]
            elif word == "leave":
                return [*code, ("return", self.value())]
            elif word == "fail":
                return [*code, ("raise", *self.error())]
            elif word == "stop":
                code.append(self.stop())
            elif word == "wait":
                code.extend(self.wait())
            elif word == "drop":
                code.append(("drop", self.random.pick(self.droppable)))
            else:
                code.append(self.op(INNER_CALLS))
        return code

    def region(self, depth, handles):
        body = self.block(1 + self.random.below(3), depth + 1, False)
        if self.random.chance(35):
            handler, handles = ("finally",), False
        else:
            chosen = self.random.pick(FILTERS) if self.random.chance(50) else "all"
            handler, handles = ("except", chosen), True
        end = self.block(self.random.below(3), depth + 1, handles)
        return [("try",), *body, handler, *end, ("end",)]

    def value(self):
        chosen = self.random.below(4)
        return None if chosen == 0 else "result" if chosen == 1 else self.fresh()

    def stop(self):
        if self.kind == ASYNC_GENERATOR and self.random.chance(60):
            return "item", self.value()
        if self.pushes and self.kind != GENERATOR and self.random.chance(40):
            return ("pending",)
        return "yield", self.value()

    def wait(self):
        return [("await", self.child())]

    def child(self):
        """Mostly a later node, so that chains are long; sometimes any, itself included."""
        count = len(self.kinds)
        if self.random.chance(75) and self.at + 1 < count:
            return self.at + 1 + self.random.below(min(2, count - self.at - 1))
        return self.random.below(count)

    def op(self, words=CALLS):
        random = self.random
        word = random.pick(words)
        if word == "drop":
            return "drop", random.pick(self.droppable)
        target = self.callable[0] if random.chance(45) else random.pick(self.callable)
        if word == "next":
            return "send", target, None
        if word == "send":
            return (
                "send",
                target,
                "result"
                if words is INNER_CALLS and random.chance(20)
                else self.fresh(),
            )
        if word == "throw":
            return ("throw", target, *self.error())
        return "close", target, random.below(4) if self.pushes else 0
