"""The form of the evaluation price: announced parts as a table, discount rate, skonto, variants."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FieldList, Form, FormField, IntegerField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from procurement.core.forms import BaseForm, LabelledField
from procurement.tenders.forms_scoring import PercentTextField
from procurement.tenders.models import Tender
from procurement.tenders.price_terms import PartKind, PricePart, PriceTerms, from_stored
from procurement.tenders.variants import LONGEST_REQUIREMENTS, Variants

BLANK_ROWS = 3
MOST_ROWS = 60


class PartRow(Form):  # type: ignore[misc]
    """One announced part; a row without number and title is left out."""

    number = StringField(_l("Nr."))
    title = StringField(_l("Bezeichnung"))
    kind = LabelledField(_l("Art"), PartKind, default=PartKind.OPTION)
    lot = IntegerField(_l("Nur Los"), validators=[Optional()])
    percent = PercentTextField(_l("Zählt zu %"))
    duration = IntegerField(_l("Monate oder Jahre"), validators=[Optional()])

    def is_blank(self) -> bool:
        """Whether nobody wrote anything into this row."""
        return not any((field.data or "").strip() for field in (self.number, self.title))

    def part(self) -> PricePart:
        """What the row says; a percentage counts for options only, a duration for everything else."""
        is_option = self.kind.data is PartKind.OPTION
        return PricePart(
            number=(self.number.data or "").strip(),
            title=(self.title.data or "").strip(),
            kind=self.kind.data,
            lot=self.lot.data,
            percent=(self.percent.data or "") if is_option else "",
            duration=None if is_option else self.duration.data,
        )


class PriceTermsForm(BaseForm):
    """Everything announced about the evaluation price, with some blank rows at the end."""

    rows = FieldList(FormField(PartRow), max_entries=MOST_ROWS)
    rate_percent = PercentTextField(_l("Zinssatz des Barwerts"))
    skonto_percent = PercentTextField(_l("Ein angebotenes Skonto zählt zu"))
    skonto_days = IntegerField(_l("wenn die Zahlungsfrist mindestens beträgt"), validators=[Optional()])
    admits_variants = BooleanField(_l("Nebenangebote sind zugelassen"))
    variant_requirements = TextAreaField(
        _l("Mindestanforderungen an Nebenangebote"), validators=[Optional(), Length(max=LONGEST_REQUIREMENTS)]
    )

    def terms(self) -> PriceTerms:
        """What was entered about the price."""
        parts = tuple(row.form.part() for row in self.rows if not row.form.is_blank())
        rate, skonto = self.rate_percent.data or "", self.skonto_percent.data or ""
        return PriceTerms(parts, rate, skonto, self.skonto_days.data)

    def variants(self) -> Variants:
        """What was entered about variants."""
        return Variants(bool(self.admits_variants.data), self.variant_requirements.data or "")


def price_terms_form(tender: Tender) -> PriceTermsForm:
    """The form with what is stored and blank rows for more, whatever was sent."""
    terms = from_stored(tender.price_terms)
    rows: list[dict[str, Any]] = [{name: getattr(part, name) for name in PricePart.__slots__} for part in terms.parts]
    return PriceTermsForm(
        formdata=None,
        data={
            "rows": rows + [{}] * BLANK_ROWS,
            "rate_percent": terms.rate_percent,
            "skonto_percent": terms.skonto_percent,
            "skonto_days": terms.skonto_days,
            "admits_variants": tender.admits_variants,
            "variant_requirements": tender.variant_requirements,
            "version": str(tender.version),
        },
    )
