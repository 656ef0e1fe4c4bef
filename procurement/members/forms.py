"""Forms of this feature: sign-in, members, figures, accounts."""

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, PasswordField
from wtforms.validators import InputRequired

from procurement.core.forms import BaseForm


class SignInForm(BaseForm):
    """E-mail address and password."""

    email = EmailField(_l("E-Mail-Adresse"), validators=[InputRequired(_l("Bitte die E-Mail-Adresse eingeben."))])
    password = PasswordField(_l("Kennwort"), validators=[InputRequired(_l("Bitte das Kennwort eingeben."))])
