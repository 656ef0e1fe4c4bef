"""The page of a running job: only for whoever asked for it, with or without scripts, and on to the result."""

import pytest

from procurement.core import jobs
from procurement.core.db import db
from procurement.core.errors import Refused
from procurement.core.job_table import Job, JobState
from tests.factories import members as make

FRAGMENT = {"HX-Request": "true"}


@jobs.handler("test:page:done")
def done(progress):
    return "/demand/"


@jobs.handler("test:page:away")
def away(progress):
    return "//example.org/"


@jobs.handler("test:page:refused")
def refused(progress):
    raise Refused("Die Mappe gehört zu einer anderen Runde.")


@pytest.fixture
def owner(saved):
    with saved():
        return make.officer().id


def _asked(saved, owner, kind, **fields):
    with saved():
        job = jobs.enqueue(kind, owner_id=owner)
        for name, value in fields.items():
            setattr(job, name, value)
        return job.id


def _work(app):
    with app.app_context():
        jobs.run_pending()


def test_a_waiting_job_asks_again_every_second_and_has_a_link_for_those_without_scripts(saved, browser, owner):
    job_id = _asked(saved, owner, "test:page:done")
    page = browser(owner).get(f"/jobs/{job_id}").text
    assert f'hx-get="/jobs/{job_id}" hx-trigger="every 1s"' in page
    assert "Der Vorgang wartet auf seine Bearbeitung." in page
    assert f'<a href="/jobs/{job_id}">Stand aktualisieren</a>' in page


def test_a_running_job_shows_how_far_it_is(saved, browser, owner):
    job_id = _asked(
        saved, owner, "test:page:done",
        state=JobState.RUNNING, done_units=1200, total_units=5000, message="Zeilen gelesen:",
    )  # fmt: skip
    page = browser(owner).get(f"/jobs/{job_id}", headers=FRAGMENT).text
    assert "Zeilen gelesen: 1.200 von 5.000" in page
    assert 'value="1200" max="5000"' in page
    assert "<html" not in page


def test_a_finished_job_leads_to_its_result(app, saved, browser, owner):
    job_id = _asked(saved, owner, "test:page:done")
    _work(app)
    window = browser(owner)
    assert window.get(f"/jobs/{job_id}").location == "/demand/"
    assert window.get(f"/jobs/{job_id}", headers=FRAGMENT).headers["HX-Redirect"] == "/demand/"


def test_a_result_outside_of_this_installation_is_not_followed(app, saved, browser, owner):
    job_id = _asked(saved, owner, "test:page:away")
    _work(app)
    window = browser(owner)
    assert window.get(f"/jobs/{job_id}").status_code == 200
    assert "HX-Redirect" not in window.get(f"/jobs/{job_id}", headers=FRAGMENT).headers


def test_a_refused_job_says_why_and_asks_no_more(app, saved, browser, owner):
    job_id = _asked(saved, owner, "test:page:refused")
    _work(app)
    page = browser(owner).get(f"/jobs/{job_id}").text
    assert "Die Mappe gehört zu einer anderen Runde." in page
    assert "hx-get" not in page


def test_only_the_owner_and_administrators_see_the_page(saved, browser, owner):
    job_id = _asked(saved, owner, "test:page:done")
    with saved():
        other, administrator = make.officer().id, make.administrator().id
    assert [browser(who).get(f"/jobs/{job_id}").status_code for who in (owner, administrator, other)] == [200, 200, 404]
    foreign, missing = (browser(other).get(f"/jobs/{number}") for number in (job_id, 999))
    assert foreign.data == missing.data


def test_the_owner_is_whoever_is_signed_in_when_the_job_is_asked_for(app, saved, browser):
    with saved():
        made = make.officer()
        officer_id, round_members = made.id, [make.member("Ahaus").id]
    window = browser(officer_id)
    fields = {"reference": "B-1", "title": "Firewall", "deadline_at": "2026-12-11T12:00", "joint_cost_key": "clients"}
    window.post("/demand/", fields)
    window.post("/demand/1/articles", {"number": "1", "title": "Gerät", "unit": "Stück", "nature": "one_off"})
    window.post("/demand/1/invite", {"members": round_members})
    assert window.post("/demand/1/open").status_code == 303
    with app.app_context():
        assert [job.account_id for job in db.session.query(Job)] == [officer_id]
