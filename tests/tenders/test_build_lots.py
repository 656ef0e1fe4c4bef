"""Lots by article group, region or size: shown before, exact after, and the same when built twice."""

import pytest

from procurement.core.errors import Conflict, Refused
from procurement.members.kinds import FigureKind
from procurement.tenders import actions_bill, actions_bundling, actions_lots, lot_plan, queries_bill, queries_lots
from procurement.tenders.lot_plan import LotBasis
from procurement.tenders.models import Tender
from procurement.values.money import Money
from tests.factories import bundling as bundles
from tests.factories import members as make
from tests.factories import tenders
from tests.factories.bundling import line


@pytest.fixture
def planned(context):
    """A1, A2, A3, P1, P2 for Ahaus and Borken (Kreis Borken) and Laer (Kreis Steinfurt)."""
    members = [
        make.member("Ahaus", district="Kreis Borken"), make.member("Borken", district="Kreis Borken"),
        make.member("Laer", district="Kreis Steinfurt"),
    ]  # fmt: skip
    for member, inhabitants in zip(members, (40_176, 25_000, 6_993), strict=True):
        make.figure(member, FigureKind.INHABITANTS, inhabitants)
    return bundles.planned(members=members)


def built(tender: Tender) -> list[tuple[str, dict[str, str]]]:
    """The lots with their lines and quantities, as stored."""
    return [
        (lot.title, {each.number: str(each.quantity) for each in queries_bill.line_page(lot.id, 1).lines})
        for lot in queries_bill.lots_of(tender.id)
    ]


def test_by_article_group_whole_lines_go_into_lots(planned):
    actions_bill.add_joint_line(planned.lots[0], tenders.joint_line(), by=make.officer())
    preview = queries_lots.planned_lots(planned.id, LotBasis.CATEGORY)
    assert [lot.title for lot in preview] == ["Netz", "Module", "Software", "Weitere Positionen"]
    # 6.5 × 25.00 + 4 × 240.00
    assert preview[0].value_net == Money.of("1122.50")
    assert preview[0].members == ["Ahaus", "Borken", "Laer"]
    actions_lots.build_lots(planned, LotBasis.CATEGORY, by=make.officer())
    assert built(planned) == [
        ("Netz", {"A1": "6.5", "A2": "4"}), ("Module", {"A3": "8"}), ("Software", {"P1": "2400", "P2": "100"}),
        ("Weitere Positionen", {"G-1": "5"}),
    ]  # fmt: skip


def test_by_region_each_line_is_split_by_its_members(planned):
    actions_lots.build_lots(planned, LotBasis.REGION, by=make.officer())
    region = [
        ("Kreis Borken", {"A1": "4", "A2": "4", "A3": "6", "P1": "1920", "P2": "100"}),
        ("Kreis Steinfurt", {"A1/2": "2.5", "A3/2": "2", "P1/2": "480"}),
    ]
    assert built(planned) == region
    assert bundles.shares(line(planned, "P1/2")) == {"Laer": "480"}
    actions_lots.build_lots(planned, LotBasis.REGION, by=make.officer())
    assert built(planned) == region
    actions_lots.build_lots(planned, LotBasis.CATEGORY, by=make.officer())
    assert built(planned)[2] == ("Software", {"P1": "2400", "P2": "100"})


def test_by_size_a_limit_belongs_to_the_class_below(planned):
    actions_lots.build_lots(planned, LotBasis.SIZE, by=make.officer())
    titles = ["Bis 10.000 Einwohner", "10.001 bis 25.000 Einwohner", "Über 25.000 Einwohner"]
    assert [title for title, _ in built(planned)] == titles
    assert built(planned)[1][1] == {"A2": "3", "A3/2": "6", "P2": "100"}


def test_the_preview_is_what_is_built_even_after_a_split_by_hand(planned):
    officer = make.officer()
    part = actions_bundling.bundled(line(planned, "A2")).shares[0]
    actions_bundling.split_line(line(planned, "A2"), {part.id: part.quantity}, planned.lots[0], by=officer)
    preview = queries_lots.planned_lots(planned.id, LotBasis.REGION)
    actions_lots.build_lots(planned, LotBasis.REGION, by=officer)
    shown = [(lot.title, sorted(str(part.quantity) for part in lot.parts)) for lot in preview]
    assert shown == [(title, sorted(lines.values())) for title, lines in built(planned)]


def test_a_change_meanwhile_and_wrong_limits_are_refused(planned):
    officer, seen = make.officer(), planned.version
    actions_bill.add_lot(planned, "Neu", by=officer)
    with pytest.raises(Conflict):
        actions_lots.build_lots(planned, LotBasis.CATEGORY, by=officer, seen_version=seen - 1)
    for wrong in ([], [25_000, 10_000], [0], [1, 2, 3, 4, 5, 6]):
        with pytest.raises(Refused, match="aufsteigend"):
            actions_lots.build_lots(planned, LotBasis.SIZE, wrong, by=officer)


def test_members_without_district_or_figure_are_not_lost(context):
    tender = bundles.planned()
    [region] = queries_lots.planned_lots(tender.id, LotBasis.REGION)
    [size] = queries_lots.planned_lots(tender.id, LotBasis.SIZE)
    assert (region.title, size.title) == (lot_plan.WITHOUT_DISTRICT, lot_plan.WITHOUT_FIGURE)
    assert all(part.is_whole for part in region.parts)
