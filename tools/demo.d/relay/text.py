# SPDX-License-Identifier: MIT
"""File names on a terminal and in JSON: any bytes but NUL can be one."""

import unicodedata


def escape(character):
    named = {"\n": "\\n", "\\": "\\\\"}
    is_byte = "\udc80" <= character <= "\udcff"  # that is no UTF-8
    if character in named or not (is_byte or unicodedata.category(character) == "Cc"):
        return named.get(character, character)
    return "".join(f"\\x{b:02x}" for b in character.encode("utf-8", "surrogateescape"))


def for_people(name):
    """Control characters, backslashes and bytes that are no UTF-8 as escapes."""
    return "".join(map(escape, name.decode("utf-8", "surrogateescape")))


def for_json(name):
    """The entries of a name; all of its bytes where it is no UTF-8."""
    try:
        return {"name": name.decode()}
    except UnicodeDecodeError:
        decoded = name.decode("utf-8", "surrogateescape")
        text = "".join("\ufffd" if "\udc80" <= c <= "\udcff" else c for c in decoded)
        return {"name": text, "name_hex": name.hex()}
