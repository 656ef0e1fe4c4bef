"""Several evaluators: named, blind until all have submitted, agreed on with a reason and never averaged."""

import pytest

from procurement.bids import queries as bids
from procurement.core.errors import Conflict, Refused, Withheld
from procurement.evaluation import actions, actions_consensus, actions_panel, queries, queries_panel
from procurement.evaluation.consensus import AgreedEntry, Agreement, agreement_of, spread
from procurement.evaluation.entries import PointsEntry
from procurement.tenders import queries_panel as panels
from tests.factories import evaluation as given
from tests.factories import members as make
from tests.factories import panel
from tests.factories.panel import ANNAS, OTTOS


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ([], Agreement.MISSING),
        ([7], Agreement.UNANIMOUS),
        ([7, 7, 7], Agreement.UNANIMOUS),
        ([0, 0], Agreement.UNANIMOUS),
        ([7, 6], Agreement.CLOSE),
        ([5, 7, 6], Agreement.CLOSE),
        ([5, 8], Agreement.APART),
        ([9, 10], Agreement.APART),
        ([1, 0], Agreement.APART),
    ],
)
def test_a_spread_of_three_or_a_nought_or_ten_against_others_asks_for_a_talk(points, expected):
    assert agreement_of(points) is expected


def test_the_spread_is_highest_minus_lowest():
    assert spread([4, 9, 6]) == 5


@pytest.fixture
def lot(context):
    return given.opened_tender().lots[0]


@pytest.fixture
def anna(context):
    return make.officer("Anna Amt")


@pytest.fixture
def otto(context):
    return make.officer("Otto Osten")


def criterion_id(lot, number):
    return given.criterion_of(lot.tender, number).id


def agreed(lot, bidder, number, points, reason="Im Gespräch geklärt", seen=None):
    return AgreedEntry(given.bid_of(lot.tender, bidder).id, criterion_id(lot, number), points, reason, seen)


def reasons(refused) -> str:
    return " ".join(one.text for one in refused.value.objections)


def test_prices_are_withheld_from_an_evaluator_until_the_own_points_are_submitted(lot, anna, otto):
    panel.named(lot.tender, anna, otto)
    for read in (lambda: bids.readable_tender(lot.tender_id, anna), lambda: queries.lot(lot.id, anna)):
        with pytest.raises(Withheld, match="Preise, Rangfolge und Preisdokumente"):
            read()
    assert bids.readable_tender(lot.tender_id, make.officer())
    assert bids.rateable_tender(lot.tender_id, anna)
    panel.submitted(lot, ANNAS, by=anna)
    assert bids.readable_tender(lot.tender_id, anna)
    with pytest.raises(Withheld):
        bids.readable_tender(lot.tender_id, otto)


def test_nobody_sees_the_notes_of_others_before_the_last_has_submitted(lot, anna, otto):
    panel.named(lot.tender, anna, otto)
    panel.submitted(lot, ANNAS, by=anna)
    panel.noted(lot, OTTOS, by=otto)
    assert queries_panel.notes_of(lot) == []
    with pytest.raises(Refused) as refused:
        actions_consensus.agree(lot, [agreed(lot, "Netz GmbH", "K1", 8)], by=anna)
    assert "Es fehlen: Otto Osten." in reasons(refused)
    actions_panel.submit_notes(lot.tender, by=otto)
    found = {(one.evaluator, one.bid_number, one.criterion_number): one.points for one in queries_panel.notes_of(lot)}
    assert found == {
        ("Anna Amt", 1, "K1"): 9, ("Anna Amt", 1, "K2"): 8, ("Anna Amt", 2, "K1"): 6, ("Anna Amt", 2, "K2"): 7,
        ("Otto Osten", 1, "K1"): 5, ("Otto Osten", 1, "K2"): 8, ("Otto Osten", 2, "K1"): 7, ("Otto Osten", 2, "K2"): 7,
    }  # fmt: skip


def test_points_where_all_agree_are_taken_over_at_once_and_no_mean_is_ever_made(lot, anna, otto):
    compared = panel.compared(lot, anna, otto)
    assert [cell.agreement for cell in compared.cells] == [
        Agreement.APART, Agreement.CLOSE, Agreement.UNANIMOUS, Agreement.UNANIMOUS,
    ]  # fmt: skip
    taken = actions_consensus.adopt_unanimous(lot, by=otto)
    assert [(one.bid.bidder.name, one.criterion.number, one.points) for one in taken] == [
        ("Netz GmbH", "K2", 8),
        ("Kabel AG", "K2", 7),
    ]
    assert taken[0].reason == "Anna Amt: Anna Amt zu Netz GmbH bei K2\nOtto Osten: Otto Osten zu Netz GmbH bei K2"
    assert taken[0].agreed_by == "Anna Amt, Otto Osten"
    assert len(queries_panel.comparison(lot).open) == 2


def test_where_they_differ_the_panel_decides_with_a_reason_and_the_lot_is_evaluated_with_that(lot, anna, otto):
    panel.compared(lot, anna, otto)
    with pytest.raises(Refused) as refused:
        actions_consensus.agree(lot, [agreed(lot, "Netz GmbH", "K1", 9, " ")], by=anna)
    assert "begründen" in reasons(refused)
    actions_consensus.adopt_unanimous(lot, by=anna)
    entries = [agreed(lot, "Netz GmbH", "K1", 9), agreed(lot, "Kabel AG", "K1", 6)]
    assert len(actions_consensus.agree(lot, entries, by=anna)) == 2
    run = actions.evaluate(lot, by=anna)
    assert [one.points for one in queries.result_of(run).bids] == [8600, 6400]


def test_a_consensus_somebody_else_changed_meanwhile_is_not_overwritten(lot, anna, otto):
    panel.compared(lot, anna, otto)
    actions_consensus.agree(lot, [agreed(lot, "Netz GmbH", "K1", 7)], by=anna)
    with pytest.raises(Conflict, match="sind 7 Punkte festgelegt"):
        actions_consensus.agree(lot, [agreed(lot, "Netz GmbH", "K1", 9, "Anders", seen=0)], by=otto)


def test_only_the_panel_records_the_consensus_and_nobody_gives_points_beside_it(lot, anna, otto):
    panel.compared(lot, anna, otto)
    stranger = make.officer("Fritz Fremd")
    with pytest.raises(Refused) as refused:
        actions_consensus.agree(lot, [agreed(lot, "Netz GmbH", "K1", 8)], by=stranger)
    assert "aus dem Wertungsgremium" in reasons(refused)
    with pytest.raises(Refused) as refused:
        given.rate(lot, {"Netz GmbH": {"K1": 8}}, by=stranger)
    assert "Punkte entstehen im Konsens" in reasons(refused)


def test_what_is_missing_is_named_before_submitting_and_afterwards_nothing_changes(lot, anna, otto):
    panel.named(lot.tender, anna, otto)
    panel.noted(lot, {"Netz GmbH": {"K1": 9, "K2": 8}, "Kabel AG": {"K1": 6}}, by=anna)
    with pytest.raises(Refused) as refused:
        actions_panel.submit_notes(lot.tender, by=anna)
    assert reasons(refused) == "Los 1, K2 Service: Es fehlen Punkte oder Begründung für Kabel AG."
    panel.submitted(lot, {"Kabel AG": {"K2": 7}}, by=anna)
    with pytest.raises(Refused) as refused:
        panel.noted(lot, ANNAS, by=anna)
    assert "stehen damit fest" in reasons(refused)


def test_half_a_note_is_kept_but_points_off_the_scale_are_not(lot, anna):
    panel.named(lot.tender, anna)
    bid_id, leaf = given.bid_of(lot.tender, "Netz GmbH").id, criterion_id(lot, "K1")
    actions_panel.save_notes(lot, [PointsEntry(bid_id, leaf, None, "noch offen")], by=anna)
    own = queries_panel.own_notes(lot, panels.member_of(lot.tender_id, anna.id))
    assert (own.cells[0].points, own.cells[0].reason, own.done) == (None, "noch offen", 0)
    with pytest.raises(Refused) as refused:
        actions_panel.save_notes(lot, [PointsEntry(bid_id, leaf, 11, "zu viel")], by=anna)
    assert "Netz GmbH: Bitte ganze Punkte von 0 bis 10 vergeben." in reasons(refused)


def test_an_evaluator_declares_before_noting(lot, anna):
    actions_panel.name_evaluator(lot.tender, anna, by=make.officer())
    with pytest.raises(Refused) as refused:
        panel.noted(lot, ANNAS, by=anna)
    assert "§ 6 VgV" in reasons(refused)


def test_who_left_the_panel_is_not_named_again_and_no_longer_awaited(lot, anna, otto):
    first, second = panel.named(lot.tender, anna, otto)
    panel.submitted(lot, ANNAS, by=anna)
    with pytest.raises(Refused):
        actions_panel.remove_evaluator(first, "Andere Aufgaben", by=otto)
    actions_panel.remove_evaluator(second, "Dauerhaft erkrankt", by=anna)
    assert panels.have_all_submitted(lot.tender_id)
    assert {one.evaluator for one in queries_panel.notes_of(lot)} == {"Anna Amt"}
    with pytest.raises(Refused):
        actions_panel.name_evaluator(lot.tender, otto, by=anna)


def test_a_panel_comes_before_the_first_points_and_from_the_procurement_office(lot, anna):
    with pytest.raises(Refused) as refused:
        actions_panel.name_evaluator(lot.tender, make.lead(make.member()), by=anna)
    assert "Personen der Vergabestelle" in reasons(refused)
    given.rate(lot, {"Netz GmbH": {"K1": 9}})
    with pytest.raises(Refused) as refused:
        actions_panel.name_evaluator(lot.tender, anna, by=anna)
    assert "schon Punkte vergeben" in reasons(refused)
