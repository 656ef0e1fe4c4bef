"""Authorisation is a table: it names every endpoint once, and nobody gets past it."""

import itertools

import pytest

from procurement.core.access import permits
from procurement.core.endpoints import ENDPOINTS
from procurement.core.permissions import HOLDERS, Permission, Role
from tests.factories import members as make

SAFE = {"GET", "HEAD", "OPTIONS"}


def _rules(app):
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def _address(rule):
    """The rule's address with 1 for every number and x for every text."""
    address = rule.rule
    for name, converter in rule._converters.items():
        kind = type(converter).__name__
        filled = "1" if kind == "IntegerConverter" else "x"
        for written in (f"<int:{name}>", f"<{name}>", f"<string:{name}>", f"<path:{name}>"):
            address = address.replace(written, filled)
    return address


def test_every_endpoint_stands_in_the_table_and_every_line_has_an_endpoint(app):
    assert {rule.endpoint for rule in _rules(app)} | {"static"} == set(ENDPOINTS)


def test_every_permission_is_held_by_somebody_and_used_by_a_route():
    assert set(HOLDERS) == set(Permission)
    assert set(Permission) - set(ENDPOINTS.values()) == set()


def test_no_address_answers_both_reading_and_changing_under_one_endpoint(app):
    mixed = [rule.endpoint for rule in _rules(app) if "GET" in rule.methods and rule.methods - SAFE]
    assert mixed == []


def test_auditors_hold_no_permission_that_changes_anything(app):
    changing = {rule.endpoint for rule in _rules(app) if rule.methods - SAFE}
    open_to_auditors = {endpoint for endpoint in changing if permits(frozenset({Role.AUDITOR}), ENDPOINTS[endpoint])}
    # signing in and out and the own password change only the auditor's own access; looking into bids is put on record
    own_access = {"members.sign_in", "members.logout", "members.change_password", "bids.log_reading"}
    # who holds a department's link needs no account at all
    by_link = {"demand.save_department_report"}
    assert open_to_auditors <= own_access | by_link


def test_leads_hold_no_permission_on_bids_evaluation_members_or_the_trail():
    lead = frozenset({Role.MEMBER_LEAD})
    forbidden = [Permission.BIDS_READ, Permission.EVALUATION_READ, Permission.MEMBERS_READ, Permission.AUDIT_READ]
    assert not any(permits(lead, permission) for permission in forbidden)


def test_without_signing_in_only_the_sign_in_page_answers(app, browser):
    window = browser()
    for rule in _rules(app):
        if ENDPOINTS.get(rule.endpoint) is Permission.PUBLIC:
            continue
        method = "POST" if rule.methods - SAFE else "GET"
        answer = window.client.open(_address(rule), method=method)
        assert (rule.endpoint, answer.status_code) == (rule.endpoint, 302)
        assert "/members/login" in answer.location


@pytest.mark.parametrize("role", list(Role))
def test_each_role_is_refused_at_every_route_it_has_no_permission_for(app, browser, saved, role):
    with saved():
        of = make.member() if role is Role.MEMBER_LEAD else None
        account_id = make.account(role, of).id
    window = browser(account_id)
    for rule, method in itertools.product(_rules(app), ["GET", "POST"]):
        if method not in rule.methods or permits(frozenset({role}), ENDPOINTS[rule.endpoint]):
            continue
        answer = window.client.open(_address(rule), method=method)
        assert (rule.endpoint, answer.status_code) == (rule.endpoint, 403)
