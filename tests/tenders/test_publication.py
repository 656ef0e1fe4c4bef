"""What keeps a tender from being published, one fact after the other."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from procurement.tenders.criteria_entries import CriterionEntry
from procurement.tenders.kinds import LineOrigin, ProcedureType, TenderStage, TieRule
from procurement.tenders.lineage import LineSum
from procurement.tenders.participation import Participation
from procurement.tenders.publication import (
    Bill,
    LatestEstimate,
    PublicationFacts,
    Scoring,
    objections_to_publishing,
    remarks_on_publishing,
)
from procurement.tenders.timetable import Deadlines
from procurement.values.money import Money
from procurement.values.quantity import Quantity

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LINES = tuple(LineSum(number, LineOrigin.DEMAND, Quantity.of(4), Quantity.of(4)) for number in ("1", "2"))
BILL = Bill(lot_count=2, empty_lots=(), has_merging_reason=False, lines=LINES, value_net=Money.of(6000))
SCORING = Scoring("simple_ratio", {}, TieRule.NONE, (CriterionEntry("K1", "Leistung", weight_percent="100"),))
READY = PublicationFacts(
    stage=TenderStage.PLANNED,
    procedure_type=ProcedureType.OPEN,
    started_on=date(2026, 11, 2),
    deadlines=Deadlines(NOW + timedelta(days=28), NOW + timedelta(days=35), date(2027, 2, 26)),
    scoring=SCORING,
    bill=BILL,
    estimate=LatestEstimate(Money.of(6000), Money.of(216_000)),
    officers=3,
    participation=Participation(3),
    now=NOW,
    today=date(2026, 11, 23),
    bid_deadline_on=date(2026, 12, 28),
)
TOO_EARLY = Deadlines(NOW + timedelta(days=2), NOW + timedelta(days=5), date(2027, 2, 26))


def test_a_complete_tender_may_be_published():
    assert objections_to_publishing(READY) == []


@pytest.mark.parametrize(
    ("facts", "part"),
    [
        (replace(READY, stage=TenderStage.PUBLISHED), "führt kein Weg zu „Veröffentlicht“"),
        (replace(READY, bill=replace(BILL, empty_lots=(2,))), "Los 2 hat keine Positionen"),
        (replace(READY, bill=replace(BILL, lot_count=0)), "Es gibt noch kein Los"),
        (replace(READY, bill=replace(BILL, lines=(replace(LINES[0], quantity=Quantity(0)),))), "hat keine Menge"),
        (replace(READY, participation=Participation(0)), "Es nimmt kein Mitglied teil"),
        (replace(READY, scoring=replace(SCORING, method=None)), "noch keine Wertungsmethode"),
        (replace(READY, scoring=replace(SCORING, criteria=())), "noch keine Zuschlagskriterien"),
        (replace(READY, deadlines=Deadlines(), bid_deadline_on=None), "Bitte die Angebotsfrist festlegen"),
        (replace(READY, deadlines=TOO_EARLY, bid_deadline_on=date(2026, 11, 28)), "Die Angebotsfrist ist zu kurz"),
        (replace(READY, estimate=None), "noch nicht geschätzt"),
        (
            replace(READY, bill=replace(BILL, value_net=Money.of(6001))),
            "haben sich seit der letzten Schätzung geändert",
        ),
        (replace(READY, officers=1), "mindestens zwei aktive Personen"),
    ],
)
def test_each_missing_thing_is_said(facts, part):
    assert any(part in objection.text for objection in objections_to_publishing(facts))


def test_from_the_threshold_on_a_national_procedure_is_refused():
    large = replace(
        READY,
        procedure_type=ProcedureType.NATIONAL_PUBLIC,
        bill=replace(BILL, value_net=Money.of(216_000)),
        estimate=LatestEstimate(Money.of(216_000), Money.of(216_000)),
    )
    assert [objection.field for objection in objections_to_publishing(large)] == ["procedure_type"]


def test_all_objections_come_together():
    missing = {"participation": Participation(0), "estimate": None, "deadlines": Deadlines(), "bid_deadline_on": None}
    bare = replace(READY, officers=0, **missing)
    assert len(objections_to_publishing(bare)) == 6


def test_two_officers_are_enough_but_remarked_upon():
    assert "Nur zwei Personen" in remarks_on_publishing(replace(READY, officers=2))[0]
    assert objections_to_publishing(replace(READY, officers=2)) == []


def test_a_single_lot_without_a_reason_is_remarked_upon():
    single = replace(BILL, lot_count=1)
    assert "in einem Los" in remarks_on_publishing(replace(READY, bill=single))[0]
    reasoned = replace(READY, bill=replace(single, has_merging_reason=True))
    assert not any("in einem Los" in remark for remark in remarks_on_publishing(reasoned))


def test_remarks_on_the_period_and_on_the_method():
    short = remarks_on_publishing(replace(READY, bid_deadline_on=date(2026, 12, 15)))
    assert any("kürzer als die Regelfrist" in remark for remark in short)
    assert any("gleich stark" in remark for remark in short)
    unready = replace(READY, bid_deadline_on=None, scoring=replace(SCORING, method=None))
    assert remarks_on_publishing(unready) == []
