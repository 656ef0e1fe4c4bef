"""How figures, dates and times are written on paper: German, exact, the same on every machine.

Written by hand instead of with a locale library, whose data may change between versions: an issued document must be
reproducible to the byte. A no-break space stands before each unit; negative figures carry a true minus sign.
"""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from zoneinfo import ZoneInfo

from procurement.values.decimals import unscaled
from procurement.values.figures import german_decimal
from procurement.values.money import Money, UnitPrice
from procurement.values.quantity import Quantity
from procurement.values.rounding import half_up_quotient

BERLIN = ZoneInfo("Europe/Berlin")
MINUS = "−"
NO_BREAK_SPACE = "\u00a0"
NOTHING = "–"


def decimal(number: Decimal) -> str:
    """An exact decimal as ``1.234,56``, with the decimals it has."""
    return german_decimal(number).replace("-", MINUS)


def amount(money: Money) -> str:
    """Euros without the sign for the currency, for columns: ``1.234,56``."""
    return decimal(money.as_decimal())


def euro(money: Money) -> str:
    """Euros with their sign: ``1.234,56 €``."""
    return f"{amount(money)}{NO_BREAK_SPACE}€"


def difference(money: Money) -> str:
    """A difference in euros with its sign; ``0,00`` has none."""
    return f"+{amount(money)}" if money.cents > 0 else amount(money)


def unit_price(price: UnitPrice) -> str:
    """Euros per unit, two to six decimals."""
    return decimal(price.as_decimal())


def quantity(measure: Quantity) -> str:
    """A quantity without needless zeros; the unit stands beside it."""
    return decimal(measure.as_decimal())


def count(number: int) -> str:
    """A whole number with thousands marks."""
    return decimal(Decimal(number))


def percent(share: Fraction, places: int = 6) -> str:
    """A share as ``18,928241 %``, rounded half up for display only."""
    return _percentage(half_up_quotient(share.numerator * 100 * 10**places, share.denominator), places)


@lru_cache(maxsize=8192)
def _percentage(scaled: int, places: int) -> str:
    return f"{decimal(unscaled(scaled, places))}{NO_BREAK_SPACE}%"


def deviation(share: Fraction | None, places: int = 1) -> str:
    """A relative deviation with its sign: ``+3,2 %``; a dash if there is nothing to compare with."""
    if share is None:
        return NOTHING
    written = percent(share, places)
    return f"+{written}" if share > 0 and written.strip("0,% " + NO_BREAK_SPACE) else written


def fraction(weight: int, total: int) -> str:
    """A share as the fraction of the weights that are printed beside it, not reduced."""
    return f"{count(weight)}/{count(total)}"


def day(on: date) -> str:
    """``23.11.2026``."""
    return f"{on.day:02d}.{on.month:02d}.{on.year:04d}"


def moment(at: datetime) -> str:
    """``23.11.2026, 10:42 Uhr`` in German time; raise :class:`ValueError` for a time without zone."""
    local = in_berlin(at)
    return f"{day(local.date())}, {local.hour:02d}:{local.minute:02d}{NO_BREAK_SPACE}Uhr"


def in_berlin(at: datetime) -> datetime:
    """The same moment on a German clock; raise :class:`ValueError` for a time without zone."""
    if at.tzinfo is None:
        raise ValueError(f"A document needs times with a zone, not {at.isoformat()}.")
    return at.astimezone(BERLIN)


def period(start: date, end: date) -> str:
    """``01.01.2027 bis 31.12.2027``."""
    return f"{day(start)} bis {day(end)}"
