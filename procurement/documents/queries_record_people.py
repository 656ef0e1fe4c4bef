"""Conflicts of interest in the procurement record: item 10 of § 8 Abs. 2 VgV, and who still has to declare."""

from procurement.audit.events import Event
from procurement.bids import queries as bids
from procurement.documents.contents_procurement_record import Fact, FactGroup, RecordChapter
from procurement.documents.notation import moment
from procurement.documents.queries_record_trail import RecordCase
from procurement.documents.record_wording import group, item, lines
from procurement.evaluation import queries as evaluation
from procurement.members.models import Account
from procurement.tenders import queries_panel as panels
from procurement.tenders.models_panel import ConflictDeclaration, PanelMember

LOCKED = "Abhilfe: Der Zugang zu Angeboten, Preisen, Punkten, Wertung und Dokumenten dieser Vergabe ist gesperrt."


def conflicts(case: RecordCase) -> RecordChapter:
    """Item 10: declared conflicts with what was done, and everybody who declared to have none."""
    declared = panels.declarations_of(case.tender.id)
    found = [_conflict(case, one) for one in declared if one.has_conflict]
    without = [one for one in declared if not one.has_conflict]
    missing = _undeclared(case, {one.account_id for one in declared})
    if found or missing:
        return item(10, [group("Aufgedeckt", found), _none_declared(case, without)], missing)
    names = ", ".join(f"{one.account.name} ({moment(one.declared_at)})" for one in without)
    said = f" Erklärungen ohne Konflikt: {names}." if names else " Es ist noch niemand an der Wertung beteiligt."
    return item(10, nothing=f"Es ist kein Interessenkonflikt aufgedeckt.{said}")


def _conflict(case: RecordCase, one: ConflictDeclaration) -> Fact:
    left = [member for member in panels.members_of(case.tender.id) if member.account_id == one.account_id]
    says = lines(one.text, LOCKED, *(_removal(member) for member in left))
    return Fact(one.account.name, says, case.trail.note(Event.CONFLICT_DECLARED, one))


def _removal(member: PanelMember) -> str:
    if member.removed_at is None:
        return ""
    return f"Aus dem Wertungsgremium ausgeschieden {moment(member.removed_at)}: {member.removed_reason}"


def _none_declared(case: RecordCase, without: list[ConflictDeclaration]) -> FactGroup:
    return group(
        "Ohne Konflikt erklärt",
        [
            Fact(one.account.name, "Kein Interessenkonflikt", case.trail.note(Event.CONFLICT_DECLARED, one))
            for one in without
        ],
    )


def _undeclared(case: RecordCase, declared: set[int]) -> list[str]:
    """People who opened, judged or decided and did not say whether they have a conflict (§ 6 VgV)."""
    people = {one.id: one.name for one in _taking_part(case) if one.id not in declared}
    if not people:
        return []
    return [f"Erklärungen nach § 6 VgV fehlen von: {', '.join(sorted(people.values()))}."]


def _taking_part(case: RecordCase) -> list[Account]:
    found = [one.account for one in panels.panel_of(case.tender.id)]
    opening = bids.opening_of(case.tender.id)
    if opening is not None:
        found += [one for one in (opening.first_by, opening.second_by) if one is not None]
    for lot in case.tender.lots:
        found += [run.made_by for run in evaluation.runs_of(lot.id)]
        decision = evaluation.standing_decision(lot.id)
        if decision is not None:
            found += [one for one in (decision.proposed_by, decision.answered_by) if one is not None]
    return found
