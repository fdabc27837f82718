# SPDX-License-Identifier: MIT
"""The binding's examples compile without a warning and print what they say."""

import shutil
import tempfile
import unittest

import build_examples as examples
import package

MOST_LINES = 150


class ExamplesTest(unittest.TestCase):
    maxDiff = None

    def copy(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        return shutil.copytree(examples.EXAMPLES, f"{folder.name}/examples")

    def test_print_what_their_script_says(self):
        folder = examples.built()
        for name in examples.names():
            paths = [folder]
            if name in examples.DEPENDS:
                paths.append(package.site())
            with self.subTest(name):
                expected = (0, examples.promised(name), "")
                self.assertEqual(examples.use(name, *paths), expected)

    def test_one_that_depends_says_what_it_needs(self):
        status, _, error = examples.use("relay", examples.built())
        self.assertEqual(status, 1)
        self.assertIn("ModuleNotFoundError: No module named 'baton'", error)

    def test_build_from_an_installed_package(self):
        """What `pip install` of an author's project does, without a network."""
        python, target = package.python(), package.WORK / "project"
        project = self.copy()  # setuptools leaves files in it
        pip = [python, "-m", "pip", "install", "-q", "--no-deps"]
        package.run(*pip, "--force-reinstall", package.wheel())
        build = ["--upgrade", "--no-build-isolation", "--target", target]
        package.run(*pip, *build, project)
        expected = (0, examples.promised("answer"), "")
        self.assertEqual(examples.use("answer", target), expected)
        expected = (0, examples.promised("relay"), "")
        self.assertEqual(examples.use("relay", target, package.site()), expected)

    def test_are_short(self):
        for name in examples.names():
            with self.subTest(name):
                path = examples.EXAMPLES / f"{name}.c"
                self.assertLessEqual(examples.lines_of(path), MOST_LINES)


if __name__ == "__main__":
    unittest.main()
