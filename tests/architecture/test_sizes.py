"""Small is a limit, not a wish: what passes its budget is split by subject on that day, never into helpers."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.source import Function, Module, modules

MODULE_LINES = 400
FUNCTION_LINES = 40
ROUTE_LINES = 25
TEST_LINES = 50
PARAMETERS = 6
ROUTE_DECORATORS = {"route", "get", "post", "put", "delete"}
# Names that say nothing about a subject; whatever lands there has a better place.
NO_SUBJECT = {"utils", "util", "helpers", "helper", "common", "misc", "tools", "base", "stuff", "shared"}
NO_VERB = ("get_", "process_", "handle_", "do_", "manage_")


def hand_written(*folders: str) -> Iterator[Module]:
    """Modules people wrote; a migration is as long as the change it makes."""
    return (m for folder in folders for m in modules(folder) if not m.name.startswith("procurement.migrations"))


def length(function: Function) -> int:
    """Lines from ``def`` to the end; decorators are not the function's length."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def is_route(function: Function) -> bool:
    """Whether a decorator such as ``@blueprint.get("/")`` makes it answer a request."""
    calls = (decorator.func for decorator in function.decorator_list if isinstance(decorator, ast.Call))
    return any(isinstance(call, ast.Attribute) and call.attr in ROUTE_DECORATORS for call in calls)


def parameters(function: Function) -> list[str]:
    """The names a caller fills; the instance or class in front does not count."""
    named = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    return [argument.arg for argument in named if argument.arg not in {"self", "cls"}]


def too_long(found: Iterator[Module], limit: int, *, routes: bool = False) -> list[str]:
    """Functions beyond the limit, with their length."""
    functions = ((m, f) for m in found for f in m.functions() if not routes or is_route(f))
    return [f"{m.place(f)}: {f.name} has {length(f)} lines" for m, f in functions if length(f) > limit]


def test_a_module_has_at_most_400_lines():
    long = [f"{m.path}: {m.lines}" for m in hand_written("procurement", "tests", "bench") if m.lines > MODULE_LINES]
    assert not long


def test_a_function_has_at_most_40_lines():
    assert not too_long(hand_written("procurement"), FUNCTION_LINES)


def test_a_route_function_has_at_most_25_lines():
    routes = (m for m in hand_written("procurement") if m.path.name.startswith("routes"))
    assert not too_long(routes, ROUTE_LINES, routes=True)


def test_a_test_function_has_at_most_50_lines():
    assert not too_long(hand_written("tests"), TEST_LINES)


def test_a_function_has_at_most_six_parameters():
    functions = ((m, f) for m in hand_written("procurement") for f in m.functions())
    many = [f"{m.place(f)}: {f.name} has {len(parameters(f))}" for m, f in functions if len(parameters(f)) > PARAMETERS]
    assert not many


def test_a_file_or_folder_is_named_after_its_subject():
    names = (
        (m, part) for m in hand_written("procurement", "tests") for part in m.name.removeprefix("tests.").split(".")
    )
    assert not [f"{m.path}: {part}" for m, part in names if part in NO_SUBJECT]


@pytest.mark.parametrize("prefix", NO_VERB)
def test_a_function_is_named_by_what_it_gives_or_by_a_verb_of_the_trade(prefix):
    functions = ((m, node) for m in hand_written("procurement") for node in m.tree.body if isinstance(node, Function))
    assert not [f"{m.place(f)}: {f.name}" for m, f in functions if f.name.lstrip("_").startswith(prefix)]
