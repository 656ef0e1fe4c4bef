"""The form of a scenario file as types; every field is documented in the commented example beside this module.

Figures are exact: amounts and prices may be written as whole numbers or as text such as ``"1234.56"``. A number with a
decimal point outside quotes is refused, because a reader would already have turned it into a binary float.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from procurement.allocation.keys import AllocationKey
from procurement.allocation.states import ChargeType
from procurement.allocation.taxation import VatCase
from procurement.core.permissions import Role
from procurement.members.kinds import FigureKind, MemberKind, PopulationBasis
from procurement.scenario.part import Exact, Part, exact
from procurement.scenario.schema_demand import RoundPart
from procurement.scenario.schema_evaluation import (
    DiscountPart,
    DocumentPart,
    ExaminedPart,
    LotRulesPart,
    SuitabilityPart,
)
from procurement.scenario.schema_workgroup import AnnouncementPart, ProposalPart
from procurement.scenario.timeline import Written
from procurement.tenders.kinds import CriterionKind, ProcedureType, TieRule
from procurement.tenders.method import ScoringMethod
from procurement.values.payment import Nature

STAGES = (
    "members",
    "demand",
    "tender",
    "publication",
    "bids",
    "opening",
    "evaluation",
    "award",
    "allocation",
    "documents",
)


class AssociationPart(Part):
    """The association itself."""

    name: str = "Zweckverband Kommunale ADV-Anwendergemeinschaft West"
    short_name: str = "KAAW"
    street: str = ""
    postcode: str = ""
    city: str = "Ibbenbüren"
    contact: str = ""
    legal_basis: str = ""


class FigurePart(Part):
    """A dated reference figure of a member."""

    kind: FigureKind
    value: int = Field(ge=0)
    reference_date: date = date(2024, 12, 31)
    source: str = "Szenario"
    census_basis: str = ""


class MemberPart(Part):
    """A member with its figures; ``inhabitants`` and ``clients`` are short forms of figures."""

    key: str = Field(min_length=1, max_length=20)
    name: str
    kind: MemberKind = MemberKind.MUNICIPALITY
    district: str = ""
    population_basis: PopulationBasis = PopulationBasis.OWN
    inhabitants: int | None = Field(default=None, ge=0)
    clients: int | None = Field(default=None, ge=0)
    figures: list[FigurePart] = []


class AccountPart(Part):
    """A person; without accounts three officers, an auditor, an administrator and a lead per member are made."""

    name: str
    email: str
    role: Role
    member: str | None = None


class JointItemPart(Part):
    """A line nobody reported: bought once for all participants, with the reason."""

    number: str
    title: str
    unit: str = "Pauschale"
    quantity: Exact = Decimal(1)
    nature: Nature = Nature.ONE_OFF
    estimate: Exact | None = None
    reason: str


class LotPart(Part):
    """A lot with the numbers of the round's articles and its joint items."""

    number: int = 1
    title: str = "Gesamtleistung"
    items: list[str] | Literal["all"] = "all"
    joint_items: list[JointItemPart] = []


class CriterionPart(Part):
    """A node of the criteria tree; weights in percent among siblings, fractions such as ``"100/3"`` are allowed."""

    number: str
    title: str
    kind: CriterionKind = CriterionKind.SCORED
    weight: Annotated[str | int | None, BeforeValidator(exact)] = None
    minimum: Annotated[str | int | None, BeforeValidator(exact)] = None
    children: list["CriterionPart"] = []


class MethodPart(Part):
    """The scoring method with its parameters as exact text."""

    name: ScoringMethod = ScoringMethod.LOWEST_PRICE
    parameters: dict[str, Annotated[str | int, BeforeValidator(exact)]] = {}
    tie: TieRule = TieRule.NONE


class PointsPart(Part):
    """Points for one criterion, with the mandatory reason; a bare number gets a stated standard reason."""

    points: int = Field(ge=0, le=10)
    reason: str = "Bewertung laut Szenario"

    @model_validator(mode="before")
    @classmethod
    def _from_one_number(cls, written: Any) -> Any:
        return written if isinstance(written, dict) else {"points": written}


class BidPart(Part):
    """A bid: prices by line number (a number left out is a missing price) and points by criterion number.

    With a panel ``notes`` are the points of each evaluator by e-mail address, and ``points`` is what they agreed on.
    """

    bidder: str
    received_at: Written | None = None
    prices: dict[str, Exact] = {}
    lots: list[int] | Literal["all"] = "all"
    points: dict[str, PointsPart] = {}
    fails: list[str] = []
    excluded: str | None = None
    notes: dict[str, dict[str, PointsPart]] = {}
    examined: ExaminedPart | None = None
    discounts: list[DiscountPart] = []


class TabulationPart(Part):
    """A bid tabulation in a file beside the scenario; ``mapping`` names the columns by their roles."""

    file: str
    mapping: dict[str, Any] = {}


class AwardPart(Part):
    """The award of a lot; without a bidder the first-ranked bid."""

    lot: int = 1
    bidder: str | None = None
    reason: str = "Wirtschaftlichstes Angebot nach der veröffentlichten Wertungsmethode."
    confirmation: str = "Wertung nachvollzogen, Rangfolge und Begründungen geprüft."


class PotPart(Part):
    """A part of a mixed key."""

    percent: Exact
    key: AllocationKey


class BlockPart(Part):
    """A cost block: awarded lines (number to billed quantity, or a list of numbers) or an amount of its own."""

    number: str
    title: str
    key: AllocationKey
    pots: list[PotPart] = []
    items: dict[str, Exact] | list[str] = []
    amount: Exact | None = None
    evidence: str = ""
    reason: str = ""
    nature: Nature = Nature.ONE_OFF
    has_supplier_vat: bool | None = None


class AllocationPart(Part):
    """A cost allocation; ``corrects`` names the number of the run it replaces, ``until`` how far it is taken."""

    title: str = "Kostenaufteilung"
    charge_type: ChargeType = ChargeType.COST_REIMBURSEMENT
    vat_case: VatCase
    period_from: date
    period_to: date
    key_reference_date: date
    due_on: date | None = None
    legal_basis: str = ""
    blocks: list[BlockPart] = Field(min_length=1)
    corrects: int | None = None
    correction_reason: str = ""
    until: Literal["calculated", "checked", "approved"] = "approved"


class MandatesPart(Part):
    """Who has not confirmed taking part, by member key; the tender then stays planned."""

    missing: list[str] = []


class TenderPart(Part):
    """A tender from a closed round, or without one from a tabulation or joint items; ``until`` stops it on its way."""

    reference: str
    title: str
    description: str = ""
    round: str | None = None
    procedure_type: ProcedureType = ProcedureType.OPEN
    started_on: date | None = None
    lots: list[LotPart] = []
    estimates: dict[str, Exact] = {}
    criteria: list[CriterionPart] = []
    method: MethodPart = MethodPart()
    documents: list[DocumentPart] = []
    suitability: list[SuitabilityPart] = []
    lot_rules: LotRulesPart | None = None
    panel: list[str] = []
    mandates: MandatesPart = MandatesPart()
    until: Literal["planned", "opened", "evaluated", "decided", "standstill"] | None = None
    informed_at: Written | None = None
    is_reported: bool = False
    published_at: Written | None = None
    question_deadline: Written | None = None
    bid_deadline: Written | None = None
    bid_validity_end: date | None = None
    bids: list[BidPart] = []
    tabulation: TabulationPart | None = None
    awards: list[AwardPart] | None = None
    allocations: list[AllocationPart] = []


class ScenarioFile(Part):
    """The whole file."""

    title: str = ""
    starts_at: Written = "2026-01-05 09:00"
    stop_after: Literal[STAGES] = "documents"  # type: ignore[valid-type]
    association: AssociationPart = AssociationPart()
    accounts: list[AccountPart] = []
    members: list[MemberPart] = []
    rounds: list[RoundPart] = []
    tenders: list[TenderPart] = []
    proposals: list[ProposalPart] = []
    announcements: list[AnnouncementPart] = []
