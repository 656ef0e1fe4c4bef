"""What is wrong with the entry of a catalogue article, as objections."""

from collections.abc import Collection

from procurement.catalogue.cpv import CpvEntry, code_and_digit
from procurement.catalogue.entries import CatalogueEntry
from procurement.values.money import UnitPrice
from procurement.values.objection import Objection, objections_to_lengths

LENGTHS = (
    ("number", "Die Nummer", 40),
    ("category_code", "Das Kürzel der Warengruppe", 10),
    ("category", "Die Warengruppe", 120),
    ("title", "Die Bezeichnung", 300),
    ("unit", "Die Einheit", 40),
    ("contract_form", "Die Vertragsform", 200),
    ("suggested_key", "Der Vorschlag zum Schlüssel", 200),
)
NEEDED = (
    ("number", "Bitte eine Artikelnummer eingeben, zum Beispiel FW-08."),
    ("category_code", "Bitte das Kürzel der Warengruppe eingeben, zum Beispiel FW."),
    ("category", "Bitte die Warengruppe eingeben."),
    ("title", "Bitte eine Bezeichnung eingeben."),
    ("unit", "Bitte eine Einheit eingeben, zum Beispiel Stück oder Nutzer/Monat."),
)
LARGEST_PRICE = UnitPrice.of("9999999.99")


def objections_to_article(
    entry: CatalogueEntry, taken_numbers: Collection[str], known_code: CpvEntry | None
) -> list[Objection]:
    """What is wrong with an entry; ``known_code`` is the entry of its CPV code in the table, if there is one."""
    found = [Objection(sentence, name) for name, sentence in NEEDED if not getattr(entry, name).strip()]
    if entry.number.strip() in taken_numbers:
        found.append(Objection(f"Die Artikelnummer {entry.number.strip()} gibt es im Katalog schon.", "number"))
    found += objections_to_lengths(entry, LENGTHS)
    return found + _objections_to_cpv(entry.cpv.strip(), known_code) + _objections_to_prices(entry)


def _objections_to_cpv(cpv: str, known_code: CpvEntry | None) -> list[Objection]:
    if not cpv:
        return []
    parts = code_and_digit(cpv)
    if parts is None:
        sentence = f"„{cpv}“ ist kein CPV-Code. Er hat acht Ziffern, zum Beispiel 32420000 oder 32420000-3."
        return [Objection(sentence, "cpv")]
    if known_code is not None and parts[1] not in ("", known_code.check_digit):
        sentence = f"Die Prüfziffer stimmt nicht. Gemeint ist vielleicht {known_code.written} {known_code.label}."
        return [Objection(sentence, "cpv")]
    return []


def _objections_to_prices(entry: CatalogueEntry) -> list[Objection]:
    low, high = entry.price_from_net, entry.price_to_net
    found = [
        Objection("Der Preis muss zwischen 0 und 9.999.999,99 € liegen.", name)
        for name, price in (("price_from_net", low), ("price_to_net", high))
        if price is not None and not UnitPrice(0) <= price <= LARGEST_PRICE
    ]
    if not found and low is not None and high is not None and low > high:
        found.append(Objection("Der Preis „bis“ ist kleiner als der Preis „von“.", "price_to_net"))
    return found
