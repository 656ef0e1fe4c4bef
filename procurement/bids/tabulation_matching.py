"""Whether a bid tabulation belongs to a tender: the same positions with the same quantities, and every bidder once."""

from collections.abc import Mapping

from procurement.bids.tabulation import Tabulation, TabulationBidder
from procurement.values.figures import german_decimal
from procurement.values.objection import Objection
from procurement.values.quantity import Quantity

SHOWN = 5


def objections_to_matching(tabulation: Tabulation, lines: Mapping[str, Quantity]) -> list[Objection]:
    """Why the tabulation cannot be taken over; ``lines`` maps the numbers of the tender's positions to quantities."""
    if tabulation.is_blocked:
        return [Objection(finding.message) for finding in tabulation.findings if finding.is_blocking]
    offered = {item.key: item.quantity for item in tabulation.items}
    names = [name_of(bidder) for bidder in tabulation.bidders]
    found = [
        *_named("Diese Positionen der Tabelle sind nicht ausgeschrieben", [key for key in offered if key not in lines]),
        *_named("Diese Positionen fehlen in der Tabelle", [key for key in lines if key not in offered]),
        *_named("Diese Bieter stehen mehrfach in der Tabelle", sorted({n for n in names if names.count(n) > 1})),
    ]
    for key, quantity in offered.items():
        if key in lines and lines[key] != quantity:
            wanted, written = german_decimal(lines[key].as_decimal()), german_decimal(quantity.as_decimal())
            found.append(Objection(f"Position {key}: ausgeschrieben sind {wanted}, in der Tabelle stehen {written}."))
    if not tabulation.bidders:
        found.append(Objection("Die Tabelle enthält keinen Bieter."))
    return found


def name_of(bidder: TabulationBidder) -> str:
    """The name under which a bidder of a tabulation is entered; some tables give only numbers."""
    return " ".join(bidder.name.split()) or f"Bieter {bidder.number}"


def _named(sentence: str, keys: list[str]) -> list[Objection]:
    if not keys:
        return []
    more = f" und {len(keys) - SHOWN} weitere" if len(keys) > SHOWN else ""
    return [Objection(f"{sentence}: {', '.join(keys[:SHOWN])}{more}.")]
