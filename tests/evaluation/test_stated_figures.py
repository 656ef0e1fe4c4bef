"""Figures that bidders state: kept as stated, points computed with every run from the bids that are left."""

from fractions import Fraction

import pytest

from procurement.core.errors import Refused
from procurement.evaluation import actions, actions_exclusion, queries
from procurement.tenders.criteria_entries import CriterionEntry
from procurement.tenders.criteria_scales import Direction, FigureScale, as_text
from tests.factories import evaluation as given
from tests.factories import members as make
from tests.page_reading import seen_on

HOURS = as_text(FigureScale("Stunden", Direction.LOWER, Fraction(2)))
CRITERIA = (
    CriterionEntry("K1", "Reaktionszeit", weight_percent="60", scale=HOURS),
    CriterionEntry("K2", "Service", weight_percent="40"),
)
STATED = {"Netz GmbH": "2", "Kabel AG": "3,5"}


def stated(lot, figures=STATED):
    officer = make.officer()
    for bidder, figure in figures.items():
        bid, criterion = given.bid_of(lot.tender, bidder), given.criterion_of(lot.tender, "K1")
        actions.state_figure(lot, bid, criterion, figure, "Konzept, Seite 4", by=officer)


def points_for_time(run):
    return {one.bidder: one.leaves[0].points for one in queries.result_of(run).bids if one.leaves}


def test_an_exclusion_moves_the_points_of_the_others(context):
    """2 h is the best, 3.5 h gets 10 × (4 − 3.5) / 2 = 2.5; alone, 3.5 h is the best itself."""
    lot = given.opened_tender(criteria=CRITERIA).lots[0]
    given.rate(lot, {"Netz GmbH": {"K2": 8}, "Kabel AG": {"K2": 7}})
    stated(lot)
    assert points_for_time(given.evaluate(lot)) == {"Netz GmbH": 10, "Kabel AG": Fraction(5, 2)}
    out, first, second = given.bid_of(lot.tender, "Netz GmbH"), make.officer(), make.officer()
    asked = actions_exclusion.propose_exclusion(out, "§ 57 Abs. 1 Nr. 4 VgV", "Unterlagen geändert", by=first)
    actions_exclusion.confirm_exclusion(asked, "Geprüft", by=second)
    assert points_for_time(queries.latest_run(lot)) == {"Kabel AG": 10}


def test_points_are_not_given_where_a_figure_is_stated_and_figures_have_to_be_figures(context):
    lot = given.opened_tender(criteria=CRITERIA).lots[0]
    with pytest.raises(Refused, match="werden daraus berechnet"):
        given.rate(lot, {"Netz GmbH": {"K1": 8}})
    with pytest.raises(Refused, match="ist keine Zahl"):
        stated(lot, {"Netz GmbH": "schnell"})


def test_a_figure_is_entered_on_the_page_of_points_and_kept_when_it_is_wrong(saved, browser):
    with saved():
        officer, lot = make.officer(), given.opened_tender(criteria=CRITERIA).lots[0]
        key = f"{given.bid_of(lot.tender, 'Netz GmbH').id}-{given.criterion_of(lot.tender, 'K1').id}"
        ids, leaf = (officer.id, lot.id), given.criterion_of(lot.tender, "K1").id
    window, address = browser(ids[0]), f"/evaluation/lots/{ids[1]}/points?criterion={leaf}"
    assert "Der Bieter nennt Stunden; weniger ist besser." in seen_on(window.get(address))
    typed = {f"value-{key}": "rasch", f"reason-{key}": "Seite 4", f"seen-{key}": "0"}
    refused = window.post(address, typed)
    assert refused.status_code == 422
    assert 'value="rasch"' in refused.text
    assert window.post(address, typed | {f"value-{key}": "2,5"}).status_code == 303
    with saved():
        assert [one.figure for one in queries.figures_of(ids[1]).values()] == ["2.5"]
