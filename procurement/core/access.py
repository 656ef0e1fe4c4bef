"""Authorisation as a table: roles hold permissions, each endpoint names one permission, anything unnamed is denied.

Whether a person may see *this* tender or *that* member's demand is decided by the queries, which return only what the
person may see; a foreign thing therefore answers like one that does not exist.
"""

from enum import StrEnum

from flask import Flask, request
from flask_login import current_user
from werkzeug.wrappers import Response

from procurement.core.errors import NotPermitted
from procurement.values.label import Labelled


class Role(Labelled):
    """Roles as people know them; a lead acts for one member."""

    MEMBER_LEAD = "member_lead", "IT-Leitung eines Mitglieds"
    OFFICER = "officer", "Vergabestelle"
    AUDITOR = "auditor", "Rechnungsprüfung"
    ADMINISTRATOR = "administrator", "Administration"


class Permission(StrEnum):
    """What a route needs; ``PUBLIC`` needs nobody signed in, ``SIGNED_IN`` any account."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    MEMBERS_READ = "members:read"
    MEMBERS_MANAGE = "members:manage"
    ACCOUNTS_MANAGE = "accounts:manage"
    DEMAND_READ = "demand:read"
    DEMAND_REPORT = "demand:report"
    DEMAND_REOPEN = "demand:reopen"
    DEMAND_MANAGE = "demand:manage"
    TENDERS_READ = "tenders:read"
    TENDERS_FILE_READ = "tenders:file:read"
    TENDERS_MANAGE = "tenders:manage"
    BIDS_READ = "bids:read"
    BIDS_MANAGE = "bids:manage"
    EVALUATION_READ = "evaluation:read"
    EVALUATION_MANAGE = "evaluation:manage"
    ALLOCATION_READ = "allocation:read"
    ALLOCATION_MANAGE = "allocation:manage"
    DOCUMENTS_READ = "documents:read"
    AUDIT_READ = "audit:read"


_ALL_READ = frozenset({Role.OFFICER, Role.AUDITOR})
_OFFICER = frozenset({Role.OFFICER})
_LEAD = frozenset({Role.MEMBER_LEAD})
_ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})

HOLDERS: dict[Permission, frozenset[Role]] = {
    Permission.PUBLIC: frozenset(Role),
    Permission.SIGNED_IN: frozenset(Role),
    Permission.MEMBERS_READ: _ALL_READ | _ADMINISTRATOR,
    Permission.MEMBERS_MANAGE: _OFFICER | _ADMINISTRATOR,
    Permission.ACCOUNTS_MANAGE: _ADMINISTRATOR,
    Permission.DEMAND_READ: _ALL_READ | _LEAD,
    Permission.DEMAND_REPORT: _LEAD,
    Permission.DEMAND_REOPEN: _LEAD | _OFFICER,
    Permission.DEMAND_MANAGE: _OFFICER,
    Permission.TENDERS_READ: _ALL_READ | _LEAD,
    Permission.TENDERS_FILE_READ: _ALL_READ,
    Permission.TENDERS_MANAGE: _OFFICER,
    Permission.BIDS_READ: _ALL_READ,
    Permission.BIDS_MANAGE: _OFFICER,
    Permission.EVALUATION_READ: _ALL_READ,
    Permission.EVALUATION_MANAGE: _OFFICER,
    Permission.ALLOCATION_READ: _ALL_READ | _LEAD,
    Permission.ALLOCATION_MANAGE: _OFFICER,
    Permission.DOCUMENTS_READ: _ALL_READ | _LEAD,
    Permission.AUDIT_READ: frozenset({Role.OFFICER, Role.AUDITOR, Role.ADMINISTRATOR}),
}

# One line per endpoint, in the order of the features; a route that is missing here answers 403 and fails a test.
ENDPOINTS: dict[str, Permission] = {
    "static": Permission.PUBLIC,
    "home.index": Permission.SIGNED_IN,
    "members.login": Permission.PUBLIC,
    "members.sign_in": Permission.PUBLIC,
    "members.logout": Permission.SIGNED_IN,
    "members.password": Permission.SIGNED_IN,
    "members.change_password": Permission.SIGNED_IN,
    "members.index": Permission.MEMBERS_READ,
    "members.show": Permission.MEMBERS_READ,
    "members.new": Permission.MEMBERS_MANAGE,
    "members.create": Permission.MEMBERS_MANAGE,
    "members.edit": Permission.MEMBERS_MANAGE,
    "members.update": Permission.MEMBERS_MANAGE,
    "members.record_figure": Permission.MEMBERS_MANAGE,
    "members.association": Permission.MEMBERS_MANAGE,
    "members.update_association": Permission.MEMBERS_MANAGE,
    "members.accounts": Permission.ACCOUNTS_MANAGE,
    "members.new_account": Permission.ACCOUNTS_MANAGE,
    "members.create_account": Permission.ACCOUNTS_MANAGE,
    "members.account": Permission.ACCOUNTS_MANAGE,
    "members.assign_role": Permission.ACCOUNTS_MANAGE,
    "members.remove_role": Permission.ACCOUNTS_MANAGE,
    "members.set_active": Permission.ACCOUNTS_MANAGE,
    "members.reset_password": Permission.ACCOUNTS_MANAGE,
    "audit.index": Permission.AUDIT_READ,
    "demand.index": Permission.DEMAND_READ,
    "demand.new": Permission.DEMAND_MANAGE,
    "demand.create": Permission.DEMAND_MANAGE,
    "demand.show": Permission.DEMAND_READ,
    "demand.edit": Permission.DEMAND_MANAGE,
    "demand.update": Permission.DEMAND_MANAGE,
    "demand.articles": Permission.DEMAND_READ,
    "demand.add_article": Permission.DEMAND_MANAGE,
    "demand.paste_articles": Permission.DEMAND_MANAGE,
    "demand.show_article": Permission.DEMAND_READ,
    "demand.remove_article": Permission.DEMAND_MANAGE,
    "demand.invite": Permission.DEMAND_MANAGE,
    "demand.invite_members": Permission.DEMAND_MANAGE,
    "demand.open_round": Permission.DEMAND_MANAGE,
    "demand.confirm_close": Permission.DEMAND_MANAGE,
    "demand.close_round": Permission.DEMAND_MANAGE,
    "demand.entry": Permission.DEMAND_READ,
    "demand.save_draft": Permission.DEMAND_REPORT,
    "demand.review": Permission.DEMAND_REPORT,
    "demand.submit": Permission.DEMAND_REPORT,
    "demand.report_nil": Permission.DEMAND_REPORT,
    "demand.reopen": Permission.DEMAND_REOPEN,
    "tenders.index": Permission.TENDERS_READ,
    "tenders.plan": Permission.TENDERS_MANAGE,
    "tenders.create": Permission.TENDERS_MANAGE,
    "tenders.show": Permission.TENDERS_READ,
    "tenders.edit": Permission.TENDERS_MANAGE,
    "tenders.update": Permission.TENDERS_MANAGE,
    "tenders.lots": Permission.TENDERS_FILE_READ,
    "tenders.add_lot": Permission.TENDERS_MANAGE,
    "tenders.rename_lot": Permission.TENDERS_MANAGE,
    "tenders.join_lots": Permission.TENDERS_MANAGE,
    "tenders.remove_lot": Permission.TENDERS_MANAGE,
    "tenders.add_joint_line": Permission.TENDERS_MANAGE,
    "tenders.set_estimates": Permission.TENDERS_MANAGE,
    "tenders.move_line": Permission.TENDERS_MANAGE,
    "tenders.remove_line": Permission.TENDERS_MANAGE,
    "tenders.criteria": Permission.TENDERS_FILE_READ,
    "tenders.set_criteria": Permission.TENDERS_MANAGE,
    "tenders.set_method": Permission.TENDERS_MANAGE,
    "tenders.deadlines": Permission.TENDERS_FILE_READ,
    "tenders.set_deadlines": Permission.TENDERS_MANAGE,
    "tenders.value": Permission.TENDERS_FILE_READ,
    "tenders.estimate_value": Permission.TENDERS_MANAGE,
    "tenders.publish": Permission.TENDERS_MANAGE,
    "tenders.publish_now": Permission.TENDERS_MANAGE,
    "tenders.cancel": Permission.TENDERS_MANAGE,
    "tenders.cancel_now": Permission.TENDERS_MANAGE,
    "tenders.record": Permission.TENDERS_FILE_READ,
    "bids.index": Permission.BIDS_READ,
    "bids.log_reading": Permission.BIDS_READ,
    "bids.bidders": Permission.BIDS_MANAGE,
    "bids.register_bidder": Permission.BIDS_MANAGE,
    "bids.new": Permission.BIDS_MANAGE,
    "bids.receive": Permission.BIDS_MANAGE,
    "bids.withdraw": Permission.BIDS_MANAGE,
    "bids.excuse_late": Permission.BIDS_MANAGE,
    "bids.price_sheet": Permission.BIDS_READ,
    "bids.start_opening": Permission.BIDS_MANAGE,
    "bids.complete_opening": Permission.BIDS_MANAGE,
    "bids.opening_record": Permission.BIDS_READ,
    "bids.show": Permission.BIDS_READ,
    "bids.file": Permission.BIDS_READ,
    "bids.read_again": Permission.BIDS_MANAGE,
    "bids.exclude": Permission.BIDS_MANAGE,
    "bids.comparison": Permission.BIDS_READ,
    "bids.comparison_workbook": Permission.BIDS_READ,
    "evaluation.show": Permission.EVALUATION_READ,
    "evaluation.points": Permission.EVALUATION_READ,
    "evaluation.save_points": Permission.EVALUATION_MANAGE,
    "evaluation.evaluate": Permission.EVALUATION_MANAGE,
    "evaluation.run": Permission.EVALUATION_READ,
    "evaluation.award": Permission.EVALUATION_READ,
    "evaluation.draw": Permission.EVALUATION_MANAGE,
    "evaluation.propose": Permission.EVALUATION_MANAGE,
    "evaluation.confirm": Permission.EVALUATION_MANAGE,
    "evaluation.reject": Permission.EVALUATION_MANAGE,
    "allocation.index": Permission.ALLOCATION_READ,
    "allocation.of_tender": Permission.ALLOCATION_READ,
    "allocation.show": Permission.ALLOCATION_READ,
    "allocation.cell": Permission.ALLOCATION_READ,
    "allocation.new": Permission.ALLOCATION_MANAGE,
    "allocation.create": Permission.ALLOCATION_MANAGE,
    "allocation.check": Permission.ALLOCATION_MANAGE,
    "allocation.approve": Permission.ALLOCATION_MANAGE,
    "allocation.discard": Permission.ALLOCATION_MANAGE,
    "allocation.correct": Permission.ALLOCATION_MANAGE,
    "allocation.create_correction": Permission.ALLOCATION_MANAGE,
    "documents.index": Permission.DOCUMENTS_READ,
    "documents.of_tender": Permission.TENDERS_FILE_READ,
    "documents.of_run": Permission.DOCUMENTS_READ,
    "documents.download": Permission.DOCUMENTS_READ,
    "documents.archive": Permission.DOCUMENTS_READ,
    "documents.check": Permission.DOCUMENTS_READ,
    "documents.issue_allocation": Permission.ALLOCATION_MANAGE,
    "documents.issue_price_comparison": Permission.BIDS_MANAGE,
    "documents.issue_opening_record": Permission.BIDS_MANAGE,
}


def permits(roles: frozenset[Role], permission: Permission) -> bool:
    """Whether any of the roles holds the permission."""
    return bool(roles & HOLDERS[permission])


def may(permission: Permission | str) -> bool:
    """Whether the signed-in account holds the permission; templates use it to offer only what is possible."""
    wanted = Permission(permission)
    if wanted is Permission.PUBLIC:
        return True
    if not current_user.is_authenticated:
        return False
    return wanted is Permission.SIGNED_IN or permits(current_user.roles, wanted)


def guard(app: Flask) -> None:
    """Check every request against the table before any view runs."""

    @app.before_request
    def _check_permission() -> Response | None:
        if request.endpoint is None:
            return None
        permission = ENDPOINTS.get(request.endpoint)
        if permission is Permission.PUBLIC:
            return None
        if not current_user.is_authenticated:
            unauthorised: Response = app.login_manager.unauthorized()  # type: ignore[attr-defined]
            return unauthorised
        if permission is None or not may(permission):
            raise NotPermitted(
                "Ihre Rolle darf diese Seite nicht öffnen. Bei Bedarf wenden Sie sich an die Administration."
            )
        return None

    app.jinja_env.globals["may"] = may
