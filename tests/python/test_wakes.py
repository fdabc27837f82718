# SPDX-License-Identifier: MIT
"""Wakes arrive, whoever drives and whatever the provider holds meanwhile."""

import unittest

from support import process


class Wakes(process.Subprocess):
    timeout = 30

    def test_under_a_lock_that_the_body_takes(self):
        self.prints(
            """
            import asyncio, odd
            sys.setswitchinterval(0.001)
            ended = False
            def send():
                while not ended:
                    odd.send()
            async def main():
                for _ in range(200):
                    await odd.receive()
            thread = threading.Thread(target=send, daemon=True)
            thread.start()
            asyncio.run(main())
            ended = True
            thread.join()
            print("end")
            """,
            "end\n",
        )

    def test_in_the_child_of_a_fork(self):
        self.prints(
            """
            import asyncio, scripted, signal
            warnings.simplefilter("ignore")
            async def wait():
                await scripted.coroutine([("pending", 3)])
            for _ in range(3):
                asyncio.run(wait())
            time.sleep(0.05)  # until the thread that wakes loops is idle
            child = os.fork()
            if child == 0:
                signal.alarm(10)
                for _ in range(10):
                    asyncio.run(wait())
                    time.sleep(0.02)
                os._exit(0)
            asyncio.run(wait())
            print("child", os.waitpid(child, 0)[1])
            """,
            "child 0\n",
        )

    def test_left_at_the_door_of_a_loop_that_is_closed(self):
        self.prints(
            """
            import asyncio, scripted
            async def begin():
                while True:
                    log = []
                    waits = scripted.coroutine(
                        [("pending", 5), ("catch",), ("pending", 10),
                         ("return", "woken")], log=log)
                    waits.send(None)
                    if not log:  # it was not woken before it could wait
                        return waits
                    waits.close()
            async def go_on():
                waiting = waits.throw(ValueError("caught"))
                while True:
                    waiting._asyncio_future_blocking = False
                    try:
                        await waiting
                        waiting = waits.send(None)
                    except StopIteration as stop:
                        return stop.value
            first = asyncio.new_event_loop()
            waits = first.run_until_complete(begin())
            time.sleep(0.05)  # it is woken now, and nobody runs that loop
            first.close()
            second = asyncio.new_event_loop()
            print(second.run_until_complete(go_on()))
            second.close()
            """,
            "woken\n",
        )

    def test_doors_go_with_their_loops(self):
        self.prints(
            """
            import asyncio, scripted
            async def wait():
                await scripted.coroutine([("pending", 1)])
            def files():
                gc.collect()
                return len(os.listdir("/proc/self/fd"))
            asyncio.run(wait())
            before = files()
            for _ in range(20):
                asyncio.run(wait())
            print(files() - before)
            """,
            "0\n",
        )

    def test_a_thousand_coroutines_share_a_door(self):
        self.prints(
            """
            import asyncio, scripted
            async def main():
                waits = [scripted.coroutine([("pending", 1 + i % 5), ("return", i)])
                         for i in range(1000)]
                print(sum(await asyncio.gather(*waits)))
            asyncio.run(main())
            """,
            f"{sum(range(1000))}\n",
        )

    def test_a_loop_that_watches_no_files(self):
        self.prints(
            """
            import asyncio, scripted
            async def main():
                print(await scripted.coroutine([("pending", 1), ("return", "woken")]))
            def add_reader(*args):
                raise NotImplementedError
            loop = asyncio.new_event_loop()
            loop.add_reader = add_reader
            loop.run_until_complete(main())
            loop.close()
            """,
            "woken\n",
        )

    def test_a_native_driver_inside_a_running_loop(self):
        self.prints(
            """
            import asyncio, driver, scripted
            from support.bodies import awaits
            def waits():
                return scripted.coroutine([("pending", 10), ("return", "woken")])
            async def main():
                print(driver.block_on(waits()))
                print(driver.block_on(awaits(waits())))
                print(await waits())
                print(await awaits(waits()))
            asyncio.run(main())
            """,
            "woken\n" * 4,
        )

    def test_a_loop_inside_a_native_driver(self):
        self.prints(
            """
            import asyncio, driver, scripted
            from support.bodies import awaits
            def waits():
                return scripted.coroutine([("pending", 10), ("return", "woken")])
            async def inside():
                print(await waits())
                print(asyncio.run(awaits(waits())))
                print(await waits())
            driver.block_on(inside())
            """,
            "woken\n" * 3,
        )

    def test_a_loop_after_the_last_wake(self):
        # What is registered first runs last: after the binding's own end.
        out, _ = self.run_code(
            """
            import asyncio, atexit
            async def wait():
                return await scripted.coroutine([("pending", 10), ("return", "woken")])
            @atexit.register
            def last():
                try:
                    print(asyncio.run(asyncio.wait_for(wait(), 10)))
                except RuntimeError as error:
                    print(error)
            import scripted
            print(asyncio.run(wait()))
            """
        )
        first, second = out.splitlines()
        self.assertEqual(first, "woken")
        self.assertIn("shuts down", second)

    def test_the_waker_of_a_native_driver_is_used_once(self):
        # That driver does not unsubscribe: it has been woken.
        self.prints(
            """
            import asyncio, odd, scripted
            from support.bodies import awaits
            ops = [("pending", 10), ("pending", 10), ("return", "woken")]
            made = awaits(scripted.coroutine(ops))
            odd.start(made)
            end = time.monotonic() + 10
            while odd.wakes()[0] == 0 and time.monotonic() < end:
                time.sleep(0.01)
            print(odd.wakes())
            async def main():
                return await asyncio.wait_for(asyncio.ensure_future(made), 10)
            print(asyncio.run(main()))
            """,
            "(1, 0)\nwoken\n",
        )

    def test_the_waker_of_a_native_driver_is_dropped(self):
        self.prints(
            """
            import driver, odd
            from support.bodies import awaits
            made = awaits(odd.receive())
            odd.start(made)
            print(odd.wakes())
            made.close()
            del made
            driver.handle(odd.receive(), pending=True).send(None)  # waits instead
            print(odd.wakes())
            """,
            "(0, 1)\n(0, 0)\n",
        )

    def test_two_objects_that_drive_one_body_have_two_wakers(self):
        # Both calls come from the same depth of C's stack.
        self.prints(
            """
            import asyncio, driver, relay, scripted
            async def by_hand(made):
                return await ByHand(made)
            class ByHand:
                def __init__(self, made):
                    self.made = made
                def __await__(self):
                    iterator = self.made.__await__()
                    while True:
                        try:
                            yield iterator.send(None)
                        except StopIteration as stop:
                            return stop.value
            async def main():
                ops = [("pending", 200), ("return", "woken")]
                body = driver.group("join", [scripted.coroutine(ops)])
                first = body.__await__()
                first.send(None)
                del first
                second = relay.coroutine(body)
                return await asyncio.wait_for(by_hand(second), 10)
            print(asyncio.run(main()))
            """,
            "['woken']\n",
        )


class Parked(process.Subprocess):
    """What waits for a native driver below Python frames."""

    def test_is_closed(self):
        self.prints(
            """
            import driver, scripted
            from support.bodies import awaits
            log = []
            made = scripted.coroutine([("never",)], [("call", lambda: "cleanup")], log)
            handle = driver.handle(awaits(made), pending=True)
            print(handle.send(None)[0], handle.close(), log)
            """,
            "yield ('return', None) ['cleanup']\n",
        )

    def test_is_thrown_into(self):
        self.prints(
            """
            import driver, scripted
            from support.bodies import awaits
            # Python's frame closes what it awaits: with a GeneratorExit of its own.
            for error in (GeneratorExit("e"), ValueError("v")):
                for whose in (0, 1):
                    log = []
                    made = scripted.coroutine([("never",), ("catch",)], log=log)
                    handle = driver.handle(awaits(made), pending=True)
                    handle.send(None)
                    try:
                        (handle, made)[whose].throw(error)
                    except BaseException:
                        pass
                    print(log)
                    del handle, made
            """,
            """\
            [GeneratorExit()]
            [GeneratorExit('e')]
            [ValueError('v')]
            [ValueError('v')]
            """,
        )


if __name__ == "__main__":
    unittest.main()
