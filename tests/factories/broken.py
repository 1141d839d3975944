"""Ways to break what a decision to start asks for, each on a case that has everything.

What no person could undo is taken away under the program's feet: the rows themselves. A way takes
(case, place) and may return other facts for the decision, such as who makes it.
"""

from contextlib import contextmanager
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from agreements import reading
from agreements.models import Aid, Contribution, Draft
from audit.guards import all_guards, lift
from checklists import answering
from checklists.answer_checks import AnswerInput
from collaborations import standing
from collaborations.models import Collaboration, Consultation, Form, Funding, Reexamination, Step
from collaborations.notices import tell_mailbox
from collaborations.steps.aid import declare_aid, record_aid
from collaborations.steps.check import answer
from collaborations.steps.consult import ask_for_advice
from collaborations.steps.declare import declare
from collaborations.steps.scope import decide_risk
from notifications.outbox import tell_otherwise
from tests.factories.accounts import UserFactory
from tests.factories.aid import aid_line
from tests.factories.collaborations import free_answers
from tests.factories.formal import board_decides
from tests.factories.forms import declared, tell_head
from tests.factories.held import taken_back

MONEY = {"party": "us", "kind": "money", "what": "Bidrag till lokalen", "value": 10_000}


def column(**facts):
    """A column of the case is something else."""

    def wrong(case, at):
        Collaboration.objects.filter(pk=case.pk).update(**facts)

    return wrong


def partnership_column(**facts):
    def wrong(case, at):
        type(case.partnership).objects.filter(pk=case.partnership_id).update(**facts)

    return wrong


def emptied(relation: str):
    def wrong(case, at):
        getattr(case, relation).clear()

    return wrong


def lost(relation: str, **which):
    """Rows that the program never takes away are gone."""

    def wrong(case, at):
        model = Collaboration._meta.get_field(relation).related_model
        with unguarded(model) as rows:
            rows.filter(collaboration=case, **which).delete()

    return wrong


@contextmanager
def unguarded(model):
    """The model's rows without the guards of its table; the test's end makes them anew."""
    connection.check_constraints()  # PostgreSQL changes no table that has checks waiting
    lift(connection, [guard for guard in all_guards() if guard.table == model._meta.db_table])
    yield model._base_manager.all()


def answered(code: str, **own):
    """Answered so, without the case going back to be checked again."""

    def wrong(case, at):
        rows = standing.assessments(case)[code].answers.all()
        versions = {given.code: given.version for given in rows}
        inputs = {name.replace("_", "-"): one for name, one in own.items()}
        answer(case, code, inputs=inputs, versions=versions, by=at.officer)
        Collaboration.objects.filter(pk=case.pk).update(step=Step.CHECKED)

    return wrong


def unanswered(code: str, *questions: str):
    def wrong(case, at):
        given = standing.assessments(case)[code].answers.filter(code__in=questions)
        assert given.delete()[0] > 0

    return wrong


def handed_over(**facts):
    """We hand over something more."""

    def wrong(case, at):
        Contribution.objects.create(terms=case.terms, **{**MONEY, **facts})

    return wrong


YES, NO = AnswerInput("ja"), AnswerInput("nej", text="Så är det inte.")
CONTRACT = {f"OK_{n}": YES for n in range(1, 5)}
UNCLEAR = AnswerInput("oklart", text="Svårt att säga.")
AID = {f"SS_{n}": YES for n in range(1, 6)}


def by_this_way(way: str):
    return answered("statligt_stod", **AID, SS_6=AnswerInput(way, text="Så här är det."))


def small_aid(*, recorded=True, declares=True, before: int = 0):
    """Small aid, of which something may be missing. before: kronor given elsewhere."""

    def wrong(case, at):
        by_this_way("mindre")(case, at)
        case.refresh_from_db()
        organisation = case.organisations.get()
        if before:
            aid_line(organisation, at.unit, at.officer, value=before)
        if recorded:
            record(case, at, "rent")
        if declares:
            facts = {"declared_on": timezone.localdate(), "attested_by": "ordförande"}
            declare_aid(
                case, organisation=organisation, **facts, by=at.officer, version=case.version
            )

    return wrong


def record(case, at, form: str) -> Aid:
    return record_aid(
        case,
        organisation=case.organisations.get(),
        origin="ours",
        form=form,
        what="Lokal två kvällar i veckan",
        value=20_000,
        valuation="Hyran för en likvärdig lokal",
        by=at.officer,
        version=case.version,
    )


def lends(case, at):
    record(case, at, "loan")


def examined_anew(case, at):
    Reexamination.objects.create(
        organisation=case.organisations.get(),
        administration=case.administration,
        case=case,
        assessment=answering.begin("demokrati", case.administration.rule_set, timezone.localdate()),
        opened_by=at.officer,
        due_on=timezone.localdate(),
    )


def written(**facts):
    def wrong(case, at):
        type(case.terms).objects.filter(pk=case.terms_id).update(**facts)

    return wrong


def nothing_proposed(case, at):
    case.terms.agreements.update(dropped_at=timezone.now(), dropped_by=at.officer)


def one_side_brings_nothing(case, at):
    case.terms.contributions.filter(party="organisation").delete()


def proposing(**facts):
    """The proposal's last version says something else."""

    def wrong(case, at):
        latest = reading.proposal(case.terms).drafts.first()
        with unguarded(Draft) as rows:
            rows.filter(pk=latest.pk).update(content={**latest.content, **facts})

    return wrong


def shorter(case, at):
    today = timezone.localdate()
    proposing(starts_on=str(today), ends_on=str(today + timedelta(days=300)))(case, at)


def asked_and_unanswered(case, at):
    ask_for_advice(
        case,
        question="Hur går det?",
        due_on=timezone.localdate() + timedelta(days=9),
        by=at.officer,
        version=case.version,
    )


def told_again(case, at):
    """The latest information is what counts, and it is not read."""
    tell_head(case, at)


def programme_ended(case, at):
    programme = case.partnership.programme
    programme.ends_on = timezone.localdate() - timedelta(days=1)
    programme.save()


def nobody_steers(case, at):
    case.partnership.members.filter(side="organisation").update(left_on=timezone.localdate())


def advised_on_another(case, at):
    other = Form.OTHER_AGREEMENT
    with unguarded(Consultation) as rows:
        rows.filter(collaboration=case).update(form=other)


def not_granted(case, at):
    Funding.objects.filter(collaboration=case).update(answer="", answered_on=None)


def risk_is_not_taken(case, at):
    risk = {"uncertain": True, "risks": "Ny part.", "accepted": False}
    decide_risk(case, **risk, by=at.manager, version=case.version)


def held_by_another(case, at):
    """The item of the delegation order is the head's; of a partnership the board said nothing."""
    at.administration.delegation_items.update(holder_role="head")
    if case.form == Form.IOP:
        lost("board_decisions")(case, at)


def nobody_has_decided(case, at):
    """No item reaches, and the board has said nothing. Of a partnership an item would not help."""
    lost("board_decisions")(case, at)
    if case.form != Form.IOP:
        at.administration.delegation_items.update(max_amount=0)


def procurement_is_left_out(case, at):
    """Nobody there has said anything of a partnership; of the others: we pay money."""
    lost("opinions")(case, at)
    if case.form != Form.IOP:
        handed_over()(case, at)


def decided_otherwise(case, at):
    """By the board. Of an informal one it decides nothing, so nothing is recorded."""
    if case.form != Form.INFORMAL:
        board_decides(case, at, outcome="refrain", paragraph="§ 15")


def by_an_undeclared_manager(case, at):
    manager = UserFactory(manager_at=at.unit)
    Collaboration.objects.filter(pk=case.pk).update(responsible_manager=manager)
    return {"by": manager}


def by_another_manager(case, at):
    manager = UserFactory(manager_at=at.unit)
    declared(case, manager)
    return {"by": manager}


def in_conflict(case, at):
    reported = {**free_answers(), "JV-4": AnswerInput("ja", companions={"text": "Vänskap."})}
    declare(case, inputs=reported, by=at.manager)


def deciding(**facts):
    def wrong(case, at):
        return facts

    return wrong


def told_of(what: str):
    """Mends: the mailbox has been told in another way than by mail."""

    def right(case, at):
        notice = tell_mailbox(case, what, "started")
        tell_otherwise(notice, how="Per telefon.", on=timezone.localdate(), by=at.officer)

    return right


def running_already(case, at):
    """Another collaboration of ours with the same organisation."""
    other = Collaboration.objects.exclude(pk=case.pk).first()
    other.organisations.set(case.organisations.all())
    today = timezone.localdate()
    begun = {"outcome": "start", "decided_on": today, "started_on": today}
    Collaboration.objects.filter(pk=other.pk).update(step=Step.ONGOING, **begun)


def without(kind: str):
    """The organisations have not handed in a document of the kind."""

    def wrong(case, at):
        taken_back(case, kind)

    return wrong


NEXT_YEAR = timezone.localdate() + timedelta(days=400)
HIGH = {
    "VB_13": AnswerInput("hog", text="Många tecken."),
    "VB_14": AnswerInput("Månatlig kontroll."),
}
UNMEASURED = {"text": "Fler klarar skolan", "indicator": "", "target": "", "due_on": None}
