# SPDX-License-Identifier: MIT
"""As much of JSON Schema as report.schema.json uses."""

import json
import re

from support import ROOT

SCHEMA = json.loads((ROOT / "tools/kit/report.schema.json").read_text())
TYPES = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
}


class Invalid(Exception):
    pass


def require(condition, path, what):
    if not condition:
        raise Invalid(f"{path or 'report'}: {what}")


def is_of(value, kind):
    if isinstance(value, bool) and kind != "boolean":
        return False
    return isinstance(value, TYPES[kind])


def members(value, schema, path):
    properties = schema.get("properties", {})
    patterns = schema.get("patternProperties", {})
    for name in schema.get("required", ()):
        require(name in value, path, f"has no {name}")
    for name, part in value.items():
        fitting = [properties[name]] if name in properties else []
        fitting += [sub for text, sub in patterns.items() if re.search(text, name)]
        other = schema.get("additionalProperties", True)
        require(fitting or other is not False, path, f"has the unknown member {name}")
        if not fitting and isinstance(other, dict):
            fitting = [other]
        for sub in fitting:
            validate(part, sub, f"{path}.{name}")


def one_of(value, schemas, path):
    fitting = 0
    for sub in schemas:
        try:
            validate(value, sub, path)
            fitting += 1
        except Invalid:
            pass
    require(fitting == 1, path, f"fits {fitting} of the forms")


def validate(value, schema=SCHEMA, path=""):
    """@throws Invalid"""
    if "$ref" in schema:
        schema = SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]]
    if "const" in schema:
        require(value == schema["const"], path, f"is {value!r}")
    if "enum" in schema:
        require(value in schema["enum"], path, f"is {value!r}")
    if "type" in schema:
        kinds = schema["type"]
        kinds = [kinds] if isinstance(kinds, str) else kinds
        fits = any(is_of(value, kind) for kind in kinds)
        require(fits, path, f"is of type {type(value).__name__}")
    if "minimum" in schema:
        require(value >= schema["minimum"], path, "is too small")
    if "pattern" in schema:
        require(re.search(schema["pattern"], value), path, f"is {value!r}")
    if "oneOf" in schema:
        one_of(value, schema["oneOf"], path)
    if isinstance(value, dict):
        members(value, schema, path)
    if isinstance(value, list) and "items" in schema:
        for number, item in enumerate(value):
            validate(item, schema["items"], f"{path}[{number}]")
