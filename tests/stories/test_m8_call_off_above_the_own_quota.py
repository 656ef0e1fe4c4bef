"""M8: above the own quota but below the framework's rest the office releases; above the maximum nothing is possible."""

import pytest

from procurement.contracts import actions, queries
from procurement.contracts.states import CallOffState
from procurement.core.errors import Refused
from procurement.tenders.queries import participants_of
from procurement.values.quantity import Quantity
from tests.factories import contracts as given
from tests.factories import members as make


@pytest.fixture
def contract(context):
    return given.contract()


def people(contract):
    return participants_of(contract.tender_id)


def test_m8_within_the_own_quota_a_call_off_counts_at_once(contract):
    adorf, *_ = people(contract)
    assert given.call_off(given.clusters(contract), adorf, 2).state is CallOffState.RELEASED


def test_m8_above_the_own_quota_the_office_releases(contract):
    adorf, *_ = people(contract)
    line = given.clusters(contract)
    given.call_off(line, adorf, 2)
    with pytest.raises(Refused, match="Freigabe der Vergabestelle"):
        given.call_off(line, adorf, 1)
    more = given.call_off(line, adorf, 1, reason="Neuer Standort")
    assert more.state is CallOffState.REQUESTED
    assert queries.meter_of(line, adorf.id).used == Quantity.of(2)
    actions.decide(more, "Cdorf braucht sein Gerät erst 2028.", release=True, by=make.officer())
    assert more.state is CallOffState.RELEASED
    assert queries.meter_of(line, adorf.id).used == Quantity.of(3)


def test_m8_above_the_maximum_nobody_can_call_off(contract):
    adorf, bstadt, cdorf = people(contract)
    line = given.clusters(contract)
    # 2 + 1 + 1 reported at most: the maximum is 4.
    with pytest.raises(Refused, match=r"Höchstmenge .* beträgt 4 Stück; davon sind noch 4 frei"):
        given.call_off(line, adorf, 5, reason="Mehr Standorte")
    for member, quantity in ((adorf, 2), (bstadt, 1)):
        given.call_off(line, member, quantity)
    waiting = given.call_off(line, bstadt, 1, reason="Ersatz")
    given.call_off(line, cdorf, 1)
    with pytest.raises(Refused, match="Höchstmenge"):
        actions.decide(waiting, "Bitte noch eines", release=True, by=make.officer())
    assert waiting.state is CallOffState.REQUESTED
