"""What keeps a comparison from being made, and a choice from being put on file."""

from collections.abc import Sequence
from fractions import Fraction

from procurement.evaluation.laboratory import FEWEST_BIDS, MOST_BIDS, MOST_VARIANTS, TriedBid
from procurement.evaluation.laboratory_comparison import Comparison, Experiment
from procurement.values.figures import short_german
from procurement.values.objection import Objection

LONGEST_REASON = 4000
LONGEST_NAME = 60
MOST_POINTS = 1_000_000
HIGHEST_EURO, CENTS = 100_000_000_000, 100


def objections_to_experiment(experiment: Experiment) -> list[Objection]:
    """Why these bids and methods cannot be compared."""
    if not 1 <= experiment.max_points <= MOST_POINTS:
        return [Objection(f"Erreichbar können 1 bis {_whole(MOST_POINTS)} Leistungspunkte sein.")]
    found = objections_to_bids(experiment.bids, experiment.max_points)
    if not experiment.variants:
        found.append(Objection("Bitte mindestens ein Verfahren wählen."))
    if len(experiment.variants) > MOST_VARIANTS:
        found.append(Objection(f"Verglichen werden höchstens {MOST_VARIANTS} Verfahren."))
    return found


def objections_to_bids(bids: Sequence[TriedBid], max_points: int) -> list[Objection]:
    """Too few or too many bids, a name twice, points that cannot be reached, a price that no formula can use."""
    found = []
    if len(bids) < FEWEST_BIDS:
        found.append(Objection(f"Zum Vergleichen braucht es mindestens {FEWEST_BIDS} angenommene Angebote."))
    if len(bids) > MOST_BIDS:
        found.append(Objection(f"Verglichen werden höchstens {MOST_BIDS} angenommene Angebote."))
    names = [bid.name for bid in bids]
    found += [
        Objection(f"„{name}“ kommt mehrfach vor. Bitte jedem Angebot einen eigenen Namen geben.")
        for name in sorted({name for name in names if names.count(name) > 1})
    ]
    for bid in bids:
        if len(bid.name) > LONGEST_NAME:
            found.append(Objection(f"„{bid.name[:20]}…“: Der Name darf höchstens {LONGEST_NAME} Zeichen haben."))
        if not 0 <= bid.points <= max_points:
            found.append(Objection(f"{bid.name}: Möglich sind 0 bis {_whole(max_points)} Leistungspunkte."))
        if bid.price.cents <= 0:
            found.append(Objection(f"{bid.name}: Der Preis muss größer als 0 € sein."))
        if bid.price.cents > HIGHEST_EURO * CENTS:
            found.append(Objection(f"{bid.name}: Der Preis darf höchstens {_whole(HIGHEST_EURO)} € sein."))
    return found


def objections_to_choosing(comparison: Comparison, chosen: int | None, reason: str, attainable: int) -> list[Objection]:
    """Why a choice cannot be put on file: nothing chosen, a method that could not be applied, no reason.

    ``attainable`` are the points that follow from the criteria; figures for any others would prove nothing.
    """
    found = []
    if comparison.max_points != attainable:
        text = (
            f"Verglichen wurde mit {_whole(comparison.max_points)} erreichbaren Leistungspunkten, nach den Kriterien "
            f"sind es {_whole(attainable)}. Bitte damit vergleichen oder zuerst die Summe der Gewichtungspunkte ändern."
        )
        found.append(Objection(text))
    if chosen is None or not 1 <= chosen <= len(comparison.columns):
        found.append(Objection("Bitte das Verfahren wählen, das bekannt gemacht werden soll.", "chosen"))
    elif comparison.columns[chosen - 1].problems:
        text = f"„{comparison.columns[chosen - 1].label}“ lässt sich so nicht anwenden. Bitte die Angaben ergänzen."
        found.append(Objection(text, "chosen"))
    if not reason.strip():
        found.append(Objection("Bitte begründen, warum dieses Verfahren zur Beschaffung passt.", "reason"))
    if len(reason) > LONGEST_REASON:
        found.append(Objection(f"Die Begründung darf höchstens {LONGEST_REASON} Zeichen haben.", "reason"))
    return found


def _whole(number: int) -> str:
    return short_german(Fraction(number))
