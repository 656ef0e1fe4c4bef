"""Why this amount? The formula of every cell with the figures put in, and the sentences around it.

Only stored figures are put into words; nothing is calculated anew, so the explanation cannot differ from the table.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from procurement.allocation.keys import AllocationKey
from procurement.allocation.run_figures import BlockFigures, PotFigures, ProofRow, RunFigures
from procurement.allocation.taxation import VatCase
from procurement.values.figures import german, percent, short_german
from procurement.values.money import Money

MINUS = "−"


@dataclass(frozen=True, slots=True)
class Step:
    """One pot of a cell: what it is, its formula with figures, the result, and what to know about it."""

    title: str
    formula: str
    amount: Money
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CellExplanation:
    """One cell of the table: the steps add up to the amount."""

    title: str
    member: str
    amount: Money
    reason: str
    steps: tuple[Step, ...]
    sum_formula: str = ""


def euro(amount: Money) -> str:
    """An amount in a sentence: ``6.426,14 €``, with a true minus sign."""
    return f"{german(Fraction(amount.cents, 100))} €".replace("-", MINUS)


def cell(figures: RunFigures, block: int, member: int) -> CellExplanation:
    """The calculation of one block for one member, both by their place; :class:`IndexError` if there is none."""
    part, person = figures.blocks[block], figures.members[member]
    amount = part.amounts[member]
    steps = tuple(_step(part, pot, member) for pot in part.pots if _counts(part, pot.rows[member]))
    return CellExplanation(
        title=f"Kostenblock {part.block.number}: {part.block.title}",
        member=person.name,
        amount=amount,
        reason=part.block.reason,
        steps=steps,
        sum_formula=_sum_of([step.amount for step in steps], amount) if len(steps) > 1 else "",
    )


def tax_cell(figures: RunFigures, member: int) -> CellExplanation:
    """The calculation of the tax, or tax burden, of one member by its place."""
    person, case = figures.members[member], figures.given.vat_case
    rate = short_german(Fraction(figures.given.vat_rate_percent))
    if case is VatCase.TAXED_19:
        formula = f"{euro(person.net)} × {rate} % = {euro(person.vat)}"
        step = Step("Umsatzsteuer auf den Nettobetrag", formula, person.vat, ("Kaufmännisch auf Cent gerundet.",))
    elif figures.vat_pot is None:
        step = Step("Umsatzsteuer der Lieferanten", f"0,00 € × {rate} % = 0,00 €", person.vat)
    else:
        taxed = f"{rate} % von {euro(figures.supplier_net)} = {euro(figures.vat_pot.total)}"
        row = figures.vat_pot.rows[member]
        step = Step("Umsatzsteuer der Lieferanten", formula_of(figures.vat_pot, row), person.vat, (
            f"Umsatzsteuer auf alle Rechnungen: {taxed}.",
            "Gewicht ist der Nettoanteil des Mitglieds an diesen Rechnungen in Cent.",
            *_cent_notes(figures.vat_pot, row),
        ))  # fmt: skip
    return CellExplanation(f"Umsatzsteuer, Fall {case.label[:2]}", person.name, person.vat, case.reason, (step,))


def formula_of(pot: PotFigures, row: ProofRow) -> str:
    """``3.395.000 ct × 51.803 ÷ 273.681 = 642.613 Rest 216.547 → +1 ct = 6.426,14 €``."""
    cents, weight, total = _whole(abs(pot.total.cents)), _whole(row.weight), _whole(pot.total_weight)
    exact = f"{_whole(row.floor)} Rest {_whole(row.remainder)} → +{row.extra} ct"
    return f"{cents} ct × {weight} ÷ {total} = {exact} = {euro(row.amount)}"


def _step(block: BlockFigures, pot: PotFigures, member: int) -> Step:
    row = pot.rows[member]
    notes = [*_origin(block, pot, member), *_cent_notes(pot, row)]
    return Step(_title(block, pot), formula_of(pot, row), row.amount, tuple(notes))


def _counts(block: BlockFigures, row: ProofRow) -> bool:
    """Lines of which the member took nothing are left out, unless it took nothing at all."""
    took_any = block.block.key is not AllocationKey.ACTUAL_QUANTITY or bool(row.weight)
    return took_any or len(block.pots) == 1


def _title(block: BlockFigures, pot: PotFigures) -> str:
    if pot.line is not None:
        return f"Position {pot.label}"
    return f"Teiltopf {pot.code}: {pot.label}" if pot.percent is not None else block.block.key.label


def _origin(block: BlockFigures, pot: PotFigures, member: int) -> list[str]:
    """Where the amount of the pot and the weight come from."""
    if pot.line is not None:
        count, price = _decimal(pot.line.full_quantity.as_decimal()), _decimal(pot.line.unit_price.as_decimal())
        product = f"{count} {pot.line.unit} × {price} €"
        if pot.line.counts_written_total:
            return [f"Rechnungsbetrag der Position: {euro(pot.total)} laut Angebot ({product}; der Gesamtbetrag gilt)."]
        return [f"Rechnungsbetrag der Position: {product} = {euro(pot.total)}."]
    notes = []
    if pot.percent is not None:
        notes.append(f"{percent(pot.percent / 100)} von {euro(block.net)} = {euro(pot.total)}.")
    weight, total = _whole(pot.rows[member].weight), _whole(pot.total_weight)
    return [*notes, f"Gewicht: {weight} von {total} ({pot.unit})."]


def _cent_notes(pot: PotFigures, row: ProofRow) -> list[str]:
    """Who gets the missing cents, in words."""
    missing = pot.extra_cents
    if not missing:
        return ["Die Division geht bei allen Mitgliedern auf; kein Cent bleibt übrig."]
    count = "fehlt 1 Cent; er geht" if missing == 1 else f"fehlen {missing} Cent; sie gehen einzeln"
    rests = "den größten Rest" if missing == 1 else "die größten Reste"
    ending = "Dieses Mitglied ist dabei." if row.extra else "Dieses Mitglied ist nicht dabei."
    notes = [f"Nach dem Abrunden {count} an {rests}. {ending}"]
    won, lost = ({other.remainder for other in pot.rows if other.extra == extra} for extra in (1, 0))
    if won & lost:
        notes.append("Bei gleichem Rest entscheidet das größere Gewicht, danach der kleinere Gemeindeschlüssel.")
    return notes


def _sum_of(amounts: list[Money], total: Money) -> str:
    return f"{' + '.join(euro(amount) for amount in amounts)} = {euro(total)}"


def _whole(number: int) -> str:
    return german(Fraction(number), 0)


def _decimal(number: Decimal) -> str:
    """A quantity or unit price with exactly the decimals it has."""
    return german(Fraction(number), max(0, -int(number.as_tuple().exponent)))
