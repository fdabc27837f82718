# SPDX-License-Identifier: MIT
"""Builds what the matrix loads, into build/interop/TAG.

interop_host is an extension of the running interpreter, interop_NAME.so a
provider; each has a copy of libbaton of its own. CC names the compiler,
INTEROP_FLAGS adds to its flags. What is newer than its sources is kept.
"""

import importlib.util
import os
import pathlib
import shlex
import shutil
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
CPP = ROOT / "bindings/cpp"
sys.path.append(str(HERE.parent / "python"))

import build as python_build  # noqa: E402


def load(path):
    """A module that is no package's, under a name of its own."""
    spec = importlib.util.spec_from_file_location(f"interop_{path.parent.name}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def write(path, text):
    """Keeps the file's time if nothing changes."""
    if not path.exists() or path.read_text() != text:
        path.write_text(text)


class Libraries(python_build.Build):
    def __init__(self):
        flags = shlex.split(os.environ.get("INTEROP_FLAGS", ""))
        about = python_build.probe(sys.executable)
        folder = ROOT / "build/interop" / "-".join([about["tag"], *flags])
        super().__init__(sys.executable, folder, flags)
        own = max(path.stat().st_mtime for path in HERE.rglob("*.h"))
        self.headers = max(self.headers, own)
        self.runtime, self.shim = (
            [self.compile(path) for path in sorted(place.glob("*.c"))]
            for place in python_build.SHIM
        )

    def link(self, target, objects, *words, compiler=None):
        newest = max(path.stat().st_mtime for path in objects)
        if not target.exists() or target.stat().st_mtime < newest:
            self.run(
                [
                    *(compiler or self.compiler),
                    *("-shared", "-pthread"),
                    *self.flags,
                    *map(str, objects),
                    *words,
                    *("-o", str(target)),
                ]
            )

    def host(self):
        own = [self.compile(path) for path in sorted(HERE.glob("host/*.c"))]
        name = f"interop_host{self.about['suffix']}"
        self.link(self.output / name, [*own, *self.shim, *self.runtime])

    def compile_cpp(self, source):
        target = self.output / f"cpp-{source.stem}.o"
        headers = [*HERE.glob("*/*.h*"), *(CPP / "include").rglob("*.hpp")]
        newest = max(path.stat().st_mtime for path in [source, *headers])
        if not target.exists() or target.stat().st_mtime < max(newest, self.headers):
            self.run(
                [
                    *shlex.split(os.environ.get("CXX", "c++")),
                    *"-std=c++20 -O2 -g -fPIC -fvisibility=hidden".split(),
                    *"-DBATON_BUNDLE -Wall -Wextra -Werror".split(),
                    *self.flags,
                    *(f"-I{CPP / 'include'}", f"-I{ROOT / 'include'}"),
                    *("-idirafter", str(ROOT / "abi/runtime")),
                    *("-c", str(source), "-o", str(target)),
                ]
            )
        return target

    def cpp(self):
        own = [self.compile_cpp(path) for path in sorted(HERE.glob("cpp/*.cc"))]
        self.link(self.output / "interop_cpp.so", [*own, *self.runtime], "-lstdc++")

    def cython(self):
        build = load(HERE.parent / "cython/build.py")
        builder = build.Builder(sys.executable, build.VERSION, self.output, self.flags)
        bodies = (HERE / "python/bodies.py").read_text()
        text = "import words\n" + bodies.partition("import words\n")[2]
        write(
            self.output / "bodies.pxi", text.replace("async def", "@shared\nasync def")
        )
        for source in sorted(HERE.glob("cython/*.pyx")):
            builder.module(source, source.stem, build.VERSION)

    def rust(self):
        target = ROOT / "build/interop/cargo"
        self.run(
            [
                *("cargo", "build", "--quiet"),
                *("--manifest-path", str(HERE / "rust/Cargo.toml")),
                *("--target-dir", str(target)),
            ]
        )
        link = self.output / "interop_rust.so"
        if not link.exists():
            link.symlink_to(target / "debug/libinterop.so")

    def c(self):
        own = [self.compile(path) for path in sorted(HERE.glob("c/*.c"))]
        self.link(self.output / "interop_c.so", [*own, *self.runtime])


def build():
    """@return the folder, and the languages that there are: Rust where there is
    cargo."""
    libraries = Libraries()
    libraries.host()
    names = ["c", "cpp", "rust", "cython"]
    if not shutil.which("cargo"):
        names.remove("rust")
    for name in names:
        getattr(libraries, name)()
    return str(libraries.output), [*names, "python"]


if __name__ == "__main__":
    print(build()[0])
