"""P1: lots of 120.000, 60.000 and 50.000 count together and reach the threshold; which of them could leave the VgV."""

from procurement.tenders import actions_publication, queries_terms
from procurement.tenders.kinds import ProcedureType
from procurement.values.money import Money
from tests.factories import members as make
from tests.factories import tenders
from tests.page_reading import text_of

LOTS = (
    ("Server", (tenders.Wish("1.1", "Server", (6, 6), "10000"),)),
    ("Speicher", (tenders.Wish("2.1", "Speicher", (4, 2), "10000"),)),
    ("Netz", (tenders.Wish("3.1", "Netz", (2, 3), "10000"),)),
)


def test_p1_the_sum_of_all_lots_decides_which_law_applies(context):
    tender = tenders.planned_tender(LOTS, officer=(officer := make.officer()))
    made = actions_publication.estimate_value(tender, by=officer)
    assert made.total_net == Money.of(230_000)
    assert made.total_net >= made.threshold_net == Money.of(216_000)
    small = queries_terms.value_of(tender).small_lots
    assert [lot.lot_number for lot in small.small] == [2, 3]
    assert small.allowance_net == Money.of(46_000)
    assert small.together == ()


def test_p1_the_page_says_why_no_lot_can_leave(saved, browser):
    with saved():
        tender = tenders.planned_tender(
            LOTS, officer=(officer := make.officer()), procedure_type=ProcedureType.NATIONAL_PUBLIC
        )
        actions_publication.estimate_value(tender, by=officer)
        officer_id, url = officer.id, f"/tenders/{tender.id}"
    shown = text_of(browser(officer_id).get(url + "/value"))
    for part in (
        "Geschätzt 230.000,00 €, Schwellenwert 216.000,00 €",
        "EU-Recht",
        "zusammen höchstens 46.000,00 € (20 % von 230.000,00 €)",
        "110.000,00",
        "47,8 %",
        "Jedes dieser Lose ist dafür allein schon zu groß; keines kann herausgenommen werden.",
        "Regel LOT_BAGATELLE_SHARE, § 3 Abs. 9 VgV",
    ):
        assert part in shown
    assert "ist dann nicht zulässig" in text_of(browser(officer_id).get(url + "/publish"))
