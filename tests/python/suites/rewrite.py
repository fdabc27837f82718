# SPDX-License-Identifier: MIT
"""Decorates each coroutine, generator and async generator function of a module.

The function itself stays as it is: its closures, its `__class__` cell and its line
numbers. It gets one more decorator, the innermost, at the position of its `def`. Under
`@types.coroutine`, which looks at the flags of the function itself, the new one comes
right after that. Under `@asyncio.coroutine` (up to CPython 3.10) nothing changes.

An `assert` statement that compares a `__class__` sees the native type of the same name:
so helpers of the suites accept what they are to drive.
"""

import ast

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
YIELDS = (ast.Yield, ast.YieldFrom)

COROUTINE, GENERATOR, ASYNC_GENERATOR = "coroutine", "generator", "async_generator"
# A generator function under `@types.coroutine`: a call makes an awaitable.
FLAGGED = "flagged_generator"
KINDS = (COROUTINE, GENERATOR, ASYNC_GENERATOR, FLAGGED)

CLASS_OF = "__relayed_class__"


def decorator_name(kind):
    """The global by which a rewritten module finds the decorator of a kind."""
    return f"__relayed_{kind}__"


def outer_part(node):
    """What of a nested scope is evaluated by the scope around it."""
    if isinstance(node, ast.ClassDef):
        return [*node.decorator_list, *node.bases, *node.keywords]
    defaults = [*node.args.defaults, *filter(None, node.args.kw_defaults)]
    return defaults + getattr(node, "decorator_list", [])


def yields(nodes):
    """Whether these statements or expressions yield, in their own scope."""
    for node in nodes:
        if isinstance(node, YIELDS):
            return True
        nested = isinstance(node, (*FUNCTIONS, ast.Lambda, ast.ClassDef))
        if yields(outer_part(node) if nested else ast.iter_child_nodes(node)):
            return True
    return False


def kind_of(function):
    if isinstance(function, ast.AsyncFunctionDef):
        return ASYNC_GENERATOR if yields(function.body) else COROUTINE
    return GENERATOR if yields(function.body) else None


def flagging(function):
    """The index of the decorator `@types.coroutine`."""
    for index, node in enumerate(function.decorator_list):
        if ast.unparse(node) in ("types.coroutine", "coroutine"):
            return index
    return None


def is_old_style(function):
    """`@asyncio.coroutine`, up to CPython 3.10: asks for a generator, natively."""
    return any(ast.unparse(n).startswith("asyncio.") for n in function.decorator_list)


class ClassRewriter(ast.NodeTransformer):
    """`x.__class__` becomes a call."""

    def visit_Attribute(self, node):
        self.generic_visit(node)
        if node.attr != "__class__":
            return node
        call = ast.Call(ast.Name(CLASS_OF, ast.Load()), [node.value], [])
        return ast.fix_missing_locations(ast.copy_location(call, node))


class Rewriter(ast.NodeTransformer):
    def __init__(self, kinds):
        self.kinds = kinds

    def visit_FunctionDef(self, node):
        self.generic_visit(node)
        kind, index, place = kind_of(node), len(node.decorator_list), node
        if kind == GENERATOR and is_old_style(node):
            return node
        if kind == GENERATOR and flagging(node) is not None:
            kind, index = FLAGGED, flagging(node)
            place = node.decorator_list[index]
        if kind in self.kinds:
            name = ast.Name(decorator_name(kind), ast.Load())
            node.decorator_list.insert(index, ast.copy_location(name, place))
        return node

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Assert(self, node):
        node.test = ClassRewriter().visit(node.test)
        return self.generic_visit(node)


def compile_rewritten(source, filename, mode, kinds, flags=0):
    tree = compile(source, filename, mode, flags | ast.PyCF_ONLY_AST, True)
    return compile(Rewriter(kinds).visit(tree), filename, mode, flags, True)
