"""No test is left out in silence: skipped, deselected and expected-to-fail tests are counted, with their reasons.

With ``NOTHING_LEFT_OUT=1`` a run that left something out fails. A plugin and not a wrapper around the output, because
under xdist only the workers know what was deselected.
"""

import os
from collections import Counter
from typing import Any

import pytest

DESELECTED = "deselected on the command line"


class LeftOut:
    """What this process, or all its workers together, left out: reason -> number of tests."""

    def __init__(self) -> None:
        self.reasons: Counter[str] = Counter()
        self.deselected: set[str] = set()

    @property
    def count(self) -> int:
        """All tests that were left out."""
        return self.reasons.total() + len(self.deselected)

    def pytest_deselected(self, items: list[pytest.Item]) -> None:
        """Remember them by name: every worker deselects the same ones."""
        self.deselected.update(item.nodeid for item in items)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A skip at set-up or inside the test; an expected failure is reported as a skip, too."""
        if report.skipped:
            expected = getattr(report, "wasxfail", None)
            self.reasons[_skip_reason(report) if expected is None else f"expected to fail: {expected}"] += 1

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A whole module that skipped itself counts as one."""
        if report.skipped:
            self.reasons[f"{report.nodeid}: {_skip_reason(report)}"] += 1

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """A worker is done and hands over what only it knew."""
        self.deselected.update(getattr(node, "workeroutput", {}).get("deselected", ()))

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Hand over to the controller, or fail the run if it had to be complete."""
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput["deselected"] = sorted(self.deselected)
        elif self.count and os.environ.get("NOTHING_LEFT_OUT") and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """One line with the number, then one per reason."""
        terminalreporter.write_line(f"left out: {self.count}", yellow=self.count > 0)
        reasons = self.reasons + Counter({DESELECTED: len(self.deselected)})
        for reason, count in sorted(reasons.items()):
            terminalreporter.write_line(f"  {count} x {reason}", yellow=True)


def pytest_configure(config: pytest.Config) -> None:
    """Count from the start; workers only collect, the controller prints."""
    config.pluginmanager.register(LeftOut(), "left-out")


def _skip_reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    """The words given to ``pytest.skip``, without the place."""
    if isinstance(report.longrepr, tuple):
        return str(report.longrepr[2]).removeprefix("Skipped: ")
    return str(report.longrepr)
