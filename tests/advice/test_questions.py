"""A question without a case, who gets it, what is said of it, and its answer (G-13)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from advice.models import Post
from advice.steps.questions import answer, answer_anew, ask_without_case, assign, post, stand_aside
from casework.moves import NotAllowed
from collaborations.models import Consultation
from collaborations.steps.consult import advise
from notifications.models import Notice, Obligation
from tests.factories.accounts import AdministrationFactory, UserFactory
from tests.factories.group import WHY, asked_in, withdrawn
from tests.factories.held import HeldDocumentFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
SOON = TODAY + timedelta(days=5)
ASK = reverse("advice:ask")
TOO_LONG = "Säkerställ att detta värde har som mest 4000 tecken (den har 4001)."


def refused(action) -> list[tuple[str, str]]:
    with pytest.raises(NotAllowed) as refusal:
        action()
    return [(reason.at, reason.sentence) for reason in refusal.value.reasons]


@pytest.fixture
def coach(group):
    """An employee who sees no case that is being prepared."""
    return UserFactory(employee_at=group.at.unit)


@pytest.fixture
def alone(group, coach):
    facts = {"unit": group.at.unit, "question": "Får vi bjuda på kaffe?", "due_on": SOON}
    return ask_without_case(**facts, by=coach)


def test_any_employee_asks_and_the_groups_mailbox_and_the_asker_are_told(group, coach, alone):
    asked = Notice.objects.get(kind="question_asked")
    assert asked.to_address.endswith(group.at.administration.mailbox.partition("@")[2])
    assert "Får vi bjuda på kaffe?" in asked.body
    due = Obligation.objects.get(kind="advice")
    assert (due.owner, due.due_on) == (coach, SOON)

    assign(alone, group.second.person, by=group.chair.person)
    due.refresh_from_db()
    assert due.owner == group.second.person
    told = Notice.objects.get(kind="question_assigned")
    assert told.to_address == group.second.person.email

    answer(alone, text="Ja, men inget mer.", by=group.second.person)
    due.refresh_from_db()
    assert due.met_at is not None
    told = Notice.objects.get(kind="question_answered")
    assert (told.to_address, "Ja, men inget mer." in told.body) == (coach.email, True)


def test_a_question_of_an_organisation_takes_its_documents_along(client, group):
    here = group.at.administration
    statutes = HeldDocumentFactory(administration=here)
    HeldDocumentFactory(organisation=statutes.organisation, administration=AdministrationFactory())
    client.force_login(group.at.officer)
    page = f"{ASK}?organisation={statutes.organisation_id}"

    assert list(client.get(page).context["form"].fields["documents"].queryset) == [statutes]
    assert "documents" not in client.get(ASK).context["form"].fields
    sent = {"unit": group.at.unit.pk, "question": "Räcker stadgarna?", "due_on": SOON}
    client.post(page, {**sent, "documents": [statutes.pk]})

    asked = Consultation.objects.without_case().get()
    assert list(asked.documents.all()) == [statutes]
    client.force_login(group.second.person)
    assert statutes.get_absolute_url() in client.get(asked.get_absolute_url()).content.decode()
    assert client.get(statutes.get_absolute_url()).status_code == 200


def test_what_another_administration_holds_is_not_taken_along(client, group):
    elsewhere = HeldDocumentFactory(administration=AdministrationFactory())
    facts = {"unit": group.at.unit, "question": "Räcker stadgarna?", "due_on": SOON}
    client.force_login(group.at.officer)

    assert refused(
        lambda: ask_without_case(**facts, documents=[elsewhere], by=group.at.officer)
    ) == [("documents", "Underlaget finns inte hos din förvaltning.")]
    assert not Consultation.objects.without_case().exists()
    assert client.get(f"{ASK}?organisation=999999").status_code == 404
    assert client.get(f"{ASK}?organisation=nej").status_code == 200


def test_a_question_sent_twice_is_one_until_it_is_answered(client, group, coach):
    client.force_login(coach)
    sent = {"unit": group.at.unit.pk, "question": "Får vi bjuda på kaffe?", "due_on": SOON}
    for _ in "ab":
        client.post(ASK, sent)
    asked = Consultation.objects.without_case().get()
    answer(asked, text="Ja.", by=group.chair.person)
    client.post(ASK, sent)

    assert Notice.objects.filter(kind="question_asked").count() == 2
    assert Consultation.objects.without_case().count() == 2


def test_nobody_asks_for_a_unit_where_they_do_not_work(group, coach):
    facts = {"unit": group.elsewhere.unit, "question": "Får vi?", "due_on": SOON}

    assert refused(lambda: ask_without_case(**facts, by=coach)) == [
        ("unit", "Välj en enhet där du arbetar.")
    ]


def test_only_a_member_of_that_group_gets_the_question_and_only_the_group_gives_it(group, alone):
    asked = asked_in(group.case, group.at)
    for one in (alone, asked):
        for nobody in (group.at.officer, group.stranger.person):
            assert refused(lambda q=one, n=nobody: assign(q, n, by=group.chair.person)) == [
                ("member", "Välj någon som är ledamot i beredningsgruppen i dag.")
            ]
        for by in (group.at.officer, group.stranger.person):
            assert refused(lambda q=one, b=by: assign(q, group.second.person, by=b))
            assert refused(lambda q=one, b=by: stand_aside(q, group.second.person, why=WHY, by=b))
    for by in (group.at.manager, group.stranger.person):
        assert refused(lambda b=by: answer(alone, text="Ja.", by=b))


def test_it_is_answered_once_and_not_by_one_who_stands_aside(group, alone):
    stand_aside(alone, group.second.person, why=WHY, by=group.chair.person)
    assert refused(lambda: answer(alone, text="Ja.", by=group.second.person)) == [
        ("", "Du är jävig i frågan. Du deltar inte i samtalet eller i rådet om den.")
    ]
    assert refused(lambda: assign(alone, group.second.person, by=group.chair.person)) == [
        ("member", f"{group.second.person} är jävig i frågan.")
    ]
    answer(alone, text="Ja.", by=group.third.person)
    for again in (
        lambda: answer(alone, text="Nej.", by=group.third.person),
        lambda: assign(alone, group.third.person, by=group.chair.person),
        lambda: post(alone, text="Jaså.", by=group.third.person),
    ):
        assert refused(again)[0][1].startswith("Frågan är redan besvarad.")


def test_a_later_answer_takes_the_place_of_the_former_and_both_stand(client, group, coach, alone):
    answer(alone, text="Ja.", by=group.third.person)
    address = reverse("advice:request", args=[alone.pk])
    client.force_login(group.second.person)
    assert "Ge ett nytt svar" in client.get(address).content.decode()
    client.post(reverse("advice:answer", args=[alone.pk]) + "?ersatt=1", {"text": "Nej."})

    former, later = Consultation.objects.without_case().order_by("pk")
    assert (former.reasons, later.reasons, later.supersedes) == ("Ja.", "Nej.", former)
    assert (later.unit, later.asked_by, later.answered_by) == (
        group.at.unit,
        coach,
        group.second.person,
    )
    told = Notice.objects.filter(kind="question_answered", person=coach)
    assert ["Nej." in one.body for one in told] == [False, True]
    assert "Ge ett nytt svar" not in client.get(address).content.decode()
    assert refused(lambda: answer_anew(former, text="Kanske.", by=group.third.person)) == [
        ("", "Det finns inget råd att ersätta, eller så är det redan ersatt.")
    ]
    assert refused(lambda: answer(former, text="Kanske.", by=group.third.person)) == [
        ("", "Frågan är redan besvarad.")
    ]


def test_a_question_without_a_case_may_be_about_a_form(client, group, coach):
    client.force_login(coach)
    sent = {"unit": group.at.unit.pk, "question": "Får vi?", "due_on": SOON, "form": "iop"}
    client.post(ASK, sent)

    assert Consultation.objects.without_case().get().form == "iop"


def test_who_may_see_the_question_may_speak_of_it_and_nothing_said_is_changed(group, coach, alone):
    asked = asked_in(group.case, group.at)
    said = [
        post(alone, text="Vad kostar det?", by=group.second.person),
        post(alone, text="Hundra kronor.", by=coach),
        post(asked, text="Vi har hört juristen.", by=group.at.manager),
    ]
    for one, nobody in ((alone, group.at.officer), (asked, coach), (asked, group.stranger.person)):
        assert refused(lambda q=one, n=nobody: post(q, text="Hej.", by=n)) == [
            ("", "Du har inte rätt att se frågan.")
        ]
    assert list(Post.objects.all()) == said
    with pytest.raises(DatabaseError, match="append_only"), transaction.atomic():
        Post.objects.update(text="Annat.")
    with pytest.raises(DatabaseError, match="append_only"), transaction.atomic():
        Post.objects.all().delete()


def test_nothing_more_is_said_of_a_question_when_its_case_is_withdrawn(group):
    asked = asked_in(group.case, group.at)
    withdrawn(group.case, group.at)

    assert refused(lambda: post(asked, text="Hej.", by=group.chair.person)) == [
        ("consultation", "Ärendet är i läget Återtagen och behöver inte längre något råd.")
    ]


# --- pages ---------------------------------------------------------------------------------------


def test_the_asker_follows_the_question_and_others_do_not(client, group, coach, alone):
    address = reverse("advice:request", args=[alone.pk])
    seen = {}
    for who, person in {
        "asker": coach,
        "colleague": UserFactory(employee_at=group.at.unit),
        "officer": group.at.officer,
        "member": group.second.person,
        "elsewhere": group.stranger.person,
    }.items():
        client.force_login(person)
        seen[who] = client.get(address).status_code

    assert seen == {
        "asker": 200,
        "colleague": 404,
        "officer": 404,
        "member": 200,
        "elsewhere": 404,
    }


def test_a_question_is_asked_and_worked_on_in_the_browser(client, group, coach):
    client.force_login(coach)
    sent = {"unit": group.at.unit.pk, "question": "Får vi?", "due_on": TODAY}
    faulty = client.post(ASK, sent)
    assert faulty.context["form"].errors == {
        "due_on": ["Ge beredningsgruppen minst en dag att svara."]
    }
    faulty = client.post(ASK, sent | {"unit": group.elsewhere.unit.pk, "due_on": SOON})
    assert list(faulty.context["form"].errors) == ["unit"]
    faulty = client.post(ASK, sent | {"question": "x" * 4001, "due_on": SOON})
    assert faulty.context["form"].errors == {"question": [TOO_LONG]}
    client.post(ASK, sent | {"due_on": SOON})
    alone = Consultation.objects.without_case().get()
    address = reverse("advice:request", args=[alone.pk])
    page = client.get(address)
    assert {name: page.context[f"{name}_form"] is not None for name in ("post", "answer")} == {
        "post": True,
        "answer": False,
    }
    refusal = client.post(reverse("advice:answer", args=[alone.pk]), {"text": "Ja."})
    assert refusal.status_code == 409

    client.force_login(group.chair.person)

    def send(name, **facts):
        return client.post(reverse(f"advice:{name}", args=[alone.pk]), facts)

    wrong = send("assign", member=group.stranger.person.pk)
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["member"])
    send("assign", member=group.second.person.pk)
    assert "ska svara" in client.get(address).content.decode()
    lacking = send("aside", person=group.second.person.pk)
    assert (lacking.status_code, list(lacking.context["form"].errors)) == (422, ["why"])
    send("aside", person=group.second.person.pk, why=WHY)
    assert "Ingen har frågan." in client.get(address).content.decode()
    assert send("post", text="").status_code == 422
    assert send("post", text="x" * 4001).context["form"].errors == {"text": [TOO_LONG]}
    send("post", text="Jag frågar ekonomi.")
    send("answer", text="Ja, upp till hundra kronor.")
    client.force_login(coach)
    page = client.get(address).content.decode()
    assert "Jag frågar ekonomi." in page
    assert "Ja, upp till hundra kronor." in page


def test_who_stands_aside_is_told_so_and_offered_nothing(client, group):
    asked = asked_in(group.case, group.at)
    stand_aside(asked, group.second.person, why=WHY, by=group.chair.person)
    client.force_login(group.second.person)
    page = client.get(reverse("advice:request", args=[asked.pk]))

    assert "Du är jävig i frågan." in page.content.decode()
    assert [page.context[f"{name}_form"] for name in ("post", "assign", "aside", "answer")] == [
        None
    ] * 4
    assert client.post(reverse("advice:post", args=[asked.pk]), {"text": "Hej."}).status_code == 409


def test_the_page_of_a_question_costs_the_same_for_one_and_for_three_posts(
    client, group, alone, django_assert_max_num_queries
):
    client.force_login(group.chair.person)
    address = reverse("advice:request", args=[alone.pk])
    costs = []
    for _ in range(3):
        post(alone, text="En sak till.", by=group.chair.person)
        client.get(address)
        with django_assert_max_num_queries(30) as queries:
            client.get(address)
        costs.append(len(queries))

    assert len(set(costs)) == 1


def test_a_question_of_a_case_is_still_answered_without_a_meeting(group):
    asked = asked_in(group.case, group.at)
    advise(asked, advice="suitable", reasons="Ja.", present="Två ledamöter", by=group.chair.person)

    asked.refresh_from_db()
    assert (asked.met_on, asked.present) == (None, "Två ledamöter")
