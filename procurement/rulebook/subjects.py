"""The rulebook as people look it up: rules by subject, each with all its versions, values in words.

The rows stay where they are written down; this module only says under which heading a person finds them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from procurement.rulebook import sources, thresholds
from procurement.rulebook.conduct import AFTERWARDS, PROCEDURE, WHICH_LAW
from procurement.rulebook.deadlines import AFTER_THE_BIDS, BIDDING_PERIODS, PUBLICATION
from procurement.rulebook.rule import Comparison, DatedRule, Unit
from procurement.rulebook.value_limits import EU_THRESHOLDS, LOTS_AND_CHANGES, REGISTERS_AND_STATE_LAW, TAX
from procurement.values.figures import german_decimal
from procurement.values.label import Labelled
from procurement.values.money import Money


class Subject(Labelled):
    """What a rule is about."""

    THRESHOLDS = "thresholds", "EU-Schwellenwerte"
    VALUE = "value", "Auftragswert, Lose und Änderungen"
    REGISTERS = "registers", "Register, Statistik und Landesrecht"
    LAW = "law", "Anwendbares Recht"
    PROCEDURE = "procedure", "Ablauf des Verfahrens"
    BIDDING = "bidding", "Teilnahme- und Angebotsfristen"
    PUBLICATION = "publication", "Bekanntmachungen"
    AFTER_BIDS = "after_bids", "Nach den Angeboten"
    CONTRACT = "contract", "Vertrag und Kostenaufteilung"
    TAX = "tax", "Umsatzsteuer"


_ROWS: Mapping[Subject, tuple[DatedRule, ...]] = {
    Subject.THRESHOLDS: EU_THRESHOLDS,
    Subject.VALUE: LOTS_AND_CHANGES,
    Subject.REGISTERS: REGISTERS_AND_STATE_LAW,
    Subject.LAW: WHICH_LAW,
    Subject.PROCEDURE: PROCEDURE,
    Subject.BIDDING: BIDDING_PERIODS,
    Subject.PUBLICATION: PUBLICATION,
    Subject.AFTER_BIDS: AFTER_THE_BIDS,
    Subject.CONTRACT: AFTERWARDS,
    Subject.TAX: TAX,
}
TO_CONFIRM = frozenset({sources.TO_CONFIRM, sources.STATUTE_START_TO_CONFIRM})
# The codes of rules whose value is a word.
WORDS = {
    "UVGO": "UVgO verbindlich",
    "P75A": "frei nach § 75a GO NRW",
    "MAY": "darf abgelehnt werden",
    "SHALL": "soll abgelehnt werden",
    "COMPANY_AND_PARTLY_PERFORMANCE": "unternehmensbezogene, leistungsbezogene nur zum Teil",
    "ALL_EXCEPT_AWARD_CRITERIA": "alle außer solchen zu Zuschlagskriterien",
}


@dataclass(frozen=True, slots=True)
class ListedRule:
    """One rule on the page: the version of the day asked for, if there is one, and all versions, oldest first."""

    subject: Subject
    rule_id: str
    current: DatedRule | None
    versions: tuple[DatedRule, ...]

    @property
    def title(self) -> str:
        """The title of the version of the day, else of the latest."""
        return (self.current or self.versions[-1]).title


def listed(on: date, subject: Subject | None = None) -> list[ListedRule]:
    """Every rule, or those of one subject, as it stood on that day, in the order of the rulebook."""
    return [
        _listed(one, rule_id, on)
        for one, rows in _ROWS.items()
        if subject in (None, one)
        for rule_id in dict.fromkeys(row.rule_id for row in rows)
    ]


def _listed(subject: Subject, rule_id: str, on: date) -> ListedRule:
    versions = thresholds.versions_of(rule_id)
    current = next((version for version in versions if version.is_in_force(on)), None)
    return ListedRule(subject, rule_id, current, versions)


def is_to_confirm(rule: DatedRule) -> bool:
    """Whether the procurement office still has to confirm the figure or the day it begins."""
    return rule.source in TO_CONFIRM


def value_in_words(rule: DatedRule) -> str:
    """The value with its comparison and unit: ``ab 216.000 € netto``, ``höchstens 30 Tage``, ``§ 97a GWB``."""
    if rule.unit is Unit.BOOL:
        return "ja" if rule.holds else "nein"
    if rule.unit is Unit.TEXT:
        return WORDS.get(str(rule.value), str(rule.value))
    if isinstance(rule.value, date):
        return f"vor dem {rule.value:%d.%m.%Y}"
    if rule.unit is Unit.REFERENCE:
        return f"{_compared(rule)}so viel wie „{thresholds.versions_of(str(rule.value))[-1].title}“"
    return _compared(rule) + _figure(rule)


def _compared(rule: DatedRule) -> str:
    """The comparison in front of a figure; "from 30 days" is said as a minimum, equality needs no word."""
    if rule.comparison is Comparison.IS:
        return ""
    is_amount = rule.unit in (Unit.EUR, Unit.EUR_NET)
    if rule.comparison is Comparison.AT_LEAST and not is_amount:
        return "mindestens "
    return f"{rule.comparison.label} "


def _figure(rule: DatedRule) -> str:
    if rule.unit in (Unit.EUR, Unit.EUR_NET):
        whole = german_decimal(Money.of(rule.number).as_decimal()).removesuffix(",00")
        return f"{whole} €" + (" netto" if rule.unit is Unit.EUR_NET else "")
    if rule.unit is Unit.PERCENT:
        return f"{rule.number} %"
    return f"{rule.number} {rule.unit.label}"
