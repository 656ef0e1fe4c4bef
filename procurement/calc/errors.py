"""What is wrong with a JSON request, and where: one error for every command that answers JSON with JSON."""


class BadInput(ValueError):
    """A request that cannot be answered; ``path`` names the place such as ``weights[2]``, empty for the whole input."""

    def __init__(self, path: str, message: str) -> None:
        self.path = path
        self.message = message
        super().__init__(f"{path}: {message}" if path else message)


def each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A JSON object none of whose names stands twice; otherwise the last would silently win."""
    found: dict[str, object] = {}
    for name, content in pairs:
        if name in found:
            raise BadInput("", f"Der Name „{name}“ steht zweimal im selben JSON-Objekt. Bitte nur einmal angeben.")
        found[name] = content
    return found
