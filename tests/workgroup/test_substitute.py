"""A substitute speaks for the member it stands in for, as long as the substitution runs."""

from datetime import timedelta

import pytest

from procurement.core import clock
from procurement.core.errors import NotFound
from procurement.members import actions_delegation
from procurement.members.delegation import DelegationEntry
from procurement.workgroup import queries
from tests.factories import members as make
from tests.factories import workgroup


def test_a_substitute_states_interest_for_the_member_and_not_after_the_last_day(context, hand):
    laer = make.member("Laer")
    lead, substitute = make.lead(laer), make.account(name="Vera Vertretung")
    proposal = workgroup.discussed()
    days = DelegationEntry(clock.today(), clock.today() + timedelta(days=7), "Urlaub")
    actions_delegation.grant(laer, substitute.email, days, by=lead)
    assert [voice.name for voice in queries.own_members(substitute)] == ["Laer"]
    workgroup.interest(proposal, laer, by=substitute)
    hand.moment += timedelta(days=8)
    assert queries.own_members(substitute) == []
    with pytest.raises(NotFound):
        workgroup.contribution(proposal, laer, by=substitute)
