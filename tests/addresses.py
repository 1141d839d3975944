"""The address of each route, about what factories/city.py has built."""

from django.urls import reverse

from audit import clock
from checklists.models import QuestionSet, Version

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


def is_agreed(name: str) -> bool:
    """Of a formal case that runs, with a signed agreement and an amendment being drafted."""
    if name in {"dialogue", "break_off", "uploaded_draft"}:
        return True
    return name != "version" and ("agreement" in name or "version" in name)


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
    if is_agreed(name):
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
