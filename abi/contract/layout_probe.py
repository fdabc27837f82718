# SPDX-License-Identifier: MIT
"""The layout of the contract's structs as compilers see it.

For a target nothing is linked or run: each size is the value of a constant,
and is read from the LLVM assembly that clang writes. For the host, a program
that another compiler made says the same.
"""

import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from .layout_rules import Layout, Model, Place


class ProbeError(Exception):
    """The compiler is missing, or refuses the headers."""


@dataclass
class Probe:
    model: Model
    big_endian: bool
    layouts: dict[str, Layout]
    constants: dict[str, int]


def by_target(compiler, target, include, headers):
    """The Probe of a target, from LLVM assembly."""
    questions = _questions(headers)
    lines = [
        f"const unsigned long long baton_answer_{n} = (unsigned long long)({question});"
        for n, question in enumerate(questions)
    ]
    assembly = _run(
        [
            compiler, f"--target={target}", "-std=c11", "-ffreestanding", "-w", "-O0",
            "-I", str(include), "-S", "-emit-llvm", "-o", "-", "-x", "c", "-",
        ],
        _source(headers, lines),
    )  # fmt: skip
    answers = {
        int(number): int(value) % 2**64
        for number, value in re.findall(
            r"^@baton_answer_(\d+) = .*?constant i64 (-?\d+)", assembly, re.MULTILINE
        )
    }
    if len(answers) != len(questions):
        raise ProbeError(f"{target}: {compiler} answered {len(answers)} questions only")
    return _sort_out(headers, [answers[n] for n in range(len(questions))])


def by_running(compiler, include, headers):
    """The Probe of the host, from a program that is run."""
    questions = _questions(headers)
    lines = ["#include <stdio.h>", "int main(void) {"]
    lines += [
        f'  printf("%llu\\n", (unsigned long long)({question}));'
        for question in questions
    ]
    lines += ["  return 0;", "}"]
    with tempfile.TemporaryDirectory() as folder:
        program = str(Path(folder, "probe"))
        _run(
            [
                compiler, "-std=c11", "-w", "-I", str(include), "-o", program,
                "-x", "c", "-",
            ],
            _source(headers, lines),
        )  # fmt: skip
        answers = [int(line) for line in _run([program], "").split()]
    return _sort_out(headers, answers)


def _structs(headers):
    return [struct for header in headers for struct in header.structs]


def _constants(headers):
    found = [c for header in headers for c in header.constants]
    return [c for c in found if not isinstance(c.value, str)]


def _paths(struct):
    """The names of all members: those of unions as "head.tag"."""
    for field in struct.fields:
        yield field.name
        for member in field.members:
            yield f"{field.name}.{member.name}"


def _source(headers, lines):
    includes = [f"#include <{header.path}>" for header in headers]
    aligned = "struct baton_align64 { char c; uint64_t number; };"
    return "\n".join([*includes, "#include <stddef.h>", aligned, *lines, ""])


def _questions(headers):
    """C expressions whose values tell everything, in a fixed order."""
    questions = [
        "sizeof(void *)",
        "offsetof(struct baton_align64, number)",
        "__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__",
    ]
    for struct in _structs(headers):
        name = struct.name
        questions += [f"sizeof({name})", f"_Alignof({name})"]
        for path in _paths(struct):
            member = f"(({name} *)0)->{path}"
            questions += [
                f"offsetof({name}, {path})",
                f"sizeof({member})",
                f"_Alignof(__typeof__({member}))",
            ]
    for constant in _constants(headers):
        questions += [constant.name, f"{constant.name} < 0"]
    return questions


def _sort_out(headers, answers):
    answers = iter(answers)
    model = Model(next(answers), next(answers))
    big_endian = bool(next(answers))
    layouts = {}
    for struct in _structs(headers):
        size, align = next(answers), next(answers)
        places = {
            path: Place(next(answers), next(answers), next(answers))
            for path in _paths(struct)
        }
        layouts[struct.name] = Layout(size, align, places)
    constants = {}
    for constant in _constants(headers):
        value, negative = next(answers), next(answers)
        constants[constant.name] = value - 2**64 if negative else value
    return Probe(model, big_endian, layouts, constants)


def _run(command, source):
    try:
        run = subprocess.run(command, input=source, capture_output=True, text=True)
    except FileNotFoundError:
        raise ProbeError(f"{command[0]} is not installed") from None
    if run.returncode:
        raise ProbeError(f"{' '.join(command[:2])}: {run.stderr.strip()[:600]}")
    return run.stdout
