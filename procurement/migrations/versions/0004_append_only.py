"""What was estimated, reminded, agreed or called off is never changed or deleted: the triggers of the new tables."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

APPEND_ONLY = (
    "announcement_reading",
    "contract_line",
    "entitlement",
    "publication_version",
    "reminder",
    "round_estimate",
    "withdrawn_item",
)
FIXED_COLUMNS = {
    "adjustment": ("item_id", "minimum", "expected", "maximum", "reason", "proposed_at", "proposed_by_id"),
    "demand_change": ("demand_id", "kind", "reason", "requested_at", "requested_by_id"),
    "demand_attachment": (
        "demand_id",
        "file_name",
        "media_type",
        "size",
        "file_hash",
        "added_at",
        "added_by_id",
    ),
    "firm_notice": ("tender_id", "bidder_id", "subject", "text", "recipient", "made_at"),
    "line_merge": (
        "tender_id",
        "into_label",
        "absorbed",
        "factor_numerator",
        "factor_denominator",
        "reason",
        "decided_at",
        "decided_by_id",
    ),
    "bidder_question": ("tender_id", "number", "received_at", "sender", "original"),
    "call_off": ("contract_line_id", "member_id", "quantity", "requested_at", "requested_by_id"),
    "allocation_objection": ("run_id", "member_id", "reason", "raised_at", "raised_by_id"),
    "contribution": ("proposal_id", "author_id", "member_id", "text", "written_at"),
    "delegation": ("member_id", "to_account_id", "starts_on", "ends_on", "reason", "granted_by_id", "granted_at"),
}


def upgrade() -> None:
    """Create the triggers; the function they call in PostgreSQL is there since 0002."""
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    for table in APPEND_ONLY:
        _fix(table, "UPDATE", is_postgresql=is_postgresql)
    for table, columns in FIXED_COLUMNS.items():
        _fix(table, f"UPDATE OF {', '.join(columns)}", is_postgresql=is_postgresql)


def _fix(table: str, change: str, *, is_postgresql: bool) -> None:
    if is_postgresql:
        op.execute(
            f"CREATE TRIGGER {table}_fixed BEFORE DELETE OR {change} ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        return
    for name, move in (("update", change), ("delete", "DELETE")):
        op.execute(
            f"CREATE TRIGGER {table}_fixed_{name} BEFORE {move} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed or deleted'); END"
        )


def downgrade() -> None:
    """Drop the triggers of these tables only."""
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    for table in (*APPEND_ONLY, *FIXED_COLUMNS):
        if is_postgresql:
            op.execute(f"DROP TRIGGER {table}_fixed ON {table}")
            continue
        for name in ("update", "delete"):
            op.execute(f"DROP TRIGGER {table}_fixed_{name}")
