"""Forms of this feature: sign-in, members, figures, accounts, the association's letterhead."""

from datetime import date

from flask_babel import lazy_gettext as _l
from wtforms import DateField, EmailField, IntegerField, PasswordField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from procurement.core.forms import BaseForm, LabelledField
from procurement.core.permissions import Role
from procurement.members.actions import FigureEntry, MemberEntry
from procurement.members.kinds import FigureKind, MemberKind, PopulationBasis


def _required(what: str) -> InputRequired:
    return InputRequired(_l("Bitte ausfüllen: %(what)s.", what=what))


class SignInForm(BaseForm):
    """E-mail address and password."""

    email = EmailField(_l("E-Mail-Adresse"), validators=[InputRequired(_l("Bitte die E-Mail-Adresse eingeben."))])
    password = PasswordField(_l("Kennwort"), validators=[InputRequired(_l("Bitte das Kennwort eingeben."))])


class MemberForm(BaseForm):
    """A member of the association."""

    key = StringField(
        _l("Gemeindeschlüssel (AGS) oder eigener Schlüssel"), validators=[_required("Schlüssel"), Length(max=20)]
    )
    name = StringField(_l("Name"), validators=[_required("Name"), Length(max=120)])
    kind = LabelledField(_l("Art"), MemberKind)
    district = StringField(_l("Kreis"), validators=[Optional(), Length(max=80)])
    population_basis = LabelledField(_l("Zählung beim Einwohnerschlüssel"), PopulationBasis)
    routing_id = StringField(_l("Leitweg-ID"), validators=[Optional(), Length(max=50)])
    joined_on = DateField(_l("Mitglied seit"), validators=[Optional()])

    def entry(self, left_on: date | None = None) -> MemberEntry:
        """What was entered; the day of an exit is recorded with its reason on a page of its own and only kept here."""
        return MemberEntry(
            key=self.key.data.strip(),
            name=self.name.data.strip(),
            kind=self.kind.data,
            district=(self.district.data or "").strip(),
            population_basis=self.population_basis.data,
            routing_id=(self.routing_id.data or "").strip() or None,
            joined_on=self.joined_on.data,
            left_on=left_on,
        )


class FigureForm(BaseForm):
    """A dated reference figure."""

    kind = LabelledField(_l("Kennzahl"), FigureKind)
    value = IntegerField(
        _l("Wert"), validators=[InputRequired(_l("Bitte eine ganze Zahl eingeben.")), NumberRange(min=0)]
    )
    reference_date = DateField(_l("Stichtag"), validators=[_required("Stichtag")])
    source = StringField(_l("Quelle"), validators=[_required("Quelle"), Length(max=200)])
    census_basis = StringField(_l("Zensusbasis"), validators=[Optional(), Length(max=60)])

    def entry(self) -> FigureEntry:
        """What was entered."""
        return FigureEntry(
            kind=self.kind.data,
            reference_date=self.reference_date.data,
            value=self.value.data,
            source=self.source.data.strip(),
            census_basis=(self.census_basis.data or "").strip(),
        )


class AccountForm(BaseForm):
    """A new account; its first role is given at once, a mere substitute has none."""

    name = StringField(_l("Name"), validators=[_required("Name"), Length(max=200)])
    email = EmailField(_l("E-Mail-Adresse"), validators=[_required("E-Mail-Adresse"), Length(max=200)])
    password = PasswordField(_l("Erstes Kennwort"), validators=[_required("Kennwort")])
    role = SelectField(
        _l("Rolle"),
        choices=[
            *(SelectChoice(role.value, role.label) for role in Role),
            SelectChoice("", _l("keine, nur für Vertretungen")),
        ],
    )
    member = SelectField(_l("Mitglied (nur bei IT-Leitung)"), coerce=int, validate_choice=True)


class RoleForm(BaseForm):
    """A further role of an account."""

    role = LabelledField(_l("Rolle"), Role)
    member = SelectField(_l("Mitglied (nur bei IT-Leitung)"), coerce=int)


class ResetPasswordForm(BaseForm):
    """A new password set by the administration."""

    password = PasswordField(_l("Neues Kennwort"), validators=[_required("Kennwort")])


class OwnPasswordForm(BaseForm):
    """Changing the own password."""

    old_password = PasswordField(_l("Bisheriges Kennwort"), validators=[_required("bisheriges Kennwort")])
    password = PasswordField(_l("Neues Kennwort"), validators=[_required("neues Kennwort")])
    repeated = PasswordField(_l("Neues Kennwort wiederholen"), validators=[_required("Wiederholung")])

    def validate_repeated(self, field: PasswordField) -> None:
        """Both entries of the new password must be the same."""
        if field.data != self.password.data:
            raise ValueError(_l("Die beiden Eingaben des neuen Kennworts unterscheiden sich."))


class AssociationForm(BaseForm):
    """What the letterhead says."""

    name = StringField(_l("Name des Verbands"), validators=[_required("Name"), Length(max=200)])
    short_name = StringField(_l("Kurzname"), validators=[_required("Kurzname"), Length(max=40)])
    street = StringField(_l("Straße und Hausnummer"), validators=[Optional(), Length(max=120)])
    postcode = StringField(_l("Postleitzahl"), validators=[Optional(), Length(max=10)])
    city = StringField(_l("Ort"), validators=[Optional(), Length(max=80)])
    contact = StringField(_l("Ansprechstelle für Rückfragen"), validators=[Optional(), Length(max=200)])
    legal_basis = TextAreaField(_l("Rechtsgrundlage der Kostenverteilung"), validators=[Optional()])

    def details(self) -> dict[str, str]:
        """Everything but the two names."""
        names = ("street", "postcode", "city", "contact", "legal_basis")
        return {name: (self._fields[name].data or "").strip() for name in names}
