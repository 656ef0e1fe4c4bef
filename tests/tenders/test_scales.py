"""Published scales: free points, named steps, stated figures; what is frozen with them. All figures by hand."""

import re
from fractions import Fraction

import pytest
import sqlalchemy as sa

from procurement.core.db import db
from procurement.core.errors import Refused
from procurement.tenders import actions_publication, actions_scales, queries, queries_publication
from procurement.tenders.criteria_entries import CriterionEntry, objections_to_rows, readable_scale
from procurement.tenders.criteria_scales import (
    FREE,
    Direction,
    FigureScale,
    Step,
    StepScale,
    as_text,
    figure_text,
    objection_to_points,
    objections_to_scale,
    scale_of,
    worded,
)
from procurement.tenders.kinds import CriterionKind
from procurement.tenders.models import AwardCriterion
from tests.factories import members as make
from tests.factories import tenders
from tests.page_reading import seen_on

STEPS = StepScale(tuple(Step(points, f"Ziel {points}") for points in (0, 3, 5, 8, 10)))
MORE = FigureScale("Gbit/s", Direction.HIGHER, Fraction(0))
LESS = FigureScale("Stunden", Direction.LOWER, Fraction(2))


@pytest.mark.parametrize("scale", [FREE, STEPS, MORE, LESS], ids=lambda scale: scale.kind.value)
def test_a_scale_is_read_back_from_its_text(scale):
    assert scale_of(as_text(scale)) == scale


def test_the_free_scale_has_no_text_so_that_earlier_publications_keep_their_hash():
    assert as_text(FREE) == ""


@pytest.mark.parametrize("text", ["{}", "[]", "nichts", '{"kind":"figure","unit":"h"}', '{"kind":"steps","steps":[7]}'])
def test_a_text_that_is_no_scale_is_refused(text):
    assert readable_scale(CriterionEntry("K1", "A", scale=text)) is None
    assert "Bewertungsskala ist nicht lesbar" in objections_to_rows([CriterionEntry("K1", "A", scale=text)])[0].text


def test_points_between_two_steps_are_refused_with_the_steps_that_exist():
    assert objection_to_points(STEPS, 5) == ""
    sentence = "Veröffentlicht sind nur die Stufen 0, 3, 5, 8 und 10. Bitte eine davon vergeben."
    assert [objection_to_points(STEPS, points) for points in (4, 11, None)] == [sentence] * 3
    assert objection_to_points(FREE, 4) == ""
    assert "ganze Punkte von 0 bis 10" in objection_to_points(FREE, 11)
    assert "werden daraus berechnet" in objection_to_points(MORE, 5)


@pytest.mark.parametrize(
    ("scale", "best", "figure", "points"),
    [
        (MORE, 100, 100, "10"),
        (MORE, 100, 80, "8"),
        (MORE, 100, 0, "0"),
        (MORE, 2000, 5, "0.03"),  # 0.025 exactly: half up, where banker's rounding says 0.02
        (MORE, 0, 0, "10"),  # nobody offers any: nobody is worse than the best
        (LESS, 20, 20, "10"),
        (LESS, 20, 30, "5"),
        (LESS, 30, 40, "6.67"),  # 10 × (60 − 40) / 30
        (LESS, 20, 40, "0"),  # twice the best
        (LESS, 20, 50, "0"),  # and not less than nothing beyond
        (LESS, 0, 1, "0"),
        (FigureScale("W", Direction.LOWER, Fraction(3, 2)), 20, 25, "5"),  # zero at 30
        (FigureScale("J", Direction.HIGHER, Fraction(1, 2)), 10, 6, "2"),  # zero at 5
    ],
)
def test_a_stated_figure_earns_points_on_a_straight_line_from_the_best(scale, best, figure, points):
    assert scale.points(Fraction(figure), Fraction(best)) == Fraction(points)


def test_the_best_figure_is_the_largest_or_the_smallest():
    assert MORE.best([Fraction(3), Fraction(7)]) == 7
    assert LESS.best([Fraction(3), Fraction(7)]) == 3


@pytest.mark.parametrize(
    ("scale", "part"),
    [
        (StepScale((Step(10, "alles"),)), "mindestens 2 Stufen"),
        (StepScale((Step(5, "a"), Step(3, "b"), Step(10, "c"))), "von wenig nach viel"),
        (StepScale((Step(3, "a"), Step(3, "b"), Step(10, "c"))), "nur eine Stufe"),
        (StepScale((Step(0, "a"), Step(11, "b"))), "von 0 bis 10"),
        (StepScale((Step(0, "a"), Step(8, "b"))), "oberste Stufe muss 10 Punkte"),
        (StepScale((Step(0, " "), Step(10, "b"))), "Zielerreichungsgrad"),
        (FigureScale("", Direction.LOWER, Fraction(2)), "Einheit"),
        (FigureScale("h", Direction.LOWER, Fraction(1)), "über dem 1-Fachen"),
        (FigureScale("h", Direction.HIGHER, Fraction(1)), "bis unter 1-Fachen"),
    ],
)
def test_a_scale_that_cannot_be_published_is_refused(scale, part):
    assert part in objections_to_scale(scale, "K1")[0].text


@pytest.mark.parametrize(
    ("typed", "stored"), [("12,5", "12.5"), ("1.500", "1500"), ("1 500,25", "1500.25"), ("0.5", "0.5"), (" ", None)]
)
def test_a_figure_is_typed_as_germans_write_it(typed, stored):
    assert figure_text(typed) == stored


@pytest.mark.parametrize("typed", ["-3", "viel", "1,2,3", "5 h", "1e5"])
def test_what_is_no_figure_is_refused(typed):
    with pytest.raises(ValueError, match=re.escape(typed)):
        figure_text(typed)


def test_groups_and_exclusion_criteria_have_no_scale():
    group = CriterionEntry("1", "Gruppe", weight_percent="100", scale=as_text(STEPS))
    below = CriterionEntry("1.1", "Leistung", "1", weight_percent="100")
    out = CriterionEntry("A1", "ISO", kind=CriterionKind.EXCLUSION, scale=as_text(MORE))
    texts = [one.text for one in objections_to_rows([group, below, out])]
    assert [text[:3] for text in texts] == ["1: ", "A1:"]


def criterion(tender, number="K1"):
    return db.session.scalars(sa.select(AwardCriterion).filter_by(tender_id=tender.id, number=number)).one()


def test_the_scale_is_part_of_what_is_frozen_and_hashed(context):
    tender = tenders.ready_tender(officer=make.officer())
    actions_scales.set_scale(criterion(tender), STEPS, by=make.officer())
    actions_publication.publish(tender, by=make.officer())
    assert '"scale":"{' in tender.frozen_content
    assert queries_publication.verify_frozen(tender).is_unchanged
    db.session.execute(sa.update(AwardCriterion).where(AwardCriterion.number == "K1").values(scale=as_text(MORE)))
    assert queries_publication.verify_frozen(tender).changed == ("Kriterien",)


def test_without_scales_the_frozen_text_is_what_it_was_before_there_were_any(context):
    tender = tenders.published_tender()
    assert '"scale"' not in tender.frozen_content


def test_after_publication_no_scale_changes(context):
    tender = tenders.published_tender()
    with pytest.raises(Refused):
        actions_scales.set_scale(criterion(tender), STEPS, by=make.officer())


def test_a_scale_is_entered_on_its_own_page_and_survives_saving_the_table(saved, browser):
    with saved():
        tender = tenders.ready_tender(officer=(officer := make.officer()))
        ids = officer.id, tender.id, criterion(tender).id
    window = browser(ids[0])
    typed = {"kind": "steps", "target-0": "fehlt", "target-5": "teilweise", "target-10": "ganz"}
    address = f"/tenders/criterion/{ids[2]}/scale"
    refused = window.post(address, typed | {"target-10": ""})
    assert refused.status_code == 422
    assert "oberste Stufe muss 10 Punkte haben" in seen_on(refused)
    assert 'value="teilweise"' in refused.text
    assert window.post(address, typed).status_code == 303
    page = window.get(f"/tenders/{ids[1]}/criteria")
    assert "Skala: Stufen 0 = fehlt, 5 = teilweise, 10 = ganz" in seen_on(page)
    with saved():
        stored = queries.criteria_of(ids[1])
        assert worded(scale_of(stored[0].scale)) == "Stufen 0 = fehlt, 5 = teilweise, 10 = ganz"
        scale = stored[0].scale
    rows = {
        f"rows-{place}-{name}": value
        for place, entry in enumerate(stored)
        for name, value in (
            ("number", entry.number), ("title", entry.title), ("kind", entry.kind.value),
            ("weight_percent", entry.weight_percent), ("scale", entry.scale),
        )
    }  # fmt: skip
    assert window.post(f"/tenders/{ids[1]}/criteria", rows).status_code == 303
    with saved():
        assert queries.criteria_of(ids[1])[0].scale == scale
