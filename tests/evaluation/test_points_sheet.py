from procurement.evaluation import points_sheet
from procurement.evaluation.points_sheet import Answer, PointsSheet, SheetBid, SheetCell, SheetCriterion
from procurement.tenders.kinds import CriterionKind

A1 = SheetCriterion(1, "A1", "Referenzen", "", CriterionKind.EXCLUSION)
K1 = SheetCriterion(2, "K1", "Konzept", "", CriterionKind.SCORED)
K2 = SheetCriterion(3, "K2", "Service", "", CriterionKind.SCORED)
NETZ, KABEL = SheetBid(7, 1, "Netz GmbH", is_complete=True), SheetBid(8, 2, "Kabel AG", is_complete=True)


def sheet(*filled):
    """All cells of two bids and three criteria; ``filled`` names those with a value as ``K1-7``."""
    cells = [
        SheetCell(bid, criterion, version=int(f"{criterion.number}-{bid.id}" in filled))
        for criterion in (A1, K1, K2)
        for bid in (NETZ, KABEL)
    ]
    return PointsSheet((A1, K1, K2), (NETZ, KABEL), tuple(cells))


EVERYTHING = [f"{number}-{bid}" for number in ("A1", "K1", "K2") for bid in (7, 8)]


def test_the_first_criterion_with_a_blank_cell_is_picked_out_unless_another_is_asked_for():
    half = sheet("A1-7", "A1-8", "K1-7")
    assert points_sheet.choice(half, None, None).criterion is K1
    assert points_sheet.choice(half, 3, None).criterion is K2
    assert points_sheet.choice(half, 999, None).criterion is K1


def test_one_bid_can_be_picked_out_under_all_criteria():
    picked = points_sheet.choice(sheet(), None, 8)
    assert (picked.bid, picked.criterion) == (KABEL, None)
    assert [cell.criterion.number for cell in picked.cells] == ["A1", "K1", "K2"]


def test_a_full_sheet_starts_at_its_first_criterion_and_a_sheet_without_bids_offers_nothing():
    assert points_sheet.choice(sheet(*EVERYTHING), None, None).criterion is A1
    assert points_sheet.choice(PointsSheet((K1,), (), ()), None, None) is None
    assert points_sheet.choice(PointsSheet((), (NETZ,), ()), None, None) is None


def test_after_saving_it_goes_on_behind_the_present_criterion_and_then_from_the_top():
    assert points_sheet.next_blank(sheet("K1-7", "K1-8"), points_sheet.choice(sheet(), 2, None)) == {"criterion": 3}
    assert points_sheet.next_blank(sheet("K1-7", "K1-8", "K2-7", "K2-8"), points_sheet.choice(sheet(), 2, None)) == {
        "criterion": 1
    }
    assert points_sheet.next_blank(sheet("A1-7", "K1-7", "K2-7"), points_sheet.choice(sheet(), None, 7)) == {"bid": 8}
    assert points_sheet.next_blank(sheet(*EVERYTHING), points_sheet.choice(sheet(), 2, None)) is None


def test_blank_means_needed_and_not_stored():
    assert (sheet().needed, sheet().blank, sheet("K1-7").blank) == (6, 6, 5)
    assert not SheetCell(NETZ, K1, is_needed=False).is_blank


def test_a_cell_shows_points_as_a_figure_and_answers_as_words():
    assert SheetCell(NETZ, K1, "7").shown == "7"
    assert SheetCell(NETZ, A1, Answer.NOT_MET.value).shown == "nicht erfüllt"
    assert SheetCell(NETZ, A1).key == "7-1"
