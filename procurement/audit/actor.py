"""Who acts: an account, or the installation itself when a command runs."""

from dataclasses import dataclass
from typing import Protocol


class Actor(Protocol):
    """What an entry keeps of the person: the number of the account and the name as it is now."""

    @property
    def id(self) -> int | None: ...
    @property
    def name(self) -> str: ...

    def acting_name(self, member_id: int | None) -> str:
        """The name as an entry about this member keeps it; a substitute's says "in Vertretung"."""


class Subject(Protocol):
    """What an entry points at: any mapped object with a readable label."""

    __tablename__: str

    @property
    def id(self) -> int: ...
    @property
    def audit_label(self) -> str: ...


@dataclass(frozen=True, slots=True)
class CommandLine:
    """The operator at the shell, who has no account."""

    id: int | None = None
    name: str = "Kommandozeile"

    def acting_name(self, member_id: int | None) -> str:
        """Nobody's substitute."""
        return self.name


COMMAND_LINE = CommandLine()
