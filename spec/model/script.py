# SPDX-License-Identifier: MIT
"""The language of the walks: bodies as flat lists of instructions, and the calls made
on them.

A walk is a list of nodes and a list of operations. Its text has one item on each line:

    node coroutine              a node; the lines up to the next are its body
    node asend 2 5              an awaitable of async generator 2
    node athrow 2 value 7
    node aclose 2
    yield V                     suspend, with a value for the driver
    item V                      suspend, with an item for the consumer
    pending                     suspend until woken
    await N                     delegate to node N; its value is the new result
    return V                    end the body
    raise KIND M                end it with an error; M is the message
    try / except FILTER / end   FILTER: all errors, only ordinary ones, only exit
    try / finally / end
    reraise                     inside except
    send N V                    calls on another node, or on itself
    throw N KIND M
    close N ACCEPTS
    drop N
    op send N V                 the same calls, from outside
    run                         the end of the walk

V is a number, `none`, or `result`: the last value that a suspension or an await gave to
the body.
"""

from .words import AWAITABLES, COROUTINE, GENERATOR

BODY_KINDS = {
    "coroutine": COROUTINE,
    "generator": GENERATOR,
    "async-generator": "async generator",
}
BODY_WORDS = {kind: word for word, kind in BODY_KINDS.items()}
FILTERS = ("all", "ordinary", "exit")


class Node:
    """A body, or an awaitable of the async generator `target` with its argument."""

    __slots__ = ("kind", "code", "target", "argument", "matches")

    def __init__(self, kind, code=(), target=None, argument=None):
        self.kind = kind
        self.code = tuple(code)
        self.target = target
        self.argument = argument
        self.matches = match_regions(self.code)


class Walk:
    __slots__ = ("nodes", "ops")

    def __init__(self, nodes, ops):
        self.nodes = nodes
        self.ops = ops


def match_regions(code):
    """For the place of each try and handler: (place of the handler, place of the end)."""
    matches, open_regions = {}, []
    for at, (word, *_) in enumerate(code):
        if word == "try":
            open_regions.append([at])
        elif word in ("except", "finally"):
            open_regions[-1].append(at)
        elif word == "end":
            begin, handler = open_regions.pop()
            matches[begin] = matches[handler] = (handler, at)
    if open_regions:
        raise ValueError("a region has no end")
    return matches


def is_valid(walk):
    """True if every region is closed and every number names a node that fits."""
    nodes = walk.nodes
    for node in nodes:
        if node.kind in AWAITABLES:
            if (
                not node.target < len(nodes)
                or nodes[node.target].kind != "async generator"
            ):
                return False
        handlers = []
        for word, *rest in node.code:
            if word == "try":
                handlers.append(word)
            elif word in ("except", "finally"):
                handlers[-1] = word
            elif word == "end":
                handlers.pop()
            elif word == "reraise" and "except" not in handlers[-1:]:
                return False
            elif word == "item" and node.kind != "async generator":
                return False
            elif word in ("await", "drop") and rest[0] >= len(nodes):
                return False
            elif not call_is_valid((word, *rest), nodes):
                return False
    return all(call_is_valid(op, nodes) for op in walk.ops)


def call_is_valid(op, nodes):
    if op[0] not in ("send", "throw", "close"):
        return op[0] != "drop" or op[1] < len(nodes)
    return op[1] < len(nodes) and nodes[op[1]].kind != "async generator"


def write_value(value):
    return "none" if value is None else str(value)


def write_line(item):
    return " ".join(write_value(part) for part in item)


def write_walk(walk):
    lines = []
    for node in walk.nodes:
        if node.kind in AWAITABLES:
            argument = () if node.kind == "aclose" else node.argument
            if node.kind == "asend":
                argument = (argument,)
            lines.append(write_line(("node", node.kind, node.target, *argument)))
        else:
            lines.append(f"node {BODY_WORDS[node.kind]}")
            lines.extend(write_line(item) for item in node.code)
    lines.extend("op " + write_line(op) for op in walk.ops)
    lines.append("run")
    return "\n".join(lines) + "\n"


def read_part(text):
    if text == "none":
        return None
    return int(text) if text.lstrip("-").isdigit() else text


def read_walk(text):
    heads, ops = [], []
    for line in text.splitlines():
        parts = tuple(read_part(part) for part in line.split())
        if not parts or parts[0] == "run":
            continue
        if parts[0] == "node":
            heads.append((parts[1:], []))
        elif parts[0] == "op":
            ops.append(parts[1:])
        else:
            heads[-1][1].append(parts)
    nodes = []
    for head, code in heads:
        if head[0] in BODY_KINDS:
            nodes.append(Node(BODY_KINDS[head[0]], code))
        else:
            argument = head[2] if head[0] == "asend" else head[2:]
            nodes.append(Node(head[0], (), head[1], argument))
    return Walk(nodes, ops)
