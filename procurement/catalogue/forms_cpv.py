"""The form that takes the official CPV list."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired

from procurement.core.forms import BaseForm


class ListForm(BaseForm):
    """One file to look at before anything is taken over."""

    file = FileField(_l("Datei"), validators=[FileRequired(_l("Bitte die Datei wählen."))])

    def content_and_name(self) -> tuple[bytes, str]:
        """The bytes and the name of the file; large uploads lie in a temporary file, which is closed here."""
        upload = self.file.data
        with upload.stream:
            return upload.read(), upload.filename or ""
