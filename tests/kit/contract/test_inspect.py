# SPDX-License-Identifier: MIT
"""baton inspect, on providers that are compiled here."""

import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
KIT = os.environ.get("BATON_KIT", str(ROOT / "build/dev/tools/kit/baton-kit"))

PROVIDER = """\
#include <baton/baton.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

static int32_t BATON_CALL keep(const baton_value *self) { return BATON_OK; }
static int32_t BATON_CALL run(const baton_value *self, baton_context *cx,
                              baton_value *in, baton_value *out) {
  return BATON_UNSUPPORTED;
}
static int32_t BATON_CALL stop(const baton_value *self, baton_context *cx,
                               baton_value *out) {
  return BATON_RETURN;
}
static const baton_coroutine_methods methods = {sizeof methods, 0, run, run, stop};
static const baton_type type = {.struct_size = sizeof type,
                                .abi_minor = BATON_ABI_MINOR,
                                .magic = BATON_TYPE_MAGIC,
                                .name = "small.coroutine",
                                .retain = keep,
                                .release = keep,
                                .as_coroutine = &methods};

static int32_t BATON_CALL create(const baton_export *self, baton_context *cx,
                                 baton_value *arguments, uint64_t count,
                                 baton_value *out) {
  CREATE
  out->head.type = &type;
  return BATON_OK;
}
static const baton_export first = {sizeof first, 0, "make", "makes one", create};
static const baton_export *const exports[] = {&first};

static const uint64_t bytes[] = {MANIFEST};
static const baton_manifest manifest = {sizeof manifest, 0,
                                        (const uint8_t *)bytes, SIZE};
static int32_t BATON_CALL query(const baton_provider *self, const char *id,
                                const void **out) {
  *out = SIZE && !strcmp(id, BATON_EXT_MANIFEST) ? &manifest : NULL;
  return *out ? BATON_OK : BATON_UNSUPPORTED;
}

const baton_provider *BATON_CALL baton_provider_v0(void) {
  static const baton_provider provider = {.struct_size = sizeof provider,
                                          .abi_minor = BATON_ABI_MINOR,
                                          .magic = BATON_PROVIDER_MAGIC,
                                          .name = "small\\x1b[31m",
                                          .version = "1.2.3",
                                          .language = "c",
                                          .exports = exports,
                                          .export_count = 1,
                                          .query = query};
  return &provider;
}
"""


def run(*arguments):
    done = subprocess.run(
        [KIT, "inspect", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=120,
    )
    return done.returncode, done.stdout, done.stderr


class Inspect(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)

    def library(self, create="", manifest=b""):
        """A provider with this code in its create, and these bytes."""
        padded = manifest + bytes(-len(manifest) % 8 or 8 * (not manifest))
        words = [
            str(int.from_bytes(padded[at : at + 8], "little")) + "u"
            for at in range(0, len(padded), 8)
        ]
        source = self.root / "provider.c"
        text = PROVIDER.replace("CREATE", create, 1)
        text = text.replace("{MANIFEST}", "{" + ",".join(words) + "}")
        source.write_text(text.replace("SIZE", str(len(manifest))))
        library = self.root / "provider.so"
        flags = ["-std=c11", "-D_GNU_SOURCE", "-w", "-fPIC", "-shared"]
        include = f"-I{ROOT / 'include'}"
        command = [os.environ.get("CC", "cc"), *flags, include, "-o", library, source]
        subprocess.run(command, check=True)
        return library

    def manifest(self):
        path = self.root / "golden.bin"
        tool = ROOT / "abi" / "manifest.py"
        subprocess.run([tool, "--binary", path], check=True)
        return path.read_bytes()

    def refuses(self, *arguments, saying):
        status, output, errors = run(*arguments)
        self.assertEqual((status, output), (2, ""), errors)
        self.assertEqual(errors.count("\n"), 1, errors)
        self.assertTrue(errors.startswith("baton: "), errors)
        self.assertIn(saying, errors)

    def test_shows_what_is_there(self):
        status, output, errors = run(self.library())
        self.assertEqual((status, errors), (0, ""))
        self.assertIn("  name          small?[31m\n", output)
        self.assertIn("  version       1.2.3\n", output)
        self.assertIn("  manifest      none\n", output)
        self.assertIn("  make        makes one\n", output)
        self.assertIn("  small.coroutine, made by make\n", output)
        self.assertIn("    baton_coroutine_methods   send throw_ close\n", output)

    def test_shows_it_to_programs(self):
        status, output, errors = run("--json", self.library(manifest=self.manifest()))
        self.assertEqual((status, errors), (0, ""))
        found = json.loads(output)
        golden = json.loads((ROOT / "abi" / "manifest.json").read_text())
        self.assertEqual(found["format"], 1)
        self.assertEqual(found["abi"], "0.1")
        self.assertEqual(found["extensions"], ["baton.manifest/1"])
        self.assertEqual(
            found["manifest"]["fingerprint"], f"{golden['fingerprint']:016x}"
        )
        self.assertEqual(
            found["manifest"]["requirements"],
            [item["id"] for item in golden["requirements"]],
        )
        self.assertEqual(found["exports"], [{"name": "make", "summary": "makes one"}])
        self.assertEqual(found["types"][0]["exports"], ["make"])

    def test_writes_the_manifest(self):
        library = self.library("abort();", self.manifest())
        target = self.root / "out.bin"
        self.assertEqual(run("--manifest-out", target, library), (0, "", ""))
        self.assertEqual(target.read_bytes(), self.manifest())
        status, output, _ = run(target)
        self.assertEqual(status, 0)
        self.assertIn("  manifest      baton 0.1, fingerprint ", output)

    def test_manifests_that_cannot_be_read(self):
        target = self.root / "out.bin"
        library = self.library()
        self.refuses("--manifest-out", target, library, saying="carries no manifest")
        library = self.library(manifest=self.manifest()[:1000])
        self.refuses(
            "--manifest-out",
            target,
            library,
            saying="cannot be read: its bytes are not a valid manifest",
        )
        self.assertFalse(target.exists())
        torn = self.root / "torn.bin"
        torn.write_bytes(self.manifest()[:1000])
        self.refuses(
            "--manifest-out",
            target,
            torn,
            saying="cannot be read: its bytes are not a valid manifest",
        )
        status, output, _ = run(library)
        self.assertEqual(status, 0)
        self.assertIn("  manifest      cannot be read: its bytes are not", output)

    def test_a_manifest_that_cannot_be_written(self):
        library = self.library(manifest=self.manifest())
        target = self.root / "none" / "out.bin"
        self.refuses("--manifest-out", target, library, saying="cannot be written")

    def test_libraries_that_break(self):
        library = self.library("raise(SIGSEGV);")
        self.refuses(library, saying="cannot be inspected: SIGSEGV in create of make")
        library = self.library("_Exit(0);")
        self.refuses(library, saying="cannot be inspected: exit(0) in create of make")
        library = self.library("for (;;) raise(0);")
        self.refuses(
            "--timeout", "0.5", library, saying="did not end in create of make"
        )

    def test_what_is_no_library(self):
        self.refuses(self.root / "none.so", saying="No such file or directory")
        text = self.root / "text.so"
        text.write_text("la la")
        self.refuses(text, saying="is no shared library")

    def test_the_wrong_words(self):
        self.refuses(saying="give one library; see baton inspect --help")
        self.refuses("a", "b", saying="give one library")
        self.refuses("--loud", "a", saying="--loud")


if __name__ == "__main__":
    unittest.main()
