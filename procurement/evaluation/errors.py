"""What can stop an evaluation, each with a German sentence that names the bid and says what to do.

Nothing here is guessed away: no missing point becomes zero and no price of zero becomes a small one (VgV §§ 56-58).
"""


class CannotEvaluate(ValueError):
    """An evaluation that must not go on; ``bid`` and ``figure`` name the place, if there is one."""

    def __init__(self, message: str, *, bid: str | None = None, figure: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.bid = bid
        self.figure = figure


class NoBids(CannotEvaluate):
    """There is nothing to evaluate."""


class DuplicateBid(CannotEvaluate):
    """Two bids carry the same name, so no figure could be told apart."""


class FigureMissing(CannotEvaluate):
    """Points or a price are missing; a missing figure is never zero."""


class FigureOutOfRange(CannotEvaluate):
    """A figure lies outside what the published scale allows."""


class UnknownCriterion(CannotEvaluate):
    """Points were given for a criterion that the published tree does not have."""


class FormulaNotApplicable(CannotEvaluate):
    """The published formula has no value for these figures, as with a price of zero."""
