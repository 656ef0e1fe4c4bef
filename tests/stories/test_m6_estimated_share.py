"""M6: my estimated share is a range from price estimates, labelled "unverbindlich", with key and reference date.

Laer needs 10 to 15 licences at 380 to 420 € a year over 4 years and shares 9.000 to 12.000 € with Velen by clients
(62 and 105): low 10 × 380 × 4 + 9.000 × 62/167 = 15.200 + 3.341,32 = 18.541,32; high 15 × 420 × 4 + 12.000 × 62/167 =
25.200 + 4.455,09 = 29.655,09.
"""

from dataclasses import replace
from datetime import date

import pytest

from procurement.core.db import db
from procurement.demand.models import DemandRound
from procurement.members.kinds import FigureKind
from procurement.values.money import Money, UnitPrice
from procurement.values.payment import Period
from tests.factories import demand as ask
from tests.factories import members as make

LICENCE = replace(
    ask.article("1.01", "UTM-Lizenz", unit="Lizenz/Jahr"),
    period=Period.YEAR, price_from_net=UnitPrice.of(380), price_to_net=UnitPrice.of(420),
)  # fmt: skip


@pytest.fixture
def lead(saved, browser):
    with saved():
        laer, velen = make.member("Laer"), make.member("Velen")
        make.figure(laer, FigureKind.CLIENTS, 62)
        make.figure(laer, FigureKind.CLIENTS, 999, on=date(2025, 12, 31))
        make.figure(velen, FigureKind.CLIENTS, 105)
        round_ = ask.round_with([LICENCE, ask.article("1.02", "Schulung", price=None)], [laer, velen])
        round_.term_months, round_.option_months = 36, 12
        round_.joint_cost_from_net, round_.joint_cost_to_net = Money.of(9000), Money.of(12000)
        round_.key_reference_date = date(2024, 12, 31)
        ask.submitted_demand(round_, velen, {"1.01": 4711})
        account_id = make.lead(laer).id
        ask.draft(round_, laer, {"1.01": (10, 12, 15), "1.02": 1})
    return browser(account_id)


@pytest.mark.parametrize("page", ["/", "/demand/1/1", "/demand/1/1/review"])
def test_m6_the_range_is_marked_as_not_binding_and_names_key_and_reference_date(lead, page):
    text = lead.get(page).text
    assert "18.541 – 29.655" in text
    assert "unverbindlich" in text
    assert "Clients, Stichtag 31.12.2024" in text


def test_m6_what_has_no_price_is_named(lead):
    assert "Ohne Preis und daher nicht enthalten: 1.02 Schulung." in lead.get("/demand/1/1").text


def test_m6_another_members_quantities_change_nothing(lead, saved):
    before = lead.get("/demand/1/1/review").text
    with saved():
        round_ = db.session.get(DemandRound, 1)
        velen = next(demand for demand in round_.demands if demand.member.name == "Velen")
        ask.actions_answers.reopen(velen, "mehr", by=make.lead(velen.member))
        ask.draft(round_, velen.member, {"1.01": 9999})
    after = lead.get("/demand/1/1/review").text
    assert "18.541 – 29.655" in before
    assert "18.541 – 29.655" in after
    assert "Velen" not in after


def test_m6_without_a_figure_of_somebody_the_joint_cost_is_left_out_and_said(lead, saved):
    with saved():
        db.session.get(DemandRound, 1).key_reference_date = date(2020, 12, 31)
    text = lead.get("/demand/1/1").text
    assert "15.200 – 25.200" in text
    assert "Die Kennzahl „Clients“ liegt noch nicht für alle eingeladenen Mitglieder vor." in text
