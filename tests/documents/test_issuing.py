"""Issuing a cost allocation: the case of the paper through the whole chain, stored once and recomputable by anyone."""

import csv
import hashlib
import json
from datetime import timedelta

import pytest

from procurement.allocation.queries_figures import distribution_of
from procurement.allocation.taxation import VatCase
from procurement.audit.queries import history_of
from procurement.core.errors import Refused
from procurement.documents import actions, queries, queries_run
from procurement.documents.allocation_of_run import allocation_content
from procurement.documents.allocation_statement import draw_allocation
from procurement.documents.contents import AnnexFile, DocumentIdentity, DocumentStatus
from procurement.documents.kinds import DocumentKind
from procurement.documents.program import PROGRAM_VERSION
from procurement.documents.verification import verify
from tests.examples import firewall_3_6 as paper
from tests.factories import allocation
from tests.factories import issued_documents as make_documents
from tests.factories import members as make
from tests.pdf_reading import cells, text_of

ANNEXES = (DocumentKind.ANNEX_JSON, DocumentKind.ANNEX_CSV)


def dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def bytes_of(document) -> bytes:
    return document.file.content


@pytest.mark.parametrize("vat_case", [VatCase.COST_GROSS, VatCase.TAXED_19], ids=["V1", "V2"])
def test_the_document_of_the_whole_chain_prints_every_cell_of_the_paper(context, vat_case):
    documents = make_documents.issued(make_documents.approved_firewall(vat_case))
    text = text_of(bytes_of(documents[DocumentKind.ALLOCATION][0]))
    for row in (*paper.ROWS, paper.SUMS):
        tax = (row.v1_burden, row.v1_due) if vat_case is VatCase.COST_GROSS else (row.v2_vat, row.v2_gross)
        amounts = (row.base, row.population, row.devices, row.operation, row.own_cost, row.net)
        assert cells(row.name, *amounts, *tax) in text
    for row in paper.ROWS:
        assert cells(row.name, row.ags, dotted(row.inhabitants), dotted(row.clients)) in text
    for proof in paper.PROOF_OF_A2:
        extra = ("ja",) if proof.extra else ()
        assert cells(dotted(proof.floor), dotted(proof.remainder), *extra, proof.share) in text


def test_every_member_gets_a_numbered_statement_with_its_own_amount(context):
    run = make_documents.approved_firewall()
    documents = make_documents.issued(run)
    statements = documents[DocumentKind.MEMBER_STATEMENT]
    assert [one.number for one in documents[DocumentKind.ALLOCATION]] == [f"KA-{run.tender.reference}-1"]
    assert len(statements) == len(paper.ROWS)
    for row in paper.ROWS:
        statement = make_documents.statement_of(documents, row.name)
        assert statement.number == f"KM-{run.tender.reference}-1-{row.ags}"
        first_page = text_of(bytes_of(statement))
        assert cells("Zu zahlen", f"{row.v1_due} €") in first_page
        assert "Kein gesonderter Steuerausweis" in first_page
        assert cells("Verwendungszweck", statement.number) in first_page


def test_the_paper_names_the_checksums_of_run_and_annexes(context):
    run = make_documents.approved_small()
    documents = make_documents.issued(run)
    text = text_of(bytes_of(documents[DocumentKind.ALLOCATION][0]))
    for kind in ANNEXES:
        (annex,) = documents[kind]
        assert annex.file_sha256 == hashlib.sha256(bytes_of(annex)).hexdigest()
        assert annex.file_sha256 in text
        assert annex.filename in text.replace("\n", "")
    assert run.input_hash in text
    for person in (run.prepared_by, run.checked_by, run.approved_by):
        assert person.name in text


def recomputed(pot: dict) -> dict[str, int]:
    """Largest remainder by hand: floors, then a cent each to the largest remainder, weight, smallest key."""
    total, weights = pot["total_cents"], {share["member"]: share["weight"] for share in pot["shares"]}
    whole = sum(weights.values())
    cents = {key: total * weight // whole for key, weight in weights.items()}
    order = sorted(weights, key=lambda key: (-(total * weights[key] % whole), -weights[key], key))
    for key in order[: total - sum(cents.values())]:
        cents[key] += 1
    return cents


def test_the_json_annex_is_enough_to_recompute_every_cent(context):
    run = make_documents.approved_firewall()
    (annex,) = make_documents.issued(run)[DocumentKind.ANNEX_JSON]
    told = json.loads(bytes_of(annex))
    canonical = json.dumps(told["input"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert hashlib.sha256(canonical.encode()).hexdigest() == told["document"]["input_sha256"] == run.input_hash
    net: dict[str, int] = {}
    for block in told["result"]["blocks"]:
        for pot in block["pots"]:
            for key, cents in recomputed(pot).items():
                net[key] = net.get(key, 0) + cents
    vat = recomputed(told["result"]["supplier_vat"])
    for row in paper.ROWS:
        assert net[row.ags] == paper.cents(row.net)
        assert net[row.ags] + vat[row.ags] == paper.cents(row.v1_due)
    assert told["result"]["gross_cents"] == paper.cents(paper.SUMS.v1_due)
    assert all(control["difference_cents"] == 0 for control in told["control_sums"])


def test_the_csv_annex_carries_the_same_figures(context):
    (annex,) = make_documents.issued(make_documents.approved_firewall())[DocumentKind.ANNEX_CSV]
    rows = list(csv.DictReader(bytes_of(annex).decode("utf-8-sig").splitlines(), delimiter=";"))
    due = {row["Mitglied"]: int(row["Betrag in Cent"]) for row in rows if row["Art"] == "Zahlbetrag"}
    assert due == {row.ags: paper.cents(row.v1_due) for row in paper.ROWS}
    pot_a2 = [row for row in rows if row["Teiltopf"] == "A2"]
    proof = {row["Mitglied"]: (int(row["Gewicht"]), int(row["Rest"]), int(row["Zusatzcent"])) for row in pot_a2}
    assert proof == {row.ags: (row.weight, row.remainder, row.extra) for row in paper.PROOF_OF_A2}
    assert {row["Betrag des Topfs in Cent"] for row in pot_a2} == {str(paper.cents(paper.PROOF_SUMS.share))}


def test_issuing_again_returns_what_is_stored(context, hand):
    run = make_documents.approved_small()
    first = actions.issue_allocation(run, by=make.officer())
    hand.moment += timedelta(days=3)
    second = actions.issue_allocation(run, by=make.officer())
    assert [(one.id, one.file_sha256) for one in second] == [(one.id, one.file_sha256) for one in first]


def test_the_same_run_gives_the_same_bytes_whenever_it_is_drawn(context, hand):
    run = make_documents.approved_small()
    documents = make_documents.issued(run)
    hand.moment += timedelta(days=400)
    (stored,) = documents[DocumentKind.ALLOCATION]
    identity = DocumentIdentity(
        number=stored.number,
        version=stored.version,
        status=DocumentStatus.FINAL,
        issued_at=stored.issued_at,
        run_id=str(run.id),
        input_hash=stored.input_hash,
        program_version=PROGRAM_VERSION,
    )
    annexes = tuple(AnnexFile(one.filename, kind.label, one.file_sha256) for kind in ANNEXES for one in documents[kind])
    figures = distribution_of(run)
    content = allocation_content(figures, queries_run.surroundings(run, figures, identity, annexes, None))
    assert draw_allocation(content) == bytes_of(stored)


def test_every_document_has_an_entry_that_names_its_checksum(context):
    officer = make.officer("Petra Beispiel")
    documents = make_documents.issued(make_documents.approved_small(), by=officer)
    for document in (one for of_kind in documents.values() for one in of_kind):
        (entry,) = history_of("issued_document", document.id)
        assert entry.actor_name == "Petra Beispiel"
        assert entry.member_id == document.member_id
        assert f"SHA-256: {document.file_sha256}" in entry.worded_changes
        recorded = queries.recorded_issue(document)
        assert verify(bytes_of(document), document.file_sha256, recorded).is_genuine


@pytest.mark.parametrize("make_run", [allocation.calculated_run, allocation.checked_run])
def test_before_the_approval_there_are_no_documents(context, make_run):
    make_documents.issuer()
    with pytest.raises(Refused, match="Freigabe"):
        actions.issue_allocation(make_run(), by=make.officer())


def test_without_the_association_nobody_can_be_the_issuer(context):
    with pytest.raises(Refused, match="Angaben des Verbands fehlen"):
        actions.issue_allocation(allocation.approved_run(), by=make.officer())
