"""What is wrong with a scenario, and where in the file."""

from collections.abc import Iterator
from contextlib import contextmanager

from procurement.core.errors import ProcurementError


class ScenarioError(Exception):
    """One or more faults, each with the path of the place in the file."""

    def __init__(self, faults: list[tuple[str, str]]) -> None:
        self.faults = faults
        super().__init__("\n".join(f"{path}: {text}" if path else text for path, text in faults))


@contextmanager
def at_path(path: str) -> Iterator[None]:
    """Name the place in the file when an action refuses or a look-up fails."""
    try:
        yield
    except ProcurementError as error:
        raise ScenarioError([(path, objection.text) for objection in error.objections]) from error
    except (KeyError, IndexError):
        raise  # a fault of ours, not of the file
    except (ValueError, LookupError) as error:
        raise ScenarioError([(path, str(error))]) from error
