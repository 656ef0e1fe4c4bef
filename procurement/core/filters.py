"""How figures, dates and labels look on the screen: German, exact, with a true minus sign; never arithmetic."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from flask import Flask

from procurement.core import clock
from procurement.values.figures import german_decimal
from procurement.values.money import Money, UnitPrice
from procurement.values.quantity import Quantity
from procurement.values.rounding import half_up

MINUS = "−"
WEEKDAYS = ("Mo.", "Di.", "Mi.", "Do.", "Fr.", "Sa.", "So.")
SECONDS_PER_HOUR = 3600
HOURS_PER_DAY = 24
LONGEST_DECIMAL = 6


def _shown(number: Decimal) -> str:
    return german_decimal(number).replace("-", MINUS)


def euro(amount: Money | None) -> str:
    """An amount as ``1.234,56 €``."""
    return "" if amount is None else f"{_shown(amount.as_decimal())} €"


def amount(value: Money | None) -> str:
    """An amount without the sign of the currency, for columns whose head names it."""
    return "" if value is None else _shown(value.as_decimal())


def unit_price(price: UnitPrice | None) -> str:
    """A unit price with two to six decimals, without the sign of the currency."""
    return "" if price is None else _shown(price.as_decimal())


def quantity(value: Quantity | int | Decimal | None) -> str:
    """A quantity without needless zeros."""
    if value is None:
        return ""
    return _shown(value.as_decimal() if isinstance(value, Quantity) else Decimal(value))


def rounded(value: Fraction | int | Decimal | str | None, places: int = 2) -> str:
    """An exact value rounded half up for display only."""
    if value is None:
        return ""
    return _shown(Decimal(half_up(Fraction(value) * 10**places)).scaleb(-places))


def exact(value: Fraction | int | None) -> str:
    """A figure unrounded, for whoever checks it: as a short decimal where it has one, else as ``20.275/57``."""
    if value is None:
        return ""
    figure = Fraction(value)
    for places in range(LONGEST_DECIMAL + 1):
        if (figure * 10**places).denominator == 1:
            return rounded(figure, places)
    return f"{rounded(figure.numerator, 0)}/{rounded(figure.denominator, 0)}"


def percent(value: Fraction | Decimal | str | int | None, places: int = 1) -> str:
    """A percentage such as ``12,5 %``; the value is in percent already."""
    return "" if value is None else f"{rounded(value, places)} %"


def signed_percent(value: Fraction | None, places: int = 1) -> str:
    """A deviation with its sign, ``+3,2 %``."""
    if value is None:
        return ""
    return f"+{percent(value, places)}" if value > 0 else percent(value, places)


def signed_amount(value: Money | None) -> str:
    """A difference with its sign and without the currency, ``+12.400,00``; no difference has no sign."""
    if value is None:
        return ""
    return f"+{amount(value)}" if value > Money(0) else amount(value)


def day(value: date | None) -> str:
    """A day as ``Mo., 23.11.2026``."""
    return "" if value is None else f"{WEEKDAYS[value.weekday()]}, {value:%d.%m.%Y}"


def short_day(value: date | None) -> str:
    """A day as ``23.11.2026``."""
    return "" if value is None else f"{value:%d.%m.%Y}"


def moment(value: datetime | None) -> str:
    """A moment in full, on the Berlin clock: ``Mo., 23.11.2026, 12:00 Uhr``."""
    if value is None:
        return ""
    local = clock.in_berlin(value)
    return f"{day(local.date())}, {local:%H:%M} Uhr"


def exact_moment(value: datetime | None) -> str:
    """A moment to the second, for records: ``23.11.2026, 12:00:05 Uhr``."""
    return "" if value is None else f"{clock.in_berlin(value):%d.%m.%Y, %H:%M:%S} Uhr"


def remaining(deadline: datetime | None) -> str:
    """What remains until a deadline: ``noch 3 Tage``, ``noch 5 Stunden``, ``abgelaufen``."""
    if deadline is None:
        return ""
    seconds = int((deadline - clock.now()).total_seconds())
    if seconds <= 0:
        return "abgelaufen"
    days = (clock.in_berlin(deadline).date() - clock.today()).days
    if seconds >= HOURS_PER_DAY * SECONDS_PER_HOUR:
        return f"noch {days} Tage" if days != 1 else "noch 1 Tag"
    hours = seconds // SECONDS_PER_HOUR
    if hours >= 1:
        return f"noch {hours} Stunden" if hours != 1 else "noch 1 Stunde"
    return "noch weniger als 1 Stunde"


def label(value: Any) -> str:
    """The German label of a member of a closed list."""
    return "" if value is None else str(value.label)


def register(app: Flask) -> None:
    """Make every filter known to the templates."""
    shown = (euro, amount, unit_price, quantity, rounded, exact, percent, signed_percent, signed_amount, day, short_day)
    for display in (*shown, moment, exact_moment, remaining, label):
        app.jinja_env.filters[display.__name__] = display
