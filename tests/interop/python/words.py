# SPDX-License-Identifier: MIT
"""Python's values and exceptions as words of a trace, and back."""

import asyncio
import builtins
import struct

import interop_host

CLASSES = {
    0: Exception,
    1: RuntimeError,
    2: TypeError,
    3: ValueError,
    4: StopIteration,
    5: StopAsyncIteration,
    6: TimeoutError,
    7: MemoryError,
    8: OSError,
    9: RecursionError,
    10: KeyError,
    11: IndexError,
    12: ArithmeticError,
    13: AssertionError,
    14: AttributeError,
    15: NotImplementedError,
    16: EOFError,
    17: UnicodeError,
    0x80000000: BaseException,
    0x80000001: GeneratorExit,
    0x80000002: asyncio.CancelledError,
    0x80000003: KeyboardInterrupt,
    0x80000004: SystemExit,
    0x80000005: interop_host.PanicException,
}
GROUPS = {}  # and what is put into one
if hasattr(builtins, "ExceptionGroup"):  # 3.11
    CLASSES[18] = builtins.ExceptionGroup
    CLASSES[0x80000006] = builtins.BaseExceptionGroup
    GROUPS = {CLASSES[18]: ValueError, CLASSES[0x80000006]: GeneratorExit}
KINDS = {cls: kind for kind, cls in CLASSES.items()}


def hexed(data):
    return data.hex() or "-"


def value(witness, x):
    if x is None:
        return "none"
    if isinstance(x, bool):
        return "true" if x else "false"
    if isinstance(x, int):
        return f"{'i64' if x < 1 << 63 else 'u64'} {x}"
    if isinstance(x, float):
        return f"f64 {struct.pack('>d', x).hex()}"
    if isinstance(x, str):
        return f"text {hexed(x.encode())}"
    if isinstance(x, bytes):
        return f"bytes {hexed(x)}"
    return f"object {witness.identify(x)}"


def message(exception):
    """The text, without what its class adds: a number, or quotes."""
    if isinstance(exception, tuple(GROUPS)):
        return str(exception)
    if isinstance(exception, OSError) and exception.strerror is not None:
        return exception.strerror
    return str(exception.args[0]) if exception.args else ""


def payload(exception):
    if isinstance(exception, StopIteration):
        return exception.value
    return getattr(exception, "errno", None)


def error(exception):
    kind = next(KINDS[cls] for cls in type(exception).__mro__ if cls in KINDS)
    text = f"error {kind} {hexed(message(exception).encode())}"
    if isinstance(payload(exception), int):
        text += f" payload {payload(exception)}"
    if exception.__cause__ is not None:
        text += f" cause {error(exception.__cause__)}"
    return text


def read_value(text):
    word, _, rest = text.partition(" ")
    if word in ("i64", "u64"):
        return int(rest)
    if word == "f64":
        return struct.unpack(">d", bytes.fromhex(rest))[0]
    if word in ("text", "bytes"):
        data = b"" if rest == "-" else bytes.fromhex(rest)
        return data.decode() if word == "text" else data
    return {"none": None, "true": True, "false": False}[word]


def make_error(kind, text):
    if CLASSES[kind] in GROUPS:
        return CLASSES[kind](text, [GROUPS[CLASSES[kind]]()])
    return CLASSES[kind](text) if text else CLASSES[kind]()


def read_error(text):
    kind, text = text.split()
    return make_error(int(kind), "" if text == "-" else bytes.fromhex(text).decode())
