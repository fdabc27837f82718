# SPDX-License-Identifier: MIT
"""Builds what is spoiled by a patch: good/c, with a copy of libbaton inside, of
which a few lines are others. A patch is a comment of the source:

    /* patch abi/runtime/drive.c
    -  the line as it is, which must be there exactly once
    +  the line as it is to be
    */
"""

import importlib.util
import os
import pathlib
import re
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
RUNTIME = ROOT / "abi/runtime"
PROVIDER = HERE.parent / "good/c"
GOOD = ROOT / "build/corpus/good"
OBJECTS = GOOD / "objects/c"
PATCH = re.compile(r"^/\* patch (\S+)\n(.*?)^\*/$", re.DOTALL | re.MULTILINE)
# What a patch leaves out may have been the only use of something.
LENIENT = ["-Wno-unused-function", "-Wno-unused-variable", "-Wno-unused-parameter"]


def patches_of(source):
    """Pairs of a file and the lines of a patch for it."""
    return PATCH.findall(source.read_text())


def side(lines, sign):
    """The text that these lines have with this sign."""
    return "\n".join(line[1:] for line in lines.splitlines() if line[0] == sign)


def patched_files(source):
    """File to its text with all patches in it."""
    texts = {}
    for name, lines in patches_of(source):
        text = texts.setdefault(name, (ROOT / name).read_text())
        old, new = side(lines, "-"), side(lines, "+")
        if text.count(old) != 1:
            raise SystemExit(f"{source.name}: {name} has not exactly once:\n{old}")
        texts[name] = text.replace(old, new)
    return texts


def prepare():
    """Builds the good provider, whose objects are taken for all that is not
    patched. @return when the newest of them was made."""
    spec = importlib.util.spec_from_file_location("good", HERE.parent / "good/build.py")
    good = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(good)
    good.c(GOOD, [])
    sources = [
        *RUNTIME.glob("*.[ch]"),
        *PROVIDER.glob("*.[ch]"),
        pathlib.Path(__file__),
    ]
    return max(path.stat().st_mtime for path in sources)


def compile_patched(path, text, folder):
    """@return the object of a file with this text."""
    copy = folder / path.name
    copy.write_text(text)
    own = [] if path.parent == PROVIDER.relative_to(ROOT) else ["-DBATON_BUNDLE"]
    command = [
        *(os.environ.get("CC", "cc"), "-std=c11", "-O1", "-g", "-fPIC", "-pthread"),
        *("-fvisibility=hidden", "-Wall", "-Wextra", "-Werror", *LENIENT, *own),
        *("-iquote", RUNTIME, "-iquote", PROVIDER, "-iquote", HERE, f"-I{OBJECTS}"),
        *(f"-I{ROOT / 'include'}", f"-I{GOOD / 'objects/include'}"),
        *("-c", copy, "-o", copy.with_suffix(".o")),
    ]
    subprocess.run(command, check=True)
    return copy.with_suffix(".o")


def build(source, made):
    """Compiles the patched files, and links them with the rest."""
    folder = made.with_suffix(".patched")
    folder.mkdir(exist_ok=True)
    parts = set(OBJECTS.glob("*.o"))
    for name, text in patched_files(source).items():
        path = pathlib.Path(name)
        parts.remove(OBJECTS / f"{path.parent.name}-{path.stem}.o")
        parts.add(compile_patched(path, text, folder))
    link = [os.environ.get("CC", "cc"), "-shared", "-pthread", *sorted(parts)]
    subprocess.run([*link, "-o", made], check=True)
