"""Roles as people know them, permissions as routes name them, and which role holds which permission."""

from enum import StrEnum

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
    MEMBERS_OWN = "members:own"
    ACCOUNTS_MANAGE = "accounts:manage"
    CATALOGUE_READ = "catalogue:read"
    CATALOGUE_MANAGE = "catalogue:manage"
    DEMAND_READ = "demand:read"
    DEMAND_REPORT = "demand:report"
    DEMAND_REOPEN = "demand:reopen"
    DEMAND_MANAGE = "demand:manage"
    TENDERS_READ = "tenders:read"
    TENDERS_FILE_READ = "tenders:file:read"
    TENDERS_MANAGE = "tenders:manage"
    TENDERS_TAKE_PART = "tenders:take_part"
    BIDS_READ = "bids:read"
    BIDS_MANAGE = "bids:manage"
    EVALUATION_READ = "evaluation:read"
    EVALUATION_MANAGE = "evaluation:manage"
    ALLOCATION_READ = "allocation:read"
    ALLOCATION_MANAGE = "allocation:manage"
    ALLOCATION_OBJECT = "allocation:object"
    CONTRACTS_READ = "contracts:read"
    CONTRACTS_CALL_OFF = "contracts:call-off"
    CONTRACTS_MANAGE = "contracts:manage"
    DOCUMENTS_READ = "documents:read"
    WORKGROUP_READ = "workgroup:read"
    WORKGROUP_CONTRIBUTE = "workgroup:contribute"
    WORKGROUP_MANAGE = "workgroup:manage"
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
    Permission.MEMBERS_OWN: _LEAD,
    Permission.ACCOUNTS_MANAGE: _ADMINISTRATOR,
    Permission.CATALOGUE_READ: _ALL_READ | _LEAD,
    Permission.CATALOGUE_MANAGE: _OFFICER,
    Permission.DEMAND_READ: _ALL_READ | _LEAD,
    Permission.DEMAND_REPORT: _LEAD,
    Permission.DEMAND_REOPEN: _LEAD | _OFFICER,
    Permission.DEMAND_MANAGE: _OFFICER,
    Permission.TENDERS_READ: _ALL_READ | _LEAD,
    Permission.TENDERS_FILE_READ: _ALL_READ,
    Permission.TENDERS_MANAGE: _OFFICER,
    Permission.TENDERS_TAKE_PART: _LEAD,
    Permission.BIDS_READ: _ALL_READ,
    Permission.BIDS_MANAGE: _OFFICER,
    Permission.EVALUATION_READ: _ALL_READ,
    Permission.EVALUATION_MANAGE: _OFFICER,
    Permission.ALLOCATION_READ: _ALL_READ | _LEAD,
    Permission.ALLOCATION_MANAGE: _OFFICER,
    Permission.ALLOCATION_OBJECT: _LEAD,
    Permission.CONTRACTS_READ: _ALL_READ | _LEAD,
    Permission.CONTRACTS_CALL_OFF: _LEAD,
    Permission.CONTRACTS_MANAGE: _OFFICER,
    Permission.DOCUMENTS_READ: _ALL_READ | _LEAD,
    Permission.WORKGROUP_READ: _ALL_READ | _LEAD,
    Permission.WORKGROUP_CONTRIBUTE: _OFFICER | _LEAD,
    Permission.WORKGROUP_MANAGE: _OFFICER,
    Permission.AUDIT_READ: frozenset({Role.OFFICER, Role.AUDITOR, Role.ADMINISTRATOR}),
}
