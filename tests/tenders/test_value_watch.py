"""What a round's demand is worth while it comes in: prices, term, drafts, versions, crossing the threshold."""

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from procurement.core import jobs
from procurement.core.db import db
from procurement.core.errors import Refused
from procurement.core.mail import OutgoingMail
from procurement.demand import actions, actions_adjustments, actions_answers
from procurement.demand.adjustments import AdjustmentEntry
from procurement.demand.entries import ArticleEntry, RoundEntry
from procurement.demand.models import DemandRound
from procurement.rulebook.thresholds import NoRuleInForce
from procurement.tenders import actions_watch, queries_watch, value_watch
from procurement.tenders.value_watch import WatchedArticle, watched
from procurement.values.money import Money, UnitPrice
from procurement.values.payment import ContractTerm, Period
from procurement.values.quantity import Quantity
from tests.factories import demand
from tests.factories import members as make

TODAY = date(2026, 11, 23)
NO_TERM = ContractTerm()


def article(price, submitted, drafted=0, period=Period.NONE, span=(None, None)):
    low, high = (UnitPrice.of(each) if each else None for each in span)
    known = UnitPrice.of(price) if price else None
    return WatchedArticle("A1", period, known, low, high, Quantity.of(submitted), Quantity.of(drafted))


def test_submitted_demand_counts_and_drafts_stand_beside_it():
    made = watched([article("1000", 200, 10), article("500", 10)], NO_TERM, TODAY)
    assert (made.submitted_net, made.drafted_net) == (Money.of(205_000), Money.of(10_000))
    assert made.threshold_net == Money.of(216_000)
    assert not made.reaches_threshold


def test_without_a_planning_price_the_middle_of_the_range_counts():
    assert watched([article(None, 10, span=("100", "201"))], NO_TERM, TODAY).submitted_net == Money.of(1505)
    assert watched([article(None, 10, span=("100", None))], NO_TERM, TODAY).submitted_net == Money.of(1000)
    unpriced = watched([article(None, 10)], NO_TERM, TODAY)
    assert (unpriced.submitted_net, unpriced.unpriced) == (Money(0), ("A1",))
    assert "Ohne Preis und deshalb nicht enthalten: A1." in unpriced.basis


@pytest.mark.parametrize(
    ("term", "euro"),
    [
        (ContractTerm(60, 0, has_total_price=False), 192_000),
        (ContractTerm(60, 0, has_total_price=True), 240_000),
        (ContractTerm(24, 12, has_total_price=False), 144_000),
        (ContractTerm(), 192_000),  # a term nobody knows counts like one without an end
    ],
)
def test_a_price_per_month_counts_over_the_term(term, euro):
    assert watched([article("4000", 1, period=Period.MONTH)], term, TODAY).submitted_net == Money.of(euro)


def test_a_price_per_year_counts_by_twelfths():
    term = ContractTerm(42)
    assert watched([article("1000", 1, period=Period.YEAR)], term, TODAY).submitted_net == Money.of(3500)


def test_the_threshold_is_that_of_the_day():
    assert watched([], NO_TERM, date(2025, 12, 31)).threshold_net == Money.of(221_000)
    with pytest.raises(NoRuleInForce):
        watched([], NO_TERM, date(2028, 1, 1))


def test_steps_have_differences_and_say_where_the_threshold_was_crossed():
    limit = Money.of(216_000)
    made = value_watch.steps([(Money.of(100_000), limit), (Money.of(220_000), limit), (Money.of(219_000), limit)])
    assert [step.difference_net for step in made] == [None, Money.of(120_000), Money.of(-1000)]
    assert [step.is_crossing for step in made] == [False, True, False]


def open_round(price="1000.00", officer=None, **details):
    """A round with one article for Ahaus, Borken and Velen."""
    members = [make.member(name) for name in ("Ahaus", "Borken", "Velen")]
    entries = [ArticleEntry("A1", "Dienst", "Stück", planning_price_net=UnitPrice.of(price), **details)]
    return demand.round_with(entries, members, officer=officer or make.officer()), members


def stored(round_):
    return [(one.number, one.total_net, one.cause) for one in queries_watch.estimates_of(round_.id)]


def run_watch():
    """What the worker does, inside the test's own transaction."""
    for job in db.session.scalars(sa.select(jobs.Job).filter_by(kind="tenders:watch_round").order_by(jobs.Job.id)):
        round_ = db.session.get_one(DemandRound, job.args["round_id"])
        actions_watch.estimate_round(round_, cause=job.args["cause"], by=make.officer())
        db.session.delete(job)
    db.session.flush()


def test_every_submission_leads_to_a_version_that_names_its_cause(context):
    round_, (ahaus, borken, velen) = open_round()
    demand.submitted_demand(round_, ahaus, {"A1": 12})
    run_watch()
    demand.submitted_demand(round_, borken, {"A1": "0.4"})
    run_watch()
    demand.nil_demand(round_, velen)
    run_watch()
    assert stored(round_) == [
        (1, Money.of(12_000), "Einreichung von Ahaus"),
        (2, Money.of(12_400), "Einreichung von Borken"),
    ]


def test_opening_again_takes_the_value_out_until_it_is_submitted_again(context):
    round_, (ahaus, *_rest) = open_round()
    lead = make.lead(ahaus)
    answered = demand.submitted_demand(round_, ahaus, {"A1": 12}, by=lead)
    run_watch()
    actions_answers.reopen(answered, "Zu viel gemeldet", by=lead)
    run_watch()
    assert stored(round_)[-1] == (2, Money(0), "Bedarf von Ahaus wieder geöffnet")
    assert queries_watch.value_now(round_).drafted_net == Money.of(12_000)


def test_changes_before_the_worker_looks_are_one_version_with_both_causes(context):
    round_, (ahaus, borken, _velen) = open_round()
    demand.submitted_demand(round_, ahaus, {"A1": 1})
    demand.submitted_demand(round_, borken, {"A1": 2})
    [job] = db.session.scalars(sa.select(jobs.Job).filter_by(kind="tenders:watch_round"))
    assert job.args["cause"] == "Einreichung von Ahaus; Einreichung von Borken"
    assert job.args["by_id"] is None
    run_watch()
    assert [total for _number, total, _cause in stored(round_)] == [Money.of(3000)]


def test_a_confirmed_adjustment_counts_instead_of_what_was_typed(context):
    officer = make.officer()
    round_, (ahaus, *_rest) = open_round(officer=officer)
    lead = make.lead(ahaus)
    answered = demand.submitted_demand(round_, ahaus, {"A1": 12}, by=lead)
    run_watch()
    entry = AdjustmentEntry(None, Quantity.of(10), None, "Zwei Geräte sind schon bestellt.")
    proposed = actions_adjustments.propose(answered.items[0], entry, by=officer)
    run_watch()
    actions_adjustments.confirm(proposed, by=lead)
    run_watch()
    assert stored(round_)[1:] == [(2, Money.of(10_000), "Anpassung von Ahaus bestätigt")]


def test_closing_and_a_changed_term_are_looked_at_too(context):
    officer = make.officer()
    round_, (ahaus, *_rest) = open_round(officer=officer, period=Period.MONTH)
    demand.submitted_demand(round_, ahaus, {"A1": 1})
    run_watch()  # 48 × 1,000
    entry = RoundEntry(round_.reference, round_.title, "", round_.deadline_at, term=ContractTerm(12))
    actions.change_round(round_, entry, by=officer)
    run_watch()
    actions.close_round(round_, by=officer)
    run_watch()  # frozen demand is worth the same
    assert stored(round_)[1:] == [(2, Money.of(12_000), "Angaben der Bedarfsrunde geändert")]


def test_crossing_the_threshold_is_mailed_to_whoever_made_the_round(context):
    officer = make.officer("Petra Amt")
    round_, (ahaus, borken, _velen) = open_round(officer=officer)
    demand.submitted_demand(round_, ahaus, {"A1": 200})
    run_watch()
    mails = sa.select(OutgoingMail).where(OutgoingMail.recipient == officer.email)
    before = len(db.session.scalars(mails).all())
    demand.submitted_demand(round_, borken, {"A1": 16})
    run_watch()
    [mail] = db.session.scalars(mails).all()[before:]
    assert mail.subject == f"{round_.reference}: EU-Schwellenwert erreicht"
    assert "jetzt 216.000,00 € netto wert (bisher 200.000,00 €)" in mail.text
    assert f"/tenders/rounds/{round_.id}/watch" in mail.text


def test_the_job_stores_the_version_of_whoever_changed_the_demand(app, saved):
    with saved():
        round_, (ahaus, *_rest) = open_round()
        lead = make.lead(ahaus, "Lea Leitung")
        demand.submitted_demand(round_, ahaus, {"A1": 12}, by=lead)
        round_id, lead_id = round_.id, lead.id
    with app.app_context():
        jobs.run_pending()
        [version] = queries_watch.estimates_of(round_id)
        assert (version.total_net, version.made_by_id) == (Money.of(12_000), lead_id)


def test_no_version_without_a_threshold_for_today(context, hand):
    round_, (ahaus, *_rest) = open_round()
    demand.submitted_demand(round_, ahaus, {"A1": 1})
    hand.moment = datetime(2028, 1, 3, 9, tzinfo=UTC)
    with pytest.raises(Refused, match=r"am 03\.01\.2028 kein Wert hinterlegt"):
        actions_watch.estimate_round(round_, cause="", by=make.officer())
    assert queries_watch.view_of(round_).now is None


def test_the_page_and_its_fragment_show_value_difference_and_rule(saved, browser):
    with saved():
        round_, (ahaus, *_rest) = open_round()
        demand.submitted_demand(round_, ahaus, {"A1": 12})
        run_watch()
        round_id, officer_id, auditor_id = round_.id, make.officer().id, make.auditor().id
        lead_id = make.lead(ahaus).id
    address = f"/tenders/rounds/{round_id}/watch"
    page = browser(officer_id)
    shown = page.get(address).get_data(as_text=True)
    for part in ("12.000,00", "+12.000,00", "Einreichung von Ahaus", "216.000,00", "EU_TH_SUBCENTRAL_SUPPLY_SERVICE"):
        assert part in shown
    fragment = page.get(address, headers={"HX-Request": "true"}).get_data(as_text=True)
    assert "<html" not in fragment
    assert "Jetzt neu schätzen" in fragment
    assert page.post(address).status_code == 303
    assert "Jetzt neu schätzen" not in browser(auditor_id).get(address).get_data(as_text=True)
    assert browser(lead_id).get(address).status_code == 403
