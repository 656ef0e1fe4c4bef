"""Templates: each compiles, is reached, has a title, shows no unmarked text and needs no gap in the content policy."""

import ast
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache
from html.parser import HTMLParser

import pytest
from flask import Flask
from jinja2 import Environment, nodes

from procurement.core import filters
from tests.architecture.source import ROOT, modules

FOLDER = ROOT / "templates"
NAMES = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.html"))
PAGES = [name for name in NAMES if not name.startswith(("layouts/", "components/")) and "/_" not in name]
LINES = 200

MARKING = {"_", "gettext", "ngettext", "pgettext", "npgettext", "lazy_gettext"}
# Written alike in every language: file formats and names of standards.
NOT_TRANSLATED = {"PDF", "CSV", "JSON", "ZIP", "XLSX", "SHA", "CPV", "KERN", "htmx"}
READ_ALOUD = {"alt", "title", "placeholder", "aria-label", "aria-description", "label"}
LETTERS = re.compile(r"[A-Za-zÄÖÜäöüß]{2,}")
CAPITALISED = re.compile(r"(?<![\w./:-])[A-ZÄÖÜ][a-zäöüß]{2,}")
STANDS_FOR_VALUE = "0"  # takes the place of {{ ... }}, so that attributes keep a value and words stay apart

every_template = pytest.mark.parametrize("name", NAMES)


@cache
def environment() -> Environment:
    """Jinja as the application sets it up, with its filters and the translation functions."""
    app = Flask(__name__)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    filters.register(app)
    return app.jinja_env


def source(name: str) -> str:
    """The text of a template."""
    return (FOLDER / name).read_text(encoding="utf-8")


@cache
def parsed(name: str) -> nodes.Template:
    """The syntax tree of a template."""
    return environment().parse(source(name), name)


def markup(name: str) -> str:
    """The HTML of a template without Jinja: values become a placeholder, statements and marked passages vanish."""
    kept: list[str] = []
    statement: list[str] = []
    marked = False
    for _, kind, value in environment().lex(source(name)):
        if kind == "block_begin":
            statement = []
        elif kind == "block_end":
            marked = statement[:1] == ["trans"] or (marked and statement[:1] != ["endtrans"])
        elif kind == "name":
            statement.append(value)
        elif kind == "variable_end" and not marked:
            kept.append(STANDS_FOR_VALUE)
        elif kind == "data" and not marked:
            kept.append(value)
        kept.extend("\n" * value.count("\n") if kind != "data" or marked else "")
    return "".join(kept)


class Page(HTMLParser):
    """What a browser would make of the markup: readable texts, and whatever a strict content policy refuses."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.texts: list[tuple[int, str]] = []
        self.refused: list[str] = []
        self.silent = ""
        self.feed(markup(name))
        self.close()

    def handle_starttag(self, tag, attrs):
        line = self.getpos()[0]
        present = {attribute: value or "" for attribute, value in attrs}
        self.silent = tag if tag in {"script", "style"} else ""
        self.texts += [(line, text) for attribute, text in present.items() if attribute in READ_ALOUD]
        if tag == "style" or (tag == "script" and "src" not in present):
            self.refused.append(f"line {line}: inline <{tag}>")
        self.refused += [
            f"line {line}: {name}=" for name in present if name == "style" or re.match(r"on\w|hx-on", name)
        ]
        self.refused += [f"line {line}: {url}" for url in present.values() if url.strip().startswith("javascript:")]

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        self.silent = ""

    def handle_endtag(self, tag):
        self.silent = ""

    def handle_data(self, data):
        if not self.silent:
            self.texts.append((self.getpos()[0], data))


def templates_named_in_code() -> Iterator[str]:
    """Every text ending in .html in Python; a part put in later becomes ``*``."""
    for module in modules("procurement"):
        for node in ast.walk(module.tree):
            if isinstance(node, ast.JoinedStr):
                yield "".join(part.value if isinstance(part, ast.Constant) else "*" for part in node.values)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.endswith(".html"):
                yield node.value


def templates_named_in_templates() -> Iterator[str]:
    """Every template that another one includes, imports or extends."""
    kinds = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)
    for name in NAMES:
        for reference in parsed(name).find_all(kinds):
            yield from (constant.value for constant in reference.template.find_all(nodes.Const))
            if isinstance(reference.template, nodes.Const):
                yield reference.template.value


@cache
def reached() -> frozenset[str]:
    """All templates that something leads to, as names or patterns."""
    return frozenset(
        name for name in (*templates_named_in_code(), *templates_named_in_templates()) if name.endswith(".html")
    )


def unmarked_constants(node: nodes.Node) -> Iterator[str]:
    """German words in expressions outside ``_()``: a label handed to a macro is read by people, too."""
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name in MARKING:
        return
    if isinstance(node, nodes.Const) and isinstance(node.value, str) and CAPITALISED.search(node.value):
        yield f"line {node.lineno}: {node.value!r}"
    for child in node.iter_child_nodes():
        yield from unmarked_constants(child)


@every_template
def test_it_compiles_and_knows_its_filters(name):
    known = environment()
    known.compile(source(name), name)
    used = {node.name for node in parsed(name).find_all((nodes.Filter, nodes.Test))}
    assert used <= {*known.filters, *known.tests}


@every_template
def test_it_has_at_most_200_lines(name):
    assert len(source(name).splitlines()) <= LINES


@every_template
def test_every_visible_text_is_marked_for_translation(name):
    words = [(line, word) for line, text in Page(name).texts for word in LETTERS.findall(text)]
    unmarked = [f"line {line}: {word}" for line, word in words if word not in NOT_TRANSLATED]
    assert not unmarked + list(unmarked_constants(parsed(name)))


@every_template
def test_it_needs_no_inline_style_or_script(name):
    assert not Page(name).refused


@every_template
def test_it_is_reached_from_code_or_another_template(name):
    assert any(fnmatchcase(name, pattern) for pattern in reached())


@every_template
def test_it_imports_nothing_unused(name):
    tree = parsed(name)
    imported = {node.target for node in tree.find_all(nodes.Import)}
    for node in tree.find_all(nodes.FromImport):
        imported |= {entry[1] if isinstance(entry, tuple) else entry for entry in node.names}
    assert imported <= {node.name for node in tree.find_all(nodes.Name) if node.ctx == "load"}


def parent_of(name: str) -> str:
    """The template a page extends, or nothing."""
    named = [node.template for node in parsed(name).find_all(nodes.Extends)]
    return named[0].value if named and isinstance(named[0], nodes.Const) else ""


@pytest.mark.parametrize("name", PAGES)
def test_a_page_extends_a_layout_and_names_its_title(name):
    own = {block.name for block in parsed(name).find_all(nodes.Block)}
    parent = parent_of(name)
    if parent and not parent.startswith("layouts/"):
        # The common head of one subject's pages: it makes the title out of the page's section.
        assert "section" in own or name == parent
        assert "title" in {block.name for block in parsed(parent).find_all(nodes.Block)}
        parent = parent_of(parent)
    else:
        assert "title" in own
    assert parent.startswith("layouts/")
