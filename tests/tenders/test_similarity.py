"""Lines that mean the same are found with the reason and the conversion; look-alikes of another size are not."""

from fractions import Fraction

import pytest

from procurement.tenders.similarity import ComparedLine, suggestions
from procurement.tenders.wording import measure, pack_size, words
from procurement.values.payment import Nature, Period

CPV = "32420000-3"


def compared(title: str, unit: str = "Stück", cpv: str = CPV, **details: object) -> ComparedLine:
    """A one-off line; its number is its title, so that a test reads like a list of wishes."""
    typed = {"line_id": 0, "nature": Nature.ONE_OFF, "period": Period.NONE} | details
    return ComparedLine(number=title, title=title, unit=unit, cpv=cpv, **typed)


def found(*lines: ComparedLine, declined: set[tuple[str, str]] = frozenset()) -> dict[str, dict[str, Fraction]]:
    """Into which line which others, with their factors."""
    return {
        each.into.number: {candidate.line.number: candidate.factor for candidate in each.candidates}
        for each in suggestions(lines, declined)
    }


def test_a_pack_of_ten_is_ten_pieces():
    pieces, pack = compared("SFP-Modul 10G"), compared("SFP Module 10G, 10er-Pack", "Pack")
    [suggestion] = suggestions([pack, pieces])
    assert suggestion.into is pieces
    [candidate] = suggestion.candidates
    assert (candidate.line, candidate.factor) == (pack, Fraction(10))
    assert candidate.reason.startswith("Gleicher CPV-Code, ")
    assert candidate.reason.endswith(" % ähnlicher Wortlaut; 1 Pack = 10 Stück.")
    assert suggestion.reason.startswith("2 Wünsche meinen vermutlich dasselbe: gleicher CPV-Code, ")


def test_three_wordings_come_as_one_card():
    lines = [compared("Notebook 14 Zoll Standard"), compared("Standard-Notebook 14 Zoll"),
             compared("Notebook, Standard, 14 Zoll mit Tasche")]  # fmt: skip
    [suggestion] = suggestions(lines)
    assert len(suggestion.candidates) == 2
    assert suggestion.reason.startswith("3 Wünsche meinen")
    assert all(candidate.factor == 1 for candidate in suggestion.candidates)


def test_a_price_per_year_is_twelve_per_month():
    month = compared("Passwortverwaltung Cloud", "Nutzer × Monat", nature=Nature.RECURRING, period=Period.MONTH)
    year = compared("Passwort-Verwaltung Cloud", "Nutzer × Jahr", nature=Nature.RECURRING, period=Period.YEAR)
    same = compared("Cloud Passwortverwaltung", "Nutzer/Jahr", nature=Nature.RECURRING, period=Period.YEAR)
    assert found(month, year, same)["Passwortverwaltung Cloud"]["Cloud Passwortverwaltung"] == 12


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (compared("Notebook 14 Zoll"), compared("Notebook 16 Zoll")),
        (compared("NGFW-Cluster groß"), compared("NGFW-Cluster klein")),
        (compared("Firewall"), compared("Firewall Wartung und Austausch vor Ort samt Ersatzteilen")),
        (compared("Firewall-Cluster"), compared("Firewall-Cluster", nature=Nature.RECURRING)),
        (
            compared("Virenschutz", "Lizenz", nature=Nature.RECURRING),
            compared("Virenschutz", "Lizenz/Monat", nature=Nature.RECURRING, period=Period.MONTH),
        ),
        (compared("Einrichtung Firewall", "Tag"), compared("Einrichtung Firewall", "Stück")),
        (compared("Drucker", cpv="30232110-8"), compared("Drucker", cpv="79800000-2")),
        (compared("Server", has_absorbed=True), compared("Server, neu", has_absorbed=True)),
        (compared("und für"), compared("und für")),
    ],
)
def test_what_only_looks_alike_is_not_suggested(first, second):
    assert suggestions([first, second]) == []


def test_a_pair_kept_apart_is_not_suggested_again():
    first, second = compared("Access Point innen"), compared("Access-Point (innen)")
    assert found(first, second) == {"Access Point innen": {"Access-Point (innen)": Fraction(1)}}
    assert found(first, second, declined={("Access Point innen", "Access-Point (innen)")}) == {}


def test_a_line_that_has_absorbed_others_takes_the_next_one_in():
    first, second = compared("Access Point innen"), compared("Access-Point (innen)", has_absorbed=True)
    assert found(first, second) == {"Access-Point (innen)": {"Access Point innen": Fraction(1)}}


def test_the_same_code_comes_before_a_related_one_and_before_none():
    weak = [compared("Bandlaufwerk LTO", cpv=""), compared("LTO Bandlaufwerk", cpv="")]
    related = [compared("Switch 48 Ports", cpv="32420000-3"), compared("48 Ports Switch", cpv="32423000-4")]
    strong = [compared("Router Außenstelle"), compared("Außenstelle: Router")]
    cards = suggestions([*weak, *related, *strong])
    assert [card.into.title for card in cards] == ["Router Außenstelle", "Switch 48 Ports", "Bandlaufwerk LTO"]
    assert "verwandter CPV-Code" in cards[1].reason
    assert "CPV" not in cards[2].reason


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("10er-Pack", 10), ("Toner schwarz, 2er Set", 2), ("Paket à 12", 12), ("Karton (10 Stück)", 10),
        ("Packung mit 50", 50), ("25 Stk./Karton", 25), ("Karton", None), ("Windows 11", None), ("1er-Pack", None),
    ],
)  # fmt: skip
def test_pack_sizes_are_read_from_german_words(text, size):
    assert pack_size(text) == size


def test_words_lose_fillers_packs_and_umlauts():
    assert words("Kabel für Gehäuse, 10er-Pack") == ("gehaeuse", "kabel")


def test_units_are_measured_in_one_base():
    assert measure("Pack", "Kabel, 10er-Pack", Period.NONE) == measure("Stück", "Kabel 10er Pack", Period.NONE)
    assert (
        measure("User/Jahr", "Postfach", Period.YEAR).amount == 12 * measure("Nutzer × Monat", "", Period.MONTH).amount
    )


def test_two_thousand_lines_are_compared_without_losing_a_pair():
    lines = [compared(f"Gerät {chr(97 + n % 26)}{chr(97 + n // 26 % 26)}xyz {n}") for n in range(2000)]
    assert found(*lines, compared("Gerät Sonderfall Lichtwellenleiter"), compared("Lichtwellenleiter Gerät Sonderfall"))


def test_with_the_same_code_a_wordy_wish_meets_the_short_title():
    headset = compared("Headset DECT/USB", cpv="32342100")
    wordy = "Kopfhörer mit Mikrofon (Headset), schnurlos, DECT"
    assert found(headset, compared(wordy, "10er-Pack", "32342100")) == {headset.number: {wordy: Fraction(10)}}
    assert found(headset, compared(wordy, "10er-Pack", "32340000")) == {}
