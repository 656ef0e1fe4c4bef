"""What the architecture tests look at: the repository's own files, and every Python module parsed once."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = {".git", ".venv", "instance", "vendor", "__pycache__", "htmlcov", ".hypothesis"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One Python file; ``name`` is dotted (``procurement.bids.sealing``), a package is named without ``__init__``."""

    path: Path
    name: str
    lines: int
    tree: ast.Module

    @property
    def is_package(self) -> bool:
        """Whether this is an ``__init__`` file."""
        return self.path.name == "__init__.py"

    @property
    def package(self) -> str:
        """The feature or layer directly below ``procurement``; empty for the factory itself."""
        parts = self.name.split(".")
        return parts[1] if len(parts) > 1 else ""

    def place(self, node: ast.AST) -> str:
        """Where a node stands, for a message one can click on."""
        return f"{self.path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"

    def functions(self) -> Iterator[Function]:
        """Every function and method, nested ones too."""
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))


@cache
def modules(folder: str) -> tuple[Module, ...]:
    """Every module below a folder of the repository, sorted; none if the folder does not exist yet."""
    return tuple(_read(path) for path in sorted((ROOT / folder).rglob("*.py")))


def text_files() -> Iterator[Path]:
    """Every text file people wrote here; nothing vendored, installed or made by running."""
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        if path.is_file() and NOT_OURS.isdisjoint(parts) and not any(part.endswith("_cache") for part in parts):
            try:
                path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue
            yield path


def _read(path: Path) -> Module:
    source = path.read_text(encoding="utf-8")
    parts = path.relative_to(ROOT).with_suffix("").parts
    name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    return Module(path, name, len(source.splitlines()), ast.parse(source))
