"""A fresh installation on SQLite in a temporary folder, with a browser in which somebody is signed in."""

import uuid
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade

from procurement import create_app
from procurement.audit.actor import COMMAND_LINE
from procurement.config import Settings
from procurement.core.access import Role
from procurement.core.db import transaction
from procurement.members.actions_accounts import assign_role, create_account
from procurement.members.models import Account, Member

PASSWORD = "nur-fuer-Messungen-2026"  # noqa: S105 - of an account that lives as long as the measurement
SECRET = "only-for-measuring-" * 3


@dataclass(frozen=True, slots=True)
class Installation:
    """The application and the file its data lie in."""

    app: Flask
    database: Path

    @classmethod
    def in_folder(cls, folder: Path) -> "Installation":
        """Make a migrated, empty one."""
        database = folder / "bench.sqlite3"
        settings = Settings(
            instance=folder,
            secret_key=SECRET,
            database_url=f"sqlite:///{database}",
            password_memory_kib=8,
            password_iterations=1,
        )
        app = create_app(settings)
        app.config.update(WTF_CSRF_ENABLED=False)
        with app.app_context():
            upgrade()
        return cls(app, database)

    def person(self, role: Role, member: Member | None = None) -> Account:
        """An account with a role; inside a transaction."""
        made = create_account(role.label, f"{role.value}@bench.example", PASSWORD, by=COMMAND_LINE)
        assign_role(made, role, member, by=COMMAND_LINE)
        return made

    def browser(self, role: Role) -> FlaskClient:
        """A browser in which the person of this role is signed in."""
        client = self.app.test_client()
        fields = {"email": f"{role.value}@bench.example", "password": PASSWORD, "idempotency_key": uuid.uuid4().hex}
        answer = client.post("/members/login", data=fields)
        if answer.status_code != 303:  # noqa: PLR2004 - see other: signed in
            raise RuntimeError(f"signing in answered {answer.status_code}")
        return client


__all__ = ["Installation", "transaction"]
