# SPDX-License-Identifier: MIT
"""Several threads and one object. Nothing here waits for a time to pass."""

import threading

from baton_check.behaviours.throw import started
from baton_check.bodies import Bare, cleans, echo, forever, suspend
from baton_check.registry import Group

BOTH = "relay generator"
check = Group("threads", "threads", "Objects/genobject.c:gen_send_ex2", shapes=BOTH)


class Gate(Bare):
    """While it runs another thread may do something. It has no throw and no close,
    as Inside in send.py.
    """

    def __init__(self):
        self.inside = threading.Event()
        self.leave = threading.Event()

    def __next__(self):
        self.inside.set()
        self.leave.wait()
        return "left"

    def __repr__(self):
        return "gate"


def in_thread(function, *arguments):
    thread = threading.Thread(target=function, args=arguments)
    thread.start()
    return thread


def while_it_runs(make, log, action):
    """Does something from here while it runs in another thread."""
    gate = Gate()
    made = make(gate)
    results = []
    thread = in_thread(lambda: results.append(made.send(None)))
    gate.inside.wait()
    try:
        log.do("from another thread", action, made)
    finally:
        gate.leave.set()
        thread.join()
    log("it got", results)
    log.do("then", made.send, None)


@check()
def send_while_running(make, log):
    """send() while another thread runs it says that it is executing"""
    while_it_runs(make, log, lambda made: made.send(None))


@check("Objects/genobject.c:_gen_throw", since=(3, 13))  # as in throw.py
def throw_while_running(make, log):
    """throw() while another thread runs it says that it is executing"""
    while_it_runs(make, log, lambda made: made.throw(ValueError("v")))


@check("Objects/genobject.c:gen_close", since=(3, 13))  # as in throw.py
def close_while_running(make, log):
    """close() while another thread runs it says that it is executing"""
    while_it_runs(make, log, lambda made: made.close())


# Before, what it says depends on where in its code the other thread is.
@check("Python/ceval.c:_PyEval_GetAwaitable", shapes="relay", since=(3, 13))
def await_while_running(make, log):
    """Awaiting it while another thread runs it says that it is executing"""

    async def waiter(made):
        await made

    while_it_runs(make, log, lambda made: waiter(made).send(None))


@check("Objects/genobject.c:gen_repr")
def read_while_running(make, log):
    """Names and repr can be read while another thread runs it"""
    while_it_runs(make, log, lambda made: (made.__name__, repr(made)))


@check("Objects/genobject.c:gen_getrunning")
def running_while_running(make, log):
    """Its running attribute is true while another thread runs it"""
    name = "gi_running" if make.shape == "generator" else "cr_running"
    while_it_runs(make, log, lambda made: getattr(made, name))


@check()
def driven_elsewhere(make, log):
    """It may run in another thread than it was made in"""
    made = make(echo(2))
    in_thread(log.do, "elsewhere", made.send, None).join()
    log.do("here", made.send, "a")
    in_thread(log.do, "elsewhere", made.send, "b").join()


@check()
def another_thread_each_step(make, log):
    """Each step may be in another thread"""
    made = make(echo(5))
    for number in range(6):
        in_thread(log.do, f"step {number}", made.send, number or None).join()


@check("Objects/genobject.c:_gen_throw")
def thrown_elsewhere(make, log):
    """throw() and close() may come from another thread"""
    made = started(make, suspend())
    in_thread(log.do, "throw", made.throw, ValueError("v")).join()
    made = started(make, cleans(log))
    in_thread(log.do, "close", made.close).join()


@check("Objects/genobject.c:_PyGen_Finalize")
def dropped_elsewhere(make, log):
    """It may be let go of by another thread"""
    held = [started(make, cleans(log))]
    in_thread(held.clear).join()
    log("gone")


@check()
def race_of_senders(make, log):
    """Threads that send at the same time: each step is one sender's"""
    made = make(forever())
    made.send(None)
    start = threading.Barrier(4)
    odd = []

    def sender():
        start.wait()
        for _ in range(300):
            try:
                if made.send(None) is not None:
                    odd.append("value")
            except ValueError as error:
                if "already executing" not in str(error):
                    odd.append(str(error))
            except BaseException as error:
                odd.append(repr(error))

    threads = [in_thread(sender) for _ in range(4)]
    for thread in threads:
        thread.join()
    log("odd", odd[:3])
    log.do("close", made.close)


@check("Objects/genobject.c:gen_close")
def race_of_closers(make, log):
    """Threads that close at the same time: cleanup runs once"""
    for _ in range(50):
        ends = []
        made = started(make, cleans(lambda _, ends=ends: ends.append(1)))
        start = threading.Barrier(3)
        odd = []

        def closer(made=made, start=start, odd=odd):
            start.wait()
            try:
                made.close()
            except ValueError:
                pass
            except BaseException as error:
                odd.append(repr(error))

        threads = [in_thread(closer) for _ in range(3)]
        for thread in threads:
            thread.join()
        if len(ends) != 1 or odd:
            log("cleanups", len(ends), odd)
            break
    log("end")


@check()
def many_at_once(make, log):
    """Many in many threads do not disturb each other"""
    wrong = []

    def worker(number):
        for index in range(100):
            made = make(suspend(number))
            try:
                if made.send(None) != number:
                    wrong.append("yield")
                made.send((number, index))
            except StopIteration as stop:
                if stop.value != (number, index):
                    wrong.append("result")

    threads = [in_thread(worker, number) for number in range(4)]
    for thread in threads:
        thread.join()
    log("wrong", wrong[:3])


@check("Objects/genobject.c:async_gen_asend_send", shapes="produce")
def items_elsewhere(make, log):
    """The items of an async generator may be had in different threads"""
    from baton_check.bodies import ready

    made = make([ready(1), ready(2)])
    for number in range(3):
        step = made.asend(None)
        in_thread(log.do, f"item {number}", step.send, None).join()
