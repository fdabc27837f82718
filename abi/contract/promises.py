# SPDX-License-Identifier: MIT
"""What two manifests say beyond what a compiler sees, and where they differ.

Who owns what a parameter points to, which thread may call a slot, how an
extension is found, what a requirement asks for, what a call does in a state: a
change of any of these breaks somebody, with not one byte of layout changed.
"""

from .change import Change

_OF_SLOTS = {
    "thread": "thread",
    "states": "states",
    "reentrancy": "re-entrancy",
    "code": "kind of code",
}
_OF_PARAMETERS = ("direction", "ownership", "nullable")


def compare(old, new):
    """The changes from one manifest to another; drafts never break."""
    drafts = {
        item["table"]
        for item in old.get("extensions", [])
        if item.get("status") == "DRAFT" and "table" in item
    }
    changes = [
        *_compare_slots(old, new),
        *_compare_flags(old, new),
        *_compare_extensions(old, new),
        *_compare_requirements(old, new),
        *_compare_states(old, new),
        *_compare_withdrawn(old, new),
    ]
    return [
        Change(change.name, change.text + " (draft)", False, draft=True)
        if change.name.split(".")[0] in drafts
        else change
        for change in changes
    ]


def _pairs(old, new, group, key):
    """(name, old item, new item) of what both have."""
    now = {key(item): item for item in new.get(group, [])}
    for item in old.get(group, []):
        if key(item) in now:
            yield key(item), item, now[key(item)]


def _changed(name, what, was, now):
    if was != now:
        yield Change(name, f"{what} changed: {_shown(was)} to {_shown(now)}", True)


def _shown(value):
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return "not said" if value is None else str(value)


def _compare_slots(old, new):
    def full_name(slot):
        return f"{slot.get('table')}.{slot['name']}"

    for name, was, now in _pairs(old, new, "slots", full_name):
        for key, what in _OF_SLOTS.items():
            yield from _changed(name, what, was.get(key), now.get(key))
        pairs = zip(was.get("parameters", []), now.get("parameters", []), strict=False)
        for before, after in pairs:
            if before["name"] != after["name"]:
                continue
            for key in _OF_PARAMETERS:
                what = f"{key} of the parameter {before['name']}"
                yield from _changed(name, what, before.get(key), after.get(key))


def _compare_flags(old, new):
    for name, was, now in _pairs(old, new, "flags", lambda flag: flag["name"]):
        yield from _changed(
            name, "field of the flag", was.get("field"), now.get("field")
        )


def _compare_extensions(old, new):
    known = {item["id"]: item for item in new.get("extensions", [])}
    for was in old.get("extensions", []):
        name, now = was["id"], known.get(was["id"])
        draft = was.get("status") == "DRAFT"
        if not now:
            yield Change(
                name, "extension removed" + " (draft)" * draft, not draft, draft
            )
            continue
        if draft:
            continue
        yield from _changed(name, "table", was.get("table"), now.get("table"))
        yield from _changed(
            name, "where it is found", was.get("found_with"), now.get("found_with")
        )
        if now.get("status") == "DRAFT":
            yield Change(name, "is a draft again, and was stable", True)
    olds = {item["id"] for item in old.get("extensions", [])}
    for name in known:
        if name not in olds:
            yield Change(name, "extension added", False)


def _compare_requirements(old, new):
    now = {item["id"]: item for item in new.get("requirements", [])}
    for was in old.get("requirements", []):
        name = was["id"]
        if name not in now:
            yield Change(name, "requirement removed", True)
            continue
        yield from _changed(name, "level", was.get("level"), now[name].get("level"))
        if was.get("text") != now[name].get("text"):
            yield Change(name, "requirement text changed", True)
    olds = {item["id"] for item in old.get("requirements", [])}
    for name in now:
        if name not in olds:
            yield Change(name, "requirement added", False)


def _compare_states(old, new):
    def cells(manifest):
        return {
            f"{table['kind']}, {row['call']} in {cell['state']}": cell
            for table in manifest.get("state_tables", [])
            for row in table.get("rows", [])
            for cell in row.get("cells", [])
        }

    olds, news = cells(old), cells(new)
    for name, was in olds.items():
        if name not in news:
            yield Change(name, "cell of a state table removed", True)
            continue
        for key in ("action", "outcome", "next_state"):
            what = key.replace("_", " ")
            yield from _changed(name, what, was.get(key), news[name].get(key))
    for name in news:
        if name not in olds:
            yield Change(name, "cell of a state table added", False)


def _compare_withdrawn(old, new):
    gone = set(new.get("withdrawn_slot_ids", []))
    for number in old.get("withdrawn_slot_ids", []):
        if number not in gone:
            yield Change(f"slot id {number}", "is not withdrawn any more", True)
