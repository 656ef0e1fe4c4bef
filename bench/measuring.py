"""Timing a path beside its floor: processor time, both in turn, the median of the ratios of the pairs."""

import gc
import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Case:
    """A path of the product and the least any program would need for the same; ``check`` raises if they disagree."""

    name: str
    size: str
    path: Callable[[], object]
    floor: Callable[[], object]
    check: Callable[[object, object], None]


@dataclass(frozen=True, slots=True)
class Measured:
    """Medians: seconds of processor time of path and floor, their ratio pair by pair, wall time of the path."""

    seconds: float
    floor_seconds: float
    ratio: float
    wall_seconds: float


@dataclass(frozen=True, slots=True)
class Ceiling:
    """What a case may need: times its floor, and seconds of processor time (the goal)."""

    ratio: float
    seconds: float

    def holds(self, measured: Measured) -> bool:
        """Whether the measurement stays below both."""
        return measured.ratio <= self.ratio and measured.seconds <= self.seconds


def within(case: Case, ceiling: Ceiling, pairs: int) -> tuple[Measured, bool]:
    """Measure a case; one that is above its ceiling is measured once more and fails only if it is so again."""
    first = measured(case, pairs)
    if ceiling.holds(first):
        return first, True
    second = measured(case, pairs)
    return second, ceiling.holds(second)


def measured(case: Case, pairs: int) -> Measured:
    """Prove the result, which also warms up, then time path and floor in turn: A B, B A, A B, ..."""
    case.check(case.path(), case.floor())
    gc.collect()
    gc.freeze()
    timed = [_pair(case, path_first=number % 2 == 0) for number in range(pairs)]
    gc.unfreeze()
    return Measured(
        seconds=statistics.median(path for path, _wall, _floor in timed),
        floor_seconds=statistics.median(floor for _path, _wall, floor in timed),
        ratio=statistics.median(path / floor for path, _wall, floor in timed),
        wall_seconds=statistics.median(wall for _path, wall, _floor in timed),
    )


def _pair(case: Case, *, path_first: bool) -> tuple[float, float, float]:
    """Processor and wall time of the path, processor time of the floor."""
    if path_first:
        path, wall = _timed(case.path)
        floor, _ = _timed(case.floor)
    else:
        floor, _ = _timed(case.floor)
        path, wall = _timed(case.path)
    return path, wall, floor


def _timed(run: Callable[[], object]) -> tuple[float, float]:
    """Processor time of this process and of those it started and waited for, and wall time."""
    cpu, wall = _processor_time(), time.perf_counter()
    run()
    return _processor_time() - cpu, time.perf_counter() - wall


def _processor_time() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def listed(found: object) -> list:  # type: ignore[type-arg]
    """The rows a path or a floor gave."""
    if not isinstance(found, list):
        raise TypeError(f"a list of rows was expected, not {type(found).__name__}")
    return found


def must(holds: bool, claim: str) -> None:  # noqa: FBT001 - reads like the claim it checks
    """Raise unless a claim about the result holds."""
    if not holds:
        raise RuntimeError(f"the result is wrong: {claim} does not hold")
