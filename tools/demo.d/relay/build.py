# SPDX-License-Identifier: MIT
"""Builds the relay: each stage as an extension module, and the package `baton`.

    build.py [OUTPUT]

Needs what `tools/setup relay` installs, and to be run by the Python that is to run
the relay, with Cython. Writes the command OUTPUT/baton-demo-relay. Runs again at
little cost.
"""

import importlib.util
import os
import pathlib
import shlex
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
BINDINGS = ROOT / "bindings"
OWN = [HERE, HERE.parent]
# Code that Cython wrote has its own ways.
CYTHON_FLAGS = ["-I", BINDINGS / "cython/include", "-DBATON_SHIM=<baton/python.h>"]
CYTHON_FLAGS += ["-Wno-unused-function", "-Wno-unused-parameter"]
CYTHON_FLAGS += ["-Wno-cast-function-type", "-Wno-sign-compare"]


def load(path):
    spec = importlib.util.spec_from_file_location("baton_c_build", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


c_build = load(ROOT / "tests/python/build.py")


def files(*folders):
    return [path for folder in folders for path in folder.rglob("*") if path.is_file()]


class Build:
    def __init__(self, output):
        self.output = output
        self.c = c_build.Build(sys.executable, output, [])
        self.suffix = self.c.about["suffix"]
        self.shim = [
            self.c.compile(source)
            for folder in c_build.SHIM
            for source in sorted(folder.glob("*.c"))
        ]

    def run(self, target, inputs, *command, **environment):
        """Runs a command that writes `target`, if one of its inputs is newer."""
        inputs = [pathlib.Path(__file__), *inputs]
        if target.exists():
            if target.stat().st_mtime >= max(path.stat().st_mtime for path in inputs):
                return target
        done = subprocess.run(
            list(map(str, command)),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=ROOT,  # tracebacks tell of sources from here
            env={**os.environ, **environment},
        )
        print(done.stdout, end="", file=sys.stderr)
        if done.returncode:
            raise SystemExit(f"failed: {shlex.join(map(str, command))}")
        return target

    def compile(self, compiler, source, headers, *flags):
        target = self.output / f"{source.name}.o"
        includes = [f"-I{folder}" for folder in (*OWN, *c_build.HEADERS)]
        for folder in self.c.about["include"]:
            includes += ["-isystem", folder]
        headers = files(*c_build.HEADERS, *headers, HERE) + [*HERE.parent.glob("*.h")]
        options = "-O2 -g -fPIC -fvisibility=hidden -DBATON_BUNDLE".split()
        command = [*compiler, *options]
        command += ["-Wall", "-Wextra", "-Wno-missing-field-initializers", "-Werror"]
        command += [*includes, *flags, "-c", source, "-o", target]
        return self.run(target, [source, *headers], *command)

    def link(self, name, objects, linker=None):
        target = self.output / f"{name}{self.suffix}"
        objects = [*objects, *self.shim]
        command = [*(linker or self.c.compiler), "-shared", "-pthread", *objects]
        self.run(target, objects, *command, "-o", target)

    def in_c(self):
        sources = [HERE / "count.c", HERE / "count_module.c", HERE.parent / "tally.c"]
        compiler = [*self.c.compiler, "-std=c11"]
        self.link("stage_c", [self.compile(compiler, source, []) for source in sources])

    def in_cpp(self):
        compiler = shlex.split(os.environ.get("CXX", "c++"))
        flags = ["-std=c++20", "-I", BINDINGS / "cpp/include"]
        sources = [HERE / "merge.cc", HERE / "merge_module.cc"]
        headers = [BINDINGS / "cpp/include"]
        objects = [
            self.compile(compiler, source, headers, *flags) for source in sources
        ]
        self.link("stage_cpp", objects, compiler)

    def in_cython(self):
        source, made = HERE / "split.pyx", self.output / "stage_cython.c"
        folder = BINDINGS / "cython"
        command = [sys.executable, "-m", "cython", "-3", "-I", folder]
        command += ["--module-name", "stage_cython", source, "-o", made]
        self.run(made, [source, *folder.rglob("*.pxd")], *command)
        made = self.compile(self.c.compiler, made, [folder / "include"], *CYTHON_FLAGS)
        self.link("stage_cython", [made])

    def in_rust(self):
        """Cargo knows what is newer."""
        cargo = ROOT / ".cache/rust/bin"  # where the system's is too old
        target = self.output / "target"
        built = target / "release" / "libstage_rust"
        built = built.with_suffix(".dylib" if sys.platform == "darwin" else ".so")
        command = ["cargo", "rustc", "--release", "--locked", "--quiet", "--lib"]
        command += ["--manifest-path", HERE / "rust/Cargo.toml"]
        if sys.platform == "darwin":
            command += ["--", "-Clink-arg=-undefined", "-Clink-arg=dynamic_lookup"]
        environment = {
            "PATH": f"{cargo}{os.pathsep}{os.environ['PATH']}",
            "PYO3_PYTHON": sys.executable,
            "CARGO_TARGET_DIR": str(target),
        }
        self.run(target / "always", [], *command, **environment)
        target = self.output / f"stage_rust{self.suffix}"
        target.unlink(missing_ok=True)  # who has loaded it keeps it
        shutil.copy2(built, target)

    def package(self):
        """`baton`, as the wheel has it."""
        folder = self.output / "baton"
        folder.mkdir(exist_ok=True)
        for source in (BINDINGS / "python/baton").glob("*.py"):
            shutil.copy2(source, folder)
        self.link("baton/_baton", [])

    def command(self):
        path = self.output / "baton-demo-relay"
        path.write_text(
            "#!/bin/sh\n"
            f"PYTHONPATH={shlex.quote(str(self.output))} PYTHONDONTWRITEBYTECODE=1 \\\n"
            f'  exec {shlex.join([sys.executable, str(HERE / "main.py")])} "$@"\n'
        )
        path.chmod(0o755)


def main():
    output = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build/relay"
    output = output.resolve()
    output.mkdir(parents=True, exist_ok=True)
    build = Build(output)
    for step in "package", "in_c", "in_cpp", "in_cython", "in_rust", "command":
        getattr(build, step)()


if __name__ == "__main__":
    main()
