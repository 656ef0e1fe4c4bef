"""Cost allocations as tests and later steps need them: small ones of a few blocks, and the firewall case of the paper.

``awarded_tender()`` has three members (Adorf, Bstadt, Cdorf) and an awarded lot: clusters 2/1/1 at 1,000.00, a joint
set-up at 500.00 and four years of joint operation at 300.00. ``firewall_tender()`` is the case of the paper.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from procurement.allocation import actions, queries_input
from procurement.allocation.entries import BlockEntry, FreeSource, LineSource, RunEntry
from procurement.allocation.keys import AllocationKey, Pot
from procurement.allocation.models import AllocationRun
from procurement.allocation.states import ChargeType
from procurement.allocation.taxation import VatCase
from procurement.members.kinds import FigureKind
from procurement.members.models import Account, Member
from procurement.tenders import actions as tender_actions
from procurement.tenders import actions_bill, actions_publication, actions_scoring
from procurement.tenders.entries import JointLineEntry
from procurement.tenders.method import ScoringMethod
from procurement.tenders.models import Tender
from procurement.values.money import Money, UnitPrice
from procurement.values.payment import Nature
from procurement.values.quantity import Quantity
from tests.examples import firewall_3_6 as paper
from tests.factories import awarding, bids, evaluation, tenders
from tests.factories import members as make
from tests.factories.tenders import LotPlan, Wish

YEAR = (date(2027, 1, 1), date(2027, 12, 31))
REFERENCE_DATE = date(2024, 12, 31)
BASE_AND_POPULATION = (
    Pot(Decimal(paper.BASE_PERCENT), AllocationKey.EQUAL),
    Pot(Decimal(paper.POPULATION_PERCENT), AllocationKey.INHABITANTS),
)
SUPPLIER = "Münsterland Netzwerke GmbH"
NUMBERS = ("FW-01", "FW-02", "FW-03")
WHY = "Der Schlüssel folgt dem Vorteil der Mitglieder."


def joint(number: str, title: str, *, years: int | None = None) -> JointLineEntry:
    """A joint line: paid once, or so many years of operation."""
    unit, quantity = ("Jahr", Quantity.of(years)) if years else ("Pauschale", Quantity.of(1))
    nature = Nature.RECURRING if years else Nature.ONE_OFF
    return JointLineEntry(number, title, unit, quantity, nature, reason="Ein gemeinsames Vorhaben aller Teilnehmer.")


def awarded(
    lots: Sequence[LotPlan],
    members: Sequence[Member],
    joint_lines: Sequence[JointLineEntry],
    prices: dict[str, str],
    supplier: str = SUPPLIER,
) -> Tender:
    """A tender with joint lines, awarded to its only bidder by lowest price."""
    officer, second = make.officer(), make.officer()
    tender = tenders.planned_tender(lots, members, officer=officer)
    for line in joint_lines:
        actions_bill.add_joint_line(tender.lots[0], line, by=officer)
    for lot in tender.lots:
        for line in lot.lines:
            actions_bill.set_estimate(line, UnitPrice.of(prices[line.number]), by=officer)
    actions_scoring.set_method(tender, ScoringMethod.LOWEST_PRICE, {}, by=officer)
    tender_actions.set_deadlines(tender, tenders.deadlines(), by=officer)
    actions_publication.estimate_value(tender, by=officer)
    tenders.confirm_all(tender)
    actions_publication.publish(tender, by=officer)
    bids.imported_bids(tender, {supplier: prices})
    for lot in tender.lots:
        evaluation.evaluate(lot)
    for lot in tender.lots:
        evaluation.confirmed(lot, by=officer, second=second)
    awarding.awarded(tender, by=officer)
    return tender


def three_members() -> list[Member]:
    """Adorf, Bstadt and Cdorf with 1,000, 2,000 and 3,000 inhabitants and 10, 20 and 30 clients."""
    made = []
    for place, name in enumerate(("Adorf", "Bstadt", "Cdorf"), 1):
        member = make.member(name)
        make.figure(member, FigureKind.INHABITANTS, 1000 * place)
        make.figure(member, FigureKind.CLIENTS, 10 * place)
        made.append(member)
    return made


def awarded_tender(members: Sequence[Member] = ()) -> Tender:
    """The small case: 4 clusters at 1,000.00, set-up 500.00, four years of operation at 300.00."""
    plan = ((("Firewall"), (Wish("FW-1", "Cluster", (2, 1, 1), "1000.00"),)),)
    lines = [joint("G-1", "Einrichtung"), joint("G-2", "Betrieb", years=4)]
    prices = {"FW-1": "1000.00", "G-1": "500.00", "G-2": "300.00"}
    return awarded(plan, list(members) or three_members(), lines, prices)


def line_id(tender: Tender, number: str) -> int:
    """The id of the line with this number."""
    return tenders.line_of(tender, number).id


def billed(tender: Tender, number: str, quantity: int | str | None = None) -> LineSource:
    """An awarded line as a source of cost; without a quantity the whole line."""
    return LineSource(line_id(tender, number), Quantity.of(quantity) if quantity is not None else None)


def block(number: str, key: AllocationKey, *sources: LineSource | FreeSource, **details: object) -> BlockEntry:
    """A cost block; ``details`` are its other fields."""
    typed = {"title": f"Block {number}", "reason": WHY, "sources": sources}
    return BlockEntry(number, key=key, **(typed | details))


def own_cost(number: str = "D", amount: str = "120.00") -> BlockEntry:
    """The association's own cost by volume, without tax."""
    source = FreeSource(Money.of(amount), "Stundennachweis der Vergabestelle")
    return block(number, AllocationKey.VOLUME, source, title="Beschaffungskosten", has_supplier_vat=False)


def entry(*blocks: BlockEntry, **details: object) -> RunEntry:
    """A run for 2027, not taxable unless wanted."""
    typed = {
        "title": "Firewall, Jahr 1",
        "charge_type": ChargeType.COST_REIMBURSEMENT,
        "vat_case": VatCase.COST_GROSS,
        "period_from": YEAR[0],
        "period_to": YEAR[1],
        "key_reference_date": REFERENCE_DATE,
        "legal_basis": "§ 19 GkG NRW",
        "blocks": blocks,
    }
    return RunEntry(**(typed | details))


def usual_blocks(tender: Tender) -> list[BlockEntry]:
    """Set-up mixed, clusters by quantity, one of four years of operation by clients, own cost by volume."""
    return [
        block("A", AllocationKey.MIXED, billed(tender, "G-1"), pots=BASE_AND_POPULATION),
        block("B", AllocationKey.ACTUAL_QUANTITY, billed(tender, "FW-1")),
        block("C", AllocationKey.CLIENTS, billed(tender, "G-2", 1), nature=Nature.RECURRING),
        own_cost(),
    ]


def calculated_run(tender: Tender | None = None, *, by: Account | None = None, **details: object) -> AllocationRun:
    """A run of the small case (or of this tender) with its usual blocks; ``details`` are fields of the entry."""
    tender = tender or awarded_tender()
    return actions.calculate(tender, entry(*usual_blocks(tender), **details), by=by or make.officer())


def checked_run(tender: Tender | None = None, **details: object) -> AllocationRun:
    """A run checked by somebody else."""
    return actions.check(calculated_run(tender, **details), by=make.officer())


def approved_run(tender: Tender | None = None, **details: object) -> AllocationRun:
    """A run in force."""
    return actions.approve(checked_run(tender, **details), by=make.officer())


def taken_to_approval(run: AllocationRun) -> AllocationRun:
    """Check and approve a calculated run, each by somebody else."""
    return actions.approve(actions.check(run, by=make.officer()), by=make.officer())


def firewall_tender() -> Tender:
    """The case of the paper: nine pilot members, devices by demand, joint set-up and four years of joint operation."""
    members = make.pilot_members()
    wishes = [
        Wish(number, title, tuple(pieces.get(member.name, 0) for member in members), price)
        for number, (title, price, pieces) in zip(NUMBERS, paper.DEVICES, strict=True)
    ]
    lines = [joint("FW-06", "Einrichtung"), joint("FW-07", "Betrieb", years=4)]
    prices = {wish.number: wish.estimate for wish in wishes} | {"FW-06": "48500.00", "FW-07": "62400.00"}
    return awarded([("Firewall/UTM", wishes)], members, lines, prices)


def firewall_entry(tender: Tender, vat_case: VatCase = VatCase.COST_GROSS) -> RunEntry:
    """The four blocks of the paper, year 1 of the operation."""
    devices = [billed(tender, number) for number in NUMBERS]
    return entry(
        block("A", AllocationKey.MIXED, billed(tender, "FW-06"), title="Einrichtung", pots=BASE_AND_POPULATION),
        block("B", AllocationKey.ACTUAL_QUANTITY, *devices, title="Geräte"),
        block("C", AllocationKey.CLIENTS, billed(tender, "FW-07", 1), title="Betrieb Jahr 1", nature=Nature.RECURRING),
        own_cost(amount="9750.00"),
        vat_case=vat_case,
    )


def firewall_run(vat_case: VatCase = VatCase.COST_GROSS, *, by: Account | None = None) -> AllocationRun:
    """The paper's allocation, calculated."""
    tender = firewall_tender()
    return actions.calculate(tender, firewall_entry(tender, vat_case), by=by or make.officer())


def missing_line(tender: Tender) -> int:
    """A line id that no awarded lot of this tender has."""
    return max(line.line_id for line in queries_input.awarded_lines(tender)) + 1000
