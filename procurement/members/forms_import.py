"""Forms of the imports: the file itself, and how it writes its numbers if that is not clear."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from procurement.core.forms import BaseForm
from procurement.values.number_text import NumberStyle


class UploadForm(BaseForm):
    """One file to look at before anything is taken over."""

    file = FileField(_l("Datei"), validators=[FileRequired(_l("Bitte die Datei wählen."))])

    def content_and_name(self) -> tuple[bytes, str]:
        """The bytes and the name of the file; large uploads lie in a temporary file, which is closed here."""
        upload = self.file.data
        with upload.stream:
            return upload.read(), upload.filename or ""


class StyleForm(BaseForm):
    """How the file writes its numbers; sent without a token, because stating it only changes what the preview shows."""

    class Meta:
        """No token: nothing is changed."""

        csrf = False

    style = SelectField(
        _l("Die Datei schreibt Zahlen als"),
        default="",
        choices=[
            SelectChoice("", _l("Bitte wählen")),
            *(SelectChoice(style.value, style.label) for style in NumberStyle),
        ],
    )

    def stated(self) -> NumberStyle | None:
        """The style a person stated; nothing if none or an unknown one was."""
        return NumberStyle(self.style.data) if self.validate() and self.style.data else None
