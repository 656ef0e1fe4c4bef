"""What the tenders of a round allow a member after the round was closed: late demand (M3, M4), withdrawal (M5).

A planned tender takes late demand in and lets demand go; from publication on neither is possible: the documents are
out, and what was published binds bidders and members alike (§ 20 Abs. 3, § 21 Abs. 2 VgV).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from procurement.demand.aggregation import MemberRequest
from procurement.values.objection import Objection

PUBLISHED_LATE = (
    "ist veröffentlicht. Nachgemeldeter Bedarf kann nicht mehr in die laufende Ausschreibung aufgenommen werden, weil "
    "die Vergabeunterlagen feststehen (§ 20 Abs. 3 VgV)."
)
PUBLISHED_WITHDRAWAL = (
    "ist veröffentlicht, der Bedarf lässt sich nicht mehr zurücknehmen. Nach dem Zuschlag ist jede nicht abgenommene "
    "Menge eine Mindermenge: Unterschreiten alle zusammen die Mindestmenge, zahlen sie diejenigen, die unter ihrer "
    "eigenen Zusage bleiben. Bitte sprechen Sie mit"
)


@dataclass(frozen=True, slots=True)
class RoundTender:
    """A tender of the round that was not cancelled, with the articles whose demand stands in it."""

    id: int
    label: str
    is_published: bool
    article_ids: frozenset[int]
    item_ids: frozenset[int]


def objections_to_entering(tenders: Sequence[RoundTender]) -> list[Objection]:
    """M4: why late demand cannot enter: the tender of the round is published and no other one is planned."""
    published = [tender for tender in tenders if tender.is_published]
    if not published or len(published) < len(tenders):
        return []
    return [Objection(f"Die Ausschreibung {tender.label} {PUBLISHED_LATE}") for tender in published]


def objections_to_articles(tenders: Iterable[RoundTender], wanted: Mapping[int, str]) -> list[Objection]:
    """Articles that are tendered already while others of the round are still being planned; by article their titles."""
    return [
        Objection(
            f"„{wanted[article_id]}“: Die Ausschreibung {tender.label} {PUBLISHED_LATE}", f"expected-{article_id}"
        )
        for tender in tenders
        if tender.is_published
        for article_id in sorted(tender.article_ids & wanted.keys())
    ]


def objections_to_leaving(tenders: Iterable[RoundTender], item_ids: Collection[int], contact: str) -> list[Objection]:
    """M5: why these items cannot be withdrawn: their tender is published; ``contact`` is whom to talk to."""
    return [
        Objection(f"Die Ausschreibung {tender.label} {PUBLISHED_WITHDRAWAL} {contact}.")
        for tender in tenders
        if tender.is_published and tender.item_ids & set(item_ids)
    ]


def targets(
    tenders: Sequence[RoundTender], requests: Iterable[MemberRequest], unplanned: Collection[int]
) -> dict[int, list[MemberRequest]]:
    """Which planned tender takes which late request in.

    A request goes where its article's demand stands. An article nobody asked for yet goes into the first planned
    tender; one of which demand is still in no tender (``unplanned``) waits with it.
    """
    planned = [tender for tender in tenders if not tender.is_published]
    found: dict[int, list[MemberRequest]] = {}
    for request in requests:
        holding = [tender.id for tender in planned if request.article_id in tender.article_ids]
        new = [tender.id for tender in planned] if request.article_id not in unplanned else []
        for tender_id in (holding or new)[:1]:
            found.setdefault(tender_id, []).append(request)
    return found
