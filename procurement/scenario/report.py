"""What ``flask scenario try`` prints: one JSON document with everything a scenario came to, figures exact.

Amounts are integer cents, scores exact fractions as text beside a decimal; nothing here is a float.
"""

from fractions import Fraction
from typing import Any

import sqlalchemy as sa

from procurement.allocation.models import AllocationRun
from procurement.allocation.queries_figures import distribution_of
from procurement.bids.lot_figures import LotFigures
from procurement.bids.queries_comparison import lot_figures
from procurement.core.db import db
from procurement.documents.models import IssuedDocument
from procurement.evaluation import queries as evaluation
from procurement.evaluation.run_result import BidResult
from procurement.tenders.models import Lot, Tender
from procurement.values.figures import significant
from procurement.values.money import Money

Json = dict[str, Any]


def report() -> Json:
    """Everything in the database, tender by tender."""
    tenders = db.session.scalars(sa.select(Tender).order_by(Tender.id)).all()
    runs = db.session.scalars(sa.select(AllocationRun).order_by(AllocationRun.id)).all()
    documents = db.session.scalars(sa.select(IssuedDocument).order_by(IssuedDocument.id)).all()
    return {
        "tenders": [_tender(tender) for tender in tenders],
        "allocations": [_allocation(run) for run in runs],
        "documents": [_document(document) for document in documents],
    }


def _tender(tender: Tender) -> Json:
    lots = sorted(tender.lots, key=lambda lot: lot.number)
    return {
        "reference": tender.reference,
        "title": tender.title,
        "stage": tender.stage.value,
        "method": tender.method,
        "parameters": tender.parameters,
        "bids": [bid for lot in lots for bid in _bids(lot)],
        "awards": [award for lot in lots for award in _award(lot)],
    }


def _bids(lot: Lot) -> list[Json]:
    """Every bid of a lot, ranked ones first."""
    result = evaluation.lot_state(lot).result
    scored = {line.bid_id: line for line in result.bids} if result else {}
    lines = [_bid(lot, figures, scored.get(figures.bid_id)) for figures in lot_figures(lot) if not figures.is_absent]
    return sorted(lines, key=lambda line: (line["rank"] is None, line["rank"] or 0, line["number"]))


def _bid(lot: Lot, figures: LotFigures, line: BidResult | None) -> Json:
    reason = (line.reason if line else "") or (figures.exclusion.reason if figures.exclusion else "")
    return {
        "lot": lot.number,
        "number": figures.bid_number,
        "bidder": figures.bidder_name,
        "complete": figures.completeness.is_complete,
        "missing": list(figures.completeness.missing),
        "total": _cents(figures.evaluation_total),
        "partial_sum": _cents(figures.partial_sum),
        "contradictions": len(figures.contradictions),
        "points": _fraction(line.points) if line else None,
        "score": _fraction(line.score) if line else None,
        "score_decimal": significant(line.score) if line and line.score is not None else None,
        "rank": line.rank if line else None,
        "excluded": bool(figures.exclusion) or bool(line and line.is_excluded),
        "reason": reason or None,
        "explanation": line.explanation if line else None,
    }


def _award(lot: Lot) -> list[Json]:
    decision = evaluation.standing_decision(lot.id)
    if decision is None:
        return []
    return [
        {
            "lot": lot.number,
            "bidder": decision.bid.bidder.name,
            "state": decision.state.value,
            "reason": decision.reason,
        }
    ]


def _allocation(run: AllocationRun) -> Json:
    figures = distribution_of(run)
    members = [
        {
            "key": member.key,
            "name": member.name,
            "blocks": {block.block.number: block.amounts[place].cents for block in figures.blocks},
            "columns": {
                column.code: _column(figures.blocks[column.block], column.pot, place) for column in figures.columns
            },
            "net": member.net.cents,
            "vat": member.vat.cents,
            "gross": member.gross.cents,
        }
        for place, member in enumerate(figures.members)
    ]
    return {
        "tender": run.tender.reference,
        "number": run.number,
        "title": run.title,
        "state": run.state.value,
        "vat_case": run.vat_case,
        "corrects": run.corrects.number if run.corrects else None,
        "input_hash": run.input_hash,
        "blocks": [
            {"number": b.block.number, "title": b.block.title, "key": b.block.key.value, "net": b.net.cents}
            for b in figures.blocks
        ],
        "members": members,
        "totals": {"net": run.total_net.cents, "vat": run.total_vat.cents, "gross": run.total_gross.cents},
        "control_sums": [
            {"label": s.label, "expected": s.expected.cents, "actual": s.actual.cents} for s in figures.control_sums
        ],
    }


def _column(block: Any, pot: int | None, place: int) -> int:
    """One cell of the table members x blocks in cents; a mixed key has one column per pot."""
    amount: Money = block.amounts[place] if pot is None else block.pots[pot].rows[place].amount
    return amount.cents


def _document(document: IssuedDocument) -> Json:
    return {
        "number": document.number,
        "kind": document.kind.value,
        "title": document.title,
        "filename": document.filename,
        "member": document.member.key if document.member else None,
        "size": document.file.size,
        "sha256": document.file_sha256,
    }


def _cents(amount: Money | None) -> int | None:
    return None if amount is None else amount.cents


def _fraction(value: Fraction | None) -> str | None:
    return None if value is None else str(value)
