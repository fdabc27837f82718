# SPDX-License-Identifier: MIT
"""Processes and interpreters: shutdown, fork, subinterpreters, free threading."""

import json
import os
import subprocess
import sys
import sysconfig

from baton_check.bodies import echo
from baton_check.observe import ADDRESS
from baton_check.registry import Group, Skip

check = Group("process", "core", "Python/pylifecycle.c:Py_FinalizeEx")

PRELUDE = """
import sys
sys.path[:0] = {path!r}
from baton_check import bodies
from baton_check.target import Target
target = Target({spec!r}, {shape!r})
make = target.{side}
"""


def prelude(make):
    side = "native" if make.native else "subject"
    return PRELUDE.format(
        path=sys.path, spec=make.target.spec, shape=make.target.shape, side=side
    )


def child(make, log, script, *flags):
    """A process of its own that runs the script with `make`."""
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", *flags, "-c", prelude(make) + script],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    log("status", done.returncode)
    log("output", done.stdout)
    kept = [
        ADDRESS.sub("0x..", line)
        for line in done.stderr.splitlines()
        if not line.startswith(" ") and "never awaited" not in line
    ]
    log("errors", kept)


@check(shapes="relay generator")
def ends_while_suspended(make, log):
    """The process ends in order with a suspended one in a global variable"""
    script = "made = make(bodies.suspend())\nmade.send(None)\nprint('end')\n"
    child(make, log, script)


@check(shapes="relay opaque")
def ends_while_created(make, log):
    """The process ends in order with one that was never begun"""
    child(make, log, "made = make()\nprint('end')\n")


@check()
def cleanup_at_the_end(make, log):
    """The cleanup of one that is left over runs when its module goes"""
    script = """
async def cleans():
    try:
        await bodies.suspend()
    finally:
        print("cleaned")
made = make(cleans())
made.send(None)
del make, target
"""
    child(make, log, script)


@check()
def ends_in_a_cycle(make, log):
    """The process ends in order with a cycle through a suspended one"""
    script = """
class Thing:
    def __await__(self):
        return (yield from bodies.suspend())
thing = Thing()
thing.cycle = made = make(thing)
made.send(None)
print("end")
"""
    child(make, log, script)


@check("Modules/posixmodule.c:os_fork_impl")
def forked_while_suspended(make, log):
    """After a fork both processes can go on with it"""
    if not hasattr(os, "fork"):
        raise Skip("there is no fork")
    made = make(echo(2))
    made.send(None)
    sys.stdout.flush()
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pid = os.fork()
    if pid == 0:
        try:
            made.send("child's")
            made.send("end")
        except StopIteration as stop:
            os._exit(7 if stop.value == ("child's", "end") else 1)
        finally:
            os._exit(2)
    log("child", os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
    log.do("parent", made.send, "a")
    log.do("end", made.send, "b")


def interpreters():
    """The module for interpreters, and how one is run."""
    for name in ("_interpreters", "_xxsubinterpreters"):
        try:
            return __import__(name)
        except ImportError:
            continue
    raise Skip("this Python cannot make interpreters from Python")


IN_INTERPRETER = """
import json, os
def main():
    seen = []
    made = make(bodies.echo(2))
    seen.append(made.send(None))
    seen.append(made.send("a"))
    try:
        made.send("b")
    except StopIteration as stop:
        seen.append(stop.value)
    made = make(bodies.suspend())
    made.send(None)
    try:
        made.throw(ValueError("v"))
    except ValueError as error:
        seen.append(repr(error))
    made = make(bodies.suspend())
    made.send(None)
    seen.append(made.close())
    return seen
try:
    told = {{"seen": main()}}
except Exception as error:
    told = {{"error": type(error).__name__ + ": " + str(error)}}
os.write({fd}, json.dumps(told).encode())
"""

GUARD = """
try:
    make = None
{indented}
except Exception as error:
    import json, os
    cause = error.__cause__ or error
    told = {{"refused": type(cause).__name__ + ": " + str(cause)}}
    os.write({fd}, json.dumps(told).encode())
else:
{body}
"""


def indent(text):
    return "".join(f"    {line}\n" for line in text.splitlines())


def made_interpreter(module, isolated):
    """An interpreter, with its own lock if that is asked for."""
    if hasattr(module, "new_config"):
        return module.create(module.new_config("isolated" if isolated else "legacy"))
    return module.create(isolated=isolated)


def in_interpreter(make, log, isolated, times=1):
    module = interpreters()
    reading, writing = os.pipe()
    body = IN_INTERPRETER.format(fd=writing)
    script = GUARD.format(indented=indent(prelude(make)), body=indent(body), fd=writing)
    try:
        for _ in range(times):
            interpreter = made_interpreter(module, isolated)
            try:
                run = getattr(module, "exec", None) or module.run_string
                failed = run(interpreter, script)
                if failed is not None:
                    log("failed", str(failed))
                    continue
            finally:
                module.destroy(interpreter)
            told = json.loads(os.read(reading, 1 << 16))
            if "refused" in told:
                raise Skip(f"it refuses other interpreters: {told['refused'][:80]}")
            log("told", told)
    finally:
        os.close(reading)
        os.close(writing)


@check("Python/pylifecycle.c:Py_NewInterpreterFromConfig")
def other_interpreter(make, log):
    """It works in another interpreter that shares the lock"""
    in_interpreter(make, log, isolated=False)


@check("Python/pylifecycle.c:Py_NewInterpreterFromConfig", since=(3, 12))
def interpreter_with_its_own_lock(make, log):
    """It works in an interpreter that has a lock of its own"""
    in_interpreter(make, log, isolated=True)


@check("Python/pylifecycle.c:Py_EndInterpreter")
def interpreters_in_turn(make, log):
    """Interpreters may come and go; each imports it anew"""
    in_interpreter(make, log, isolated=False, times=3)


@check("Python/import.c:_PyImport_EnableGILAndWarn")
def without_the_lock(make, log):
    """On a build without the global lock it does not turn the lock on"""
    if not sysconfig.get_config_var("Py_GIL_DISABLED"):
        raise Skip("this build has the global lock")
    log("lock", sys._is_gil_enabled())
