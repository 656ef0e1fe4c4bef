"""The one password of all demonstration accounts; such accounts exist only in a demonstration database."""

DEMONSTRATION_PASSWORD = "vorfuehrung-2026"  # noqa: S105 - printed on the sign-in page of the demonstration on purpose
