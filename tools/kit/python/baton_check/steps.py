# SPDX-License-Identifier: MIT
"""Steps as C code takes them."""

from baton_check.registry import Skip

KINDS = {0: "return", -1: "error", 1: "next"}


def send_step(iterator, value):
    """PyIter_Send. @return "return" or "next" and the value, or "error" and it"""
    try:
        import ctypes

        send = ctypes.pythonapi.PyIter_Send
    except (ImportError, AttributeError):
        raise Skip("ctypes cannot call PyIter_Send here") from None
    send.restype = ctypes.c_int
    send.argtypes = [ctypes.py_object, ctypes.py_object, ctypes.c_void_p]
    result = ctypes.c_void_p()  # a null py_object could not be read
    try:
        kind = send(iterator, value, ctypes.addressof(result))
    except BaseException as error:
        return "error", error
    if not result.value:
        return KINDS.get(kind, kind), "no value"
    cell = ctypes.py_object.from_buffer(result)
    value = cell.value
    ctypes.pythonapi.Py_DecRef(ctypes.py_object(value))
    return KINDS.get(kind, kind), value


def next_step(iterator):
    """The same with tp_iternext."""
    try:
        return "next", next(iterator)
    except StopIteration as stop:
        return "return", stop.value
    except BaseException as error:
        return "error", error
