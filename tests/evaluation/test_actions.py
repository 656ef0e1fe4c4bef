"""Points, answers and runs through the actions; G11 with the figures of the paper."""

from dataclasses import replace
from fractions import Fraction

import pytest
import sqlalchemy as sa

from procurement.audit.events import Event
from procurement.audit.models import AuditEntry
from procurement.bids import actions as bid_actions
from procurement.core.db import db
from procurement.core.errors import Conflict, NotFound, Refused
from procurement.evaluation import actions, queries
from procurement.evaluation.entries import AnswerEntry, PointsEntry
from procurement.evaluation.models import EvaluationRun
from procurement.tenders.kinds import TenderStage
from procurement.tenders.models import AwardCriterion
from tests.examples.evaluation_g import G11_BIDS
from tests.factories import evaluation as given
from tests.factories import members as make
from tests.factories.runs import EXCLUSION_CRITERION, G11_CRITERIA
from tests.factories.tenders import Wish

NO_MINIMUM = tuple(replace(entry, minimum_percent=None) for entry in G11_CRITERIA)
PRICE_ONLY = {"method": "lowest_price"}
TWO_LOTS = (("Geräte", (Wish("1.1", "Gerät", (1,)),)), ("Dienste", (Wish("2.1", "Dienst", (1,)),)))


def result_of(lot):
    return queries.result_of(queries.latest_run(lot))


def ranks(lot):
    return {bid.bidder: bid.rank for bid in result_of(lot).bids}


def entries_of(event):
    return db.session.scalars(sa.select(AuditEntry).filter_by(event=event.value).order_by(AuditEntry.number)).all()


def test_g11_gives_ranks_and_exact_scores_of_the_paper(context):
    lot = given.g11_lot(criteria=NO_MINIMUM)
    assert ranks(lot) == {"X": 3, "Y": 1, "Z": 2}
    assert [(bid.points, bid.display_score) for bid in result_of(lot).bids] == [
        (one.exact, one.shown) for one in G11_BIDS
    ]
    assert lot.tender.stage is TenderStage.EVALUATED


def test_g11_with_whole_weight_points_gives_the_other_published_figures(context):
    lot = given.g11_lot(criteria=NO_MINIMUM, parameters={"whole_points": "yes"})
    assert [bid.points for bid in result_of(lot).bids] == [one.whole for one in G11_BIDS]


def test_a_minimum_of_fifty_percent_excludes_the_best_bid(context):
    lot = given.g11_lot()
    assert ranks(lot) == {"Y": None, "Z": 1, "X": 2}
    assert "Mindestpunktzahl in 2 (Service) nicht erreicht" in result_of(lot).unranked[0].reason


def test_an_incomplete_bid_stays_unranked_and_needs_no_points(context):
    prices = {"Netz GmbH": {"FW-1": "1000.00", "FW-2": "50.00"}, "Kabel AG": {"FW-1": "1.00"}}
    lot = given.evaluated_lot({"Netz GmbH": {"K1": 9, "K2": 8}}, prices=prices)
    assert ranks(lot) == {"Netz GmbH": 1, "Kabel AG": None}
    assert result_of(lot).unranked[0].reason == "Unvollständig: Preise fehlen in 1 von 2 Positionen (FW-2)."


def test_the_lowest_price_needs_neither_criteria_nor_points(context):
    lot = given.evaluated_lot({}, **PRICE_ONLY)
    assert ranks(lot) == {"Netz GmbH": 2, "Kabel AG": 1}
    assert result_of(lot).winner.score == 5400


def test_missing_points_block_and_name_bid_and_criterion(context):
    lot = given.opened_tender().lots[0]
    given.rate(lot, {"Netz GmbH": {"K1": 9, "K2": 8}, "Kabel AG": {"K1": 6}})
    with pytest.raises(Refused) as caught:
        given.evaluate(lot)
    assert [str(one) for one in caught.value.objections] == ["Angebot 2 (Kabel AG): Es fehlen Punkte für K2 Service."]
    assert queries.latest_run(lot) is None


def test_a_price_of_zero_stops_the_formula_with_a_sentence(context):
    prices = {"Netz GmbH": {"FW-1": "0", "FW-2": "0"}}
    with pytest.raises(Refused, match=r"nicht anwendbar: Der Preis von Angebot 1 \(Netz GmbH\) beträgt 0 €"):
        given.evaluated_lot({"Netz GmbH": {"K1": 9, "K2": 8}}, prices=prices)


def test_points_need_a_reason_and_stay_on_the_scale(context):
    tender = given.opened_tender()
    lot, bid, criterion = tender.lots[0], given.bid_of(tender, "Netz GmbH"), given.criterion_of(tender, "K1")
    for points, reason in ((5, " "), (11, "zu gut"), (-1, "zu schlecht")):
        with pytest.raises(Refused):
            actions.give_points(lot, bid, criterion, points, reason, by=make.officer())
    assert queries.scores_of(lot.id) == {}


def test_points_are_recorded_with_old_and_new_value(context):
    tender = given.opened_tender()
    lot, bid, criterion = tender.lots[0], given.bid_of(tender, "Netz GmbH"), given.criterion_of(tender, "K1")
    actions.give_points(lot, bid, criterion, 5, "mittel", by=make.officer())
    actions.give_points(lot, bid, criterion, 7, "nach Rückfrage besser", by=make.officer("Anke Albers"))
    last = entries_of(Event.POINTS_GIVEN)[-1]
    assert last.actor_name == "Anke Albers"
    assert "Punkte: 5 → 7" in last.worded_changes
    assert "Begründung: mittel → nach Rückfrage besser" in last.worded_changes


def test_saving_the_same_again_changes_nothing(context):
    lot = given.opened_tender().lots[0]
    officer = make.officer()
    given.rate(lot, given.TWO_POINTS, by=officer)
    before = len(entries_of(Event.POINTS_GIVEN))
    given.rate(lot, given.TWO_POINTS, by=officer)
    assert len(entries_of(Event.POINTS_GIVEN)) == before == 4


def test_only_leaves_get_points_and_only_of_their_own_kind(context):
    tender = given.g11_tender(criteria=(EXCLUSION_CRITERION, *NO_MINIMUM))
    lot, bid = tender.lots[0], given.bid_of(tender, "X")
    for number in ("1", "2.1", "A1"):
        with pytest.raises(NotFound):
            actions.give_points(lot, bid, given.criterion_of(tender, number), 5, "gut", by=make.officer())
    leaf = given.criterion_of(tender, "1.1.1")
    with pytest.raises(NotFound):
        actions.answer_criterion(lot, bid, leaf, is_met=True, by=make.officer())


def test_an_exclusion_criterion_must_be_answered_and_a_no_excludes(context):
    tender = given.g11_tender(criteria=(EXCLUSION_CRITERION, *NO_MINIMUM))
    lot, criterion, officer = tender.lots[0], given.criterion_of(tender, "A1"), make.officer()
    given.rate(lot, {name: points for name, points in given.G11_POINTS.items() if name != "Y"})
    with pytest.raises(Refused, match=r"Angebot 1 \(X\): Noch nicht geprüfte Ausschlusskriterien: A1 Referenzen."):
        given.evaluate(lot)
    with pytest.raises(Refused):
        actions.answer_criterion(lot, given.bid_of(tender, "Y"), criterion, is_met=False, by=officer)
    for name in "XYZ":
        answer = {"is_met": name != "Y", "reason": "" if name != "Y" else "keine Referenz vorgelegt"}
        actions.answer_criterion(lot, given.bid_of(tender, name), criterion, by=officer, **answer)
    given.evaluate(lot)
    assert ranks(lot) == {"X": 2, "Y": None, "Z": 1}
    changed = actions.answer_criterion(lot, given.bid_of(tender, "Y"), criterion, is_met=True, by=officer)
    assert changed.reason == ""
    assert "Antwort: nicht erfüllt → erfüllt" in entries_of(Event.EXCLUSION_ANSWERED)[-1].worded_changes


def test_what_somebody_else_stored_meanwhile_is_not_overwritten_unseen(context):
    tender = given.opened_tender()
    lot, bid, criterion = tender.lots[0], given.bid_of(tender, "Netz GmbH"), given.criterion_of(tender, "K1")
    actions.give_points(lot, bid, criterion, 8, "überzeugend", by=make.officer("Anke Albers"))
    unseen = PointsEntry(bid.id, criterion.id, 5, "mittel", seen=0)
    with pytest.raises(Conflict) as caught:
        actions.save_ratings(lot, [unseen], [], by=make.officer())
    assert (
        "gespeichert ist 8 Punkte von Anke Albers („überzeugend“); Ihre Eingabe ist 5 Punkte." in caught.value.message
    )
    actions.save_ratings(lot, [replace(unseen, seen=1)], [], by=make.officer())
    assert queries.scores_of(lot.id)[bid.id, criterion.id].points == 5


def test_an_empty_cell_is_left_alone_but_a_reason_without_points_is_not(context):
    tender = given.opened_tender()
    lot, bid, criterion = tender.lots[0], given.bid_of(tender, "Netz GmbH"), given.criterion_of(tender, "K1")
    assert actions.save_ratings(lot, [PointsEntry(bid.id, criterion.id, None, " ")], [], by=make.officer()) == []
    with pytest.raises(Refused):
        actions.save_ratings(lot, [PointsEntry(bid.id, criterion.id, None, "gut")], [], by=make.officer())
    assert actions.save_ratings(lot, [], [AnswerEntry(bid.id, criterion.id, None, "")], by=make.officer()) == []


def test_an_excluded_bid_gets_no_points(context):
    tender = given.opened_tender()
    bid = given.bid_of(tender, "Kabel AG")
    bid_actions.exclude_bid(bid, "§ 57 Abs. 1 Nr. 4 VgV", "Vergabeunterlagen geändert", by=make.officer())
    with pytest.raises(Refused, match="erhält keine Punkte"):
        given.rate(tender.lots[0], {"Kabel AG": {"K1": 5}})


def test_excluding_a_bid_later_makes_a_new_run_and_keeps_the_old_one(context):
    lot = given.evaluated_lot({}, **PRICE_ONLY)
    old = queries.latest_run(lot)
    cheapest = given.bid_of(lot.tender, "Kabel AG")
    bid_actions.exclude_with_rerun(cheapest, "§ 60 Abs. 3 VgV", "Preis nicht aufgeklärt", by=make.officer())
    assert not queries.lot_state(lot).is_current
    given.evaluate(lot)
    assert [run.number for run in queries.runs_of(lot.id)] == [2, 1]
    assert ranks(lot) == {"Netz GmbH": 1, "Kabel AG": None}
    assert result_of(lot).unranked[0].reason == "Preis nicht aufgeklärt (§ 60 Abs. 3 VgV)"
    assert queries.result_of(old).winner.bidder == "Kabel AG"
    assert queries.proof_of(old).is_good


def test_without_a_change_there_is_no_second_run(context):
    lot = given.evaluated_lot()
    with pytest.raises(Refused, match="hat sich nichts geändert"):
        given.evaluate(lot)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(EvaluationRun)) == 1


def test_a_run_is_tied_to_the_publication_and_can_be_recomputed(context):
    lot = given.g11_lot()
    run = queries.latest_run(lot)
    assert f'"published_hash":"{lot.tender.frozen_hash}"' in run.input
    assert queries.proof_of(run).is_good
    assert entries_of(Event.EVALUATED)[0].worded_changes == [
        "Methode: Einfache Richtwertmethode",
        "Nicht gewertet: 2 (Y)",
        f"Prüfsumme der Eingaben, SHA-256: {run.input_hash}",
        "Rang 1: 3 (Z)",
    ]


def test_criteria_changed_behind_the_publication_are_never_evaluated_with(context):
    lot = given.opened_tender().lots[0]
    given.rate(lot, given.TWO_POINTS)
    weights = {"K1": "40", "K2": "60"}
    for number, weight in weights.items():
        of = (AwardCriterion.tender_id == lot.tender_id, AwardCriterion.number == number)
        db.session.execute(sa.update(AwardCriterion).where(*of).values(weight_percent=weight))
    with pytest.raises(Refused, match="Seit der Veröffentlichung geändert: Kriterien"):
        given.evaluate(lot)


def test_the_tender_counts_as_evaluated_when_every_lot_with_bids_has_a_run(context):
    prices = {"Netz GmbH": {"1.1": "10.00", "2.1": "20.00"}}
    tender = given.opened_tender(prices, TWO_LOTS, **PRICE_ONLY)
    given.evaluate(tender.lots[0])
    assert tender.stage is TenderStage.OPENED
    given.evaluate(tender.lots[1])
    assert tender.stage is TenderStage.EVALUATED


def test_a_lot_nobody_bid_for_does_not_hold_up_the_others(context):
    tender = given.opened_tender({"Netz GmbH": {"1.1": "10.00"}}, TWO_LOTS, **PRICE_ONLY)
    with pytest.raises(Refused, match="Für Los 2 liegt kein Angebot vor"):
        given.evaluate(tender.lots[1])
    given.evaluate(tender.lots[0])
    assert tender.stage is TenderStage.EVALUATED


def test_exact_thirds_stay_exact_in_the_stored_result(context):
    z = result_of(given.g11_lot(criteria=NO_MINIMUM)).bids[2]
    assert (z.points, z.score) == (Fraction(22_000, 3), Fraction(11, 354))
