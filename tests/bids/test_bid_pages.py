"""One opened bid through its page: prices, cell-exact findings, files, and what an officer decides about it."""

import io
from datetime import timedelta
from types import SimpleNamespace

import pytest

from procurement.bids import queries_comparison
from procurement.bids.actions import ReceivedFile
from procurement.core.db import db
from procurement.tenders.kinds import TenderStage
from procurement.tenders.models import Tender
from procurement.values.money import Money
from tests.factories import bids as make_bids
from tests.factories import members as make
from tests.factories import tenders as make_tenders

PRICES = {"FW-1": "900", "FW-2": "40.50"}


@pytest.fixture
def case(saved, hand):
    with saved():
        officer = make.officer()
        tender = make_tenders.published_tender(officers=[officer, make.officer()])
        lot = tender.lots[0]
        good = make_bids.sealed_bid(tender, PRICES, "A GmbH")
        files = [ReceivedFile(lot, "Angebot.xlsx", b"kein Excel"), ReceivedFile(None, "Konzept.pdf", b"%PDF-1.7 K")]
        bad = make_bids.sealed_bid(tender, files=files, name="B GmbH")
        too_late = tender.bid_deadline_at + timedelta(seconds=75)
        late = make_bids.sealed_bid(tender, PRICES, "C GmbH", received_at=too_late)
        make_bids.opened(tender)
        made = SimpleNamespace(
            officer=officer.id, tender=tender.id, lot=lot.id, good=good.id, bad=bad.id, late=late.id,
            concept=bad.files[1].id, version=good.version, deadline=tender.bid_deadline_at,
            corrected=make_bids.sheet(lot, {"FW-1": "800", "FW-2": "40"}, "B GmbH").content,
        )  # fmt: skip
    hand.moment = made.deadline + timedelta(hours=2)
    return made


@pytest.fixture
def window(browser, case):
    return browser(case.officer)


def upload(window, bid, content, **fields):
    sent = {"sheet": (io.BytesIO(content), "Neu.xlsx"), "reason": "Nachforderung vom 29.12.", **fields}
    return window.post(f"/bids/bid/{bid}/price-sheet", sent)


def test_the_page_shows_prices_total_and_checksums(window, case):
    page = window.get(f"/bids/bid/{case.good}").text
    assert all(figure in page for figure in ("900,00", "3.600,00", "40,50", "5.220,00"))
    assert "übernommen" in page
    assert page.count("<code>") == 2


def test_findings_are_listed_and_files_are_downloaded_as_they_were_handed_in(window, case):
    page = window.get(f"/bids/bid/{case.bad}").text
    assert "Datei nicht lesbar" in page
    assert "keine Excel-Arbeitsmappe" in page
    assert "verhindert die Übernahme" in page
    answer = window.get(f"/bids/file/{case.concept}")
    assert answer.data == b"%PDF-1.7 K"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.mimetype == "application/octet-stream"


def test_a_corrected_sheet_makes_a_refused_bid_complete(window, app, case):
    assert upload(window, case.bad, case.corrected, lot=case.lot).status_code == 303
    with app.app_context():
        lot = db.session.get(Tender, case.tender).lots[0]
        assert queries_comparison.lot_figures(lot)[1].evaluation_total == Money.of(4800)
    page = window.get(f"/bids/bid/{case.bad}").text
    assert "Anlass: Nachforderung vom 29.12." in page
    assert "nach der Öffnung nachgereicht" in page


def test_a_corrected_sheet_that_is_wrong_too_changes_nothing_and_says_why(window, case):
    answer = upload(window, case.good, b"wieder kein Excel", lot=case.lot)
    assert answer.status_code == 303
    page = window.get(answer.location).text
    assert "Nichts übernommen" in page
    assert "5.220,00" in page


def test_a_correction_without_file_or_reason_comes_back(window, case):
    answer = window.post(f"/bids/bid/{case.bad}/price-sheet", {"lot": case.lot, "reason": ""})
    assert answer.status_code == 422
    assert "Bitte die Datei wählen." in answer.text


def test_a_bid_is_excluded_with_norm_and_reason(window, case):
    fields = {"norm": "§ 60 Abs. 3 VgV", "reason": "Nicht aufgeklärt", "version": case.version}
    assert window.post(f"/bids/bid/{case.good}/exclusion", {**fields, "reason": ""}).status_code == 422
    assert window.post(f"/bids/bid/{case.good}/exclusion", {**fields, "norm": "§ 1 BGB"}).status_code == 422
    assert window.post(f"/bids/bid/{case.good}/exclusion", fields).status_code == 303
    page = window.get(f"/bids/bid/{case.good}").text
    assert "Ausgeschlossen nach § 60 Abs. 3 VgV" in page
    assert "Das Angebot ist bereits im Zustand" in page


def test_two_officers_deciding_on_the_same_page_do_not_overwrite_each_other(window, case):
    fields = {"norm": "§ 60 Abs. 3 VgV", "reason": "Nicht aufgeklärt", "version": case.version - 1}
    answer = window.post(f"/bids/bid/{case.good}/exclusion", fields)
    assert answer.status_code == 422
    assert "wurde inzwischen geändert" in answer.text


def test_a_late_bid_stays_out_until_the_delay_is_excused(window, case):
    page = window.get(f"/bids/bid/{case.late}").text
    assert "Ausgeschlossen nach § 57 Abs. 1 Nr. 1 VgV" in page
    assert window.post(f"/bids/bid/{case.late}/excuse", {"reason": ""}).status_code == 422
    assert window.post(f"/bids/bid/{case.late}/excuse", {"reason": "Störung der Plattform"}).status_code == 303
    page = window.get(f"/bids/bid/{case.late}").text
    assert "Verspätet, aber nicht zu vertreten" in page
    assert "Ausgeschlossen nach" not in page


def test_after_the_evaluation_the_page_says_why_prices_are_fixed(window, saved, case):
    with saved():
        db.session.get(Tender, case.tender).stage = TenderStage.EVALUATED
    assert "Preise werden nur vor der Wertung eingelesen" in window.get(f"/bids/bid/{case.good}").text
    assert upload(window, case.good, case.corrected, lot=case.lot).status_code == 422
