"""P9: "no economical result" (§ 63 Abs. 1 Nr. 3 VgV) needs an estimate documented before the opening."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from procurement.awarding import actions_cancellation
from procurement.awarding.cancellation_rules import CancellationFacts, objections_to_cancelling, risk_of
from procurement.tenders.cancellation import CancellationGround, NoAwardCode
from procurement.tenders.kinds import ProcedureType, TenderStage
from tests.factories import awarding
from tests.factories import evaluation as given
from tests.factories import members as make

OPENED = datetime(2026, 12, 28, 12, 0, tzinfo=UTC)
BEFORE = (OPENED - timedelta(days=40),)
FACTS = CancellationFacts(TenderStage.EVALUATED, ProcedureType.OPEN, 2, BEFORE, OPENED)
UNECONOMIC = {"ground": CancellationGround.UNECONOMIC, "code": NoAwardCode.NO_FUNDS, "reason": "40 % über Schätzung"}


def test_p9_with_an_earlier_estimate_there_is_no_risk():
    assert risk_of(FACTS, CancellationGround.UNECONOMIC) == ""
    assert objections_to_cancelling(FACTS, awarding.cancellation(**UNECONOMIC)) == []


@pytest.mark.parametrize("estimated_at", [(), (OPENED,), (OPENED + timedelta(days=1),)])
def test_p9_without_one_the_risk_of_damages_is_shown_and_has_to_be_acknowledged(estimated_at):
    facts = replace(FACTS, estimated_at=estimated_at)
    [objection] = objections_to_cancelling(facts, awarding.cancellation(**UNECONOMIC))
    assert (objection.field, "Schadensersatz" in objection.text) == ("knows_risk", True)
    assert objections_to_cancelling(facts, awarding.cancellation(**UNECONOMIC, knows_risk=True)) == []


def test_p9_the_cancellation_keeps_that_no_warning_was_needed(context):
    tender = given.decided_tender()
    made = actions_cancellation.cancel_tender(tender, awarding.cancellation(**UNECONOMIC), by=make.officer())
    assert (made.warning, tender.stage) == ("", TenderStage.CANCELLED)
