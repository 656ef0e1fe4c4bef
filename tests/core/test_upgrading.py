"""An installation of the first release keeps every row when it is brought up to date."""

import shutil
import uuid

import pytest
import sqlalchemy as sa
from flask_migrate import downgrade, upgrade

from procurement import create_app
from procurement.core.db import db
from tests.conftest import settings_for

FIRST_RELEASE = "0002"
MEMBER = "id, key, name, sort_key, kind, district, population_basis, version"
ACCOUNT = "id, email, name, password_hash, is_active, is_demonstration, created_at, version"
ROUND = "id, reference, title, description, state, deadline_at, created_by_id, version"
ARTICLE = "id, round_id, position, number, title, category, unit, nature, cpv, explanation"
ITEM = "id, demand_id, article_id, minimum, expected, maximum, note"
ROWS = (
    f"member ({MEMBER}) VALUES (1, '05554004', 'Ahaus', 'ahaus', 'municipality', 'Borken', 'own', 1)",
    f"account ({ACCOUNT}) VALUES (1, 'a@b.example', 'Anna', 'x', {{true}}, {{false}}, '2026-05-01 08:00:00', 1)",
    f"demand_round ({ROUND}) VALUES (1, 'BR-1', 'Runde', '', 'closed', '2026-05-02 08:00:00', 1, 1)",
    f"article ({ARTICLE}) VALUES (1, 1, 1, 'A-1', 'Gerät', '', 'Stück', 'one_off', '', '')",
    "demand (id, round_id, member_id, state, revision, version) VALUES (1, 1, 1, 'frozen', 1, 1)",
    f"demand_item ({ITEM}) VALUES (1, 1, 1, 1000, 2000, 3000, '')",
)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def old_installation(request, tmp_path):
    """An application whose database stands at the first release, with one report in it."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'old.sqlite3'}"
    else:
        url = request.getfixturevalue("cluster").create_database(f"upgrading_{uuid.uuid4().hex}")
    app = create_app(settings_for(tmp_path, url))
    with app.app_context():
        upgrade(revision=FIRST_RELEASE)
        true, false = ("1", "0") if request.param == "sqlite" else ("true", "false")
        with db.engine.begin() as connection:
            for row in ROWS:
                connection.execute(sa.text(f"INSERT INTO {row}".format(true=true, false=false)))
        yield app
        db.session.remove()
        db.engine.dispose()
    shutil.rmtree(tmp_path, ignore_errors=True)


def test_a_report_of_the_first_release_is_still_there_with_everything_it_points_at(old_installation):
    upgrade()
    found = "SELECT d.expected, a.number, m.name FROM demand_item d JOIN article a ON a.id = d.article_id"
    joined = f"{found} JOIN demand e ON e.id = d.demand_id JOIN member m ON m.id = e.member_id"
    with db.engine.connect() as connection:
        assert connection.execute(sa.text(joined)).all() == [(2000, "A-1", "Ahaus")]


def test_the_way_back_to_the_first_release_keeps_the_report_too(old_installation):
    upgrade()
    downgrade(revision=FIRST_RELEASE)
    with db.engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT expected FROM demand_item")) == 2000
