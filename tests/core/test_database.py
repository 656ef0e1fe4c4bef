"""The database on both engines: migrated as the models say, exact figures summed in SQL, moments in UTC."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from procurement.core.db import Base, Moment, MoneyColumn, QuantityColumn, UnitPriceColumn, db
from procurement.values.money import Money, UnitPrice
from procurement.values.quantity import Quantity

FIGURES = sa.table(
    "figures",
    sa.column("net", MoneyColumn()),
    sa.column("price", UnitPriceColumn()),
    sa.column("quantity", QuantityColumn()),
    sa.column("at", Moment()),
)


@pytest.fixture
def figures(context):
    stamp = "TIMESTAMPTZ" if db.engine.dialect.name == "postgresql" else "DATETIME"
    db.session.execute(
        sa.text(f"CREATE TEMPORARY TABLE figures (net BIGINT, price BIGINT, quantity BIGINT, at {stamp})")
    )
    yield FIGURES
    db.session.execute(sa.text("DROP TABLE figures"))


def test_the_migrations_make_exactly_the_tables_of_the_models(context):
    with db.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_the_migrations_have_one_head(app):
    folder = app.extensions["migrate"].directory
    assert len(ScriptDirectory(folder).get_heads()) == 1


def test_ten_cents_three_times_are_thirty_cents_in_sql(figures):
    # 0.10 + 0.10 + 0.10 is 0.30000000000000004 in binary floats
    for _ in range(3):
        db.session.execute(
            figures.insert().values(net=Money.of("0.10"), price=UnitPrice.of("0.000001"), quantity=Quantity.of("0.001"))
        )
    sums = sa.select(sa.func.sum(figures.c.net), sa.func.sum(figures.c.price), sa.func.sum(figures.c.quantity))
    assert db.session.execute(sums).one() == (Money(30), UnitPrice(3), Quantity(3))


def test_an_amount_of_trillions_comes_back_to_the_cent(figures):
    db.session.execute(figures.insert().values(net=Money.of("9999999999999.99")))
    assert db.session.execute(sa.select(figures.c.net)).scalar_one() == Money(999_999_999_999_999)


def test_a_moment_is_stored_in_utc_and_comes_back_aware(figures):
    summer_noon = datetime(2026, 7, 1, 12, 0, tzinfo=timezone(timedelta(hours=2)))
    db.session.execute(figures.insert().values(at=summer_noon))
    stored = db.session.execute(sa.select(figures.c.at)).scalar_one()
    assert (stored, stored.tzinfo) == (datetime(2026, 7, 1, 10, 0, tzinfo=UTC), UTC)


def test_a_moment_without_a_time_zone_is_refused(figures):
    with pytest.raises(sa.exc.StatementError, match="a moment needs a time zone"):
        db.session.execute(figures.insert().values(at=datetime(2026, 7, 1, 12, 0)))  # noqa: DTZ001 - that is the point


def test_a_reference_to_nothing_is_refused_by_the_database(context):
    with pytest.raises(sa.exc.IntegrityError):
        db.session.execute(
            sa.text("INSERT INTO assignment (account_id, role, member_id) VALUES (4711, 'officer', NULL)")
        )
