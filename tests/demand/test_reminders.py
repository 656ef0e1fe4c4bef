"""Reminders: by button and by date, to everybody who acts for the member today, each date once per member."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from procurement.core import jobs
from procurement.core.db import db
from procurement.core.errors import Refused
from procurement.core.mail import OutgoingMail
from procurement.core.permissions import Role
from procurement.demand import actions, actions_reminders
from procurement.demand import jobs as demand_jobs
from procurement.demand.models import DemandRound, Reminder
from procurement.members.models import Delegation
from tests.conftest import MORNING
from tests.factories import demand as ask
from tests.factories import members as make

REMINDER = MORNING + timedelta(days=10)
ESCALATION = MORNING + timedelta(days=15)
DEADLINE = MORNING + timedelta(days=18)  # Friday, 11 December 2026, 10:00 in Berlin


def _officer():
    return make.account(Role.OFFICER, name="Petra Beispiel", email="petra@kaaw.example")


def _ahaus():
    ahaus = make.member("Ahaus")
    make.account(Role.MEMBER_LEAD, ahaus, name="Anna Ahaus", email="anna@ahaus.example")
    return ahaus


def _round(officer, *members):
    made = ask.round_with(["1.01"], members, officer=officer, title="Firewall", deadline_at=DEADLINE)
    made.reminder_at, made.escalation_at = REMINDER, ESCALATION
    return made


@pytest.fixture
def firewall(context):
    """An open round with reminders on 3 and 8 December: Ahaus has not answered, Borken has submitted."""
    ahaus, borken = _ahaus(), make.member("Borken")
    made = _round(_officer(), ahaus, borken)
    ask.submitted_demand(made, borken, {"1.01": 2})
    return made


def _mails():
    query = sa.select(OutgoingMail.recipient, OutgoingMail.subject).order_by(OutgoingMail.id)
    return [tuple(row) for row in db.session.execute(query)]


def _text(recipient):
    return db.session.scalars(sa.select(OutgoingMail.text).filter_by(recipient=recipient)).all()[-1]


def _reminders():
    query = sa.select(Reminder).order_by(Reminder.id)
    return [(one.demand.member.name, one.kind.label, one.recipients) for one in db.session.scalars(query)]


def test_the_button_writes_to_the_lead_who_has_not_answered_and_to_nobody_else(firewall):
    reminded = actions_reminders.remind(firewall, None, by=_officer_of(firewall))
    assert (reminded.members, reminded.unreachable) == (("Ahaus",), ())
    subject = "Erinnerung: Bedarf melden bis Fr., 11.12.2026, 10:00 Uhr: Firewall"
    assert _mails() == [("anna@ahaus.example", subject)]
    assert _reminders() == [("Ahaus", "Erinnerung", "Anna Ahaus <anna@ahaus.example>")]


def test_the_mail_says_what_is_missing_until_when_and_where(firewall):
    actions_reminders.remind(firewall, None, by=_officer_of(firewall))
    member_id = firewall.demands[0].member_id
    assert _text("anna@ahaus.example").splitlines() == [
        "Guten Tag Anna Ahaus,",
        "",
        "von Ahaus fehlt noch die Antwort in der Bedarfsrunde „Firewall“.",
        "",
        (
            "Bitte melden Sie Ihren Bedarf bis Fr., 11.12.2026, 10:00 Uhr. "
            "Kein Bedarf? Auch das ist mit einem Klick gemeldet:"
        ),
        f"http://127.0.0.1:8000/demand/{firewall.id}/{member_id}",
        "",
        (
            "Diese Nachricht wurde automatisch erstellt. "
            "Fragen beantwortet die Vergabestelle (Petra Beispiel, petra@kaaw.example)."
        ),
    ]


def _officer_of(round_):
    return db.session.get_one(make.Account, round_.created_by_id)


def test_a_chosen_member_that_has_answered_is_not_written_to(firewall):
    borken_id = firewall.demands[1].member_id
    with pytest.raises(Refused, match="das noch nicht geantwortet hat"):
        actions_reminders.remind(firewall, [borken_id], by=_officer_of(firewall))
    assert _mails() == []


def test_a_substitute_is_reminded_on_the_days_of_the_delegation_only(firewall, hand):
    substitute = make.account(name="Stefan Stellvertreter", email="stefan@ahaus.example")
    days = {"starts_on": date(2026, 11, 24), "ends_on": date(2026, 11, 25), "granted_at": hand.moment}
    given = {"member_id": firewall.demands[0].member_id, "to_account_id": substitute.id, "granted_by_id": substitute.id}
    db.session.add(Delegation(**days, **given))
    reached = []
    for day in (23, 24, 25, 26):
        hand.moment = MORNING.replace(day=day)
        actions_reminders.remind(firewall, None, by=_officer_of(firewall))
        reached.append(_reminders()[-1][2].count("@"))
    assert reached == [1, 2, 2, 1]


def test_a_member_without_an_account_is_named_instead_of_written_to(context):
    officer, velen = _officer(), make.member("Velen")
    reminded = actions_reminders.remind(_round(officer, velen), None, by=officer)
    assert (reminded.members, reminded.unreachable) == ((), ("Velen",))
    assert (_mails(), _reminders()) == ([], [("Velen", "Erinnerung", "")])


def test_a_closed_account_gets_no_mail(firewall):
    lead = db.session.scalar(sa.select(make.Account).filter_by(email="anna@ahaus.example"))
    lead.is_active = False
    assert actions_reminders.remind(firewall, None, by=_officer_of(firewall)).unreachable == ("Ahaus",)


def test_after_the_deadline_nobody_is_reminded(firewall, hand):
    hand.moment = DEADLINE + timedelta(seconds=1)
    with pytest.raises(Refused, match="Die Frist ist abgelaufen"):
        actions_reminders.remind(firewall, None, by=_officer_of(firewall))


def test_the_date_reminds_once_however_often_it_is_looked_at(firewall, hand):
    found = []
    for moment in (REMINDER - timedelta(minutes=1), REMINDER, REMINDER + timedelta(minutes=1)):
        hand.moment = moment
        demand_jobs.remind_members(moment)
        found.append(len(_mails()))
    assert found == [0, 1, 1]


def test_the_last_reminder_also_tells_the_officer_who_is_missing(firewall, hand):
    hand.moment = ESCALATION
    demand_jobs.remind_members(ESCALATION)
    assert _mails() == [
        ("anna@ahaus.example", "Letzte Erinnerung: Bedarf melden bis Fr., 11.12.2026, 10:00 Uhr: Firewall"),
        ("petra@kaaw.example", "Ohne Antwort: Ahaus in der Runde Firewall"),
    ]
    assert "\n- Ahaus\n" in _text("petra@kaaw.example")
    demand_jobs.remind_members(ESCALATION + timedelta(minutes=1))
    assert len(_mails()) == 2


def test_a_reminder_by_button_does_not_replace_the_one_of_the_date(firewall, hand):
    actions_reminders.remind(firewall, None, by=_officer_of(firewall))
    hand.moment = REMINDER
    demand_jobs.remind_members(REMINDER)
    assert [kind for _member, kind, _to in _reminders()] == ["Erinnerung", "Erinnerung"]


def test_dates_of_a_closed_round_or_after_its_deadline_remind_nobody(firewall, hand):
    hand.moment = DEADLINE + timedelta(minutes=1)
    demand_jobs.remind_members(hand.moment)
    hand.moment = ESCALATION
    actions.close_round(firewall, by=_officer_of(firewall))
    demand_jobs.remind_members(ESCALATION)
    assert _mails() == []


def test_opening_a_round_invites_each_lead_once_also_those_invited_later(app, saved):
    with saved():
        officer = _officer()
        round_id = _round(officer, _ahaus()).id
    _work(app)
    with saved():
        late = make.member("Velen")
        make.account(Role.MEMBER_LEAD, late, name="Veit Velen", email="veit@velen.example")
        round_ = db.session.get_one(DemandRound, round_id)
        actions.invite(round_, [late], by=_officer_of(round_))
    _work(app)
    with saved():
        assert _mails() == [
            (to, "Bedarf melden bis Fr., 11.12.2026, 10:00 Uhr: Firewall")
            for to in ("anna@ahaus.example", "veit@velen.example")
        ]


def test_who_was_invited_today_is_not_reminded_today(app, saved, hand):
    hand.moment = REMINDER - timedelta(hours=2)
    with saved():
        _round(_officer(), _ahaus())
    _work(app)
    written = []
    for moment in (REMINDER, REMINDER + timedelta(hours=22)):
        hand.moment = moment
        with saved():
            demand_jobs.remind_members(moment)
            written.append([kind for _member, kind, _to in _reminders()])
    assert written == [["Einladung"], ["Einladung", "Erinnerung"]]


def _work(app):
    with app.app_context():
        jobs.run_pending()


def test_the_page_reminds_the_chosen_members_and_shows_when(saved, browser):
    with saved():
        officer, ahaus, velen = _officer(), _ahaus(), make.member("Velen")
        round_ = _round(officer, ahaus, velen)
        ids = officer.id, round_.id, ahaus.id
    officer_id, round_id, ahaus_id = ids
    window = browser(officer_id)
    page = window.get(f"/demand/{round_id}").text
    assert "Ein Mitglied ohne Antwort hat keine IT-Leitung mit Konto und bekommt keine E-Mail: Velen." in page
    assert window.post(f"/demand/{round_id}/remind", {"member": [ahaus_id]}).status_code == 303
    page = window.get(f"/demand/{round_id}").text
    assert "Ein Mitglied wird erinnert." in page
    assert "Mo., 23.11.2026, 10:00 Uhr" in page
    window.post(f"/demand/{round_id}/remind", {"everybody": "yes"})
    page = window.get(f"/demand/{round_id}").text
    assert "nicht erreichbar: Velen." in page
    assert "kein Empfänger" in page


def test_nobody_chosen_is_said_and_nobody_is_written_to(saved, browser):
    with saved():
        officer = _officer()
        ids = officer.id, _round(officer, _ahaus()).id
    answer = browser(ids[0]).post(f"/demand/{ids[1]}/remind")
    assert answer.status_code == 422
    assert "Bitte mindestens ein Mitglied wählen" in answer.text


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"reminder_at": "2026-12-11T12:00"}, "Die Erinnerung muss vor der Frist liegen."),
        ({"escalation_at": "2026-12-12T12:00"}, "Die letzte Erinnerung muss vor der Frist liegen."),
        (
            {"reminder_at": "2026-12-08T12:00", "escalation_at": "2026-12-08T12:00"},
            "Die letzte Erinnerung muss nach der Erinnerung liegen.",
        ),
    ],
)
def test_dates_of_reminders_lie_before_the_deadline_and_in_order(saved, browser, fields, message):
    with saved():
        officer_id = make.officer().id
    entered = {"reference": "B-1", "title": "Firewall", "deadline_at": "2026-12-11T12:00", "joint_cost_key": "clients"}
    answer = browser(officer_id).post("/demand/", {**entered, **fields})
    assert answer.status_code == 422
    assert message in answer.text


def test_dates_of_reminders_are_kept_and_shown_when_editing(saved, browser):
    with saved():
        officer_id = make.officer().id
    window = browser(officer_id)
    entered = {"reference": "B-1", "title": "Firewall", "deadline_at": "2026-12-11T12:00", "joint_cost_key": "clients"}
    dates = {"reminder_at": "2026-12-03T08:00", "escalation_at": "2026-12-08T08:00"}
    assert window.post("/demand/", {**entered, **dates}).status_code == 303
    page = window.get("/demand/1/edit").text
    assert 'value="2026-12-03T08:00"' in page
    assert 'value="2026-12-08T08:00"' in page
