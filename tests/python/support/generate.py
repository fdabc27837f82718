# SPDX-License-Identifier: MIT
"""Makes random cases for fuzz.py, and makes failing ones smaller."""

import copy

from support import programs

# What cannot be thrown is compared form by form in the differential tests.
FORMS = ["instance"] * 6 + ["class", "two", "three"]

# One that suspends at GeneratorExit goes its own way when nobody waits for it:
# test_differential_async_generator has those cases.
ITEM_CAUGHT = [name for name in programs.CAUGHT if name != "GeneratorExit"]


class Generator:
    def __init__(self, random):
        self.random = random
        self.number = 0

    def next(self):
        self.number += 1
        return self.number

    def error(self):
        return [self.random.choice(list(programs.ERRORS)), self.next()]

    def action(self, iterable=False):
        name = self.random.choice(["send", "send", "throw", "close", "state"])
        if name == "send":
            return ["send", self.random.choice([None, None, None, self.next()])]
        if name == "throw":
            return ["throw", self.random.choice(FORMS), *self.error()]
        return [name]

    def block(self, deep, kind, longest=3):
        return [
            self.statement(deep, kind) for _ in range(self.random.randint(1, longest))
        ]

    def statement(self, deep, kind):
        random = self.random
        names = ["yield"] * 10 + ["raise", "raise from", "raise from none"]
        names += ["reraise", "return", "handled", "handled", "inside", "middle"]
        if deep:
            names += ["await"] * 8 + ["try"] * 10 + ["loop"]
            names += ["for"] * 2 if kind != "generator" else []
        name = random.choice(names)
        if name == "yield":
            return ["yield", self.next()]
        if name == "return":
            return ["return", self.next()]
        if name in ("raise", "raise from none"):
            return [name, *self.error()]
        if name == "raise from":
            return [name, *self.error(), *self.error()]
        if name == "inside":
            return [name, self.action()]
        if name == "middle":
            return [name, random.randint(0, 3), self.action()]
        if name == "loop":
            return [name, random.randint(1, 3), self.block(deep - 1, kind)]
        if name == "for":
            items = self.items(deep - 1)
            return [name, *self.shape(), items, self.block(deep - 1, kind, 2)]
        if name == "try":
            caught = random.choice([None, *programs.CAUGHT])
            final = self.block(deep - 1, kind, 2) if random.random() < 0.4 else []
            handler = self.block(deep - 1, kind)
            return [name, self.block(deep - 1, kind), caught, handler, final]
        if name == "await":
            how = random.choice(["run"] * 6 + ["by dunder", "bare", "recorder"])
            if random.random() < 0.03:
                how = "not awaitable"
            depth, native = self.shape()
            return [
                name,
                how,
                random.choice([0, depth]),
                native,
                self.block(deep - 1, kind),
            ]
        return [name]

    def shape(self):
        return self.random.choice([1, 1, 2, 4]), self.random.random() < 0.5

    def items(self, deep):
        block = []
        for _ in range(self.random.randint(0, 4)):
            if self.random.random() < 0.6:
                caught = self.random.choice([None, None, *ITEM_CAUGHT])
                handler = self.block(max(deep - 1, 0), "async_generator", 2)
                block.append(["item", self.next(), caught, handler])
            else:
                block.append(self.statement(deep, "async_generator"))
        if self.random.random() < 0.3:
            block.append(["final", self.block(1, "async_generator", 2)])
        return block

    def operation(self, kind):
        random = self.random
        if random.random() < 0.08:
            return ["handling", self.operation(kind)]
        which = random.choice([-1, -1, -1, 0, 1, 2, 3])
        if kind == "async_generator":
            name = random.choice(
                ["asend", "asend", "__anext__", "athrow", "aclose", "drop", "inner"]
                + ["other"] * 7
                + ["collect", "awaiter", "relayed"]
            )
            if name == "asend":
                return [name, random.choice([None, None, self.next()])]
            if name == "athrow":
                return [name, random.choice(FORMS), *self.error()]
        else:
            name = random.choice(["send"] * 6 + ["throw", "throw", "close", "other"])
            more = ["inner", "drop", "forget", "collect", "next"]
            if kind == "coroutine":
                more += ["wrapper", "awaiter", "relayed", "other", "other", "other"]
            if random.random() < 0.4:
                name = random.choice(more)
            if name in ("send", "throw"):
                action = self.action()
                while action[0] != name:
                    action = self.action()
                return action
        if name in ("awaiter", "relayed"):
            step = random.choice(["asend", "__anext__", "athrow", "aclose"])
            return [name, step, *(self.shape() if name == "relayed" else ())]
        if name in ("other", "inner"):
            action = self.action()
            return [name, which, action]
        return [name, which] if name == "drop" else [name]

    def case(self):
        random = self.random
        kind = random.choice(["coroutine"] * 3 + ["generator", "async_generator"])
        depth, native = self.shape()
        if kind == "async_generator":
            body = self.items(3)
        else:
            body = self.block(3, kind, 4)
        operations = [self.operation(kind) for _ in range(random.randint(2, 12))]
        if random.random() < 0.8:  # or most would go to what has not begun
            first = [["asend", None], ["other", -1, ["send", None]]]
            operations[:0] = first if kind == "async_generator" else [["send", None]]
        return {
            "kind": kind,
            "depth": depth,
            "native": native,
            "body": body,
            "operations": operations,
        }


# ---- Shrinking ---------------------------------------------------------------


def is_block(part):
    return isinstance(part, list) and all(isinstance(item, list) for item in part)


def blocks(part, path=()):
    """The paths of all blocks below `part`, the outer ones first."""
    if isinstance(part, dict):
        for key, value in part.items():
            yield from blocks(value, (*path, key))
    elif isinstance(part, list):
        if part and is_block(part):
            yield path
        for index, value in enumerate(part):
            yield from blocks(value, (*path, index))


def at(case, path):
    for key in path:
        case = case[key]
    return case


def smaller(case):
    """Cases that are a little smaller than this one."""
    for path in list(blocks(case)):
        size = len(at(case, path))
        for count in (size, size // 2, 1):
            for start in range(0, size, max(count, 1)):
                if count:
                    made = copy.deepcopy(case)
                    del at(made, path)[start : start + count]
                    yield made
        for index in range(size):
            for part in at(case, path)[index]:
                if part and is_block(part):  # a statement becomes what is in it
                    made = copy.deepcopy(case)
                    at(made, path)[index : index + 1] = copy.deepcopy(part)
                    yield made
                elif isinstance(part, list) and part and isinstance(part[0], str):
                    made = copy.deepcopy(case)
                    at(made, path)[index] = copy.deepcopy(part)
                    yield made
    for key, value in (("depth", 1), ("native", False)):
        if case[key] != value:
            yield {**copy.deepcopy(case), key: value}
    for path in list(blocks(case)):
        for index, statement in enumerate(at(case, path)):
            for place, value in enumerate(statement):
                simple = {True: False}.get(value) if value is True else None
                if (
                    type(value) is int
                    and value > 1
                    and statement[0] in ("await", "for", "loop")
                ):
                    simple = 1
                if simple is not None:
                    made = copy.deepcopy(case)
                    at(made, path)[index][place] = simple
                    yield made


def shrink(case, fails, attempts=2000):
    """The smallest case found that `fails`."""
    while attempts > 0:
        for candidate in smaller(case):
            attempts -= 1
            if attempts <= 0:
                break
            if fails(candidate):
                case = candidate
                break
        else:
            break
    return case
