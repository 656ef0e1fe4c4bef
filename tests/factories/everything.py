"""One object of every kind that has a page, for the tests that walk through all pages.

Everything exists twice: for a member whose lead walks, and for another member. All texts of the other member, and what
only the procurement office knows, hold a mark that no lead but its own may ever read; so do its quantities.
"""

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from procurement.allocation import actions_objections
from procurement.awarding import actions as award_actions
from procurement.awarding import actions_remedies as award_remedies
from procurement.awarding import queries as award_queries
from procurement.awarding.states import RegisterResult
from procurement.bids import actions_figures, actions_tabulation, queries_tabulation
from procurement.bids.figures_entries import FigureEntry, FiguresEntry
from procurement.catalogue import actions_cpv
from procurement.contracts.models import Contract
from procurement.core import clock, jobs
from procurement.demand import (
    actions_adjustments,
    actions_attachments,
    actions_changes,
    actions_departments,
    actions_sheets,
    actions_wishes,
    queries_sheets,
)
from procurement.demand.adjustments import AdjustmentEntry
from procurement.demand.departments import DepartmentEntry
from procurement.demand.entries import WishEntry
from procurement.demand.models import Demand, DemandRound
from procurement.documents import actions_matrix, actions_record
from procurement.evaluation import actions_exclusion, actions_laboratory, actions_panel, queries
from procurement.evaluation.laboratory_comparison import Experiment
from procurement.evaluation.laboratory_start import starting_bids, starting_variants
from procurement.evaluation.queries_laboratory import attainable_points
from procurement.members import actions_approval, actions_delegation, actions_import
from procurement.members.delegation import DelegationEntry
from procurement.members.kinds_import import ImportKind
from procurement.members.models import Account, Member
from procurement.tenders import actions as tender_actions
from procurement.tenders import (
    actions_bundling,
    actions_late_members,
    actions_published,
    actions_questions,
    actions_succession,
)
from procurement.tenders.kinds import ProcedureType, TieRule
from procurement.tenders.models import Tender
from procurement.tenders.price_terms import PartKind, PricePart, PriceTerms
from procurement.tenders.publication_change import Correction
from procurement.tenders.variants import Variants
from procurement.values.money import Money
from procurement.values.quantity import Quantity
from tests.factories import (
    allocation,
    awarding,
    bids,
    bundling,
    catalogue,
    contracts,
    evaluation,
    examination,
    issued_documents,
    lot_awards,
    panel,
    tenders,
    workgroup,
)
from tests.factories import demand as ask
from tests.factories import members as make

MARK = "NURANDERE"
QUANTITY = 7713
HIDDEN = (MARK, "7.713", f'"{QUANTITY}"')
PLAIN = "Begründung des Hauses"


@dataclass(frozen=True, slots=True)
class Side:
    """A member with its lead, the words it uses, and the quantity it needs."""

    member: Member
    lead: Account
    text: str
    quantity: int


@dataclass(frozen=True, slots=True)
class People:
    """Who takes part: the member whose lead walks, another one, a third that fills up, and two officers."""

    own: Side
    other: Side
    third: Member
    officers: tuple[Account, Account]

    @property
    def sides(self) -> tuple[Side, Side]:
        """Both members."""
        return self.own, self.other


def people(own: Account, other: Account, third: Member, officers: tuple[Account, Account]) -> People:
    """Two leads of one member each, a third member with figures, and the officers."""
    sides = [
        Side(lead.assignments[0].member, lead, text, quantity)
        for lead, text, quantity in ((own, PLAIN, 3), (other, MARK, QUANTITY))
    ]
    return People(sides[0], sides[1], third, officers)


def one_of_everything(who: People) -> str:
    """Make all of it; return the token of a department's link."""
    _after_the_deadline(who)
    _panel(who)
    _contract(who)
    _examined(who)
    _method_chosen(who)
    _given_up(who)
    _lots_distributed()
    _told(who)
    _negotiated(who)
    _tabulated(who)
    _published(who)  # late, so that the last numbers of tenders and the members that come late belong together
    _association(who)
    token = _answers(who)  # late, so that the highest numbers of rounds and articles belong together
    for side in who.sides:
        jobs.enqueue("rundgang", owner_id=side.lead.id)
    return token


def _answers(who: People) -> str:
    """An open round with drafts, wishes, files, departments and an uploaded sheet; another that awaits approval."""
    members = [side.member for side in who.sides]
    round_ = ask.round_with(["E-1", "E-2"], members, officer=who.officers[0], title="Rundgang")
    tokens = [_draft(round_, side) for side in who.sides]
    second = ask.round_with(["F-1"], members, officer=who.officers[0], title="Rundgang mit Freigabe")
    for side in who.sides:
        colleague = make.lead(side.member)
        actions_approval.choose_approval(side.member, wanted=True, by=side.lead)
        ask.submitted_demand(second, side.member, {"F-1": side.quantity}, by=colleague)
        actions_approval.choose_approval(side.member, wanted=False, by=side.lead)
    return tokens[0]


def _draft(round_: DemandRound, side: Side) -> str:
    demand: Demand = ask.draft(round_, side.member, {"E-1": side.quantity}, by=side.lead)
    wish = WishEntry(f"Wunsch {side.text}", "Stück", Quantity.of(side.quantity), side.text)
    actions_wishes.add_wish(demand, wish, by=side.lead)
    actions_attachments.add_attachment(demand, f"{side.text}.txt", side.text.encode(), by=side.lead)
    entry = DepartmentEntry(f"Amt {side.text}", f"Berta {side.text}", "amt@haus.example", round_.deadline_at)
    token = actions_departments.ask(demand, entry, by=side.lead).link.rpartition("/")[2]
    actions_departments.answer(token, ask.entries(round_, {"E-1": side.quantity}))
    actions_sheets.receive(demand, queries_sheets.csv_of(demand), f"{side.text}.csv", by=side.lead)
    return token


def _after_the_deadline(who: People) -> None:
    """A closed round in a planned tender with two lines merged; adjustments, a withdrawal and a late demand."""
    officer = who.officers[0]
    wishes = {bundling.PIECES: (5, QUANTITY), bundling.PACKS: (0, 2), bundling.USERS: (6, 0)}
    members = [who.own.member, who.other.member]
    tender = bundling.planned(wishes, members, officer=officer, title="Bündelung im Rundgang")
    pieces, packs = bundling.line(tender, "A1"), bundling.line(tender, "A2")
    actions_bundling.merge(packs, pieces, Fraction(10), "Ein Pack sind zehn.", by=officer)
    assert tender.round
    for side in who.sides:
        demand = ask.demand_of(tender.round, side.member)
        item = next(one for one in demand.items if one.article.number == "A1")
        entry = AdjustmentEntry(None, Quantity.of(side.quantity + 1), None, f"Geprüft: {side.text}")
        actions_adjustments.propose(item, entry, by=officer)
        actions_changes.withdraw(demand, [item], side.text, needs_approval=True, by=side.lead)


def _published(who: People) -> None:
    """A published tender in its second version with questions, and one into which the own member is to come late."""
    officer = who.officers[0]
    members = [who.own.member, who.other.member, who.third]
    tender: Tender = tenders.published_tender(members=members, officers=who.officers, title="Rundgang veröffentlicht")
    for text in (f"Ist Los 1 teilbar? {MARK}", "Gilt die Frist?"):
        entry = actions_questions.QuestionEntry(text, f"{MARK} GmbH", clock.now())
        question = actions_questions.record_question(tender, entry, by=officer)
    answer = actions_questions.AnswerEntry("Gilt die Frist?", "Ja.", is_checked=True)
    actions_questions.answer_question(question, answer, by=officer)
    later = tenders.deadlines(tenders.DAYS_TO_BID + 7)
    actions_published.change_published(tender, Correction("Mehr Zeit.", deadlines=later), by=officer)
    without = [who.other.member, who.third, make.member(f"{MARK}dorf")]
    later_tender = tenders.published_tender(members=without, officers=who.officers, title="Rundgang ohne das Haus")
    actions_late_members.ask_late_member(later_tender, who.own.member, by=officer)


def _contract(who: People) -> None:
    """A contract from which both members want more than their quota, and objections of both to the costs."""
    members = [who.own.member, who.other.member, who.third]
    tender = allocation.awarded_tender(members)
    run = allocation.approved_run(tender)
    allocation.awarded_tender(members)  # and a lot that has no contract
    made: Contract = contracts.contract(tender, by=who.officers[0])
    for side in who.sides:
        contracts.call_off(contracts.clusters(made), side.member, 3, side.text)
        actions_objections.raise_objection(run, side.member, side.text, by=side.lead)


def _method_chosen(who: People) -> None:
    """A tender whose method was compared with others and chosen before publication."""
    members = [who.own.member, who.other.member, who.third]
    tender = tenders.ready_tender(members=members, title="Rundgang mit Methodenwahl")
    points = attainable_points(tender.parameters)
    tried = Experiment(
        tuple(starting_bids(Money.of("71300.00"), points)),
        tuple(starting_variants(None, {})),
        TieRule.NONE,
        points,
        seed=1,
    )
    actions_laboratory.choose_method(tender, tried, 2, f"Bewährt {MARK}", by=who.officers[0])


def _examined(who: People) -> None:
    """Opened bids with a request for documents and a letter about a price; an exclusion that waits for somebody."""
    members = [who.own.member, who.other.member, who.third]
    tender = examination.opened_tender(examination.CHEAP, members=members, title="Rundgang geprüft")
    bid = examination.bid_of(tender)
    examination.checked(bid, by=who.officers[0])
    examination.requested(bid, by=who.officers[0])
    examination.asked(bid, by=who.officers[0])
    lot = evaluation.evaluated_lot(members=members, title="Rundgang mit Ausschluss")
    excluded, reason = examination.bid_of(lot.tender), f"Unterlagen geändert {MARK}"
    actions_exclusion.propose_exclusion(excluded, "§ 57 Abs. 1 Nr. 4 VgV", reason, by=who.officers[0])


def _given_up(who: People) -> None:
    """A plan that was withdrawn and the new one made out of it."""
    members = [who.own.member, who.other.member, who.third]
    plan = tenders.planned_tender(members=members, officer=who.officers[0], title="Rundgang zurückgezogen")
    tender_actions.withdraw(plan, f"Neu ansetzen {MARK}", by=who.officers[0])
    actions_succession.succeed(plan, by=who.officers[0])


def _panel(who: People) -> None:
    """A panel that has submitted and compares, one that is still at work, and a declared conflict of interest."""
    members = [who.own.member, who.other.member, who.third]
    anna, otto = (make.officer(f"{MARK} {name}") for name in ("Anna", "Otto"))
    lot = evaluation.opened_tender(members=members, title="Rundgang mit Gremium").lots[0]
    panel.compared(lot, anna, otto)
    actions_panel.declare(lot.tender, f"Verwandt {MARK}", has_conflict=True, by=make.officer(f"{MARK} Udo"))
    working = evaluation.opened_tender(members=members, title="Rundgang mit offenem Gremium").lots[0]
    panel.named(working.tender, anna, otto)
    panel.noted(working, panel.ANNAS, by=anna)


def _told(who: People) -> None:
    """A decided tender with letters, an entry in the register, a complaint, a decided review, its record and matrix."""
    members, officer = [who.own.member, who.other.member, who.third], who.officers[0]
    tender = evaluation.decided_tender(members=members, title="Rundgang informiert")
    awarding.informed(tender, by=officer)
    winner = award_queries.winners_of(tender)[0]
    result = RegisterResult.ENTRY
    award_actions.record_register_query(tender, winner, clock.today(), result, f"Bußgeld {MARK}", by=officer)
    awarding.complaint(tender, by=officer, sender=f"{MARK} KG", breach=f"Verstoß {MARK}")
    award_remedies.end_review(awarding.review(tender, by=officer), awarding.review_end(), by=officer)
    issued_documents.issuer()
    actions_record.issue_procurement_record(tender, by=officer)
    actions_matrix.issue_evaluation_matrix(queries.latest_run(tender.lots[0]), by=officer)


def _lots_distributed() -> None:
    """Four lots with a limit and rebates, distributed."""
    lot_awards.distributed()


def _tabulated(who: People) -> None:
    """A table of another platform after the deadline, its columns mapped, not taken over."""
    members = [who.own.member, who.other.member, who.third]
    tender = tenders.published_tender(members=members, officers=who.officers, title="Rundgang mit Tabelle")
    content = f"Pos;Bezeichnung;Einheit;Menge;{MARK} AG (EP)\nFW-1;Firewall-Cluster;Stück;4;900,00\n".encode()
    with clock.at(bids.after_deadline(tender)):
        kept = actions_tabulation.receive_tabulation(tender, content, f"{MARK}.csv", by=who.officers[0])
        actions_tabulation.map_columns(kept, queries_tabulation.mapping_of(kept))


def _negotiated(who: People) -> None:
    """One procedure with a round that is over, maintenance in the evaluation price and a variant; another at it."""
    details = {"members": [who.own.member, who.other.member, who.third], "officers": who.officers}
    kind = ProcedureType.NEGOTIATED_WITH_CALL
    maintenance = PriceTerms((PricePart("W1", f"Wartung {MARK}", PartKind.MAINTENANCE_MONTH, duration=48),))
    variants = Variants(are_admitted=True, requirements=f"Durchsatz {MARK}")
    for terms in (maintenance, None):
        tender = tenders.published_tender(procedure_type=kind, price_terms=terms, variants=variants, **details)
        for name, prices in evaluation.TWO_BIDS.items():
            bids.sealed_bid(tender, prices, name)
        bids.sealed_variant(tender, evaluation.TWO_BIDS["Kabel AG"])
        bids.opened(tender, who.officers)
        netz, kabel = (evaluation.bid_of(tender, name) for name in evaluation.TWO_BIDS)
        if terms:
            entry = FiguresEntry([FigureEntry("W1", Money.of("25.00"), f"S. 3 {MARK}")])
            actions_figures.enter_figures(kabel, tender.lots[0], entry, by=who.officers[0])
            evaluation.rate(tender.lots[0], evaluation.TWO_POINTS, by=who.officers[0])
        left_out = f"Abstand des Nebenangebots {MARK}"
        negotiated = bids.invited(tender, [netz, kabel], topics=f"Preis {MARK}", reason_left_out=left_out)
        bids.further_bid(negotiated, netz, evaluation.TWO_BIDS["Kabel AG"])
        if terms:
            bids.round_opened(negotiated, who.officers)


def _association(who: People) -> None:
    """Proposals, announcements, a substitution, an article of the catalogue, imports."""
    for side in who.sides:
        workgroup.draft(side.member, f"Entwurf {side.text}", by=side.lead)
        workgroup.announcement([side.member], by=who.officers[0], title=f"Mitteilung {side.text}")
    proposal = workgroup.discussed(who.other.member, "Vorschlag im Rundgang", by=who.other.lead)
    workgroup.interest(proposal, who.own.member, by=who.own.lead)
    substitute = make.account(name="Vera Vertretung")
    days = DelegationEntry(clock.today(), clock.today() + timedelta(days=7), "Urlaub")
    actions_delegation.grant(who.own.member, substitute.email, days, by=who.own.lead)
    catalogue.article()
    by = who.officers[0]
    actions_cpv.receive_list(b"CODE;DE\n30192153-8;Textstempel\n", "cpv.csv", by=by)
    actions_import.keep(
        ImportKind.FIGURES,
        b"AGS;Art;Wert;Stichtag;Quelle\n1;Clients;5;31.12.2025;Eigenmeldung\n",
        "kennzahlen.csv",
        by=by,
    )
