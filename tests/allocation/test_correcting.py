"""Corrections: a new version with the same key figures, the old one untouched, and the difference for every member."""

from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from procurement.allocation import actions, queries, queries_figures
from procurement.allocation.delta import delta
from procurement.allocation.keys import AllocationKey
from procurement.allocation.states import RunState
from procurement.allocation.taxation import VatCase
from procurement.core.db import db
from procurement.core.errors import Refused
from procurement.members.kinds import FigureKind
from procurement.values.money import Money
from tests.factories import allocation
from tests.factories import members as make

REASON = "Nach Auskunft des Finanzamts ist die Leistung steuerpflichtig."


def taxed(run):
    return allocation.entry(*allocation.usual_blocks(run.tender), vat_case=VatCase.TAXED_19)


def corrected(run, entry=None):
    return actions.correct(run, entry or taxed(run), REASON, by=make.officer())


def delta_of(old, new):
    return delta(queries_figures.distribution_of(old), queries_figures.distribution_of(new))


def test_the_old_version_stays_in_force_until_the_new_one_is_approved(context):
    old = allocation.approved_run()
    new = corrected(old)
    assert (new.number, new.corrects, new.correction_reason) == (2, old, REASON)
    assert (old.state, new.state) == (RunState.APPROVED, RunState.CALCULATED)
    allocation.taken_to_approval(new)
    assert (old.state, new.state) == (RunState.CORRECTED, RunState.APPROVED)
    assert queries_figures.recompute(old) == []


def test_the_difference_is_stated_per_member_and_in_total(context):
    old = allocation.approved_run()
    new = corrected(old)
    found = delta_of(old, new)
    # own cost of 120.00 is taxed now: 19 % of 120.00 by volume, in cents rounded per member
    assert found.total.delta == new.total_gross - old.total_gross == Money.of("22.80")
    assert sum(row.delta.cents for row in found.rows) == 2280
    assert [row.name for row in found.rows] == ["Adorf", "Bstadt", "Cdorf"]


def test_a_correction_weighs_with_the_figures_of_the_version_it_replaces(context):
    old = allocation.approved_run()
    adorf = old.tender.participants[0].member
    make.figure(adorf, FigureKind.CLIENTS, 99, on=allocation.date(2024, 6, 30))
    later = allocation.date(2025, 6, 30)
    make.figure(adorf, FigureKind.CLIENTS, 40, on=later)
    same = corrected(old, replace(taxed(old), key_reference_date=later))
    clients = queries_figures.distribution_of(same).members[0].member.figure(AllocationKey.CLIENTS)
    assert clients.value == 10
    actions.discard(same, "Der Stichtag soll doch neu sein.", by=make.officer())
    renewed = corrected(old, replace(taxed(old), key_reference_date=later, renew_figures=True))
    clients = queries_figures.distribution_of(renewed).members[0].member.figure(AllocationKey.CLIENTS)
    assert (clients.value, clients.reference_date) == (40, later)


def test_a_discarded_correction_leaves_the_way_free_for_another(context):
    old = allocation.approved_run()
    actions.discard(corrected(old), "Der Grund war ein Irrtum.", by=make.officer())
    assert old.state is RunState.APPROVED
    assert corrected(old).number == 3


def test_only_an_approved_version_is_corrected_and_only_once_at_a_time(context):
    run = allocation.checked_run()
    with pytest.raises(Refused, match="noch nicht freigegeben"):
        corrected(run)
    actions.approve(run, by=make.officer())
    new = corrected(run)
    with pytest.raises(Refused, match="Fassung 2 dieser Ausschreibung ist noch offen"):
        corrected(run)
    allocation.taken_to_approval(new)
    with pytest.raises(Refused, match="berichtigen lässt sich nur eine freigegebene"):
        corrected(run)


def test_a_correction_needs_a_reason(context):
    run = allocation.approved_run()
    with pytest.raises(Refused, match="Bitte begründen Sie die Berichtigung in einem Satz"):
        actions.correct(run, taxed(run), " ", by=make.officer())


def test_all_versions_are_found_from_any_of_them(context):
    first = allocation.approved_run()
    second = allocation.taken_to_approval(corrected(first))
    third = corrected(second)
    for run in (first, second, third):
        assert queries.versions_of(run) == [first, second, third]


def test_a_version_that_is_no_longer_in_force_is_not_replaced(context):
    old = allocation.approved_run()
    new = actions.check(corrected(old), by=make.officer())
    old.state = RunState.CORRECTED
    with pytest.raises(Refused, match="lässt sich nicht mehr ersetzen"):
        actions.approve(new, by=make.officer())


def test_the_database_keeps_one_open_run_per_tender(context):
    run = allocation.calculated_run()
    copied = {c.name: getattr(run, c.name) for c in run.__table__.columns if c.name not in {"id", "number"}}
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.execute(run.__table__.insert(), {**copied, "number": 2})
