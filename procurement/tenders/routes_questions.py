"""Pages of bidders' questions: the list in order, recording, answering, and the deadline after a late answer."""

from flask import render_template
from flask_babel import gettext as _
from flask_login import current_user

from procurement.core import clock
from procurement.tenders import actions_questions, lifecycle, queries, queries_questions, queries_versions
from procurement.tenders.forms import ConfirmForm
from procurement.tenders.forms_published import AnswerForm, QuestionForm, ReasonForm
from procurement.tenders.models import Tender
from procurement.tenders.models_published import BidderQuestion
from procurement.tenders.routes import REFUSED, Answer, blueprint, done, page


@blueprint.get("/<int:tender_id>/questions")
def questions(tender_id: int) -> Answer:
    """Questions in the order of receipt; a lead reads what was published of them."""
    if not queries.sees_all(current_user):
        own = queries.own_tender(current_user, tender_id)
        published = queries_questions.published_questions(tender_id)
        return render_template("tenders/questions_member.html", tender=own, questions=published, tones=lifecycle.TONES)
    return _list(queries.tender_for(current_user, tender_id))


def _list(tender: Tender, refused: ReasonForm | None = None, refused_for: int = 0) -> Answer:
    return page(
        "questions",
        tender,
        REFUSED if refused else 200,
        questions=queries_questions.questions_of(tender.id),
        late_answers=queries_questions.late_answers(tender),
        objections=queries_questions.objections_to_time(tender),
        rule=queries_versions.answer_rule_of(tender),
        form=refused or ReasonForm(formdata=None),
        empty_form=ReasonForm(formdata=None),
        refused_for=refused_for,
    )


@blueprint.get("/<int:tender_id>/questions/new")
def new_question(tender_id: int) -> Answer:
    """The form for a question that came in."""
    tender = queries.tender_for(current_user, tender_id)
    return _new(tender, QuestionForm(formdata=None, data={"received_at": clock.now()}))


def _new(tender: Tender, form: QuestionForm, status: int = 200) -> Answer:
    objections = queries_questions.objections_to_time(tender)
    return page("question_new", tender, status, form=form, objections=objections)


@blueprint.post("/<int:tender_id>/questions/new")
def record_question(tender_id: int) -> Answer:
    """Take a question in."""
    tender, form = queries.tender_for(current_user, tender_id), QuestionForm()
    if form.validate_on_submit():
        made = form.attempt(lambda: actions_questions.record_question(tender, form.entry(), by=current_user))
        if made is not None:
            return done(_("Frage %(number)s ist aufgenommen.", number=made.number), "question", tender_id,
                        number=made.number)  # fmt: skip
    return _new(tender, form, REFUSED)


@blueprint.get("/<int:tender_id>/questions/<int:number>")
def question(tender_id: int, number: int) -> Answer:
    """One question: what came in, what will be published, the answer."""
    asked = queries_questions.question_of(queries.tender_for(current_user, tender_id), number)
    return _question(asked, AnswerForm(formdata=None, obj=asked))


def _question(
    asked: BidderQuestion, form: AnswerForm, withdrawal: ReasonForm | None = None, status: int = 200
) -> Answer:
    tender = asked.tender
    objections = queries_questions.objections_to_time(tender)
    later = None if objections or asked.answered_at else queries_questions.extension_for(tender, clock.today())
    return page(
        "question",
        tender,
        status,
        question=asked,
        form=form if withdrawal is None else withdrawal,
        answer_form=form,
        withdrawal=withdrawal or ReasonForm(formdata=None, data={"version": str(asked.version)}),
        later=later,
        objections=objections,
    )


@blueprint.post("/<int:tender_id>/questions/<int:number>/answer")
def answer_question(tender_id: int, number: int) -> Answer:
    """Release question and answer to everybody."""
    asked = queries_questions.question_of(queries.tender_for(current_user, tender_id), number)
    form = AnswerForm()
    if form.validate_on_submit() and form.attempt(
        lambda: actions_questions.answer_question(
            asked, form.entry(), by=current_user, seen_version=form.seen_version()
        )
    ):
        return done(_("Die Antwort geht an alle Unternehmen zugleich."), "questions", tender_id)
    return _question(asked, form, status=REFUSED)


@blueprint.post("/<int:tender_id>/questions/<int:number>/withdraw")
def withdraw_question(tender_id: int, number: int) -> Answer:
    """Close a question without an answer."""
    asked = queries_questions.question_of(queries.tender_for(current_user, tender_id), number)
    form = ReasonForm()
    if form.validate_on_submit() and form.attempt(
        lambda: actions_questions.withdraw_question(
            asked, form.reason.data, by=current_user, seen_version=form.seen_version()
        )
    ):
        return done(_("Die Frage ist ohne Antwort geschlossen."), "questions", tender_id)
    return _question(asked, AnswerForm(formdata=None, obj=asked), form, REFUSED)


@blueprint.post("/<int:tender_id>/questions/<int:number>/extend")
def accept_extension(tender_id: int, number: int) -> Answer:
    """Move the bid deadline after a late answer."""
    asked = queries_questions.question_of(queries.tender_for(current_user, tender_id), number)
    seen = ConfirmForm().seen_version()
    made = actions_questions.accept_extension(asked, by=current_user, seen_version=seen)
    return done(_("Die Angebotsfrist ist verlängert (Fassung %(number)s).", number=made.number), "versions", tender_id)


@blueprint.post("/<int:tender_id>/questions/<int:number>/keep-deadline")
def decline_extension(tender_id: int, number: int) -> Answer:
    """Leave the deadline although an answer came late."""
    tender = queries.tender_for(current_user, tender_id)
    asked, form = queries_questions.question_of(tender, number), ReasonForm()
    if form.validate_on_submit() and form.attempt(
        lambda: actions_questions.decline_extension(
            asked, form.reason.data, by=current_user, seen_version=form.seen_version()
        )
    ):
        return done(_("Die Angebotsfrist bleibt, der Grund steht in der Vergabeakte."), "questions", tender_id)
    return _list(tender, form, number)
