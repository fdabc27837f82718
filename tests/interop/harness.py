# SPDX-License-Identifier: MIT
"""Runs one scenario between two languages, and judges what it did."""

import gc
import sys
import weakref

import interop_host as host
import languages
import scenario as scenarios
import words

# CPython 3.12 has a limit for calls of C that no program can raise.
DEEP = 300 if sys.version_info[:2] == (3, 12) else 1000
NUMBER = 100  # of the thing


class Thing:
    """An object of Python's own."""


class Harness:
    """What bodies and consumers talk to while a scenario runs."""

    def __init__(self, producer, consumer):
        self.producer, self.consumer = producer, consumer
        self.trace = []
        self.kept = None
        self.thing = lambda: None

    def say(self, line):
        self.trace.append(line)

    def act(self, name):
        if name == "intrude":
            self.intrude()
        elif name.startswith("ring "):
            self.producer.ring(name == "ring open")
        else:
            host.ring_gate(name == "open")

    def identify(self, thing):
        return NUMBER if thing is self.thing() else host.token_number(thing)

    def intrude(self):
        try:
            self.kept.intrude()
            self.say("intruded")
        except BaseException as error:
            self.say(f"intruded {words.error(error)}")

    # ---- Making what a scenario wants ------------------------------------

    def argument(self, word, language, it):
        if isinstance(word, list):
            return self.form(word, language)
        if word == "$it":
            return it
        if word == "$witness":
            return self if isinstance(language, languages.Module) else host.witness()
        if word == "$token":
            return host.token()
        if word == "$thing":
            thing = Thing()
            self.thing = weakref.ref(thing)
            return thing
        if word in ("$gate", "$early"):
            return host.gate(word == "$early")
        return constant(word)

    def form(self, form, language, it=None):
        arguments = [self.argument(word, language, it) for word in form[1:]]
        return language.make(form[0], *arguments)

    def deep(self, value):
        for i in range(DEEP):
            language = self.producer if i % 2 else self.consumer
            value = language.make("relay", value)
        return value

    def run(self, scenario, mode, reference):
        self.trace = []
        value = self.form(scenario.body, self.producer)
        others = []
        if "keep" in scenario.flags:
            self.kept = value.copy()
        if "second" in scenario.flags:
            others = [self.form(scenario.wrap, self.consumer, value.copy())]
        if "deep" in scenario.flags:
            value = self.deep(value)
        if mode == "await":
            value = self.form(scenario.wrap, self.consumer, value)
            reference.drive(value, scenario.script, self, *others)
        else:
            self.consumer.drive(value, scenario.script, self)
        self.kept = None
        del value, others


def constant(word):
    kind, _, rest = word.partition(":")
    if word[0] == '"':
        return scenarios.unquote(word)
    if word in ("none", "true", "false"):
        return {"none": None, "true": True, "false": False}[word]
    if kind == "kind":
        return scenarios.KINDS[rest]
    if kind == "f64":
        return float(rest)
    if kind == "bytes":
        return b"" if rest == "-" else bytes.fromhex(rest)
    return int(rest or word)


# ---- Judging ---------------------------------------------------------------


def difference(expected, trace):
    if expected == trace:
        return ""
    at = 0
    while expected[at : at + 1] == trace[at : at + 1]:
        at += 1

    def tell(lines):
        return scenarios.from_words(lines[at]) if at < len(lines) else "nothing more"

    return f"line {at + 1}: expected <{tell(expected)}>, got <{tell(trace)}>"


def blocks(known):
    """How many blocks of memory each copy of libbaton has given out."""
    return {"host": host.blocks(), **{n: one.blocks() for n, one in known.items()}}


def held(harness):
    """Which arguments have references left, or were released too often."""
    told = []
    for i in range(host.TOKENS):
        count = host.token_count(i)
        if count > 0:
            told.append(f"token {i} has {count} references")
        elif count < 0:
            told.append(f"token {i} was released too often")
    if harness.thing() is not None:
        told.append("the thing lives on")
    return told


def judge(harness, scenario, mode, known):
    """'' or what is wrong. The driver in C is the reference. The first run may
    fill caches, so memory that leaks is what a second one leaves as well."""
    for _ in range(2):
        gc.collect()
        before = blocks(known)
        harness.run(scenario, mode, known["c"])
        gc.collect()
        wrong = difference(scenario.trace, harness.trace) or ", ".join(held(harness))
        harness.producer.ring(2)
        host.reset()
        gc.collect()
        after = blocks(known)
        if wrong or after == before:
            return wrong
    more = {name: after[name] - before[name] for name in after}
    return ", ".join(
        f"{count} more blocks of {n}" for n, count in more.items() if count
    )
