"""Demand in depth: catalogue, jobs and mail, departments, adjustments, bundling, participation, working group."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "outgoing_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.String(length=200), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("given_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing_mail")),
    )
    with op.batch_alter_table("outgoing_mail", schema=None) as batch_op:
        batch_op.create_index("ix_outgoing_mail_waiting", ["sent_at", "given_up_at", "next_try_at"], unique=False)

    op.create_table(
        "delegation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("to_account_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("granted_by_id", sa.Integer(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_delegation_days_in_order")),
        sa.ForeignKeyConstraint(["granted_by_id"], ["account.id"], name=op.f("fk_delegation_granted_by_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_delegation_member_id")),
        sa.ForeignKeyConstraint(["to_account_id"], ["account.id"], name=op.f("fk_delegation_to_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation")),
    )
    with op.batch_alter_table("delegation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delegation_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_delegation_to_account_id"), ["to_account_id"], unique=False)

    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("args", sa.JSON(), nullable=False),
        sa.Column("unique_key", sa.String(length=200), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum("queued", "running", "done", "failed", name="jobstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("run_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("worker", sa.String(length=40), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("done_units", sa.Integer(), nullable=False),
        sa.Column("total_units", sa.Integer(), nullable=False),
        sa.Column("message", sa.String(length=500), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.Column("result_url", sa.String(length=2000), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_job_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.create_index("ix_job_state_run_at", ["state", "run_at"], unique=False)
        batch_op.create_index(
            "uq_job_queued_unique_key",
            ["unique_key"],
            unique=True,
            sqlite_where=sa.text("state = 'queued'"),
            postgresql_where=sa.text("state = 'queued'"),
        )

    op.create_table(
        "round_estimate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("total_net", sa.BigInteger(), nullable=False),
        sa.Column("threshold_net", sa.BigInteger(), nullable=False),
        sa.Column("rule", sa.String(length=200), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("cause", sa.String(length=400), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["made_by_id"], ["account.id"], name=op.f("fk_round_estimate_made_by_id")),
        sa.ForeignKeyConstraint(["round_id"], ["demand_round.id"], name=op.f("fk_round_estimate_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_estimate")),
        sa.UniqueConstraint("round_id", "number", name=op.f("uq_round_estimate_round_id_number")),
    )
    op.create_table(
        "declined_merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tender_id", sa.Integer(), nullable=False),
        sa.Column("first_number", sa.String(length=40), nullable=False),
        sa.Column("second_number", sa.String(length=40), nullable=False),
        sa.Column("declined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("declined_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["declined_by_id"], ["account.id"], name=op.f("fk_declined_merge_declined_by_id")),
        sa.ForeignKeyConstraint(["tender_id"], ["tender.id"], name=op.f("fk_declined_merge_tender_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declined_merge")),
        sa.UniqueConstraint(
            "tender_id",
            "first_number",
            "second_number",
            name=op.f("uq_declined_merge_tender_id_first_number_second_number"),
        ),
    )
    with op.batch_alter_table("declined_merge", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_declined_merge_tender_id"), ["tender_id"], unique=False)

    op.create_table(
        "demand_attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("demand_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=True),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("file_hash", sa.String(length=64), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["added_by_id"], ["account.id"], name=op.f("fk_demand_attachment_added_by_id")),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_demand_attachment_article_id")),
        sa.ForeignKeyConstraint(["demand_id"], ["demand.id"], name=op.f("fk_demand_attachment_demand_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demand_attachment")),
    )
    with op.batch_alter_table("demand_attachment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_demand_attachment_demand_id"), ["demand_id"], unique=False)

    op.create_table(
        "demand_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("demand_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind", sa.Enum("late", "withdrawal", name="changekind", native_enum=False, length=40), nullable=False
        ),
        sa.Column(
            "state",
            sa.Enum("pending", "accepted", "rejected", name="changestate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("requested_by_id", sa.Integer(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["decided_by_id"], ["account.id"], name=op.f("fk_demand_change_decided_by_id")),
        sa.ForeignKeyConstraint(["demand_id"], ["demand.id"], name=op.f("fk_demand_change_demand_id")),
        sa.ForeignKeyConstraint(["requested_by_id"], ["account.id"], name=op.f("fk_demand_change_requested_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demand_change")),
    )
    with op.batch_alter_table("demand_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_demand_change_demand_id"), ["demand_id"], unique=False)

    op.create_table(
        "department_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("demand_id", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_by_id", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["demand_id"], ["demand.id"], name=op.f("fk_department_request_demand_id")),
        sa.ForeignKeyConstraint(["sent_by_id"], ["account.id"], name=op.f("fk_department_request_sent_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_department_request")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_department_request_token_hash")),
    )
    with op.batch_alter_table("department_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_department_request_demand_id"), ["demand_id"], unique=False)

    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("demand_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind", sa.Enum("reminder", "escalation", name="reminderkind", native_enum=False, length=40), nullable=False
        ),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("recipients", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_reminder_by_id")),
        sa.ForeignKeyConstraint(["demand_id"], ["demand.id"], name=op.f("fk_reminder_demand_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
    )
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reminder_demand_id"), ["demand_id"], unique=False)

    op.create_table(
        "adjustment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("minimum", sa.BigInteger(), nullable=False),
        sa.Column("expected", sa.BigInteger(), nullable=False),
        sa.Column("maximum", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "proposed", "confirmed", "objected", "taken_back", name="adjustmentstate", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "0 <= minimum AND minimum <= expected AND expected <= maximum",
            name=op.f("ck_adjustment_quantities_in_order"),
        ),
        sa.ForeignKeyConstraint(["answered_by_id"], ["account.id"], name=op.f("fk_adjustment_answered_by_id")),
        sa.ForeignKeyConstraint(["item_id"], ["demand_item.id"], name=op.f("fk_adjustment_item_id")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["account.id"], name=op.f("fk_adjustment_proposed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adjustment")),
    )
    with op.batch_alter_table("adjustment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_adjustment_item_id"), ["item_id"], unique=False)

    op.create_table(
        "department_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("minimum", sa.BigInteger(), nullable=False),
        sa.Column("expected", sa.BigInteger(), nullable=False),
        sa.Column("maximum", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "0 <= minimum AND minimum <= expected AND expected <= maximum",
            name=op.f("ck_department_item_quantities_in_order"),
        ),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_department_item_article_id")),
        sa.ForeignKeyConstraint(["request_id"], ["department_request.id"], name=op.f("fk_department_item_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_department_item")),
        sa.UniqueConstraint("request_id", "article_id", name=op.f("uq_department_item_request_id_article_id")),
    )
    with op.batch_alter_table("department_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_department_item_article_id"), ["article_id"], unique=False)

    op.create_table(
        "line_merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tender_id", sa.Integer(), nullable=False),
        sa.Column("into_line_id", sa.Integer(), nullable=True),
        sa.Column("into_label", sa.String(length=400), nullable=False),
        sa.Column("absorbed", sa.JSON(), nullable=False),
        sa.Column("factor_numerator", sa.Integer(), nullable=False),
        sa.Column("factor_denominator", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["decided_by_id"], ["account.id"], name=op.f("fk_line_merge_decided_by_id")),
        sa.ForeignKeyConstraint(
            ["into_line_id"], ["lot_item.id"], name=op.f("fk_line_merge_into_line_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["tender_id"], ["tender.id"], name=op.f("fk_line_merge_tender_id")),
        sa.ForeignKeyConstraint(["undone_by_id"], ["account.id"], name=op.f("fk_line_merge_undone_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_line_merge")),
    )
    with op.batch_alter_table("line_merge", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_line_merge_tender_id"), ["tender_id"], unique=False)

    with op.batch_alter_table("article", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "period",
                sa.Enum("none", "month", "year", name="period", native_enum=False, length=40),
                server_default="none",
                nullable=False,
            )
        )
        batch_op.add_column(sa.Column("price_from_net", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("price_to_net", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("wished_by_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_article_wished_by_id"), ["wished_by_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_article_wished_by_id"), "member", ["wished_by_id"], ["id"])

    with op.batch_alter_table("demand", schema=None) as batch_op:
        batch_op.add_column(sa.Column("first_opened_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("approved_by_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_demand_approved_by_id"), "account", ["approved_by_id"], ["id"])

    with op.batch_alter_table("demand_item", schema=None) as batch_op:
        batch_op.add_column(sa.Column("site", sa.String(length=200), server_default="", nullable=False))
        batch_op.add_column(sa.Column("start_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("budget_account", sa.String(length=60), server_default="", nullable=False))
        batch_op.add_column(sa.Column("is_taken_over", sa.Boolean(), server_default=sa.text("0"), nullable=False))

    with op.batch_alter_table("demand_round", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reminder_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("escalation_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("term_months", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("option_months", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("has_total_price", sa.Boolean(), server_default=sa.text("1"), nullable=False))
        batch_op.add_column(sa.Column("joint_cost_from_net", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("joint_cost_to_net", sa.BigInteger(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "joint_cost_key",
                sa.Enum("clients", "inhabitants", "equal", name="jointcostkey", native_enum=False, length=40),
                server_default="clients",
                nullable=False,
            )
        )
        batch_op.add_column(sa.Column("key_reference_date", sa.Date(), nullable=True))

    with op.batch_alter_table("line_share", schema=None) as batch_op:
        batch_op.add_column(sa.Column("factor_numerator", sa.Integer(), server_default="1", nullable=False))
        batch_op.add_column(sa.Column("factor_denominator", sa.Integer(), server_default="1", nullable=False))
        batch_op.add_column(sa.Column("merge_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_line_share_merge_id"), ["merge_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_line_share_merge_id"), "line_merge", ["merge_id"], ["id"])

    with op.batch_alter_table("lot_item", schema=None) as batch_op:
        batch_op.add_column(sa.Column("category", sa.String(length=120), server_default="", nullable=False))
        batch_op.add_column(
            sa.Column(
                "period",
                sa.Enum("none", "month", "year", name="period", native_enum=False, length=40),
                server_default="none",
                nullable=False,
            )
        )
        batch_op.add_column(sa.Column("split_from_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_lot_item_split_from_id"), "lot_item", ["split_from_id"], ["id"])

    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.add_column(sa.Column("requires_approval", sa.Boolean(), server_default=sa.text("0"), nullable=False))
        batch_op.add_column(sa.Column("successor_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_member_successor_id"), "member", ["successor_id"], ["id"])

    with op.batch_alter_table("participant", schema=None) as batch_op:
        batch_op.add_column(sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("confirmed_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("mandate_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("mandate_scope", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("mandate_file_name", sa.String(length=200), server_default="", nullable=False))
        batch_op.add_column(sa.Column("mandate_file_hash", sa.String(length=64), server_default="", nullable=False))
        batch_op.create_foreign_key(
            batch_op.f("fk_participant_confirmed_by_id"), "account", ["confirmed_by_id"], ["id"]
        )

    with op.batch_alter_table("tender", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "procurement_role",
                sa.Enum(
                    "central_own_name",
                    "central_on_behalf",
                    "occasional_joint",
                    name="procurementrole",
                    native_enum=False,
                    length=40,
                ),
                server_default="central_own_name",
                nullable=False,
            )
        )
        batch_op.add_column(sa.Column("term_months", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("option_months", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("has_total_price", sa.Boolean(), server_default=sa.text("1"), nullable=False))

    with op.batch_alter_table("value_estimate", schema=None) as batch_op:
        batch_op.add_column(sa.Column("cause", sa.String(length=400), server_default="", nullable=False))


def downgrade() -> None:
    """Take back."""
    with op.batch_alter_table("value_estimate", schema=None) as batch_op:
        batch_op.drop_column("cause")

    with op.batch_alter_table("tender", schema=None) as batch_op:
        batch_op.drop_column("has_total_price")
        batch_op.drop_column("option_months")
        batch_op.drop_column("term_months")
        batch_op.drop_column("procurement_role")

    with op.batch_alter_table("participant", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_participant_confirmed_by_id"), type_="foreignkey")
        batch_op.drop_column("mandate_file_hash")
        batch_op.drop_column("mandate_file_name")
        batch_op.drop_column("mandate_scope")
        batch_op.drop_column("mandate_on")
        batch_op.drop_column("confirmed_by_id")
        batch_op.drop_column("confirmed_at")

    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_member_successor_id"), type_="foreignkey")
        batch_op.drop_column("successor_id")
        batch_op.drop_column("requires_approval")

    with op.batch_alter_table("lot_item", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_lot_item_split_from_id"), type_="foreignkey")
        batch_op.drop_column("split_from_id")
        batch_op.drop_column("period")
        batch_op.drop_column("category")

    with op.batch_alter_table("line_share", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_line_share_merge_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_line_share_merge_id"))
        batch_op.drop_column("merge_id")
        batch_op.drop_column("factor_denominator")
        batch_op.drop_column("factor_numerator")

    with op.batch_alter_table("demand_round", schema=None) as batch_op:
        batch_op.drop_column("key_reference_date")
        batch_op.drop_column("joint_cost_key")
        batch_op.drop_column("joint_cost_to_net")
        batch_op.drop_column("joint_cost_from_net")
        batch_op.drop_column("has_total_price")
        batch_op.drop_column("option_months")
        batch_op.drop_column("term_months")
        batch_op.drop_column("escalation_at")
        batch_op.drop_column("reminder_at")

    with op.batch_alter_table("demand_item", schema=None) as batch_op:
        batch_op.drop_column("is_taken_over")
        batch_op.drop_column("budget_account")
        batch_op.drop_column("start_on")
        batch_op.drop_column("site")

    with op.batch_alter_table("demand", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_demand_approved_by_id"), type_="foreignkey")
        batch_op.drop_column("approved_by_id")
        batch_op.drop_column("approved_at")
        batch_op.drop_column("first_opened_at")

    with op.batch_alter_table("article", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_article_wished_by_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_article_wished_by_id"))
        batch_op.drop_column("wished_by_id")
        batch_op.drop_column("price_to_net")
        batch_op.drop_column("price_from_net")
        batch_op.drop_column("period")

    with op.batch_alter_table("line_merge", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_line_merge_tender_id"))

    op.drop_table("line_merge")
    with op.batch_alter_table("department_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_department_item_article_id"))

    op.drop_table("department_item")
    with op.batch_alter_table("adjustment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_adjustment_item_id"))

    op.drop_table("adjustment")
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reminder_demand_id"))

    op.drop_table("reminder")
    with op.batch_alter_table("department_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_department_request_demand_id"))

    op.drop_table("department_request")
    with op.batch_alter_table("demand_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_demand_change_demand_id"))

    op.drop_table("demand_change")
    with op.batch_alter_table("demand_attachment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_demand_attachment_demand_id"))

    op.drop_table("demand_attachment")
    with op.batch_alter_table("declined_merge", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_declined_merge_tender_id"))

    op.drop_table("declined_merge")
    op.drop_table("round_estimate")
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_job_queued_unique_key",
            sqlite_where=sa.text("state = 'queued'"),
            postgresql_where=sa.text("state = 'queued'"),
        )
        batch_op.drop_index("ix_job_state_run_at")

    op.drop_table("job")
    with op.batch_alter_table("delegation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_delegation_to_account_id"))
        batch_op.drop_index(batch_op.f("ix_delegation_member_id"))

    op.drop_table("delegation")
    with op.batch_alter_table("outgoing_mail", schema=None) as batch_op:
        batch_op.drop_index("ix_outgoing_mail_waiting")

    op.drop_table("outgoing_mail")
