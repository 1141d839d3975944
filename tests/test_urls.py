"""Every address as every role, as the same role elsewhere, and as a stranger. Typed by hand."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import get_resolver, reverse
from django.utils import timezone

from accounts.models import User
from advice.steps.meetings import add_item, call_meeting
from advice.steps.members import add_member
from advice.steps.questions import stand_aside
from audit import clock
from audit.admin.site import reference
from casework.jobs import run
from checklists.answer_checks import AnswerInput
from checklists.findings import FindingInput
from checklists.models import Answer, QuestionSet, Version
from checklists.versions import draft_next, publish
from collaborations.models import FollowUp, Step
from collaborations.steps.check import add_finding
from collaborations.steps.consult import ask_for_advice
from collaborations.steps.declare import declare
from collaborations.steps.move import move_questions
from notifications.models import Notice, Obligation
from organisations.duplicates import note_duplicates
from organisations.importing import ask_for_check
from organisations.models import Contact
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
from tests.factories.once import made_once
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
ELSEWHERE = [f"{who} elsewhere" for who in [*WHOLE, *READERS, *NONE]]
EVERYONE = [*WHOLE, *READERS, *NONE, *ELSEWHERE]
PREPARE = ["manager", "officer", "head"]
PREPARE_ANYWHERE = [*PREPARE, "manager elsewhere", "officer elsewhere", "head elsewhere"]
ASKED = [f"{who}{where}" for who in NONE[:4] for where in ("", " elsewhere")]
GIVES = ["manager", "head", "admin"]
LOGIN = "login"


def only(*allowed, status=200, otherwise=404) -> dict:
    """The status for those named, another for the rest; a stranger is sent to the login."""
    return {who: status if who in allowed else otherwise for who in EVERYONE} | {"stranger": LOGIN}


all_inside = only(*EVERYONE)
inside = only(*WHOLE, *READERS, *NONE)
administering = only("admin", "admin elsewhere", otherwise=409)
whole = only(*WHOLE)
reading = only(*WHOLE, *READERS)
posting = only(*WHOLE, status=405)
# POST alone is let in: the view is asked whether it may be read before what it may do.
post_first = only(*EVERYONE, status=405)

TABLE = {
    # Those whose work begins elsewhere are sent there: the group, the list, the reference data.
    "dashboard:mine": only(
        *PREPARE_ANYWHERE, *ASKED, "secretary", "secretary elsewhere", otherwise=302
    ),
    "dashboard:group": only("adviser", "adviser elsewhere", otherwise=403),
    "dashboard:group_read": post_first,
    # Who is in the group, and a question to it: for everyone. Its meetings: for the group.
    "advice:members": all_inside,
    "advice:end_member": only("admin"),
    "advice:ask": all_inside,
    "advice:request": whole,
    "advice:post": post_first,
    "advice:assign": post_first,
    "advice:aside": post_first,
    "advice:take_back_aside": whole,
    "advice:answer": post_first,
    "advice:meetings": only("adviser", "adviser elsewhere", otherwise=403),
    "advice:new_meeting": only("adviser", "adviser elsewhere", otherwise=403),
    "advice:meeting": only("adviser"),
    "advice:change_meeting": only("adviser"),
    "advice:cancel_meeting": only("adviser"),
    "advice:add_item": post_first,
    "advice:arrange_item": post_first,
    "advice:attendance": only("adviser"),
    "advice:item_advice": only("adviser"),
    "advice:close_minutes": only("adviser"),
    "advice:minutes": only("adviser"),
    "dashboard:rulebook": all_inside,
    "dashboard:catalogue": all_inside,
    "dashboard:accessibility": all_inside | {"stranger": 200},
    "dashboard:calendar": all_inside,
    # It asks for no login; this address is nobody's.
    "dashboard:calendar_feed": only() | {"stranger": 404},
    "ledger:obligations": all_inside,
    "ledger:year": all_inside,
    "ledger:obligation": whole,
    "ledger:waive": whole,
    "ledger:leaving": only(*GIVES, *(f"{who} elsewhere" for who in GIVES), otherwise=403),
    "ledger:hand_over_all": only(*GIVES, otherwise=403)
    | dict.fromkeys([f"{who} elsewhere" for who in GIVES], 404),
    "accounts:roles": all_inside,
    "organisations:list": all_inside,
    "organisations:register": only(*PREPARE_ANYWHERE, otherwise=409),
    "organisations:organisation": all_inside,
    "organisations:edit": only(*PREPARE, otherwise=409),
    "organisations:describe": only(*PREPARE, otherwise=409) | dict.fromkeys(ELSEWHERE, 404),
    "organisations:add_size": only(*PREPARE_ANYWHERE, otherwise=409),
    "organisations:add_attestation": only(*PREPARE_ANYWHERE, otherwise=409),
    "organisations:take_back_attestation": only(*PREPARE, otherwise=409)
    | dict.fromkeys(ELSEWHERE, 404),
    "organisations:add_contact": only(*PREPARE_ANYWHERE, otherwise=409),
    "organisations:edit_contact": only(*PREPARE, otherwise=409) | dict.fromkeys(ELSEWHERE, 404),
    "organisations:remove_contact": only(*EVERYONE, status=405),
    "organisations:documents": all_inside,
    "organisations:add_document": only(*PREPARE_ANYWHERE, otherwise=409),
    "organisations:held_document": inside,
    "organisations:document_file": inside,
    "organisations:request_documents": only(*PREPARE_ANYWHERE, otherwise=409),
    "organisations:draft_letter": post_first,
    "organisations:document_request": inside,
    "organisations:request_letter": inside,
    "organisations:resend_request": post_first,
    "organisations:waive_requested": only(*PREPARE, otherwise=409) | dict.fromkeys(ELSEWHERE, 404),
    "organisations:import": administering,
    "organisations:import_template": administering,
    "organisations:export": post_first,
    "organisations:job": only("admin"),
    "organisations:job_file": only("admin"),
    "organisations:import_confirm": post_first,
    "organisations:restart_job": post_first,
    "organisations:duplicates": administering,
    "organisations:merge_choose": administering,
    "organisations:merge": administering,
    "organisations:not_same": administering,
    "notices:list": all_inside,
    "notices:untold": all_inside,
    "notices:write": post_first,
    "notices:notice": whole,
    "notices:resend": only(*PREPARE, status=302) | dict.fromkeys(WHOLE[3:], 409),
    "notices:told_otherwise": only(*PREPARE) | dict.fromkeys(WHOLE[3:], 409),
    "notices:choice": all_inside,
    "mail_texts:kinds": administering,
    "mail_texts:kind": administering,
    "mail_texts:write": administering,
    "mail_texts:withdraw": post_first,
    "checklists:sets": all_inside,
    "checklists:version": all_inside,
    "checklists:rule_sets": all_inside,
    # Who writes the questions of the administration; drafts are seen by nobody else.
    "checklists:rule_set": only("admin"),
    "checklists:import": only("admin", "admin elsewhere", otherwise=409),
    "checklists:begin": only("admin", otherwise=409),
    "checklists:own_set": only("admin", "admin elsewhere", otherwise=409),
    "checklists:draft": only("admin"),
    "checklists:section": only("admin"),
    "checklists:discard": only("admin"),
    "checklists:publish": only("admin"),
    "checklists:withdraw": only("admin"),
    "checklists:add_question": only("admin"),
    "checklists:change_question": only("admin"),
    "checklists:move_question": post_first,
    "checklists:retire_question": only("admin"),
    "checklists:preview": only("admin"),
    "checklists:compare": only("admin"),
    "checklists:export": only("admin"),
    "collaborations:by_version": all_inside,
    "collaborations:list": all_inside,
    "collaborations:register": only(*PREPARE_ANYWHERE, otherwise=409),
    "collaborations:enquiries": all_inside,
    "collaborations:forms": all_inside,
    "collaborations:organisation_history": all_inside,
    "collaborations:case": reading,
    "collaborations:document": reading,
    "collaborations:log": whole,
    "collaborations:registration": whole,
    "collaborations:form": whole,
    "collaborations:motivation": whole,
    "collaborations:check": whole,
    "collaborations:questions": whole,
    "collaborations:save_answer": post_first,
    "collaborations:evidence": post_first,
    "collaborations:documents": whole,
    "collaborations:reuse": post_first,
    "collaborations:newer": whole,
    "collaborations:earlier": whole,
    "collaborations:finding": whole,
    "collaborations:judge_finding": whole,
    "collaborations:correct_finding": whole,
    "collaborations:new_finding": whole,
    "collaborations:use_attestation": post_first,
    "collaborations:demand_measure": whole,
    "collaborations:report_measure": whole,
    "collaborations:assess_measure": whole,
    "collaborations:move_measure": whole,
    "collaborations:reexamination": whole,
    "collaborations:close_reexamination": whole,
    "collaborations:resolve": whole,
    "collaborations:conflict": whole,
    "collaborations:ruling": only("manager"),
    "collaborations:consultation": whole,
    "collaborations:advice": whole,
    "collaborations:without_advice": whole,
    "collaborations:aid": whole,
    "collaborations:aid_declaration": whole,
    "collaborations:remove_aid": post_first,
    "collaborations:opinions": whole,
    # Those of the asked function see what they need of the case; the others nothing.
    "collaborations:opinion": only(*WHOLE, "procurement"),
    "collaborations:without_opinion": whole,
    "collaborations:opinion_document": only(*WHOLE, "procurement"),
    "collaborations:decide": whole,
    "collaborations:board_decision": whole,
    "collaborations:board_report": whole,
    "collaborations:board_report_docx": whole,
    "collaborations:civil_actor": whole,
    "collaborations:follow_up_report": reading,
    "collaborations:draft": post_first,
    "collaborations:agreement": reading,
    "collaborations:signed_agreement": reading,
    "collaborations:agreement_parties": whole,
    "collaborations:agreement_uploads": whole,
    "collaborations:uploaded_draft": whole,
    "collaborations:agreement_section": whole,
    "collaborations:agreement_versions": whole,
    "collaborations:name_version": post_first,
    "collaborations:agreement_export": whole,
    "collaborations:sign_agreement": whole,
    "collaborations:amend_agreement": whole,
    "collaborations:drop_agreement": whole,
    "collaborations:shortcomings": reading,
    "collaborations:report_shortcoming": reading,
    # One's own, and those that one receives: the reported here is nobody's of the readers.
    "collaborations:shortcoming": only(*WHOLE, "unit_manager"),
    "collaborations:pass_on_shortcoming": only(*WHOLE, "unit_manager"),
    "collaborations:assess_shortcoming": whole,
    "collaborations:conclude_shortcoming": whole,
    "collaborations:shortcoming_remedy": whole,
    "collaborations:dialogue": whole,
    "collaborations:break_off": whole,
    "collaborations:notices": whole,
    "collaborations:start": whole,
    "collaborations:funding": whole,
    "collaborations:application": whole,
    "collaborations:funders_answer": whole,
    "collaborations:scope": whole,
    "collaborations:risk": whole,
    "collaborations:employment": whole,
    "collaborations:partnership": whole,
    "collaborations:inform_head": whole,
    "collaborations:read_information": post_first,
    "collaborations:steering": whole,
    "collaborations:dismiss": whole,
    "collaborations:meeting": whole,
    "collaborations:referral": whole,
    "collaborations:received": only("procurement"),
    "collaborations:follow_up": whole,
    "collaborations:made_follow_up": reading,
    "collaborations:correct_follow_up": whole,
    "collaborations:stand": whole,
    "collaborations:reported": whole,
    "collaborations:new_remedy": whole,
    "collaborations:remedy": reading,
    "collaborations:follow_up_to_board": whole,
    "collaborations:end": whole,
    "collaborations:close": whole,
    "collaborations:send_back": whole,
    "collaborations:withdraw": whole,
    "collaborations:hand_over": whole,
    "collaborations:secrecy": whole,
    "collaborations:registry_number": whole,
}
# The login itself, tested in tests/accounts; the gallery and the folder of mails have their own.
ELSEWHERE_TESTED = {
    "account_",
    "dashboard:gallery",
    "notifications:",
}
# Of a formal case that runs, with a signed agreement and an amendment being drafted.
AGREED_PAGES = {
    name.partition(":")[2] for name in TABLE if "agreement" in name or "version" in name
} - {"version"} | {"dialogue", "break_off", "uploaded_draft"}
RUNNING_PAGES = {
    "case",
    "document",
    "follow_up",
    "end",
    "close",
    "log",
    "notices",
    "new_finding",
    "follow_up_report",
    "made_follow_up",
    "correct_follow_up",
    "stand",
    "reported",
    "new_remedy",
    "remedy",
    "shortcomings",
    "report_shortcoming",
    "shortcoming",
    "pass_on_shortcoming",
    "assess_shortcoming",
    "conclude_shortcoming",
    "shortcoming_remedy",
}


@pytest.fixture(autouse=True)
def reports_are_not_rendered(monkeypatch):
    """Each is asked for by everyone. That they become PDFs is tested in tests/documents."""
    for module in ("report", "minutes"):
        monkeypatch.setattr(f"documents.{module}.render_pdf", lambda html: b"%PDF-1.7")


def routes(resolver=None, namespace="") -> set[str]:
    found = set()
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            if pattern.namespace == "admin":
                continue
            found |= routes(pattern, f"{pattern.namespace}:" if pattern.namespace else namespace)
        else:
            found.add(f"{namespace}{pattern.name}")
    return found


def test_every_address_stands_in_the_table():
    ours = {name for name in routes() if not name.startswith(tuple(ELSEWHERE_TESTED))}

    assert ours == set(TABLE)


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker):
    """Two administrations, a case being prepared and one that runs; kept for the module."""
    with made_once(django_db_blocker):
        yield build()


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


def address_of_questions(name: str, city: dict) -> str:
    draft, common = city["draft"], QuestionSet.objects.get(code="jav", rule_set="")
    question = draft.questions.get(code="GK-03")
    args = {
        "version": ["grundkrav", 1],
        "rule_set": ["egen"],
        "begin": [city["coming"].question_set_id],
        "own_set": [common.pk],
        "withdraw": [city["coming"].pk],
        **{f"{what}_question": [draft.pk, question.pk] for what in ("change", "move", "retire")},
        **dict.fromkeys(("sets", "rule_sets", "import"), []),
    }
    url = reverse(f"checklists:{name}", args=args.get(name, [draft.pk]))
    return url + ("?avsnitt=Styrning" if name == "section" else "")


def address_of_group(name: str, city: dict) -> str:
    meeting, asked = city["meeting"].pk, city["asked"].pk
    item = city["meeting"].items.get().pk
    args = {
        "end_member": [city["member_of_group"].pk],
        **dict.fromkeys(("members", "ask", "meetings", "new_meeting"), []),
        **dict.fromkeys(("request", "post", "assign", "aside", "answer"), [asked]),
        "take_back_aside": [asked, city["asked"].recusals.get().pk],
        **dict.fromkeys(("arrange_item", "item_advice"), [meeting, item]),
    }
    return reverse(f"advice:{name}", args=args.get(name, [meeting]))


def address(route: str, city: dict) -> str:
    app, _, name = route.partition(":")
    if app == "advice":
        return address_of_group(name, city)
    if app == "checklists":
        return address_of_questions(name, city)
    if app == "notices":
        own = {
            "write": [city["preparing"].pk, "initiative"],
            **dict.fromkeys(("notice", "resend", "told_otherwise"), [city["notice"].pk]),
        }
        return reverse(route, args=own.get(name, []))
    if app == "mail_texts":
        code = {"kinds": [], "withdraw": [1]}.get(name, ["decision"])
        return reverse(route, args=code)
    case = city["running"] if name in RUNNING_PAGES else city["preparing"]
    main, amendment = city["agreed"].terms.agreements.order_by("pk")
    if name in AGREED_PAGES:
        case = city["agreed"]
    organisation, contact = city["organisation"].pk, city["contact"].pk
    special = {
        **dict.fromkeys(["obligation", "waive"], [city["owed"].pk]),
        "hand_over_all": [city["owed"].owner_id],
        "calendar_feed": ["guessed"],
        "questions": [case.pk, "demokrati"],
        "save_answer": [case.pk, "demokrati"],
        "evidence": [case.pk, "demokrati"],
        "finding": [case.pk, "demokrati"],
        "judge_finding": [case.pk, "demokrati", city["finding"].pk],
        "correct_finding": [case.pk, "demokrati", city["finding"].pk],
        "use_attestation": [case.pk, city["attestation"].pk],
        "demand_measure": [case.pk, city["measure"].assessment_id],
        "report_measure": [case.pk, city["measure"].pk],
        "assess_measure": [case.pk, city["measure"].pk],
        "move_measure": [case.pk, city["measure"].pk],
        "reexamination": [city["matter"].pk],
        "close_reexamination": [city["matter"].pk],
        "take_back_attestation": [organisation, city["attestation"].pk],
        "resolve": [case.pk, city["answer"].pk],
        "reuse": [case.pk, "grundkrav"],
        "newer": [case.pk, "grundkrav"],
        "earlier": [case.pk, "valfardsbrott", city["left"].pk],
        "ruling": [case.pk, city["declaration"].pk],
        "signed_agreement": [case.pk, main.pk],
        "amend_agreement": [case.pk, main.pk],
        "agreement_section": [case.pk, amendment.pk, "ataganden"],
        "agreement_versions": [case.pk, main.pk],
        "name_version": [case.pk, amendment.pk],
        "agreement_export": [case.pk, amendment.pk, 1, "docx"],
        "sign_agreement": [case.pk, amendment.pk],
        "uploaded_draft": [case.pk, city["upload"].pk],
        "drop_agreement": [case.pk, amendment.pk],
        "received": [city["referred"].pk],
        "read_information": [city["partnership"].pk, 1],
        "dismiss": [city["partnership"].pk, city["member"].pk],
        **{
            page: [city["partnership"].pk]
            for page in (
                "partnership",
                "inform_head",
                "steering",
                "meeting",
                "board_report",
                "board_report_docx",
                "civil_actor",
            )
        },
        "advice": [case.pk, city["asked"].pk],
        "without_advice": [case.pk, city["asked"].pk],
        "without_opinion": [case.pk, city["opinion"].pk],
        "opinion_document": [case.pk, city["opinion"].pk, city["opinion"].documents.get().pk],
        **dict.fromkeys(
            [
                "follow_up_report",
                "made_follow_up",
                "correct_follow_up",
                "stand",
                "reported",
                "new_remedy",
            ],
            [case.pk, city["followed_up"].pk],
        ),
        "follow_up_to_board": [city["partnership"].pk, city["of_partnership"].pk, "docx"],
        "remedy": [case.pk, city["remedy"].pk],
        **dict.fromkeys(
            [
                "shortcoming",
                "pass_on_shortcoming",
                "assess_shortcoming",
                "conclude_shortcoming",
                "shortcoming_remedy",
            ],
            [case.pk, city["shortcoming"].pk],
        ),
        "remove_aid": [case.pk, 1],
        "opinion": [case.pk, city["opinion"].pk],
        "describe": [organisation, city["at"].administration.slug],
        "held_document": [organisation, city["held"].pk],
        "document_file": [organisation, city["held"].pk],
        "document_request": [organisation, city["requested"].pk],
        "request_letter": [organisation, city["requested"].pk],
        "resend_request": [organisation, city["requested"].pk],
        "waive_requested": [
            organisation,
            city["requested"].pk,
            city["requested"].lines.get(kind="accounts").pk,
        ],
        "edit_contact": [organisation, contact],
        "remove_contact": [organisation, contact],
        "by_version": [
            Version.objects.get(question_set__code="jav", starts_on__lte=clock.today()).pk
        ],
        "organisation_history": [organisation],
        **dict.fromkeys(["job", "job_file", "import_confirm", "restart_job"], [city["job"].pk]),
        "merge": [organisation, city["lookalike"].pk],
        "not_same": [organisation, city["lookalike"].pk],
    }
    no_case = {"list", "register", "enquiries", "forms", "duplicates", "export"}
    no_case |= {"import", "import_template"}
    if name in special:
        args = special[name]
    elif app == "collaborations" and name not in no_case:
        args = [case.pk]
    elif app == "organisations" and name not in no_case:
        args = [organisation]
    else:
        args = []
    return reverse(route, args=args)


@pytest.mark.django_db
@pytest.mark.parametrize("route", TABLE)
def test_an_address_answers_each_role_as_the_table_says(client, city, route):
    url = address(route, city)
    answers = {}
    for who in (*EVERYONE, "stranger"):
        if who == "stranger":
            client.logout()
        else:
            client.force_login(User.objects.get(pk=city["people"][who].pk))
        page = client.get(url)
        _ = list(page) if page.streaming else None  # a file is closed when it has been read
        at_the_door = page.status_code == 302 and page.url.startswith(reverse("account_login"))
        answers[who] = LOGIN if at_the_door else page.status_code

    assert answers == TABLE[route]


@pytest.mark.django_db
def test_reference_data_is_open_to_administrators_alone(client, city):
    answers = {}
    for who, person in city["people"].items():
        client.force_login(person)
        answers[who] = client.get(reverse("admin:index")).status_code
    allowed = {who for who, status in answers.items() if status == 200}

    assert allowed == {"admin", "admin elsewhere"}
    assert {model._meta.app_label for model in reference._registry} == {
        "accounts",
        "agreements",
        "iop",
    }


def test_the_cast_is_whole(city):
    assert set(city["people"]) == set(EVERYONE)
    assert Contact.objects.filter(pk=city["contact"].pk).exists()
