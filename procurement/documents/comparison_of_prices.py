"""A Preisspiegel as the document about it: bids in the order of their places, every mark and deviation as compared."""

from collections.abc import Iterable
from fractions import Fraction

from procurement.bids.compared_prices import ComparedLot, ComparedPrices, LotStanding
from procurement.bids.comparison import Cell, ComparisonRow, row_of
from procurement.bids.evaluation_price import PricedBid
from procurement.bids.lot_figures import SheetState
from procurement.documents.contents_price_comparison import (
    ArithmeticDifference,
    BidderTotal,
    EvaluationPriceLine,
    LotComparison,
    OfferedPrice,
    PositionPrices,
)
from procurement.documents.notation import MINUS
from procurement.values.figures import exact, german
from procurement.values.money import Money, UnitPrice
from procurement.values.rounding import half_up

COMPLETE = "vollständig"
MEAN_DECIMALS = 4
MILLION = 10**6


def lot_comparisons(prices: ComparedPrices) -> tuple[LotComparison, ...]:
    """Every lot with all its positions; bids that offered nothing for a lot are left out there."""
    return tuple(_lot(prices, lot) for lot in prices.lots)


def _lot(prices: ComparedPrices, lot: ComparedLot) -> LotComparison:
    shown = _in_order(prices.standings_in(lot), lot.lot_id)
    columns = [prices.bids.index(one.bid) for one in shown]
    mean = _mean_of_totals(shown)
    rows = [(row, row_of(prices.comparison, row)) for row in prices.rows_of(lot)]
    estimate = prices.comparison.order_of(lot.key).estimate_total if rows else None
    return LotComparison(
        number=lot.key,
        title=lot.title,
        bidders=tuple(_bidder(one, mean) for one in shown),
        positions=tuple(_position(prices, number, row, columns) for number, row in rows),
        estimate=estimate,
        mean=None if mean is None else Money(half_up(mean)),
        differences=tuple(_differences(prices, rows, shown, columns)),
    )


def _in_order(standings: tuple[LotStanding, ...], lot_id: int) -> list[LotStanding]:
    """By place, then those without one in the order they came in; bids for other lots only do not appear."""
    offered = [one for one in standings if one.bid.sheets[lot_id] is not SheetState.NONE]
    return sorted(offered, key=lambda one: (one.standing.place is None, one.standing.place or 0, one.bid.number))


def _mean_of_totals(shown: list[LotStanding]) -> Fraction | None:
    """The exact mean, in cents, of the complete bids that are not excluded."""
    totals = [one.standing.evaluation_total for one in shown if one.standing.place is not None]
    cents = [total.cents for total in totals if total is not None]
    return Fraction(sum(cents), len(cents)) if cents else None


def _bidder(shown: LotStanding, mean: Fraction | None) -> BidderTotal:
    standing = shown.standing
    total, gap = standing.evaluation_total, standing.gap
    return BidderTotal(
        name=shown.bid.name,
        rank=standing.place,
        total=total,
        is_lowest=standing.place == 1,
        missing_prices=len(standing.completeness.missing),
        partial_sum=standing.partial_sum,
        from_mean=(total.cents - mean) / mean if total is not None and mean else None,
        from_estimate=_share(standing.deviation_from_estimate),
        gap_to_next=_share(gap.percent_of_next) if gap else None,
        warning=standing.clarification.text if standing.clarification else "",
        remark=_remark(shown),
    )


def _remark(shown: LotStanding) -> str:
    """How the bid stands, unless there is nothing to say; an exclusion with its reason."""
    exclusion = shown.bid.exclusion
    if exclusion is not None:
        return f"{shown.state}: {exclusion.reason}" if exclusion.reason else shown.state
    return "" if shown.state == COMPLETE else shown.state


def _position(prices: ComparedPrices, number: int, row: ComparisonRow, columns: list[int]) -> PositionPrices:
    line = prices.lines[number]
    return PositionPrices(
        number=line.number,
        title=line.title,
        quantity=row.position.quantity,
        unit=line.unit,
        prices=tuple(_offered(row.cells[column]) for column in columns),
        estimate=row.position.estimate,
        mean=None if row.mean is None else _readable(row.mean),
    )


def _offered(cell: Cell) -> OfferedPrice | None:
    if cell.unit_price is None or cell.total is None:
        return None
    return OfferedPrice(cell.unit_price, cell.total, cell.is_lowest, cell.share_from_mean, cell.share_from_estimate)


def _readable(mean: Fraction) -> UnitPrice:
    """The mean unit price rounded to four decimals, for reading only."""
    return UnitPrice(half_up(mean * 10**MEAN_DECIMALS) * (MILLION // 10**MEAN_DECIMALS))


def _share(percent: Fraction | None) -> Fraction | None:
    """A percentage as a share of one."""
    return None if percent is None else percent / 100


def _differences(
    prices: ComparedPrices, rows: list[tuple[int, ComparisonRow]], shown: list[LotStanding], columns: list[int]
) -> list[ArithmeticDifference]:
    """Every written total that is not quantity x unit price, position by position."""
    found = []
    for number, row in rows:
        for one, column in zip(shown, columns, strict=True):
            difference, computed = row.cells[column].written_difference, prices.comparison.recomputed[column][number]
            if difference is not None and computed is not None:
                line, product = prices.lines[number], Money(computed)
                place = f"{line.number} {line.title}"
                found.append(ArithmeticDifference(place, one.bid.name, product + difference, product, difference))
    return found


def price_lines(lot: str, priced: Iterable[PricedBid]) -> tuple[EvaluationPriceLine, ...]:
    """How the evaluation prices of one lot came about; the sum of an excluded or incomplete bid says why it is none."""
    found = []
    for bid in priced:
        if str(bid.lot) != lot:
            continue
        for line in bid.price.lines:
            amount = "fehlt" if line.amount is None else german(line.amount).replace("-", MINUS)
            found.append(EvaluationPriceLine(bid.name, line.title, line.text, amount))
        total = bid.price.total
        shown = "unvollständig" if total is None else german(exact(total))
        out = f"ausgeschlossen nach {bid.exclusion}" if bid.exclusion else ""
        found.append(EvaluationPriceLine(bid.name, "Wertungspreis", out, shown, is_total=True))
    return tuple(found)
