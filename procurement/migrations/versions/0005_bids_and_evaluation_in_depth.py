"""Bids and evaluation in depth: examination, panel, laboratory, lot rules, further bids, information and complaints."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "remembered_mapping",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("titles_hash", sa.String(length=64), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remembered_mapping")),
        sa.UniqueConstraint("titles_hash", name=op.f("uq_remembered_mapping_titles_hash")),
    )
    op.create_table(
        "award",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tender_id", sa.Integer(), nullable=False),
        sa.Column("awarded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("awarded_by_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("notice_due_on", sa.Date(), nullable=True),
        sa.Column("notice_sent_on", sa.Date(), nullable=True),
        sa.Column("statistics_due_on", sa.Date(), nullable=True),
        sa.Column("statistics_sent_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["awarded_by_id"], ["account.id"], name=op.f("fk_award_awarded_by_id")),
        sa.ForeignKeyConstraint(["tender_id"], ["tender.id"], name=op.f("fk_award_tender_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award")),
        sa.UniqueConstraint("tender_id", name=op.f("uq_award_tender_id")),
    )
    op.create_table(
        "bidder_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tender_id", sa.Integer(), nullable=False),
        sa.Column("bidder_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "information",
                "extension",
                "award",
                "rejection",
                "cancellation",
                name="letterkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("decisions", sa.JSON(), nullable=False),
        sa.Column("lots", sa.JSON(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column(
            "channel", sa.Enum("electronic", "post", name="channel", native_enum=False, length=40), nullable=False
        ),
        sa.Column("recipient", sa.String(length=300), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_by_id", sa.Integer(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("earliest_contract_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["bidder_id"], ["bidder.id"], name=op.f("fk_bidder_letter_bidder_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["account.id"], name=op.f("fk_bidder_letter_made_by_id")),
        sa.ForeignKeyConstraint(["sent_by_id"], ["account.id"], name=op.f("fk_bidder_letter_sent_by_id")),
        sa.ForeignKeyConstraint(["tender_id"], ["tender.id"], name=op.f("fk_bidder_letter_tender_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bidder_letter")),
        sa.UniqueConstraint(
            "tender_id", "bidder_id", "kind", "round", name=op.f("uq_bidder_letter_tender_id_bidder_id_kind_round")
        ),
    )
    with op.batch_alter_table("bidder_letter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bidder_letter_bidder_id"), ["bidder_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_bidder_letter_tender_id"), ["tender_id"], unique=False)

    op.create_table(
        "bidder_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tender_id", sa.Integer(), nullable=False),
        sa.Column("bid_ids", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("dissolves_id", sa.Integer(), nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["dissolves_id"], ["bidder_link.id"], name=op.f("fk_bidder_link_dissolves_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["account.id"], name=op.f("fk_bidder_link_entered_by_id")),
        sa.ForeignKeyConstraint(["tender_id"], ["tender.id"], name=op.f("fk_bidder_link_tender_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bidder_link")),
        sa.UniqueConstraint("dissolves_id", name=op.f("uq_bidder_link_dissolves_id")),
    )
    with op.batch_alter_table("bidder_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bidder_link_tender_id"), ["tender_id"], unique=False)

    op.create_table(
        "complaint",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tender_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sender", sa.String(length=200), nullable=False),
        sa.Column("breach", sa.Text(), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=True),
        sa.Column(
            "recognisable",
            sa.Enum("notice", "documents", "later", name="recognisable", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("preclusion", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("open", "remedy", "no_remedy", name="complaintstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column(
            "stepped_back_to",
            sa.Enum(
                "planned",
                "published",
                "bids_closed",
                "opened",
                "negotiation",
                "evaluated",
                "award_decided",
                "standstill",
                "awarded",
                "cancelled",
                name="tenderstage",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["answered_by_id"], ["account.id"], name=op.f("fk_complaint_answered_by_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["account.id"], name=op.f("fk_complaint_recorded_by_id")),
        sa.ForeignKeyConstraint(["tender_id"], ["tender.id"], name=op.f("fk_complaint_tender_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint")),
        sa.UniqueConstraint("tender_id", "number", name=op.f("uq_complaint_tender_id_number")),
    )
    op.create_table(
        "conflict_declaration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tender_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("has_conflict", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "NOT has_conflict OR length(text) > 0", name=op.f("ck_conflict_declaration_conflict_described")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_conflict_declaration_account_id")),
        sa.ForeignKeyConstraint(["tender_id"], ["tender.id"], name=op.f("fk_conflict_declaration_tender_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict_declaration")),
        sa.UniqueConstraint(
            "tender_id",
            "account_id",
            "has_conflict",
            name=op.f("uq_conflict_declaration_tender_id_account_id_has_conflict"),
        ),
    )
    with op.batch_alter_table("conflict_declaration", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_conflict_declaration_account_id"), ["account_id"], unique=False)

    op.create_table(
        "debrief_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tender_id", sa.Integer(), nullable=False),
        sa.Column("bidder_id", sa.Integer(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["bidder_id"], ["bidder.id"], name=op.f("fk_debrief_request_bidder_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["account.id"], name=op.f("fk_debrief_request_recorded_by_id")),
        sa.ForeignKeyConstraint(["tender_id"], ["tender.id"], name=op.f("fk_debrief_request_tender_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_debrief_request")),
    )
    with op.batch_alter_table("debrief_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_debrief_request_tender_id"), ["tender_id"], unique=False)

    op.create_table(
        "demanded_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tender_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "company", "performance", "award", "immaterial_price", name="documentkind", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("description", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["tender_id"], ["tender.id"], name=op.f("fk_demanded_document_tender_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demanded_document")),
        sa.UniqueConstraint("tender_id", "number", name=op.f("uq_demanded_document_tender_id_number")),
    )
    op.create_table(
        "examination_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tender_id", sa.Integer(), nullable=False),
        sa.Column(
            "profile",
            sa.Enum(
                "eu_bids_first",
                "eu_suitability_first",
                "below_threshold",
                "own_bylaw",
                name="profilekey",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("norm", sa.String(length=200), nullable=False),
        sa.Column("stages", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("chosen_by_id", sa.Integer(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["chosen_by_id"], ["account.id"], name=op.f("fk_examination_plan_chosen_by_id")),
        sa.ForeignKeyConstraint(["tender_id"], ["tender.id"], name=op.f("fk_examination_plan_tender_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_examination_plan")),
        sa.UniqueConstraint("tender_id", name=op.f("uq_examination_plan_tender_id")),
    )
    op.create_table(
        "lot_award_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tender_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("input", sa.Text(), nullable=False),
        sa.Column("input_hash", sa.String(length=64), nullable=False),
        sa.Column("basis", sa.String(length=64), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["made_by_id"], ["account.id"], name=op.f("fk_lot_award_run_made_by_id")),
        sa.ForeignKeyConstraint(["tender_id"], ["tender.id"], name=op.f("fk_lot_award_run_tender_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lot_award_run")),
        sa.UniqueConstraint("tender_id", "number", name=op.f("uq_lot_award_run_tender_id_number")),
    )
    op.create_table(
        "lot_rules",
        sa.Column("tender_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("bid_limit", sa.Integer(), nullable=True),
        sa.Column("award_limit", sa.Integer(), nullable=True),
        sa.Column(
            "mode",
            sa.Enum("none", "frankfurt", "combination", name="lotmode", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column(
            "objective",
            sa.Enum("price", "score", "preference", "distance", name="lotobjective", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column(
            "tie_rule",
            sa.Enum("drawing", "first_ranks", "bidders", name="lottierule", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("combinable", sa.JSON(), nullable=False),
        sa.Column("capacity", sa.String(length=20), nullable=True),
        sa.Column("weights", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["tender_id"], ["tender.id"], name=op.f("fk_lot_rules_tender_id")),
        sa.PrimaryKeyConstraint("tender_id", name=op.f("pk_lot_rules")),
    )
    op.create_table(
        "method_choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tender_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(length=40), nullable=False),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column(
            "tie_rule",
            sa.Enum("quality", "price", "none", name="tierule", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("chosen_column", sa.Integer(), nullable=False),
        sa.Column("comparison", sa.Text(), nullable=False),
        sa.Column("comparison_hash", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("chosen_by_id", sa.Integer(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_method_choice_reason_given")),
        sa.ForeignKeyConstraint(["chosen_by_id"], ["account.id"], name=op.f("fk_method_choice_chosen_by_id")),
        sa.ForeignKeyConstraint(["tender_id"], ["tender.id"], name=op.f("fk_method_choice_tender_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_method_choice")),
        sa.UniqueConstraint("tender_id", "number", name=op.f("uq_method_choice_tender_id_number")),
    )
    op.create_table(
        "negotiation_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tender_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("deadline_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "without_bid",
            sa.Enum("stays", "falls_out", name="withoutfurtherbid", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("is_final", sa.Boolean(), nullable=False),
        sa.Column("topics", sa.Text(), nullable=False),
        sa.Column("reason_left_out", sa.Text(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("invited_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["invited_by_id"], ["account.id"], name=op.f("fk_negotiation_round_invited_by_id")),
        sa.ForeignKeyConstraint(["tender_id"], ["tender.id"], name=op.f("fk_negotiation_round_tender_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_negotiation_round")),
        sa.UniqueConstraint("tender_id", "number", name=op.f("uq_negotiation_round_tender_id_number")),
    )
    op.create_table(
        "panel_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tender_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("named_by_id", sa.Integer(), nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_round", sa.Integer(), server_default="0", nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "removed_at IS NULL OR length(removed_reason) > 0", name=op.f("ck_panel_member_removed_with_reason")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_panel_member_account_id")),
        sa.ForeignKeyConstraint(["named_by_id"], ["account.id"], name=op.f("fk_panel_member_named_by_id")),
        sa.ForeignKeyConstraint(["tender_id"], ["tender.id"], name=op.f("fk_panel_member_tender_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_member")),
        sa.UniqueConstraint("tender_id", "account_id", name=op.f("uq_panel_member_tender_id_account_id")),
    )
    with op.batch_alter_table("panel_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_panel_member_account_id"), ["account_id"], unique=False)

    op.create_table(
        "register_query",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tender_id", sa.Integer(), nullable=False),
        sa.Column("bidder_id", sa.Integer(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column(
            "result", sa.Enum("no_entry", "entry", name="registerresult", native_enum=False, length=40), nullable=False
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["bidder_id"], ["bidder.id"], name=op.f("fk_register_query_bidder_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["account.id"], name=op.f("fk_register_query_recorded_by_id")),
        sa.ForeignKeyConstraint(["tender_id"], ["tender.id"], name=op.f("fk_register_query_tender_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_query")),
    )
    with op.batch_alter_table("register_query", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_register_query_bidder_id"), ["bidder_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_register_query_tender_id"), ["tender_id"], unique=False)

    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tender_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("chamber", sa.String(length=200), nullable=False),
        sa.Column("file_number", sa.String(length=80), nullable=False),
        sa.Column("applicant", sa.String(length=200), nullable=False),
        sa.Column("notified_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum("authority_won", "applicant_won", "settled", name="reviewoutcome", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("served_on", sa.Date(), nullable=True),
        sa.Column("has_appeal", sa.Boolean(), nullable=False),
        sa.Column("appeal_decided_on", sa.Date(), nullable=True),
        sa.Column("document_name", sa.String(length=200), nullable=False),
        sa.Column("document_hash", sa.String(length=64), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("stepped_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["document_hash"], ["stored_file.sha256"], name=op.f("fk_review_document_hash")),
        sa.ForeignKeyConstraint(["ended_by_id"], ["account.id"], name=op.f("fk_review_ended_by_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["account.id"], name=op.f("fk_review_recorded_by_id")),
        sa.ForeignKeyConstraint(["tender_id"], ["tender.id"], name=op.f("fk_review_tender_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sa.UniqueConstraint("tender_id", "number", name=op.f("uq_review_tender_id_number")),
    )
    op.create_table(
        "suitability_criterion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tender_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["tender_id"], ["tender.id"], name=op.f("fk_suitability_criterion_tender_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suitability_criterion")),
        sa.UniqueConstraint("tender_id", "number", name=op.f("uq_suitability_criterion_tender_id_number")),
    )
    op.create_table(
        "tabulation_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tender_id", sa.Integer(), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["sha256"], ["stored_file.sha256"], name=op.f("fk_tabulation_file_sha256")),
        sa.ForeignKeyConstraint(["tender_id"], ["tender.id"], name=op.f("fk_tabulation_file_tender_id")),
        sa.ForeignKeyConstraint(["uploaded_by_id"], ["account.id"], name=op.f("fk_tabulation_file_uploaded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tabulation_file")),
    )
    with op.batch_alter_table("tabulation_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tabulation_file_tender_id"), ["tender_id"], unique=False)

    op.create_table(
        "tender_succession",
        sa.Column("tender_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("predecessor_id", sa.Integer(), nullable=False),
        sa.Column("lots", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["made_by_id"], ["account.id"], name=op.f("fk_tender_succession_made_by_id")),
        sa.ForeignKeyConstraint(["predecessor_id"], ["tender.id"], name=op.f("fk_tender_succession_predecessor_id")),
        sa.ForeignKeyConstraint(["tender_id"], ["tender.id"], name=op.f("fk_tender_succession_tender_id")),
        sa.PrimaryKeyConstraint("tender_id", name=op.f("pk_tender_succession")),
    )
    with op.batch_alter_table("tender_succession", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tender_succession_predecessor_id"), ["predecessor_id"], unique=False)

    op.create_table(
        "cancellation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tender_id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=True),
        sa.Column(
            "ground",
            sa.Enum(
                "no_admissible_bid",
                "basis_changed",
                "uneconomic",
                "other_serious",
                "none",
                name="cancellationground",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "code",
            sa.Enum(
                "no-rece",
                "all-rej",
                "one-admis",
                "chan-need",
                "ins-fund",
                "rev-body",
                "rev-buyer",
                "tch-pr-error",
                "no-signed",
                "other",
                name="noawardcode",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("warning", sa.Text(), nullable=False),
        sa.Column(
            "follow_up",
            sa.Enum("open_again", "without_call", "nothing", name="followup", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("follow_up_reason", sa.Text(), nullable=False),
        sa.Column("bids_received", sa.Integer(), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancelled_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_cancellation_reason_given")),
        sa.ForeignKeyConstraint(["cancelled_by_id"], ["account.id"], name=op.f("fk_cancellation_cancelled_by_id")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_cancellation_lot_id")),
        sa.ForeignKeyConstraint(["tender_id"], ["tender.id"], name=op.f("fk_cancellation_tender_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cancellation")),
        sa.UniqueConstraint("lot_id", name=op.f("uq_cancellation_lot_id")),
    )
    with op.batch_alter_table("cancellation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cancellation_tender_id"), ["tender_id"], unique=False)

    op.create_table(
        "lot_award_drawing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("choice", sa.Integer(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("recorded_by_id <> second_id", name=op.f("ck_lot_award_drawing_two_people")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["account.id"], name=op.f("fk_lot_award_drawing_recorded_by_id")),
        sa.ForeignKeyConstraint(["run_id"], ["lot_award_run.id"], name=op.f("fk_lot_award_drawing_run_id")),
        sa.ForeignKeyConstraint(["second_id"], ["account.id"], name=op.f("fk_lot_award_drawing_second_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lot_award_drawing")),
        sa.UniqueConstraint("run_id", name=op.f("uq_lot_award_drawing_run_id")),
    )
    op.create_table(
        "bid_discount",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bid_id", sa.Integer(), nullable=False),
        sa.Column("lot_numbers", sa.JSON(), nullable=False),
        sa.Column("least_lots", sa.Integer(), nullable=True),
        sa.Column("share", sa.String(length=40), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["bid_id"], ["bid.id"], name=op.f("fk_bid_discount_bid_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["account.id"], name=op.f("fk_bid_discount_entered_by_id")),
        sa.ForeignKeyConstraint(["replaces_id"], ["bid_discount.id"], name=op.f("fk_bid_discount_replaces_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bid_discount")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_bid_discount_replaces_id")),
    )
    with op.batch_alter_table("bid_discount", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bid_discount_bid_id"), ["bid_id"], unique=False)

    op.create_table(
        "bid_figures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bid_id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["bid_id"], ["bid.id"], name=op.f("fk_bid_figures_bid_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["account.id"], name=op.f("fk_bid_figures_entered_by_id")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_bid_figures_lot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bid_figures")),
        sa.UniqueConstraint("bid_id", "lot_id", "number", name=op.f("uq_bid_figures_bid_id_lot_id_number")),
    )
    with op.batch_alter_table("bid_figures", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bid_figures_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "bid_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bid_id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "document_request", "price_clarification", "correction", name="letterkind", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_by_id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["bid_id"], ["bid.id"], name=op.f("fk_bid_letter_bid_id")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_bid_letter_lot_id")),
        sa.ForeignKeyConstraint(["notice_id"], ["firm_notice.id"], name=op.f("fk_bid_letter_notice_id")),
        sa.ForeignKeyConstraint(["sent_by_id"], ["account.id"], name=op.f("fk_bid_letter_sent_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bid_letter")),
    )
    with op.batch_alter_table("bid_letter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bid_letter_bid_id"), ["bid_id"], unique=False)

    op.create_table(
        "bid_lot_terms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bid_id", sa.Integer(), nullable=False),
        sa.Column("capacity", sa.String(length=20), nullable=True),
        sa.Column("preference", sa.JSON(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["bid_id"], ["bid.id"], name=op.f("fk_bid_lot_terms_bid_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["account.id"], name=op.f("fk_bid_lot_terms_entered_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bid_lot_terms")),
    )
    with op.batch_alter_table("bid_lot_terms", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bid_lot_terms_bid_id"), ["bid_id"], unique=False)

    op.create_table(
        "document_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bid_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "present", "incomplete", "missing", "received_later", name="documentstate", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("checked_by_id", sa.Integer(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["bid_id"], ["bid.id"], name=op.f("fk_document_check_bid_id")),
        sa.ForeignKeyConstraint(["checked_by_id"], ["account.id"], name=op.f("fk_document_check_checked_by_id")),
        sa.ForeignKeyConstraint(["document_id"], ["demanded_document.id"], name=op.f("fk_document_check_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_check")),
        sa.UniqueConstraint("bid_id", "document_id", name=op.f("uq_document_check_bid_id_document_id")),
    )
    op.create_table(
        "exclusion_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bid_id", sa.Integer(), nullable=False),
        sa.Column("norm", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("proposed", "confirmed", "rejected", name="exclusionstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer_reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "answered_by_id IS NULL OR answered_by_id <> proposed_by_id", name=op.f("ck_exclusion_proposal_two_people")
        ),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_exclusion_proposal_reason_given")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["account.id"], name=op.f("fk_exclusion_proposal_answered_by_id")),
        sa.ForeignKeyConstraint(["bid_id"], ["bid.id"], name=op.f("fk_exclusion_proposal_bid_id")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["account.id"], name=op.f("fk_exclusion_proposal_proposed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exclusion_proposal")),
    )
    with op.batch_alter_table("exclusion_proposal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exclusion_proposal_bid_id"), ["bid_id"], unique=False)
        batch_op.create_index(
            "uq_exclusion_proposal_one_open",
            ["bid_id"],
            unique=True,
            sqlite_where=sa.text("state = 'proposed'"),
            postgresql_where=sa.text("state = 'proposed'"),
        )

    op.create_table(
        "formal_result",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("bid_id", sa.Integer(), nullable=False),
        sa.Column(
            "ground",
            sa.Enum(
                "late_or_wrong_form",
                "documents_missing",
                "ambiguous_changes",
                "tender_documents_changed",
                "prices_missing",
                "variant_not_admitted",
                "variant_below",
                name="exclusionground",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ground IS NULL OR length(text) > 0", name=op.f("ck_formal_result_objection_has_text")),
        sa.ForeignKeyConstraint(["bid_id"], ["bid.id"], name=op.f("fk_formal_result_bid_id")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_formal_result_lot_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["account.id"], name=op.f("fk_formal_result_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_formal_result")),
        sa.UniqueConstraint("lot_id", "bid_id", name=op.f("uq_formal_result_lot_id_bid_id")),
    )
    with op.batch_alter_table("formal_result", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_formal_result_bid_id"), ["bid_id"], unique=False)

    op.create_table(
        "integrity_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bid_id", sa.Integer(), nullable=False),
        sa.Column(
            "finding",
            sa.Enum("none", "cleaned", "mandatory", "optional", name="integrityfinding", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("checked_by_id", sa.Integer(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("finding = 'none' OR length(note) > 0", name=op.f("ck_integrity_check_finding_has_note")),
        sa.ForeignKeyConstraint(["bid_id"], ["bid.id"], name=op.f("fk_integrity_check_bid_id")),
        sa.ForeignKeyConstraint(["checked_by_id"], ["account.id"], name=op.f("fk_integrity_check_checked_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_integrity_check")),
        sa.UniqueConstraint("bid_id", name=op.f("uq_integrity_check_bid_id")),
    )
    op.create_table(
        "negotiation_invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("bid_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["bid_id"], ["bid.id"], name=op.f("fk_negotiation_invitation_bid_id")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["negotiation_round.id"], name=op.f("fk_negotiation_invitation_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_negotiation_invitation")),
        sa.UniqueConstraint("round_id", "bid_id", name=op.f("uq_negotiation_invitation_round_id_bid_id")),
    )
    with op.batch_alter_table("negotiation_invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_negotiation_invitation_bid_id"), ["bid_id"], unique=False)

    op.create_table(
        "panel_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("panel_member_id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("bid_id", sa.Integer(), nullable=False),
        sa.Column("criterion_id", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("points IS NULL OR points BETWEEN 0 AND 10", name=op.f("ck_panel_note_points_0_to_10")),
        sa.ForeignKeyConstraint(["bid_id"], ["bid.id"], name=op.f("fk_panel_note_bid_id")),
        sa.ForeignKeyConstraint(["criterion_id"], ["award_criterion.id"], name=op.f("fk_panel_note_criterion_id")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_panel_note_lot_id")),
        sa.ForeignKeyConstraint(["panel_member_id"], ["panel_member.id"], name=op.f("fk_panel_note_panel_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_note")),
        sa.UniqueConstraint(
            "panel_member_id",
            "lot_id",
            "bid_id",
            "criterion_id",
            name=op.f("uq_panel_note_panel_member_id_lot_id_bid_id_criterion_id"),
        ),
    )
    with op.batch_alter_table("panel_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_panel_note_bid_id"), ["bid_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_panel_note_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "single_bid_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("bid_id", sa.Integer(), nullable=False),
        sa.Column("price_net", sa.BigInteger(), nullable=False),
        sa.Column("estimate_net", sa.BigInteger(), nullable=True),
        sa.Column("plausibility", sa.Text(), nullable=False),
        sa.Column("market_note", sa.Text(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["bid_id"], ["bid.id"], name=op.f("fk_single_bid_note_bid_id")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_single_bid_note_lot_id")),
        sa.ForeignKeyConstraint(["noted_by_id"], ["account.id"], name=op.f("fk_single_bid_note_noted_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_single_bid_note")),
    )
    with op.batch_alter_table("single_bid_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_single_bid_note_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "stated_figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("bid_id", sa.Integer(), nullable=False),
        sa.Column("criterion_id", sa.Integer(), nullable=False),
        sa.Column("figure", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("given_by_id", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_stated_figure_reason_given")),
        sa.ForeignKeyConstraint(["bid_id"], ["bid.id"], name=op.f("fk_stated_figure_bid_id")),
        sa.ForeignKeyConstraint(["criterion_id"], ["award_criterion.id"], name=op.f("fk_stated_figure_criterion_id")),
        sa.ForeignKeyConstraint(["given_by_id"], ["account.id"], name=op.f("fk_stated_figure_given_by_id")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_stated_figure_lot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stated_figure")),
        sa.UniqueConstraint(
            "lot_id", "bid_id", "criterion_id", name=op.f("uq_stated_figure_lot_id_bid_id_criterion_id")
        ),
    )
    with op.batch_alter_table("stated_figure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stated_figure_bid_id"), ["bid_id"], unique=False)

    op.create_table(
        "suitability_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bid_id", sa.Integer(), nullable=False),
        sa.Column("criterion_id", sa.Integer(), nullable=False),
        sa.Column("is_met", sa.Boolean(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("checked_by_id", sa.Integer(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(evidence) > 0", name=op.f("ck_suitability_answer_evidence_named")),
        sa.ForeignKeyConstraint(["bid_id"], ["bid.id"], name=op.f("fk_suitability_answer_bid_id")),
        sa.ForeignKeyConstraint(["checked_by_id"], ["account.id"], name=op.f("fk_suitability_answer_checked_by_id")),
        sa.ForeignKeyConstraint(
            ["criterion_id"], ["suitability_criterion.id"], name=op.f("fk_suitability_answer_criterion_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suitability_answer")),
        sa.UniqueConstraint("bid_id", "criterion_id", name=op.f("uq_suitability_answer_bid_id_criterion_id")),
    )
    op.create_table(
        "document_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bid_id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("titles", sa.JSON(), nullable=False),
        sa.Column("immaterial_reason", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "complete",
                "incomplete",
                "late",
                "not_received",
                name="requeststate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["bid_id"], ["bid.id"], name=op.f("fk_document_request_bid_id")),
        sa.ForeignKeyConstraint(["letter_id"], ["bid_letter.id"], name=op.f("fk_document_request_letter_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["account.id"], name=op.f("fk_document_request_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_request")),
        sa.UniqueConstraint("bid_id", name=op.f("uq_document_request_bid_id")),
    )
    op.create_table(
        "exclusion_rerun",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("before_id", sa.Integer(), nullable=False),
        sa.Column("after_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["after_id"], ["evaluation_run.id"], name=op.f("fk_exclusion_rerun_after_id")),
        sa.ForeignKeyConstraint(["before_id"], ["evaluation_run.id"], name=op.f("fk_exclusion_rerun_before_id")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_exclusion_rerun_lot_id")),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["exclusion_proposal.id"], name=op.f("fk_exclusion_rerun_proposal_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exclusion_rerun")),
        sa.UniqueConstraint("proposal_id", "lot_id", name=op.f("uq_exclusion_rerun_proposal_id_lot_id")),
    )
    with op.batch_alter_table("exclusion_rerun", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exclusion_rerun_proposal_id"), ["proposal_id"], unique=False)

    op.create_table(
        "price_clarification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("bid_id", sa.Integer(), nullable=False),
        sa.Column("signals", sa.JSON(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=True),
        sa.Column("questions", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum("explained", "not_explained", "no_doubt", name="priceoutcome", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("keep_reason", sa.Text(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "outcome IS NULL OR length(reason) > 0", name=op.f("ck_price_clarification_outcome_has_reason")
        ),
        sa.ForeignKeyConstraint(["bid_id"], ["bid.id"], name=op.f("fk_price_clarification_bid_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["account.id"], name=op.f("fk_price_clarification_decided_by_id")),
        sa.ForeignKeyConstraint(["letter_id"], ["bid_letter.id"], name=op.f("fk_price_clarification_letter_id")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_price_clarification_lot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_price_clarification")),
        sa.UniqueConstraint("lot_id", "bid_id", name=op.f("uq_price_clarification_lot_id_bid_id")),
    )
    with op.batch_alter_table("price_clarification", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_price_clarification_bid_id"), ["bid_id"], unique=False)

    with op.batch_alter_table("award_criterion", schema=None) as batch_op:
        batch_op.add_column(sa.Column("scale", sa.Text(), server_default="", nullable=False))

    with op.batch_alter_table("award_decision", schema=None) as batch_op:
        batch_op.add_column(sa.Column("withdrawn_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("withdrawn_reason", sa.Text(), server_default="", nullable=False))
        batch_op.drop_index(batch_op.f("uq_award_decision_one_per_lot"), sqlite_where=sa.text("state <> 'rejected'"))
        batch_op.create_index(
            "uq_award_decision_one_standing_per_lot",
            ["lot_id"],
            unique=True,
            sqlite_where=sa.text("state NOT IN ('rejected', 'withdrawn')"),
            postgresql_where=sa.text("state NOT IN ('rejected', 'withdrawn')"),
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_award_decision_withdrawn_by_id"), "account", ["withdrawn_by_id"], ["id"]
        )

    with op.batch_alter_table("bid", schema=None) as batch_op:
        batch_op.add_column(sa.Column("variant_number", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("main_bid_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("round_number", sa.Integer(), server_default="1", nullable=False))
        batch_op.add_column(sa.Column("negotiation_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("earlier_bid_id", sa.Integer(), nullable=True))
        batch_op.drop_index(batch_op.f("uq_bid_one_per_bidder"), sqlite_where=sa.text("state <> 'withdrawn'"))
        batch_op.create_index(
            "uq_bid_one_per_bidder",
            ["tender_id", "bidder_id", "round_number", "variant_number"],
            unique=True,
            sqlite_where=sa.text("state <> 'withdrawn'"),
            postgresql_where=sa.text("state <> 'withdrawn'"),
        )
        batch_op.create_index(batch_op.f("ix_bid_negotiation_id"), ["negotiation_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_bid_main_bid_id"), "bid", ["main_bid_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_bid_earlier_bid_id"), "bid", ["earlier_bid_id"], ["id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_bid_negotiation_id"), "negotiation_round", ["negotiation_id"], ["id"]
        )

    with op.batch_alter_table("bid_opening", schema=None) as batch_op:
        batch_op.add_column(sa.Column("round_number", sa.Integer(), server_default="1", nullable=False))
        batch_op.drop_constraint(batch_op.f("uq_bid_opening_tender_id"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_bid_opening_tender_id_round_number"), ["tender_id", "round_number"]
        )

    with op.batch_alter_table("contract_line", schema=None) as batch_op:
        batch_op.add_column(sa.Column("owed_numerator", sa.BigInteger(), server_default="1", nullable=False))
        batch_op.add_column(sa.Column("owed_denominator", sa.BigInteger(), server_default="1", nullable=False))

    with op.batch_alter_table("issued_document", schema=None) as batch_op:
        batch_op.add_column(sa.Column("part", sa.String(length=40), server_default="", nullable=False))

    with op.batch_alter_table("score", schema=None) as batch_op:
        batch_op.add_column(sa.Column("agreed_by", sa.Text(), server_default="", nullable=False))

    with op.batch_alter_table("tender", schema=None) as batch_op:
        batch_op.add_column(sa.Column("price_basis", sa.String(length=20), server_default="unit_price", nullable=False))
        batch_op.add_column(sa.Column("price_terms", sa.JSON(none_as_null=True), nullable=True))
        batch_op.add_column(sa.Column("admits_variants", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("variant_requirements", sa.Text(), server_default="", nullable=False))


def _triggers() -> dict[str, str]:
    """Name and text of every trigger in SQLite, which loses those of a table that it rebuilds to drop a column."""
    if op.get_bind().dialect.name != "sqlite":
        return {}
    found = op.get_bind().execute(sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    return {row.name: row.sql for row in found}


def downgrade() -> None:
    """Take back; the triggers of the releases before stay."""
    triggers = _triggers()
    with op.batch_alter_table("tender", schema=None) as batch_op:
        batch_op.drop_column("variant_requirements")
        batch_op.drop_column("admits_variants")
        batch_op.drop_column("price_terms")
        batch_op.drop_column("price_basis")

    with op.batch_alter_table("score", schema=None) as batch_op:
        batch_op.drop_column("agreed_by")

    with op.batch_alter_table("issued_document", schema=None) as batch_op:
        batch_op.drop_column("part")

    with op.batch_alter_table("contract_line", schema=None) as batch_op:
        batch_op.drop_column("owed_denominator")
        batch_op.drop_column("owed_numerator")

    with op.batch_alter_table("bid_opening", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_bid_opening_tender_id_round_number"), type_="unique")
        batch_op.create_unique_constraint(batch_op.f("uq_bid_opening_tender_id"), ["tender_id"])
        batch_op.drop_column("round_number")

    with op.batch_alter_table("bid", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_bid_negotiation_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_bid_earlier_bid_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_bid_main_bid_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_bid_negotiation_id"))
        batch_op.drop_index(
            "uq_bid_one_per_bidder",
            sqlite_where=sa.text("state <> 'withdrawn'"),
            postgresql_where=sa.text("state <> 'withdrawn'"),
        )
        batch_op.create_index(
            batch_op.f("uq_bid_one_per_bidder"),
            ["tender_id", "bidder_id"],
            unique=1,
            sqlite_where=sa.text("state <> 'withdrawn'"),
        )
        batch_op.drop_column("earlier_bid_id")
        batch_op.drop_column("negotiation_id")
        batch_op.drop_column("round_number")
        batch_op.drop_column("main_bid_id")
        batch_op.drop_column("variant_number")

    with op.batch_alter_table("award_decision", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_award_decision_withdrawn_by_id"), type_="foreignkey")
        batch_op.drop_index(
            "uq_award_decision_one_standing_per_lot",
            sqlite_where=sa.text("state NOT IN ('rejected', 'withdrawn')"),
            postgresql_where=sa.text("state NOT IN ('rejected', 'withdrawn')"),
        )
        batch_op.create_index(
            batch_op.f("uq_award_decision_one_per_lot"),
            ["lot_id"],
            unique=1,
            sqlite_where=sa.text("state <> 'rejected'"),
        )
        batch_op.drop_column("withdrawn_reason")
        batch_op.drop_column("withdrawn_at")
        batch_op.drop_column("withdrawn_by_id")

    with op.batch_alter_table("award_criterion", schema=None) as batch_op:
        batch_op.drop_column("scale")

    with op.batch_alter_table("price_clarification", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_price_clarification_bid_id"))

    op.drop_table("price_clarification")
    with op.batch_alter_table("exclusion_rerun", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exclusion_rerun_proposal_id"))

    op.drop_table("exclusion_rerun")
    op.drop_table("document_request")
    op.drop_table("suitability_answer")
    with op.batch_alter_table("stated_figure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stated_figure_bid_id"))

    op.drop_table("stated_figure")
    with op.batch_alter_table("single_bid_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_single_bid_note_lot_id"))

    op.drop_table("single_bid_note")
    with op.batch_alter_table("panel_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_panel_note_lot_id"))
        batch_op.drop_index(batch_op.f("ix_panel_note_bid_id"))

    op.drop_table("panel_note")
    with op.batch_alter_table("negotiation_invitation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_negotiation_invitation_bid_id"))

    op.drop_table("negotiation_invitation")
    op.drop_table("integrity_check")
    with op.batch_alter_table("formal_result", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_formal_result_bid_id"))

    op.drop_table("formal_result")
    with op.batch_alter_table("exclusion_proposal", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_exclusion_proposal_one_open",
            sqlite_where=sa.text("state = 'proposed'"),
            postgresql_where=sa.text("state = 'proposed'"),
        )
        batch_op.drop_index(batch_op.f("ix_exclusion_proposal_bid_id"))

    op.drop_table("exclusion_proposal")
    op.drop_table("document_check")
    with op.batch_alter_table("bid_lot_terms", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bid_lot_terms_bid_id"))

    op.drop_table("bid_lot_terms")
    with op.batch_alter_table("bid_letter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bid_letter_bid_id"))

    op.drop_table("bid_letter")
    with op.batch_alter_table("bid_figures", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bid_figures_lot_id"))

    op.drop_table("bid_figures")
    with op.batch_alter_table("bid_discount", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bid_discount_bid_id"))

    op.drop_table("bid_discount")
    op.drop_table("lot_award_drawing")
    with op.batch_alter_table("cancellation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cancellation_tender_id"))

    op.drop_table("cancellation")
    with op.batch_alter_table("tender_succession", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tender_succession_predecessor_id"))

    op.drop_table("tender_succession")
    with op.batch_alter_table("tabulation_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tabulation_file_tender_id"))

    op.drop_table("tabulation_file")
    op.drop_table("suitability_criterion")
    op.drop_table("review")
    with op.batch_alter_table("register_query", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_register_query_tender_id"))
        batch_op.drop_index(batch_op.f("ix_register_query_bidder_id"))

    op.drop_table("register_query")
    with op.batch_alter_table("panel_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_panel_member_account_id"))

    op.drop_table("panel_member")
    op.drop_table("negotiation_round")
    op.drop_table("method_choice")
    op.drop_table("lot_rules")
    op.drop_table("lot_award_run")
    op.drop_table("examination_plan")
    op.drop_table("demanded_document")
    with op.batch_alter_table("debrief_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_debrief_request_tender_id"))

    op.drop_table("debrief_request")
    with op.batch_alter_table("conflict_declaration", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_conflict_declaration_account_id"))

    op.drop_table("conflict_declaration")
    op.drop_table("complaint")
    with op.batch_alter_table("bidder_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bidder_link_tender_id"))

    op.drop_table("bidder_link")
    with op.batch_alter_table("bidder_letter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bidder_letter_tender_id"))
        batch_op.drop_index(batch_op.f("ix_bidder_letter_bidder_id"))

    op.drop_table("bidder_letter")
    op.drop_table("award")
    op.drop_table("remembered_mapping")
    left = _triggers()
    for name, text in triggers.items():
        if name not in left:
            op.execute(text)
