"""Imports run one way, and whatever has no reserved name is pure; stated once as data, checked on the parsed source.

import-linter checks the order as well, over indirect imports; here also purity, late imports and private file roles.
"""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.architecture.source import Module, modules

# From the ground up: a package imports only what stands in a row before its own.
ORDER = (
    {"values"},
    {"rulebook"},
    {"config", "sealing"},
    {"core"},
    {"audit"},
    {"members"},
    {"catalogue"},
    {"demand"},
    {"tenders", "workgroup"},
    {"bids"},
    {"examination"},
    {"evaluation"},
    {"awarding"},
    {"allocation"},
    {"contracts"},
    {"documents"},
    {"home", "scenario", "calc"},
    {"cli"},
)
RANK = {package: row for row, packages in enumerate(ORDER) for package in packages}
FOUNDATION = {"values", "rulebook"}
# May be impure: the factory, settings, plumbing, commands; and scenarios, which play a file through the actions.
PLUMBING = {"", "config", "core", "migrations", "cli", "scenario"}
# The reserved names; a file that outgrows its budget is split by subject behind its name: queries_publication.py.
RESERVED = {"models", "queries", "actions", "forms", "routes", "jobs"}

# What reaches outside the process, or asks for the time or chance, has no place in a calculation.
OUTSIDE = {
    "asyncio", "getpass", "glob", "http", "importlib", "logging", "multiprocessing", "os", "pathlib", "random",
    "secrets", "shutil", "signal", "smtplib", "socket", "sqlite3", "subprocess", "tempfile", "threading", "time",
    "urllib",
}  # fmt: skip
CLOCK_READS = {"now", "today", "utcnow"}
# Libraries and modules that a package's pure part is made of: drawing needs fonts, sealing keys, periods holidays,
# the award of lots a solver, and drawn weights a generator whose seed is stored.
GRANTED = {
    "sealing": {"cryptography", "os"},
    "calc": {"pydantic"},
    "tenders": {"holidays", "rapidfuzz"},
    "evaluation": {"highspy", "numpy", "random"},
    "documents": {"reportlab", "pypdf", "fontpkg", "fontpkg_fira_sans", "importlib", "pathlib", "threading"},
}


@dataclass(frozen=True)
class Import:
    """One imported name, with what the module is and where it stands."""

    module: Module
    node: ast.stmt
    target: str
    late: bool
    for_types: bool

    def __str__(self) -> str:
        return f"{self.module.place(self.node)}: imports {self.target}"

    @property
    def top(self) -> str:
        """The outermost package."""
        return self.target.split(".")[0]

    @property
    def feature(self) -> str:
        """The package below ``procurement`` that is imported; empty for anything else."""
        parts = self.target.split(".")
        return parts[1] if parts[0] == "procurement" and len(parts) > 1 else ""

    @property
    def role(self) -> str:
        """The role of the file that is imported from; empty for a package."""
        parts = self.target.split(".")
        return role(parts[2]) if self.feature and len(parts) > 2 else ""


def role(file: str) -> str:
    """The reserved name a file begins with (``queries_bill`` holds queries), else its whole name."""
    first = file.partition("_")[0]
    return first if first in RESERVED else file


NAMES = {module.name for module in modules("procurement")}


def imports_of(module: Module) -> Iterator[Import]:
    """Every import of a module; ``from package import module`` counts as importing the module."""
    for node, late, for_types in _statements(module.tree, late=False, for_types=False):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(module, node, alias.name, late, for_types)
        elif isinstance(node, ast.ImportFrom):
            for target in _from_targets(module, node):
                yield Import(module, node, target, late, for_types)


def _statements(parent: ast.AST, *, late: bool, for_types: bool) -> Iterator[tuple[ast.AST, bool, bool]]:
    for node in ast.iter_child_nodes(parent):
        yield node, late, for_types
        within = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        typing = isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        yield from _statements(node, late=late or within, for_types=for_types or typing)


def _from_targets(module: Module, node: ast.ImportFrom) -> set[str]:
    base = node.module or ""
    if node.level:
        start = module.name.split(".") if module.is_package else module.name.split(".")[:-1]
        base = ".".join([*start[: len(start) - node.level + 1], *([node.module] if node.module else [])])
    submodules = {f"{base}.{alias.name}" for alias in node.names if f"{base}.{alias.name}" in NAMES}
    return submodules if len(submodules) == len(node.names) else submodules | {base}


def all_imports() -> Iterator[Import]:
    """Every import below ``procurement``."""
    for module in modules("procurement"):
        yield from imports_of(module)


def is_pure(package: str, role: str) -> bool:
    """Whether a file must be pure: it belongs to a feature and has none of the reserved names."""
    return package not in PLUMBING and role not in RESERVED


def role_of(module: Module) -> str:
    """The role of a file; empty for a package."""
    return "" if module.is_package else role(module.name.split(".")[-1])


def listed(offences: Iterator[object]) -> str:
    """One offence a line, so that a failing test reads like a list of things to mend."""
    return "\n".join(str(offence) for offence in offences)


def test_every_package_has_its_place_in_the_order():
    packages = {module.package for module in modules("procurement")} - {"", "migrations"}
    assert packages <= set(RANK)


def test_a_package_imports_only_what_stands_below_it():
    ordered = (found for found in all_imports() if found.module.package in RANK and found.feature)
    assert not listed(
        found
        for found in ordered
        if found.feature != found.module.package and RANK.get(found.feature, len(ORDER)) >= RANK[found.module.package]
    )


def test_nobody_but_the_commands_imports_the_application_factory():
    # A scenario is tried in an application of its own, which only the command can make.
    importers = (found for found in all_imports() if found.target == "procurement" and found.module.package)
    assert not listed(found for found in importers if found.module.name != "procurement.cli")


def test_nothing_is_imported_late_outside_the_command_line():
    assert not listed(found for found in all_imports() if found.late and found.module.name != "procurement.cli")


@pytest.mark.parametrize("private", ["routes", "forms", "jobs"])
def test_routes_forms_and_jobs_are_imported_by_the_factory_the_commands_and_their_own_routes_only(private):
    imported = [found for found in all_imports() if found.feature not in PLUMBING and found.role == private]
    outsiders = [found for found in imported if found.module.name not in {"procurement", "procurement.cli"}]
    assert not listed(
        found
        for found in outsiders
        if found.module.package != found.feature or role_of(found.module) not in {"routes", private}
    )


def test_blueprints_are_created_in_routes_only():
    calls = ((module, node) for module in modules("procurement") for node in ast.walk(module.tree))
    assert not listed(
        module.place(node)
        for module, node in calls
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Blueprint"
        and role_of(module) != "routes"
    )


def test_a_package_file_holds_one_docstring_and_no_code():
    packages = (
        module for module in modules("procurement") if module.is_package and module.package not in {"", "migrations"}
    )
    assert not listed(
        module.path for module in packages if not (len(module.tree.body) == 1 and ast.get_docstring(module.tree))
    )


@pytest.mark.parametrize("package", sorted(set(RANK) - PLUMBING))
def test_unreserved_modules_are_pure(package):
    pure = [
        m for m in modules("procurement") if m.package == package and is_pure(package, role_of(m)) and not m.is_package
    ]
    granted = GRANTED.get(package, set())
    offences = [f"{found}, which is not pure" for m in pure for found in imports_of(m) if _is_impure(found, granted)]
    offences += [
        f"{m.place(node)}: reads the clock or a file" for m in pure for node in ast.walk(m.tree) if _reads_outside(node)
    ]
    assert not listed(iter(offences))


@pytest.mark.parametrize("package", sorted(FOUNDATION))
def test_the_foundation_needs_the_standard_library_only(package):
    below = FOUNDATION if package == "rulebook" else {package}
    assert not listed(
        found
        for found in all_imports()
        if found.module.package == package and found.top not in sys.stdlib_module_names and found.feature not in below
    )


def _is_impure(found: Import, granted: set[str]) -> bool:
    if found.for_types or found.top in granted:
        return False
    if found.top != "procurement":
        return found.top in OUTSIDE or found.top not in sys.stdlib_module_names
    return not is_pure(found.feature, found.role)


def _reads_outside(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Name):
        return node.func.id in {"open", "input", "print"}
    is_clock = isinstance(node.func, ast.Attribute) and node.func.attr in CLOCK_READS
    return is_clock and isinstance(node.func.value, ast.Name) and node.func.value.id in {"datetime", "date"}
