# SPDX-License-Identifier: MIT
"""The layout of the contract's structs by the rules of C, with no compiler.

The headers use only fixed-width members, pointers and each other, so three
numbers describe a target: the size of a pointer, and how it aligns 64-bit
integers and doubles inside a struct.
"""

from dataclasses import dataclass

_SIZES = {
    "uint8_t": 1, "uint16_t": 2, "uint32_t": 4, "int32_t": 4, "char": 1,
    "uint64_t": 8, "int64_t": 8, "double": 8,
}  # fmt: skip


@dataclass(frozen=True)
class Model:
    pointer: int  # bytes
    align64: int  # of uint64_t and double in a struct

    @property
    def name(self):
        return f"pointer{self.pointer * 8}-align{self.align64}"


WIDE = Model(pointer=8, align64=8)
NARROW = Model(pointer=4, align64=8)
PACKED = Model(pointer=4, align64=4)
MODELS = (WIDE, NARROW, PACKED)


@dataclass(frozen=True)
class Place:
    offset: int
    size: int
    align: int

    @property
    def end(self):
        return self.offset + self.size


@dataclass
class Layout:
    size: int
    align: int
    fields: dict[str, Place]  # members of unions as "head.tag"

    @property
    def holes(self):
        """(offset, size) of each padding; in the end, too."""
        at, found = 0, []
        for name, place in self.fields.items():
            if "." in name:
                continue
            if place.offset > at:
                found.append((at, place.offset - at))
            at = place.end
        return found + ([(at, self.size - at)] if at < self.size else [])


def layouts(structs, model):
    """{struct name: Layout} for {struct name: headers.Struct}."""
    done = {}

    def of_type(ctype):
        if "*" in ctype or ctype in ("slot", "uintptr_t"):
            return model.pointer, model.pointer
        if ctype in structs:
            layout = of_struct(ctype)
            return layout.size, layout.align
        if ctype not in _SIZES:  # a callback's type
            return model.pointer, model.pointer
        size = _SIZES[ctype]
        return size, model.align64 if size == 8 else size

    def of_union(field):
        sizes = {member.name: of_type(member.ctype) for member in field.members}
        align = max(align for _, align in sizes.values())
        size = _round_up(max(size for size, _ in sizes.values()), align)
        return size, align, sizes

    def of_struct(name):
        if name in done:
            return done[name]
        at, widest, places = 0, 1, {}
        for field in structs[name].fields:
            members = {}
            if field.members:
                size, align, members = of_union(field)
            else:
                size, align = of_type(field.ctype)
            at = _round_up(at, align)
            places[field.name] = Place(at, size, align)
            for member, (inner_size, inner_align) in members.items():
                places[f"{field.name}.{member}"] = Place(at, inner_size, inner_align)
            at, widest = at + size, max(widest, align)
        done[name] = Layout(_round_up(at, widest), widest, places)
        return done[name]

    return {name: of_struct(name) for name in structs}


def _round_up(number, step):
    return (number + step - 1) // step * step
