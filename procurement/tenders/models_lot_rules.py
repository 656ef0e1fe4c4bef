"""What a tender announces about winning several lots; frozen with its publication."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procurement.core.db import Base, labelled
from procurement.tenders.lot_rules import LotMode, LotObjective, LotRules, LotTieRule
from procurement.tenders.models import Tender


class AnnouncedLotRules(Base):
    """One row per tender that has more than the award lot by lot; capacities are exact decimal text by lot number."""

    __tablename__ = "lot_rules"

    tender_id: Mapped[int] = mapped_column(sa.ForeignKey("tender.id"), primary_key=True, autoincrement=False)
    bid_limit: Mapped[int | None]
    award_limit: Mapped[int | None]
    mode: Mapped[LotMode] = mapped_column(labelled(LotMode))
    objective: Mapped[LotObjective] = mapped_column(labelled(LotObjective))
    tie_rule: Mapped[LotTieRule] = mapped_column(labelled(LotTieRule))
    combinable: Mapped[list[list[int]]] = mapped_column(sa.JSON, default=list)
    capacity: Mapped[str | None] = mapped_column(sa.String(20))
    weights: Mapped[dict[str, str]] = mapped_column(sa.JSON, default=dict)

    tender: Mapped[Tender] = relationship()

    @property
    def rules(self) -> LotRules:
        """The rules as they are calculated with."""
        return LotRules(
            bid_limit=self.bid_limit,
            award_limit=self.award_limit,
            mode=self.mode,
            objective=self.objective,
            tie_rule=self.tie_rule,
            combinable=tuple(tuple(group) for group in self.combinable),
            capacity=self.capacity,
            weights={int(number): need for number, need in self.weights.items()},
        )
