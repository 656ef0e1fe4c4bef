"""The parts of a scenario file about demand: rounds with articles, answers, wishes, departments and late changes."""

from datetime import date
from typing import Any, Literal

from pydantic import Field, model_validator

from procurement.demand.states import JointCostKey
from procurement.scenario.part import Exact, Part
from procurement.scenario.timeline import Written
from procurement.values.payment import Nature, Period


class ArticlePart(Part):
    """An article of a round; prices are net per unit and, with a period, per month or year."""

    number: str
    title: str
    unit: str = "Stück"
    nature: Nature = Nature.ONE_OFF
    period: Period = Period.NONE
    category: str = ""
    cpv: str = ""
    planning_price: Exact | None = None
    price_from: Exact | None = None
    price_to: Exact | None = None
    explanation: str = ""


class NeedPart(Part):
    """What one member needs of one article; a bare number in the file stands for all three quantities."""

    minimum: Exact
    expected: Exact
    maximum: Exact
    note: str = ""
    site: str = ""
    start_on: date | None = None
    budget_account: str = ""

    @model_validator(mode="before")
    @classmethod
    def _from_one_number(cls, written: Any) -> Any:
        if isinstance(written, dict):
            expected = written.get("expected")
            return {"minimum": expected, "maximum": expected, **written}
        return {"minimum": written, "expected": written, "maximum": written}


class WishPart(Part):
    """A member's own wish outside the catalogue, in its own words."""

    title: str
    unit: str
    quantity: Exact
    cpv: str = ""
    note: str = ""


class JointCostPart(Part):
    """A round's joint cost as a range net, and the key of its forecast."""

    from_: Exact = Field(alias="from")
    to: Exact
    key: JointCostKey = JointCostKey.CLIENTS
    reference_date: date | None = None


class LatePart(Part):
    """A late demand after the round was closed; without a decision it waits for the procurement office."""

    reason: str
    needs: dict[str, NeedPart]
    decision: Literal["accept", "reject"] | None = None
    decision_reason: str = "Laut Szenario"


class WithdrawalPart(Part):
    """A member takes its demand back after the round was closed."""

    reason: str
    decision: Literal["accept", "reject"] | None = None
    decision_reason: str = "Laut Szenario"


class AdjustmentPart(Part):
    """A quantity adjusted by the procurement office, and what the member says to it."""

    member: str
    article: str
    expected: Exact
    reason: str
    answer: Literal["confirm", "object"] | None = None
    answer_reason: str = "Laut Szenario"


class RoundPart(Part):
    """A demand round; ``demands`` maps member keys to article numbers to needs, an empty mapping is a nil return.

    ``opened`` names members that looked at the round without answering. Wishes belong to members that answer.
    """

    reference: str
    title: str
    description: str = ""
    opened_at: Written | None = None
    deadline: Written | None = None
    reminder: Written | None = None
    escalation: Written | None = None
    term_months: int | None = Field(default=None, ge=1)
    option_months: int = Field(default=0, ge=0)
    has_total_price: bool = True
    joint_cost: JointCostPart | None = None
    invited: Literal["all"] | list[str] = "all"
    articles: list[ArticlePart] = Field(min_length=1)
    demands: dict[str, dict[str, NeedPart]] = {}
    drafts: dict[str, dict[str, NeedPart]] = {}
    opened: list[str] = []
    wishes: dict[str, list[WishPart]] = {}
    adjustments: list[AdjustmentPart] = []
    late: dict[str, LatePart] = {}
    withdrawals: dict[str, WithdrawalPart] = {}
    is_closed: bool = True
