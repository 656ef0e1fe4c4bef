"""What is entered about a bidder, and the name under which a received file is sealed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BidderEntry:
    """A company or consortium as the officer enters it."""

    name: str
    street: str = ""
    postcode: str = ""
    city: str = ""
    email: str = ""

    @property
    def clean_name(self) -> str:
        """The name without needless spaces, as it is stored and compared."""
        return " ".join(self.name.split())


def seal_name(bid_number: int, file_number: int) -> str:
    """What the seal of a file is bound to besides its tender: the bid and the file within it."""
    return f"Angebot {bid_number} Datei {file_number}"
