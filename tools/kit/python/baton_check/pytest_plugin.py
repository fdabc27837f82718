# SPDX-License-Identifier: MIT
"""pytest --baton MODULE:FACTORY: an item per behaviour.

    --baton TARGET           may be repeated
    --baton-shape SHAPE      where it cannot be found
    --baton-quirks FILE      declared deviations

Each runs in a worker process; so a crash is a failure, and not the end of the tests.
"""

import datetime
import random
import warnings

import pytest

from baton_check import quirks, registry
from baton_check.report.data import BAD
from baton_check.report.machine import explain
from baton_check.supervisor import Options, Supervisor
from baton_check.target import CannotRun


def pytest_addoption(parser):
    group = parser.getgroup("baton", "conformance of awaitables")
    add = group.addoption
    add("--baton", action="append", default=[], metavar="MODULE:FACTORY")
    add("--baton-shape", default="auto")
    add("--baton-quirks", metavar="FILE")
    add("--baton-path", action="append", default=[], metavar="DIR")
    add("--baton-seed", type=int)


def pytest_report_header(config):
    if config.getoption("baton"):
        return f"baton: seed {seed(config)}"
    return None


def seed(config):
    if config.getoption("baton_seed") is None:
        config.option.baton_seed = random.randrange(1 << 32)
    return config.option.baton_seed


class Failed(Exception):
    """A behaviour that is not as the interpreter's."""


class Item(pytest.Item):
    def __init__(self, *, behaviour, **keywords):
        super().__init__(**keywords)
        self.behaviour = behaviour

    def runtest(self):
        supervisor = self.parent.supervisor
        result = supervisor.check(self.behaviour)
        version = supervisor.hello["environment"]["python"]
        quirks.apply(self.parent.quirks, [result], version, datetime.date.today())
        if result["verdict"] == "SKIP":
            pytest.skip(result["reason"])
        if result["verdict"] == "WARN":
            warnings.warn(f"{self.name}: {explain(result)}", stacklevel=1)
        if result["verdict"] in BAD:
            text = f"{result['verdict']}: {result['title']}\n{explain(result)}"
            raise Failed(text)

    def repr_failure(self, excinfo, style=None):
        if isinstance(excinfo.value, Failed):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self):
        return self.parent.name, None, self.behaviour.id


class Collector(pytest.Collector):
    """The behaviours of one target."""

    def collect(self):
        config = self.config
        options = Options(
            target=self.name,
            shape=config.getoption("baton_shape"),
            path=(str(config.rootpath), *config.getoption("baton_path")),
            seed=seed(config),
        )
        path = config.getoption("baton_quirks")
        try:
            self.quirks = quirks.read(path, registry.behaviours()) if path else {}
            self.supervisor = Supervisor(options)
        except CannotRun as error:
            raise self.CollectError(f"--baton {self.name}: {error}") from None
        config.add_cleanup(self.supervisor.stop)
        for behaviour in registry.select(self.supervisor.shape):
            yield Item.from_parent(self, name=behaviour.id, behaviour=behaviour)


@pytest.hookimpl(tryfirst=True)  # so that -k chooses among these too
def pytest_collection_modifyitems(session, config, items):
    for target in config.getoption("baton"):
        collector = Collector.from_parent(session, name=target)
        items.extend(session.genitems(collector))
