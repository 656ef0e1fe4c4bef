"""What was recorded, calculated or issued is never changed or deleted: triggers on both engines."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

APPEND_ONLY = (
    "audit_entry",
    "reference_figure",
    "value_estimate",
    "evaluation_run",
    "run_block",
    "member_share",
    "member_amount",
    "stored_file",
    "issued_document",
    "sheet_reading",
    "lot_drawing",
)
FIXED_COLUMNS = {
    "allocation_run": (
        "tender_id",
        "number",
        "charge_type",
        "vat_case",
        "vat_rate_percent",
        "period_from",
        "period_to",
        "key_reference_date",
        "input",
        "input_hash",
        "total_net",
        "total_vat",
        "total_gross",
        "prepared_by_id",
        "prepared_at",
        "title",
        "due_on",
        "legal_basis",
        "corrects_id",
        "correction_reason",
    ),
    "bid_file": ("bid_id", "lot_id", "number", "sealed", "sealed_sha256", "received_at"),
}


def upgrade() -> None:
    """Create the triggers."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME; END $$"
        )
        for table in APPEND_ONLY:
            _postgresql_trigger(table, "UPDATE OR DELETE")
        for table, columns in FIXED_COLUMNS.items():
            _postgresql_trigger(table, f"DELETE OR UPDATE OF {', '.join(columns)}")
        return
    for table in APPEND_ONLY:
        _sqlite_trigger(table, "update", "UPDATE")
        _sqlite_trigger(table, "delete", "DELETE")
    for table, columns in FIXED_COLUMNS.items():
        _sqlite_trigger(table, "update", f"UPDATE OF {', '.join(columns)}")
        _sqlite_trigger(table, "delete", "DELETE")


def _postgresql_trigger(table: str, moves: str) -> None:
    op.execute(f"CREATE TRIGGER {table}_fixed BEFORE {moves} ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()")


def _sqlite_trigger(table: str, name: str, move: str) -> None:
    op.execute(
        f"CREATE TRIGGER {table}_fixed_{name} BEFORE {move} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed or deleted'); END"
    )


def downgrade() -> None:
    """Drop the triggers."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change() CASCADE")
        return
    for table in (*APPEND_ONLY, *FIXED_COLUMNS):
        for name in ("update", "delete"):
            op.execute(f"DROP TRIGGER {table}_fixed_{name}")
