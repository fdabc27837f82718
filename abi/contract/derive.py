# SPDX-License-Identifier: MIT
"""Makes the manifest: what headers and specification say, and what was decided.

Everything is derived but the decisions: the id of a slot, since when a thing
exists, whether a parameter may be null. Those are read from the manifest as it
is, and only things that are new get new ones.
"""

import re

from . import slot_line, spec_tables
from .headers import constants_by_name

# Constants whose place their name or prefix does not tell.
_GROUP_OF_NAME = {
    "BATON_ATTACHED": "states",
    "BATON_ERROR_BASE": "limits",
    "BATON_FRAMES_KEPT": "limits",
    "BATON_PROVIDER_MAGIC": "magics",
    "BATON_REFUSAL_MAX": "limits",
    "BATON_REFUSAL_MIN": "limits",
    "BATON_TAG_LIMIT": "limits",
    "BATON_TYPE_MAGIC": "magics",
}
_GROUP_OF_PREFIX = {
    "BATON_ERROR_": "error_kinds",
    "BATON_KIND_": "kinds",
    "BATON_OP_": "operations",
    "BATON_TAG_": "tags",
}
# The results, refusals and states have no prefix, but sections in status.h.
_GROUP_OF_SECTION = {
    "Results:": "statuses",
    "Results of slots": "answers",
    "Refusals": "refusals",
    "States": "states",
}
FLAG_FIELDS = {
    "BATON_ACCEPT_": "baton_context.accepts",
    "BATON_FRAME_": "baton_frame.flags",
    "BATON_LINK_": "baton_link.flags",
    "BATON_TYPE_": "baton_type.flags",
}
CONSTANT_GROUPS = (
    "statuses", "answers", "refusals", "states", "kinds", "operations", "tags",
    "error_kinds", "magics", "limits",
)  # fmt: skip
_ELSEWHERE = {"BATON_ABI_MAJOR", "BATON_ABI_MINOR", "BATON_PROVIDER_SYMBOL"}

_FINDERS = {"type": "TYPE", "provider": "PROVIDER", "cx": "CONTEXT"}


class DeriveError(Exception):
    """Something in the headers that the manifest has no place for."""


def manifest(headers, requirements, states, decided):
    """The whole manifest but its fingerprint. `decided` is the old one."""
    headers = sorted(headers, key=lambda h: (h.draft, "/ext/" in h.path, h.path))
    return _Derivation(headers, decided).manifest(requirements, states)


def group_of(constant):
    """The list of the manifest that a constant belongs to, or None."""
    if constant.name in _GROUP_OF_NAME:
        return _GROUP_OF_NAME[constant.name]
    if constant.header.endswith("/status.h"):
        for start, group in _GROUP_OF_SECTION.items():
            if constant.section.startswith(start):
                return group
    for prefix, group in _GROUP_OF_PREFIX.items():
        if constant.name.startswith(prefix):
            return group
    return None


def flag_field_of(constant):
    """The member whose bits a constant names, or None."""
    for prefix, field in FLAG_FIELDS.items():
        if constant.name.startswith(prefix):
            return field
    return None


def may_be_null(header, struct, slot):
    """Whether the comments allow a null in the place of the slot."""
    words = " ".join(slot.doc.split())
    if re.search(r"\b[Nn]ull: ", words) or "or null if it has none" in words:
        return True
    names = [s.name for s in struct.slots]
    around = " ".join(f"{header.doc} {struct.doc}".split())
    after = re.search(r"Slots after `(\w+)` may be null", around)
    if after and after[1] in names:
        return names.index(slot.name) > names.index(after[1])
    only = re.search(r"`(\w+)` is mandatory; the others may be null", around)
    return bool(only) and only[1] in names and only[1] != slot.name


class _Derivation:
    def __init__(self, headers, decided):
        self.headers = headers
        self.decided = decided
        self.constants = constants_by_name(headers)
        self.version = f"{self._abi('MAJOR')}.{self._abi('MINOR')}"
        self.old_slots = {
            (slot["table"], slot["name"]): slot for slot in decided.get("slots", [])
        }

    def _abi(self, part):
        return self.constants[f"BATON_ABI_{part}"].value

    def _since(self, group, name):
        for old in self.decided.get(group, []):
            if old["name"] == name:
                return old["since"]
        return self.version

    def manifest(self, requirements, states):
        out = {
            "name": "baton",
            "abi_major": self._abi("MAJOR"),
            "abi_minor": self._abi("MINOR"),
            "provider_symbol": self.constants["BATON_PROVIDER_SYMBOL"].value,
            "structs": [self._struct(s) for h in self.headers for s in h.structs],
            "slots": self._slots(),
            "callbacks": [self._callback(c) for h in self.headers for c in h.callbacks],
        }
        out |= self._constants()
        out["extensions"] = self._extensions()
        out["requirements"] = [
            {"id": r.id, "level": r.level, "text": r.text, "checks": r.checks}
            for r in requirements
        ]
        out["state_tables"] = [
            {"kind": kind, "rows": _rows(calls)} for kind, calls in states.items()
        ]
        out["withdrawn_slot_ids"] = self._withdrawn(out["slots"])
        return out

    # Structs and their members.

    def _struct(self, struct):
        since = self._since("structs", struct.name)
        old = next(
            (s for s in self.decided.get("structs", []) if s["name"] == struct.name),
            None,
        )
        return {
            "name": struct.name,
            "header": struct.header,
            "since": since,
            "versioned": struct.versioned,
            "fields": [self._field(field, old, since) for field in struct.fields],
        }

    def _field(self, field, old_struct, struct_since):
        out = {"name": field.name, "ctype": field.ctype}
        if old_struct:
            olds = {f["name"]: f.get("since", "") for f in old_struct["fields"]}
            since = _told_since(field.doc) or olds.get(field.name, self.version)
            if since and since != struct_since:
                out["since"] = since
        if field.name.startswith("reserved"):
            out["reserved"] = True
        if field.members:
            out["members"] = [self._field(m, None, "") for m in field.members]
        return out

    # Slots.

    def _slots(self):
        slots = []
        used = {slot["id"] for slot in self.old_slots.values()}
        used |= set(self.decided.get("withdrawn_slot_ids", []))
        following = max(used, default=0) + 1
        for header in self.headers:
            for struct in header.structs:
                lines = slot_line.read(struct)
                for slot in struct.slots:
                    old = self.old_slots.get((struct.name, slot.name), {})
                    number = old.get("id")
                    if number is None:
                        number, following = following, following + 1
                    slots.append(
                        {"id": number}
                        | self._slot(header, struct, slot, lines[slot.name], old)
                    )
        return sorted(slots, key=lambda slot: slot["id"])

    def _slot(self, header, struct, slot, line, old):
        nullable = {
            p["name"] for p in old.get("parameters", []) if p.get("nullable", False)
        }
        return {
            "table": struct.name,
            "name": slot.name,
            "since": _told_since(slot.doc) or old.get("since", self.version),
            "returns": slot.function.returns,
            "parameters": [
                _parameter(param, line, param.name in nullable)
                for param in slot.function.params
            ],
            "thread": line.thread,
            "states": list(line.states),
            "reentrancy": line.reentrancy,
            "code": line.code,
            "may_be_null": may_be_null(header, struct, slot),
            "requirements": sorted(spec_tables.ids(slot.doc), key=spec_tables.id_order),
        }

    def _withdrawn(self, slots):
        alive = {slot["id"] for slot in slots}
        gone = {s["id"] for s in self.old_slots.values()} - alive
        return sorted(gone | set(self.decided.get("withdrawn_slot_ids", [])))

    def _callback(self, callback):
        return {
            "name": callback.name,
            "header": callback.header,
            "since": self._since("callbacks", callback.name),
            "returns": callback.function.returns,
            "parameters": [
                {"name": p.name, "ctype": p.ctype} for p in callback.function.params
            ],
        }

    # Constants.

    def _constants(self):
        out = {group: [] for group in CONSTANT_GROUPS} | {"flags": []}
        for header in self.headers:
            for constant in header.constants:
                self._sort_in(constant, out)
        return out

    def _sort_in(self, constant, out):
        name, value = constant.name, constant.value
        if name in _ELSEWHERE or name.startswith("BATON_EXT_"):
            return
        if value is None and constant.text.startswith("offsetof("):
            return  # not the same on every target; layouts/ has it
        group, field = group_of(constant), flag_field_of(constant)
        if not isinstance(value, int) or not (group or field):
            place = f"include/{constant.header}:{constant.line}"
            raise DeriveError(
                f"{place}: {name} fits no list of the manifest; "
                "tell abi/contract/derive.py where it belongs"
            )
        if group:
            since = self._since(group, name)
            out[group].append({"name": name, "value": value, "since": since})
        else:
            since = self._since("flags", name)
            out["flags"].append(
                {"name": name, "field": field, "mask": value, "since": since}
            )

    # Extensions.

    def _extensions(self):
        return [
            self._extension(header, constant)
            for header in self.headers
            for constant in header.constants
            if constant.name.startswith("BATON_EXT_")
        ]

    def _extension(self, header, constant):
        place = f"include/{header.path}:{constant.line}: {constant.name}"
        doc = " ".join(header.doc.split())
        found = re.search(r"Found with `(type|provider|cx)->query`", doc)
        if not found:
            raise DeriveError(f'{place}: the header does not say "Found with `...`"')
        if constant.value not in doc:
            raise DeriveError(f"{place}: the header's comment does not name the id")
        table = constant.name.replace("BATON_EXT_", "baton_").lower()
        if table not in {struct.name for struct in header.structs}:
            raise DeriveError(f"{place}: the header has no struct {table}")
        return {
            "id": constant.value,
            "name": constant.name,
            "status": "DRAFT" if header.draft else "STABLE",
            "header": header.path,
            "table": table,
            "found_with": _FINDERS[found[1]],
            "since": self._since("extensions", constant.name),
        }


def _told_since(doc):
    """The version that a comment gives, "Since 1.1", or nothing."""
    found = re.search(r"\b[Ss]ince (\d+\.\d+)\b", doc)
    return found[1] if found else ""


def _parameter(param, line, nullable):
    direction, ownership = _passing(param, line)
    out = {"name": param.name, "ctype": param.ctype, "direction": direction}
    if ownership:
        out["ownership"] = ownership
    if nullable:
        out["nullable"] = True
    return out


def _passing(param, line):
    """(direction, ownership) of one parameter."""
    ctype = param.ctype
    if "*" not in ctype:
        is_function = ctype.startswith("baton_")
        return "IN", "BORROWED" if is_function else "NONE"
    to_pointer = ctype.endswith("**")
    if param.name in line.takes:
        moved = ctype == "baton_value *"
        return ("IN_OUT", "MAY_BE_TAKEN") if moved else ("IN", "TAKEN")
    inward = ctype.startswith("const ") or ctype in ("baton_context *", "void *")
    if inward and not to_pointer:
        return "IN", "BORROWED"
    if ctype in ("uint32_t *", "uint64_t *"):
        return "OUT", "NONE"
    return "OUT", line.out


def _rows(calls):
    return [
        {
            "call": call,
            "cells": [
                {
                    "state": state,
                    "action": cell.action,
                    "outcome": cell.outcome,
                    "next_state": cell.next_state,
                }
                for state, cell in cells.items()
            ],
        }
        for call, cells in calls.items()
    ]
