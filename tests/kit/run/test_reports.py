# SPDX-License-Identifier: MIT
"""The table, JSON, JUnit and TAP say the same."""

import collections
import json
import re
import unittest
import xml.etree.ElementTree as xml

from kit import ONE_CHECK, ROOT, KitTest, hostile, run

BAD = {"FAIL", "LEAK", "CRASH", "HANG"}
TIERS = ["core", "cancel", "threads", "values", "async iteration", "introspection"]


class ReportsTest(KitTest):
    def reports(self, name, *words):
        """The same run in every form."""
        files = {kind: self.folder / kind for kind in ("json", "junit", "tap")}
        done = run(
            *("check", hostile(name), "--seed", 5, *words),
            *("--json", files["json"], "--junit", files["junit"]),
            f"--tap={files['tap']}",
        )
        self.assertEqual(done.stderr, "")
        report = json.loads(files["json"].read_text())
        tree = xml.parse(files["junit"]).getroot()
        return done, report, tree, files["tap"].read_text()

    def test_json(self):
        done, report, _, _ = self.reports("exit_in_send")
        self.assertEqual(report["schema"], "baton-check/1")
        self.assertEqual(set(report["kit"]), {"version", "abi"})
        target = report["target"]
        self.assertEqual(target["path"], hostile("exit_in_send"))
        self.assertEqual(target["kind"], "library")
        self.assertEqual(
            [target[key] for key in ("name", "version", "language", "abi")],
            ["hostile", "1.0.0", "c", report["kit"]["abi"]],
        )
        for key in ("platform", "compiler", "jobs", "date", "as_abi"):
            self.assertTrue(report["environment"][key], key)
        self.assertEqual(report["seed"], 5)
        counts = collections.Counter(one["verdict"] for one in report["results"])
        summary = {name: count for name, count in report["summary"].items() if count}
        self.assertEqual(summary, {key.lower(): n for key, n in counts.items()})
        self.assertEqual(list(report["tiers"]), TIERS)
        self.assertEqual(report["tiers"]["core"], "not conforming")
        self.assertIs(report["conforming"], False)
        self.assertEqual(done.returncode, 1)
        for result in report["results"]:
            keys = (
                "id title group tier verdict requirements broken reason seconds output"
            )
            self.assertEqual(list(result), keys.split())

    def test_json_is_as_its_schema_tells(self):
        try:
            import jsonschema
        except ImportError:
            self.skipTest("needs jsonschema")
        schema = json.loads((ROOT / "tools/kit/report.schema.json").read_text())
        for name in ("good", "exit_in_send", "write_beside", "null_provider"):
            with self.subTest(name):
                _, report, _, _ = self.reports(name)
                jsonschema.validate(report, schema)

    def test_junit(self):
        _, report, tree, _ = self.reports("exit_in_send")
        (suite,) = tree
        cases = suite.findall("testcase")
        results = report["results"]
        self.assertEqual(
            [case.get("name") for case in cases], [one["id"] for one in results]
        )
        self.assertEqual(int(suite.get("tests")), len(cases))
        for kind, element in (("errors", "error"), ("skipped", "skipped")):
            found = suite.findall(f"testcase/{element}")
            self.assertEqual(int(suite.get(kind)), len(found))
            self.assertTrue(found, kind)
        error = suite.find("testcase/error")
        self.assertEqual(error.get("type"), "CRASH")
        self.assertEqual(error.get("message"), "exit(0) in the check")
        seeds = suite.findall("properties/property[@name='seed']")
        self.assertEqual([one.get("value") for one in seeds], ["5"])

    def test_junit_of_a_broken_rule(self):
        _, report, tree, _ = self.reports("write_beside", "--filter", ONE_CHECK)
        failure = tree.find("testsuite/testcase/failure")
        (broken, *_) = report["results"][0]["broken"]
        message = (
            f"{broken['requirement']}: expected {broken['expected']}, "
            f"came {broken['came']}"
        )
        self.assertEqual(failure.get("message"), message)
        self.assertIn("A caller owns what is in".lower(), failure.text.lower())

    def test_junit_of_output_that_is_no_text(self):
        _, _, tree, _ = self.reports("write_garbage", "--filter", ONE_CHECK)
        output = tree.find("testsuite/testcase/system-out").text
        self.assertEqual(output, "?[2J]]>???<&'\"\\\n")

    def test_tap(self):
        _, report, _, tap = self.reports("exit_in_send")
        lines = tap.splitlines()
        self.assertEqual(lines[0], "TAP version 14")
        self.assertEqual(lines[1], f"1..{len(report['results'])}")
        points = [line for line in lines if re.match("(not )?ok ", line)]
        self.assertEqual(len(points), len(report["results"]))
        for number, (point, result) in enumerate(
            zip(points, report["results"], strict=True), 1
        ):
            bad = "not ok" if result["verdict"] in BAD else "ok"
            start = f"{bad} {number} - {result['id']}"
            self.assertTrue(point.startswith(start), point)
            self.assertEqual("# SKIP" in point, result["verdict"] == "SKIP")
        self.assertEqual(tap.count("\n  ---\n"), tap.count("\n  ...\n"))
        self.assertIn('  message: "exit(0) in the check"', lines)

    def test_a_declared_deviation_is_no_failure_in_any(self):
        quirks = self.file("quirks.ini", f"[{ONE_CHECK}]\nreason = a <test>\n")
        words = ("--filter", ONE_CHECK, "--quirks", quirks)
        done, _, tree, tap = self.reports("exit_in_send", *words)
        self.assertEqual(done.returncode, 0)
        skipped = tree.find("testsuite/testcase/skipped")
        self.assertEqual(
            skipped.get("message"), "declared: a <test> (exit(0) in the check)"
        )
        self.assertIn(f"not ok 1 - {ONE_CHECK}:act # TODO a <test>", tap)

    def test_a_stale_quirk_is_a_failure_in_all(self):
        quirks = self.file("quirks.ini", f"[{ONE_CHECK}]\nreason = a test\n")
        words = ("--filter", ONE_CHECK, "--quirks", quirks)
        done, report, tree, tap = self.reports("good", *words)
        self.assertEqual(done.returncode, 1)
        reason = "it does not occur: remove it"
        self.assertEqual(report["results"][0]["reason"], reason)
        self.assertEqual(tree[0].get("failures"), "1")
        self.assertEqual(tree.find("testsuite/testcase/failure").get("message"), reason)
        self.assertIn(f"not ok 1 - quirk:{ONE_CHECK}\n", tap)
        self.assertIn(f"FAIL  quirk:{ONE_CHECK}: A deviation that is", done.stdout)

    def test_standard_output_has_one_report(self):
        words = ("check", hostile("good"), "--filter", "load")
        json.loads(run(*words, "--json", "-").stdout)
        xml.fromstring(run(*words, "--junit", "-").stdout)
        self.assertTrue(run(*words, "--tap").stdout.startswith("TAP version 14\n"))

    def test_several_targets(self):
        words = (hostile("good"), hostile("exit_in_entry"), "--filter", "load")
        reports = self.check(*words, status=1)
        self.assertEqual([one["conforming"] for one in reports], [True, False])
        tap = run("check", *words, "--tap").stdout
        self.assertIn("1..2\n", tap)
        tree = xml.fromstring(run("check", *words, "--junit", "-").stdout)
        self.assertEqual(len(tree), 2)

    def test_the_table(self):
        done, report, _, _ = self.reports("exit_in_send")
        lines = done.stdout.splitlines()
        self.assertIn("(c, ABI 0.", lines[0])
        self.assertIn("seed 5,", lines[1])
        for tier in {one["tier"] for one in report["results"]}:
            self.assertIn(tier, lines)
        self.assertIn("  exit(0) in the check", lines)
        self.assertRegex(lines[-1], r"^not conforming to ABI 0\.\d+: core[,;]")
        self.assertNotIn("\033", done.stdout)

    def statement(self, name, *words):
        return run("check", hostile(name), *words).stdout.splitlines()[-1]

    def test_the_statement_claims_nothing_that_was_left_out(self):
        none = "not checked: " + ", ".join(TIERS)
        self.assertEqual(self.statement("good", "--filter", "load"), none)
        self.assertRegex(self.statement("good"), r"^conforming to ABI \d+\.\d+: core")
        bad = self.statement("exit_in_send")
        self.assertRegex(bad, r"^not conforming to ABI \d+\.\d+: core")

    def test_a_pass_has_no_colour_without_a_terminal(self):
        done = run("check", hostile("good"), "--filter", "load")
        self.assertIn("  PASS  load ", done.stdout)


if __name__ == "__main__":
    unittest.main()
