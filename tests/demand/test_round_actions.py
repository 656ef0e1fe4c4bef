"""Verbs of a round: prepare, fill, invite, open, close, with the entries they leave in the trail."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from procurement.audit.models import AuditEntry
from procurement.core import clock
from procurement.core.db import db
from procurement.core.errors import Conflict, Refused
from procurement.demand import actions, queries, queries_totals
from procurement.demand.entries import RoundEntry
from procurement.demand.states import DemandState, RoundState
from procurement.values.quantity import Quantity
from tests.factories import demand as ask
from tests.factories import members as make

pytestmark = pytest.mark.usefixtures("context")


def last_changes():
    return db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.number.desc())).first().worded_changes


def entry(reference="B-2026-01", title="Firewall und Netzsicherheit"):
    return RoundEntry(reference, title, "", clock.now() + timedelta(days=18))


def test_a_round_begins_in_preparation_and_its_reference_is_used_once():
    officer = make.officer()
    made = actions.create_round(entry(" B-2026-01 "), by=officer)
    assert (made.reference, made.state, made.created_by_id) == ("B-2026-01", RoundState.DRAFT, officer.id)
    with pytest.raises(Refused, match="trägt schon"):
        actions.create_round(entry("B-2026-01", "Andere"), by=officer)


def test_changing_a_round_records_old_and_new_and_keeps_its_own_reference():
    officer = make.officer()
    made = actions.create_round(entry(), by=officer)
    actions.change_round(made, replace(entry(), title="Netzsicherheit", deadline_at=made.deadline_at), by=officer)
    assert last_changes() == ["Titel: Firewall und Netzsicherheit → Netzsicherheit"]


def test_a_round_changed_by_somebody_else_meanwhile_is_not_overwritten():
    officer = make.officer()
    made = actions.create_round(entry(), by=officer)
    seen = made.version
    actions.change_round(made, replace(entry(), title="Netzsicherheit"), by=officer)
    with pytest.raises(Conflict, match=f"Stand {seen}"):
        actions.change_round(made, entry(), by=officer, seen_version=seen)


def test_articles_keep_the_order_in_which_they_came():
    round_ = ask.round_with(["1.02", "1.01", "1.03"])
    actions.remove_article(queries.articles_of(round_.id)[1], by=make.officer())
    actions.add_article(round_, ask.article("1.00"), by=make.officer())
    assert [article.number for article in queries.articles_of(round_.id)] == ["1.02", "1.03", "1.00"]


def test_many_articles_come_in_together_or_not_at_all():
    round_ = ask.round_with(["1.01"])
    with pytest.raises(Refused) as refused:
        actions.add_articles(round_, [ask.article("1.02"), ask.article("1.02"), ask.article("1.01")], by=make.officer())
    assert [o.text.split(":")[0] for o in refused.value.objections] == ["Zeile 2", "Zeile 3"]
    actions.add_articles(round_, [ask.article("1.02"), ask.article("1.03")], by=make.officer())
    assert [article.number for article in queries.articles_of(round_.id)] == ["1.01", "1.02", "1.03"]


def test_opening_waits_for_an_article_and_a_member():
    officer = make.officer()
    round_ = ask.round_with([], officer=officer)
    with pytest.raises(Refused, match=r"kein Artikel.*kein Mitglied"):
        actions.open_round(round_, by=officer)


def test_from_the_opening_on_articles_are_fixed_and_members_can_still_be_invited():
    officer, first, late = make.officer(), make.member("Ahaus"), make.member("Borken")
    round_ = ask.round_with(["1.01"], [first], officer=officer)
    for change in (
        lambda: actions.add_article(round_, ask.article("1.02"), by=officer),
        lambda: actions.add_articles(round_, [ask.article("1.02")], by=officer),
        lambda: actions.remove_article(queries.articles_of(round_.id)[0], by=officer),
    ):
        with pytest.raises(Refused, match="in Vorbereitung"):
            change()
    actions.invite(round_, [first, late], by=officer)
    assert queries.invited_member_ids(round_) == {first.id, late.id}
    assert last_changes() == ["Mitglieder: Borken"]


def test_inviting_nobody_new_is_refused():
    member = make.member()
    round_ = ask.round_with(["1.01"], [member])
    with pytest.raises(Refused, match="noch nicht eingeladen"):
        actions.invite(round_, [member], by=make.officer())


def test_closing_freezes_what_was_submitted_and_names_who_did_not_answer():
    ahaus, borken, laer, velen = (make.member(name) for name in ("Ahaus", "Borken", "Laer", "Velen"))
    round_ = ask.round_with(["1.01"], [ahaus, borken, laer, velen])
    ask.submitted_demand(round_, ahaus, {"1.01": (1, 2, 3)})
    ask.nil_demand(round_, borken)
    ask.draft(round_, laer, {"1.01": 5})
    actions.close_round(round_, by=make.officer())
    assert [(answer.name, answer.state) for answer in queries_totals.answers(round_)] == [
        ("Ahaus", DemandState.FROZEN),
        ("Borken", DemandState.NIL),
        ("Laer", DemandState.DRAFT),
        ("Velen", DemandState.OPEN),
    ]
    assert "Ohne Antwort: Laer, Velen" in last_changes()
    assert round_.closed_at == clock.now()


def test_only_frozen_quantities_reach_the_tender_with_every_member_inside():
    ahaus, borken, laer = (make.member(name) for name in ("Ahaus", "Borken", "Laer"))
    round_ = ask.round_with(["1.01", "1.02", "1.03"], [ahaus, borken, laer])
    ask.submitted_demand(round_, borken, {"1.01": (1, 2, 3), "1.02": 0})
    ask.submitted_demand(round_, ahaus, {"1.01": "2.5"})
    ask.draft(round_, laer, {"1.01": 100})
    with pytest.raises(Refused, match="noch nicht geschlossen"):
        queries_totals.frozen_items(round_)
    actions.close_round(round_, by=make.officer())
    lines = queries_totals.frozen_lines(round_)
    assert [(line.article.number, line.expected) for line in lines] == [
        ("1.01", Quantity.of("4.5")), ("1.02", Quantity(0)), ("1.03", Quantity(0)),
    ]  # fmt: skip
    assert [(each.member_name, each.expected) for each in lines[0].requests] == [
        ("Ahaus", Quantity.of("2.5")), ("Borken", Quantity.of(2)),
    ]  # fmt: skip
    assert lines[1].requests == ()


def test_after_closing_every_verb_of_the_round_refuses():
    officer, member = make.officer(), make.member()
    round_ = ask.closed_round([(member, {"1.01": 1})], officer=officer)
    for verb in (
        lambda: actions.change_round(round_, entry(), by=officer),
        lambda: actions.add_article(round_, ask.article(), by=officer),
        lambda: actions.remove_article(queries.articles_of(round_.id)[0], by=officer),
        lambda: actions.invite(round_, [make.member()], by=officer),
        lambda: actions.open_round(round_, by=officer),
        lambda: actions.close_round(round_, by=officer),
    ):
        with pytest.raises(Refused):
            verb()


def test_a_later_deadline_lets_members_answer_again(hand):
    officer, member = make.officer(), make.member()
    round_ = ask.round_with(["1.01"], [member], officer=officer)
    hand.moment = round_.deadline_at + timedelta(hours=1)
    with pytest.raises(Refused, match="abgelaufen"):
        ask.draft(round_, member, {"1.01": 1})
    later = RoundEntry(round_.reference, round_.title, "", hand.moment + timedelta(days=2))
    actions.change_round(round_, later, by=officer)
    assert ask.draft(round_, member, {"1.01": 1}).state is DemandState.DRAFT
