"""axe on every page of a case, wide and narrow, light and dark; and nothing sticks out at 360."""

import pytest

from tests.addresses import address
from tests.factories.city import build
from tests.test_urls import TABLE

# Pages that only take a POST, and those that are files.
NO_PAGES = {
    "mail_texts:withdraw",
    "notices:write",
    "notices:resend",
    "organisations:export",
    "organisations:import_confirm",
    "organisations:import_template",
    "organisations:job_file",
    "organisations:restart_job",
    "dashboard:group_read",
    "dashboard:calendar_feed",
    "organisations:remove_contact",
    "organisations:document_file",
    "organisations:draft_letter",
    "organisations:request_letter",
    "organisations:resend_request",
    "collaborations:save_answer",
    "collaborations:evidence",
    "collaborations:reuse",
    "collaborations:draft",
    "collaborations:use_attestation",
    "collaborations:read_information",
    "collaborations:board_report",
    "collaborations:board_report_docx",
    "collaborations:civil_actor",
    "collaborations:follow_up_report",
    "collaborations:follow_up_to_board",
    "collaborations:received",
    "collaborations:document",
    "collaborations:name_version",
    "collaborations:agreement_export",
    "collaborations:signed_agreement",
    "collaborations:uploaded_draft",
    "collaborations:remove_aid",
    "advice:minutes",
    "advice:post",
    "advice:assign",
    "advice:aside",
    "advice:answer",
    "advice:add_item",
    "advice:arrange_item",
    "collaborations:opinion_document",
    "checklists:move_question",
    "checklists:export",
}
# Drafts and what is done to them: only those who write questions come further than a 404.
WRITERS = {
    name
    for name, answers in TABLE.items()
    if name.startswith("checklists:") and answers["officer"] != 200
}
GROUP_ONLY = {
    "dashboard:group",
    "advice:meetings",
    "advice:new_meeting",
    "advice:meeting",
    "advice:change_meeting",
    "advice:cancel_meeting",
    "advice:attendance",
    "advice:item_advice",
    "advice:close_minutes",
}
ADMIN_ONLY = {
    "advice:end_member",
    "advice:members",
    "mail_texts:kinds",
    "mail_texts:kind",
    "mail_texts:write",
    "organisations:import",
    "organisations:job",
    "organisations:duplicates",
    "organisations:merge_choose",
    "organisations:merge",
    "organisations:not_same",
}
# What an employee sees beside the case's own page, without rail and log.
READ = [f"collaborations:{name}" for name in ("made_follow_up", "remedy", "report_shortcoming")]
PAGES = sorted(set(TABLE) - NO_PAGES - GROUP_ONLY - ADMIN_ONLY)


def faults_on(page, faults, urls) -> dict[str, list[str]]:
    """What is wrong with each page that has a fault."""
    found = {}
    for name, url in urls.items():
        page.goto(url)
        if wrong := faults(page, name.replace(":", "-")):
            found[name] = wrong
    return found


@pytest.mark.axe
@pytest.mark.timeout(600)
def test_axe_finds_nothing_on_any_page(site, open_page, log_in, faults):
    city = build()
    page = open_page()
    log_in(page, city["people"]["manager"])

    assert faults_on(page, faults, {name: address(name, city) for name in PAGES}) == {}


@pytest.mark.axe
@pytest.mark.timeout(600)
def test_axe_finds_nothing_on_the_pages_of_groups_readers_and_administrators(
    site, open_page, log_in, faults
):
    city = build()
    case = {"case": address("collaborations:case", city)}
    administrators = ADMIN_ONLY | WRITERS - NO_PAGES | {"checklists:sets", "checklists:rule_sets"}
    group = {name: address(name, city) for name in sorted(GROUP_ONLY | {"advice:request"})}
    for who, urls in (
        ("adviser", group | case),
        ("employee", case | {name: address(name, city) for name in READ}),
        ("procurement", {"opinion": address("collaborations:opinion", city)}),
        ("admin", {name: address(name, city) for name in sorted(administrators)}),
    ):
        page = open_page()
        log_in(page, city["people"][who])
        assert (who, faults_on(page, faults, urls)) == (who, {})
