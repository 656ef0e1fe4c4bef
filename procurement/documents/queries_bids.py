"""What the documents about bids say: the price comparison as it stands now, and the record of the opening."""

from dataclasses import replace

from procurement.bids.compared_prices import ComparedPrices
from procurement.bids.lot_figures import SheetState
from procurement.bids.models import BidFile, BidOpening
from procurement.bids.queries import opening_for
from procurement.bids.queries_bid import RecordedBid, recorded_bids
from procurement.bids.queries_comparison import price_basis, price_comparison
from procurement.bids.queries_figures import priced_bids
from procurement.documents import opening_record_wording as wording
from procurement.documents.comparison_of_prices import lot_comparisons, price_lines
from procurement.documents.contents import ClosingNotes, DocumentIdentity, SignOff
from procurement.documents.contents_opening_record import OpenedBid, OpeningRecordContent
from procurement.documents.contents_price_comparison import PriceComparisonContent
from procurement.documents.queries_issuer import contact, letterhead, sign_off
from procurement.rulebook.sources import VGV_8_4
from procurement.tenders.models import Tender
from procurement.values.money import Money

RETENTION = f"Bis zum Ende der Vertragslaufzeit, mindestens drei Jahre ab Zuschlag ({VGV_8_4})"
NET_PRICES = "Alle Preise in Euro ohne Umsatzsteuer."


def price_comparison_content(tender: Tender, identity: DocumentIdentity, prepared: SignOff) -> PriceComparisonContent:
    """The Preisspiegel of all lots; the caller has made sure that the bids are opened."""
    basis, prices = price_basis(tender).label, price_comparison(tender)
    priced = priced_bids(tender, prices)
    return PriceComparisonContent(
        letterhead=letterhead(),
        identity=identity,
        tender_title=tender.title,
        tender_number=tender.reference,
        lots=tuple(replace(lot, price_lines=price_lines(lot.number, priced)) for lot in lot_comparisons(prices)),
        opened_at=opening_for(tender).second_at,
        notes=(NET_PRICES, f"Weicht ein geschriebener Gesamtbetrag von Menge × Einheitspreis ab: {basis}."),
        prepared=prepared,
        closing=ClosingNotes(RETENTION, contact()),
    )


def opening_record_content(tender: Tender, identity: DocumentIdentity) -> OpeningRecordContent:
    """The record of the opening; the caller has made sure that it took place."""
    opening, prices = opening_for(tender), price_comparison(tender)
    return OpeningRecordContent(
        letterhead=letterhead(),
        identity=identity,
        tender_title=tender.title,
        tender_number=tender.reference,
        procedure=tender.procedure_type.label,
        bid_deadline=tender.bid_deadline_at or opening.first_at,
        opened_at=opening.second_at or opening.first_at,
        bids=tuple(line for bid in recorded_bids(tender) for line in _lines(bid, prices)),
        first_officer=sign_off(opening.first_by, opening.first_at),
        second_officer=_second(opening),
        notes=wording.notes(opening.imported_from),
        closing=ClosingNotes(RETENTION, contact()),
    )


def _second(opening: BidOpening) -> SignOff:
    account, at = opening.second_by or opening.first_by, opening.second_at or opening.first_at
    return sign_off(account, at)


def _lines(recorded: RecordedBid, prices: ComparedPrices) -> list[OpenedBid]:
    """A line per sealed file; a bid that was opened elsewhere has none here and gets one line."""
    bid = recorded.bid
    line = OpenedBid(
        bidder=bid.shown_name,
        lot=_lots(recorded, prices),
        received_at=bid.received_at,
        sealed_hash="",
        is_intact=None,
        is_late=recorded.is_late,
        total=_total(recorded, prices, None),
        remark=wording.excuse(bid.late_excused_reason),
    )
    sealed = [
        replace(
            line,
            lot=wording.lot_name(file.lot.number if file.lot else None),
            sealed_hash=file.sealed_sha256 or "",
            is_intact=file.content_sha256 is not None,
            total=_total(recorded, prices, file),
        )
        for file in recorded.files
    ]
    return sealed or [line]


def _lots(recorded: RecordedBid, prices: ComparedPrices) -> str:
    """The lots for which the bid has prices."""
    mine = next(bid for bid in prices.bids if bid.bid_id == recorded.bid.id)
    return ", ".join(str(lot.number) for lot in prices.lots if mine.sheets[lot.lot_id] is not SheetState.NONE)


def _total(recorded: RecordedBid, prices: ComparedPrices, file: BidFile | None) -> Money | None:
    """What the bid comes to in the lot of this file, or altogether; ``None`` for an incomplete one."""
    comparison, key = prices.comparison, str(recorded.bid.id)
    if file is None:
        return comparison.overall.standing_of(key).evaluation_total
    orders = [order for order in comparison.lots if file.lot is not None and order.lot_key == str(file.lot.number)]
    return orders[0].standing_of(key).evaluation_total if orders else None
