"""Closed lists of stored values, each with its German label; labels are translated where they are shown."""

from enum import StrEnum
from typing import Self


class Labelled(StrEnum):
    """An enum whose members are written ``DRAFT = "draft", "Entwurf"``: stored value, then label."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member
