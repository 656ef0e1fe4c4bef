"""Calculating a run: the firewall case through the actions, cell by cell, and what is refused, each thing by name."""

import json
from datetime import date

import pytest
import sqlalchemy as sa

from procurement.allocation import actions, queries_figures
from procurement.allocation.entries import FreeSource
from procurement.allocation.input_text import fingerprint, read, written
from procurement.allocation.keys import AllocationKey
from procurement.allocation.models import AllocationRun, MemberAmount, MemberShare, RunBlock
from procurement.allocation.states import RunState
from procurement.allocation.taxation import VatCase
from procurement.audit.models import AuditEntry
from procurement.core.db import db
from procurement.core.errors import Refused
from procurement.members.kinds import FigureKind, PopulationBasis
from procurement.values.money import Money
from tests.examples import firewall_3_6 as paper
from tests.examples.firewall_3_6 import ROWS, SUMS, cents
from tests.factories import allocation, tenders
from tests.factories import members as make


def refusals(call) -> list[str]:
    with pytest.raises(Refused) as refused:
        call()
    return [objection.text for objection in refused.value.objections]


def refused_entry(tender, *blocks, **details) -> list[str]:
    wanted = allocation.entry(*blocks, **details)
    return refusals(lambda: actions.calculate(tender, wanted, by=make.officer()))


def net_cells(row: paper.Row) -> list[int]:
    """A1, A2, B, C and D of a printed line."""
    return [cents(text) for text in (row.base, row.population, row.devices, row.operation, row.own_cost)]


def totals(row: paper.Row, case: VatCase) -> tuple[int, int, int]:
    """Net, tax and amount to pay of a printed line."""
    is_cost = case is VatCase.COST_GROSS
    vat, gross = (row.v1_burden, row.v1_due) if is_cost else (row.v2_vat, row.v2_gross)
    return cents(row.net), cents(vat), cents(gross)


@pytest.mark.parametrize("case", list(VatCase))
def test_the_stored_firewall_case_equals_the_paper_in_every_cell(context, case):
    figures = queries_figures.distribution_of(allocation.firewall_run(case))
    assert [column.code for column in figures.columns] == ["A1", "A2", "B", "C", "D"]
    assert len(figures.members) == len(ROWS)
    for row in ROWS:
        place = figures.index_of(row.ags)
        member = figures.members[place]
        assert member.name == row.name
        assert [figures.amounts_of(column)[place].cents for column in figures.columns] == net_cells(row)
        assert (member.net.cents, member.vat.cents, member.gross.cents) == totals(row, case)
    assert [figures.total_of(column).cents for column in figures.columns] == net_cells(SUMS)
    assert (figures.net.cents, figures.vat.cents, figures.gross.cents) == totals(SUMS, case)


def test_the_stored_proof_of_pot_a2_is_the_printed_one(context):
    figures = queries_figures.distribution_of(allocation.firewall_run())
    pot = figures.blocks[0].pots[1]
    for row in paper.PROOF_OF_A2:
        stored = pot.rows[figures.index_of(row.ags)]
        assert (stored.weight, stored.floor, stored.remainder, stored.extra) == row[1:5]
        assert stored.amount.cents == cents(row.share)
    assert (pot.total_weight, pot.floor_total.cents, pot.remainder_total, pot.extra_cents) == paper.PROOF_SUMS[1:5]


def test_the_run_names_invoices_own_cost_and_no_difference(context):
    figures = queries_figures.distribution_of(allocation.firewall_run())
    assert figures.supplier_net.cents == cents(paper.SUPPLIER_NET)
    assert figures.own_cost.cents == cents(paper.OWN_COST)
    assert figures.supplier_vat.cents == cents(paper.SUPPLIER_VAT)
    assert not figures.difference
    assert not any(control.difference for control in figures.control_sums)


def test_members_stand_in_the_german_alphabet_with_their_dated_figures(context):
    figures = queries_figures.distribution_of(allocation.firewall_run())
    names = [member.name for member in figures.members]
    assert names == sorted(row.name for row in ROWS)
    ahaus = figures.members[0].member
    inhabitants = ahaus.figure(AllocationKey.INHABITANTS)
    assert (ahaus.name, inhabitants.value, inhabitants.reference_date) == ("Ahaus", 40176, date(2024, 12, 31))
    assert (inhabitants.source, inhabitants.census_basis) == ("Destatis Gemeindeverzeichnis", "Zensus 2022")


def test_the_input_is_one_canonical_text_with_its_hash(context):
    run = allocation.calculated_run()
    assert run.input_hash == fingerprint(run.input)
    assert written(read(run.input)) == run.input
    found = json.loads(run.input)
    assert [block["number"] for block in found["blocks"]] == ["A", "B", "C", "D"]
    assert found["blocks"][2]["lines"][0]["quantity"] == "1"
    assert found["blocks"][2]["lines"][0]["full_quantity"] == "4"
    assert found["vat"] == {"case": "cost_gross", "rate_percent": "19"}


def test_a_calculated_run_is_numbered_stored_and_recorded(context):
    tender, officer = allocation.awarded_tender(), make.officer("Petra Beispiel")
    run = allocation.calculated_run(tender, by=officer)
    assert (run.number, run.state, run.prepared_by_id) == (1, RunState.CALCULATED, officer.id)
    # 500 + 4,000 + 300 + 120 net; 19 % of 4,800 are 912
    assert (run.total_net, run.total_vat, run.total_gross) == (Money.of(4920), Money.of(912), Money.of(5832))
    counted = [
        db.session.scalar(sa.select(sa.func.count()).select_from(table))
        for table in (RunBlock, MemberShare, MemberAmount)
    ]
    assert counted == [4, 5 * 3, 3]
    entry = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.number.desc()).limit(1)).one()
    assert (entry.event, entry.actor_name, entry.tender_id) == ("allocation:run:calculate", "Petra Beispiel", tender.id)


def test_nothing_is_allocated_before_the_award(context):
    tender = tenders.published_tender()
    texts = refused_entry(tender, allocation.own_cost())
    assert texts == [
        (
            "Der Zuschlag ist noch nicht erteilt; das Verfahren steht auf „Veröffentlicht“. "
            "Kosten werden erst nach dem Zuschlag aufgeteilt."
        )
    ]


def test_a_second_run_waits_until_the_first_is_approved_or_discarded(context):
    tender = allocation.awarded_tender()
    first = allocation.calculated_run(tender)
    again = refusals(lambda: allocation.calculated_run(tender))
    assert again[0].startswith("Fassung 1 dieser Ausschreibung ist noch offen.")
    actions.discard(first, "Falscher Zeitraum gewählt.", by=make.officer())
    assert allocation.calculated_run(tender).number == 2


def test_a_missing_figure_is_named_with_its_member_and_kind(context):
    members = allocation.three_members()
    lonely = make.member("Dheim")
    make.figure(lonely, FigureKind.INHABITANTS, 4000)
    plan = (("Firewall", (tenders.Wish("FW-1", "Cluster", (1, 1, 1, 1)),)),)
    tender = allocation.awarded(plan, [*members, lonely], [allocation.joint("G-2", "Betrieb", years=4)],
                                {"FW-1": "1000.00", "G-2": "300.00"})  # fmt: skip
    texts = refused_entry(tender, allocation.block("C", AllocationKey.CLIENTS, allocation.billed(tender, "G-2", 1)))
    assert texts == ["Kostenblock C: Für Dheim fehlt die Schlüsselzahl „Arbeitsplätze (Clients)“."]


def test_a_figure_after_the_reference_date_does_not_count(context):
    tender = allocation.awarded_tender()
    texts = refused_entry(tender, *allocation.usual_blocks(tender), key_reference_date=date(2024, 12, 30))
    assert "Kostenblock C: Für Adorf fehlt die Schlüsselzahl „Arbeitsplätze (Clients)“." in texts
    assert len(texts) == 6


def test_a_member_that_counts_without_inhabitants_weighs_nothing(context):
    members = allocation.three_members()
    school = make.member("Schulzweckverband", population_basis=PopulationBasis.NONE)
    plan = (("Firewall", (tenders.Wish("FW-1", "Cluster", (1, 1, 1, 1)),)),)
    tender = allocation.awarded(plan, [*members, school], [allocation.joint("G-1", "Einrichtung")],
                                {"FW-1": "1000.00", "G-1": "600.00"})  # fmt: skip
    wanted = allocation.entry(allocation.block("A", AllocationKey.INHABITANTS, allocation.billed(tender, "G-1")))
    figures = queries_figures.distribution_of(actions.calculate(tender, wanted, by=make.officer()))
    assert [amount.cents for amount in figures.blocks[0].amounts] == [10000, 20000, 30000, 0]
    assert figures.members[3].member.figure(AllocationKey.INHABITANTS).note == "zählt ohne Einwohner"


def test_more_than_awarded_cannot_be_billed(context):
    tender = allocation.awarded_tender()
    half = allocation.billed(tender, "G-2", 3)
    texts = refused_entry(
        tender, allocation.block("A", AllocationKey.CLIENTS, half), allocation.block("B", AllocationKey.EQUAL, half)
    )
    assert texts == ["Position G-2 Betrieb: Abgerechnet würden 6 Jahr, bezuschlagt sind 4. Verringern Sie die Menge."]


def test_blocks_that_make_no_sense_are_refused_all_at_once(context):
    tender = allocation.awarded_tender()
    free = FreeSource(Money.of(10), " ")
    texts = refused_entry(
        tender,
        allocation.block("A", AllocationKey.ACTUAL_QUANTITY, allocation.billed(tender, "G-1")),
        allocation.block("B", AllocationKey.EQUAL, free, reason=""),
        allocation.block("C 1", AllocationKey.CLIENTS),
        allocation.block("D", AllocationKey.CLIENTS, allocation.LineSource(allocation.missing_line(tender))),
        period_to=date(2026, 1, 1),
    )
    assert texts == [
        "Der Zeitraum endet, bevor er beginnt.",
        (
            "Kostenblock B: Der Schlüssel „Pauschale (Sockel)“ misst keine Nutzung; bitte begründen Sie ihn "
            "(§ 19 Abs. 1 GkG NRW)."
        ),
        "Kostenblock B: Zum eigenen Betrag fehlt der Nachweis, zum Beispiel „Stundennachweis vom …“.",
        (
            "Kostenblock C 1: Die Nummer besteht aus höchstens 20 Buchstaben, Ziffern, Punkt und Bindestrich, "
            "zum Beispiel A oder C.1."
        ),
        (
            "Kostenblock C 1: Es fehlen die Kosten: "
            "Ordnen Sie Positionen zu oder tragen Sie einen Betrag mit Nachweis ein."
        ),
        (
            "Kostenblock A: Position G-1 Einrichtung hat keine Mengen der Mitglieder. "
            "Wählen Sie für diese Gemeinschaftsposition einen anderen Schlüssel."
        ),
        "Kostenblock D: Eine Position gehört zu keinem bezuschlagten Los.",
    ]


def test_a_period_without_a_tax_rate_in_the_rulebook_is_refused(context):
    tender = allocation.awarded_tender()
    texts = refused_entry(tender, *allocation.usual_blocks(tender), period_from=date(1950, 1, 1))
    assert texts[0].startswith("Im Regelwerk ist für „Umsatzsteuer, Regelsatz“ am 01.01.1950 kein Wert hinterlegt.")


def test_the_tax_rate_is_that_of_the_period(context):
    tender = allocation.awarded_tender()
    run = allocation.calculated_run(tender, period_from=date(2020, 7, 1), vat_case=VatCase.TAXED_19)
    assert run.vat_rate_percent == "16"
    assert run.total_vat == Money.of("787.20")  # 16 % of 4,920


def test_a_refused_run_leaves_no_row(context):
    tender = allocation.awarded_tender()
    refused_entry(tender)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(AllocationRun)) == 0
