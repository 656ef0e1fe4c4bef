"""The trail in the database: written with the change, closed against changes, verified from the shell, a page."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from procurement.audit.models import AuditEntry
from procurement.audit.queries import chain_flaws
from procurement.core.db import db
from tests.factories import members as make


def _drop_triggers(app):
    with app.app_context(), db.engine.begin() as connection:
        if db.engine.dialect.name == "postgresql":
            connection.execute(sa.text("ALTER TABLE audit_entry DISABLE TRIGGER USER"))
        else:
            connection.execute(sa.text("DROP TRIGGER audit_entry_fixed_update"))
            connection.execute(sa.text("DROP TRIGGER audit_entry_fixed_delete"))


def _restore_triggers(app):
    with app.app_context(), db.engine.begin() as connection:
        if db.engine.dialect.name == "postgresql":
            connection.execute(sa.text("ALTER TABLE audit_entry ENABLE TRIGGER USER"))


@pytest.fixture
def without_triggers(app):
    """A database whose owner has switched the protection off; SQLite gets its triggers back with the next test."""
    _drop_triggers(app)
    yield
    _restore_triggers(app)


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET actor_name = 'Eve'", "DELETE FROM audit_entry"])
def test_the_database_itself_refuses_to_change_or_delete_an_entry(context, statement):
    make.member()
    db.session.flush()
    with pytest.raises(DatabaseError, match="never changed or deleted"):
        db.session.execute(sa.text(statement))


def test_each_action_appends_one_entry_with_actor_subject_and_words(context):
    make.member("Ahaus", "05554004")
    entry = db.session.scalars(sa.select(AuditEntry)).one()
    assert (entry.who, entry.text, entry.subject_label) == ("Kommandozeile", "Mitglied aufgenommen", "Ahaus (05554004)")
    assert entry.worded_changes == ["Art: Stadt oder Gemeinde", "Kreis: "]


def test_verify_is_silent_about_a_whole_chain(app, saved):
    with saved():
        make.pilot_members()
    result = app.test_cli_runner().invoke(args=["audit", "verify"])
    assert (result.exit_code, result.output) == (0, "Der Prüfpfad ist vollständig und unverändert.\n")


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE audit_entry SET subject_label = 'Ahaus 2' WHERE number = 2", "Eintrag 2 wurde geändert"),
        ("DELETE FROM audit_entry WHERE number = 3", "Eintrag 3 fehlt"),
        ("DELETE FROM audit_entry WHERE number = (SELECT MAX(number) FROM audit_entry)", "Die Einträge ab 27 fehlen"),
    ],
)
def test_verify_names_what_somebody_with_the_database_password_did(app, saved, without_triggers, statement, words):
    with saved():
        make.pilot_members()
        db.session.execute(sa.text(statement))
    result = app.test_cli_runner().invoke(args=["audit", "verify"])
    assert result.exit_code == 1
    assert words in result.output


def test_verify_names_an_inserted_entry(app, saved, without_triggers):
    with saved():
        make.pilot_members()
    with saved():
        db.session.execute(sa.text("UPDATE audit_entry SET number = number + 100 WHERE number > 5"))
        db.session.execute(sa.text("UPDATE audit_entry SET number = number - 99 WHERE number > 100"))
        columns = "at, event, actor_name, subject_type, subject_id, subject_label, changes, previous_hash"
        db.session.execute(
            sa.text(
                f"INSERT INTO audit_entry (number, {columns}, hash) "
                f"SELECT 6, {columns}, 'forged' FROM audit_entry WHERE number = 5"
            )
        )
    with app.app_context():
        assert 6 in {flaw.number for flaw in chain_flaws()}


def test_the_trail_page_filters_by_event_person_and_subject(browser, saved):
    with saved():
        make.pilot_members()
        auditor_id = make.auditor().id
    window = browser(auditor_id)
    every = window.get("/audit/").text
    assert "Mitglied aufgenommen" in every
    assert "Kennzahl erfasst" in every
    assert "Fehler" not in every
    filtered = window.get("/audit/?event=members:member:add&text=Ahaus").text
    assert "Ahaus (05554004)" in filtered
    assert "Borken (05554012)" not in filtered
    nobody = window.get("/audit/?actor=Niemand").text
    assert "Kein Eintrag passt zu diesem Filter." in nobody
