"""Methods that must not be used, each with the ruling that says so: they can be read about but never chosen.

They stand here because officers meet them in old documents and in other software. No code calculates them, so that
none can be stored or published by accident.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UnlawfulMethod:
    """A method by its number in the domain notes and the names it is known by, with formula, court and reason."""

    number: str
    names: tuple[str, ...]
    label: str
    formula: str
    ruling: str
    reason: str

    @property
    def refusal(self) -> str:
        """Why it is not calculated, in one sentence."""
        return f"„{self.label}“ ({self.number}) ist unzulässig: {self.ruling}. {self.reason}"


UNLAWFUL_METHODS = (
    UnlawfulMethod(
        "M10",
        ("span", "min_max"),
        "Beidseitige Interpolation, das schlechteste Angebot erhält null Punkte",
        "Punkte = M × (Pmax − P) ÷ (Pmax − Pmin)",
        "OLG Düsseldorf, 29.05.2024, Verg 35/23; zuvor VII-Verg 26/13 und Verg 35/14",
        "Ein winziger Abstand kann alle Punkte kosten; null Punkte dürfen nur vom tatsächlichen Abstand abhängen.",
    ),
    UnlawfulMethod(
        "M11",
        ("rank_deduction",),
        "Fester Abzug je Rangplatz",
        "Punkte = 40, 32, 24 … nach dem Platz im Preisvergleich",
        "OLG Düsseldorf, Verg 35/14",
        "Die Punkte zeigen nicht, wie weit die Preise auseinanderliegen.",
    ),
    UnlawfulMethod(
        "M12",
        ("median_hours",),
        "Abstand zum Median der angebotenen Stunden in Stufen",
        "Punkte = 48 bis ±5 %, in Stufen bis 0 ab 30 % Abstand vom Median der Stunden",
        "VK Bund, 06.11.2023, VK 1-77/23",
        "Bewertet wird die Nähe zu den anderen, nicht die Leistung; mit der Medianmethode hat das nichts zu tun.",
    ),
)
