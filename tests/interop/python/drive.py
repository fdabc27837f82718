# SPDX-License-Identifier: MIT
"""Takes the steps of a script with an awaitable, as a task of asyncio would."""

import asyncio
import inspect

import words

STATES = {
    "CORO_CREATED": "created",
    "CORO_RUNNING": "running",
    "CORO_SUSPENDED": "suspended",
    "CORO_CLOSED": "closed",
}


class Drive:
    """Steps that run nothing of ours are methods of its name."""

    def __init__(self, held, witness):
        self.object = held.pop()
        self.handle = self.object if hasattr(self.object, "send") else None
        self.witness = witness
        self.last = self.future = None

    def call(self, method, *arguments):
        self.last = None
        try:
            given = method(*arguments)
        except StopIteration as stop:
            self.last = stop.value
            return self.witness.say(f"return {words.value(self.witness, self.last)}")
        except BaseException as error:
            return self.witness.say(words.error(error))
        if asyncio.isfuture(given):
            self.future = given
            return self.witness.say("pending")
        self.last = given
        self.witness.say(f"yield {words.value(self.witness, given)}")

    def send(self, text):
        self.call(
            self.handle.send, self.last if text == "last" else words.read_value(text)
        )

    def throw(self, text):
        self.call(self.handle.throw, words.read_error(text))

    def close(self, _):
        try:
            result = self.handle.close()
        except BaseException as error:
            return self.witness.say(words.error(error))
        self.witness.say(f"return {words.value(self.witness, result)}")

    def state(self, _):
        state = inspect.getcoroutinestate(self.handle)
        self.witness.say(f"state {STATES[state]}")

    def do(self, name):
        self.witness.act(name)
        self.witness.say("done")

    def drop(self, _):
        self.object = self.handle = self.last = self.future = None
        self.witness.say("dropped")

    def begin(self, awaitable):
        self.handle = awaitable
        self.call(awaitable.send, None)

    def anext(self, _):
        self.begin(self.object.__anext__())

    def asend(self, text):
        self.begin(self.object.asend(words.read_value(text)))

    def athrow(self, text):
        self.begin(self.object.athrow(words.read_error(text)))

    def aclose(self, _):
        self.begin(self.object.aclose())

    async def wait(self):
        if self.future:  # else it was a bare yield
            self.future._asyncio_future_blocking = False
            await self.future
            self.future = None
        self.witness.say("woken")


async def run(drive, script):
    for step in script.splitlines():
        name, _, rest = step.partition(" ")
        if name == "wait":
            await drive.wait()
        else:
            getattr(drive, name)(rest)


def drive(held, script, witness):
    """`held` is a list with the object, which is taken out."""
    asyncio.run(run(Drive(held, witness), script))
