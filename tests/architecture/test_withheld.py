"""Two envelopes and § 6 VgV on every page there is: what an evaluator and somebody with a conflict never read.

One officer is an evaluator of every procedure and has submitted nothing; another declared a conflict in all of them.
"""

import io
import re
import zipfile

import pytest
import sqlalchemy as sa

from procurement.bids.models import BidPrice
from procurement.core import clock
from procurement.core.db import db
from procurement.tenders.models import LotItem, Tender
from procurement.tenders.models_panel import ConflictDeclaration, PanelMember
from procurement.values.money import Money
from tests.architecture import test_scope as scope
from tests.factories import everything
from tests.factories import members as make

ONE_ENGINE = pytest.mark.parametrize("installation", ["sqlite"], indirect=True)
CLOSED = {"tenders", "bids", "examination", "evaluation", "awarding", "allocation", "contracts", "documents"}
LOOKED_AT = CLOSED | {"home", "audit"}
INVENTED = {"evaluation.laboratory"}  # hypothetical bids, before publication
# Where the declaration stands; lists in which the procedures concerned are left out; the demand before any procedure.
LISTS = {"tenders.index", "allocation.index", "contracts.index", "documents.index", "bids.bidders"}
DEMAND = {"adjust", "adjustment", "round_changes", "change", "lineage_of_item", "watch", "plan", "rules_in_force"}
OPEN = LISTS | {"evaluation.panel"} | {f"tenders.{name}" for name in DEMAND}
FIGURE = re.compile(r"\d+(?:\.\d{3})*(?:[,.]\d+)?")
SMALL = 1000


@pytest.fixture
def place(app, saved):
    """One of everything, an evaluator at work and a person with a conflict of interest, and the prices of all bids."""
    with saved():
        members = make.pilot_members()[:3]
        leads, officers = [make.lead(member) for member in members[:2]], (make.officer(), make.officer())
        token = everything.one_of_everything(everything.people(*leads, members[2], officers))
        evaluator, conflicted = make.officer("Eva Wertung"), make.officer("Karl Konflikt")
        for tender in db.session.scalars(sa.select(Tender)).all():
            named = {"named_by_id": conflicted.id, "named_at": clock.now()}
            db.session.add(PanelMember(tender=tender, account=evaluator, **named))
            told = {"has_conflict": True, "text": "Verwandt", "declared_at": clock.now()}
            db.session.add(ConflictDeclaration(tender=tender, account=conflicted, **told))
        people = evaluator.id, conflicted.id
    with app.app_context():
        addresses = [one for one in scope._addresses(app, token) if one[0].partition(".")[0] in LOOKED_AT]
        return [one for one in addresses if one[0] not in INVENTED], *people, _prices()


def _prices():
    """What the lines and lots of all bids cost, as pages and files write it; not what an estimate comes to as well."""
    query = sa.select(BidPrice.bid_id, LotItem.lot_id, BidPrice.unit_price_net, LotItem.estimate_net, LotItem.quantity)
    offered, estimated, sums = set(), set(), {}
    for bid_id, lot_id, price, estimate, quantity in db.session.execute(query.join(LotItem)):
        for unit, found in ((price, offered), (estimate, estimated)):
            total = unit.times(quantity) if unit else Money(0)
            found |= {total.as_decimal(), unit.as_decimal() if unit else total.as_decimal()}
            key = found is offered, bid_id, lot_id
            sums[key] = sums.get(key, Money(0)) + total
    offered |= {money.as_decimal() for (is_offered, *_key), money in sums.items() if is_offered}
    estimated |= {money.as_decimal() for (is_offered, *_key), money in sums.items() if not is_offered}
    return {text for price in offered - estimated if price > SMALL for text in _written(price)}


def _written(price):
    """6,000.00 as German text, as decimal text, and 6,000.50 as a workbook keeps it."""
    german = f"{price:,.2f}".translate(str.maketrans(",.", ".,"))
    short = f"{price.normalize():f}"
    return german, f"{price:.2f}", *([short] if "." in short else [])


def _text(answer):
    """What can be read of an answer: a page, the text of a PDF, the cells of a workbook, the files of an archive."""
    if answer.data.startswith(b"PK"):
        return _unpacked(answer.data)
    return scope._text(answer)


def _unpacked(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        text = " ".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return re.sub(r"<v>(\d+)</v>", r"\1.00 ", text)  # a workbook keeps 6,000.00 as 6000


def _opened(window, addresses, prices):
    """Every address that opens, with the prices of bids that can be read there."""
    for endpoint, address in addresses:
        answer = window.get(address)
        if answer.status_code == 200:
            yield endpoint, address, sorted(prices & set(FIGURE.findall(_text(answer))))


@ONE_ENGINE
def test_prices_stay_hidden_from_an_evaluator_at_work_and_everything_from_a_conflict_of_interest(place, browser):
    addresses, evaluator, conflicted, prices = place
    assert len(prices) > 10
    assert [found for found in _opened(browser(evaluator), addresses, prices) if found[-1]] == []
    reached = [
        (endpoint, address)
        for endpoint, address, found in _opened(browser(conflicted), addresses, prices)
        if found or (endpoint.partition(".")[0] in CLOSED and endpoint not in OPEN)
    ]
    assert reached == []
