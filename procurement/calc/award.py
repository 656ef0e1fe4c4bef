"""``flask calc award``: who gets which lot under limits and rebates, as a JSON request and a JSON answer.

Prices are euro with at most two decimals, as text (``"178000.00"``) or whole numbers; a JSON number with a point has
been a binary float and is refused. ``limit`` is one number for all bidders or an object with a number per bidder; lots
and limits may be numbers or text. ``mode`` says how rebates count: ``none``, ``frankfurt`` (the rebated price must not
be above any other bid without rebate, in each lot of the package), ``combination``.

Besides the fields of the task the request may hold ``volumes`` (``{"bidder", "least", "discount"}``: a share off all
lots won, from so many lots on), ``linked`` (lists of bidders that share one limit) and ``capacity``
(``{"lots": {lot: need}, "bidders": {bidder: cap}}``). A rebate is rounded half up to the cent, once per package. A
bidder gets the highest rebate that its lots earn, never two. Lots without a bid or beyond all limits are awarded to
nobody (null) and stand in ``unawarded``; more awarded lots come before a lower total.
"""

import re
from collections.abc import Mapping
from fractions import Fraction

from procurement.calc.errors import BadInput
from procurement.calc.score import EXACT_TEXT, MOST_DIGITS, Answer
from procurement.evaluation.lot_award import Award, LotCase, Rebate, Volume, amount_of
from procurement.evaluation.lot_award_determination import Determination, LimitCost, determined
from procurement.evaluation.lot_award_milp import NoDistribution
from procurement.tenders.lot_rules import LotMode
from procurement.values.figures import fixed

FIELDS = ("lots", "bids", "packages", "limit", "mode", "volumes", "linked", "capacity")
PACKAGE_FIELDS = ("bidder", "lots", "discount")
VOLUME_FIELDS = ("bidder", "least", "discount")
CENTS = 100
MOST_LOTS = 1000
HIGHEST = 10**10
FINEST = 1000
WHOLE_TEXT = re.compile(r"[0-9]{1,9}")


def answer(request: object) -> Answer:
    """Answer one request with award, total and proof; raise :class:`BadInput` naming the place."""
    fields = _object("", request, FIELDS)
    for field in ("lots", "bids"):
        if field not in fields:
            raise BadInput(field, "Das Feld fehlt.")
    lots = _lots("lots", fields["lots"])
    prices = _prices(fields["bids"], lots)
    needs, capacities = _capacity(fields.get("capacity"), lots, prices)
    case = LotCase(
        lots=lots,
        prices=prices,
        packages=_packages(fields.get("packages"), prices),
        volumes=_volumes(fields.get("volumes"), prices),
        limits=_limits(fields.get("limit"), prices),
        linked=_linked(fields.get("linked"), prices),
        mode=_mode(fields),
        needs=needs,
        capacities=capacities,
    )
    try:
        return _answer(case, determined(case))
    except NoDistribution as error:
        raise BadInput("", str(error)) from error


def _object(path: str, given: object, allowed: tuple[str, ...] | None = None) -> Mapping[str, object]:
    if not isinstance(given, dict):
        what = f" mit {', '.join(allowed)}" if allowed else ""
        raise BadInput(path, f"Hier muss ein JSON-Objekt{what} stehen.")
    for field in given:
        if allowed and field not in allowed:
            place = f"{path}.{field}" if path else str(field)
            raise BadInput(place, f"Dieses Feld ist unbekannt. Erlaubt sind {', '.join(allowed)}.")
    return given


def _list(path: str, given: object) -> list[object]:
    """A list; absent and null are the same as an empty one."""
    if given is None:
        return []
    if not isinstance(given, list):
        raise BadInput(path, "Hier muss eine Liste stehen.")
    return given


def _lots(path: str, given: object) -> tuple[str, ...]:
    found: list[str] = []
    for index, named in enumerate(_list(path, given)):
        lot = str(named) if isinstance(named, int) and not isinstance(named, bool) else named
        if not isinstance(lot, str) or not lot:
            raise BadInput(f"{path}[{index}]", 'Ein Los ist ein Text wie "1".')
        if lot in found:
            raise BadInput(f"{path}[{index}]", f"Das Los {lot} kommt mehrfach vor.")
        found.append(lot)
    if not found:
        raise BadInput(path, "Bitte mindestens ein Los angeben.")
    if len(found) > MOST_LOTS:
        raise BadInput(path, f"Es sind höchstens {MOST_LOTS} Lose möglich.")
    return tuple(found)


def _prices(given: object, lots: tuple[str, ...]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for bidder, bids in _object("bids", given).items():
        if not bidder:
            raise BadInput("bids", "Ein Bieter braucht einen Namen.")
        found[bidder] = {}
        for lot, price in _object(f"bids.{bidder}", bids).items():
            path = f"bids.{bidder}.{lot}"
            if lot not in lots:
                raise BadInput(path, f"Das Los {lot} gibt es nicht. Angegeben sind {', '.join(lots)}.")
            if price is not None:
                found[bidder][lot] = _cents(path, price)
    return found


def _cents(path: str, given: object) -> int:
    cents = _number(path, given) * CENTS
    if cents < 0:
        raise BadInput(path, "Ein Preis ist nicht negativ.")
    if cents.denominator != 1:
        raise BadInput(path, "Ein Preis hat höchstens zwei Nachkommastellen.")
    if cents >= HIGHEST * CENTS:
        raise BadInput(path, "Ein Preis liegt unter 10 Milliarden Euro.")
    return cents.numerator


def _number(path: str, given: object) -> Fraction:
    if isinstance(given, bool) or not isinstance(given, (int, str)):
        raise BadInput(
            path,
            'Hier muss eine ganze Zahl oder ein Text wie "178000.00" stehen. Zahlen mit Nachkommastellen müssen als '
            "Text angegeben werden, sonst wären sie binär gerundet.",
        )
    text = str(given)
    if len(text) > MOST_DIGITS:
        raise BadInput(path, f"Die Zahl ist zu lang. Erlaubt sind höchstens {MOST_DIGITS} Zeichen.")
    if not EXACT_TEXT.fullmatch(text):
        raise BadInput(path, f'"{text}" ist keine Zahl. Schreiben Sie Ziffern mit Dezimalpunkt wie "178000.00".')
    numerator, _, denominator = text.partition("/")
    return Fraction(numerator) / int(denominator or 1)


def _bidder(path: str, given: object, prices: Mapping[str, Mapping[str, int]]) -> str:
    if not isinstance(given, str) or given not in prices:
        raise BadInput(path, f"Diesen Bieter gibt es nicht. Angegeben sind {', '.join(prices)}.")
    return given


def _discount(path: str, given: object) -> Fraction:
    share = _number(path, given)
    if not 0 <= share <= 1:
        raise BadInput(path, 'Ein Nachlass ist ein Anteil von 0 bis 1, zum Beispiel "0.06" für 6 %.')
    return share


def _packages(given: object, prices: Mapping[str, Mapping[str, int]]) -> tuple[Rebate, ...]:
    found = []
    for index, one in enumerate(_list("packages", given)):
        path = f"packages[{index}]"
        fields = _complete(path, one, PACKAGE_FIELDS)
        bidder = _bidder(f"{path}.bidder", fields["bidder"], prices)
        lots = _lots(f"{path}.lots", fields["lots"])
        for place, lot in enumerate(lots):
            if lot not in prices[bidder]:
                raise BadInput(f"{path}.lots[{place}]", f"{bidder} hat für Los {lot} keinen Preis angegeben.")
        found.append(Rebate(bidder, lots, _discount(f"{path}.discount", fields["discount"])))
    return tuple(found)


def _volumes(given: object, prices: Mapping[str, Mapping[str, int]]) -> tuple[Volume, ...]:
    found = []
    for index, one in enumerate(_list("volumes", given)):
        path = f"volumes[{index}]"
        fields = _complete(path, one, VOLUME_FIELDS)
        bidder = _bidder(f"{path}.bidder", fields["bidder"], prices)
        least = _count(f"{path}.least", fields["least"])
        found.append(Volume(bidder, least, _discount(f"{path}.discount", fields["discount"])))
    return tuple(found)


def _complete(path: str, given: object, names: tuple[str, ...]) -> Mapping[str, object]:
    fields = _object(path, given, names)
    for name in names:
        if name not in fields:
            raise BadInput(f"{path}.{name}", "Das Feld fehlt.")
    return fields


def _count(path: str, given: object) -> int:
    count = int(given) if isinstance(given, str) and WHOLE_TEXT.fullmatch(given) else given
    if isinstance(count, bool) or not isinstance(count, int) or count < 1:
        raise BadInput(path, "Hier muss eine ganze Zahl ab 1 stehen.")
    return min(count, MOST_LOTS)


def _limits(given: object, prices: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    if given is None:
        return {}
    if isinstance(given, dict):
        named = {_bidder(f"limit.{name}", name, prices): most for name, most in given.items() if most is not None}
        return {bidder: _count(f"limit.{bidder}", most) for bidder, most in named.items()}
    return dict.fromkeys(prices, _count("limit", given))


def _linked(given: object, prices: Mapping[str, Mapping[str, int]]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(
            _bidder(f"linked[{index}][{place}]", name, prices)
            for place, name in enumerate(_list(f"linked[{index}]", group))
        )
        for index, group in enumerate(_list("linked", given))
    )


def _capacity(
    given: object, lots: tuple[str, ...], prices: Mapping[str, object]
) -> tuple[dict[str, Fraction], dict[str, Fraction]]:
    """What each lot needs and what each bidder has."""
    if given is None:
        return {}, {}
    fields = _complete("capacity", given, ("lots", "bidders"))
    return _figures("lots", fields["lots"], lots), _figures("bidders", fields["bidders"], tuple(prices))


def _figures(part: str, given: object, known: tuple[str, ...]) -> dict[str, Fraction]:
    path = f"capacity.{part}"
    found = {name: _number(f"{path}.{name}", figure) for name, figure in _object(path, given, known).items()}
    for name, figure in found.items():
        if figure < 0:
            raise BadInput(f"{path}.{name}", "Eine Kapazität ist nicht negativ.")
        if figure >= HIGHEST or figure.denominator > FINEST:
            raise BadInput(
                f"{path}.{name}", "Erlaubt sind Zahlen unter 10 Milliarden mit höchstens drei Nachkommastellen."
            )
    return found


def _mode(fields: Mapping[str, object]) -> LotMode:
    """Without a mode no rebates count; whoever states rebates has to say how they count."""
    given = fields.get("mode")
    if given is None and not fields.get("packages") and not fields.get("volumes"):
        return LotMode.NONE
    by_value = {mode.value: mode for mode in LotMode}
    if not isinstance(given, str) or given not in by_value:
        raise BadInput("mode", f"Hier muss eines von {', '.join(by_value)} stehen.")
    return by_value[given]


def _answer(case: LotCase, found: Determination) -> Answer:
    search = found.search
    return {
        "award": dict(zip(case.lots, found.award, strict=True)),
        "total": _euro(found.total),
        "optimal": found.is_optimal,
        "unique": found.is_unique,
        "method": found.method,
        "unawarded": [lot for lot, bidder in zip(case.lots, found.award, strict=True) if bidder is None],
        "rebates": [_rebate(case, rebate) for rebate in found.rebates],
        "equal_awards": [dict(zip(case.lots, award, strict=True)) for award in found.equals],
        "bound": None if found.bound is None else _euro(found.bound),
        "brute_force": {"total": _euro(search.total), "tried": search.tried, "agrees": found.is_confirmed}
        if search
        else None,
        "without_limit": {
            "award": dict(zip(case.lots, found.unlimited.best[0], strict=True)),
            "total": _euro(found.unlimited.total),
        },
        "limits": [_limit(limit) for limit in found.limits],
        "lot_by_lot": _by_hand(case, found.by_hand, found.by_hand_total),
    }


def _rebate(case: LotCase, rebate: Rebate) -> Answer:
    amount = _euro(amount_of(case, rebate))
    return {"bidder": rebate.bidder, "lots": list(rebate.lots), "discount": str(rebate.discount), "amount": amount}


def _limit(cost: LimitCost) -> Answer:
    return {
        "bidders": list(cost.limit.bidders),
        "limit": cost.limit.most,
        "opportunity_cost": None if cost.cost is None else _euro(cost.cost),
        "displaced": [{"lot": lot, "bidder": bidder} for lot, bidder in cost.displaced],
    }


def _by_hand(case: LotCase, award: Award, total: Fraction) -> Answer:
    return {"award": dict(zip(case.lots, award, strict=True)), "total": _euro(total)}


def _euro(cents: Fraction) -> str:
    return fixed(cents / CENTS, 2)
