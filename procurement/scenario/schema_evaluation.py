"""What a scenario file says about the work between publication and award: documents, panel, examination, lot rules."""

from pydantic import Field

from procurement.scenario.part import Exact, Part
from procurement.tenders.lot_rules import LotMode, LotObjective, LotTieRule
from procurement.tenders.requirements import DocumentKind


class DocumentPart(Part):
    """A document that bidders have to hand in; its type decides whether it may be asked for later."""

    title: str
    kind: DocumentKind = DocumentKind.COMPANY
    description: str = ""


class SuitabilityPart(Part):
    """A criterion of suitability and what proves it."""

    title: str
    evidence: str = ""


class LotRulesPart(Part):
    """The announced rules over several lots; ``combinable`` names the groups of lots a rebate may be offered for."""

    award_limit: int | None = Field(default=None, ge=1)
    mode: LotMode = LotMode.NONE
    objective: LotObjective = LotObjective.PRICE
    tie: LotTieRule = LotTieRule.DRAWING
    combinable: list[list[int]] = []


class DiscountPart(Part):
    """A rebate of a bid for winning these lots together; ``share`` of one."""

    lots: list[int] = Field(min_length=2)
    share: Exact
    source: str = "Angebotsschreiben"


class ExaminedPart(Part):
    """What the examination of a bid found: documents that are lacking and asked for, and questions on its price."""

    lacking: list[str] = []
    requested: list[str] = []
    price_questions: str = ""
