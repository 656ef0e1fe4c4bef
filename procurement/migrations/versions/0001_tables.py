"""All tables of the chain from demand to documents."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("is_demonstration", sa.Boolean(), nullable=False),
        sa.Column("opening_key", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email", name=op.f("uq_account_email")),
    )
    op.create_table(
        "answered_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("endpoint", sa.String(length=120), nullable=False),
        sa.Column("location", sa.String(length=2000), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answered_request")),
        sa.UniqueConstraint("key", "account_id", name=op.f("uq_answered_request_key_account_id")),
    )
    op.create_table(
        "association",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("short_name", sa.String(length=40), nullable=False),
        sa.Column("street", sa.String(length=120), nullable=False),
        sa.Column("postcode", sa.String(length=10), nullable=False),
        sa.Column("city", sa.String(length=80), nullable=False),
        sa.Column("contact", sa.String(length=200), nullable=False),
        sa.Column("legal_basis", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_association")),
    )
    op.create_table(
        "audit_chain_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_chain_head")),
    )
    op.create_table(
        "bidder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("street", sa.String(length=120), nullable=False),
        sa.Column("postcode", sa.String(length=10), nullable=False),
        sa.Column("city", sa.String(length=80), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bidder")),
        sa.UniqueConstraint("name", name=op.f("uq_bidder_name")),
    )
    op.create_table(
        "login_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("succeeded", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_attempt")),
    )
    with op.batch_alter_table("login_attempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_login_attempt_address"), ["address"], unique=False)
        batch_op.create_index(batch_op.f("ix_login_attempt_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_login_attempt_email"), ["email"], unique=False)

    op.create_table(
        "member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("sort_key", sa.String(length=120), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "municipality",
                "district",
                "special_purpose_association",
                name="memberkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("district", sa.String(length=80), nullable=False),
        sa.Column(
            "population_basis",
            sa.Enum("own", "none", "district_without_members", name="populationbasis", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("routing_id", sa.String(length=50), nullable=True),
        sa.Column("joined_on", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
        sa.UniqueConstraint("key", name=op.f("uq_member_key")),
    )
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_member_sort_key"), ["sort_key"], unique=False)

    op.create_table(
        "stored_file",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_stored_file")),
    )
    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum("member_lead", "officer", "auditor", "administrator", name="role", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(role = 'member_lead') = (member_id IS NOT NULL)", name=op.f("ck_assignment_lead_has_member")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_assignment_account_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_assignment_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        sa.UniqueConstraint("account_id", "role", "member_id", name=op.f("uq_assignment_account_id_role_member_id")),
    )
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assignment_account_id"), ["account_id"], unique=False)

    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event", sa.String(length=80), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("actor_name", sa.String(length=200), nullable=False),
        sa.Column("subject_type", sa.String(length=60), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("subject_label", sa.String(length=400), nullable=False),
        sa.Column("tender_id", sa.Integer(), nullable=True),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["account.id"], name=op.f("fk_audit_entry_actor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
        sa.UniqueConstraint("hash", name=op.f("uq_audit_entry_hash")),
        sa.UniqueConstraint("number", name=op.f("uq_audit_entry_number")),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_entry_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_entry_event"), ["event"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_entry_member_id"), ["member_id"], unique=False)
        batch_op.create_index("ix_audit_entry_subject", ["subject_type", "subject_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_entry_tender_id"), ["tender_id"], unique=False)

    op.create_table(
        "demand_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column(
            "state", sa.Enum("draft", "open", "closed", name="roundstate", native_enum=False, length=40), nullable=False
        ),
        sa.Column("deadline_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["created_by_id"], ["account.id"], name=op.f("fk_demand_round_created_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demand_round")),
        sa.UniqueConstraint("reference", name=op.f("uq_demand_round_reference")),
    )
    with op.batch_alter_table("demand_round", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_demand_round_state"), ["state"], unique=False)

    op.create_table(
        "login_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_login_session_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_login_session_token_hash")),
    )
    with op.batch_alter_table("login_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_login_session_account_id"), ["account_id"], unique=False)

    op.create_table(
        "reference_figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind", sa.Enum("inhabitants", "clients", name="figurekind", native_enum=False, length=40), nullable=False
        ),
        sa.Column("reference_date", sa.Date(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("census_basis", sa.String(length=60), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("value >= 0", name=op.f("ck_reference_figure_value_not_negative")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_reference_figure_member_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["account.id"], name=op.f("fk_reference_figure_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reference_figure")),
        sa.UniqueConstraint(
            "member_id",
            "kind",
            "reference_date",
            "source",
            name=op.f("uq_reference_figure_member_id_kind_reference_date_source"),
        ),
    )
    with op.batch_alter_table("reference_figure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reference_figure_member_id"), ["member_id"], unique=False)

    op.create_table(
        "article",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("category", sa.String(length=120), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column(
            "nature", sa.Enum("one_off", "recurring", name="nature", native_enum=False, length=40), nullable=False
        ),
        sa.Column("cpv", sa.String(length=10), nullable=False),
        sa.Column("planning_price_net", sa.BigInteger(), nullable=True),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["demand_round.id"], name=op.f("fk_article_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article")),
        sa.UniqueConstraint("round_id", "number", name=op.f("uq_article_round_id_number")),
        sa.UniqueConstraint("round_id", "position", name=op.f("uq_article_round_id_position")),
    )
    with op.batch_alter_table("article", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_article_round_id"), ["round_id"], unique=False)

    op.create_table(
        "demand",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("open", "draft", "submitted", "nil", "frozen", name="demandstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_demand_member_id")),
        sa.ForeignKeyConstraint(["round_id"], ["demand_round.id"], name=op.f("fk_demand_round_id")),
        sa.ForeignKeyConstraint(["submitted_by_id"], ["account.id"], name=op.f("fk_demand_submitted_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demand")),
        sa.UniqueConstraint("round_id", "member_id", name=op.f("uq_demand_round_id_member_id")),
    )
    with op.batch_alter_table("demand", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_demand_member_id"), ["member_id"], unique=False)

    op.create_table(
        "tender",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column(
            "stage",
            sa.Enum(
                "planned",
                "published",
                "bids_closed",
                "opened",
                "evaluated",
                "award_decided",
                "awarded",
                "cancelled",
                name="tenderstage",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "procedure_type",
            sa.Enum(
                "open",
                "restricted",
                "neg-w-call",
                "neg-wo-call",
                "national-public",
                "national-direct",
                name="proceduretype",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("procedure_started_on", sa.Date(), nullable=False),
        sa.Column("method", sa.String(length=40), nullable=True),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column(
            "tie_rule",
            sa.Enum("quality", "price", "none", name="tierule", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("question_deadline_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("bid_deadline_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("bid_validity_end_on", sa.Date(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("frozen_hash", sa.String(length=64), nullable=True),
        sa.Column("frozen_content", sa.Text(), nullable=True),
        sa.Column("opening_public_key", sa.LargeBinary(), nullable=True),
        sa.Column("cancelled_reason", sa.Text(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["created_by_id"], ["account.id"], name=op.f("fk_tender_created_by_id")),
        sa.ForeignKeyConstraint(["round_id"], ["demand_round.id"], name=op.f("fk_tender_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tender")),
        sa.UniqueConstraint("reference", name=op.f("uq_tender_reference")),
    )
    with op.batch_alter_table("tender", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tender_round_id"), ["round_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_tender_stage"), ["stage"], unique=False)

    op.create_table(
        "allocation_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tender_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "calculated",
                "checked",
                "approved",
                "corrected",
                "discarded",
                name="runstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "charge_type",
            sa.Enum("levy", "cost_reimbursement", "pass_through", name="chargetype", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("vat_case", sa.String(length=20), nullable=False),
        sa.Column("vat_rate_percent", sa.String(length=20), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=False),
        sa.Column("key_reference_date", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("legal_basis", sa.Text(), nullable=False),
        sa.Column("input", sa.Text(), nullable=False),
        sa.Column("input_hash", sa.String(length=64), nullable=False),
        sa.Column("total_net", sa.BigInteger(), nullable=False),
        sa.Column("total_vat", sa.BigInteger(), nullable=False),
        sa.Column("total_gross", sa.BigInteger(), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("correction_reason", sa.Text(), nullable=False),
        sa.Column("discard_reason", sa.Text(), nullable=False),
        sa.Column("prepared_by_id", sa.Integer(), nullable=False),
        sa.Column("prepared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_by_id", sa.Integer(), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "approved_by_id IS NULL OR approved_by_id <> prepared_by_id",
            name=op.f("ck_allocation_run_preparer_never_approves"),
        ),
        sa.CheckConstraint(
            "checked_by_id IS NULL OR checked_by_id <> prepared_by_id",
            name=op.f("ck_allocation_run_preparer_never_checks"),
        ),
        sa.ForeignKeyConstraint(["approved_by_id"], ["account.id"], name=op.f("fk_allocation_run_approved_by_id")),
        sa.ForeignKeyConstraint(["checked_by_id"], ["account.id"], name=op.f("fk_allocation_run_checked_by_id")),
        sa.ForeignKeyConstraint(["corrects_id"], ["allocation_run.id"], name=op.f("fk_allocation_run_corrects_id")),
        sa.ForeignKeyConstraint(["prepared_by_id"], ["account.id"], name=op.f("fk_allocation_run_prepared_by_id")),
        sa.ForeignKeyConstraint(["tender_id"], ["tender.id"], name=op.f("fk_allocation_run_tender_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allocation_run")),
        sa.UniqueConstraint("tender_id", "number", name=op.f("uq_allocation_run_tender_id_number")),
    )
    with op.batch_alter_table("allocation_run", schema=None) as batch_op:
        batch_op.create_index(
            "uq_allocation_run_one_open",
            ["tender_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('calculated', 'checked')"),
            postgresql_where=sa.text("state IN ('calculated', 'checked')"),
        )
        batch_op.create_index(
            "uq_allocation_run_one_successor",
            ["corrects_id"],
            unique=True,
            sqlite_where=sa.text("state <> 'discarded'"),
            postgresql_where=sa.text("state <> 'discarded'"),
        )

    op.create_table(
        "award_criterion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tender_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column(
            "kind", sa.Enum("exclusion", "scored", name="criterionkind", native_enum=False, length=40), nullable=False
        ),
        sa.Column("weight_percent", sa.String(length=40), nullable=True),
        sa.Column("minimum_percent", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["parent_id"], ["award_criterion.id"], name=op.f("fk_award_criterion_parent_id")),
        sa.ForeignKeyConstraint(["tender_id"], ["tender.id"], name=op.f("fk_award_criterion_tender_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_criterion")),
        sa.UniqueConstraint("tender_id", "number", name=op.f("uq_award_criterion_tender_id_number")),
    )
    with op.batch_alter_table("award_criterion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_award_criterion_tender_id"), ["tender_id"], unique=False)

    op.create_table(
        "bid",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tender_id", sa.Integer(), nullable=False),
        sa.Column("bidder_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("sealed", "opened", "excluded", "withdrawn", name="bidstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("late_excused_reason", sa.Text(), nullable=False),
        sa.Column("exclusion_reason", sa.Text(), nullable=False),
        sa.Column("exclusion_norm", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["bidder_id"], ["bidder.id"], name=op.f("fk_bid_bidder_id")),
        sa.ForeignKeyConstraint(["tender_id"], ["tender.id"], name=op.f("fk_bid_tender_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bid")),
        sa.UniqueConstraint("tender_id", "number", name=op.f("uq_bid_tender_id_number")),
    )
    with op.batch_alter_table("bid", schema=None) as batch_op:
        batch_op.create_index(
            "uq_bid_one_per_bidder",
            ["tender_id", "bidder_id"],
            unique=True,
            sqlite_where=sa.text("state <> 'withdrawn'"),
            postgresql_where=sa.text("state <> 'withdrawn'"),
        )

    op.create_table(
        "bid_opening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tender_id", sa.Integer(), nullable=False),
        sa.Column("first_by_id", sa.Integer(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("half_open", sa.Text(), nullable=True),
        sa.Column("second_by_id", sa.Integer(), nullable=True),
        sa.Column("second_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("imported_from", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "second_by_id IS NULL OR second_by_id <> first_by_id", name=op.f("ck_bid_opening_two_officers")
        ),
        sa.ForeignKeyConstraint(["first_by_id"], ["account.id"], name=op.f("fk_bid_opening_first_by_id")),
        sa.ForeignKeyConstraint(["second_by_id"], ["account.id"], name=op.f("fk_bid_opening_second_by_id")),
        sa.ForeignKeyConstraint(["tender_id"], ["tender.id"], name=op.f("fk_bid_opening_tender_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bid_opening")),
        sa.UniqueConstraint("tender_id", name=op.f("uq_bid_opening_tender_id")),
    )
    op.create_table(
        "demand_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("demand_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("minimum", sa.BigInteger(), nullable=False),
        sa.Column("expected", sa.BigInteger(), nullable=False),
        sa.Column("maximum", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "0 <= minimum AND minimum <= expected AND expected <= maximum",
            name=op.f("ck_demand_item_quantities_in_order"),
        ),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_demand_item_article_id")),
        sa.ForeignKeyConstraint(["demand_id"], ["demand.id"], name=op.f("fk_demand_item_demand_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demand_item")),
        sa.UniqueConstraint("demand_id", "article_id", name=op.f("uq_demand_item_demand_id_article_id")),
    )
    with op.batch_alter_table("demand_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_demand_item_article_id"), ["article_id"], unique=False)

    op.create_table(
        "lot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tender_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("merging_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["tender_id"], ["tender.id"], name=op.f("fk_lot_tender_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lot")),
        sa.UniqueConstraint("tender_id", "number", name=op.f("uq_lot_tender_id_number")),
    )
    op.create_table(
        "opening_envelope",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tender_id", sa.Integer(), nullable=False),
        sa.Column("first_account_id", sa.Integer(), nullable=False),
        sa.Column("second_account_id", sa.Integer(), nullable=False),
        sa.Column("envelope", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("first_account_id <> second_account_id", name=op.f("ck_opening_envelope_two_officers")),
        sa.ForeignKeyConstraint(
            ["first_account_id"], ["account.id"], name=op.f("fk_opening_envelope_first_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["second_account_id"], ["account.id"], name=op.f("fk_opening_envelope_second_account_id")
        ),
        sa.ForeignKeyConstraint(["tender_id"], ["tender.id"], name=op.f("fk_opening_envelope_tender_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening_envelope")),
        sa.UniqueConstraint(
            "tender_id",
            "first_account_id",
            "second_account_id",
            name=op.f("uq_opening_envelope_tender_id_first_account_id_second_account_id"),
        ),
    )
    op.create_table(
        "participant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tender_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_participant_member_id")),
        sa.ForeignKeyConstraint(["tender_id"], ["tender.id"], name=op.f("fk_participant_tender_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participant")),
        sa.UniqueConstraint("tender_id", "member_id", name=op.f("uq_participant_tender_id_member_id")),
    )
    with op.batch_alter_table("participant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_participant_member_id"), ["member_id"], unique=False)

    op.create_table(
        "stage_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tender_id", sa.Integer(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "planned",
                "published",
                "bids_closed",
                "opened",
                "evaluated",
                "award_decided",
                "awarded",
                "cancelled",
                name="tenderstage",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_stage_change_by_id")),
        sa.ForeignKeyConstraint(["tender_id"], ["tender.id"], name=op.f("fk_stage_change_tender_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage_change")),
    )
    with op.batch_alter_table("stage_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stage_change_tender_id"), ["tender_id"], unique=False)

    op.create_table(
        "value_estimate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tender_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("total_net", sa.BigInteger(), nullable=False),
        sa.Column("threshold_net", sa.BigInteger(), nullable=False),
        sa.Column("rule", sa.String(length=200), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["made_by_id"], ["account.id"], name=op.f("fk_value_estimate_made_by_id")),
        sa.ForeignKeyConstraint(["tender_id"], ["tender.id"], name=op.f("fk_value_estimate_tender_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_value_estimate")),
        sa.UniqueConstraint("tender_id", "number", name=op.f("uq_value_estimate_tender_id_number")),
    )
    op.create_table(
        "bid_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bid_id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("sealed_sha256", sa.String(length=64), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("content_sha256", sa.String(length=64), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["bid_id"], ["bid.id"], name=op.f("fk_bid_file_bid_id")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_bid_file_lot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bid_file")),
        sa.UniqueConstraint("bid_id", "number", name=op.f("uq_bid_file_bid_id_number")),
    )
    op.create_table(
        "evaluation_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(length=40), nullable=False),
        sa.Column("input", sa.Text(), nullable=False),
        sa.Column("input_hash", sa.String(length=64), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_evaluation_run_lot_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["account.id"], name=op.f("fk_evaluation_run_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_run")),
        sa.UniqueConstraint("lot_id", "number", name=op.f("uq_evaluation_run_lot_id_number")),
    )
    op.create_table(
        "exclusion_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("bid_id", sa.Integer(), nullable=False),
        sa.Column("criterion_id", sa.Integer(), nullable=False),
        sa.Column("is_met", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("given_by_id", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("is_met OR length(reason) > 0", name=op.f("ck_exclusion_answer_refusal_has_reason")),
        sa.ForeignKeyConstraint(["bid_id"], ["bid.id"], name=op.f("fk_exclusion_answer_bid_id")),
        sa.ForeignKeyConstraint(
            ["criterion_id"], ["award_criterion.id"], name=op.f("fk_exclusion_answer_criterion_id")
        ),
        sa.ForeignKeyConstraint(["given_by_id"], ["account.id"], name=op.f("fk_exclusion_answer_given_by_id")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_exclusion_answer_lot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exclusion_answer")),
        sa.UniqueConstraint(
            "lot_id", "bid_id", "criterion_id", name=op.f("uq_exclusion_answer_lot_id_bid_id_criterion_id")
        ),
    )
    with op.batch_alter_table("exclusion_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exclusion_answer_bid_id"), ["bid_id"], unique=False)

    op.create_table(
        "issued_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "allocation",
                "member_statement",
                "price_comparison",
                "opening_record",
                "annex_json",
                "annex_csv",
                name="documentkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("tender_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("input_hash", sa.String(length=64), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["file_sha256"], ["stored_file.sha256"], name=op.f("fk_issued_document_file_sha256")),
        sa.ForeignKeyConstraint(["issued_by_id"], ["account.id"], name=op.f("fk_issued_document_issued_by_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_issued_document_member_id")),
        sa.ForeignKeyConstraint(["run_id"], ["allocation_run.id"], name=op.f("fk_issued_document_run_id")),
        sa.ForeignKeyConstraint(["tender_id"], ["tender.id"], name=op.f("fk_issued_document_tender_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issued_document")),
        sa.UniqueConstraint("number", name=op.f("uq_issued_document_number")),
    )
    with op.batch_alter_table("issued_document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_issued_document_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_issued_document_run_id"), ["run_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_issued_document_tender_id"), ["tender_id"], unique=False)

    op.create_table(
        "lot_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column(
            "nature", sa.Enum("one_off", "recurring", name="nature", native_enum=False, length=40), nullable=False
        ),
        sa.Column("cpv", sa.String(length=10), nullable=False),
        sa.Column(
            "origin", sa.Enum("demand", "joint", name="lineorigin", native_enum=False, length=40), nullable=False
        ),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("estimate_net", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_lot_item_lot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lot_item")),
    )
    with op.batch_alter_table("lot_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lot_item_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "member_amount",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("net", sa.BigInteger(), nullable=False),
        sa.Column("vat", sa.BigInteger(), nullable=False),
        sa.Column("gross", sa.BigInteger(), nullable=False),
        sa.Column("vat_weight", sa.String(length=60), nullable=True),
        sa.Column("vat_floor_cents", sa.BigInteger(), nullable=True),
        sa.Column("vat_remainder", sa.String(length=60), nullable=True),
        sa.Column("vat_extra_cent", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_member_amount_member_id")),
        sa.ForeignKeyConstraint(["run_id"], ["allocation_run.id"], name=op.f("fk_member_amount_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_amount")),
        sa.UniqueConstraint("run_id", "member_id", name=op.f("uq_member_amount_run_id_member_id")),
    )
    with op.batch_alter_table("member_amount", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_member_amount_member_id"), ["member_id"], unique=False)

    op.create_table(
        "run_block",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("nature", sa.String(length=20), nullable=False),
        sa.Column("has_supplier_vat", sa.Boolean(), nullable=False),
        sa.Column("amount_net", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["allocation_run.id"], name=op.f("fk_run_block_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run_block")),
        sa.UniqueConstraint("run_id", "number", name=op.f("uq_run_block_run_id_number")),
    )
    op.create_table(
        "score",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("bid_id", sa.Integer(), nullable=False),
        sa.Column("criterion_id", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("given_by_id", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_score_reason_given")),
        sa.CheckConstraint("points BETWEEN 0 AND 10", name=op.f("ck_score_points_0_to_10")),
        sa.ForeignKeyConstraint(["bid_id"], ["bid.id"], name=op.f("fk_score_bid_id")),
        sa.ForeignKeyConstraint(["criterion_id"], ["award_criterion.id"], name=op.f("fk_score_criterion_id")),
        sa.ForeignKeyConstraint(["given_by_id"], ["account.id"], name=op.f("fk_score_given_by_id")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_score_lot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score")),
        sa.UniqueConstraint("lot_id", "bid_id", "criterion_id", name=op.f("uq_score_lot_id_bid_id_criterion_id")),
    )
    with op.batch_alter_table("score", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_score_bid_id"), ["bid_id"], unique=False)

    op.create_table(
        "award_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("bid_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("proposed", "confirmed", "rejected", name="awardstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer_reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "answered_by_id IS NULL OR answered_by_id <> proposed_by_id", name=op.f("ck_award_decision_four_eyes")
        ),
        sa.ForeignKeyConstraint(["answered_by_id"], ["account.id"], name=op.f("fk_award_decision_answered_by_id")),
        sa.ForeignKeyConstraint(["bid_id"], ["bid.id"], name=op.f("fk_award_decision_bid_id")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_award_decision_lot_id")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["account.id"], name=op.f("fk_award_decision_proposed_by_id")),
        sa.ForeignKeyConstraint(["run_id"], ["evaluation_run.id"], name=op.f("fk_award_decision_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_decision")),
    )
    with op.batch_alter_table("award_decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_award_decision_lot_id"), ["lot_id"], unique=False)
        batch_op.create_index(
            "uq_award_decision_one_per_lot",
            ["lot_id"],
            unique=True,
            sqlite_where=sa.text("state <> 'rejected'"),
            postgresql_where=sa.text("state <> 'rejected'"),
        )

    op.create_table(
        "bid_price",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bid_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("unit_price_net", sa.BigInteger(), nullable=False),
        sa.Column("written_total_net", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("unit_price_net >= 0", name=op.f("ck_bid_price_price_not_negative")),
        sa.ForeignKeyConstraint(["bid_id"], ["bid.id"], name=op.f("fk_bid_price_bid_id")),
        sa.ForeignKeyConstraint(["line_id"], ["lot_item.id"], name=op.f("fk_bid_price_line_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bid_price")),
        sa.UniqueConstraint("bid_id", "line_id", name=op.f("uq_bid_price_bid_id_line_id")),
    )
    with op.batch_alter_table("bid_price", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bid_price_line_id"), ["line_id"], unique=False)

    op.create_table(
        "line_share",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("demand_item_id", sa.Integer(), nullable=True),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["demand_item_id"], ["demand_item.id"], name=op.f("fk_line_share_demand_item_id")),
        sa.ForeignKeyConstraint(["line_id"], ["lot_item.id"], name=op.f("fk_line_share_line_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_line_share_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_line_share")),
        sa.UniqueConstraint("line_id", "demand_item_id", name=op.f("uq_line_share_line_id_demand_item_id")),
    )
    with op.batch_alter_table("line_share", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_line_share_demand_item_id"), ["demand_item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_line_share_member_id"), ["member_id"], unique=False)

    op.create_table(
        "lot_drawing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("bid_id", sa.Integer(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("recorded_by_id <> second_id", name=op.f("ck_lot_drawing_two_people")),
        sa.ForeignKeyConstraint(["bid_id"], ["bid.id"], name=op.f("fk_lot_drawing_bid_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["account.id"], name=op.f("fk_lot_drawing_recorded_by_id")),
        sa.ForeignKeyConstraint(["run_id"], ["evaluation_run.id"], name=op.f("fk_lot_drawing_run_id")),
        sa.ForeignKeyConstraint(["second_id"], ["account.id"], name=op.f("fk_lot_drawing_second_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lot_drawing")),
        sa.UniqueConstraint("run_id", name=op.f("uq_lot_drawing_run_id")),
    )
    op.create_table(
        "member_share",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("block_id", sa.Integer(), nullable=False),
        sa.Column("pot", sa.String(length=200), nullable=False),
        sa.Column("pot_position", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("weight", sa.String(length=60), nullable=False),
        sa.Column("total_weight", sa.String(length=60), nullable=False),
        sa.Column("floor_cents", sa.BigInteger(), nullable=False),
        sa.Column("remainder", sa.String(length=60), nullable=False),
        sa.Column("extra_cent", sa.Integer(), nullable=False),
        sa.Column("amount_net", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["block_id"], ["run_block.id"], name=op.f("fk_member_share_block_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_member_share_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_share")),
        sa.UniqueConstraint(
            "block_id", "pot_position", "member_id", name=op.f("uq_member_share_block_id_pot_position_member_id")
        ),
    )
    with op.batch_alter_table("member_share", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_member_share_member_id"), ["member_id"], unique=False)

    op.create_table(
        "sheet_reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bid_id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("was_taken_over", sa.Boolean(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("replaced_prices", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["bid_id"], ["bid.id"], name=op.f("fk_sheet_reading_bid_id")),
        sa.ForeignKeyConstraint(["file_id"], ["bid_file.id"], name=op.f("fk_sheet_reading_file_id")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_sheet_reading_lot_id")),
        sa.ForeignKeyConstraint(["read_by_id"], ["account.id"], name=op.f("fk_sheet_reading_read_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_reading")),
    )
    with op.batch_alter_table("sheet_reading", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sheet_reading_bid_id"), ["bid_id"], unique=False)


def downgrade() -> None:
    """Take back."""
    with op.batch_alter_table("sheet_reading", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sheet_reading_bid_id"))

    op.drop_table("sheet_reading")
    with op.batch_alter_table("member_share", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_member_share_member_id"))

    op.drop_table("member_share")
    op.drop_table("lot_drawing")
    with op.batch_alter_table("line_share", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_line_share_member_id"))
        batch_op.drop_index(batch_op.f("ix_line_share_demand_item_id"))

    op.drop_table("line_share")
    with op.batch_alter_table("bid_price", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bid_price_line_id"))

    op.drop_table("bid_price")
    with op.batch_alter_table("award_decision", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_award_decision_one_per_lot",
            sqlite_where=sa.text("state <> 'rejected'"),
            postgresql_where=sa.text("state <> 'rejected'"),
        )
        batch_op.drop_index(batch_op.f("ix_award_decision_lot_id"))

    op.drop_table("award_decision")
    with op.batch_alter_table("score", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_score_bid_id"))

    op.drop_table("score")
    op.drop_table("run_block")
    with op.batch_alter_table("member_amount", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_member_amount_member_id"))

    op.drop_table("member_amount")
    with op.batch_alter_table("lot_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lot_item_lot_id"))

    op.drop_table("lot_item")
    with op.batch_alter_table("issued_document", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_issued_document_tender_id"))
        batch_op.drop_index(batch_op.f("ix_issued_document_run_id"))
        batch_op.drop_index(batch_op.f("ix_issued_document_member_id"))

    op.drop_table("issued_document")
    with op.batch_alter_table("exclusion_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exclusion_answer_bid_id"))

    op.drop_table("exclusion_answer")
    op.drop_table("evaluation_run")
    op.drop_table("bid_file")
    op.drop_table("value_estimate")
    with op.batch_alter_table("stage_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stage_change_tender_id"))

    op.drop_table("stage_change")
    with op.batch_alter_table("participant", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_participant_member_id"))

    op.drop_table("participant")
    op.drop_table("opening_envelope")
    op.drop_table("lot")
    with op.batch_alter_table("demand_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_demand_item_article_id"))

    op.drop_table("demand_item")
    op.drop_table("bid_opening")
    with op.batch_alter_table("bid", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_bid_one_per_bidder",
            sqlite_where=sa.text("state <> 'withdrawn'"),
            postgresql_where=sa.text("state <> 'withdrawn'"),
        )

    op.drop_table("bid")
    with op.batch_alter_table("award_criterion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_award_criterion_tender_id"))

    op.drop_table("award_criterion")
    with op.batch_alter_table("allocation_run", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_allocation_run_one_successor",
            sqlite_where=sa.text("state <> 'discarded'"),
            postgresql_where=sa.text("state <> 'discarded'"),
        )
        batch_op.drop_index(
            "uq_allocation_run_one_open",
            sqlite_where=sa.text("state IN ('calculated', 'checked')"),
            postgresql_where=sa.text("state IN ('calculated', 'checked')"),
        )

    op.drop_table("allocation_run")
    with op.batch_alter_table("tender", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tender_stage"))
        batch_op.drop_index(batch_op.f("ix_tender_round_id"))

    op.drop_table("tender")
    with op.batch_alter_table("demand", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_demand_member_id"))

    op.drop_table("demand")
    with op.batch_alter_table("article", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_article_round_id"))

    op.drop_table("article")
    with op.batch_alter_table("reference_figure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reference_figure_member_id"))

    op.drop_table("reference_figure")
    with op.batch_alter_table("login_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_login_session_account_id"))

    op.drop_table("login_session")
    with op.batch_alter_table("demand_round", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_demand_round_state"))

    op.drop_table("demand_round")
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_entry_tender_id"))
        batch_op.drop_index("ix_audit_entry_subject")
        batch_op.drop_index(batch_op.f("ix_audit_entry_member_id"))
        batch_op.drop_index(batch_op.f("ix_audit_entry_event"))
        batch_op.drop_index(batch_op.f("ix_audit_entry_at"))

    op.drop_table("audit_entry")
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assignment_account_id"))

    op.drop_table("assignment")
    op.drop_table("stored_file")
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_member_sort_key"))

    op.drop_table("member")
    with op.batch_alter_table("login_attempt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_login_attempt_email"))
        batch_op.drop_index(batch_op.f("ix_login_attempt_at"))
        batch_op.drop_index(batch_op.f("ix_login_attempt_address"))

    op.drop_table("login_attempt")
    op.drop_table("bidder")
    op.drop_table("audit_chain_head")
    op.drop_table("association")
    op.drop_table("answered_request")
    op.drop_table("account")
