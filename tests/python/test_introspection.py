# SPDX-License-Identifier: MIT
"""Debuggers' and asyncio's view of native coroutines."""

import asyncio
import inspect
import io
import os
import signal
import subprocess
import sys
import textwrap
import traceback
import types
import unittest

from support import bodies, extensions, links, process
from support.bodies import suspend

scripted = relay = None
GRAPH = hasattr(asyncio, "capture_call_graph")


def setUpModule():
    global scripted, relay
    scripted, relay = extensions.load("scripted"), extensions.load("relay")


class States(unittest.TestCase):
    def test_coroutines(self):
        state = inspect.getcoroutinestate
        made = scripted.coroutine([("yield", 1), ("call", lambda: state(made))])
        self.assertEqual(state(made), inspect.CORO_CREATED)
        made.send(None)
        self.assertEqual(state(made), inspect.CORO_SUSPENDED)
        made.close()
        self.assertEqual(state(made), inspect.CORO_CLOSED)
        log = []
        box = []
        box.append(scripted.coroutine([("call", lambda: state(box[0]))], log=log))
        with self.assertRaises(StopIteration):
            box[0].send(None)
        self.assertEqual(log, [inspect.CORO_RUNNING])

    def test_generators(self):
        state = inspect.getgeneratorstate
        made = scripted.generator([("yield", 1)])
        self.assertEqual(state(made), inspect.GEN_CREATED)
        next(made)
        self.assertEqual(state(made), inspect.GEN_SUSPENDED)
        made.close()
        self.assertEqual(state(made), inspect.GEN_CLOSED)

    @unittest.skipIf(sys.version_info < (3, 12), "getasyncgenstate came with 3.12")
    def test_async_generators(self):
        state = inspect.getasyncgenstate
        made = scripted.async_generator([("await", suspend()), ("item", 1)])
        self.assertEqual(state(made), inspect.AGEN_CREATED)

        async def native():
            await suspend()
            yield 1

        twin = native()
        steps = [one.asend(None) for one in (made, twin)]
        for step in steps:
            step.send(None)
        self.assertEqual(state(made), state(twin))
        for step in steps:
            with self.assertRaises(StopIteration):
                step.send(None)
        self.assertEqual(state(made), inspect.AGEN_SUSPENDED)
        for one in (made, twin):
            with self.assertRaises(StopIteration):
                one.aclose().send(None)
        self.assertEqual(state(made), inspect.AGEN_CLOSED)


class Code(unittest.TestCase):
    def test_it_tells_the_body(self):
        for kind, prefix in (
            ("coroutine", "cr"),
            ("generator", "gi"),
            ("async_generator", "ag"),
        ):
            made = getattr(scripted, kind)([])
            code = getattr(made, prefix + "_code")
            self.assertIsInstance(code, types.CodeType)
            self.assertEqual(code.co_name, f"scripted_{kind}")
            self.assertEqual(os.path.basename(code.co_filename), "scripted.c")
            self.assertGreater(code.co_firstlineno, 1)
            if sys.version_info >= (3, 11):
                self.assertEqual(code.co_qualname, f"scripted_{kind}")
            frame = getattr(made, prefix + "_frame")
            self.assertIsInstance(frame, types.FrameType)
            self.assertIs(frame.f_code, code)
            getattr(made, "close", lambda: None)()

    def test_the_line_follows_the_body(self):
        made = scripted.coroutine([("yield", 1)])
        made.send(None)
        lines = extensions.HERE.joinpath("ext/scripted.c").read_text().splitlines()
        self.assertIn("BATON_SUSPEND", lines[made.cr_frame.f_lineno - 1])
        made.close()

    def test_what_it_awaits(self):
        inner = suspend()
        made = scripted.coroutine([("await", inner)])
        self.assertIsNone(made.cr_await)
        made.send(None)
        self.assertIs(made.cr_await, inner)
        made.close()
        self.assertIsNone(made.cr_await)

    def test_a_chain_of_both_kinds(self):
        async def python(inner):
            await inner

        innermost = suspend()
        parts = [python(innermost)]
        for _ in range(3):
            parts.append(scripted.coroutine([("await", parts[-1])]))
            parts.append(python(parts[-1]))
        outermost = parts[-1]
        outermost.send(None)
        chain, seen = outermost, []
        while chain is not None:
            seen.append(chain)
            chain = getattr(chain, "cr_await", None)
        self.assertEqual(len(seen), len(parts) + 1)
        for got, expected in zip(seen, [*reversed(parts), innermost]):  # noqa: B905
            if type(got).__name__ == "coroutine_wrapper":
                # Python shows what am_await gave it; the walk goes on through it.
                self.assertIs(got.cr_code, expected.cr_code)
                self.assertIs(got.cr_await, expected.cr_await)
            else:
                self.assertIs(got, expected)
        outermost.close()


class TaskViews(unittest.TestCase):
    def with_task(self, look, make=None):
        """What `look(task)` gives for a task that waits in a native body."""

        async def main():
            made = make() if make else scripted.coroutine([("never",)])
            task = asyncio.create_task(made, name="the task")
            await asyncio.sleep(0.01)
            try:
                return look(task)
            finally:
                task.cancel()
                try:
                    await task
                except asyncio.CancelledError:
                    pass

        return asyncio.run(main())

    def test_repr(self):
        text = self.with_task(repr)
        self.assertIn("the task", text)
        self.assertIn("scripted_coroutine() ", text)
        self.assertIn("scripted.c:", text)

    def test_get_coro(self):
        made = scripted.coroutine([("never",)])
        got = self.with_task(lambda task: task.get_coro(), lambda: made)
        self.assertIs(got, made)

    def test_get_stack(self):
        stack = self.with_task(lambda task: task.get_stack())
        self.assertEqual([f.f_code.co_name for f in stack], ["scripted_coroutine"])

    def test_print_stack(self):
        def look(task):
            file = io.StringIO()
            task.print_stack(file=file)
            return file.getvalue()

        text = self.with_task(look)
        self.assertIn("scripted_coroutine", text)
        self.assertIn("scripted.c", text)
        self.assertNotIn("No stack", text)

    def test_stack_of_a_task_that_failed(self):
        async def main():
            task = asyncio.create_task(scripted.coroutine([("error", 3, "m")]))
            await asyncio.wait([task])
            file = io.StringIO()
            task.print_stack(file=file)
            return file.getvalue()

        text = asyncio.run(main())
        self.assertIn("scripted_coroutine", text)
        self.assertIn("ValueError: m", text)

    def test_logged_exceptions(self):
        async def main():
            seen = []
            loop = asyncio.get_running_loop()
            loop.set_exception_handler(lambda loop, context: seen.append(context))
            task = asyncio.create_task(scripted.coroutine([("error", 3, "m")]))
            await asyncio.sleep(0.01)
            del task
            return seen

        seen = asyncio.run(main())
        self.assertEqual(seen[0]["message"], "Task exception was never retrieved")

    @unittest.skipUnless(GRAPH, "call graphs came with 3.14")
    def test_call_graph_of_a_native_coroutine(self):
        graph = self.with_task(asyncio.capture_call_graph)
        names = [entry.frame.f_code.co_name for entry in graph.call_stack]
        self.assertIn("scripted_coroutine", names)

    @unittest.skipUnless(GRAPH, "call graphs came with 3.14")
    def test_call_graph_is_that_of_native_links(self):
        def graph(kit):
            async def waits():
                await asyncio.sleep(30)

            async def top():
                await kit.coroutine(waits())

            def look(task):
                graph = asyncio.capture_call_graph(task)
                text = asyncio.format_call_graph(task)
                names = [entry.frame.f_code.co_name for entry in graph.call_stack]
                # Of several relays only the outermost is named.
                names = ["link" if name == "relay" else name for name in names]
                return names, text.count("\n")

            return self.with_task(look, top)

        for native, twin in links.pairs():
            with self.subTest(twin=twin.name):
                self.assertEqual(graph(native), graph(twin))

    @unittest.skipUnless(GRAPH, "call graphs came with 3.14")
    def test_call_graph_from_inside(self):
        """It is made of the frames that run: a native body has none of Python's."""

        def graph(kit):
            seen = []

            async def looks():
                file = io.StringIO()
                asyncio.print_call_graph(file=file)
                entries = asyncio.capture_call_graph().call_stack
                seen.extend(entry.frame.f_code.co_name for entry in entries)
                self.assertIn("looks", file.getvalue())

            asyncio.run(kit.coroutine(looks()))
            return seen

        for native, twin in links.pairs():
            with self.subTest(twin=twin.name):
                expected = [name for name in graph(native) if name != "link"]
                self.assertEqual(expected, graph(twin))


class Tracebacks(unittest.TestCase):
    def test_walk_stack_of_a_suspended_chain(self):
        async def python(inner):
            await inner

        made = python(scripted.coroutine([("await", python(suspend()))]))
        made.send(None)
        summary = traceback.StackSummary.extract(
            (frame, frame.f_lineno) for frame in (made.cr_frame, made.cr_await.cr_frame)
        )
        self.assertEqual(
            [entry.name for entry in summary], ["python", "scripted_coroutine"]
        )
        made.close()

    def test_current_stack_from_inside(self):
        seen = []

        async def looks():
            seen.extend(entry.name for entry in traceback.extract_stack())

        async def outer():
            await relay.coroutine(looks(), 1)

        with self.assertRaises(StopIteration):
            outer().send(None)
        self.assertEqual(seen[-1], "looks")
        self.assertIn("outer", seen)


SERVER = """
import asyncio, sys
sys.path[:0] = {paths!r}
{imports}

async def main():
    task = asyncio.create_task({coroutine}, name="native task")
    await asyncio.sleep(0.1)
    print("ready", flush=True)
    await asyncio.sleep(60)

asyncio.run(main())
"""


class OutOfProcess(process.Subprocess):
    """`python -m asyncio ps` of a process whose Task runs a native coroutine."""

    def look(self, command, imports, coroutine):
        code = SERVER.format(
            paths=[self.folder, str(extensions.HERE)],
            imports=imports,
            coroutine=coroutine,
        )
        with subprocess.Popen(
            [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True
        ) as server:
            try:
                self.assertEqual(server.stdout.readline(), "ready\n")
                return subprocess.run(
                    [sys.executable, "-m", "asyncio", command, str(server.pid)],
                    stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT,
                    text=True,
                    timeout=60,
                )
            finally:
                server.send_signal(signal.SIGKILL)

    def compare(self, command):
        if sys.version_info < (3, 14):
            self.skipTest(f"python -m asyncio {command} came with 3.14")
        control = self.look(command, "", "asyncio.sleep(60)")
        if control.returncode:
            self.skipTest(f"not even Python's own works here: {control.stdout[-300:]}")
        imports = textwrap.dedent("""
            import scripted, relay
            async def waits():
                await asyncio.sleep(60)
        """)
        for coroutine in (
            "scripted.coroutine([('never',)])",
            "relay.coroutine(waits(), 1)",
            "relay.coroutine(waits(), 4, True)",
        ):
            with self.subTest(coroutine=coroutine):
                done = self.look(command, imports, coroutine)
                self.assertEqual(done.returncode, 0, done.stdout)
                self.assertIn("native task", done.stdout)

    def test_ps(self):
        self.compare("ps")

    def test_pstree(self):
        self.compare("pstree")


class Bodies(unittest.TestCase):
    def test_names_can_be_given(self):
        made = relay.coroutine(bodies.Bare(), 1, False, "name", "Qualified.name")
        self.assertEqual(made.__name__, "name")
        self.assertEqual(made.__qualname__, "Qualified.name")
        self.assertIn("<coroutine object Qualified.name at 0x", repr(made))
        made.close()


if __name__ == "__main__":
    unittest.main()
