"""Whether a tender may be published: one list of facts, the objections to it, and remarks that do not forbid it.

The same list greys the button, fills the confirmation page and guards the action. The estimate must be that of today's
lines, because a changed demand may lift the value over the threshold (§ 3 VgV).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from procurement.tenders import lifecycle, procedure_choice, timetable
from procurement.tenders.criteria_entries import CriterionEntry
from procurement.tenders.kinds import ProcedureType, TenderStage, TieRule
from procurement.tenders.lineage import ItemSum, LineSum, objections_to_items, objections_to_lineage
from procurement.tenders.lot_references import objections_to_references
from procurement.tenders.lot_rules import LotRules, objections_to_lot_rules
from procurement.tenders.method import remarks_on_parameters
from procurement.tenders.participation import Participation, objections_to_participation
from procurement.tenders.price_terms import NOTHING_ANNOUNCED, PriceTerms, objections_to_terms
from procurement.tenders.rules import lots_norm
from procurement.tenders.scoring_setup import METHODS, objections_to_setup, parameters_of
from procurement.tenders.timetable import Deadlines
from procurement.tenders.variants import NOT_ADMITTED, Variants, objections_to_variants
from procurement.values.money import Money
from procurement.values.objection import Objection

FEWEST_OFFICERS = 2
COMFORTABLE_OFFICERS = 3


@dataclass(frozen=True, slots=True)
class Bill:
    """The bill of quantities in short: lots, those without lines, lines with sums, today's value (§ 3 VgV).

    ``unsound_items`` are demand items of which the lines hold more or less than the member needs.
    """

    lot_count: int
    empty_lots: tuple[int, ...]
    has_merging_reason: bool
    lines: tuple[LineSum, ...]
    value_net: Money
    joined_without_reason: tuple[int, ...] = ()
    unsound_items: tuple[ItemSum, ...] = ()


@dataclass(frozen=True, slots=True)
class Scoring:
    """Method, parameters and criteria as stored."""

    method: str | None
    parameters: Mapping[str, Any]
    tie_rule: TieRule
    criteria: Sequence[CriterionEntry]


@dataclass(frozen=True, slots=True)
class LatestEstimate:
    """The last stored version of the value estimate."""

    total_net: Money
    threshold_net: Money


@dataclass(frozen=True, slots=True)
class PublicationFacts:
    """Everything that decides whether a tender may be published now."""

    stage: TenderStage
    procedure_type: ProcedureType
    started_on: date
    deadlines: Deadlines
    scoring: Scoring
    bill: Bill
    estimate: LatestEstimate | None
    officers: int
    participation: Participation
    now: datetime
    today: date
    bid_deadline_on: date | None
    lot_rules: LotRules | None = None
    price_terms: PriceTerms = NOTHING_ANNOUNCED
    variants: Variants = NOT_ADMITTED
    lot_numbers: tuple[int, ...] = ()


def objections_to_publishing(facts: PublicationFacts) -> list[Objection]:
    """Everything that keeps a tender from being published; empty means it may be."""
    if facts.stage is not TenderStage.PLANNED:
        return lifecycle.objections_to_move(facts.stage, TenderStage.PUBLISHED)
    scoring = facts.scoring
    return [
        *_objections_to_bill(facts.bill),
        *_objections_to_joined_lots(facts),
        *(objections_to_lot_rules(facts.lot_rules, facts.lot_numbers) if facts.lot_rules else []),
        *objections_to_setup(scoring.method, scoring.parameters, scoring.tie_rule, scoring.criteria),
        *objections_to_references(scoring.parameters, facts.lot_numbers),
        *objections_to_terms(facts.price_terms, facts.lot_numbers),
        *objections_to_variants(facts.variants),
        *_objections_to_deadlines(facts),
        *_objections_to_estimate(facts),
        *objections_to_participation(facts.participation),
        *_objections_to_officers(facts.officers),
    ]


def remarks_on_publishing(facts: PublicationFacts) -> list[str]:
    """What should be considered before publication although it does not forbid it."""
    remarks = []
    if facts.officers == FEWEST_OFFICERS:
        remarks.append(
            "Nur zwei Personen haben einen Öffnungsschlüssel. Fällt eine aus, lassen sich die Angebote nicht öffnen. "
            f"Besser sind {COMFORTABLE_OFFICERS}."
        )
    is_single = facts.bill.lot_count == 1 and len(facts.bill.lines) > 1
    if is_single and not facts.bill.has_merging_reason:
        remarks.append(
            "Alle Positionen liegen in einem Los. Leistungen sind in Losen zu vergeben; ein Grund für die "
            f"Gesamtvergabe gehört in die Vergabeakte ({lots_norm(facts.started_on)})."
        )
    if facts.bid_deadline_on is not None:
        remarks += timetable.remarks_on_bidding_period(
            facts.procedure_type, facts.started_on, facts.today, facts.bid_deadline_on
        )
    scoring = facts.scoring
    unready = objections_to_setup(scoring.method, scoring.parameters, scoring.tie_rule, scoring.criteria)
    if scoring.method and not unready:
        parameters = parameters_of(scoring.parameters, scoring.tie_rule)
        remarks += remarks_on_parameters(METHODS[scoring.method], parameters)
    return remarks


def _objections_to_bill(bill: Bill) -> list[Objection]:
    found = [
        Objection(f"Los {number} hat keine Positionen. Bitte Positionen zuordnen oder das Los auflösen.")
        for number in bill.empty_lots
    ]
    if not bill.lot_count:
        found.append(Objection("Es gibt noch kein Los. Bitte unter „Lose“ mindestens eines anlegen."))
    return found + objections_to_lineage(bill.lines) + objections_to_items(bill.unsound_items)


def _objections_to_joined_lots(facts: PublicationFacts) -> list[Objection]:
    """Lots that were put together need a reason in the file: the award in lots comes first."""
    return [
        Objection(
            f"In Los {number} sind Lose zusammengefasst, aber nicht begründet. Leistungen sind in Losen zu vergeben "
            f"({lots_norm(facts.started_on)}); bitte unter „Lose“ begründen (§ 8 Abs. 2 Nr. 11 VgV)."
        )
        for number in facts.bill.joined_without_reason
    ]


def _objections_to_deadlines(facts: PublicationFacts) -> list[Objection]:
    found = timetable.objections_to_deadlines(facts.deadlines, facts.now)
    if found or facts.bid_deadline_on is None:
        return found
    return timetable.objections_to_bidding_period(
        facts.procedure_type, facts.started_on, facts.today, facts.bid_deadline_on
    )


def _objections_to_estimate(facts: PublicationFacts) -> list[Objection]:
    latest = facts.estimate
    if latest is None:
        return [Objection("Der Auftragswert ist noch nicht geschätzt. Bitte unter „Wert“ schätzen (§ 3 VgV).")]
    if latest.total_net != facts.bill.value_net:
        text = "Die Positionen haben sich seit der letzten Schätzung geändert. Bitte den Wert neu schätzen."
        return [Objection(text)]
    return procedure_choice.objections_to_procedure(facts.procedure_type, latest.total_net, latest.threshold_net)


def _objections_to_officers(officers: int) -> list[Objection]:
    if officers >= FEWEST_OFFICERS:
        return []
    return [
        Objection(
            "Für die Angebotsöffnung braucht es mindestens zwei aktive Personen der Vergabestelle mit "
            f"Öffnungsschlüssel; vorhanden: {officers}. Bitte ein weiteres Konto der Vergabestelle anlegen."
        )
    ]
