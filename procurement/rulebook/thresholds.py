"""Look-ups in the rulebook: which row held on a given day.

For a running procedure the day is the one on which it began, because a procedure begun before 01.07.2026 ends under the
old law (§ 187 Abs. 2 GWB). A day without a row is an error with a name: a guessed threshold would choose the wrong
procedure.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from procurement.rulebook.conduct import CONDUCT
from procurement.rulebook.deadlines import DEADLINES
from procurement.rulebook.rule import Comparison, DatedRule, Unit, WrongUnit
from procurement.rulebook.value_limits import VALUE_LIMITS
from procurement.values.money import Money

__all__ = [
    "RULES",
    "Comparison",
    "DatedRule",
    "NoRuleInForce",
    "Unit",
    "UnknownRule",
    "amount_on",
    "opening_rule_on",
    "rule_on",
    "rules_in_force",
    "versions_of",
]

RULES: tuple[DatedRule, ...] = VALUE_LIMITS + DEADLINES + CONDUCT


def _by_id(rules: tuple[DatedRule, ...]) -> Mapping[str, tuple[DatedRule, ...]]:
    """Group rows by rule, oldest first."""
    grouped: dict[str, list[DatedRule]] = defaultdict(list)
    for rule in sorted(rules, key=lambda rule: rule.valid_from or date.min):
        grouped[rule.rule_id].append(rule)
    return {rule_id: tuple(versions) for rule_id, versions in grouped.items()}


_VERSIONS = _by_id(RULES)


class UnknownRule(LookupError):
    """The rulebook has no rule of that name: a mistake in the program."""


class NoRuleInForce(LookupError):
    """The rule is known, but no version of it holds on that day."""

    def __init__(self, title: str, day: date) -> None:
        super().__init__(
            f"Im Regelwerk ist für „{title}“ am {day:%d.%m.%Y} kein Wert hinterlegt. "
            "Bitte prüfen Sie das Datum oder lassen Sie das Regelwerk ergänzen."
        )


def versions_of(rule_id: str) -> tuple[DatedRule, ...]:
    """Every version of a rule, oldest first; raise :class:`UnknownRule` for a name that is not in the rulebook."""
    try:
        return _VERSIONS[rule_id]
    except KeyError:
        raise UnknownRule(f"no rule named {rule_id!r}") from None


def rule_on(rule_id: str, day: date) -> DatedRule:
    """The version of a rule that holds on ``day``; raise :class:`NoRuleInForce` when none does."""
    versions = versions_of(rule_id)
    for rule in versions:
        if rule.is_in_force(day):
            return rule
    raise NoRuleInForce(versions[-1].title, day)


def amount_on(rule_id: str, day: date) -> Money:
    """The amount of a value limit on ``day``, a reference followed; raise :class:`WrongUnit` for anything but euro."""
    rule = rule_on(rule_id, day)
    if rule.unit is Unit.REFERENCE:
        return amount_on(str(rule.value), day)
    if rule.unit not in (Unit.EUR, Unit.EUR_NET):
        raise WrongUnit(f"{rule_id} is no amount but {rule.unit.value}")
    return Money.of(rule.number)


def rules_in_force(day: date) -> tuple[DatedRule, ...]:
    """All rules as they stood on ``day``, in the order of the rulebook, for the page that lists them."""
    return tuple(rule for rule in RULES if rule.is_in_force(day))


def opening_rule_on(day: date) -> DatedRule:
    """The row on two persons at the opening of electronic bids: required before the reform, waivable since.

    This product asks for two officers on every day, as an own safeguard; the row says whether the law demands it
    (§ 55 Abs. 2 VgV).
    """
    if any(rule.is_in_force(day) for rule in versions_of("OPENING_TWO_PERSONS_EBID")):
        return rule_on("OPENING_TWO_PERSONS_EBID", day)
    return rule_on("OPENING_TWO_PERSONS", day)
