# SPDX-License-Identifier: MIT
"""References, cycles, threads, and what is dropped in the middle."""

import gc
import sys
import threading
import types
import unittest
import weakref

import modules

forms = modules.load("forms")
chain = modules.load("chain_here")
countdown = modules.load("countdown")
drive = modules.load("drive")


class Value:
    pass


@types.coroutine
def suspend(value=None):
    return (yield value)


def finish(made):
    try:
        while True:
            made.send(None)
    except StopIteration as stop:
        return stop.value


class Unraisable:
    """What went to sys.unraisablehook."""

    def __enter__(self):
        self.before, self.told = sys.unraisablehook, []
        sys.unraisablehook = lambda info: self.told.append(repr(info.exc_value))
        return self.told

    def __exit__(self, *exception):
        sys.unraisablehook = self.before


class References(unittest.TestCase):
    def gone(self, make):
        """What `make` does with a value leaves no reference to it."""
        value = Value()
        reference = weakref.ref(value)
        make(value)
        del value
        for _ in range(2):
            # The finalizer of a Cython coroutine that never ran takes it out of the
            # first collection.
            if reference() is not None:
                gc.collect()
        self.assertIsNone(reference())

    def test_results_arguments_and_what_is_sent(self):
        def use(value):
            made = forms.held(value, suspend(value))
            self.assertIs(made.send(None), value)
            with self.assertRaises(StopIteration) as caught:
                made.send(value)
            self.assertIs(caught.exception.value, value)

        self.gone(use)

    def test_what_never_ran(self):
        self.gone(lambda value: forms.held(value, None).close())
        self.gone(lambda value: forms.counting(value))
        self.gone(lambda value: forms.numbers(value, []))

    def test_what_is_dropped_while_it_waits(self):
        def drop(value):
            log = []
            made = forms.cleaned(suspend(value), log)
            made.send(None)
            del made
            self.assertEqual(log, ["GeneratorExit", "cleanup"])

        self.gone(drop)

    def test_thrown_exceptions(self):
        def throw(value):
            made = forms.held(1, suspend())
            made.send(None)
            with self.assertRaises(KeyError) as caught:
                made.throw(KeyError(value))
            self.assertIs(caught.exception.args[0], value)
            caught.exception.__traceback__ = None

        self.gone(throw)

    def test_cycles(self):
        def cycle(value, begun):
            box = [value]
            made = forms.held(box, suspend())
            box.append(made)
            if begun:
                made.send(None)
            else:
                box.append(made.close)

        for begun in (True, False):
            with self.subTest(begun=begun), Unraisable() as told:
                with self.assertWarnsNever():
                    self.gone(lambda value, begun=begun: cycle(value, begun))
                self.assertEqual(told, [])

    def assertWarnsNever(self):  # noqa: N802
        import warnings

        caught = warnings.catch_warnings()
        self.addCleanup(warnings.resetwarnings)
        warnings.simplefilter("ignore")
        return caught

    def test_cycles_of_generators(self):
        def cycle(value):
            log = [value]
            made = forms.numbers(3, log)
            log.append(made)
            step = made.__anext__()
            with self.assertRaises(StopIteration):
                step.send(None)

        self.gone(cycle)

    def test_cycles_of_extension_types(self):
        made = [countdown.Countdown(3).start() for _ in range(10)]
        for each in made:
            each.send(None)
        reference = weakref.ref(made[0])
        del made, each
        gc.collect()
        self.assertIsNone(reference())

    def test_nothing_is_left_in_memory(self):
        def once():
            finish(forms.held(1, chain.relay(chain.flat(suspend()))))
            finish(countdown.Doubled(3).start())
            finish(drive.sum_below(3000))
            drive.block_on_sum(3000)
            drive.run(forms.documented(1))
            list(forms.counting(4))
            forms.numbers(3, []).aclose().close()

        def objects():
            gc.collect()
            return len(gc.get_objects()), forms.blocks()

        for _ in range(3):
            once()
        before = objects()
        for _ in range(200):
            once()
        after = objects()
        self.assertEqual(after[1], before[1])
        self.assertLess(after[0] - before[0], 50)


class Dropping(unittest.TestCase):
    def test_an_error_of_the_cleanup_is_told(self):
        async def fails():
            try:
                await suspend()
            finally:
                raise KeyError("cleanup")

        with Unraisable() as told:
            made = chain.relay(fails())
            made.send(None)
            del made
        self.assertEqual(told, ["KeyError('cleanup')"])

    def test_one_that_ignores_its_close(self):
        with Unraisable() as told:
            made = forms.stubborn(suspend)
            made.send(None)
            with self.assertRaises(RuntimeError) as caught:
                made.close()
            self.assertEqual(str(caught.exception), "coroutine ignored GeneratorExit")
            made.send(None)
            del made
        self.assertEqual(told[:1], ["RuntimeError('coroutine ignored GeneratorExit')"])

    def test_released_by_itself(self):
        box = []

        async def clears():
            box.clear()
            await suspend()
            return "end"

        box.append(chain.relay(clears()))
        made = box[0]
        made.send(None)
        self.assertEqual(finish(made), "end")

    def test_resumed_from_inside(self):
        box = []

        async def again():
            with self.assertRaises(ValueError) as caught:
                box[0].send(None)
            self.assertEqual(str(caught.exception), "coroutine already executing")
            return "end"

        for function in (chain.relay, chain.flat):
            box[:] = [function(again())]
            self.assertEqual(finish(box[0]), "end")


class Delegation(unittest.TestCase):
    def test_it_is_told(self):
        inner = chain.relay(suspend())
        outer = chain.flat(inner)
        outer.send(None)
        self.assertIs(outer.cr_await, inner)
        self.assertEqual(finish(outer), None)

    def test_a_deep_chain_needs_no_stack(self):
        made = suspend("deep")
        for _ in range(50000):
            made = chain.flat(made)
        self.assertEqual(made.send(None), "deep")
        with self.assertRaises(KeyError) as caught:
            made.throw(KeyError("k"))
        self.assertEqual(caught.exception.args, ("k",))
        caught.exception.__traceback__ = None

    def test_an_error_below_a_handler_has_its_context(self):
        async def fails():
            raise ValueError("v")

        for function in (lambda awaitable: awaitable, chain.relay, chain.flat):
            made = forms.from_handler(function(fails()))
            with self.assertRaises(ValueError) as caught:
                made.send(None)
            self.assertEqual(repr(caught.exception.__context__), "KeyError('handled')")

    def test_one_that_is_awaited_already(self):
        inner = chain.relay(suspend())
        first, second = chain.flat(inner), chain.flat(inner)
        first.send(None)
        with self.assertRaises(RuntimeError) as caught:
            second.send(None)
        self.assertEqual(str(caught.exception), "coroutine is being awaited already")
        finish(first)

    def test_what_cannot_be_awaited(self):
        for function in (chain.relay, chain.flat):
            with self.assertRaisesRegex(TypeError, "int"):
                function(5).send(None)


class Threads(unittest.TestCase):
    def test_each_step_on_another_thread(self):
        made, results = forms.counting(40), []
        for _ in range(40):
            thread = threading.Thread(target=lambda: results.append(next(made)))
            thread.start()
            thread.join()
        self.assertEqual(results, list(range(40)))

    def test_many_at_once(self):
        failed = []

        def work():
            for number in range(2000):
                if finish(forms.held(number, chain.flat(suspend()))) != number:
                    failed.append(number)

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(failed, [])

    def test_dropped_on_another_thread(self):
        log = []
        box = [forms.cleaned(suspend(), log)]
        box[0].send(None)
        thread = threading.Thread(target=box.clear)
        thread.start()
        thread.join()
        self.assertEqual(log, ["GeneratorExit", "cleanup"])
