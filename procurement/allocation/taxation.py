"""VAT on an allocation: which case applies, and the tax of each case to the cent.

The rate is always an argument in percent: it is a statutory fact with a date, and the caller knows the service date.
The case depends on the position and the service date; the option of § 27 (22a) UStG ends on 2026-12-31.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from procurement.values.decimals import TYPE_ERROR
from procurement.values.label import Labelled
from procurement.values.money import Money
from procurement.values.rounding import half_up
from procurement.values.shares import Split, split

Percent = Fraction | Decimal


class MixedSigns(ValueError):
    """Some members owe net amounts and others get credits, so a tax total cannot follow the net shares."""


class VatCase(Labelled):
    """How value added tax reaches a member; case V3 (the member is the supplier's contract party) allocates nothing."""

    COST_GROSS = "cost_gross", "V1 – nicht steuerbar oder steuerfrei, Umsatzsteuer der Lieferanten ist Kosten"
    TAXED_19 = "taxed_19", "V2 – steuerpflichtige Leistung zum Regelsatz"

    @property
    def norm(self) -> str:
        """The paragraphs this case rests on, as cited in documents."""
        return NORMS[self]

    @property
    def reason(self) -> str:
        """One German sentence that says why the member is charged like this."""
        return REASONS[self]


NORMS = {
    VatCase.COST_GROSS: "§ 2b Abs. 1 und 3 UStG, bis 31.12.2026 auch § 27 Abs. 22a UStG, oder § 4 Nr. 29 UStG",
    VatCase.TAXED_19: "§ 1 Abs. 1 Nr. 1, § 2b Abs. 1 Satz 2, § 12 Abs. 1 UStG",
}
REASONS = {
    VatCase.COST_GROSS: (
        "Die Weiterbelastung ist nicht steuerbar oder steuerfrei. Der Verband kann keine Vorsteuer abziehen; "
        "die Umsatzsteuer der Lieferanten wird im Verhältnis der Nettoanteile als Kosten verteilt."
    ),
    VatCase.TAXED_19: (
        "Die Weiterbelastung ist eine steuerpflichtige Leistung. Der Verband zieht die Vorsteuer ab; "
        "die Umsatzsteuer wird je Mitglied vom Nettobetrag berechnet und kaufmännisch auf Cent gerundet."
    ),
}


def vat_on(net: Money, rate: Percent) -> Money:
    """The tax on one net amount at ``rate`` percent, rounded half up to the cent."""
    if isinstance(rate, float):
        raise TypeError(TYPE_ERROR)
    return Money(half_up(net.cents * Fraction(rate) / 100))


def supplier_vat_split(net_shares: Sequence[Money], rate: Percent, keys: Sequence[str]) -> Split:
    """Case V1: the tax on the whole supplier net, split by the members' net shares of exactly those costs.

    Raise :class:`MixedSigns` if some net shares are negative and others positive, and
    :class:`~procurement.values.shares.WeightsSumToZero` if all are zero.
    """
    cents = [net.cents for net in net_shares]
    if min(cents, default=0) < 0 < max(cents, default=0):
        raise MixedSigns(
            "Die Umsatzsteuer der Lieferanten lässt sich nicht verteilen: Einige Mitglieder haben eine Gutschrift, "
            "andere eine Belastung. Rechnen Sie Gutschriften in einer eigenen Kostenaufteilung ab."
        )
    supplier_vat = vat_on(Money.total(net_shares), rate)
    return split(supplier_vat.cents, [abs(net) for net in cents], keys)
