"""Pages of contracts: the list, one contract with its meter, concluding, calling off, deciding."""

from flask import Blueprint, flash, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from procurement.audit.queries import history_of
from procurement.contracts import actions, queries
from procurement.contracts.forms import CallOffForm, ContractForm, DecisionForm
from procurement.contracts.models import CallOff, Contract, ContractLine
from procurement.contracts.states import CallOffState
from procurement.core import clock
from procurement.core.access import may
from procurement.core.fragments import see_other
from procurement.members.models import Member
from procurement.members.queries import own_member

blueprint = Blueprint("contracts", __name__, url_prefix="/contracts")

Answer = str | Response | tuple[str, int]
HISTORY_LENGTH = 10


@blueprint.get("/")
def index() -> str:
    """The contracts the reader may see; officers also find the awarded lots without one."""
    return render_template(
        "contracts/index.html",
        contracts=[(contract, queries.value_meter(contract)) for contract in queries.contracts_for(current_user)],
        waiting=queries.lots_without_contract(current_user) if may("contracts:manage") else [],
        sees_all=queries.sees_all(current_user),
    )


@blueprint.get("/lots/<int:lot_id>/new")
def new(lot_id: int) -> str:
    """The form of a contract, with what the award says."""
    lot = queries.lot_to_conclude(lot_id, current_user)
    form = ContractForm(title=f"{lot.tender.title}, Los {lot.number}" if lot.number > 1 else lot.tender.title)
    return render_template("contracts/new.html", form=form, lot=lot)


@blueprint.post("/lots/<int:lot_id>")
def conclude(lot_id: int) -> Answer:
    """Conclude the contract."""
    lot, form = queries.lot_to_conclude(lot_id, current_user), ContractForm()
    if form.validate_on_submit():
        made = form.attempt(lambda: actions.conclude(lot, form.entry(), by=current_user))
        if made is not None:
            flash(_("Der Vertrag ist angelegt. Die genannten Mitglieder können ab Beginn abrufen."), "success")
            return see_other(url_for("contracts.show", contract_id=made.id))
    return render_template("contracts/new.html", form=form, lot=lot), 422


@blueprint.get("/<int:contract_id>")
def show(contract_id: int) -> str:
    """One contract with what is used and what is left."""
    return _page(queries.contract_for(current_user, contract_id))


def _page(contract: Contract) -> str:
    sees_all = queries.sees_all(current_user)
    return render_template(
        "contracts/show.html",
        contract=contract,
        value=queries.value_meter(contract),
        meters=queries.line_meters(contract) if sees_all else [],
        own=queries.member_lines(contract, current_user.member_ids),
        call_offs=queries.call_offs_of(contract, current_user),
        requested=CallOffState.REQUESTED,
        today=clock.today(),
        sees_all=sees_all,
        history=history_of("contract", contract.id, HISTORY_LENGTH) if sees_all else [],
    )


@blueprint.get("/<int:contract_id>/lines/<int:line_id>/<int:member_id>")
def new_call_off(contract_id: int, line_id: int, member_id: int) -> str:
    """The form of a call-off of one line."""
    contract = queries.contract_for(current_user, contract_id)
    return _call_off_page(
        queries.line_of(contract, line_id), own_member(current_user, member_id), CallOffForm(formdata=None)
    )


@blueprint.post("/<int:contract_id>/lines/<int:line_id>/<int:member_id>")
def call_off(contract_id: int, line_id: int, member_id: int) -> Answer:
    """Call off a quantity."""
    contract = queries.contract_for(current_user, contract_id)
    line, member, form = queries.line_of(contract, line_id), own_member(current_user, member_id), CallOffForm()
    if form.validate_on_submit():
        made = form.attempt(lambda: actions.call_off(line, member, form.entry(), by=current_user))
        if made is not None:
            is_free = made.state is CallOffState.RELEASED
            done, waits = _("Der Abruf ist ausgelöst."), _("Der Abruf wartet auf die Freigabe der Vergabestelle.")
            flash(done if is_free else waits, "success")
            return see_other(url_for("contracts.show", contract_id=contract_id))
    return _call_off_page(line, member, form), 422


def _call_off_page(line: ContractLine, member: Member, form: CallOffForm) -> str:
    meter = queries.meter_of(line, member.id)
    return render_template(
        "contracts/call_off.html", contract=line.contract, line=line, member=member, meter=meter, form=form
    )


@blueprint.get("/<int:contract_id>/call-offs/<int:call_off_id>")
def decision(contract_id: int, call_off_id: int) -> str:
    """What a release would mean, and the form of the decision."""
    contract = queries.contract_for(current_user, contract_id)
    call = queries.call_off_of(contract, call_off_id)
    return _decision_page(call, DecisionForm(formdata=None))


@blueprint.post("/<int:contract_id>/call-offs/<int:call_off_id>")
def decide(contract_id: int, call_off_id: int) -> Answer:
    """Release or refuse a call-off."""
    contract, form = queries.contract_for(current_user, contract_id), DecisionForm()
    call, release = queries.call_off_of(contract, call_off_id), "release" in request.form
    if form.validate_on_submit():
        seen, text = form.seen_version(), form.decision.data
        made = form.attempt(lambda: actions.decide(call, text, release=release, by=current_user, seen_version=seen))
        if made is not None:
            flash(_("Der Abruf ist freigegeben.") if release else _("Der Abruf ist abgelehnt."), "success")
            return see_other(url_for("contracts.show", contract_id=contract_id))
    return _decision_page(call, form), 422


def _decision_page(call: CallOff, form: DecisionForm) -> str:
    form.version.data = call.version
    line = call.contract_line
    return render_template(
        "contracts/decision.html",
        contract=line.contract,
        call=call,
        line=line,
        form=form,
        meter=queries.meter_of(line, call.member_id),
        value=queries.value_meter(line.contract),
    )
