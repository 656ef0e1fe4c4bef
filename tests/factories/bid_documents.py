"""Contents of documents about bids as a feature would collect them: price comparisons and opening records."""

from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction

from procurement.documents.contents import SignOff
from procurement.documents.contents_opening_record import OpenedBid, OpeningRecordContent
from procurement.documents.contents_price_comparison import (
    ArithmeticDifference,
    BidderTotal,
    LotComparison,
    OfferedPrice,
    PositionPrices,
    PriceComparisonContent,
)
from procurement.values.money import Money, UnitPrice
from procurement.values.quantity import Quantity
from tests.factories.documents import IDENTITY, ISSUED, LETTERHEAD, sign_offs


def offered(position: tuple[str, str], price: str | None, lowest: str) -> OfferedPrice | None:
    """A price against the estimate and a mean of 100 euro."""
    quantity, estimate = position
    if price is None:
        return None
    unit_price, hundred = UnitPrice.of(price), 100_000_000
    return OfferedPrice(
        unit_price=unit_price,
        total=unit_price.times(Quantity.of(quantity)),
        is_lowest=price == lowest,
        from_mean=Fraction(unit_price.millionths - hundred, hundred),
        from_estimate=Fraction(unit_price.millionths, UnitPrice.of(estimate).millionths) - 1,
    )


def small_lot() -> LotComparison:
    """Two positions, three bidders; the third lacks a price, the first is far below the second."""
    switch = tuple(offered(("10", "110.00"), price, "80.00") for price in ("80.00", "120.00", "100.00"))
    cable = tuple(offered(("2.5", "90.00"), price, "88.50") for price in ("88.50", "104.00", None))
    positions = (
        PositionPrices("1.1", "Switch 48 Port", Quantity.of(10), "Stück", switch, UnitPrice.of(110), UnitPrice.of(100)),
        PositionPrices("1.2", "Kabel", Quantity.of("2.5"), "Meter", cable, UnitPrice.of(90), UnitPrice.of(100)),
    )
    warning = "Abstand zum nächsten Angebot 30,1 %, mindestens 20 %: Preis aufklären (§ 60 VgV)."
    bidders = (
        BidderTotal(
            name="Netzwerk Müller GmbH",
            rank=1,
            total=Money.of("1021.25"),
            is_lowest=True,
            from_estimate=Fraction(-1, 10),
            gap_to_next=Fraction(301, 1000),
            warning=warning,
        ),
        BidderTotal("Сеть & <b>Söhne</b>", 2, Money.of("1460.00"), from_estimate=Fraction(1, 25)),
        BidderTotal("Kabel AG", None, None, missing_prices=1, partial_sum=Money.of("1000.00")),
    )
    written = ArithmeticDifference("1.1", "Kabel AG", Money.of("1000.10"), Money.of("1000.00"), Money.of("0.10"))
    return LotComparison("1", "Netzwerk", bidders, positions, Money.of("1325.00"), Money.of("1240.63"), (written,))


def large_lot(bidders: int, positions: int) -> LotComparison:
    """A lot of any size with plain figures, complete and without marks."""
    price = OfferedPrice(UnitPrice.of("1234.5678"), Money.of("98765.43"), from_mean=Fraction(1, 7))
    rows = tuple(
        PositionPrices(f"{number}", f"Position {number}", Quantity.of(80), "Stück", (price,) * bidders)
        for number in range(1, positions + 1)
    )
    totals = tuple(BidderTotal(f"Bieter {number}", number, Money.of("98765.43")) for number in range(1, bidders + 1))
    return LotComparison("1", "Groß", totals, rows)


def price_comparison(*lots: LotComparison) -> PriceComparisonContent:
    return PriceComparisonContent(
        letterhead=LETTERHEAD,
        identity=replace(IDENTITY, number="PS-2026-0001"),
        tender_title="Netzwerkkomponenten",
        tender_number="V-2026-008",
        lots=lots,
        file_number="10-32-06/2026",
        opened_at=ISSUED,
        notes=("Alle Preise ohne Umsatzsteuer.",),
        prepared=sign_offs().prepared,
    )


def opening_record(*bids: OpenedBid) -> OpeningRecordContent:
    return OpeningRecordContent(
        letterhead=LETTERHEAD,
        identity=replace(IDENTITY, number="NO-2026-0001"),
        tender_title="Firewall/UTM",
        tender_number="V-2026-007",
        procedure="Offenes Verfahren",
        bid_deadline=datetime(2026, 9, 1, 10, 0, tzinfo=UTC),
        opened_at=datetime(2026, 9, 1, 10, 5, tzinfo=UTC),
        bids=bids,
        first_officer=SignOff("Petra Beispiel", "Vergabestelle", datetime(2026, 9, 1, 10, 4, tzinfo=UTC)),
        second_officer=SignOff("Jonas Muster", "Vergabestelle", datetime(2026, 9, 1, 10, 5, tzinfo=UTC)),
        notes=("Es waren keine Bieter anwesend.",),
    )
