"""Verbs of contracts: conclude one on an awarded lot, call off, decide a call-off above the own quota.

Every call-off holds the contract's row, so that two members never take the last piece both.
"""

from collections import defaultdict

from sqlalchemy.orm.attributes import flag_modified

from procurement.audit.actions import Change, record
from procurement.audit.events import Event
from procurement.contracts import queries, rules
from procurement.contracts.drawdown import Verdict, verdict
from procurement.contracts.entries import CallOffEntry, ContractEntry
from procurement.contracts.models import CallOff, Contract, ContractLine, Entitlement
from procurement.contracts.owed_price import owed_share
from procurement.contracts.quota import quota
from procurement.contracts.states import CallOffState
from procurement.core import clock, filters
from procurement.core.db import db
from procurement.core.errors import Conflict, NotFound, refuse_if
from procurement.evaluation.queries_award import AwardedPrice, awarded_bid, awarded_prices
from procurement.members.models import Account, Member
from procurement.tenders.models import Lot
from procurement.values.money import Money
from procurement.values.quantity import Quantity


def conclude(lot: Lot, entry: ContractEntry, *, by: Account) -> Contract:
    """Conclude the contract on an awarded lot; the named members and their largest quantities are entitled."""
    bid = awarded_bid(lot)
    taken, existing = queries.reference_is_taken(entry.reference), queries.contract_of_lot(lot.id)
    refuse_if(
        rules.objections_to_concluding(
            entry, is_awarded=bid is not None, has_contract=existing is not None, is_taken=taken
        )
    )
    prices = {line_id: price for line_id, price in awarded_prices(lot.tender).items() if price.lot_id == lot.id}
    contract = Contract(
        reference=entry.reference.strip(),
        title=entry.title.strip(),
        tender_id=lot.tender_id,
        lot_id=lot.id,
        supplier=bid.bidder.name if bid else "",
        starts_on=entry.starts_on,
        ends_on=entry.ends_on,
        maximum_net=Money(0),
        concluded_at=clock.now(),
        concluded_by_id=by.id,
    )
    db.session.add(contract)
    _entitle(contract, lot, prices)
    following = Money.total(line.price.times(line.maximum) for line in contract.lines)
    contract.maximum_net = entry.maximum_net or following
    changes: dict[str, Change | str] = {
        "Los": lot.audit_label,
        "Auftragnehmer": contract.supplier,
        "Laufzeit": f"{entry.starts_on:%d.%m.%Y} bis {entry.ends_on:%d.%m.%Y}",
        "Höchstwert netto": filters.euro(contract.maximum_net),
    }
    record(Event.CONTRACT_CONCLUDED, contract, by=by, changes=changes, tender_id=lot.tender_id)
    return contract


def _entitle(contract: Contract, lot: Lot, prices: dict[int, AwardedPrice]) -> None:
    """Lines with their maximum and every named member's quota; a joint line is the association's own to call off."""
    quotas: dict[int, dict[int, Quantity]] = defaultdict(dict)
    for share in queries.reported_shares(lot):
        before = quotas[share.line_id].get(share.member_id, Quantity(0))
        quotas[share.line_id][share.member_id] = before + quota(share)
    named = queries.named_members(lot)
    for line in lot.lines:
        if line.id not in prices:
            continue
        own, price = quotas[line.id], prices[line.id]
        maximum = Quantity.total(own.values()) if own else line.quantity
        owed = owed_share(price.total_net, price.rebate_net)
        made = ContractLine(contract=contract, line=line, unit_price_net=price.unit_price, maximum=maximum)
        made.owed_numerator, made.owed_denominator = owed.numerator, owed.denominator
        db.session.add(made)
        db.session.add_all(
            Entitlement(contract_line=made, member_id=member_id, quota=own.get(member_id, Quantity(0)))
            for member_id in (named if own else ())
        )
    db.session.flush()


def call_off(line: ContractLine, member: Member, entry: CallOffEntry, *, by: Account) -> CallOff:
    """Call off a quantity of one line: released at once within the own quota, above it a request (story M8)."""
    if member.id not in by.member_ids:
        raise NotFound
    contract = line.contract
    _hold(contract)
    meter, value = queries.meter_of(line, member.id), queries.value_meter(contract)
    today = clock.today()
    refuse_if(
        rules.objections_to_member(queries.entitled_ids(contract), member.id)
        or rules.objections_to_time(contract.starts_on, contract.ends_on, member.left_on, today)
        or rules.objections_to_call_off(entry, meter, value, line.price, line.line.unit)
    )
    found = verdict(entry.quantity, meter, value, line.price)
    is_free = found is Verdict.WITHIN_QUOTA
    made = CallOff(
        contract_line=line,
        member=member,
        quantity=entry.quantity,
        state=CallOffState.RELEASED if is_free else CallOffState.REQUESTED,
        reason=entry.reason.strip(),
        requested_at=clock.now(),
        requested_by_id=by.id,
    )
    db.session.add(made)
    words: dict[str, Change | str] = {
        "Menge": f"{filters.quantity(entry.quantity)} {line.line.unit}",
        "Zustand": made.state.label,
        "Begründung": made.reason,
    }
    record(Event.CALLED_OFF, made, by=by, changes=words, tender_id=contract.tender_id, member_id=member.id)
    return made


def decide(call: CallOff, decision: str, *, release: bool, by: Account, seen_version: int | None = None) -> CallOff:
    """Release or refuse a call-off above the own quota, with a reason; the maxima are checked again."""
    line = call.contract_line
    _hold(line.contract)
    if seen_version is not None and seen_version != call.version:
        raise Conflict(f"Über diesen Abruf wurde inzwischen entschieden: {call.state.label}.")
    found = rules.objections_to_deciding(call.state, decision)
    if release and not found:
        meter, value = queries.meter_of(line, call.member_id), queries.value_meter(line.contract)
        entry = CallOffEntry(call.quantity, call.reason)
        found = rules.objections_to_call_off(entry, meter, value, line.price, line.line.unit)
    refuse_if(found)
    before, call.state = call.state, CallOffState.RELEASED if release else CallOffState.REFUSED
    call.decision, call.decided_at, call.decided_by_id = decision.strip(), clock.now(), by.id
    changes: dict[str, Change | str] = {"Zustand": (before, call.state), "Begründung": call.decision}
    record(
        Event.CALL_OFF_DECIDED,
        call,
        by=by,
        changes=changes,
        tender_id=line.contract.tender_id,
        member_id=call.member_id,
    )
    return call


def _hold(contract: Contract) -> None:
    """Lock the contract until the end of the transaction; every call-off counts as a change of it."""
    db.session.refresh(contract, with_for_update={"of": Contract})
    flag_modified(contract, "maximum_net")
