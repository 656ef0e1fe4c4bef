"""What a correction changes, member by member; the old version is never overwritten."""

from dataclasses import dataclass

from procurement.allocation.run_figures import MemberFigures, RunFigures
from procurement.values.money import Money

NOTHING = Money(0)


@dataclass(frozen=True, slots=True)
class DeltaRow:
    """One member, or the sum line: what it paid in the earlier version, what it pays now; amounts to pay."""

    key: str
    name: str
    previous: Money
    current: Money

    @property
    def delta(self) -> Money:
        """To be paid in addition, or to be paid back if negative."""
        return self.current - self.previous


@dataclass(frozen=True, slots=True)
class Delta:
    """A correction against the version it replaces."""

    rows: tuple[DeltaRow, ...]
    total: DeltaRow


def delta(previous: RunFigures, current: RunFigures) -> Delta:
    """Compare two versions; who takes part in only one of them has nothing in the other."""
    before = {member.key: member for member in previous.members}
    now = {member.key: member for member in current.members}
    left = [member for member in previous.members if member.key not in now]
    members = (*current.members, *left)
    rows = tuple(DeltaRow(m.key, m.name, _gross(before.get(m.key)), _gross(now.get(m.key))) for m in members)
    return Delta(rows, DeltaRow("", "Summe", previous.gross, current.gross))


def _gross(member: MemberFigures | None) -> Money:
    return member.gross if member else NOTHING
