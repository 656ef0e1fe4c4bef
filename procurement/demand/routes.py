"""Pages of demand: rounds for the procurement office, the grid for a member's lead."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from procurement.audit.queries import history_of
from procurement.core import clock
from procurement.core.errors import NotFound
from procurement.core.fragments import see_other
from procurement.demand import actions, queries, queries_cockpit, queries_totals, rules
from procurement.demand.cockpit import objections_to_reminding
from procurement.demand.forms import ArticleForm, InviteForm, PasteForm, RoundForm
from procurement.demand.models import DemandRound
from procurement.members.queries import members as all_members
from procurement.values.money import Money

blueprint = Blueprint("demand", __name__, url_prefix="/demand")

Answer = str | Response | tuple[str, int]
HISTORY_LENGTH = 10
WATCH = "tenders.watch"  # the value against its threshold belongs to tenders; this page embeds it


@blueprint.get("/")
def index() -> str:
    """All rounds for those who see them; a lead finds its own member's demands as cards."""
    rounds = queries.rounds() if queries.sees_all(current_user) else None
    return render_template("demand/index.html", rounds=rounds, own=queries.own_demands(current_user))


@blueprint.get("/new")
def new() -> str:
    """The form of a new round."""
    return render_template("demand/new.html", form=RoundForm())


@blueprint.post("/")
def create() -> Answer:
    """Prepare a round."""
    form = RoundForm()
    if form.validate_on_submit():
        made = form.attempt(lambda: actions.create_round(form.entry(), by=current_user))
        if made is not None:
            flash(_("Die Bedarfsrunde ist angelegt. Als Nächstes kommen die Artikel."), "success")
            return see_other(url_for("demand.articles", round_id=made.id))
    return render_template("demand/new.html", form=form), 422


@blueprint.get("/<int:round_id>")
def show(round_id: int) -> Answer:
    """The cockpit of a round; a lead goes on to its own member's demand."""
    if not queries.sees_all(current_user):
        own = [own.demand for own in queries.own_demands(current_user) if own.demand.round_id == round_id]
        if not own:
            raise NotFound
        return redirect(url_for("demand.entry", round_id=round_id, member_id=own[0].member_id))
    round_ = queries.round_for(current_user, round_id)
    return render_template(
        "demand/show.html",
        cockpit=queries_cockpit.cockpit_of(round_),
        reminding=objections_to_reminding(round_, clock.now()),
        watch=url_for(WATCH, round_id=round_id) if WATCH in current_app.view_functions else "",
        history=history_of("demand_round", round_id, HISTORY_LENGTH),
        **_round_facts(round_),
    )


def _round_facts(round_: DemandRound) -> dict[str, object]:
    """What every page of a round shows around its content."""
    figures, count = queries.figures_of(round_), queries.article_count(round_)
    return {
        "round": round_,
        "figures": figures,
        "article_count": count,
        "is_over": clock.now() > round_.deadline_at,
        "opening": rules.objections_to_opening(round_, count, figures.invited, now=clock.now()),
    }


@blueprint.get("/<int:round_id>/edit")
def edit(round_id: int) -> str:
    """The form of a round."""
    round_ = queries.round_for(current_user, round_id)
    return render_template("demand/edit.html", round=round_, form=RoundForm(obj=round_))


@blueprint.post("/<int:round_id>")
def update(round_id: int) -> Answer:
    """Change title, notes or deadline."""
    round_, form = queries.round_for(current_user, round_id), RoundForm()
    if form.validate_on_submit():
        seen = form.seen_version()
        changed = form.attempt(lambda: actions.change_round(round_, form.entry(), by=current_user, seen_version=seen))
        if changed is not None:
            flash(_("Die Angaben sind gespeichert."), "success")
            return see_other(url_for("demand.show", round_id=round_id))
    form.version.data = round_.version
    return render_template("demand/edit.html", round=round_, form=form), 422


@blueprint.get("/<int:round_id>/articles")
def articles(round_id: int) -> str:
    """The articles of a round with the sums over all members."""
    round_ = queries.round_for(current_user, round_id)
    return _articles_page(round_, ArticleForm(formdata=None), PasteForm(formdata=None))


def _articles_page(round_: DemandRound, form: ArticleForm, paste_form: PasteForm) -> str:
    totals = queries_totals.article_totals(round_)
    estimate = Money.total(line.estimate_net for line in totals if line.estimate_net is not None)
    facts = _round_facts(round_)
    return render_template(
        "demand/articles.html", totals=totals, estimate=estimate, form=form, paste_form=paste_form, **facts
    )


@blueprint.post("/<int:round_id>/articles")
def add_article(round_id: int) -> Answer:
    """Take one article into the round."""
    round_, form = queries.round_for(current_user, round_id), ArticleForm()
    if form.validate_on_submit():
        made = form.attempt(lambda: actions.add_article(round_, form.entry(), by=current_user))
        if made is not None:
            flash(_("Artikel %(label)s ist aufgenommen.", label=made.audit_label), "success")
            return see_other(url_for("demand.articles", round_id=round_id, _anchor="new-article"))
    return _articles_page(round_, form, PasteForm(formdata=None)), 422


@blueprint.post("/<int:round_id>/articles/paste")
def paste_articles(round_id: int) -> Answer:
    """Take many articles into the round, all or none."""
    round_, form = queries.round_for(current_user, round_id), PasteForm()
    if form.validate_on_submit():
        made = form.attempt(lambda: actions.add_articles(round_, form.entries, by=current_user))
        if made is not None:
            flash(_("%(count)s Artikel sind aufgenommen.", count=len(made)), "success")
            return see_other(url_for("demand.articles", round_id=round_id))
    return _articles_page(round_, ArticleForm(formdata=None), form), 422


@blueprint.get("/<int:round_id>/articles/<int:article_id>")
def show_article(round_id: int, article_id: int) -> str:
    """One article with every member's quantities: where its sums come from."""
    round_ = queries.round_for(current_user, round_id)
    article = queries.article_of(round_, article_id)
    wished_by = article.wished_by.name if article.wished_by else ""
    line = queries_totals.line_of(article)
    return render_template("demand/show_article.html", round=round_, line=line, wished_by=wished_by)


@blueprint.post("/<int:round_id>/articles/<int:article_id>/remove")
def remove_article(round_id: int, article_id: int) -> Answer:
    """Take an article out of a round in preparation."""
    round_ = queries.round_for(current_user, round_id)
    actions.remove_article(queries.article_of(round_, article_id), by=current_user)
    flash(_("Der Artikel ist entfernt."), "success")
    return see_other(url_for("demand.articles", round_id=round_id))


@blueprint.get("/<int:round_id>/invite")
def invite(round_id: int) -> str:
    """Choose the members to ask."""
    round_ = queries.round_for(current_user, round_id)
    return _invite_page(round_, _invite_form(round_))


def _invite_form(round_: DemandRound) -> InviteForm:
    form, invited = InviteForm(), queries.invited_member_ids(round_)
    deadline_on = clock.in_berlin(round_.deadline_at).date()
    form.offer(member for member in all_members(on=deadline_on) if member.id not in invited)
    return form


def _invite_page(round_: DemandRound, form: InviteForm) -> str:
    objections = rules.objections_to_inviting(round_)
    return render_template(
        "demand/invite.html",
        form=form,
        answers=queries_totals.answers(round_),
        objections=objections,
        **_round_facts(round_),
    )


@blueprint.post("/<int:round_id>/invite")
def invite_members(round_id: int) -> Answer:
    """Invite the chosen members, or everybody who is not invited yet."""
    round_ = queries.round_for(current_user, round_id)
    form = _invite_form(round_)
    if form.validate_on_submit():
        offered = {member_id for member_id, _name in form.members.choices}
        chosen = offered if "everybody" in request.form else set(form.members.data)
        members = [member for member in all_members() if member.id in chosen]
        if form.attempt(lambda: actions.invite(round_, members, by=current_user)) is not None:
            flash(_("%(count)s Mitglieder sind eingeladen.", count=len(members)), "success")
            return see_other(url_for("demand.show", round_id=round_id))
    return _invite_page(round_, form), 422


@blueprint.post("/<int:round_id>/open")
def open_round(round_id: int) -> Answer:
    """Let the invited members answer."""
    round_ = queries.round_for(current_user, round_id)
    actions.open_round(round_, by=current_user, seen_version=request.form.get("version", type=int))
    flash(_("Die Bedarfsrunde ist geöffnet. Die eingeladenen Mitglieder können jetzt antworten."), "success")
    return see_other(url_for("demand.show", round_id=round_id))


@blueprint.get("/<int:round_id>/close")
def confirm_close(round_id: int) -> str:
    """What closing fixes and who has not answered."""
    round_ = queries.round_for(current_user, round_id)
    return render_template(
        "demand/confirm_close.html",
        missing=queries.unanswered_members(round_),
        objections=rules.objections_to_closing(round_),
        **_round_facts(round_),
    )


@blueprint.post("/<int:round_id>/close")
def close_round(round_id: int) -> Answer:
    """Close the round and freeze what was submitted."""
    round_ = queries.round_for(current_user, round_id)
    actions.close_round(round_, by=current_user, seen_version=request.form.get("version", type=int))
    flash(_("Die Bedarfsrunde ist geschlossen. Die eingereichten Mengen stehen fest."), "success")
    return see_other(url_for("demand.show", round_id=round_id))
