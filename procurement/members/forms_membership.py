"""Forms of a member's exit and of its succession."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from procurement.core.forms import BaseForm, LabelledField
from procurement.members.actions import FigureEntry
from procurement.members.kinds import FigureKind, MemberKind, PopulationBasis
from procurement.members.membership import SuccessionEntry

FIGURES = {"inhabitants": FigureKind.INHABITANTS, "clients": FigureKind.CLIENTS}


class SuccessionForm(BaseForm):
    """The successor of the chosen members, and what a person enters as its figures."""

    name = StringField(_l("Name"), validators=[InputRequired(_l("Bitte den Namen angeben.")), Length(max=120)])
    key = StringField(
        _l("Neuer Gemeindeschlüssel (AGS)"),
        validators=[InputRequired(_l("Bitte den neuen Schlüssel angeben.")), Length(max=20)],
    )
    kind = LabelledField(_l("Art"), MemberKind)
    district = StringField(_l("Kreis"), validators=[Optional(), Length(max=80)])
    population_basis = LabelledField(_l("Zählung beim Einwohnerschlüssel"), PopulationBasis)
    on = DateField(_l("Wirksam ab"), validators=[InputRequired(_l("Bitte den Tag angeben."))])
    reason = TextAreaField(_l("Anlass"), validators=[InputRequired(_l("Bitte den Anlass angeben."))])
    inhabitants = IntegerField(_l("Einwohner"), validators=[Optional(), NumberRange(min=0)])
    inhabitants_on = DateField(_l("Einwohner, Stichtag"), validators=[Optional()])
    inhabitants_source = StringField(_l("Einwohner, Quelle"), validators=[Optional(), Length(max=200)])
    clients = IntegerField(_l("Clients"), validators=[Optional(), NumberRange(min=0)])
    clients_on = DateField(_l("Clients, Stichtag"), validators=[Optional()])
    clients_source = StringField(_l("Clients, Quelle"), validators=[Optional(), Length(max=200)])

    def entry(self) -> SuccessionEntry:
        """The successor as entered."""
        return SuccessionEntry(
            key=self.key.data,
            name=self.name.data,
            on=self.on.data,
            reason=self.reason.data,
            kind=self.kind.data,
            district=self.district.data or "",
            population_basis=self.population_basis.data,
        )

    def figures(self) -> list[FigureEntry]:
        """The figures a person entered; an empty value is none."""
        return [
            FigureEntry(
                kind, self[f"{name}_on"].data or self.on.data, self[name].data, self[f"{name}_source"].data or ""
            )
            for name, kind in FIGURES.items()
            if self[name].data is not None
        ]
