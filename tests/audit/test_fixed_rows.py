"""What was sent, declared or decided on the way to the award: the database refuses to change it, on both engines."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from procurement.awarding import actions_letters, actions_remedies
from procurement.core.db import db
from tests.factories import awarding, evaluation, examination, lot_awards, panel
from tests.factories import members as make

NEVER = ("bid_letter", "bid_discount", "conflict_declaration", "lot_award_run")
FIXED = {
    "award": "awarded_at",
    "award_decision": "reason",
    "bidder_letter": "lots",
    "complaint": "breach",
    "panel_member": "account_id",
    "review": "chamber",
}
FINAL = {"award_decision": "answer_reason", "bidder_letter": "recipient", "review": "outcome"}


def _refused(statement):
    with pytest.raises(DatabaseError, match="never changed or deleted"), db.session.begin_nested():
        db.session.execute(sa.text(statement))


def test_the_database_refuses_to_change_or_delete_what_led_to_the_award(context):
    examination.asked(examination.bid_of(examination.opened_tender(examination.CHEAP)))
    panel.named(evaluation.opened_tender(), make.officer("Anna"))
    lot_awards.distributed()
    evaluation.awarded_tender()
    tender = evaluation.decided_tender()
    awarding.complaint(tender)
    actions_remedies.end_review(awarding.review(tender), awarding.review_end(), by=make.officer())
    db.session.flush()
    for table in NEVER:
        _refused(f"UPDATE {table} SET id = id")
    for table, column in (*FIXED.items(), *FINAL.items()):
        _refused(f"UPDATE {table} SET {column} = {column}")
    for table in (*NEVER, *FIXED):
        _refused(f"DELETE FROM {table}")


def test_a_letter_may_be_worded_until_it_is_sent(context):
    actions_letters.draft_letters(evaluation.decided_tender(), by=make.officer())
    db.session.flush()
    db.session.execute(sa.text("UPDATE bidder_letter SET reasons = 'anders', channel = 'post'"))
    _refused("UPDATE bidder_letter SET kind = 'award'")
