# SPDX-License-Identifier: MIT
"""A manifest from anyone as the headers that it was made of."""

from contract import derive
from contract.headers import (
    Callback,
    Constant,
    Field,
    Function,
    Header,
    Param,
    Struct,
)

_FIELD = {"name": str, "ctype": str}
_FIELD["members"] = [_FIELD]
_PARAMETER = {"name": str, "ctype": str}
_CONSTANT = {"name": str, "value": int}
_SHAPE = {
    "name": str,
    "abi_major": int,
    "abi_minor": int,
    "provider_symbol": str,
    "structs": [{"name": str, "header": str, "versioned": bool, "fields": [_FIELD]}],
    "slots": [
        {
            "id": int,
            "table": str,
            "name": str,
            "returns": str,
            "may_be_null": bool,
            "parameters": [_PARAMETER],
            "states": [str],
        }
    ],
    "callbacks": [
        {"name": str, "header": str, "returns": str, "parameters": [_PARAMETER]}
    ],
    **{group: [_CONSTANT] for group in derive.CONSTANT_GROUPS},
    "flags": [{"name": str, "field": str, "mask": int}],
    "extensions": [{"id": str, "name": str, "table": str, "header": str}],
    "requirements": [{"id": str, "text": str}],
    "state_tables": [
        {
            "kind": str,
            "rows": [{"call": str, "cells": [{"state": str}]}],
        }
    ],
    "withdrawn_slot_ids": [int],
}
_REQUIRED = {"name", "id", "kind", "call", "state"}
_NAMED_ONCE = (
    "structs", "callbacks", "flags", "extensions", "requirements",
    *derive.CONSTANT_GROUPS,
)  # fmt: skip
_MAX_DEPTH = 16


class ShapeError(Exception):
    """Where a manifest has not the shape of one."""


def check(manifest):
    """Whether everything that is read has its type. What is not known stays."""
    _check(manifest, _SHAPE, "the manifest", 0)
    if not manifest.get("structs") and not manifest.get("slots"):
        raise ShapeError("it describes nothing")
    for group in _NAMED_ONCE:
        _expect_once(group, [_key(item) for item in manifest.get(group, [])])
    slots = [(slot.get("table"), slot["name"]) for slot in manifest.get("slots", [])]
    _expect_once("slots", slots)
    for struct in manifest.get("structs", []):
        if not struct.get("fields"):
            raise ShapeError(f"{struct['name']} has no fields")
        _expect_once(struct["name"], [item["name"] for item in struct["fields"]])


def _check(value, shape, place, depth):
    if depth > _MAX_DEPTH:
        raise ShapeError(f"{place} is nested too deeply")
    if isinstance(shape, list):
        _expect(value, list, place)
        for index, item in enumerate(value):
            _check(item, shape[0], f"{place}[{index}]", depth + 1)
    elif isinstance(shape, dict):
        _expect(value, dict, place)
        # Numbers may be left out where they are 0, slot ids among them.
        for key, inner in shape.items():
            if key in value:
                _check(value[key], inner, f"{place}.{key}", depth + 1)
            elif depth and key in _REQUIRED and inner is str:
                raise ShapeError(f"{place} has no {key}")
    else:
        _expect(value, shape, place)


def _expect(value, wanted, place):
    right = isinstance(value, wanted) and (
        wanted is bool or not isinstance(value, bool)
    )
    if not right:
        names = {
            int: "number",
            str: "text",
            bool: "truth",
            list: "list",
            dict: "object",
        }
        raise ShapeError(f"{place} is no {names[wanted]}")


def _expect_once(place, names):
    seen = set()
    for name in names:
        if name in seen:
            raise ShapeError(f"{place}: {name} stands there twice")
        seen.add(name)


def _key(item):
    return item.get("id", item.get("name"))


def headers_of(manifest):
    """Headers that hold what the manifest describes; it has been checked."""
    made = {}

    def header(item):
        path = item.get("header", "")
        return made.setdefault(path, Header(path, ""))

    slots = {
        (slot.get("table"), slot["name"]): slot for slot in manifest.get("slots", [])
    }
    for item in manifest.get("structs", []):
        header(item).structs.append(_struct(item, slots))
    for item in manifest.get("callbacks", []):
        function = _function(item)
        path = item.get("header", "")
        header(item).callbacks.append(Callback(item["name"], path, 0, "", function))
    header({}).constants.extend(_constants(manifest))
    return list(made.values())


def _struct(item, slots):
    fields = [_field(inner, item["name"], slots) for inner in item["fields"]]
    return Struct(item["name"], item.get("header", ""), 0, "", fields)


def _field(item, table, slots):
    slot = slots.get((table, item["name"]))
    ctype = item.get("ctype", "")
    made = Field(item["name"], ctype, 0)
    made.members = [_field(inner, "", {}) for inner in item.get("members", [])]
    if ctype == "slot":
        made.function = _function(slot or {})
        made.optional = bool(slot and slot.get("may_be_null"))
    return made


def _function(item):
    params = [
        Param(one["name"], one.get("ctype", "")) for one in item.get("parameters", [])
    ]
    return Function(item.get("returns", ""), params)


def _constants(manifest):
    """Also those that the manifest keeps in places of their own."""
    found = {
        "BATON_ABI_MAJOR": manifest.get("abi_major", 0),
        "BATON_ABI_MINOR": manifest.get("abi_minor", 0),
        "BATON_PROVIDER_SYMBOL": f'"{manifest.get("provider_symbol", "")}"',
    }
    for group in derive.CONSTANT_GROUPS:
        for item in manifest.get(group, []):
            found[item["name"]] = item.get("value", 0)
    for item in manifest.get("flags", []):
        found[item["name"]] = item.get("mask", 0)
    for item in manifest.get("extensions", []):
        found[item.get("name", item["id"])] = f'"{item["id"]}"'
    return [Constant(name, "", 0, str(text), "") for name, text in found.items()]
