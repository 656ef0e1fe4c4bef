"""What is entered about a catalogue article, as typed, before any rule looked at it."""

from dataclasses import dataclass, replace

from procurement.values.money import UnitPrice
from procurement.values.payment import Nature, Period, period_of_unit


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """An article of the catalogue; prices are net per unit. The unit says what period a price is for."""

    number: str
    category_code: str
    category: str
    title: str
    unit: str
    nature: Nature = Nature.ONE_OFF
    cpv: str = ""
    price_from_net: UnitPrice | None = None
    price_to_net: UnitPrice | None = None
    contract_form: str = ""
    suggested_key: str = ""

    @property
    def period(self) -> Period:
        """The period of the prices, named by the unit: ``Nutzer/Monat`` is a price per month."""
        return period_of_unit(self.unit)

    def stripped(self) -> "CatalogueEntry":
        """The same without spaces around its texts, the CPV code without its check digit."""
        texts = {name: getattr(self, name).strip() for name in TEXTS}
        return replace(self, **(texts | {"cpv": texts["cpv"].partition("-")[0]}))


TEXTS = ("number", "category_code", "category", "title", "unit", "cpv", "contract_form", "suggested_key")
