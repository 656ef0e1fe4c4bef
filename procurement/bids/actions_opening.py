"""The opening: one officer releases after the deadline, another one completes it, and only then is anything readable.

The password typed again unlocks the officer's own key for this request. The first release takes off the outer envelope
of every pair this officer leads, so that any other named officer may be the second. A refused attempt is recorded and
must be kept although the request fails; therefore nothing else is changed before everything was checked.

A file whose checksum differs from its receipt, or that does not unseal, stays closed and is reported; the other bids
are opened all the same, because otherwise one damaged file would block the whole procedure.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from flask import current_app

from procurement.audit.actions import record
from procurement.audit.events import Event
from procurement.bids import queries, queries_negotiation, rules
from procurement.bids.actions import hold
from procurement.bids.actions_negotiation import settle_round
from procurement.bids.actions_sheets import read_opened_sheets
from procurement.bids.entries import seal_name
from procurement.bids.models import BidFile, BidOpening
from procurement.bids.states import BidState
from procurement.config import Settings
from procurement.core import clock
from procurement.core.db import db
from procurement.core.errors import Conflict, Refused, TooManyAttempts
from procurement.core.filters import exact_moment, moment
from procurement.core.permissions import Role
from procurement.members import queries as members
from procurement.members.models import Account, LoginAttempt
from procurement.sealing import opening_keys
from procurement.sealing.files import SealBroken, SealedFile, is_unchanged, unseal
from procurement.sealing.officer_keys import OfficerKey, SealingError, WrongPassphrase, unlock
from procurement.sealing.opening_keys import EnvelopeRefused, OfficerPair
from procurement.tenders import actions as tender_actions
from procurement.tenders.kinds import TenderStage
from procurement.tenders.models import Tender
from procurement.values.objection import Objection


def start_opening(tender: Tender, officer: Account, password: str) -> BidOpening:
    """Release the bids as the first of two officers; raise :class:`Refused` and leave a record of the attempt."""
    hold(tender)
    _refuse(tender, officer, rules.objections_to_first_release(opening_facts(tender, officer)))
    half_open = _half_open(tender, officer, _unlocked(tender, officer, password))
    if tender.stage is TenderStage.PUBLISHED:
        tender_actions.close_bids(tender, by=officer)
    opening = BidOpening(
        tender=tender,
        round_number=queries_negotiation.number_to_open(tender),
        first_by_id=officer.id,
        first_at=clock.now(),
        half_open=half_open,
    )
    db.session.add(opening)
    record(Event.OPENING_STARTED, opening, by=officer, changes={"Erste Person": officer.name}, tender_id=tender.id)
    return opening


def complete_opening(opening: BidOpening, officer: Account, password: str) -> BidOpening:
    """Release the bids as the second officer: every file is unsealed, every price sheet read, the stage advanced."""
    tender = opening.tender
    hold(tender)
    db.session.refresh(opening, with_for_update={"of": BidOpening})
    if opening.second_at is not None:
        raise Conflict(f"Die Angebote wurden bereits geöffnet, am {exact_moment(opening.second_at)}.")
    _refuse(tender, officer, rules.objections_to_second_release(opening_facts(tender, officer)))
    private = _tender_key(opening, officer, _unlocked(tender, officer, password))
    files = queries.sealed_files(tender.id)
    broken = _open_files(tender, files, private)
    opening.second_by_id, opening.second_at, opening.half_open = officer.id, clock.now(), None
    negotiated = queries_negotiation.running_round(tender)
    tender_actions.advance(tender, TenderStage.OPENED, by=officer)
    people = {"Erste Person": opening.first_by.name, "Zweite Person": officer.name}
    words = people | _opening_words(opening, files, broken)
    record(Event.BIDS_OPENED, opening, by=officer, changes=words, tender_id=tender.id)
    read_opened_sheets(tender, files, by=officer)
    if negotiated:
        settle_round(negotiated, by=officer)
    return opening


def opening_facts(tender: Tender, officer: Account) -> rules.OpeningFacts:
    """What decides whether this officer may release now."""
    opening = queries.opening_of(tender.id, queries_negotiation.number_to_open(tender))
    deadline = queries_negotiation.deadline_to_open(tender)
    return rules.OpeningFacts(
        stage=tender.stage,
        now=clock.now(),
        bid_deadline_at=deadline,
        deadline_text=moment(deadline),
        officer_id=officer.id,
        is_officer=Role.OFFICER in officer.roles,
        is_named=bool(queries.envelopes_of(tender.id, officer.id)),
        first_by_id=opening.first_by_id if opening else None,
        first_by_name=opening.first_by.name if opening else "",
    )


def _refuse(tender: Tender, officer: Account, objections: Sequence[Objection]) -> None:
    """Record the attempt and raise, when there is at least one objection."""
    if objections:
        reasons = " ".join(objection.text for objection in objections)
        record(Event.OPENING_REFUSED, tender, by=officer, changes={"Grund": reasons}, tender_id=tender.id)
        raise Refused(objections)


def _unlocked(tender: Tender, officer: Account, password: str) -> X25519PrivateKey:
    """The officer's private key for this request; guessing the password here counts like guessing it at sign-in."""
    _slow_down_guessing(officer, current_app.extensions["settings"])
    try:
        return unlock(OfficerKey.from_bytes(officer.opening_key or b""), password)
    except SealingError as error:
        if isinstance(error, WrongPassphrase):
            db.session.add(LoginAttempt(at=clock.now(), email=officer.email, address="", succeeded=False))
        _refuse(tender, officer, [Objection(error.sentence, "password")])
        raise


def _slow_down_guessing(officer: Account, settings: Settings) -> None:
    minutes = settings.sign_in_window_minutes
    failed = members.failed_attempts(LoginAttempt.email, officer.email, timedelta(minutes=minutes))
    if failed >= settings.failed_sign_ins_per_account:
        raise TooManyAttempts(f"Zu viele falsche Kennwörter. Bitte warten Sie {minutes} Minuten.")


def _half_open(tender: Tender, officer: Account, key: X25519PrivateKey) -> str:
    """The inner envelopes for every officer who may come second, as stored between the two releases."""
    inner = {}
    for envelope in queries.envelopes_of(tender.id, officer.id):
        pair = OfficerPair(str(envelope.first_account_id), str(envelope.second_account_id))
        try:
            opened = opening_keys.release_first(tender.reference, pair, envelope.envelope, key)
        except EnvelopeRefused as error:
            _refuse(tender, officer, [Objection(error.sentence)])
            raise
        inner[pair.second] = b64encode(opened).decode()
    return json.dumps(inner, sort_keys=True)


def _tender_key(opening: BidOpening, officer: Account, key: X25519PrivateKey) -> X25519PrivateKey:
    """The tender's private key out of the inner envelope left for this officer."""
    tender = opening.tender
    inner = json.loads(opening.half_open or "{}").get(str(officer.id), "")
    try:
        pair = OfficerPair(str(opening.first_by_id), str(officer.id))
        return opening_keys.release_second(
            tender.reference, pair, b64decode(inner), key, tender.opening_public_key or b""
        )
    except SealingError as error:
        _refuse(tender, officer, [Objection(error.sentence)])
        raise


def _open_files(tender: Tender, files: Sequence[BidFile], key: X25519PrivateKey) -> list[BidFile]:
    """Unseal every file and store its clear bytes with their checksum; return those whose seal is broken."""
    broken = []
    for file in files:
        content = _unsealed(tender, file, key)
        if content is None:
            broken.append(file)
        else:
            file.content, file.content_sha256 = content, sha256(content).hexdigest()
    for bid in queries.sealed_bids(tender.id):
        bid.state = BidState.OPENED
    db.session.flush()
    return broken


def _unsealed(tender: Tender, file: BidFile, key: X25519PrivateKey) -> bytes | None:
    """The file as it was handed in; ``None`` if it is not what the receipt names or does not open."""
    try:
        sealed = SealedFile.from_bytes(file.sealed or b"")
        if not is_unchanged(sealed, file.sealed_sha256 or ""):
            return None
        return unseal(tender.reference, seal_name(file.bid.number, file.number), key, sealed)
    except SealBroken:
        return None


def _opening_words(opening: BidOpening, files: Sequence[BidFile], broken: Sequence[BidFile]) -> dict[str, str]:
    """What the trail says about the opening: every bid and every checksum."""
    words = {}
    for bid in queries.bids_of_round(opening.tender_id, opening.round_number):
        words[f"Angebot {bid.number}"] = f"{bid.bidder.name}, eingegangen {exact_moment(bid.received_at)}"
    for file in files:
        state = "Siegel verletzt, nicht geöffnet" if file in broken else "unverändert"
        words[f"Angebot {file.bid.number}, Datei {file.number}"] = f"SHA-256 {file.sealed_sha256}, {state}"
    return words
