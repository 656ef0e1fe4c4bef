"""The filter above the list of documents."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import Form, SelectField
from wtforms.fields.choices import SelectChoice

from procurement.documents.kinds import DocumentKind
from procurement.documents.queries import DocumentFilter


class DocumentsForm(Form):
    """What the reader looks for; a plain form, because a filter changes nothing."""

    tender = SelectField(_l("Ausschreibung"), validate_choice=False)
    kind = SelectField(_l("Art"), validate_choice=False)

    def offer(self, tenders: Sequence[tuple[int, str, str]], kinds: Sequence[DocumentKind]) -> None:
        """Fill the lists with what there is to find."""
        known = [SelectChoice(str(number), f"{reference} {title}") for number, reference, title in tenders]
        self.tender.choices = [SelectChoice("", _l("alle")), *known]
        self.kind.choices = [SelectChoice("", _l("alle")), *(SelectChoice(k.value, k.label) for k in kinds)]

    def wanted(self) -> DocumentFilter:
        """The filter these fields describe; unusable input filters nothing."""
        number = self.tender.data or ""
        kinds = {kind.value: kind for kind in DocumentKind}
        return DocumentFilter(int(number) if number.isdecimal() else None, kinds.get(self.kind.data or ""))
