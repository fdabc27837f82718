# SPDX-License-Identifier: MIT
"""The harness on suites of its own: what it keeps, and that it misses nothing."""

import ast
import contextlib
import inspect
import io
import json
import pathlib
import sys
import tempfile
import types
import unittest
from unittest import mock

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import catalogue  # noqa: E402
import expected  # noqa: E402
import run  # noqa: E402
from judge import judge  # noqa: E402
from process import run_suite  # noqa: E402
from rewrite import (  # noqa: E402
    FUNCTIONS,
    KINDS,
    Rewriter,
    compile_rewritten,
    decorator_name,
    kind_of,
)

GENERATOR_FLAGS = {
    inspect.CO_GENERATOR: "generator",
    inspect.CO_COROUTINE: "coroutine",
    inspect.CO_ASYNC_GENERATOR: "async_generator",
}


def judged(module, *classes, relay="stand_in:Identity", cases=(), silence=20):
    job = {
        "module": module,
        "names": [module],
        "classes": classes,
        "kinds": KINDS,
        "path": [str(HERE / "fixtures")],
        "depth": 1,
        "native": False,
    }
    native = run_suite(sys.executable, {**job, "relay": None}, silence)
    relayed = run_suite(sys.executable, {**job, "relay": relay}, silence)
    # The stand-ins make Python's own objects: that complaint is not of interest.
    relayed.made["native"] = 0
    return judge(native, relayed, module, list(cases))


def case(test, part=""):
    return expected.Expected("sample", test, expected.WRAPPER, "", part=part)


def complaints(verdict):
    return [(test, what) for test, what, _ in verdict.unexpected]


def functions_of(code, found):
    """Adds (name, first line, kind) of each function that code compiles."""
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            functions_of(constant, found)
            for flag, kind in GENERATOR_FLAGS.items():
                if constant.co_flags & flag and constant.co_name.isidentifier():
                    found.append((constant.co_name, constant.co_firstlineno, kind))
    return found


def rewritten_functions(source):
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, FUNCTIONS) and kind_of(node):
            line = (node.decorator_list or [node])[0].lineno
            found.append((node.name, line, kind_of(node)))
    return found


class RewriteTest(unittest.TestCase):
    def test_finds_what_the_compiler_makes_of_each_function(self):
        count = 0
        library = pathlib.Path(inspect.__file__).parent
        sources = [*library.glob("*.py"), *library.glob("asyncio/*.py")]
        for path in sources:
            source = path.read_bytes()
            compiled = functions_of(compile(source, str(path), "exec"), [])
            self.assertCountEqual(rewritten_functions(source), compiled, path)
            count += len(compiled)
        self.assertGreater(count, 200)

    def test_a_yield_outside_of_the_body_is_of_the_scope_around(self):
        for source, kind in {
            "def f(): lambda: (yield)": None,
            "def f(): lambda x=(yield): 1": "generator",
            "def f():\n def g(x=(yield)): pass": "generator",
            "def f():\n def g(): yield": None,
            "def f():\n @(yield)\n def g(): pass": "generator",
            "def f():\n class C((yield)): pass": "generator",
            "def f(): [x for x in (yield)]": "generator",
            "async def f(): [x async for x in y]": "coroutine",
            "async def f(): yield": "async_generator",
        }.items():
            with self.subTest(source):
                self.assertEqual(kind_of(ast.parse(source).body[0]), kind)

    def test_the_decorator_is_the_innermost_and_has_the_place_of_the_def(self):
        tree = Rewriter(KINDS).visit(ast.parse("@a\n@b\nasync def f(): pass"))
        function = tree.body[0]
        names = [node.id for node in function.decorator_list]
        self.assertEqual(names, ["a", "b", decorator_name("coroutine")])
        self.assertEqual(function.decorator_list[2].lineno, 3)

    def test_the_decorator_of_types_coroutine_is_outside_of_it(self):
        tree = Rewriter(KINDS).visit(ast.parse("@a\n@types.coroutine\ndef f(): yield"))
        names = [ast.unparse(node) for node in tree.body[0].decorator_list]
        relayed = decorator_name("flagged_generator")
        self.assertEqual(names, ["a", relayed, "types.coroutine"])

    def test_only_the_kinds_asked_for(self):
        source = "async def f(): pass\ndef g(): yield"
        code = compile_rewritten(source, "<test>", "exec", ("generator",))
        self.assertIn(decorator_name("generator"), code.co_names)
        self.assertNotIn(decorator_name("coroutine"), code.co_names)


class SampleTest(unittest.TestCase):
    def test_identity_passes_everything(self):
        verdict = judged("sample")
        self.assertEqual(complaints(verdict), [])
        self.assertEqual(verdict.passed, verdict.run)
        self.assertEqual(verdict.run, 12)
        self.assertGreater(verdict.made, 10)

    def test_python_relays_pass_everything(self):
        self.assertEqual(complaints(judged("sample", relay="stand_in:Native")), [])

    def test_a_relay_that_loses_throw_is_caught(self):
        verdict = judged("sample", relay="stand_in:ThrowIsLost")
        self.assertEqual(
            complaints(verdict), [("RelayTest.test_throw_arrives", "fails")]
        )

    def test_python_objects_are_not_taken_for_relays(self):
        job = {"module": "sample", "names": ["sample"], "classes": [], "kinds": KINDS}
        job.update(path=[str(HERE / "fixtures")], depth=1, native=False)
        made = run_suite(sys.executable, {**job, "relay": "stand_in:Identity"}, 20).made
        self.assertEqual(made["native"], sum(made.values()) - made["native"])


class JudgeTest(unittest.TestCase):
    failures = [
        case("FailTest.test_function"),
        case("FailTest.test_parts", "[first]"),
        case("FailTest.test_parts", "[second]"),
    ]

    def test_a_failure_that_is_not_listed(self):
        verdict = judged("trouble", "FailTest")
        self.assertEqual(
            complaints(verdict),
            [
                ("FailTest.test_function", "fails"),
                ("FailTest.test_parts [[first]]", "fails"),
                ("FailTest.test_parts [[second]]", "fails"),
            ],
        )
        self.assertIn("AssertionError: 'relayed' !=", verdict.unexpected[0][2])

    def test_failures_that_are_listed(self):
        verdict = judged("trouble", "FailTest", cases=self.failures)
        self.assertEqual(complaints(verdict), [])
        self.assertEqual((verdict.run, verdict.passed, verdict.expected), (3, 1, 2))

    def test_any_part_may_be_listed(self):
        cases = [self.failures[0], case("FailTest.test_parts", expected.ANY_PART)]
        verdict = judged("trouble", "FailTest", cases=cases)
        self.assertEqual(complaints(verdict), [])

    def test_a_part_that_is_not_listed(self):
        verdict = judged("trouble", "FailTest", cases=self.failures[:2])
        self.assertEqual(
            complaints(verdict), [("FailTest.test_parts [[second]]", "fails")]
        )

    def test_a_listed_test_that_passes(self):
        cases = [*self.failures, case("FailTest.test_passes")]
        verdict = judged("trouble", "FailTest", cases=cases)
        what = "is listed as failing, and passes"
        self.assertEqual(complaints(verdict), [("FailTest.test_passes", what)])

    def test_a_listed_test_that_does_not_exist(self):
        cases = [*self.failures, case("FailTest.test_gone")]
        verdict = judged("trouble", "FailTest", cases=cases)
        what = "is listed, and does not exist"
        self.assertEqual(complaints(verdict), [("FailTest.test_gone", what)])

    def test_what_fails_natively_is_told_and_not_counted(self):
        verdict = judged("trouble", "NativeTest")
        self.assertEqual(complaints(verdict), [])
        self.assertEqual(verdict.natively, [("NativeTest.test_fails", "fail")])
        self.assertEqual((verdict.run, verdict.passed), (1, 1))

    def test_a_suite_that_relays_nothing(self):
        verdict = judged("trouble", "IdleTest")
        self.assertEqual(complaints(verdict), [("(run)", "relayed nothing")])


class WatchTest(unittest.TestCase):
    def test_crashes_are_named_and_the_rest_is_run(self):
        verdict = judged("trouble", "CrashTest")
        self.assertEqual(
            complaints(verdict),
            [
                ("CrashTest.test_2_crashes", "crash, natively it passes"),
                ("CrashTest.test_3_leaves", "crash, natively it passes"),
            ],
        )
        self.assertIn("died of SIGSEGV", verdict.unexpected[0][2])
        self.assertIn("in test_2_crashes", verdict.unexpected[0][2])
        self.assertIn("ended with status 3", verdict.unexpected[1][2])
        self.assertEqual((verdict.run, verdict.passed), (4, 2))

    def test_a_hang_is_named(self):
        verdict = judged("trouble", "HangTest", silence=2)
        self.assertEqual(
            complaints(verdict),
            [("HangTest.test_1_hangs", "hang, natively it passes")],
        )
        self.assertIn("in test_1_hangs", verdict.unexpected[0][2])
        self.assertEqual(verdict.passed, 1)

    def test_a_suite_that_cannot_be_loaded(self):
        verdict = judged("missing")
        self.assertIn("No module named 'missing'", verdict.unexpected[0][2])


class RunTest(unittest.TestCase):
    """The command, with the sample as the only suite there is."""

    def run_command(self, *arguments, **suite):
        suite = catalogue.Suite("sample", ("sample",), **suite)
        module = "sample" if suite.since == (3, 10) else None
        about = json.dumps([sys.version_info[:2], "3.x", {"sample": module}])
        output = io.StringIO()
        with (
            tempfile.TemporaryDirectory() as folder,
            mock.patch.object(catalogue, "SUITES", [suite]),
            mock.patch.object(run, "call", return_value=about),
            contextlib.redirect_stdout(output),
        ):
            rows = pathlib.Path(folder, "rows.json")
            words = ["run.py", "--path", str(HERE / "fixtures"), "--json", str(rows)]
            with mock.patch.object(sys, "argv", [*words, *arguments]):
                status = run.main()
            return status, json.loads(rows.read_text()), output.getvalue()

    def test_rows_and_status(self):
        status, rows, output = self.run_command(
            "--relay", "stand_in:Native", "--relays", "1", "4n"
        )
        row = {"version": "3.x", "suite": "sample", "relays": "1", "run": 12}
        row.update(passed=12, expected=0, unexpected=1)
        self.assertEqual(rows, [row, {**row, "relays": "4n"}])
        self.assertIn("relays are Python's own objects", output)
        self.assertEqual(status, 1)

    def test_a_suite_that_is_not_in_this_version_is_told(self):
        status, rows, output = self.run_command("--relays", "1", since=(3, 99))
        self.assertEqual((rows[0]["run"], rows[0]["unexpected"]), (0, 0))
        self.assertIn("not in 3.x: sample", output)
        self.assertEqual(status, 1, "nothing was run")

    def test_a_suite_that_is_not_installed_is_told(self):
        status, rows, output = self.run_command("--relays", "1", since=(3, 9))
        self.assertEqual(rows[0]["unexpected"], 1)
        self.assertIn("install the package `test`", output)
        self.assertEqual(status, 1)


class ListTest(unittest.TestCase):
    def test_each_expectation_names_a_suite_and_a_reason(self):
        for entry in expected.EXPECTED:
            catalogue.by_name(entry.suite)
            self.assertIn(entry.kind, (expected.TYPE, expected.FLAGS, expected.WRAPPER))
            self.assertTrue(entry.why)
            self.assertTrue(set(entry.relays) <= set(expected.ALL))

    def test_no_expectation_is_there_twice(self):
        seen = set()
        for entry in expected.EXPECTED:
            for minor in range(entry.since[1], min(entry.until[1], 20) + 1):
                for relays in entry.relays:
                    key = (entry.suite, entry.test, entry.part, minor, relays)
                    self.assertNotIn(key, seen)
                    seen.add(key)


if __name__ == "__main__":
    unittest.main()
