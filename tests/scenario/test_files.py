"""Scenario files with faults: each is named with its path, and nothing at all is saved."""

import dataclasses

import pytest
import sqlalchemy as sa
import yaml

from procurement.core.db import db
from procurement.members.models import Member
from procurement.scenario.errors import ScenarioError
from procurement.scenario.reading import read, understood

TWO = [{"key": "1", "name": "Adorf"}, {"key": "2", "name": "Bestadt"}]
ROUND = {"reference": "BR-1", "title": "Notebooks", "articles": [{"number": "NB", "title": "Notebook"}]}


def _write(folder, content):
    path = folder / "case.yaml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("content", "path", "words"),
    [
        ({"members": [{"key": "1"}]}, "members[0].name", "Das Feld fehlt."),
        ({"members": [{"key": "1", "name": "A", "size": 3}]}, "members[0].size", "Dieses Feld gibt es nicht."),
        ({"stop_after": "lunch"}, "stop_after", "Möglich sind"),
        ({"members": [{"key": "1", "name": "A", "clients": -4}]}, "members[0].clients", "mindestens 0"),
        (
            {"rounds": [{**ROUND, "articles": [{"number": "1", "title": "N", "planning_price": 1.5}]}]},
            "rounds[0].articles[0].planning_price",
            "in Anführungszeichen",
        ),
    ],
)
def test_a_wrong_form_is_named_by_its_path(content, path, words):
    with pytest.raises(ScenarioError) as refused:
        understood(content)
    assert [fault[0] for fault in refused.value.faults] == [path]
    assert words in str(refused.value)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (
            {"members": TWO, "rounds": [{**ROUND, "demands": {"1": {"NB": {"expected": 5, "maximum": 3}}}}]},
            "rounds[0].demands.1: ",
        ),
        ({"members": TWO, "rounds": [{**ROUND, "demands": {"3": {"NB": 1}}}]}, "rounds[0].demands.3: Das Mitglied 3"),
        ({"members": TWO, "rounds": [{**ROUND, "demands": {"1": {"XX": 1}}}]}, "rounds[0].demands.1: Den Artikel XX"),
        ({"members": TWO, "tenders": [{"reference": "V", "title": "T", "round": "BR-9"}]}, "tenders[0].round: "),
    ],
)  # fmt: skip
def test_a_step_that_a_rule_refuses_is_named_by_its_path_and_nothing_is_saved(app, tmp_path, content, words):
    result = app.test_cli_runner().invoke(args=["scenario", "load", str(_write(tmp_path, content))])
    assert result.exit_code == 1
    assert words in result.output
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Member)) == 0


def test_a_file_that_is_no_yaml_is_answered_with_the_line(tmp_path):
    path = tmp_path / "broken.yaml"
    path.write_text("members:\n  - {key: 1, name: A\n  - nonsense", encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"Zeile \d+, Spalte \d+: Kein gültiges YAML"):
        read(path)


def test_a_missing_file_is_one_sentence(app):
    result = app.test_cli_runner().invoke(args=["scenario", "load", "nowhere.yaml"])
    assert result.exit_code == 1
    assert "nicht lesbar" in result.output


@pytest.mark.parametrize("stage", ["members", "demand", "tender", "publication"])
def test_a_scenario_stops_at_the_stage_it_asks_for(app, tmp_path, stage):
    content = {
        "stop_after": stage,
        "members": TWO,
        "rounds": [{**ROUND, "demands": {"1": {"NB": 3}, "2": {"NB": 4}}}],
        "tenders": [{"reference": "V-1", "title": "Notebooks", "round": "BR-1", "estimates": {"NB": 900}}],
    }
    result = app.test_cli_runner().invoke(args=["scenario", "load", str(_write(tmp_path, content))])
    assert result.output == "Das Szenario case.yaml ist geladen.\n"
    reached = {
        "members": (0, 0, None),
        "demand": (1, 0, None),
        "tender": (1, 1, "planned"),
        "publication": (1, 1, "published"),
    }
    with app.app_context():
        rounds = db.session.scalar(sa.text("SELECT COUNT(*) FROM demand_round"))
        tenders = db.session.scalar(sa.text("SELECT COUNT(*) FROM tender"))
        stored = db.session.scalar(sa.text("SELECT stage FROM tender"))
    assert (rounds, tenders, stored) == reached[stage]


def test_a_json_file_is_read_as_well(app, tmp_path):
    path = tmp_path / "case.json"
    path.write_text('{"members": [{"key": "1", "name": "Adorf"}], "stop_after": "members"}', encoding="utf-8")
    result = app.test_cli_runner().invoke(args=["scenario", "load", str(path)])
    assert result.exit_code == 0


def test_a_real_installation_takes_no_scenario_because_its_accounts_have_a_known_password(app, tmp_path):
    real = dataclasses.replace(app.extensions["settings"], demonstration=False)
    app.extensions["settings"], before = real, app.extensions["settings"]
    try:
        result = app.test_cli_runner().invoke(args=["scenario", "load", str(_write(tmp_path, {"members": TWO}))])
    finally:
        app.extensions["settings"] = before
    assert result.exit_code == 1
    assert "keine Vorführung" in result.output
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Member)) == 0
