"""Everything that can go wrong on purpose: one small class per meaning, its HTTP status on it, one handler for all."""

from collections.abc import Sequence
from typing import Any

from procurement.values.objection import Objection


class ProcurementError(Exception):
    """A failure with a German sentence for the person in front of the screen."""

    status = 500

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    @property
    def objections(self) -> tuple[Objection, ...]:
        """The reasons, one sentence each."""
        return (Objection(self.message),)


class InputRefused(ProcurementError):
    """The request itself is unusable: a missing key, an unreadable upload."""

    status = 400


class NotPermitted(ProcurementError):
    """The account's role does not hold the permission of this route."""

    status = 403


class Withheld(ProcurementError):
    """The role would do, but the procedure keeps this from this person for now; the page says why and leads on."""

    status = 403

    def __init__(self, message: str, title: str, label: str, endpoint: str, **values: Any) -> None:
        super().__init__(message)
        self.title, self.label, self.endpoint, self.values = title, label, endpoint, values


class NotFound(ProcurementError):
    """The thing does not exist or is not this account's to see; both look the same from outside."""

    status = 404

    def __init__(self, message: str = "Diese Seite gibt es nicht oder sie ist für Sie nicht freigegeben.") -> None:
        super().__init__(message)


class Conflict(ProcurementError):
    """Somebody else changed the thing meanwhile; what was seen and what is stored differ."""

    status = 409

    def __init__(
        self,
        message: str = "Der Vorgang wurde inzwischen von einer anderen Person geändert. Bitte neu laden und prüfen.",
    ) -> None:
        super().__init__(message)


class Refused(ProcurementError):
    """A rule of the trade forbids the step; carries every objection, not only the first."""

    status = 422

    def __init__(self, objections: Sequence[Objection] | str) -> None:
        reasons = (Objection(objections),) if isinstance(objections, str) else tuple(objections)
        super().__init__(" ".join(reason.text for reason in reasons))
        self._objections = reasons

    @property
    def objections(self) -> tuple[Objection, ...]:
        """Every reason."""
        return self._objections


class TooManyAttempts(ProcurementError):
    """Sign-in is throttled for a while."""

    status = 429


def refuse_if(objections: Sequence[Objection]) -> None:
    """Raise :class:`Refused` when there is at least one objection."""
    if objections:
        raise Refused(objections)
