# SPDX-License-Identifier: MIT
"""Interpreters beside the main one, with a GIL of their own where they can."""

import sys
import unittest

from support import process

HELPERS = """
import relay, scripted, sys
from support import bodies
def work():
    made = relay.coroutine(bodies.suspend("in"), 3, True)
    assert made.send(None) == "in"
    try:
        made.send("out")
    except StopIteration as stop:
        assert stop.value == "out"
    try:
        scripted.coroutine([("error", 3, "m")]).send(None)
    except ValueError as error:
        assert str(error) == "m"
    assert list(relay.generator(range(3), 2)) == [0, 1, 2]
    log = []
    made = scripted.coroutine([("yield", 1)], [("call", lambda: "cleanup")], log)
    made.send(None)
    made.close()
    assert log == ["cleanup"], log
work()
"""

CREATE = """
try:
    import _interpreters as interpreters
except ImportError:
    try:
        import _xxsubinterpreters as interpreters
    except ImportError:
        print("skip: this Python cannot make interpreters")
        raise SystemExit
def create():
    try:
        return interpreters.create("isolated")
    except TypeError:
        return interpreters.create(isolated=True)
def run(number, code):
    code = f"import sys; sys.path[:0] = {sys.path[:2]!r}\\n" + code
    failed = interpreters.run_string(number, code)
    assert failed is None, failed
"""


@unittest.skipIf(sys.version_info < (3, 12), "a GIL of their own came with 3.12")
class Interpreters(process.Subprocess):
    def outcome(self, code):
        source = f"HELPERS = {HELPERS!r}\n{CREATE}\n" + code
        out, err = self.run_code(source)
        if out.startswith("skip:"):
            self.skipTest(out)
        self.assertEqual(
            [line for line in err.splitlines() if process.LEFT not in line], []
        )
        return out

    def test_coroutines_run_in_several(self):
        out = self.outcome("""
exec(HELPERS)
numbers = [create() for _ in range(3)]
for _ in range(2):
    for number in numbers:
        run(number, HELPERS)
for number in numbers:
    interpreters.destroy(number)
exec(HELPERS)
print("end")
""")
        self.assertEqual(out, "end\n")

    def test_without_the_main_one(self):
        out = self.outcome("""
number = create()
run(number, HELPERS)
interpreters.destroy(number)
exec(HELPERS)
print("end")
""")
        self.assertEqual(out, "end\n")

    def test_each_has_types_of_its_own(self):
        out = self.outcome("""
code = HELPERS + "print(id(type(relay.generator(()))), flush=True)"
exec(HELPERS)
print(id(type(relay.generator(()))), flush=True)
for _ in range(2):
    number = create()
    run(number, code)
    kept = number
print("end")
""")
        *types, _ = out.split()
        self.assertEqual(len(set(types)), 3, out)

    def test_at_the_same_time(self):
        out = self.outcome("""
numbers = [create() for _ in range(3)]
errors = []
def thread(number):
    try:
        run(number, HELPERS + "for _ in range(200): work()")
    except BaseException as error:
        errors.append(error)
threads = [threading.Thread(target=thread, args=(n,)) for n in numbers]
for one in threads: one.start()
exec(HELPERS)
for _ in range(200): work()
for one in threads: one.join()
for number in numbers:
    interpreters.destroy(number)
print(errors)
""")
        self.assertEqual(out, "[]\n")

    def test_torn_down_with_suspended_coroutines(self):
        out = self.outcome("""
code = HELPERS + '''
sys.kept = relay.coroutine(bodies.suspend(), 3, True)
sys.kept.send(None)
kept = [scripted.coroutine([("yield", 1)])]
kept[0].send(None)
kept.append(kept)
agen = relay.async_generator(bodies.plain_numbers())
'''
for _ in range(4):
    number = create()
    run(number, code)
    interpreters.destroy(number)
print("end")
""")
        self.assertEqual(out, "end\n")

    def test_left_to_the_end_of_the_process(self):
        out = self.outcome("""
number = create()
run(number, HELPERS + "sys.kept = relay.coroutine(bodies.suspend(), 2, True); "
    "sys.kept.send(None)")
print("end")
""")
        self.assertEqual(out, "end\n")

    def test_many_lives(self):
        out = self.outcome("""
for _ in range(20):
    number = create()
    run(number, HELPERS)
    interpreters.destroy(number)
print("end")
""")
        self.assertEqual(out, "end\n")


@unittest.skipIf(sys.version_info >= (3, 12), "they are served from 3.12 on")
class Refused(process.Subprocess):
    timeout = 20

    def test_the_import(self):
        self.prints(
            f"HELPERS = {HELPERS!r}\n{CREATE}\n"
            + '''
number = create()
run(number, """
try:
    import relay
except ImportError as error:
    print("3.12" in str(error), flush=True)
else:
    relay.coroutine(range(0)).send(None)
""")
interpreters.destroy(number)
exec(HELPERS)
print("end")
''',
            "True\nend\n",
        )


if __name__ == "__main__":
    unittest.main()
