"""What the tab "Information" shows: what is missing, the letters with their dates, the register, the award."""

from collections.abc import Sequence
from dataclasses import dataclass

from procurement.awarding import queries, queries_remedies, rules
from procurement.awarding.actions_letters import standstill_of
from procurement.awarding.models import Award, BidderLetter, DebriefRequest, RegisterQuery
from procurement.awarding.next_award import Duties, NextAward, next_award
from procurement.awarding.rules import AwardFacts
from procurement.awarding.states import LetterKind
from procurement.bids.models import Bidder
from procurement.core import clock
from procurement.evaluation.queries_decision import confirmed_decisions
from procurement.tenders.models import Tender
from procurement.tenders.models_cancellation import Cancellation
from procurement.tenders.queries_cancellation import cancellations_of
from procurement.tenders.standstill import Standstill
from procurement.values.money import Money
from procurement.values.objection import Objection


@dataclass(frozen=True, slots=True)
class Check:
    """One thing the award waits for; ``is_done`` with a word about it."""

    label: str
    is_done: bool
    note: str


@dataclass(frozen=True, slots=True)
class AwardingPage:
    """Everything on the tab; the lists of objections keep their buttons locked."""

    facts: AwardFacts
    checks: Sequence[Check]
    letters: Sequence[BidderLetter]
    others: Sequence[BidderLetter]
    period: Standstill | None
    warnings: Sequence[str]
    winners: Sequence[Bidder]
    needs_register: bool
    register_limit: Money
    register: Sequence[RegisterQuery]
    award: Award | None
    debriefs: Sequence[DebriefRequest]
    cancellations: Sequence[Cancellation]
    preparing: Sequence[Objection]
    sending: Sequence[Objection]
    awarding: Sequence[Objection]
    next: NextAward | None


def page_of(tender: Tender) -> AwardingPage:
    """The tab as it stands now."""
    facts = queries.award_facts(tender)
    letters = queries.letter_rows(tender.id, *queries.INFORMING)
    waiting = [one for one in letters if one.sent_at is None and one.kind is LetterKind.INFORMATION]
    periods = [standstill_of(one, clock.today()) for one in waiting]
    return AwardingPage(
        facts=facts,
        checks=_checks(tender, facts),
        letters=letters,
        others=[one for one in queries.letter_rows(tender.id) if one.kind not in queries.INFORMING],
        period=max(periods, key=lambda one: one.last_day, default=None),
        warnings=queries_remedies.warnings_of(tender),
        winners=queries.winners_of(tender),
        needs_register=queries.needs_register_query(tender),
        register_limit=queries.register_limit(tender),
        register=queries.register_queries_of(tender.id),
        award=queries.award_of(tender.id),
        debriefs=queries.debriefs_of(tender.id),
        cancellations=cancellations_of(tender.id),
        preparing=rules.objections_to_preparing(facts),
        sending=rules.objections_to_sending(facts),
        awarding=rules.objections_to_awarding(facts),
        next=next_award(facts, _duties(tender.id)),
    )


def _duties(tender_id: int) -> Duties | None:
    made = queries.award_of(tender_id)
    if made is None:
        return None
    notice = made.notice_due_on if made.notice_sent_on is None else None
    return Duties(notice, made.statistics_due_on if made.statistics_sent_on is None else None)


def _checks(tender: Tender, facts: AwardFacts) -> list[Check]:
    """The steps to the contract in their order."""
    count = len(confirmed_decisions(tender))
    decided = "ein Los bestätigt" if count == 1 else f"{count} Lose bestätigt"
    found = [Check("Entscheidung durch zwei Personen", facts.is_decided, decided)]
    if queries.needs_register_query(tender):
        note = f"fehlt: {', '.join(facts.unasked)}" if facts.unasked else "liegt vor"
        found.append(Check("Auskunft des Wettbewerbsregisters", facts.is_decided and not facts.unasked, note))
    if facts.is_eu:
        open_names = [*facts.missing, *facts.unsent]
        note = f"offen: {', '.join(dict.fromkeys(open_names))}" if open_names else "alle informiert"
        found.append(Check("Information aller Bieter (§ 134 GWB)", facts.is_decided and not open_names, note))
        is_over = facts.earliest_on is not None and facts.today >= facts.earliest_on
        note = (
            f"Zuschlag frühestens am {facts.earliest_on:%d.%m.%Y}" if facts.earliest_on else "beginnt mit dem Versand"
        )
        found.append(Check("Stillhaltefrist", is_over and not open_names, note))
    if facts.locks:
        found.append(Check("Nachprüfung", is_done=False, note=" ".join(facts.locks)))
    return found
