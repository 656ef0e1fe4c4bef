"""Published tenders that change before their bid deadline; made on Monday 2026-11-23, bids until 2026-12-28, 12:00.

One lot: 4 clusters at 1,000.00 and 40 licences at 50.00 from three members, 10 days of project lead at 900.00 that the
association asks for itself. Estimated at 4,000.00 + 2,000.00 + 9,000.00 = 15,000.00 net.
"""

from procurement.audit.actor import COMMAND_LINE
from procurement.bids import actions, actions_firms
from procurement.bids.entries import BidderEntry
from procurement.bids.models import Bidder
from procurement.core import clock
from procurement.core.db import db
from procurement.demand.models import Demand, DemandChange, DemandItem, DemandRound
from procurement.demand.states import ChangeKind, ChangeState, DemandState
from procurement.members.models import Account, Member
from procurement.tenders import actions_bill, actions_publication, actions_published, queries_versions
from procurement.tenders.models import Tender
from procurement.tenders.publication_change import Correction, LineCorrection
from procurement.values.quantity import Quantity
from tests.factories import members as make
from tests.factories import tenders

REASON = "Die Schulen brauchen mehr Begleitung."


def with_joint_line(quantity: int = 10, officer: Account | None = None, **details: object) -> Tender:
    """A published tender with a joint line of so many days."""
    officer = officer or make.officer()
    make.officer()
    tender = tenders.ready_tender(officer=officer, **details)
    line = tenders.joint_line(quantity=Quantity.of(quantity))
    actions_bill.add_joint_line(tender.lots[0], line, by=officer)
    actions_publication.estimate_value(tender, by=officer)
    return actions_publication.publish(tender, by=officer)


def of_line(tender: Tender, number: str, **changed: object) -> LineCorrection:
    """A correction of one line; what is not named stays."""
    line = tenders.line_of(tender, number)
    wanted = {"title": line.title, "unit": line.unit, "quantity": None} | changed
    return LineCorrection(line.id, **wanted)


def correction(tender: Tender, number: str = "G-1", *, reason: str = REASON, **changed: object) -> Correction:
    """A correction of one line with the deadlines that are proposed if it is substantial."""
    bears = bool(changed.pop("bears_on_award", False))
    entry = Correction(reason, (of_line(tender, number, **changed),), None, bears)
    effect = actions_published.preview(tender, entry)
    return Correction(reason, entry.lines, effect.proposed if effect.classification.is_substantial else None, bears)


def more_days(tender: Tender, quantity: int, *, by: Account | None = None):
    """The joint line's quantity changed, with a later deadline if that is needed."""
    return actions_published.change_published(
        tender, correction(tender, quantity=Quantity.of(quantity)), by=by or make.officer()
    )


def firm(name: str, email: str = "") -> Bidder:
    """A known firm."""
    return actions.register_bidder(BidderEntry(name, "Weg 1", "48143", "Münster", email), by=COMMAND_LINE)


def registered_firm(tender: Tender, name: str, email: str = "") -> Bidder:
    """A firm that wants to be informed about this tender."""
    made = firm(name, email)
    actions_firms.register_firm(tender, made, by=COMMAND_LINE)
    return made


def late_demand(round_: DemandRound, member: Member, amounts: dict[str, int]) -> Demand:
    """A late demand that waits for the decision, as it stood when the tender was published."""
    articles = {article.number: article for article in round_.articles}
    demand = Demand(round=round_, member=member, state=DemandState.LATE, submitted_at=clock.now(), revision=1)
    db.session.add(demand)
    db.session.flush()
    for number, amount in amounts.items():
        wanted = Quantity.of(amount)
        item = DemandItem(demand=demand, article=articles[number], minimum=wanted, expected=wanted, maximum=wanted)
        db.session.add(item)
    asked = make.lead(member)
    db.session.add(
        DemandChange(
            demand=demand,
            kind=ChangeKind.LATE,
            state=ChangeState.PENDING,
            reason="Neue Schule",
            requested_at=clock.now(),
            requested_by_id=asked.id,
        )
    )
    db.session.flush()
    return demand


def deadline_day(tender: Tender) -> str:
    """The bid deadline on a Berlin calendar."""
    return queries_versions.day_of(tender.bid_deadline_at).isoformat()
