"""The objections on the start page are those of the tender's own page, although they are read differently."""

from procurement.home.queries_planned import publication_facts
from procurement.tenders import actions_bill, queries_publication
from procurement.tenders.publication import objections_to_publishing
from tests.factories import members as make
from tests.factories import tenders


def test_many_tenders_at_once_give_the_same_facts_as_one_by_one(context):
    officer = make.officer()
    bare = tenders.planned_tender(officer=officer)
    actions_bill.add_lot(bare, "Leeres Los", by=officer)
    ready = tenders.ready_tender(officer=officer)
    actions_bill.add_joint_line(ready.lots[0], tenders.joint_line(), by=officer)
    facts = publication_facts([bare, ready])
    assert facts == {one.id: queries_publication.publication_facts(one) for one in (bare, ready)}


def test_an_estimated_tender_with_two_officers_has_no_objection(context):
    ready = tenders.ready_tender(officer=make.officer())
    assert objections_to_publishing(publication_facts([ready])[ready.id])  # only one officer has a key
    make.officer()
    assert not objections_to_publishing(publication_facts([ready])[ready.id])


def test_nothing_planned_needs_no_statement(context):
    assert publication_facts([]) == {}
