"""The same story through the pages: each form sent as a browser would send it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from checklists.sample import acceptable_answers
from collaborations import standing
from collaborations.models import Collaboration, Step
from tests.factories.collaborations import deliver_everything, place
from tests.factories.organisations import OrganisationFactory

pytestmark = pytest.mark.django_db(transaction=True)


class Visit:
    """A person at the pages of one case."""

    def __init__(self, client, person):
        self.client, self.person = client, person

    def get(self, name, *args):
        self.client.force_login(self.person)
        page = self.client.get(reverse(f"collaborations:{name}", args=args))
        assert page.status_code == 200, (name, page.status_code)
        return page

    def send(self, name, *args, **fields):
        """Send the form of the page, filled as the page shows it and changed by `fields`."""
        page = self.get(name, *args)
        form = page.context["form"]
        shown = {f.html_name: f.value() for f in form} | {
            f.html_name: f.value() for f in getattr(form, "hidden_fields", list)()
        }
        data = {k: v for k, v in (shown | fields).items() if v not in (None, "")}
        answer = self.client.post(reverse(f"collaborations:{name}", args=args), data)
        assert answer.status_code == 302, said(answer)
        return answer


def said(answer) -> str:
    form = (answer.context or {}).get("form")
    return f"{answer.status_code} {form and form.errors.as_text()}"


def answer_set(visit, case, code):
    standing.forget(case)
    assessment = standing.assessments(case)[code]
    inputs = acceptable_answers(assessment, standing.facts_with_outcomes(case))
    page = visit.get("questions", case.pk, code)
    data = {"fragornas_version": assessment.version_id}
    for card in page.context["form"].cards:
        prefix = card.question.code
        for bound in card:
            data[bound.html_name] = bound.value() if bound.value() is not None else ""
        if prefix in inputs:
            given = inputs[prefix]
            data[f"{prefix}-value"] = given.value
            data[f"{prefix}-text"] = given.text
            data[f"{prefix}-checked_on"] = given.checked_on or ""
            for name, value in given.companions.items():
                data[f"{prefix}-x_{name}"] = value
    data = {k: v for k, v in data.items() if v is not None}
    answer = visit.client.post(reverse("collaborations:questions", args=[case.pk, code]), data)
    assert answer.status_code == 302, answer.context["form"].errors
    standing.forget(case)
    assert standing.of(case)[code].remaining == ()


def test_an_informal_collaboration_goes_through_the_pages(client):
    at = place()
    organisation = OrganisationFactory()
    officer, manager = Visit(client, at.officer), Visit(client, at.manager)
    today = timezone.localdate()

    officer.get("register")
    sent = client.post(
        reverse("collaborations:register"),
        {
            "form_key": "0b9d7a52-51f4-4a6a-8d0e-5a6f0c1f0001",
            "organisations": [organisation.pk],
            "title": "Språkkafé på torget",
            "initiated_by": "organisation",
            "initiative_on": today.isoformat(),
            "task": "Möten mellan nyanlända och etablerade.",
            "associated": "true",
            "joint_task": "true",
            "unit": at.unit.pk,
            "responsible_manager": at.manager.pk,
        },
    )
    assert sent.status_code == 302, sent.context["form"].errors
    case = Collaboration.objects.get()
    assert sent.url == case.get_absolute_url()
    officer.get("case", case.pk)

    administration = at.administration
    page = officer.get("motivation", case.pk)
    empty_lines = {
        f"insats-{name}": page.context["lines"].management_form[name].value()
        for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
    }
    officer.send(
        "motivation",
        case.pk,
        **empty_lines,
        within_competence="true",
        within_competence_why="Kommunen får främja etablering.",
        within_area="true",
        within_area_why="Det är vårt uppdrag.",
        for_target_group="true",
        for_target_group_why="Nyanlända.",
        area=administration.areas.get().pk,
        target_groups=[administration.target_groups.get().pk],
        assignments=[administration.assignments.get().pk],
        need_type="new_way",
        need="Möten i vardagen.",
        target_group_heard="Samtal varje månad.",
        equal_chance="true",
        equal_chance_why="Öppen inbjudan.",
        involves_minors="false",
        shares_personal_data="false",
        written_agreement="false",
        form="informal",
        informal_kind="local",
        vidare="1",
    )
    case.refresh_from_db()
    assert case.step == Step.MOTIVATED

    officer.send("conflict", case.pk, **{f"JV-{n}": "nej" for n in range(1, 5)})
    for code in ("demokrati", "grundkrav", "valfardsbrott"):
        answer_set(officer, case, code)
    officer.send("consultation", case.pk, question="Passar det?", due_on=today + timedelta(days=9))
    adviser = Visit(client, at.adviser)
    adviser.send("conflict", case.pk, **{f"JV-{n}": "nej" for n in range(1, 5)})
    asked = case.consultations.get()
    adviser.send("advice", case.pk, asked.pk, advice="suitable", reasons="Ja, gärna.")
    officer.send("check", case.pk)

    manager.send("conflict", case.pk, **{f"JV-{n}": "nej" for n in range(1, 5)})
    decision = {
        "version": Collaboration.objects.get().version,
        "outcome": "start",
        "reasons": "Når en ny grupp.",
        "follow_up_method": "Möte på plats.",
        "follow_up_by": at.officer.pk,
        "follow_up_on": (today + timedelta(days=100)).isoformat(),
        "appealable": "no",
    }
    url = reverse("collaborations:decide", args=[case.pk])
    manager.get("decide", case.pk)
    review = client.post(url, decision | {"granska": "1"})
    assert review.templates[0].name == "collaborations/decide_review.html", said(review)
    draft = client.post(reverse("collaborations:draft", args=[case.pk]), decision)
    assert draft.content.startswith(b"%PDF")
    assert client.post(url, decision | {"besluta": "1"}).status_code == 302
    case.refresh_from_db()
    assert case.step == Step.DECIDED
    deliver_everything(case)
    assert case.step == Step.ONGOING

    document = client.get(reverse("collaborations:document", args=[case.pk]))
    assert b"".join(document.streaming_content).startswith(b"%PDF")
    manager.get("notices", case.pk)
    manager.get("log", case.pk)

    followed_up = {
        "done": "Tio träffar.",
        "better_process": "yes",
        "better_result": "yes",
        "higher_quality": "partly",
        "better_use": "unknown",
        "target_group_voice": "Vill fortsätta.",
        "organisation_voice": "Volontärerna räcker till.",
        "still_meets_requirements": "true",
        "democracy_holds": "true",
    }
    officer.send("follow_up", case.pk, **followed_up, conclusion="continue")
    manager.send("end", case.pk, reasons="Klart.")
    deliver_everything(case)
    officer.send("close", case.pk, **followed_up, conclusion="end", lessons="Torget fungerar.")
    case.refresh_from_db()
    assert case.step == Step.CLOSED
    for name in ("case", "registration", "motivation", "check", "decide", "end", "close"):
        officer.get(name, case.pk)
