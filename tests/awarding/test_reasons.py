"""What a losing bidder may be told: rank and points per main criterion, never a price of somebody else.

Simple ratio, K1 60 % and K2 40 % of 1,000 weight points: Netz GmbH has 9 × 600 = 5,400 and 8 × 400 = 3,200, Kabel AG
6 × 600 = 3,600 and 7 × 400 = 2,800 performance points.
"""

from fractions import Fraction

from procurement.awarding import actions, queries
from procurement.awarding.reasons import LotNews, PointsRow, from_stored, reasons_of
from procurement.tenders.kinds import ProcedureType
from tests.factories import awarding
from tests.factories import evaluation as given
from tests.factories import members as make

K1 = PointsRow("K1", "Leistung", Fraction(3600), Fraction(5400))
K2 = PointsRow("K2", "Service", Fraction(2800), Fraction(3200))
SECOND = LotNews(1, "Firewall", "Netz GmbH", 2, 2, "", (K1, K2))


def test_the_letter_names_rank_and_points_of_both_and_the_widest_gap(context):
    [letter] = awarding.informed(given.decided_tender())
    assert from_stored(letter.lots[0]) == SECOND
    assert letter.reasons == (
        "Los 1 „Firewall“: Ihr Angebot erreicht Rang 2 von 2. K1 Leistung: 3.600 Leistungspunkte (Zuschlag: 5.400). "
        "K2 Service: 2.800 Leistungspunkte (Zuschlag: 3.200). Der größte Abstand liegt bei K1 Leistung."
    )
    text = queries.sheet_of(letter).text
    assert "Netz GmbH" in text
    assert "Der Vertrag wird frühestens geschlossen am" in text
    for price in ("6.000", "5.400,00", "1.000,00"):  # totals and unit prices
        assert price not in text


def test_a_bidder_that_is_not_behind_in_quality_learns_that_the_price_decided():
    better = LotNews(1, "Firewall", "Netz GmbH", 2, 2, "", (PointsRow("K1", "Leistung", Fraction(9), Fraction(8)),))
    assert "ausschlaggebend ist der Preis" in reasons_of([better], is_applicant=False)
    alone = LotNews(1, "Firewall", "Netz GmbH", 2, 3, "", ())
    assert "der Preis als einziges Zuschlagskriterium" in reasons_of([alone], is_applicant=False)


def test_an_excluded_bidder_learns_why():
    out = LotNews(1, "Firewall", "Netz GmbH", None, 2, "Unterlagen fehlen (§ 57 Abs. 1 Nr. 2 VgV)", ())
    assert "Unterlagen fehlen (§ 57 Abs. 1 Nr. 2 VgV)" in reasons_of([out], is_applicant=False)


def test_below_the_threshold_the_award_follows_the_decision_and_the_others_are_told_with_it(context):
    tender = given.decided_tender(procedure_type=ProcedureType.NATIONAL_PUBLIC)
    made = actions.award(tender, "", by=make.officer())
    told = {(letter.kind.value, letter.bidder.name) for letter in queries.letter_rows(tender.id)}
    assert told == {("award", "Netz GmbH"), ("rejection", "Kabel AG")}
    assert (made.notice_due_on, made.statistics_due_on) == (None, None)  # 6,000.00 is below every limit
