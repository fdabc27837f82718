#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Keeps the golden layouts: size, offset and alignment of everything.

    abi/layouts.py --check     compares clang for every target of
                               layouts/targets.txt, the rules of C, and the
                               host's compiler with the golden files
    abi/layouts.py --update    writes layouts/*.txt and layout_check.h

--compiler names the clang to ask (clang), --host-compiler the one whose
program is run (cc). To add a target, add its line to layouts/targets.txt.
"""

import argparse
import sys
from pathlib import Path

from contract import headers as header_files
from contract import layout_check, layout_probe, layout_rules

ROOT = Path(__file__).resolve().parent.parent
REPAIR = "if the change is meant, run abi/layouts.py --update"


def model_text(model, layouts, constants):
    """The golden file of a model: one fact a line, sorted."""
    lines = [
        f"# Pointers of {model.pointer} bytes; "
        f"uint64_t is aligned to {model.align64} in a struct.",
    ]
    for struct, layout in sorted(layouts.items()):
        lines.append(f"{struct} size {layout.size} align {layout.align}")
        lines += [
            f"{struct}.{member} offset {place.offset} size {place.size} align {place.align}"
            for member, place in layout.fields.items()
        ]
        lines += [
            f"{struct} hole offset {offset} size {size}"
            for offset, size in layout.holes
        ]
    lines += [f"{name} = {value}" for name, value in sorted(constants.items())]
    return "\n".join(lines) + "\n"


def constants_text(constants):
    lines = ["# Constants, the same on every target."]
    lines += [f"{name} = {_number(value)}" for name, value in sorted(constants.items())]
    return "\n".join(lines) + "\n"


def _number(value):
    return f"{value:#x}" if value > 0xFFFF else str(value)


def read_targets(folder):
    """The targets of targets.txt, in its order."""
    lines = (folder / "targets.txt").read_text(encoding="utf-8").splitlines()
    return [line.split()[0] for line in lines if line and not line.startswith("#")]


def targets_text(probes):
    width = max(len(target) for target in probes)
    lines = ["# target, layout, byte order"]
    lines += [
        f"{target:{width}} {probe.model.name} {'big' if probe.big_endian else 'little'}"
        for target, probe in probes.items()
    ]
    return "\n".join(lines) + "\n"


class Layouts:
    """Everything that can be computed of one source tree."""

    def __init__(self, root, compiler):
        self.folder = Path(root, "abi", "layouts")
        self.include = Path(root, "include")
        self.headers = header_files.read(self.include)
        self.structs = header_files.structs_by_name(self.headers)
        # Values that depend on the target stand with its model.
        self.fixed = {
            constant.name: constant.value
            for header in self.headers
            for constant in header.constants
            if isinstance(constant.value, int)
        }
        self.probes = {
            target: layout_probe.by_target(compiler, target, self.include, self.headers)
            for target in read_targets(self.folder)
        }

    def text_of(self, probe):
        own = {n: v for n, v in probe.constants.items() if n not in self.fixed}
        return model_text(probe.model, probe.layouts, own)

    def files(self):
        """{path: text} of everything that is golden."""
        by_rules = [
            layout_rules.layouts(self.structs, model) for model in layout_rules.MODELS
        ]
        files = {
            self.folder / f"{probe.model.name}.txt": self.text_of(probe)
            for probe in self.probes.values()
        }
        files[self.folder / "constants.txt"] = constants_text(self.fixed)
        files[self.folder / "targets.txt"] = targets_text(self.probes)
        check = self.folder.parent / "layout_check.h"
        files[check] = layout_check.text(self.headers, by_rules)
        return files

    def disagreements(self, host):
        """Where clang, the rules and the host's compiler differ."""
        wrong = []
        for name, probe in [*self.probes.items(), ("the host's compiler", host)]:
            rules = layout_rules.layouts(self.structs, probe.model)
            for struct in rules:
                if rules[struct] != probe.layouts[struct]:
                    wrong.append(
                        f"{name}: {struct} is {probe.layouts[struct]}, "
                        f"by the rules of C {rules[struct]}"
                    )
            for constant, value in self.fixed.items():
                if probe.constants[constant] != value:
                    wrong.append(
                        f"{name}: {constant} is {probe.constants[constant]}, "
                        f"in the header {value}"
                    )
            if probe.model not in layout_rules.MODELS:
                wrong.append(f"{name}: {probe.model} is in no column of layout_check.h")
        return wrong


def check(root, compiler, host_compiler):
    """What is wrong, one line each."""
    layouts = Layouts(root, compiler)
    host = layout_probe.by_running(host_compiler, layouts.include, layouts.headers)
    wrong = layouts.disagreements(host)
    for path, text in layouts.files().items():
        found = path.read_text(encoding="utf-8") if path.exists() else ""
        wrong += _line_differences(path.relative_to(root), found, text)
    for target, probe in [*layouts.probes.items(), ("the host", host)]:
        path = layouts.folder / f"{probe.model.name}.txt"
        if path.exists() and path.read_text(encoding="utf-8") != layouts.text_of(probe):
            wrong.append(f"{target}: not laid out as {path.name} says")
    return wrong


def _line_differences(path, found, wanted):
    found, wanted = found.splitlines(), wanted.splitlines()
    gone = [line for line in found if line not in wanted]
    new = [line for line in wanted if line not in found]
    wrong = [f"{path}: {line!r} is no longer so; {REPAIR}" for line in gone]
    wrong += [f"{path}: {line!r} is missing; {REPAIR}" for line in new]
    if not wrong and found != wanted:
        wrong.append(f"{path}: is in another order; {REPAIR}")
    return wrong


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--root", type=Path, default=ROOT, help="the repository")
    parser.add_argument("--compiler", default="clang")
    parser.add_argument("--host-compiler", default="cc")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--check", action="store_true")
    what.add_argument("--update", action="store_true")
    options = parser.parse_args(arguments)
    try:
        if options.update:
            for path, text in Layouts(options.root, options.compiler).files().items():
                path.write_text(text, encoding="utf-8")
            return 0
        wrong = check(options.root, options.compiler, options.host_compiler)
    except (OSError, header_files.HeaderError, layout_probe.ProbeError) as error:
        wrong = [str(error)]
    for line in wrong:
        print(f"error: {line}", file=sys.stderr)
    print(f"layouts: {len(wrong)} errors" if wrong else "layouts: ok")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
