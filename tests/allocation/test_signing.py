"""Checking, approving, discarding: four eyes, a recount of every cent, and nothing that changes afterwards."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from procurement.allocation import actions, queries_figures
from procurement.allocation.models import AllocationRun, MemberShare
from procurement.allocation.states import RunState
from procurement.core.db import db
from procurement.core.errors import Conflict, Refused
from procurement.core.permissions import Role
from procurement.members import actions_accounts
from tests.factories import allocation, demand
from tests.factories import members as make

REASON = "Der Zeitraum war falsch gewählt."


def refusal(call) -> str:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.message


def tamper(run: AllocationRun, statement: str) -> None:
    """Change a stored row behind the back of the application, as somebody with access to the database could."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(sa.text("ALTER TABLE member_share DISABLE TRIGGER member_share_fixed"))
        db.session.execute(sa.text("ALTER TABLE allocation_run DISABLE TRIGGER allocation_run_fixed"))
    else:
        db.session.execute(sa.text("DROP TRIGGER member_share_fixed_update"))
        db.session.execute(sa.text("DROP TRIGGER allocation_run_fixed_update"))
    db.session.execute(sa.text(statement), {"run": run.id})
    db.session.expire_all()


SHARE_OF_BLOCK_A = "SELECT id FROM run_block WHERE run_id = :run AND number = 'A'"


def test_a_run_goes_from_calculated_over_checked_to_approved(context, hand):
    run = allocation.calculated_run()
    checker, approver = make.officer("Carla Prüfer"), make.officer("Anton Freigabe")
    actions.check(run, by=checker)
    assert (run.state, run.checked_by_id, run.checked_at) == (RunState.CHECKED, checker.id, hand.now())
    actions.approve(run, by=approver)
    assert (run.state, run.approved_by_id, run.approved_at) == (RunState.APPROVED, approver.id, hand.now())


def test_who_calculated_neither_checks_nor_approves(context):
    preparer = make.officer()
    run = allocation.calculated_run(by=preparer)
    assert refusal(lambda: actions.check(run, by=preparer)) == (
        "Sie haben diese Fassung berechnet. Prüfen muss sie eine andere Person (Vier-Augen-Prinzip)."
    )
    actions.check(run, by=make.officer())
    assert refusal(lambda: actions.approve(run, by=preparer)) == (
        "Sie haben diese Fassung berechnet. Freigeben muss sie eine andere Person (Vier-Augen-Prinzip)."
    )


def test_the_database_itself_refuses_a_preparer_who_signs(context):
    run = allocation.calculated_run()
    for column in ("checked_by_id", "approved_by_id"):
        with pytest.raises(DatabaseError, match="preparer_never"), db.session.begin_nested():
            db.session.execute(sa.text(f"UPDATE allocation_run SET {column} = prepared_by_id"))
    assert run.state is RunState.CALCULATED


def test_whoever_reported_demand_in_the_round_does_not_approve(context):
    run = allocation.checked_run()
    member = run.tender.participants[0].member
    both = make.officer()
    actions_accounts.assign_role(both, Role.MEMBER_LEAD, member, by=make.administrator())
    reporter = demand.demand_of(run.tender.round, member).submitted_by
    actions_accounts.assign_role(reporter, Role.OFFICER, by=make.administrator())
    assert refusal(lambda: actions.approve(run, by=reporter)) == (
        "Sie haben in der Bedarfsrunde dieser Ausschreibung Bedarf gemeldet. "
        "Freigeben muss jemand, der daran nicht beteiligt war."
    )
    assert actions.approve(run, by=both).state is RunState.APPROVED


def test_an_unchecked_run_cannot_be_approved(context):
    run = allocation.calculated_run()
    assert refusal(lambda: actions.approve(run, by=make.officer())) == "Diese Fassung ist noch nicht geprüft."


def test_a_page_that_is_out_of_date_decides_nothing(context):
    run = allocation.calculated_run()
    seen = run.version
    actions.check(run, by=make.officer())
    db.session.flush()
    with pytest.raises(Conflict, match=r"Sie haben Stand 1 gesehen, gespeichert ist Stand 2 \(„Geprüft“\)"):
        actions.discard(run, REASON, by=make.officer(), seen_version=seen)


def test_an_approved_run_is_neither_checked_nor_approved_nor_discarded_again(context):
    run, officer = allocation.approved_run(), make.officer()
    assert "geprüft werden kann nur eine berechnete Fassung" in refusal(lambda: actions.check(run, by=officer))
    assert "freigegeben werden kann nur eine geprüfte Fassung" in refusal(lambda: actions.approve(run, by=officer))
    assert refusal(lambda: actions.discard(run, REASON, by=officer)) == (
        "Diese Fassung ist freigegeben und bleibt unverändert. Berichtigt wird mit einer neuen Fassung."
    )


def test_discarding_needs_a_reason_and_keeps_the_figures(context):
    run = allocation.checked_run()
    assert (
        refusal(lambda: actions.discard(run, "so", by=make.officer()))
        == "Bitte begründen Sie das Verwerfen in einem Satz."
    )
    actions.discard(run, REASON, by=make.officer())
    assert (run.state, run.discard_reason) == (RunState.DISCARDED, REASON)
    assert queries_figures.recompute(run) == []


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE member_share SET amount_net = amount_net + 1",
        "DELETE FROM member_share",
        "UPDATE member_amount SET gross = 0",
        "DELETE FROM member_amount",
        "UPDATE run_block SET reason = 'anders'",
        "UPDATE allocation_run SET total_net = 0",
        "UPDATE allocation_run SET input = '{}'",
        "UPDATE allocation_run SET title = 'anders'",
        "DELETE FROM allocation_run",
    ],
)
def test_the_database_refuses_to_change_or_delete_what_was_calculated(context, change):
    allocation.approved_run()
    db.session.flush()
    with pytest.raises(DatabaseError, match="never changed or deleted"), db.session.begin_nested():
        db.session.execute(sa.text(change))


def test_the_check_finds_a_tampered_share_and_names_it(context):
    run = allocation.calculated_run()
    tamper(run, f"UPDATE member_share SET amount_net = amount_net + 1 WHERE pot_position = 1 "
                f"AND weight = '1' AND floor_cents = 5000 AND block_id IN ({SHARE_OF_BLOCK_A}) "
                "AND member_id = (SELECT min(member_id) FROM member_amount)")  # fmt: skip
    found = refusal(lambda: actions.check(run, by=make.officer()))
    # 30 % of 500.00 among three members: 50.00 each
    assert (
        "Kostenblock A, 30 % Pauschale (Sockel), Adorf: gespeichert sind 50,01 €, die Nachrechnung ergibt 50,00 €."
        in found
    )
    assert run.state is RunState.CALCULATED


def test_the_check_finds_a_tampered_remainder(context):
    run = allocation.calculated_run()
    tamper(run, f"UPDATE member_share SET remainder = '7' WHERE pot_position = 1 AND block_id IN ({SHARE_OF_BLOCK_A})")
    assert str(queries_figures.recompute(run)[0]) == (
        "Kostenblock A, 30 % Pauschale (Sockel), Adorf, Rest: gespeichert ist 7, die Nachrechnung ergibt 0."
    )


def test_the_check_finds_missing_rows(context):
    run = allocation.calculated_run()
    if db.engine.dialect.name == "sqlite":
        db.session.execute(sa.text("DROP TRIGGER member_share_fixed_delete"))
    tamper(run, "DELETE FROM member_share WHERE id = (SELECT max(id) FROM member_share) AND :run > 0")
    assert [str(found) for found in queries_figures.recompute(run)] == [
        "Die gespeicherten Zeilen sind nicht vollständig: Kostenblöcke, Teiltöpfe oder Mitglieder fehlen."
    ]


def test_the_check_finds_a_changed_input(context):
    run = allocation.checked_run()
    tamper(run, "UPDATE allocation_run SET input = replace(input, 'Stundennachweis', 'Schätzung') WHERE id = :run")
    found = refusal(lambda: actions.approve(run, by=make.officer()))
    assert "Die gespeicherte Eingabe passt nicht mehr zu ihrer Prüfsumme" in found


def test_every_stored_pot_adds_up_to_its_block(context):
    run = allocation.calculated_run()
    shares = sa.select(sa.func.sum(sa.type_coerce(MemberShare.amount_net, sa.BigInteger)))
    for block in run.blocks:
        assert db.session.scalar(shares.where(MemberShare.block_id == block.id)) == block.amount_net.cents
