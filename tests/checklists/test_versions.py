"""Draft, publish, and which version is in force."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.models import Event
from checklists.models import Version
from checklists.versions import (
    CannotPublish,
    CannotWithdraw,
    NothingInForce,
    discard,
    draft_next,
    in_force,
    publish,
    withdraw,
)
from tests.factories.accounts import UserFactory
from tests.factories.checklists import (
    LONG_AGO,
    QuestionFactory,
    QuestionSetFactory,
    VersionFactory,
)

pytestmark = pytest.mark.django_db


def days(number):
    return timezone.localdate() + timedelta(days=number)


def a_version(number_of_questions=1, **facts):
    return VersionFactory(asking=QuestionFactory.build_batch(number_of_questions), **facts)


def test_a_draft_is_a_copy_of_the_latest_published_version():
    first = a_version(3, published_from=LONG_AGO, proposal=True)

    draft = draft_next(first.question_set)

    untold = {"id", "version_id"}
    copies = [
        {name: value for name, value in row.items() if name not in untold}
        for row in draft.questions.values()
    ]
    originals = [
        {name: value for name, value in row.items() if name not in untold}
        for row in first.questions.values()
    ]
    assert (draft.number, draft.starts_on, draft.proposal) == (2, None, True)
    assert copies == originals
    assert first.questions.count() == 3


def test_what_was_said_of_a_question_beside_the_former_one_is_said_anew_in_the_next_draft():
    said = QuestionFactory.build(same_question=True, revision=4)
    first = VersionFactory(asking=[said], published_from=LONG_AGO)

    copy = draft_next(first.question_set).questions.get()

    assert (copy.same_question, copy.revision) == (False, 1)


def test_a_draft_can_begin_on_an_empty_page():
    first = a_version(published_from=LONG_AGO)

    assert draft_next(first.question_set, empty=True).questions.count() == 0


def test_there_is_one_draft_at_a_time():
    draft = draft_next(QuestionSetFactory())

    with pytest.raises(CannotPublish, match="Version 1 är redan ett utkast"):
        draft_next(draft.question_set)
    with pytest.raises(IntegrityError), transaction.atomic():
        Version.objects.create(question_set=draft.question_set, number=2)


def test_publishing_says_who_when_and_from():
    person = UserFactory()

    version = publish(a_version(), starts_on=days(10), by=person)

    version.refresh_from_db()
    assert (version.starts_on, version.published_by) == (days(10), person)
    assert version.published_at is not None
    event = Event.objects.get(code="version_published")
    assert (event.actor_id, event.details["number"]) == (person.pk, 1)


def test_a_version_is_published_once():
    version = publish(a_version(), starts_on=days(0))

    with pytest.raises(CannotPublish, match="redan publicerad"):
        publish(version, starts_on=days(5))


def test_a_version_without_questions_is_not_published():
    with pytest.raises(CannotPublish, match="utan frågor"):
        publish(a_version(0), starts_on=days(0))


def test_the_first_version_may_have_begun_before_today():
    publish(a_version(), starts_on=LONG_AGO)

    assert in_force("prov", "", date(2025, 6, 1)).number == 1


@pytest.mark.parametrize(
    ("start", "said"),
    [
        (-1, "bakåt i tiden"),
        (30, "En ny version måste börja gälla senare"),
        (29, "En ny version måste börja gälla senare"),
    ],
)
def test_a_later_version_starts_today_or_after_and_after_the_others(start, said):
    publish(a_version(), starts_on=LONG_AGO)
    if start > 0:
        publish(draft_next(QuestionSetFactory()), starts_on=days(30))
    draft = draft_next(QuestionSetFactory())

    with pytest.raises(CannotPublish, match=said):
        publish(draft, starts_on=days(start))

    draft.refresh_from_db()
    assert not draft.is_published


def test_a_version_is_in_force_from_its_start_until_the_next_one_starts():
    publish(a_version(), starts_on=LONG_AGO)
    publish(draft_next(QuestionSetFactory()), starts_on=days(3))
    draft_next(QuestionSetFactory())

    assert [in_force("prov", "", days(n)).number for n in (0, 2, 3, 400)] == [1, 1, 2, 2]


def test_nothing_is_in_force_before_the_first_start():
    publish(a_version(), starts_on=LONG_AGO)

    with pytest.raises(NothingInForce, match="koden prov som gäller 31 december 2019"):
        in_force("prov", "", date(2019, 12, 31))


def test_an_administrations_own_rule_set_goes_before_the_common_one():
    publish(a_version(), starts_on=LONG_AGO)
    own = QuestionSetFactory(rule_set="amf")
    publish(a_version(question_set=own), starts_on=days(-10))

    assert in_force("prov", "amf", days(0)).question_set == own
    assert in_force("prov", "amf", days(-11)).question_set.rule_set == ""
    assert in_force("prov", "sdf", days(0)).question_set.rule_set == ""


def test_a_newer_common_version_does_not_replace_an_administrations_own():
    own = QuestionSetFactory(rule_set="amf")
    publish(a_version(question_set=own), starts_on=LONG_AGO)
    publish(a_version(), starts_on=days(0))

    assert in_force("prov", "amf", days(0)).question_set == own
    assert in_force("prov", "sdf", days(0)).question_set.rule_set == ""


def test_an_administrations_own_set_does_not_leak_to_others():
    own = QuestionSetFactory(rule_set="amf")
    publish(a_version(question_set=own), starts_on=LONG_AGO)

    with pytest.raises(NothingInForce):
        in_force("prov", "", days(0))


def test_a_withdrawn_version_never_comes_into_force_and_its_start_is_free():
    publish(a_version(), starts_on=LONG_AGO)
    person, coming = UserFactory(), publish(draft_next(QuestionSetFactory()), starts_on=days(3))

    withdraw(coming, reason="Fel fråga.", by=person)

    assert in_force("prov", "", days(3)).number == 1
    event = Event.objects.get(code="version_withdrawn")
    assert (event.actor_id, event.details["number"]) == (person.pk, 2)
    again = publish(draft_next(QuestionSetFactory()), starts_on=days(3))
    assert again.number == 3
    assert in_force("prov", "", days(3)) == again


def test_withdrawing_the_first_of_its_own_gives_back_the_common_one():
    publish(a_version(), starts_on=LONG_AGO)
    own = QuestionSetFactory(rule_set="amf")
    coming = publish(a_version(question_set=own), starts_on=days(2))

    withdraw(coming, reason="Vi väntar.", by=UserFactory())

    assert in_force("prov", "amf", days(2)).question_set.rule_set == ""


def test_what_cannot_be_withdrawn_says_why():
    first = publish(a_version(), starts_on=days(0))
    draft = draft_next(first.question_set)

    def refusing(version, said, reason="Fel."):
        with pytest.raises(CannotWithdraw, match=said):
            withdraw(version, reason=reason, by=UserFactory())

    refusing(first, "gäller sedan")
    refusing(draft, "är ett utkast")
    coming = publish(draft, starts_on=days(1))
    refusing(coming, "Skriv varför", reason=" ")
    withdraw(coming, reason="Fel.", by=UserFactory())
    refusing(coming, "redan tillbakadragen")


def test_a_draft_is_a_copy_of_the_latest_that_was_not_withdrawn_or_of_the_one_asked_for():
    first = publish(a_version(1), starts_on=LONG_AGO)
    second = draft_next(first.question_set, empty=True)
    QuestionFactory.create_batch(3, version=second)
    withdraw(publish(second, starts_on=days(5)), reason="Fel.", by=UserFactory())

    third = draft_next(first.question_set)
    assert (third.number, third.questions.count()) == (3, 1)
    discard(third, by=UserFactory())
    assert draft_next(first.question_set, like=second).questions.count() == 3


def test_a_draft_is_thrown_away_with_its_questions_and_the_log_tells():
    person, draft = UserFactory(), a_version(2)

    discard(draft, by=person)

    assert not Version.objects.exists()
    event = Event.objects.get(code="draft_discarded")
    assert (event.actor_id, event.details["questions"]) == (person.pk, 2)


def test_a_published_version_is_not_thrown_away():
    with pytest.raises(CannotPublish, match="kan inte kastas"):
        discard(publish(a_version(), starts_on=days(0)), by=UserFactory())


def test_the_version_in_force_takes_one_query(django_assert_num_queries):
    publish(a_version(), starts_on=LONG_AGO)

    with django_assert_num_queries(1):
        assert in_force("prov", "amf", days(0)).question_set.name == "Provfrågor"
