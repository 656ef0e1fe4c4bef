"""What was sent, drawn, declared or decided on the way to the award is never changed or deleted: triggers.

Some rows become final only with a later step: a letter when it is sent, a decision when the second person has answered,
a price clarification when its outcome is recorded. For these the trigger names the column that marks the step.
"""

from collections.abc import Sequence

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

APPEND_ONLY = (
    "bid_discount",
    "bid_figures",
    "bid_letter",
    "bid_lot_terms",
    "bidder_link",
    "cancellation",
    "conflict_declaration",
    "exclusion_rerun",
    "lot_award_drawing",
    "lot_award_run",
    "method_choice",
    "negotiation_invitation",
    "negotiation_round",
    "register_query",
    "single_bid_note",
    "tender_succession",
)
FIXED_COLUMNS = {
    "award": ("tender_id", "awarded_at", "awarded_by_id", "note", "notice_due_on", "statistics_due_on"),
    "award_decision": ("lot_id", "run_id", "bid_id", "reason", "proposed_by_id", "proposed_at"),
    "bidder_letter": ("tender_id", "bidder_id", "kind", "round", "decisions", "lots", "made_at", "made_by_id"),
    "complaint": (
        "tender_id",
        "number",
        "received_at",
        "sender",
        "breach",
        "known_on",
        "recognisable",
        "preclusion",
        "recorded_at",
        "recorded_by_id",
    ),
    "debrief_request": ("tender_id", "bidder_id", "received_on", "due_on", "recorded_by_id"),
    "document_request": ("bid_id", "letter_id", "titles", "immaterial_reason", "due_on"),
    "exclusion_proposal": ("bid_id", "norm", "reason", "proposed_by_id", "proposed_at"),
    "panel_member": ("tender_id", "account_id", "named_by_id", "named_at"),
    "price_clarification": ("lot_id", "bid_id"),
    "review": ("tender_id", "number", "chamber", "file_number", "applicant", "notified_at", "recorded_by_id"),
    "tabulation_file": ("tender_id", "filename", "sha256", "uploaded_by_id", "uploaded_at"),
}
# table, the column that marks the step, what is final from then on
FINAL_ONCE = (
    ("award_decision", "answered_at", ("answered_at", "answered_by_id", "answer_reason")),
    ("award_decision", "withdrawn_at", ("state", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason")),
    ("bidder_letter", "sent_at", ("reasons", "channel", "recipient", "sent_at", "sent_by_id", "last_day",
                                  "earliest_contract_on")),
    ("complaint", "answered_at", ("state", "answer", "stepped_back_to", "answered_at", "answered_by_id")),
    ("debrief_request", "answered_on", ("answer", "answered_on")),
    ("exclusion_proposal", "answered_at", ("state", "answered_at", "answered_by_id", "answer_reason")),
    ("price_clarification", "letter_id", ("letter_id", "questions", "due_on")),
    ("price_clarification", "decided_at", ("signals", "outcome", "reason", "answer", "answered_on", "decided_at",
                                           "decided_by_id")),
    ("review", "ended_at", ("outcome", "served_on", "decided_on", "document_name", "document_hash", "ended_at",
                            "ended_by_id")),
    ("tabulation_file", "applied_at", ("mapping", "applied_at")),
)  # fmt: skip


def upgrade() -> None:
    """Create the triggers; the function they call in PostgreSQL is there since 0002."""
    for table in APPEND_ONLY:
        _refuse(table, "update", "UPDATE")
    for table, columns in FIXED_COLUMNS.items():
        _refuse(table, "update", _update_of(columns))
    for table in (*APPEND_ONLY, *FIXED_COLUMNS):
        _refuse(table, "delete", "DELETE")
    for table, mark, columns in FINAL_ONCE:
        _refuse(table, f"once_{mark}", _update_of(columns), f"WHEN (OLD.{mark} IS NOT NULL)")


def _update_of(columns: Sequence[str]) -> str:
    return f"UPDATE OF {', '.join(columns)}"


def _refuse(table: str, name: str, change: str, condition: str = "") -> None:
    head = f"CREATE TRIGGER {table}_fixed_{name} BEFORE {change} ON {table} FOR EACH ROW {condition}"
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"{head} EXECUTE FUNCTION refuse_change()")
    else:
        op.execute(f"{head} BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed or deleted'); END")


def downgrade() -> None:
    """Drop the triggers of these tables only."""
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    names = [
        (table, f"{table}_fixed_{name}") for table in (*APPEND_ONLY, *FIXED_COLUMNS) for name in ("update", "delete")
    ]
    names += [(table, f"{table}_fixed_once_{mark}") for table, mark, _ in FINAL_ONCE]
    for table, name in names:
        op.execute(f"DROP TRIGGER {name} ON {table}" if is_postgresql else f"DROP TRIGGER {name}")
