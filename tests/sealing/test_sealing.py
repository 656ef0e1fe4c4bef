"""Sealed bids: two different officers open, everybody and everything else is refused."""

import dataclasses
import hashlib

import pytest

from procurement.sealing.files import PIECE, TAG_BYTES, SealBroken, SealedFile, is_unchanged, seal, unseal
from procurement.sealing.framing import DamagedBlob, bound_to, pack, unpack
from procurement.sealing.officer_keys import (
    DamagedOfficerKey,
    KeyCost,
    OfficerKey,
    WrongPassphrase,
    new_officer_key,
    rewrap,
    unlock,
)
from procurement.sealing.opening_keys import (
    EnvelopeRefused,
    KeyMismatch,
    OfficerPair,
    SameOfficerTwice,
    TenderKey,
    TooFewOfficers,
    fingerprint,
    new_tender_key,
    release_first,
    release_second,
)

CHEAP = KeyCost(memory_kib=32, iterations=1, lanes=1)
TENDER = "2026-017"
PASSWORDS = {"ada": "Öffnung am Freitag", "ben": "zwölf Brücken", "eva": "drei Schlüssel"}
PRICES = b"Position;Preis\n1;12,50\n"
SHEET = PRICES * 100_000  # 2.3 million bytes: two whole pieces and a third


@pytest.fixture(scope="module")
def officers() -> dict[str, OfficerKey]:
    return {name: new_officer_key(name, password, CHEAP) for name, password in PASSWORDS.items()}


@pytest.fixture(scope="module")
def tender_key(officers: dict[str, OfficerKey]) -> TenderKey:
    return new_tender_key(TENDER, {name: key.public for name, key in officers.items()})


@pytest.fixture(scope="module")
def sealed(tender_key: TenderKey) -> SealedFile:
    return seal(TENDER, "bid 1", tender_key.public, SHEET)


@pytest.fixture(scope="module")
def opened(officers: dict[str, OfficerKey], tender_key: TenderKey):
    return open_with(OfficerPair("ada", "ben"), officers, tender_key)


def open_with(pair: OfficerPair, officers: dict[str, OfficerKey], tender_key: TenderKey):
    first = unlock(officers[pair.first], PASSWORDS[pair.first])
    second = unlock(officers[pair.second], PASSWORDS[pair.second])
    half_open = release_first(TENDER, pair, tender_key.envelopes[pair], first)
    return release_second(TENDER, pair, half_open, second, tender_key.public)


@pytest.mark.parametrize(("first", "second"), [("ada", "ben"), ("ben", "ada"), ("eva", "ada"), ("ben", "eva")])
def test_any_two_officers_open_in_either_order(officers, tender_key, sealed, first, second):
    tender_private = open_with(OfficerPair(first, second), officers, tender_key)
    assert unseal(TENDER, "bid 1", tender_private, sealed) == SHEET


def test_three_officers_have_one_envelope_per_ordered_pair(tender_key):
    assert len(tender_key.envelopes) == 3 * 2


def test_one_officer_alone_cannot_open_the_inner_envelope(officers, tender_key):
    pair = OfficerPair("ada", "ben")
    ada = unlock(officers["ada"], PASSWORDS["ada"])
    half_open = release_first(TENDER, pair, tender_key.envelopes[pair], ada)
    with pytest.raises(EnvelopeRefused):
        release_second(TENDER, pair, half_open, ada, tender_key.public)


def test_the_same_officer_twice_is_refused():
    with pytest.raises(SameOfficerTwice, match="zwei verschiedenen Personen"):
        OfficerPair("ada", "ada")


def test_the_second_officer_cannot_come_first_with_the_envelope_of_the_other_order(officers, tender_key):
    ben = unlock(officers["ben"], PASSWORDS["ben"])
    envelope = tender_key.envelopes[OfficerPair("ada", "ben")]
    with pytest.raises(EnvelopeRefused):
        release_first(TENDER, OfficerPair("ben", "ada"), envelope, ben)


def test_an_officer_who_was_not_named_opens_nothing(tender_key):
    stranger = unlock(new_officer_key("zoe", "fremd", CHEAP), "fremd")
    pair = OfficerPair("ada", "ben")
    with pytest.raises(EnvelopeRefused):
        release_first(TENDER, pair, tender_key.envelopes[pair], stranger)


def test_an_envelope_of_another_tender_is_refused(officers, tender_key):
    pair = OfficerPair("ada", "ben")
    with pytest.raises(EnvelopeRefused, match="für diese Ausschreibung nicht möglich"):
        release_first("2026-018", pair, tender_key.envelopes[pair], unlock(officers["ada"], PASSWORDS["ada"]))


@pytest.mark.parametrize("envelope", [b"", b"too short", bytes(200)])
def test_bytes_that_are_no_envelope_are_refused(officers, envelope):
    with pytest.raises(EnvelopeRefused):
        release_first(TENDER, OfficerPair("ada", "ben"), envelope, unlock(officers["ada"], PASSWORDS["ada"]))


def test_an_exchanged_public_key_is_noticed_at_the_opening(officers, tender_key):
    other = new_tender_key(TENDER, {name: key.public for name, key in officers.items()})
    with pytest.raises(KeyMismatch):
        open_with(OfficerPair("ada", "ben"), officers, dataclasses.replace(tender_key, public=other.public))


def test_a_tender_needs_two_officers(officers):
    with pytest.raises(TooFewOfficers, match="besser drei"):
        new_tender_key(TENDER, {"ada": officers["ada"].public})


def test_the_fingerprint_is_the_plain_sha256_of_the_public_key(tender_key):
    assert fingerprint(tender_key.public) == hashlib.sha256(tender_key.public).hexdigest()


def test_a_wrong_password_is_refused(officers):
    with pytest.raises(WrongPassphrase, match="Anmeldepasswort"):
        unlock(officers["ada"], "Öffnung am Montag")


def test_the_key_of_one_officer_does_not_open_under_the_name_of_another(officers):
    with pytest.raises(WrongPassphrase):
        unlock(dataclasses.replace(officers["ada"], officer_id="ben"), PASSWORDS["ada"])


def test_an_exchanged_public_half_of_an_officer_key_is_noticed(officers):
    with pytest.raises(DamagedOfficerKey):
        unlock(dataclasses.replace(officers["ada"], public=officers["ben"].public), PASSWORDS["ada"])


def test_an_umlaut_typed_as_letter_and_dots_is_the_same_password(officers):
    decomposed = "O\N{COMBINING DIAERESIS}ffnung am Freitag"
    assert unlock(officers["ada"], decomposed).public_key().public_bytes_raw() == officers["ada"].public


def test_a_changed_password_keeps_the_key_and_the_old_password_stops_working(officers, tender_key, sealed):
    changed = rewrap(officers["ben"], PASSWORDS["ben"], "dreizehn Brücken")
    assert changed.public == officers["ben"].public
    with pytest.raises(WrongPassphrase):
        unlock(changed, PASSWORDS["ben"])
    pair = OfficerPair("ada", "ben")
    half_open = release_first(TENDER, pair, tender_key.envelopes[pair], unlock(officers["ada"], PASSWORDS["ada"]))
    private = release_second(TENDER, pair, half_open, unlock(changed, "dreizehn Brücken"), tender_key.public)
    assert unseal(TENDER, "bid 1", private, sealed) == SHEET


def test_rewrapping_needs_the_old_password(officers):
    with pytest.raises(WrongPassphrase):
        rewrap(officers["ben"], "geraten", "neu")


def test_an_officer_key_survives_storage_with_its_cost(officers):
    assert OfficerKey.from_bytes(officers["eva"].to_bytes()) == officers["eva"]


@pytest.mark.parametrize(
    "damage", [lambda blob: blob[:-1], lambda blob: blob + b"x", lambda blob: b"", lambda blob: b"x" + blob]
)
def test_a_damaged_officer_key_is_named_as_such(officers, damage):
    with pytest.raises(DamagedOfficerKey, match="beschädigt"):
        OfficerKey.from_bytes(damage(officers["eva"].to_bytes()))


def test_an_officer_key_with_an_unreadable_cost_is_named_as_such(officers):
    key = officers["eva"]
    fields = [b"eva", b"many", key.public, key.salt, key.nonce, key.sealed_private]
    with pytest.raises(DamagedOfficerKey):
        OfficerKey.from_bytes(pack(b"kaaw officer key 1\n", fields))


@pytest.mark.parametrize("content", [b"", b"x", bytes(PIECE), bytes(PIECE + 1)])
def test_files_of_any_length_come_back_unchanged(opened, tender_key, content):
    assert unseal(TENDER, "bid 2", opened, seal(TENDER, "bid 2", tender_key.public, content)) == content


def test_the_price_sheet_is_not_readable_in_the_sealed_file(sealed):
    assert b"Preis" not in sealed.to_bytes()


def test_a_sealed_file_survives_storage_and_the_receipt_is_the_sha256_of_the_stored_bytes(opened, sealed):
    blob = sealed.to_bytes()
    assert sealed.sha256 == hashlib.sha256(blob).hexdigest()
    again = SealedFile.from_bytes(blob)
    assert again == sealed
    assert is_unchanged(again, sealed.sha256)
    assert unseal(TENDER, "bid 1", opened, again) == SHEET


def test_a_different_file_in_the_same_place_is_told_by_the_receipt(sealed, tender_key):
    exchanged = SealedFile.from_bytes(seal(TENDER, "bid 1", tender_key.public, b"cheaper").to_bytes())
    assert not is_unchanged(exchanged, sealed.sha256)


@pytest.mark.parametrize(("tender_ref", "bid_ref"), [(TENDER, "bid 2"), ("2026-018", "bid 1")])
def test_a_swapped_bid_or_tender_is_refused(opened, sealed, tender_ref, bid_ref):
    with pytest.raises(SealBroken, match="Prüfsumme"):
        unseal(tender_ref, bid_ref, opened, sealed)


STEP = PIECE + TAG_BYTES


@pytest.mark.parametrize(
    "damage",
    [
        lambda body: b"",
        lambda body: body[:-1],
        lambda body: body[: 2 * STEP],
        lambda body: body[STEP:],
        lambda body: body[STEP : 2 * STEP] + body[:STEP] + body[2 * STEP :],
        lambda body: body + body[:STEP],
        lambda body: bytes([body[0] ^ 1]) + body[1:],
    ],
    ids=["emptied", "one byte short", "last piece cut", "first piece cut", "reordered", "prolonged", "one bit changed"],
)
def test_a_changed_body_is_refused(opened, sealed, damage):
    with pytest.raises(SealBroken):
        unseal(TENDER, "bid 1", opened, dataclasses.replace(sealed, body=damage(sealed.body)))


def test_a_changed_head_is_refused(opened, sealed):
    with pytest.raises(SealBroken):
        unseal(TENDER, "bid 1", opened, dataclasses.replace(sealed, head=sealed.head[:-1]))


@pytest.mark.parametrize("blob", [b"", b"no sealed file at all", bytes(100)])
def test_bytes_that_are_no_sealed_file_are_refused(blob):
    with pytest.raises(SealBroken):
        SealedFile.from_bytes(blob)


def test_names_are_bound_without_ambiguity():
    assert bound_to("bid file", "A", "BC") != bound_to("bid file", "AB", "C")


def test_fields_come_back_and_nothing_may_be_missing_or_left_over():
    blob = pack(b"kind", [b"one", b"", b"three"])
    assert unpack(b"kind", blob, 3) == [b"one", b"", b"three"]
    for count in (2, 4):
        with pytest.raises(DamagedBlob):
            unpack(b"kind", blob, count)
