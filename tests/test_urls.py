"""Every address as every role, as the same role elsewhere, and as a stranger. Typed by hand."""

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from audit.admin.site import reference
from organisations.models import Contact
from tests.addresses import address
from tests.factories.city import NONE, READERS, WHOLE, build
from tests.factories.once import made_once

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


@pytest.fixture(scope="module")
def browsers(city) -> dict[str, Client]:
    """Everyone's browser, logged in once for all addresses, and a stranger's."""
    opened = {who: Client() for who in EVERYONE}
    for who, browser in opened.items():
        browser.force_login(city["people"][who])
    return opened | {"stranger": Client()}


@pytest.mark.django_db
@pytest.mark.parametrize("route", TABLE)
def test_an_address_answers_each_role_as_the_table_says(city, browsers, route):
    url = address(route, city)
    answers = {}
    for who, browser in browsers.items():
        page = browser.get(url)
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
