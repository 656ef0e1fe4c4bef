"""Forms of the tender itself: planning, changing, lots and lines, deadlines, publication, cancellation."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from procurement.core.forms import BaseForm, LabelledField, MomentField, QuantityField, UnitPriceField
from procurement.tenders.entries import JointLineEntry, TenderEntry
from procurement.tenders.kinds import ProcedureType
from procurement.tenders.lineage import PlannedLine
from procurement.tenders.queries_bill import LotSummary, ShownLine
from procurement.tenders.timetable import Deadlines
from procurement.values.money import UnitPrice
from procurement.values.payment import ContractTerm, Nature
from procurement.values.quantity import Quantity

LONGEST_TERM = 600
TERM_RANGE = _l("Bitte ganze Monate angeben, höchstens 600.")


class TenderForm(BaseForm):
    """What is entered about a tender."""

    reference = StringField(_l("Vergabenummer"), validators=[InputRequired(_l("Bitte eine Vergabenummer eingeben."))])
    title = StringField(_l("Titel"), validators=[InputRequired(_l("Bitte einen Titel eingeben."))])
    description = TextAreaField(_l("Beschreibung"), validators=[Optional()])
    procedure_type = LabelledField(_l("Verfahrensart"), ProcedureType)
    procedure_started_on = DateField(
        _l("Beginn des Verfahrens"),
        validators=[InputRequired(_l("Bitte den Tag angeben, an dem das Verfahren beginnt."))],
    )
    term_months = IntegerField(_l("Laufzeit"), validators=[Optional(), NumberRange(1, LONGEST_TERM, TERM_RANGE)])
    option_months = IntegerField(
        _l("Verlängerungsoptionen"), validators=[Optional(), NumberRange(0, LONGEST_TERM, TERM_RANGE)], default=0
    )
    has_total_price = BooleanField(_l("Für die Laufzeit wird ein Gesamtpreis vereinbart"), default=True)

    def entry(self) -> TenderEntry:
        """What was typed, as the action takes it."""
        return TenderEntry(
            reference=self.reference.data,
            title=self.title.data,
            description=self.description.data or "",
            procedure_type=self.procedure_type.data,
            procedure_started_on=self.procedure_started_on.data,
            term=ContractTerm(self.term_months.data, self.option_months.data or 0, self.has_total_price.data),
        )


class PlanForm(TenderForm):
    """The same with the articles of the round that go into this tender; all of them unless some are left out."""

    articles = SelectMultipleField(
        _l("Artikel dieser Ausschreibung"),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validators=[InputRequired(_l("Bitte mindestens einen Artikel auswählen."))],
    )

    def offer(self, lines: Sequence[PlannedLine]) -> None:
        """Offer the articles that are in no tender yet, all of them chosen at first."""
        self.articles.choices = [
            SelectChoice(line.article.article_id, f"{line.article.number} {line.article.title}") for line in lines
        ]
        if not self.is_submitted():
            self.articles.data = [line.article.article_id for line in lines]


class LotForm(BaseForm):
    """A lot's name."""

    title = StringField(_l("Bezeichnung des Loses"), validators=[InputRequired(_l("Bitte eine Bezeichnung eingeben."))])


class ChangeLotForm(LotForm):
    """A lot's name, and why it is not divided further."""

    merging_reason = TextAreaField(_l("Begründung, warum nicht weiter geteilt wird"), validators=[Optional()])


class JoinLotsForm(BaseForm):
    """Into which lot another is dissolved, and why."""

    into = SelectField(_l("Zusammenfassen mit"), coerce=int)
    reason = TextAreaField(_l("Begründung"), validators=[InputRequired(_l("Bitte die Zusammenfassung begründen."))])

    def offer(self, lots: Sequence[LotSummary], besides: int) -> None:
        """Offer every other lot."""
        self.into.choices = [
            SelectChoice(lot.id, f"Los {lot.number}: {lot.title}") for lot in lots if lot.id != besides
        ]


class JointLineForm(BaseForm):
    """A line no member asked for."""

    number = StringField(_l("Positionsnummer"), validators=[InputRequired(_l("Bitte eine Nummer eingeben."))])
    title = StringField(_l("Bezeichnung"), validators=[InputRequired(_l("Bitte eine Bezeichnung eingeben."))])
    quantity = QuantityField(_l("Menge"), validators=[InputRequired(_l("Bitte eine Menge eingeben."))])
    unit = StringField(
        _l("Einheit"), validators=[InputRequired(_l("Bitte eine Einheit eingeben, zum Beispiel Stück."))]
    )
    nature = LabelledField(_l("Zahlungsweise"), Nature)
    estimate_net = UnitPriceField(_l("Geschätzter Preis je Einheit (netto)"), validators=[Optional()])
    cpv = StringField(_l("CPV-Code"), validators=[Optional()])
    reason = TextAreaField(
        _l("Begründung"),
        validators=[InputRequired(_l("Bitte begründen, warum die Position ohne Bedarfsmeldung entsteht."))],
    )

    def entry(self) -> JointLineEntry:
        """What was typed, as the action takes it."""
        texts = {name: getattr(self, name).data or "" for name in ("number", "title", "unit", "reason", "cpv")}
        return JointLineEntry(
            quantity=self.quantity.data or Quantity(0),
            nature=self.nature.data,
            estimate_net=self.estimate_net.data,
            **texts,
        )


class DeadlinesForm(BaseForm):
    """The three ends that are published."""

    question_deadline_at = MomentField(
        _l("Frist für Bieterfragen"), validators=[InputRequired(_l("Bitte Datum und Uhrzeit angeben."))]
    )
    bid_deadline_at = MomentField(
        _l("Angebotsfrist"), validators=[InputRequired(_l("Bitte Datum und Uhrzeit angeben."))]
    )
    bid_validity_end_on = DateField(
        _l("Bindefrist bis"), validators=[InputRequired(_l("Bitte den letzten Tag der Bindefrist angeben."))]
    )

    def deadlines(self) -> Deadlines:
        """What was typed, as the action takes it."""
        return Deadlines(self.question_deadline_at.data, self.bid_deadline_at.data, self.bid_validity_end_on.data)


class ConfirmForm(BaseForm):
    """A decision that needs no further input than that it is meant."""


class CancelForm(BaseForm):
    """Why a plan is given up."""

    reason = TextAreaField(_l("Grund"), validators=[InputRequired(_l("Bitte den Grund angeben."))])


class EstimatesForm(BaseForm):
    """The estimated prices of the lines on one page; :func:`estimates_form` adds a field per line."""

    def prices(self) -> dict[int, UnitPrice | None]:
        """Line id to price; an emptied field takes the price away."""
        fields = {name: field for name, field in self._fields.items() if name.startswith("line_")}
        return {int(name.removeprefix("line_")): field.data for name, field in fields.items()}


def estimates_form(lines: Sequence[ShownLine], **source: Any) -> EstimatesForm:
    """A form with one price field per line; unless it was sent, it is filled with the present estimates."""
    fields = {
        f"line_{line.id}": UnitPriceField(
            _l("Schätzpreis Position %(number)s", number=line.number),
            validators=[Optional()],
            default=line.estimate_net,
        )
        for line in lines
    }
    form: EstimatesForm = type("EstimatesForm", (EstimatesForm,), fields)(**source)
    return form


class LotsPage:
    """The forms on the page of one lot: the one that was refused with its errors, the others as they are stored.

    The others must not look at what was sent: its fields are not theirs, and they would show up empty.
    """

    def __init__(
        self,
        shown: LotSummary | None,
        lots: Sequence[LotSummary],
        lines: Sequence[ShownLine],
        refused: Mapping[str, BaseForm] | None = None,
    ) -> None:
        sent = refused or {}
        self.new_lot = sent.get("new_lot") or LotForm(formdata=None, prefix="new_lot")
        self.change_lot = sent.get("change_lot") or ChangeLotForm(formdata=None, prefix="lot", obj=shown)
        self.join_lots = sent.get("join_lots") or JoinLotsForm(formdata=None, prefix="join")
        self.join_lots.offer(lots, shown.id if shown else 0)
        self.joint_line = sent.get("joint_line") or JointLineForm(formdata=None, prefix="line")
        self.estimates = sent.get("estimates") or estimates_form(lines, formdata=None)
