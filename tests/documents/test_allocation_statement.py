"""The allocation on paper: every figure of the printed firewall case, everything an auditor expects, own fonts."""

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from procurement.documents.allocation_statement import draw_allocation, draw_member_statement
from procurement.documents.contents import ControlSum, DocumentStatus, SignOffs
from procurement.documents.contents_allocation import Correction, CorrectionDelta, MembershipChange
from procurement.documents.contents_member_statement import SettlementLine
from procurement.values.money import Money
from tests.examples import firewall_3_6 as paper
from tests.factories.documents import euro, firewall_allocation, firewall_statement
from tests.pdf_reading import cells, fonts_of, pages_of, text_of

ROOT = Path(__file__).resolve().parents[2]


@cache
def whole_allocation(vat_case: str = "V1") -> str:
    return text_of(draw_allocation(firewall_allocation(vat_case)))


@cache
def first_statement() -> str:
    return text_of(draw_member_statement(firewall_statement()))


def printed_row(row: paper.Row, vat_case: str) -> str:
    tax, gross = (row.v1_burden, row.v1_due) if vat_case == "V1" else (row.v2_vat, row.v2_gross)
    return cells(row.name, row.base, row.population, row.devices, row.operation, row.own_cost, row.net, tax, gross)


@pytest.mark.parametrize("vat_case", ["V1", "V2"])
@pytest.mark.parametrize("row", [*paper.ROWS, paper.SUMS], ids=lambda row: row.name)
def test_every_row_of_the_position_table_reads_as_on_paper(vat_case, row):
    assert printed_row(row, vat_case) in whole_allocation(vat_case)


@pytest.mark.parametrize("index", range(9))
def test_every_member_is_told_its_own_row_and_amount(index):
    row = paper.ROWS[index]
    first, *proof = pages_of(draw_member_statement(firewall_statement(index)))
    assert cells("Zu zahlen", f"{row.v1_due} €", "Fällig am", "15.01.2027") in first
    assert cells("Summe netto", row.net, "USt-Last", row.v1_burden, "Zahlbetrag", row.v1_due) in first
    assert printed_row(row, "V1") in "\n".join(proof)


def test_the_remainder_table_of_the_population_pot_reads_as_the_printed_proof():
    text = whole_allocation()
    names = {row.ags: row.name for row in paper.ROWS}
    table = text[text.index("A2  Einrichtung, Einwohner: 33.950,00 €") :]
    for row in paper.PROOF_OF_A2:
        start = table.index(cells("", names[row.ags], german(row.weight)))
        line = table[start : table.index(row.share, start) + len(row.share)].split("\n")
        extra = ["ja"] if row.extra else []
        assert [*line[4:6], *line[6:-1], line[-1]] == [german(row.floor), german(row.remainder), *extra, row.share]
    assert cells("Summe", "273.681", "100 %", "3.394.995", "1.368.405", "5", "33.950,00") in table


def german(number: int) -> str:
    return f"{number:,}".replace(",", ".")


EXPECTED_BY_AUDITORS = {
    "1 title, number, version, status, date, pages": (
        "Firewall/UTM, Einrichtung",
        "Version 1 · Festgestellt",
        "Seite 1 von",
    ),
    "3 legal basis": ("§ 19 Abs. 1 GkG NRW", "§ 12 der Verbandssatzung", "TOP 5", "Teilnahmevereinbarung"),
    "4 period": ("01.01.2027 bis 31.12.2027",),
    "5 tender, lot, supplier, award, file": ("V-2026-007", "Los 1 ", "Netzwerk Müller GmbH", "12.10.2026", "10-32-05"),
    "6 supplier invoice": ("Rechnung 2026-4711 vom 02.11.2026, 48.500,00 €",),
    "7 one-off and recurring": ("einmalig", "wiederkehrend, jährlich"),
    "8 key with definition and reason": ("Mischschlüssel 30 % Sockel", "ohne Rats-Tablets", "wächst mit der Zahl"),
    "9 raw key data": (cells("Ibbenbüren", "05566028", "51.803", "620"), "Stichtag 31.12.2024", "Zensus 2022"),
    "10 weights and shares": (cells("Laer", "6.993", "2,555165 %"), cells("Summe", "273.681", "100 %")),
    "11 rounding rule": ("Hare-Niemeyer", "Bei gleichem Rest entscheidet das größere"),
    "13 control sum": (cells("Netto aller Mitglieder", "228.201,60", "228.201,60", "0,00", "✓"),),
    "14 VAT with norm and reason": ("V1: Umsatzsteuer", "§ 2b Abs. 3 Nr. 2 UStG", "kann keine Vorsteuer"),
    "16 comparison": (cells("240.000,00", "228.201,60", "−11.798,40", "−4,92 %", "günstigerer Gerätepreis"),),
    "19 administrative cost with evidence": ("Stundennachweis 130 Stunden zu 75,00 €",),
    "20 accounts": ("Soll 5431, Haben 4482, Kostenstelle 111-10",),
    "21 who prepared, checked, approved": (
        cells("Petra Beispiel", "Sachbearbeitung Vergabe", "20.11.2026, 09:15 Uhr"),
        cells("Jonas Muster", "Sachgebietsleitung", "20.11.2026, 15:03 Uhr"),
        cells("Dr. Anke Vorbild", "Geschäftsführung", "23.11.2026, 10:40 Uhr"),
    ),
    "22 run, program, hash": (cells("Rechenlauf", "17"), "Programm 0.1.0", "SHA-256 der Eingabe", "im Prüfpfad"),
    "23 change log": (cells("1", "23.11.2026", "Petra Beispiel", "Erste Fassung"),),
    "24 deviation from the key": ("Sockel 30 % statt 20 %", "freigegeben durch den"),
    "26 retention and contact": ("§ 59 KomHVO NRW", "Geschäftsstelle KAAW"),
    "27 machine-readable annex": ("KA-2026-0001.json", "a" * 64),
}


@pytest.mark.parametrize("item", EXPECTED_BY_AUDITORS)
def test_both_documents_carry_what_an_auditor_expects(item):
    for expected in EXPECTED_BY_AUDITORS[item]:
        assert expected in whole_allocation()
        assert expected in first_statement()


def test_a_statement_names_recipient_ags_and_routing_id():
    first = pages_of(draw_member_statement(firewall_statement()))[0]
    assert cells("Stadt Ibbenbüren", "Der Bürgermeister", "Alte Münsterstraße 16", "49477 Ibbenbüren") in first
    assert cells("AGS", "05566028", "Leitweg-ID", "05566028-31001-42") in first
    assert "DE02 1203 0000 0000 2020 51" in first


def test_a_special_purpose_association_has_no_ags_and_v2_shows_its_tax():
    statement = firewall_statement(4, "V2")
    recipient = replace(statement.recipient, ags="", leitweg_id="", name="Schulzweckverband Lotte-Westerkappeln")
    first = pages_of(draw_member_statement(replace(statement, recipient=recipient)))[0]
    assert "AGS" not in first
    assert "Leitweg-ID" not in first
    assert cells("Summe netto", "8.345,33", "USt 19 %", "1.585,61", "Brutto", "9.930,94") in first


def test_a_statement_shows_the_own_share_as_fraction_and_percent_of_each_position():
    text = first_statement()
    assert cells("33.950,00", "51.803/273.681", "18,928241 %", "216.547", "ja", "6.426,14") in text
    assert cells("107.551,60", "–", "–", "–", "19.137,50") in text


def test_a_statement_lists_only_own_quantities_and_the_association_lists_all():
    own, everybody = first_statement(), whole_allocation()
    assert cells("Außenstellengerät", "4", "Stück", "2.315,75", "9.263,00") in own
    assert "Firewall-Cluster klein" not in own
    assert cells("Velen", "B", "Firewall-Cluster klein", "1", "Stück", "4.123,90", "4.123,90") in everybody


def test_the_letterhead_names_issuer_address_representative_and_ways_to_reach_it():
    first = whole_allocation().split("Kostenaufteilung")[0]
    assert (
        cells("Zweckverband Kommunale", "ADV-Anwendergemeinschaft West", "Musterstraße 1", "49477 Ibbenbüren") in first
    )
    assert cells("Verbandsvorsteherin: Eva Exempel", "05451 000-0", "vergabe@kaaw.example", "www.kaaw.example") in first


def test_advances_lead_to_a_balance_and_a_credit_is_called_one():
    statement = firewall_statement()
    advance = SettlementLine("1. Abschlag vom 15.02.2027", Money.of("-51000.00"))
    first = pages_of(draw_member_statement(replace(statement, settlement=(advance,), balance=Money.of("-395.40"))))[0]
    assert cells("Guthaben zu Ihren Gunsten", "395,40 €", "Auszahlung am") in first
    assert cells("1. Abschlag vom 15.02.2027", "−51.000,00", "Saldo", "−395,40") in first


def test_without_due_date_and_with_an_introduction_of_its_own():
    statement = firewall_statement()
    payment = replace(statement.payment, due_on=None)
    first = pages_of(draw_member_statement(replace(statement, payment=payment, introduction="Eigener Satz.")))[0]
    assert "Eigener Satz." in first
    assert "Fällig am" not in first


def test_what_is_not_approved_says_so_and_must_not_be_paid():
    statement = firewall_statement()
    open_run = replace(statement.allocation, sign_offs=SignOffs(prepared=statement.allocation.sign_offs.prepared))
    draft = replace(statement.identity, status=DocumentStatus.DRAFT)
    pages = pages_of(draw_member_statement(replace(statement, allocation=open_run, identity=draft)))
    assert "noch nicht freigegeben" in pages[0]
    assert all("ENTWURF" in page for page in pages)
    assert cells("Freigegeben", "noch offen") in "\n".join(pages)


def test_a_correction_names_predecessor_reason_and_delta():
    content = firewall_allocation()
    delta = CorrectionDelta("05554064", Money.of("15000.00"), Money.of("14775.28"), Money.of("-224.72"))
    correction = Correction("KA-2026-0001", 1, "Rechnung storniert", (delta,), replace(delta, participant_key=""))
    text = text_of(draw_allocation(replace(content, correction=correction)))
    assert "Diese Fassung ersetzt KA-2026-0001, Version 1. Grund: Rechnung storniert" in text
    assert cells("Velen", "15.000,00", "14.775,28", "−224,72", "Summe", "15.000,00") in text
    own = text_of(
        draw_member_statement(replace(firewall_statement(8), allocation=replace(content, correction=correction)))
    )
    assert cells("Velen", "15.000,00", "14.775,28", "−224,72") in own


def test_late_joiners_and_remarks_on_key_data_are_told():
    content = firewall_allocation()
    joined = MembershipChange("Stadt Velen", "tritt bei", date(2027, 7, 1), "zahlt sechs Monate")
    told = replace(
        content.participants[0], remark="vom Mitglied gemeldet", figures=(None, *content.participants[0].figures[1:])
    )
    text = text_of(
        draw_allocation(replace(content, membership_changes=(joined,), participants=(told, *content.participants[1:])))
    )
    assert cells("Stadt Velen", "tritt bei", "01.07.2027", "zahlt sechs Monate") in text
    assert cells("Ibbenbüren", "05566028", "–", "620", "vom Mitglied gemeldet") in text


def test_a_control_sum_that_fails_is_crossed():
    wrong = ControlSum("Falsch", euro("1,00"), euro("0,99"), Money(-1))
    text = text_of(draw_allocation(replace(firewall_allocation(), control_sums=(wrong,))))
    assert cells("Falsch", "1,00", "0,99", "−0,01", "✗") in text


def test_credits_are_printed_with_a_true_minus_sign():
    content = firewall_allocation()
    row = content.positions.rows[0]
    credit = replace(
        row, amounts=tuple(-amount for amount in row.amounts), net=-row.net, vat=-row.vat, gross=-row.gross
    )
    table = replace(content.positions, rows=(credit, *content.positions.rows[1:]))
    text = text_of(draw_allocation(replace(content, positions=table)))
    assert cells("−1.829,37", "−42.816,96", "−7.787,64", "−50.604,60") in text


@pytest.mark.parametrize("name", ["<b>&amp;</b>", "ООО Сеть", "Schulzweckverband Lotte-Westerkappeln", "Amt 😀"])
def test_hostile_names_are_printed_as_they_are(name):
    content = firewall_allocation()
    named = replace(content, participants=(replace(content.participants[0], name=name), *content.participants[1:]))
    text = text_of(draw_allocation(named)).replace("\n", " ").replace("Lotte- ", "Lotte-")
    assert text.count(name.replace("😀", "[U+1F600]")) >= 7


def test_sections_without_content_are_left_out():
    bare = replace(firewall_allocation(), comparisons=(), change_log=(), quantity_lines=())
    text = text_of(draw_allocation(bare))
    assert "Vergleich" not in text
    assert "Änderungen seit" not in text
    assert "Mengen der Mitglieder" not in text


def test_a_pot_that_divides_evenly_or_leaves_one_cent_is_worded_so():
    pot = firewall_allocation().pots[0]
    even, single = replace(pot, extra_cents=0), replace(pot, code="A9", extra_cents=1)
    text = text_of(draw_allocation(replace(firewall_allocation(), pots=(even, single))))
    assert "es bleibt kein Cent übrig" in text
    assert "1 fehlender Cent geht an den größten Rest" in text


@pytest.mark.parametrize(
    "draw", [lambda: draw_allocation(firewall_allocation()), lambda: draw_member_statement(firewall_statement())]
)
def test_only_embedded_subsets_are_used_and_no_helvetica(draw):
    fonts = fonts_of(draw())
    assert {name[7:] for name in fonts} == {"FiraSans-Regular", "FiraSans-SemiBold", "DejaVuSans"}
    assert all(name[6] == "+" for name in fonts)
    assert all("/FontFile2" in descriptor for descriptor in fonts.values())


def test_equal_content_gives_equal_bytes():
    assert draw_allocation(firewall_allocation()) == draw_allocation(firewall_allocation())
    assert draw_member_statement(firewall_statement()) == draw_member_statement(firewall_statement())


def test_another_process_with_another_hash_seed_and_time_zone_gives_the_same_bytes():
    script = (
        "import hashlib;from procurement.documents.allocation_statement import draw_member_statement as d;"
        "from tests.factories.documents import firewall_statement as s;print(hashlib.sha256(d(s())).hexdigest())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "4711", "TZ": "Asia/Tokyo", "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == hashlib.sha256(draw_member_statement(firewall_statement())).hexdigest()


def test_another_figure_gives_other_bytes():
    statement = firewall_statement()
    assert draw_member_statement(statement) != draw_member_statement(replace(statement, net=statement.net + Money(1)))
