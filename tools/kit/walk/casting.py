# SPDX-License-Identifier: MIT
"""Makes random walks in which exports of a library make some of the nodes.

Where all of those are links, the contract says what happens whoever drives what. Where
one is not, it does so for trees only: a node is awaited by one other at most, and only
the roots are called. In both a node awaits later ones alone, and only roots are dropped,
so that no release depends on when a language lets go of its locals.
"""

from exports import EXPORTS
from generate import CALLS, Generator, weighted
from model.script import Node, Walk
from model.words import ASYNC_GENERATOR, AWAITABLES, COROUTINE, GENERATOR

KINDS = weighted(
    coroutine=8, generator=2, async_generator=3, asend=2, athrow=1, aclose=1
)
# Of 100 nodes that an export can make, so many are made by one.
BY_EXPORT = 65


class ProviderGenerator(Generator):
    """`links` maps the name of each export that there is to whether it is a link; no
    node is of a kind in `without`, and if `sharing` is, one other awaits it at most.
    """

    def __init__(self, seed, links, without=()):
        super().__init__(seed, pushes=True)
        self.links = links
        self.kinds_wanted = [kind for kind in KINDS if kind not in without]
        self.trees_only = "sharing" in without

    def walk(self):
        random = self.random
        linked = [name for name, is_link in self.links.items() if is_link]
        self.tree = self.trees_only or not linked or random.chance(50)
        self.usable = sorted(self.links if self.tree else linked)
        self.cast(self.pick_kinds())
        self.awaited = set()
        self.makers = {at: self.maker(at) for at in reversed(range(len(self.kinds)))}
        roots = [at for at in self.callable if at not in self.awaited]
        self.droppable = roots
        if self.tree:
            self.callable = roots
        nodes = [self.made(at) for at in range(len(self.kinds))]
        return Walk(nodes, [self.op(CALLS) for _ in range(3 + random.below(9))])

    def pick_kinds(self):
        """The first can be called, and the last is a generator if one is wanted."""
        random = self.random
        kinds = [random.pick(self.kinds_wanted) for _ in range(2 + random.below(5))]
        if kinds[0] == ASYNC_GENERATOR:
            kinds[0] = COROUTINE
        sources = [at for at, kind in enumerate(kinds) if kind == ASYNC_GENERATOR]
        wanted = [at for at, kind in enumerate(kinds) if kind in AWAITABLES]
        if wanted and max(sources, default=-1) < max(wanted):
            kinds.append(ASYNC_GENERATOR)
        return kinds

    def maker(self, at):
        """The `as` of a node, or the nodes that a body of the kit awaits."""
        kind = self.kinds[at]
        if kind in AWAITABLES:
            return None
        names = [name for name in self.usable if EXPORTS[name][0] == kind]
        if names and self.random.chance(BY_EXPORT):
            for name in (self.random.pick(names), self.random.pick(names), names[0]):
                arguments = self.arguments(at, EXPORTS[name][1])
                if arguments is not None:
                    return ("as", name, *arguments)
        wanted = "g" if kind == GENERATOR else "c"
        children = [self.child_of(at, wanted) for _ in range(self.random.below(3))]
        return [child for child in children if child is not None]

    def child_of(self, at, wanted):
        """A later node that may be awaited; it counts as awaited from now on."""
        fitting = {
            "c": (COROUTINE, *AWAITABLES),
            "g": (GENERATOR,),
            "a": (ASYNC_GENERATOR,),
        }[wanted]
        pool = [
            later
            for later in range(at + 1, len(self.kinds))
            if self.kinds[later] in fitting
            and not (self.tree and wanted != "a" and later in self.awaited)
        ]
        if not pool:
            return None
        child = self.random.pick(pool[:2])
        self.awaited.add(child)
        return child

    def arguments(self, at, signature):
        """Random arguments, or None if a node is missing."""
        made = []
        for letter in signature:
            if letter in "cga":
                child = self.child_of(at, letter)
                if child is None:
                    return None
                made.append(f"@{child}")
            elif letter == "*":
                made += [self.constant() for _ in range(self.random.below(3))]
            elif letter == "n":
                made.append(self.random.below(4))
            elif letter == "k":
                made.append(self.error()[0])
            else:
                made.append(f"'{self.fresh()}" if letter == "t" else self.constant())
        return made

    def constant(self):
        return None if self.random.chance(20) else self.fresh()

    def made(self, at):
        maker = self.makers[at]
        if isinstance(maker, tuple):
            return Node(self.kinds[at], [maker])
        self.children = maker
        self.sources = [
            later
            for later in range(at + 1, len(self.kinds))
            if self.kinds[later] == ASYNC_GENERATOR
        ]
        return self.node(at, self.kinds[at])

    def wait(self):
        return [("await", self.random.pick(self.children))] if self.children else []
