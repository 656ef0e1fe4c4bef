"""Reading for the laboratory: what a tender begins with, and the choices that are on file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from procurement.core.db import db, existing
from procurement.evaluation.laboratory import TriedBid
from procurement.evaluation.laboratory_comparison import Comparison, VariantEntry
from procurement.evaluation.laboratory_record import read
from procurement.evaluation.laboratory_start import starting_bids, starting_variants, usual_parameters
from procurement.evaluation.models_laboratory import MethodChoice
from procurement.members.models import Account
from procurement.tenders import queries as tenders
from procurement.tenders.criteria_tree import TOP_OF_SCALE
from procurement.tenders.models import Tender
from procurement.tenders.queries_publication import estimates_of
from procurement.tenders.scoring_setup import METHODS, total_points, worded_setup
from procurement.values.money import Money


@dataclass(frozen=True, slots=True)
class Start:
    """What is proposed for a tender: bids around its estimate, its own method first, usual values for the rest."""

    bids: list[TriedBid]
    variants: list[VariantEntry]
    usual: dict[str, str]
    max_points: int
    estimate: Money | None


@dataclass(frozen=True, slots=True)
class ShownChoice:
    """A choice with its words; ``is_announced`` tells whether the tender still has exactly this method."""

    choice: MethodChoice
    label: str
    words: list[tuple[str, str]]
    is_announced: bool


def start_of(tender: Tender) -> Start:
    """The proposal for this tender."""
    versions = estimates_of(tender.id)
    estimate = versions[0].total_net if versions else None
    most = attainable_points(tender.parameters)
    method = METHODS.get(tender.method or "")
    return Start(
        starting_bids(estimate, most),
        starting_variants(method, tender.parameters),
        usual_parameters(estimate, most),
        most,
        estimate,
    )


def attainable_points(parameters: Mapping[str, Any]) -> int:
    """The performance points that can be reached at most, Lmax, by the weight points of a tender."""
    return TOP_OF_SCALE * total_points(parameters)


def choices_of(tender: Tender) -> list[ShownChoice]:
    """Every choice on file, the latest first."""
    query = sa.select(MethodChoice).filter_by(tender_id=tender.id).order_by(MethodChoice.number.desc())
    return [shown(choice) for choice in db.session.scalars(query)]


def choice_for(account: Account, choice_id: int) -> MethodChoice:
    """A choice out of a file that this account may read; :class:`NotFound` for any other."""
    found = existing(MethodChoice, choice_id)
    tenders.tender_for(account, found.tender_id)
    return found


def shown(choice: MethodChoice) -> ShownChoice:
    """A choice as it is worded, held against what the tender says now."""
    tender = choice.tender
    now = (tender.method, tender.parameters, tender.tie_rule)
    return ShownChoice(
        choice,
        METHODS[choice.method].label,
        worded_setup(choice.method, choice.parameters, choice.tie_rule),
        (choice.method, choice.parameters, choice.tie_rule) == now,
    )


def comparison_of(choice: MethodChoice) -> Comparison:
    """The comparison as it was put on file."""
    return read(choice.comparison)


def next_number(tender: Tender) -> int:
    """The number of the next choice of this tender."""
    query = sa.select(sa.func.max(MethodChoice.number)).filter_by(tender_id=tender.id)
    return (db.session.scalar(query) or 0) + 1
