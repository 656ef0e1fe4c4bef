"""How a B-criterion is scored, as published: any whole points of 0 to 10, named steps, or a figure that bidders state.

A step scale names the points that exist and what each of them stands for; points between two steps were not published
and cannot be given. On a figure scale the best stated figure gets 10 points and the others fall off in a straight line:
to 0 at the published multiple of the best figure (0 times where more is better, 2 times where less is better unless
something else was published), two decimals, half up. So these points depend on which bids are left and are computed
with every run, never stored.

A scale is stored and frozen as one canonical JSON text; the free scale is the empty text, as it was before there were
others. Rejected: a table of steps, whose rows a change of the criteria would have to carry along.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from procurement.values.figures import short_german
from procurement.values.label import Labelled
from procurement.values.objection import Objection
from procurement.values.rounding import half_up

BEST = 10
FREE_TEXT = ""
FIGURE = re.compile(r"\d{1,12}(?:\.\d{1,6})?")
PLACES = 100
LONGEST_TARGET = 500
LONGEST_UNIT = 40
FEWEST_STEPS = 2


class ScaleKind(Labelled):
    """The three published ways to points."""

    FREE = "free", "ganze Punkte von 0 bis 10"
    STEPS = "steps", "benannte Stufen"
    FIGURE = "figure", "Zahl, die der Bieter nennt"


class Direction(Labelled):
    """Whether a larger stated figure is better or a smaller one."""

    HIGHER = "higher", "mehr ist besser"
    LOWER = "lower", "weniger ist besser"


USUAL_ZERO = {Direction.HIGHER: "0", Direction.LOWER: "2"}
_DIRECTIONS = {direction.value: direction for direction in Direction}


@dataclass(frozen=True, slots=True)
class Step:
    """Points that may be given, and the target that earns them."""

    points: int
    target: str


@dataclass(frozen=True, slots=True)
class FreeScale:
    """Every whole number from 0 to 10."""

    kind: ScaleKind = ScaleKind.FREE

    @property
    def allowed(self) -> tuple[int, ...]:
        """The points that may be given."""
        return tuple(range(BEST + 1))


@dataclass(frozen=True, slots=True)
class StepScale:
    """Published steps, from few points to many."""

    steps: tuple[Step, ...]
    kind: ScaleKind = ScaleKind.STEPS

    @property
    def allowed(self) -> tuple[int, ...]:
        """The points that may be given."""
        return tuple(step.points for step in self.steps)


@dataclass(frozen=True, slots=True)
class FigureScale:
    """A stated figure: its unit, which way is better, and at which multiple of the best figure nothing is left."""

    unit: str
    direction: Direction
    zero_at: Fraction
    kind: ScaleKind = ScaleKind.FIGURE

    @property
    def allowed(self) -> tuple[int, ...]:
        """Nobody gives these points; they are computed."""
        return ()

    def best(self, figures: Iterable[Fraction]) -> Fraction:
        """The figure that gets all points."""
        return max(figures) if self.direction is Direction.HIGHER else min(figures)

    def points(self, figure: Fraction, best: Fraction) -> Fraction:
        """0 to 10 with two decimals, half up; where the best figure is 0, whoever states it has 10 and others 0."""
        zero = self.zero_at * best
        if figure == best:
            return Fraction(BEST)
        if zero == best:
            return Fraction(0)
        share = (figure - zero) / (best - zero)
        return Fraction(half_up(min(max(share, Fraction(0)), Fraction(1)) * BEST * PLACES), PLACES)


Scale = FreeScale | StepScale | FigureScale
FREE = FreeScale()


def as_text(scale: Scale) -> str:
    """The one text of a scale, as it is stored and frozen."""
    if isinstance(scale, FreeScale):
        return FREE_TEXT
    content: dict[str, Any] = {"kind": scale.kind.value}
    if isinstance(scale, StepScale):
        content["steps"] = [[step.points, step.target] for step in scale.steps]
    else:
        content |= {"unit": scale.unit, "direction": scale.direction.value, "zero_at": str(scale.zero_at)}
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def scale_of(text: str) -> Scale:
    """The scale behind a text; :class:`ValueError` for anything that :func:`as_text` never writes."""
    if not text:
        return FREE
    try:
        return _read(json.loads(text))
    except (KeyError, TypeError, ZeroDivisionError, AttributeError) as error:
        raise ValueError(text) from error


def _read(content: Mapping[str, Any]) -> Scale:
    if content["kind"] == ScaleKind.STEPS.value:
        return StepScale(tuple(Step(int(points), str(target)) for points, target in content["steps"]))
    if content["kind"] == ScaleKind.FIGURE.value:
        return FigureScale(str(content["unit"]), _DIRECTIONS[content["direction"]], Fraction(content["zero_at"]))
    raise KeyError(content["kind"])


def objections_to_scale(scale: Scale, number: str) -> list[Objection]:
    """What keeps a scale of this criterion from being stored."""
    if isinstance(scale, StepScale):
        return [Objection(f"{number}: {text}", number) for text in _wrong_with_steps(scale.steps)]
    if isinstance(scale, FigureScale):
        return [Objection(f"{number}: {text}", number) for text in _wrong_with_figure(scale)]
    return []


def _wrong_with_steps(steps: Sequence[Step]) -> list[str]:
    points = [step.points for step in steps]
    if len(steps) < FEWEST_STEPS:
        return [f"Eine Stufenskala braucht mindestens {FEWEST_STEPS} Stufen."]
    if any(not 0 <= value <= BEST for value in points):
        return [f"Jede Stufe braucht ganze Punkte von 0 bis {BEST}."]
    if points != sorted(set(points)):
        return ["Jede Punktzahl darf nur eine Stufe haben; die Stufen stehen von wenig nach viel."]
    if points[-1] != BEST:
        return [f"Die oberste Stufe muss {BEST} Punkte haben, sonst ist die volle Punktzahl nicht erreichbar."]
    if any(not step.target.strip() or len(step.target) > LONGEST_TARGET for step in steps):
        return [f"Jede Stufe braucht einen Zielerreichungsgrad in höchstens {LONGEST_TARGET} Zeichen."]
    return []


def _wrong_with_figure(scale: FigureScale) -> list[str]:
    if not scale.unit.strip() or len(scale.unit) > LONGEST_UNIT:
        return [f"Bitte sagen, in welcher Einheit die Zahl genannt wird, in höchstens {LONGEST_UNIT} Zeichen."]
    if scale.direction is Direction.HIGHER and not 0 <= scale.zero_at < 1:
        return ["Wenn mehr besser ist, liegt der Nullpunkt beim 0- bis unter 1-Fachen des besten Wertes."]
    if scale.direction is Direction.LOWER and scale.zero_at <= 1:
        return [
            "Wenn weniger besser ist, liegt der Nullpunkt über dem 1-Fachen des besten Wertes, meist beim 2-Fachen."
        ]
    return []


def objection_to_points(scale: Scale, points: Fraction | int | None) -> str:
    """Why these points do not exist on the scale, naming those that do; empty if they may be given."""
    if points is not None and points in scale.allowed:
        return ""
    if isinstance(scale, FigureScale):
        return "Hier nennt der Bieter eine Zahl; die Punkte werden daraus berechnet und nicht vergeben."
    if isinstance(scale, FreeScale):
        return f"Bitte ganze Punkte von 0 bis {BEST} vergeben."
    *first, last = (str(value) for value in scale.allowed)
    return f"Veröffentlicht sind nur die Stufen {', '.join(first)} und {last}. Bitte eine davon vergeben."


def figure_text(typed: str) -> str | None:
    """A stated figure as exact decimal text; nothing for nothing, :class:`ValueError` for what is no figure."""
    cleaned = typed.strip().replace(" ", "").replace("\u00a0", "")
    if not cleaned:
        return None
    if "," in cleaned:
        cleaned = cleaned.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"[1-9]\d{0,2}(?:\.\d{3})+", cleaned):
        cleaned = cleaned.replace(".", "")
    if not FIGURE.fullmatch(cleaned):
        raise ValueError(typed)
    return cleaned


def worded(scale: Scale) -> str:
    """The scale in one line, for the trail and the table."""
    if isinstance(scale, StepScale):
        return "Stufen " + ", ".join(f"{step.points} = {step.target}" for step in scale.steps)
    if isinstance(scale, FigureScale):
        zero = f"0 Punkte beim {short_german(scale.zero_at)}-Fachen"
        return f"Zahl in {scale.unit}, {scale.direction.label}: bester Wert {BEST} Punkte, {zero}, dazwischen linear"
    return scale.kind.label
