"""Forms of the catalogue: one article, the filter of the list."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Form, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from procurement.catalogue.entries import CatalogueEntry
from procurement.catalogue.queries import CatalogueFilter
from procurement.core.forms import BaseForm, LabelledField, UnitPriceField
from procurement.values.payment import Nature


class CatalogueArticleForm(BaseForm):
    """An article of the catalogue."""

    number = StringField(_l("Artikelnummer"))
    title = StringField(_l("Bezeichnung"))
    category_code = StringField(_l("Kürzel der Warengruppe"))
    category = StringField(_l("Warengruppe"))
    unit = StringField(_l("Einheit"))
    nature = LabelledField(_l("Zahlweise"), Nature)
    cpv = StringField(_l("CPV-Code"), validators=[Optional()])
    price_from_net = UnitPriceField(_l("Üblicher Preis netto von"), validators=[Optional()])
    price_to_net = UnitPriceField(_l("Üblicher Preis netto bis"), validators=[Optional()])
    contract_form = StringField(_l("Vertragsform"), validators=[Optional()])
    suggested_key = StringField(_l("Vorgeschlagener Verteilungsschlüssel"), validators=[Optional()])

    def entry(self) -> CatalogueEntry:
        """The article as entered."""
        texts = ("number", "category_code", "category", "title", "unit", "cpv", "contract_form", "suggested_key")
        return CatalogueEntry(
            nature=self.nature.data,
            price_from_net=self.price_from_net.data,
            price_to_net=self.price_to_net.data,
            **{name: self._fields[name].data or "" for name in texts},
        )


class CatalogueFilterForm(Form):
    """What the reader looks for; a plain form, because a filter changes nothing."""

    q = StringField(_l("Suchen"))
    category = SelectField(_l("Warengruppe"), default="", validate_choice=False)
    inactive = BooleanField(_l("auch außer Gebrauch"))

    def offer(self, categories: list[tuple[str, str]]) -> None:
        """Set the choice of categories."""
        named = [SelectChoice(code, f"{code} – {name}") for code, name in categories]
        self.category.choices = [SelectChoice("", _l("alle")), *named]

    def wanted(self) -> CatalogueFilter:
        """The filter these fields describe."""
        return CatalogueFilter(self.category.data or "", self.q.data or "", with_inactive=bool(self.inactive.data))
