"""What every part of a scenario file is made of: strict fields, and figures that never were binary floats."""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict


def exact(value: Any) -> Any:
    """Refuse floats before they become decimals."""
    if isinstance(value, float):
        raise ValueError(  # noqa: TRY004 - pydantic turns this one into a fault with its path
            'Zahlen mit Nachkommastellen bitte in Anführungszeichen schreiben, zum Beispiel "1234.56"'
        )
    return value


Exact = Annotated[Decimal, BeforeValidator(exact)]


class Part(BaseModel):
    """Every part of the file: unknown fields are faults, not silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)
