# SPDX-License-Identifier: MIT
"""Makes a walk smaller for as long as it still shows its difference."""

from itertools import islice

from model.script import Node, Walk, is_valid, match_regions
from model.words import AWAITABLES

# How many candidates are tried at once: an executor may be slow to start.
AT_ONCE = 32


def shrink(walk, first_different, allowed=is_valid):
    """The smallest walk that can be reached by taking away one thing at a time.

    `first_different` gives the first of some walks that differs, or None.
    """
    rest = filter(allowed, candidates(walk))
    while batch := list(islice(rest, AT_ONCE)):
        smaller = first_different(batch)
        if smaller is not None:
            walk = smaller
            rest = filter(allowed, candidates(walk))
    return walk


def candidates(walk):
    for at in reversed(range(len(walk.nodes))):
        smaller = without_node(walk, at)
        if smaller is not None:
            yield smaller
    for at in reversed(range(len(walk.ops))):
        yield Walk(walk.nodes, walk.ops[:at] + walk.ops[at + 1 :])
    for index, node in enumerate(walk.nodes):
        for code in smaller_codes(node.code):
            nodes = list(walk.nodes)
            nodes[index] = Node(node.kind, code, node.target, node.argument)
            yield Walk(nodes, walk.ops)
    yield from simpler_values(walk)


def smaller_codes(code):
    """The code without one instruction, one region, or the borders of one region."""
    matches = match_regions(code)
    for at, (word, *_) in enumerate(code):
        if word == "try":
            handler, end = matches[at]
            yield code[:at] + code[end + 1 :]
            yield code[:at] + code[at + 1 : handler] + code[end + 1 :]
        elif word not in ("except", "finally", "end"):
            yield code[:at] + code[at + 1 :]


def simpler_values(walk):
    """Sent values become none, awaitables lose their argument."""
    for at, op in enumerate(walk.ops):
        if op[0] == "send" and op[2] is not None:
            yield Walk(
                walk.nodes, [*walk.ops[:at], (*op[:2], None), *walk.ops[at + 1 :]]
            )
    for index, node in enumerate(walk.nodes):
        if node.kind == "asend" and node.argument is not None:
            nodes = list(walk.nodes)
            nodes[index] = Node(node.kind, (), node.target, None)
            yield Walk(nodes, walk.ops)


def references(item):
    """The numbers of the nodes that an item names."""
    if item[0] == "as":
        return [int(part[1:]) for part in item[2:] if is_reference(part)]
    return [item[1]] if names(item) else []


def is_reference(part):
    return isinstance(part, str) and part.startswith("@")


def names(item):
    return item[0] in ("await", "drop", "send", "throw", "close")


def without_node(walk, gone):
    """The walk without a node that nothing names, the others numbered anew."""
    used = [op[1] for op in walk.ops]
    for index, node in enumerate(walk.nodes):
        if index == gone:
            continue
        used += [at for item in node.code for at in references(item)]
        if node.kind in AWAITABLES:
            used.append(node.target)
    if gone in used:
        return None

    def number(index):
        return index - (index > gone)

    def rename(item):
        if item[0] == "as":
            return tuple(
                f"@{number(int(part[1:]))}" if is_reference(part) else part
                for part in item
            )
        return (item[0], number(item[1]), *item[2:]) if names(item) else item

    nodes = [
        Node(
            node.kind,
            map(rename, node.code),
            number(node.target) if node.kind in AWAITABLES else None,
            node.argument,
        )
        for index, node in enumerate(walk.nodes)
        if index != gone
    ]
    return Walk(nodes, [rename(op) for op in walk.ops])
