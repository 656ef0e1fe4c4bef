"""Whether variants (Nebenangebote) are admitted, and the minimum requirements they have to meet (§ 35 VgV)."""

from dataclasses import dataclass

from procurement.values.objection import Objection

LONGEST_REQUIREMENTS = 4000


@dataclass(frozen=True, slots=True)
class Variants:
    """What is announced about variants; without a word they are not admitted (§ 35 Abs. 1 VgV)."""

    are_admitted: bool = False
    requirements: str = ""


NOT_ADMITTED = Variants()


def objections_to_variants(variants: Variants) -> list[Objection]:
    """What keeps this from being stored or published: requirements without admission, or admission without any."""
    if len(variants.requirements) > LONGEST_REQUIREMENTS:
        text = f"Die Mindestanforderungen dürfen höchstens {LONGEST_REQUIREMENTS} Zeichen haben."
        return [Objection(text, "variant_requirements")]
    if variants.are_admitted and not variants.requirements.strip():
        text = (
            "Wer Nebenangebote zulässt, gibt ihre Mindestanforderungen bekannt (§ 35 Abs. 2 VgV). Bitte angeben, was "
            "ein Nebenangebot in jedem Fall leisten muss."
        )
        return [Objection(text, "variant_requirements")]
    return []
