"""A corrected allocation: old documents stay as they are, new ones name what they replace and the difference."""

import pytest

from procurement.core.errors import Refused
from procurement.documents import actions, queries
from procurement.documents.contents import DocumentStatus
from procurement.documents.kinds import DocumentKind
from tests.factories import issued_documents as make_documents
from tests.factories import members as make
from tests.pdf_reading import cells, text_of


def text_of_allocation(documents) -> str:
    return text_of(documents[DocumentKind.ALLOCATION][0].file.content)


def status_of(document) -> DocumentStatus:
    return queries.listed([document])[0].status


def test_the_documents_of_a_corrected_run_stay_and_are_shown_as_replaced(context):
    run = make_documents.approved_small()
    (old,) = make_documents.issued(run)[DocumentKind.ALLOCATION]
    before = (old.file_sha256, old.file.content)
    assert status_of(old) is DocumentStatus.FINAL
    (new,) = make_documents.issued(make_documents.corrected(run))[DocumentKind.ALLOCATION]
    assert (old.file_sha256, old.file.content) == before
    assert status_of(old) is DocumentStatus.REPLACED
    assert status_of(new) is DocumentStatus.FINAL
    assert new.number == f"KA-{run.tender.reference}-2"


def test_the_new_document_names_what_it_replaces_why_and_by_how_much(context):
    run = make_documents.approved_small()
    make_documents.issued(run)
    new = make_documents.corrected(run)
    text = text_of_allocation(make_documents.issued(new))
    assert f"Diese Fassung ersetzt KA-{run.tender.reference}-1, Version 1. Grund: Stundennachweis nachgereicht." in text
    # own cost 240.00 instead of 120.00, without tax
    before, now = run.total_gross.as_decimal(), new.total_gross.as_decimal()
    assert now - before == 120
    assert cells(f"{before:,.2f}".translate(str.maketrans(",.", ".,")), f"{now:,.2f}".translate(
        str.maketrans(",.", ".,")), "+120,00") in text  # fmt: skip
    assert "Erste Fassung" in text


def test_a_member_owes_only_the_difference_to_its_earlier_statement(context):
    run = make_documents.approved_small()
    first = make_documents.statement_of(make_documents.issued(run), "Adorf")
    new = make_documents.corrected(run)
    second = make_documents.statement_of(make_documents.issued(new), "Adorf")
    page = text_of(second.file.content)
    assert f"Bereits mitgeteilt mit {first.number}" in page
    assert f"Diese Mitteilung ersetzt {first.number}" in page.replace("\n", " ")


def test_a_correction_of_what_was_never_issued_demands_the_whole_amount(context):
    new = make_documents.corrected(make_documents.approved_small())
    documents = make_documents.issued(new)
    statement = make_documents.statement_of(documents, "Adorf")
    assert "Bereits mitgeteilt" not in text_of(statement.file.content)
    assert "Diese Fassung ersetzt" in text_of_allocation(documents)


def test_the_last_version_with_documents_is_the_one_that_is_replaced(context):
    run = make_documents.approved_small()
    first = make_documents.statement_of(make_documents.issued(run), "Adorf")
    never_issued = make_documents.corrected(run)
    documents = make_documents.issued(make_documents.corrected(never_issued, "360.00"))
    statement = make_documents.statement_of(documents, "Adorf")
    assert f"Bereits mitgeteilt mit {first.number}" in text_of(statement.file.content)
    assert f"Diese Fassung ersetzt KA-{run.tender.reference}-1" in text_of_allocation(documents)


def test_a_replaced_run_gets_no_new_documents(context):
    run = make_documents.approved_small()
    make_documents.corrected(run)
    with pytest.raises(Refused, match="ist ersetzt"):
        actions.issue_allocation(run, by=make.officer())
