"""Two administrations with everybody in them, and something to show at every address."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from accounts.models import User
from advice.steps.meetings import add_item, call_meeting
from advice.steps.members import add_member
from advice.steps.questions import stand_aside
from casework.jobs import run
from checklists.answer_checks import AnswerInput
from checklists.findings import FindingInput
from checklists.models import Answer, QuestionSet
from checklists.versions import draft_next, publish
from collaborations.models import FollowUp, Step
from collaborations.steps.check import add_finding
from collaborations.steps.consult import ask_for_advice
from collaborations.steps.declare import declare
from collaborations.steps.move import move_questions
from notifications.models import Notice, Obligation
from organisations.duplicates import note_duplicates
from organisations.importing import ask_for_check
from organisations.requests import ask, send
from tests.factories.accounts import UserFactory
from tests.factories.agreements import uploaded
from tests.factories.collaborations import (
    FOLLOWED_UP,
    answer_all,
    case_at,
    followed_up,
    free_answers,
    place,
)
from tests.factories.democracy import allow_measures, declared, demanded, judged, opened
from tests.factories.follow_up import a_remedy
from tests.factories.formal import amended, motivated, referred_case
from tests.factories.held import HeldDocumentFactory
from tests.factories.organisations import (
    AttestationFactory,
    ContactFactory,
    OrganisationFactory,
)
from tests.factories.shortcoming import assessed
from tests.factories.versions import load_long_ago, newer_version
from tests.factories.whole import procurement_asked

# Who sees the whole of a case, who only reads what runs, and who sees no case at all.
WHOLE = ["manager", "officer", "head", "adviser", "registrar", "secretary"]
READERS = ["employee", "unit_manager"]
NONE = ["procurement", "finance", "legal", "communicator", "admin"]


def build() -> dict:
    load_long_ago()
    at, elsewhere = place(rule_set="egen"), place()
    people = cast(at) | {f"{who} elsewhere": one for who, one in cast(elsewhere).items()}
    organisation = OrganisationFactory(known_at=at.administration)
    contact = ContactFactory(organisation=organisation, administration=at.administration)
    lookalike = OrganisationFactory(name=f"{organisation.name}, förening", network=True)
    note_duplicates(lookalike)
    running, _ = case_at(Step.ONGOING, at, organisations=[organisation])
    made = followed_up(running, at)
    referred = referred_case(at)
    agreed = amended(at)
    prepared = preparing(at)
    return {
        "people": people,
        "at": at,
        "organisation": organisation,
        "contact": contact,
        "held": held_file(organisation, at),
        "requested": asked_for(organisation, at, contact),
        "owed": Obligation.objects.filter(about=running.chain).first(),
        "lookalike": lookalike,
        "job": checked_file(at, people["admin"]),
        "running": running,
        "followed_up": made,
        "remedy": a_remedy(running, at, follow_up=made),
        "shortcoming": assessed(running, at),
        "referred": referred,
        "agreed": agreed,
        "upload": uploaded(agreed, at),
        "matter": opened(running, at),
        "attestation": AttestationFactory(
            organisation=organisation, administration=at.administration, noted_by=at.officer
        ),
        **partnership(at),
        **met(at, prepared, people["admin"]),
        **prepared,
        **written("egen"),
    }


def written(rule_set) -> dict:
    """An administration's own questions: one set as a draft, one published and not yet begun."""
    draft, coming = (own_draft(code, rule_set) for code in ("grundkrav", "jav"))
    draft.questions.filter(code="GK-03").update(text="Finns stadgar?", help="")
    draft.questions.filter(code="GK-23").delete()
    publish(coming, starts_on=timezone.localdate() + timedelta(days=30))
    return {"draft": draft, "coming": coming}


def own_draft(code, rule_set):
    common = QuestionSet.objects.get(code=code, rule_set="")
    own = QuestionSet.objects.create(
        code=code, rule_set=rule_set, name=common.name, about=common.about
    )
    return draft_next(own, like=common.versions.get(number=1))


def held_file(organisation, at):
    return HeldDocumentFactory(
        organisation=organisation,
        administration=at.administration,
        registered_by=at.officer,
        kept=True,
    )


def asked_for(organisation, at, contact):
    asked = ask(
        organisation,
        at.administration,
        kinds=["statutes", "accounts"],
        due_on=timezone.localdate() + timedelta(days=9),
        contact=contact,
        by=at.officer,
    )
    send(asked.pk)
    return asked


def checked_file(at, admin):
    """A file with a faulty row, checked as the worker does."""
    text = "Namn;Organisationsnummer;Organisationsform\nGranen;12;stiftelse\n"
    facts = {"administration": at.administration, "form_key": uuid4(), "by": admin}
    job = ask_for_check(text.encode(), "foreningar.csv", **facts)
    run(job.pk)
    return job


def cast(at) -> dict[str, User]:
    """One person in each role of that administration."""
    root = at.administration.root_unit
    known = {name: getattr(at, name) for name in WHOLE if name != "secretary"}
    return (
        known
        | {name: UserFactory(**{f"{name}_at": at.unit}) for name in READERS}
        | {name: UserFactory(**{f"{name}_at": root}) for name in ("secretary", *NONE)}
    )


def partnership(at) -> dict:
    case = motivated(at, "iop")
    held = {**FOLLOWED_UP, "kind": "regular", "conclusion": "continue", "made_by": at.officer}
    made = FollowUp.objects.create(collaboration=case, held_on=timezone.localdate(), **held)
    member = case.partnership.members.first()
    return {"partnership": case, "of_partnership": made, "member": member}


def met(at, prepared: dict, admin) -> dict:
    """The group has a member, and meets today about what it was asked."""
    facts = {"represents": at.unit, "starts_on": timezone.localdate()}
    member = add_member(at.administration, person=at.adviser, **facts, by=admin)
    meeting = call_meeting(
        at.administration,
        held_on=timezone.localdate(),
        place="Stora rummet",
        chair=member,
        by=at.adviser,
    )
    add_item(meeting, prepared["asked"], by=at.adviser, version=meeting.version)
    other = UserFactory(adviser_at=at.administration.root_unit)
    stand_aside(prepared["asked"], other, why="Sitter i styrelsen.", by=at.adviser)
    return {"meeting": meeting, "member_of_group": member}


def preparing(at) -> dict:
    case, _ = case_at(Step.MOTIVATED, at)
    declare(case, inputs=free_answers(), by=at.officer)
    answer_all(case, at, GK_03=AnswerInput("nej"))
    finding = add_finding(
        case,
        "demokrati",
        given=FindingInput(
            what="Ett uttalande på webbplatsen.",
            source="Webbplatsen",
            happened_on=timezone.localdate(),
            conduct="representative",
            connected=True,
            category="DV-B",
        ),
        by=at.officer,
    )
    allow_measures(at)
    declared(case, at.manager)
    judged(case, at, finding)
    measure = demanded(case, at, finding)
    asked = ask_for_advice(
        case,
        question="Passar det?",
        due_on=timezone.localdate() + timedelta(days=9),
        by=at.officer,
        version=case.version,
    )
    opinion = procurement_asked(case, at)
    opinion.documents.add(held_file(case.organisations.get(), at))
    reported = {
        **free_answers(),
        "JV-1": AnswerInput("ja", companions={"text": "En närstående är med."}),
    }
    declaration = declare(case, inputs=reported, by=UserFactory(officer_at=at.unit))
    left = case.examinations.get(code="valfardsbrott").assessment
    version = newer_version()
    move_questions(case, "valfardsbrott", to=version.pk, by=at.officer, version=case.version)
    newer_version("grundkrav")
    return {
        "preparing": case,
        "left": left,
        "finding": finding,
        "measure": measure,
        "asked": asked,
        "opinion": opinion,
        "declaration": declaration,
        "answer": Answer.objects.get(assessment__examination__collaboration=case, code="GK-03"),
        "notice": Notice.objects.about(case.chain).first(),
    }
