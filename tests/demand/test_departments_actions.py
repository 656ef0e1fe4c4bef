"""Asking departments, answering through a link, taking over their sums; every step keeps its origin in the trail."""

from datetime import timedelta

import pytest

from procurement.audit.queries import history_of
from procurement.core import clock
from procurement.core.db import db
from procurement.core.errors import Conflict, NotFound, Refused
from procurement.core.mail import OutgoingMail
from procurement.demand import actions_answers, actions_departments, queries_answers, queries_departments
from procurement.demand.departments import DepartmentEntry
from procurement.demand.models import DepartmentRequest
from tests.factories import demand as ask
from tests.factories import members as make


@pytest.fixture
def laer(context):
    """The demand of Laer in an open round with two articles, and its lead."""
    member = make.member("Laer")
    lena = make.lead(member, "Lena Leitung")
    round_ = ask.round_with(["1.01", "1.02"], [member, make.member("Ahaus")], officer=make.officer(), title="Firewall")
    return ask.demand_of(round_, member), lena


def asked(demand, lead, department="Bauamt", name="Berta Bau"):
    """Ask; return the request and the token of its link."""
    entry = DepartmentEntry(department, name, f"{department.casefold()}@laer.example", demand.round.deadline_at)
    made = actions_departments.ask(demand, entry, by=lead)
    return made.request, made.link.rpartition("/")[2]


def items(demand):
    titles = {article.article_id: article.number for article in queries_answers.articles_for(demand)}
    return {titles[number]: str(item.expected) for number, item in queries_answers.entries_of(demand).items()}


def test_the_colleague_gets_a_link_of_256_bits_of_which_only_the_hash_is_stored(laer):
    demand, lena = laer
    request, token = asked(demand, lena)
    assert len(token) == 43  # 32 bytes in base 64 without padding
    mail = db.session.query(OutgoingMail).order_by(OutgoingMail.id.desc()).first()
    assert (mail.recipient, token in mail.text) == ("bauamt@laer.example", True)
    columns = [str(getattr(request, column.name)) for column in DepartmentRequest.__table__.columns]
    assert not any(token in text for text in columns)
    (entry,) = history_of("demand", demand.id, 1)
    assert (entry.text, "Fachamt: Bauamt (Berta Bau)" in entry.worded_changes) == ("Fachamt gefragt", True)
    assert token not in entry.changes


def test_sums_are_taken_over_with_their_origin_beside_and_in_the_history(laer):
    demand, lena = laer
    _, building = asked(demand, lena)
    _, schools = asked(demand, lena, "Schulamt", "Susi Schule")
    for token, amount in ((building, 12), (schools, 30)):
        actions_departments.answer(token, ask.entries(demand.round, {"1.01": amount}))
    (total,) = actions_departments.take_over(demand, None, by=lena)
    assert total.origin == "Bauamt 12, Schulamt 30"
    assert items(demand) == {"1.01": "42"}
    latest, saving = history_of("demand", demand.id, 2)
    assert latest.worded_changes == ["1.01 Artikel 1.01: Bauamt 12, Schulamt 30"]
    assert "erwartet 42, höchstens 42 Stück" in saving.detail
    actions_departments.answer(schools, ask.entries(demand.round, {"1.01": 33}))
    (changed,) = queries_departments.sums_of(demand).values()
    assert changed.remark == "Summe hat sich geändert: 42 → 45"
    assert items(demand) == {"1.01": "42"}


def test_only_chosen_articles_are_taken_over_and_nothing_twice(laer):
    demand, lena = laer
    _, token = asked(demand, lena)
    actions_departments.answer(token, ask.entries(demand.round, {"1.01": 12, "1.02": 3}))
    chosen = [entry.article_id for entry in ask.entries(demand.round, {"1.02": 0})]
    actions_departments.take_over(demand, chosen, by=lena)
    assert items(demand) == {"1.02": "3"}
    with pytest.raises(Refused, match="keine Summe zu übernehmen"):
        actions_departments.take_over(demand, chosen, by=lena)


def test_a_report_is_corrected_until_the_lead_has_submitted(laer):
    demand, lena = laer
    request, token = asked(demand, lena)
    actions_departments.answer(token, ask.entries(demand.round, {"1.01": 12}))
    actions_departments.answer(token, ask.entries(demand.round, {"1.01": 13}))
    (entry,) = history_of("demand", demand.id, 1)
    assert entry.who == "Berta Bau, Bauamt (über Link)"
    actions_departments.take_over(demand, None, by=lena)
    actions_answers.submit(demand, by=lena)
    with pytest.raises(Refused, match="lassen sich nicht mehr ändern"):
        actions_departments.answer(token, ask.entries(demand.round, {"1.01": 14}))
    assert request.answered_at is not None


def test_the_same_report_twice_is_one_report_and_an_older_window_overwrites_nothing(laer):
    demand, lena = laer
    request, token = asked(demand, lena)
    first = request.version
    entries = ask.entries(demand.round, {"1.01": 12})
    actions_departments.answer(token, entries, seen_version=first)
    version = request.version
    actions_departments.answer(token, entries, seen_version=first)
    assert request.version == version
    with pytest.raises(Conflict):
        actions_departments.answer(token, ask.entries(demand.round, {"1.01": 11}), seen_version=first)


def test_a_reminder_is_a_new_link_and_ends_the_old_one(laer):
    demand, lena = laer
    request, old = asked(demand, lena)
    new = actions_departments.remind(request, by=lena).link.rpartition("/")[2]
    assert queries_departments.request_by_token(new) is request
    with pytest.raises(NotFound):
        queries_departments.request_by_token(old)


def test_a_revoked_link_is_dead_and_its_figures_no_longer_count(laer):
    demand, lena = laer
    request, token = asked(demand, lena)
    actions_departments.answer(token, ask.entries(demand.round, {"1.01": 12}))
    actions_departments.revoke(request, by=lena)
    assert queries_departments.sums_of(demand) == {}
    for attempt in (
        lambda: actions_departments.answer(token, []),
        lambda: queries_departments.request_by_token("x" * 43),
    ):
        with pytest.raises(NotFound, match="gilt nicht oder nicht mehr"):
            attempt()
    with pytest.raises(Refused, match="schon gesperrt"):
        actions_departments.revoke(request, by=lena)
    with pytest.raises(Refused, match="gesperrt"):
        actions_departments.remind(request, by=lena)


def test_a_link_expires(laer, hand):
    demand, lena = laer
    entry = DepartmentEntry("Bauamt", "Berta", "b@laer.example", clock.now() + timedelta(days=2))
    token = actions_departments.ask(demand, entry, by=lena).link.rpartition("/")[2]
    hand.moment += timedelta(days=2)
    with pytest.raises(NotFound):
        queries_departments.request_by_token(token)


def test_a_department_cannot_report_an_article_of_another_round_nor_a_wrong_order(laer):
    demand, lena = laer
    _, token = asked(demand, lena)
    other = ask.round_with(["9.99"], [demand.member], officer=make.officer())
    with pytest.raises(Refused, match="gehört nicht zu dieser Bedarfsrunde"):
        actions_departments.answer(token, ask.entries(other, {"9.99": 1}))
    with pytest.raises(Refused, match="kleiner als die Mindestmenge"):
        actions_departments.answer(token, ask.entries(demand.round, {"1.01": (5, 5, 3)}))


def test_another_members_lead_finds_neither_requests_nor_sums(laer):
    demand, lena = laer
    request, _ = asked(demand, lena)
    stranger = make.lead(make.member("Velen"))
    for attempt in (
        lambda: asked(demand, stranger, "Schulamt"),
        lambda: actions_departments.remind(request, by=stranger),
        lambda: actions_departments.revoke(request, by=stranger),
        lambda: actions_departments.take_over(demand, None, by=stranger),
    ):
        with pytest.raises(NotFound):
            attempt()
