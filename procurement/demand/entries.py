"""What people enter: a round, an article, the quantities of one article; as typed, before any rule looked at it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256

from procurement.demand.states import JointCostKey
from procurement.values.money import Money, UnitPrice
from procurement.values.payment import ContractTerm, Nature, Period
from procurement.values.quantity import Quantity

NO_TERM = ContractTerm()
MARK_LENGTH = 12


@dataclass(frozen=True, slots=True)
class JointCostEntry:
    """A round's cost that no quantity explains (set-up, project work), as a range net, with the key of its forecast."""

    from_net: Money | None = None
    to_net: Money | None = None
    key: JointCostKey = JointCostKey.CLIENTS
    reference_date: date | None = None


@dataclass(frozen=True, slots=True)
class RoundEntry:
    """What is entered about a demand round; the deadline is an aware moment."""

    reference: str
    title: str
    description: str
    deadline_at: datetime
    reminder_at: datetime | None = None
    escalation_at: datetime | None = None
    term: ContractTerm = NO_TERM
    joint_cost: JointCostEntry = JointCostEntry()


@dataclass(frozen=True, slots=True)
class ArticleEntry:
    """What is entered about an article; the planning price is net per unit."""

    number: str
    title: str
    unit: str
    nature: Nature = Nature.ONE_OFF
    category: str = ""
    cpv: str = ""
    planning_price_net: UnitPrice | None = None
    explanation: str = ""
    period: Period = Period.NONE
    price_from_net: UnitPrice | None = None
    price_to_net: UnitPrice | None = None


@dataclass(frozen=True, slots=True)
class ItemEntry:
    """What a member enters for one article; nothing at all means that the article has no answer."""

    article_id: int
    minimum: Quantity | None = None
    expected: Quantity | None = None
    maximum: Quantity | None = None
    note: str = ""
    site: str = ""
    start_on: date | None = None
    budget_account: str = ""
    is_taken_over: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether nothing is entered, so that a stored item is removed."""
        texts = (self.note, self.site, self.budget_account)
        return (*self.quantities, self.start_on) == (None,) * 4 and not any(text.strip() for text in texts)

    @property
    def quantities(self) -> tuple[Quantity | None, Quantity | None, Quantity | None]:
        """Minimum, expected, maximum."""
        return (self.minimum, self.expected, self.maximum)

    @property
    def mark(self) -> str:
        """A short sign of what a member entered, so that a page can tell which state of the row it was shown."""
        figures = (*(str(quantity) for quantity in self.quantities), self.start_on)
        text = "\x1f".join(map(str, (*figures, self.note, self.site, self.budget_account)))
        return sha256(text.encode()).hexdigest()[:MARK_LENGTH]

    def completed(self) -> "ItemEntry":
        """The same with an empty minimum or maximum filled by the expected quantity, as the page promises."""
        return replace(
            self,
            minimum=self.expected if self.minimum is None else self.minimum,
            maximum=self.expected if self.maximum is None else self.maximum,
            note=self.note.strip(),
            site=self.site.strip(),
            budget_account=self.budget_account.strip(),
        )

    def in_words(self, unit: str) -> str:
        """The row as the trail keeps it; an empty row has no words. Only for completed entries."""
        if self.minimum is None or self.expected is None or self.maximum is None:
            return ""
        parts = [worded(self.minimum, self.expected, self.maximum, unit, self.note)]
        parts += [f"Standort: {self.site}"] if self.site else []
        parts += [f"ab {self.start_on:%d.%m.%Y}"] if self.start_on else []
        parts += [f"Haushaltsstelle: {self.budget_account}"] if self.budget_account else []
        parts += ["aus dem Vorjahr übernommen"] if self.is_taken_over else []
        return "; ".join(parts)


@dataclass(frozen=True, slots=True)
class WishEntry:
    """What a member asks for in own words because no article fits; ``expected`` is the quantity of the unit."""

    title: str
    unit: str
    expected: Quantity | None = None
    explanation: str = ""


def worded(minimum: Quantity, expected: Quantity, maximum: Quantity, unit: str, note: str) -> str:
    """The quantities of one article in words, as the trail keeps them."""
    low, middle, high = (str(amount).replace(".", ",") for amount in (minimum, expected, maximum))
    figures = f"mindestens {low}, erwartet {middle}, höchstens {high} {unit}"
    return f"{figures}; Bemerkung: {note}" if note else figures
