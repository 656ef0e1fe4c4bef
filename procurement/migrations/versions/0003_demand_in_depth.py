"""Demand in depth: catalogue, jobs and mail, departments, bundling, participation, working group, contracts."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "catalogue_article",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("category_code", sa.String(length=10), nullable=False),
        sa.Column("category", sa.String(length=120), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column(
            "nature", sa.Enum("one_off", "recurring", name="nature", native_enum=False, length=40), nullable=False
        ),
        sa.Column(
            "period", sa.Enum("none", "month", "year", name="period", native_enum=False, length=40), nullable=False
        ),
        sa.Column("cpv", sa.String(length=8), nullable=False),
        sa.Column("price_from_net", sa.BigInteger(), nullable=True),
        sa.Column("price_to_net", sa.BigInteger(), nullable=True),
        sa.Column("contract_form", sa.String(length=200), nullable=False),
        sa.Column("suggested_key", sa.String(length=200), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_article")),
        sa.UniqueConstraint("number", name=op.f("uq_catalogue_article_number")),
    )
    with op.batch_alter_table("catalogue_article", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_catalogue_article_category_code"), ["category_code"], unique=False)

    op.create_table(
        "cpv_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("check_digit", sa.String(length=1), nullable=False),
        sa.Column("label", sa.String(length=400), nullable=False),
        sa.Column("division", sa.String(length=2), nullable=False),
        sa.Column("search_text", sa.String(length=400), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cpv_code")),
        sa.UniqueConstraint("code", name=op.f("uq_cpv_code_code")),
    )
    with op.batch_alter_table("cpv_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cpv_code_division"), ["division"], unique=False)
        batch_op.create_index(batch_op.f("ix_cpv_code_search_text"), ["search_text"], unique=False)

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
        "announcement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("is_for_all", sa.Boolean(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column(
            "state",
            sa.Enum("published", "withdrawn", name="announcementstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawal_reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["published_by_id"], ["account.id"], name=op.f("fk_announcement_published_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
    )
    with op.batch_alter_table("announcement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_announcement_published_at"), ["published_at"], unique=False)

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
        "imported_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("members", "figures", "cpv", name="importkind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=True),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["sha256"], ["stored_file.sha256"], name=op.f("fk_imported_file_sha256")),
        sa.ForeignKeyConstraint(["uploaded_by_id"], ["account.id"], name=op.f("fk_imported_file_uploaded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imported_file")),
    )
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
        "announcement_addressee",
        sa.Column("announcement_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["announcement_id"], ["announcement.id"], name=op.f("fk_announcement_addressee_announcement_id")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_announcement_addressee_member_id")),
        sa.PrimaryKeyConstraint("announcement_id", "member_id", name=op.f("pk_announcement_addressee")),
    )
    op.create_table(
        "announcement_reading",
        sa.Column("announcement_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_announcement_reading_account_id")),
        sa.ForeignKeyConstraint(
            ["announcement_id"], ["announcement.id"], name=op.f("fk_announcement_reading_announcement_id")
        ),
        sa.PrimaryKeyConstraint("announcement_id", "account_id", name=op.f("pk_announcement_reading")),
    )
    with op.batch_alter_table("announcement_reading", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_announcement_reading_account_id"), ["account_id"], unique=False)

    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("solution", sa.Text(), nullable=False),
        sa.Column("cost_idea", sa.Text(), nullable=False),
        sa.Column("cost_from_net", sa.BigInteger(), nullable=True),
        sa.Column("cost_to_net", sa.BigInteger(), nullable=True),
        sa.Column("funding", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "discussion",
                "accepted",
                "declined",
                "withdrawn",
                name="proposalstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("discussed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name=op.f("fk_proposal_author_id")),
        sa.ForeignKeyConstraint(["ended_by_id"], ["account.id"], name=op.f("fk_proposal_ended_by_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_proposal_member_id")),
        sa.ForeignKeyConstraint(["round_id"], ["demand_round.id"], name=op.f("fk_proposal_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
        sa.UniqueConstraint("round_id", name=op.f("uq_proposal_round_id")),
    )
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proposal_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposal_state"), ["state"], unique=False)

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
        "bidder_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tender_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("sender", sa.String(length=200), nullable=False),
        sa.Column("original", sa.Text(), nullable=False),
        sa.Column("published_text", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("changes_documents", sa.Boolean(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum("open", "answered", "withdrawn", name="questionstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("withdrawn_reason", sa.Text(), nullable=False),
        sa.Column("no_extension_reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["answered_by_id"], ["account.id"], name=op.f("fk_bidder_question_answered_by_id")),
        sa.ForeignKeyConstraint(["tender_id"], ["tender.id"], name=op.f("fk_bidder_question_tender_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bidder_question")),
        sa.UniqueConstraint("tender_id", "number", name=op.f("uq_bidder_question_tender_id_number")),
    )
    op.create_table(
        "contribution",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name=op.f("fk_contribution_author_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_contribution_member_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_contribution_proposal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution")),
    )
    with op.batch_alter_table("contribution", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contribution_proposal_id"), ["proposal_id"], unique=False)

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
        "department_takeover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("demand_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("minimum", sa.BigInteger(), nullable=False),
        sa.Column("expected", sa.BigInteger(), nullable=False),
        sa.Column("maximum", sa.BigInteger(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_department_takeover_article_id")),
        sa.ForeignKeyConstraint(["demand_id"], ["demand.id"], name=op.f("fk_department_takeover_demand_id")),
        sa.ForeignKeyConstraint(["taken_by_id"], ["account.id"], name=op.f("fk_department_takeover_taken_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_department_takeover")),
        sa.UniqueConstraint("demand_id", "article_id", name=op.f("uq_department_takeover_demand_id_article_id")),
    )
    with op.batch_alter_table("department_takeover", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_department_takeover_article_id"), ["article_id"], unique=False)

    op.create_table(
        "firm_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tender_id", sa.Integer(), nullable=False),
        sa.Column("bidder_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("recipient", sa.String(length=200), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("informed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("informed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["bidder_id"], ["bidder.id"], name=op.f("fk_firm_notice_bidder_id")),
        sa.ForeignKeyConstraint(["informed_by_id"], ["account.id"], name=op.f("fk_firm_notice_informed_by_id")),
        sa.ForeignKeyConstraint(["tender_id"], ["tender.id"], name=op.f("fk_firm_notice_tender_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_firm_notice")),
    )
    with op.batch_alter_table("firm_notice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_firm_notice_bidder_id"), ["bidder_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_firm_notice_tender_id"), ["tender_id"], unique=False)

    op.create_table(
        "firm_registration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tender_id", sa.Integer(), nullable=False),
        sa.Column("bidder_id", sa.Integer(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("registered_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["bidder_id"], ["bidder.id"], name=op.f("fk_firm_registration_bidder_id")),
        sa.ForeignKeyConstraint(
            ["registered_by_id"], ["account.id"], name=op.f("fk_firm_registration_registered_by_id")
        ),
        sa.ForeignKeyConstraint(["tender_id"], ["tender.id"], name=op.f("fk_firm_registration_tender_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_firm_registration")),
        sa.UniqueConstraint("tender_id", "bidder_id", name=op.f("uq_firm_registration_tender_id_bidder_id")),
    )
    with op.batch_alter_table("firm_registration", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_firm_registration_bidder_id"), ["bidder_id"], unique=False)

    op.create_table(
        "interest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column(
            "stance", sa.Enum("join", "maybe", "none", name="stance", native_enum=False, length=40), nullable=False
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stated_by_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_interest_member_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_interest_proposal_id")),
        sa.ForeignKeyConstraint(["stated_by_id"], ["account.id"], name=op.f("fk_interest_stated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interest")),
        sa.UniqueConstraint("proposal_id", "member_id", name=op.f("uq_interest_proposal_id_member_id")),
    )
    with op.batch_alter_table("interest", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_interest_member_id"), ["member_id"], unique=False)

    op.create_table(
        "publication_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tender_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "classification",
            sa.Enum("first", "substantial", "minor", name="changeclass", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("classified_because", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("bid_deadline_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["made_by_id"], ["account.id"], name=op.f("fk_publication_version_made_by_id")),
        sa.ForeignKeyConstraint(["tender_id"], ["tender.id"], name=op.f("fk_publication_version_tender_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication_version")),
        sa.UniqueConstraint("tender_id", "number", name=op.f("uq_publication_version_tender_id_number")),
    )
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("demand_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("invitation", "reminder", "escalation", name="reminderkind", native_enum=False, length=40),
            nullable=False,
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
        "sheet_upload",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("demand_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("file_hash", sa.String(length=64), nullable=False),
        sa.Column(
            "state",
            sa.Enum("waiting", "read", "refused", "applied", name="sheetstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column(
            "style", sa.Enum("german", "english", name="numberstyle", native_enum=False, length=40), nullable=True
        ),
        sa.Column("reading", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_sheet_upload_account_id")),
        sa.ForeignKeyConstraint(["demand_id"], ["demand.id"], name=op.f("fk_sheet_upload_demand_id")),
        sa.ForeignKeyConstraint(["file_hash"], ["stored_file.sha256"], name=op.f("fk_sheet_upload_file_hash")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_upload")),
    )
    with op.batch_alter_table("sheet_upload", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sheet_upload_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sheet_upload_demand_id"), ["demand_id"], unique=False)

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
        "allocation_objection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("open", "accepted", "dismissed", name="casestate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("raised_by_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["account.id"], name=op.f("fk_allocation_objection_answered_by_id")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_allocation_objection_member_id")),
        sa.ForeignKeyConstraint(["raised_by_id"], ["account.id"], name=op.f("fk_allocation_objection_raised_by_id")),
        sa.ForeignKeyConstraint(["run_id"], ["allocation_run.id"], name=op.f("fk_allocation_objection_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allocation_objection")),
    )
    with op.batch_alter_table("allocation_objection", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_allocation_objection_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_allocation_objection_run_id"), ["run_id"], unique=False)

    op.create_table(
        "change_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_by_id", sa.Integer(), nullable=True),
        sa.Column("reference", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["sent_by_id"], ["account.id"], name=op.f("fk_change_notice_sent_by_id")),
        sa.ForeignKeyConstraint(["version_id"], ["publication_version.id"], name=op.f("fk_change_notice_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_notice")),
        sa.UniqueConstraint("version_id", name=op.f("uq_change_notice_version_id")),
    )
    op.create_table(
        "contract",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("tender_id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("supplier", sa.String(length=200), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("maximum_net", sa.BigInteger(), nullable=False),
        sa.Column("concluded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("concluded_by_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_contract_days_in_order")),
        sa.ForeignKeyConstraint(["concluded_by_id"], ["account.id"], name=op.f("fk_contract_concluded_by_id")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_contract_lot_id")),
        sa.ForeignKeyConstraint(["tender_id"], ["tender.id"], name=op.f("fk_contract_tender_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract")),
        sa.UniqueConstraint("lot_id", name=op.f("uq_contract_lot_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_contract_reference")),
    )
    with op.batch_alter_table("contract", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contract_tender_id"), ["tender_id"], unique=False)

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
        "late_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tender_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("mandate_on", sa.Date(), nullable=True),
        sa.Column("mandate_scope", sa.Text(), nullable=False),
        sa.Column("mandate_file_name", sa.String(length=200), nullable=False),
        sa.Column("mandate_file_hash", sa.String(length=64), nullable=False),
        sa.Column("added_by_version_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by_version_id"], ["publication_version.id"], name=op.f("fk_late_member_added_by_version_id")
        ),
        sa.ForeignKeyConstraint(["asked_by_id"], ["account.id"], name=op.f("fk_late_member_asked_by_id")),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["account.id"], name=op.f("fk_late_member_confirmed_by_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_late_member_member_id")),
        sa.ForeignKeyConstraint(["tender_id"], ["tender.id"], name=op.f("fk_late_member_tender_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_late_member")),
        sa.UniqueConstraint("tender_id", "member_id", name=op.f("uq_late_member_tender_id_member_id")),
    )
    with op.batch_alter_table("late_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_late_member_member_id"), ["member_id"], unique=False)

    op.create_table(
        "withdrawn_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("minimum", sa.BigInteger(), nullable=False),
        sa.Column("expected", sa.BigInteger(), nullable=False),
        sa.Column("maximum", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["demand_change.id"], name=op.f("fk_withdrawn_item_change_id")),
        sa.ForeignKeyConstraint(["item_id"], ["demand_item.id"], name=op.f("fk_withdrawn_item_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_withdrawn_item")),
        sa.UniqueConstraint("change_id", "item_id", name=op.f("uq_withdrawn_item_change_id_item_id")),
    )
    with op.batch_alter_table("withdrawn_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_withdrawn_item_change_id"), ["change_id"], unique=False)

    op.create_table(
        "contract_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("unit_price_net", sa.BigInteger(), nullable=False),
        sa.Column("maximum", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_contract_line_contract_id")),
        sa.ForeignKeyConstraint(["line_id"], ["lot_item.id"], name=op.f("fk_contract_line_line_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_line")),
        sa.UniqueConstraint("line_id", name=op.f("uq_contract_line_line_id")),
    )
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

    op.create_table(
        "call_off",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_line_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("requested", "released", "refused", name="calloffstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("requested_by_id", sa.Integer(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["contract_line_id"], ["contract_line.id"], name=op.f("fk_call_off_contract_line_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["account.id"], name=op.f("fk_call_off_decided_by_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_call_off_member_id")),
        sa.ForeignKeyConstraint(["requested_by_id"], ["account.id"], name=op.f("fk_call_off_requested_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_off")),
    )
    with op.batch_alter_table("call_off", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_call_off_contract_line_id"), ["contract_line_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_call_off_member_id"), ["member_id"], unique=False)

    op.create_table(
        "entitlement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_line_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("quota", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_line_id"], ["contract_line.id"], name=op.f("fk_entitlement_contract_line_id")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_entitlement_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entitlement")),
        sa.UniqueConstraint("contract_line_id", "member_id", name=op.f("uq_entitlement_contract_line_id_member_id")),
    )
    with op.batch_alter_table("entitlement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_entitlement_member_id"), ["member_id"], unique=False)

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
        batch_op.add_column(sa.Column("is_taken_over", sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table("demand_round", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reminder_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("escalation_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("term_months", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("option_months", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("has_total_price", sa.Boolean(), server_default=sa.true(), nullable=False))
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
        batch_op.drop_constraint(batch_op.f("uq_line_share_line_id_demand_item_id"), type_="unique")
        batch_op.create_index(batch_op.f("ix_line_share_merge_id"), ["merge_id"], unique=False)
        batch_op.create_unique_constraint(
            batch_op.f("uq_line_share_line_id_demand_item_id_merge_id"), ["line_id", "demand_item_id", "merge_id"]
        )
        batch_op.create_index(
            "uq_line_share_line_id_demand_item_id_unmerged",
            ["line_id", "demand_item_id"],
            unique=True,
            sqlite_where=sa.text("merge_id IS NULL"),
            postgresql_where=sa.text("merge_id IS NULL"),
        )
        batch_op.create_foreign_key(batch_op.f("fk_line_share_merge_id"), "line_merge", ["merge_id"], ["id"])

    with op.batch_alter_table("lot", schema=None) as batch_op:
        batch_op.add_column(sa.Column("joined_from", sa.Text(), server_default="", nullable=False))

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
        batch_op.add_column(sa.Column("requires_approval", sa.Boolean(), server_default=sa.false(), nullable=False))
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
        batch_op.add_column(sa.Column("has_total_price", sa.Boolean(), server_default=sa.true(), nullable=False))

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

    with op.batch_alter_table("lot", schema=None) as batch_op:
        batch_op.drop_column("joined_from")

    with op.batch_alter_table("line_share", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_line_share_merge_id"), type_="foreignkey")
        batch_op.drop_index(
            "uq_line_share_line_id_demand_item_id_unmerged",
            sqlite_where=sa.text("merge_id IS NULL"),
            postgresql_where=sa.text("merge_id IS NULL"),
        )
        batch_op.drop_constraint(batch_op.f("uq_line_share_line_id_demand_item_id_merge_id"), type_="unique")
        batch_op.drop_index(batch_op.f("ix_line_share_merge_id"))
        batch_op.create_unique_constraint(
            batch_op.f("uq_line_share_line_id_demand_item_id"), ["line_id", "demand_item_id"]
        )
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

    with op.batch_alter_table("entitlement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_entitlement_member_id"))

    op.drop_table("entitlement")
    with op.batch_alter_table("call_off", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_call_off_member_id"))
        batch_op.drop_index(batch_op.f("ix_call_off_contract_line_id"))

    op.drop_table("call_off")
    with op.batch_alter_table("line_merge", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_line_merge_tender_id"))

    op.drop_table("line_merge")
    op.drop_table("contract_line")
    with op.batch_alter_table("withdrawn_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_withdrawn_item_change_id"))

    op.drop_table("withdrawn_item")
    with op.batch_alter_table("late_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_late_member_member_id"))

    op.drop_table("late_member")
    with op.batch_alter_table("department_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_department_item_article_id"))

    op.drop_table("department_item")
    with op.batch_alter_table("contract", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contract_tender_id"))

    op.drop_table("contract")
    op.drop_table("change_notice")
    with op.batch_alter_table("allocation_objection", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_allocation_objection_run_id"))
        batch_op.drop_index(batch_op.f("ix_allocation_objection_member_id"))

    op.drop_table("allocation_objection")
    with op.batch_alter_table("adjustment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_adjustment_item_id"))

    op.drop_table("adjustment")
    with op.batch_alter_table("sheet_upload", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sheet_upload_demand_id"))
        batch_op.drop_index(batch_op.f("ix_sheet_upload_account_id"))

    op.drop_table("sheet_upload")
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reminder_demand_id"))

    op.drop_table("reminder")
    op.drop_table("publication_version")
    with op.batch_alter_table("interest", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_interest_member_id"))

    op.drop_table("interest")
    with op.batch_alter_table("firm_registration", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_firm_registration_bidder_id"))

    op.drop_table("firm_registration")
    with op.batch_alter_table("firm_notice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_firm_notice_tender_id"))
        batch_op.drop_index(batch_op.f("ix_firm_notice_bidder_id"))

    op.drop_table("firm_notice")
    with op.batch_alter_table("department_takeover", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_department_takeover_article_id"))

    op.drop_table("department_takeover")
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
    with op.batch_alter_table("contribution", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contribution_proposal_id"))

    op.drop_table("contribution")
    op.drop_table("bidder_question")
    op.drop_table("round_estimate")
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_proposal_state"))
        batch_op.drop_index(batch_op.f("ix_proposal_member_id"))

    op.drop_table("proposal")
    with op.batch_alter_table("announcement_reading", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_announcement_reading_account_id"))

    op.drop_table("announcement_reading")
    op.drop_table("announcement_addressee")
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_job_queued_unique_key",
            sqlite_where=sa.text("state = 'queued'"),
            postgresql_where=sa.text("state = 'queued'"),
        )
        batch_op.drop_index("ix_job_state_run_at")

    op.drop_table("job")
    op.drop_table("imported_file")
    with op.batch_alter_table("delegation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_delegation_to_account_id"))
        batch_op.drop_index(batch_op.f("ix_delegation_member_id"))

    op.drop_table("delegation")
    with op.batch_alter_table("announcement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_announcement_published_at"))

    op.drop_table("announcement")
    with op.batch_alter_table("outgoing_mail", schema=None) as batch_op:
        batch_op.drop_index("ix_outgoing_mail_waiting")

    op.drop_table("outgoing_mail")
    with op.batch_alter_table("cpv_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cpv_code_search_text"))
        batch_op.drop_index(batch_op.f("ix_cpv_code_division"))

    op.drop_table("cpv_code")
    with op.batch_alter_table("catalogue_article", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_catalogue_article_category_code"))

    op.drop_table("catalogue_article")
