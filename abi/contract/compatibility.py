# SPDX-License-Identifier: MIT
"""What changed between two versions of the contract, and whether it breaks.

Within a major, contracts grow at their ends and nothing else: a constant, a
struct, a header, a slot at the end of a table that tells its size. All other
changes break somebody who was compiled before.
"""

from dataclasses import dataclass

from . import derive, layout_rules
from .change import Change
from .headers import Struct, constants_by_name, structs_by_name

# Constants whose value is meant to change.
_VERSIONED = {"BATON_ABI_MINOR"}


@dataclass
class Version:
    """One version of the contract: its headers and its manifest."""

    headers: list
    manifest: dict

    def __post_init__(self):
        self.structs = structs_by_name(self.headers)
        self.constants = constants_by_name(self.headers)
        self.callbacks = {c.name: c for h in self.headers for c in h.callbacks}
        self.header_of = {
            item.name: header
            for header in self.headers
            for item in [*header.structs, *header.constants, *header.callbacks]
        }
        self.drafts = {n for n, header in self.header_of.items() if header.draft}
        self.slot_ids = {
            f"{slot['table']}.{slot['name']}": slot["id"]
            for slot in self.manifest.get("slots", [])
        }


def compare(old, new):
    """The changes from one Version to another; drafts never break."""
    changes = [
        *_compare_constants(old, new),
        *_compare_callbacks(old, new),
        *_compare_structs(old, new),
        *_compare_slot_ids(old, new),
    ]
    changes = [_excuse_draft(change, old) for change in changes]
    told = "BATON_ABI_MINOR" in new.constants  # not so in every single header
    if told and changes and not any(c.name == "BATON_ABI_MINOR" for c in changes):
        text = "something changed, and the minor did not grow"
        changes.append(Change("BATON_ABI_MINOR", text, True))
    return changes


def compare_prefix(old, new):
    """Changes of the permanent prefix, which not even a major may make (VER-2)."""
    names = [field.name for field in old.structs["baton_type"].fields]
    count = names.index("provider") + 1
    for model in layout_rules.MODELS:
        was, now = (_prefix(version, count, model) for version in (old, new))
        for name, place in was.items():
            if now.get(name) != place:
                text = f"was changed in the permanent prefix ({model.name})"
                yield Change(f"baton_type.{name}", text, True)


def _prefix(version, count, model):
    """{name: Place} of the first members of the descriptor."""
    struct = version.structs["baton_type"]
    first = Struct(struct.name, struct.header, 0, "", struct.fields[:count])
    return layout_rules.layouts({struct.name: first}, model)[struct.name].fields


def verdict(changes):
    if any(change.breaking for change in changes):
        return "breaking"
    return "compatible append" if changes else "identical"


def _excuse_draft(change, old):
    if change.name.split(".")[0] not in old.drafts:
        return change
    return Change(change.name, change.text + " (draft)", False, draft=True)


def _compare_constants(old, new):
    for name, constant in old.constants.items():
        now = new.constants.get(name)
        if not now:
            yield Change(name, "constant removed", True)
        elif name in _VERSIONED and {type(constant.value), type(now.value)} == {int}:
            if now.value < constant.value:
                yield Change(name, f"is {now.value}, was {constant.value}", True)
            elif now.value > constant.value:
                yield Change(name, f"grew to {now.value}", False)
        elif now.text != constant.text:
            yield Change(name, f"value changed: {constant.text} to {now.text}", True)
    for name in sorted(new.constants.keys() - old.constants.keys()):
        yield Change(name, "constant added", False)


def _compare_callbacks(old, new):
    for name, callback in old.callbacks.items():
        now = new.callbacks.get(name)
        if not now:
            yield Change(name, "callback removed", True)
        else:
            yield from _compare_functions(name, callback.function, now.function)
    for name in sorted(new.callbacks.keys() - old.callbacks.keys()):
        yield Change(name, "callback added", False)


def _compare_structs(old, new):
    for name, struct in old.structs.items():
        if name in new.structs:
            yield from _compare_members(struct, new.structs[name])
            yield from _compare_layouts(name, old, new)
            yield from _compare_nulls(name, old, new)
        else:
            yield Change(name, "struct removed", True)
    for name in sorted(new.structs.keys() - old.structs.keys()):
        yield Change(name, "struct added", False)


def _compare_members(old, new, union=False):
    """Members of a struct, or of a union in it."""
    now_named = {field.name: field for field in new.fields}
    for field in old.fields:
        what = "slot" if field.function else "member"
        member = f"{old.name}.{field.name}"
        now = now_named.get(field.name)
        if not now:
            yield Change(member, f"{what} removed", True)
        elif field.ctype != now.ctype:
            yield Change(member, f"type changed: {field.ctype} to {now.ctype}", True)
        elif field.function:
            yield from _compare_functions(member, field.function, now.function)
        elif field.members:
            yield from _compare_members(_inner(old, field), _inner(new, now), True)
    known = {field.name for field in old.fields}
    for field in new.fields:
        if field.name not in known:
            yield _added(old, field, union)


def _inner(struct, field):
    """A union's members, in the shape of a struct."""
    name = f"{struct.name}.{field.name}"
    return Struct(name, struct.header, field.line, "", field.members)


def _added(struct, field, union):
    name = f"{struct.name}.{field.name}"
    what = "slot" if field.function else "member"
    if union:
        return Change(name, "member of a union added", False)
    if not struct.versioned:
        text = f"{what} added to a struct that does not tell its size"
        return Change(name, text, True)
    return Change(name, f"{what} added", False)


def _compare_functions(name, old, new):
    if old.returns != new.returns:
        text = f"return type changed: {old.returns} to {new.returns}"
        yield Change(name, text, True)
    if len(old.params) != len(new.params):
        text = f"takes {len(new.params)} parameters, took {len(old.params)}"
        yield Change(name, text, True)
        return
    was, now = ([param.name for param in side.params] for side in (old, new))
    if was != now and sorted(was) == sorted(now):
        text = f"parameters changed places: {', '.join(was)} to {', '.join(now)}"
        yield Change(name, text, True)
        return
    for position, (was, now) in enumerate(zip(old.params, new.params, strict=True)):
        if was.ctype != now.ctype:
            text = f"parameter {position + 1} changed: {was.ctype} to {now.ctype}"
            yield Change(name, text, True)


def _compare_layouts(name, old, new):
    """Members that moved, and sizes that changed as they may not."""
    told = set()
    for model in layout_rules.MODELS:
        was = layout_rules.layouts(old.structs, model)[name]
        now = layout_rules.layouts(new.structs, model)[name]
        for member, text in _layout_differences(was, now):
            place = f"{name}.{member}" if member else name
            if place not in told:
                yield Change(place, f"{text} ({model.name})", True)
            told.add(place)
        if not old.structs[name].versioned and now.size > was.size and not told:
            yield Change(name, f"grew, but does not tell its size ({model.name})", True)


def _layout_differences(was, now):
    """(member or nothing, text) of what breaks."""
    if now.size < was.size:
        yield "", f"struct shrunk from {was.size} to {now.size} bytes"
    for member, place in now.fields.items():
        if "." in member:
            continue
        before = was.fields.get(member)
        if before and before.offset != place.offset:
            yield member, f"moved from offset {before.offset} to {place.offset}"
        elif not before and place.end <= was.size:
            text = (
                "lies inside the old size, so struct_size does not tell whether "
                "it is there; append behind it, after a reserved member if need be"
            )
            yield member, text


def _compare_nulls(name, old, new):
    """Slots that callers may begin, or must go on, to find null."""
    known = {slot.name: slot for slot in old.structs[name].slots}
    struct = new.structs[name]
    for slot in struct.slots:
        optional = _may_be_null(new, struct, slot)
        member = f"{name}.{slot.name}"
        if slot.name not in known:
            if not optional:
                text = "appended slot is mandatory; say in its comment what null means"
                yield Change(member, text, True)
        elif optional and not _may_be_null(old, old.structs[name], known[slot.name]):
            yield Change(member, "slot may be null now; callers do not expect it", True)


def _may_be_null(version, struct, slot):
    if slot.optional is not None:
        return slot.optional
    return derive.may_be_null(version.header_of[struct.name], struct, slot)


def _compare_slot_ids(old, new):
    used = {number: name for name, number in old.slot_ids.items()}
    withdrawn = set(old.manifest.get("withdrawn_slot_ids", []))
    for name, number in new.slot_ids.items():
        before = old.slot_ids.get(name)
        if before is not None and before != number:
            yield Change(name, f"slot id changed: {before} to {number}", True)
        elif before is None and number in used:
            text = f"slot id {number} is that of {used[number]}; ids are not reused"
            yield Change(name, text, True)
        elif number in withdrawn:
            text = f"slot id {number} was withdrawn; ids are not reused"
            yield Change(name, text, True)
