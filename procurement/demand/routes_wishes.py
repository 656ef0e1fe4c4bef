"""Own wishes outside the catalogue: taken in below the grid, worded anew on a page of their own, removed."""

from flask import flash, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from procurement.core.fragments import see_other
from procurement.demand import actions_wishes, queries
from procurement.demand.forms_answers import WishForm, WishWordsForm
from procurement.demand.queries_wishes import wish_of
from procurement.demand.routes import Answer, blueprint
from procurement.demand.routes_entry import entry_page


@blueprint.post("/<int:round_id>/<int:member_id>/wishes")
def add_wish(round_id: int, member_id: int) -> Answer:
    """Take a wish into the demand."""
    demand, form = queries.demand_for(current_user, round_id, member_id), WishForm()
    if form.validate_on_submit():
        made = form.attempt(lambda: actions_wishes.add_wish(demand, form.entry(), by=current_user))
        if made is not None:
            flash(_("Ihr Wunsch „%(title)s“ ist aufgenommen.", title=made.title), "success")
            return see_other(url_for("demand.entry", round_id=round_id, member_id=member_id, _anchor="wish"))
    return entry_page(demand, form), 422


@blueprint.get("/<int:round_id>/<int:member_id>/wishes/<int:article_id>")
def edit_wish(round_id: int, member_id: int, article_id: int) -> str:
    """The words of a wish as a form."""
    demand = queries.demand_for(current_user, round_id, member_id)
    wish = wish_of(demand, article_id)
    form = WishWordsForm(obj=wish)
    return render_template("demand/wish.html", demand=demand, round=demand.round, wish=wish, form=form)


@blueprint.post("/<int:round_id>/<int:member_id>/wishes/<int:article_id>")
def update_wish(round_id: int, member_id: int, article_id: int) -> Answer:
    """Word a wish anew."""
    demand, form = queries.demand_for(current_user, round_id, member_id), WishWordsForm()
    wish = wish_of(demand, article_id)
    if form.validate_on_submit():
        changed = form.attempt(lambda: actions_wishes.change_wish(demand, wish, form.entry(), by=current_user))
        if changed is not None:
            flash(_("Der Wunsch ist gespeichert."), "success")
            return see_other(url_for("demand.entry", round_id=round_id, member_id=member_id, _anchor="wish"))
    return render_template("demand/wish.html", demand=demand, round=demand.round, wish=wish, form=form), 422


@blueprint.post("/<int:round_id>/<int:member_id>/wishes/<int:article_id>/remove")
def remove_wish(round_id: int, member_id: int, article_id: int) -> Answer:
    """Take a wish out of the demand."""
    demand = queries.demand_for(current_user, round_id, member_id)
    actions_wishes.remove_wish(demand, wish_of(demand, article_id), by=current_user)
    flash(_("Der Wunsch ist entfernt."), "success")
    return see_other(url_for("demand.entry", round_id=round_id, member_id=member_id, _anchor="wish"))
