"""Closed lists of this feature: results of the register, kinds of letters, complaints, reviews."""

from procurement.values.label import Labelled


class RegisterResult(Labelled):
    """What the competition register answered."""

    NO_ENTRY = "no_entry", "Keine Eintragung"
    ENTRY = "entry", "Eintragung vorhanden"


class LetterKind(Labelled):
    """What a letter to a bidder is for."""

    INFORMATION = "information", "Information nach § 134 GWB"
    EXTENSION = "extension", "Verlängerung der Stillhaltefrist"
    AWARD = "award", "Zuschlagsschreiben"
    REJECTION = "rejection", "Absage"
    CANCELLATION = "cancellation", "Mitteilung der Aufhebung"


class Channel(Labelled):
    """How a letter goes out; the standstill is longer by post (§ 134 Abs. 2 GWB)."""

    ELECTRONIC = "electronic", "elektronisch"
    POST = "post", "per Post"


class Recognisable(Labelled):
    """From what the alleged breach could be seen, which decides how long a complaint is in time."""

    NOTICE = "notice", "aus der Bekanntmachung"
    DOCUMENTS = "documents", "aus den Vergabeunterlagen"
    LATER = "later", "erst später oder nicht erkennbar"


class ComplaintState(Labelled):
    """What became of a complaint."""

    OPEN = "open", "Offen"
    REMEDY = "remedy", "Abgeholfen"
    NO_REMEDY = "no_remedy", "Nicht abgeholfen"


class ReviewOutcome(Labelled):
    """How a review ended."""

    AUTHORITY_WON = "authority_won", "Antrag zurückgewiesen oder verworfen"
    APPLICANT_WON = "applicant_won", "Antrag hat Erfolg"
    SETTLED = "settled", "Antrag zurückgenommen oder erledigt"
