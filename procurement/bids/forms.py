"""Forms about bids: bidders, receipt with one price sheet per lot, the password at the opening, and what follows it."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired, MultipleFileField
from wtforms import BooleanField, PasswordField, SelectField, StringField, TextAreaField
from wtforms.validators import Email, InputRequired, Length, Optional

from procurement.bids.entries import BidderEntry
from procurement.bids.exclusion import grounds
from procurement.core.forms import BaseForm, MomentField


class BidderForm(BaseForm):
    """A bidder as it signs its bids."""

    name = StringField(
        _l("Name oder Firma"),
        validators=[InputRequired(_l("Bitte den Namen des Bieters angeben.")), Length(max=200)],
    )
    street = StringField(_l("Straße und Hausnummer"), validators=[Optional(), Length(max=120)])
    postcode = StringField(_l("Postleitzahl"), validators=[Optional(), Length(max=10)])
    city = StringField(_l("Ort"), validators=[Optional(), Length(max=80)])
    email = StringField(
        _l("E-Mail-Adresse"),
        validators=[Optional(), Email(_l("Bitte eine E-Mail-Adresse wie name@beispiel.de angeben.")), Length(max=200)],
    )

    def entry(self) -> BidderEntry:
        """What was entered."""
        names = ("name", "street", "postcode", "city", "email")
        return BidderEntry(**{name: (self._fields[name].data or "") for name in names})


def _chosen(value: Any) -> int | None:
    """The id of a choice; nothing for the line that asks to choose."""
    return int(value) if str(value).isdigit() else None


class ReceiptForm(BaseForm):
    """A bid as it came in; the fields for the price sheets are added per lot by :func:`receipt_form`."""

    bidder = SelectField(_l("Bieter"), coerce=_chosen, validators=[InputRequired(_l("Bitte den Bieter wählen."))])
    is_variant = BooleanField(_l("Es ist ein Nebenangebot"))
    received_at = MomentField(_l("Eingang"), validators=[Optional()])
    proof = StringField(_l("Nachweis des Eingangs"), validators=[Optional(), Length(max=400)])
    files = MultipleFileField(_l("Weitere Unterlagen"), validators=[Optional()])

    sheet_fields: Sequence[tuple[int, str]] = ()

    def offer(self, bidders: Sequence[tuple[int, str]]) -> None:
        """Fill the choice of bidders."""
        self.bidder.choices = [("", _l("Bitte wählen")), *bidders] if bidders else []

    def sheets(self) -> list[Any]:
        """The fields for price sheets, lot by lot, for the template."""
        return [self._fields[name] for _lot_id, name in self.sheet_fields]

    def uploads(self) -> list[tuple[int | None, str, bytes]]:
        """Lot id (``None`` for other documents), name and bytes of every chosen file; nothing is looked into."""
        chosen: list[tuple[int | None, Any]]
        chosen = [(lot_id, self._fields[name].data) for lot_id, name in self.sheet_fields]
        chosen += [(None, upload) for upload in self.files.data or []]
        return [(lot_id, upload.filename, upload.read()) for lot_id, upload in chosen if upload and upload.filename]


def receipt_form(lots: Sequence[tuple[int, int, str]], bidders: Sequence[tuple[int, str]]) -> ReceiptForm:
    """The form for a tender with these lots (id, number, title)."""
    fields = {
        f"sheet_{lot_id}": FileField(_l("Preisblatt Los %(number)s: %(title)s", number=number, title=title))
        for lot_id, number, title in lots
    }
    names = [(lot_id, f"sheet_{lot_id}") for lot_id, _number, _title in lots]
    form: ReceiptForm = type("LotReceiptForm", (ReceiptForm,), {**fields, "sheet_fields": names})()
    form.offer(bidders)
    return form


class ReleaseForm(BaseForm):
    """The password typed again, which unlocks the officer's opening key for this one step."""

    password = PasswordField(_l("Ihr Anmeldekennwort"), validators=[InputRequired(_l("Bitte Ihr Kennwort eingeben."))])


class ExclusionForm(BaseForm):
    """Excluding a bid under one of the known grounds."""

    norm = SelectField(_l("Ausschlussgrund"), validators=[InputRequired(_l("Bitte den Ausschlussgrund wählen."))])
    reason = TextAreaField(
        _l("Begründung"), validators=[InputRequired(_l("Bitte den Ausschluss begründen.")), Length(max=4000)]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.norm.choices = [("", _l("Bitte wählen")), *((norm, f"{words} ({norm})") for norm, words in grounds())]


class ExcuseForm(BaseForm):
    """Recording that the bidder is not to blame for being late."""

    reason = TextAreaField(
        _l("Warum der Bieter die Verspätung nicht zu vertreten hat"),
        validators=[InputRequired(_l("Bitte eine Begründung angeben.")), Length(max=4000)],
    )


class CorrectedSheetForm(BaseForm):
    """A corrected price sheet after the opening."""

    lot = SelectField(_l("Los"), coerce=int)
    sheet = FileField(_l("Berichtigtes Preisblatt"), validators=[FileRequired(_l("Bitte die Datei wählen."))])
    reason = TextAreaField(_l("Anlass"), validators=[InputRequired(_l("Bitte den Anlass angeben.")), Length(max=2000)])

    def offer(self, lots: Sequence[tuple[int, str]]) -> None:
        """Fill the choice of lots."""
        self.lot.choices = list(lots)
