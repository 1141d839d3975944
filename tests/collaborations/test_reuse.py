"""Answers about an organisation in its next case: offered one by one, valid as long as before."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from casework.moves import NotAllowed
from checklists.answer_checks import AnswerInput
from checklists.answering import AnotherVersion, StaleAnswer
from checklists.models import Answer, Assessment, Resolution
from collaborations import standing
from collaborations.decision_document import question_sets
from collaborations.models import Collaboration, Step
from collaborations.offers import offers
from collaborations.steps.check import answer, resolve
from collaborations.steps.declare import declare
from collaborations.steps.hand_over import mark_secret
from collaborations.steps.move import move_questions
from collaborations.steps.reuse import reuse
from tests.factories.accounts import UnitFactory, UserFactory
from tests.factories.collaborations import case_at, free_answers, place
from tests.factories.organisations import OrganisationFactory
from tests.factories.versions import load_long_ago, newer_version

pytestmark = pytest.mark.django_db

SET = "grundkrav"
ANEW = "GK-17"  # weighed in every case
TODAY = timezone.localdate()
MONTH_AGO = TODAY - timedelta(days=30)


@pytest.fixture
def at(db):
    load_long_ago()
    return place()


@pytest.fixture
def organisation(at):
    return OrganisationFactory()


def prepared(at, *organisations, **facts) -> Collaboration:
    """A case whose questions are open, with everybody declared."""
    case, _ = case_at(Step.MOTIVATED, at, organisations=list(organisations), **facts)
    for person in (at.officer, at.manager):
        declare(case, inputs=free_answers(), by=person)
    return case


def another_unit(at):
    """A unit beside, whose people do not see the first unit's cases."""
    unit = UnitFactory(administration=at.administration)
    people = {"manager": UserFactory(manager_at=unit), "officer": UserFactory(officer_at=unit)}
    return replace(at, unit=unit, **people)


@pytest.fixture
def first(at, organisation):
    return prepared(at, organisation)


@pytest.fixture
def second(at, organisation):
    return prepared(at, organisation)


def give(case, at, code="GK-03", value="ja", checked_on=MONTH_AGO, **more):
    given = AnswerInput(value, checked_on=checked_on, **more)
    versions = {one.code: one.version for one in answers(case)}
    answer(case, SET, inputs={code: given}, versions=versions, by=at.officer)
    return answers(case).get(code=code)


def answers(case):
    return Answer.objects.filter(
        assessment__examination__collaboration=case, assessment__set_code=SET
    )


def offered(case, person) -> dict:
    case = Collaboration.objects.get(pk=case.pk)
    return offers(case, standing.assessments(case)[SET], person)


def take(case, person, code="GK-03", version=0, **more):
    return reuse(case, SET, key=offered(case, person)[code].key, version=version, by=person, **more)


def state(case) -> tuple:
    row = Collaboration.objects.get(pk=case.pk)
    rows = answers(case).values_list("code", "value", "version", "origin")
    return row.step, row.version, row.chain_count, sorted(rows)


def url(case, name="questions") -> str:
    return reverse(f"collaborations:{name}", args=[case.pk, SET])


# --- What is offered ---------------------------------------------------------------------------


def test_an_answer_about_the_organisation_is_offered_in_its_next_case(at, first, second):
    given = give(first, at, note="Antagna 2024.")

    (offer,) = offered(second, at.officer).values()

    assert (offer.answer, offer.number, offer.case) == (given, first.number, first)
    assert (offer.day, offer.said) == (MONTH_AGO, "Ja")


def test_without_a_day_of_its_own_an_answer_was_checked_when_it_was_given(at, first, second):
    give(first, at, checked_on=None)

    take(second, at.officer)

    taken = answers(second).get()
    assert (taken.checked_on, taken.valid_until) == (TODAY, answers(first).get().valid_until)


def test_what_must_be_asked_anew_is_never_offered(at, first, second):
    assert not standing.assessments(second)[SET].version.questions.get(code=ANEW).reusable
    give(first, at, code=ANEW)

    assert offered(second, at.officer) == {}


def test_an_expired_answer_is_not_offered(at, first, second):
    given = give(first, at, checked_on=TODAY - timedelta(days=400))
    assert given.valid_until < TODAY

    assert offered(second, at.officer) == {}


def test_an_answer_is_offered_on_its_last_day(at, first, second):
    given = give(first, at)
    Answer.objects.filter(pk=given.pk).update(valid_until=TODAY)

    assert set(offered(second, at.officer)) == {"GK-03"}


def test_a_cleared_answer_is_not_offered(at, first, second):
    give(first, at)
    give(first, at, value=None, checked_on=None, note="Oklart.")

    assert offered(second, at.officer) == {}


@pytest.mark.parametrize("answered_last", [True, False])
def test_the_latest_check_is_the_one_that_is_offered(
    at, organisation, first, second, answered_last
):
    between = prepared(at, organisation)
    checks = {first: MONTH_AGO, between: TODAY - timedelta(days=3)}
    given = {
        case: give(case, at, checked_on=checks[case])
        for case in ((first, between) if answered_last else (between, first))
    }

    assert offered(second, at.officer)["GK-03"].answer == given[between]


def test_an_answer_to_a_question_that_has_become_another_is_not_offered(at, organisation, first):
    give(first, at, code="GK-03")
    give(first, at, code="GK-04")
    newer_version(SET)  # GK-03 leads to something else there
    second = prepared(at, organisation)

    assert set(offered(second, at.officer)) == {"GK-04"}


def test_an_answered_question_is_offered_nothing_until_its_answer_expires(at, first, second):
    give(first, at)
    given = give(second, at)
    assert offered(second, at.officer) == {}

    Answer.objects.filter(pk=given.pk).update(
        valid_until=TODAY - timedelta(days=1), checked_on=TODAY - timedelta(days=366)
    )
    assert set(offered(second, at.officer)) == {"GK-03"}


def test_only_cases_with_exactly_the_same_organisations_are_offered_from(at, organisation):
    other = OrganisationFactory()
    alone, both = prepared(at, organisation), prepared(at, organisation, other)
    give(alone, at, code="GK-03")
    give(both, at, code="GK-04")

    assert set(offered(prepared(at, organisation), at.officer)) == {"GK-03"}
    assert set(offered(prepared(at, other, organisation), at.officer)) == {"GK-04"}
    assert offered(prepared(at, other), at.officer) == {}


def test_nothing_is_offered_from_another_administration(at, organisation, first):
    give(first, at)
    elsewhere = place()

    assert offered(prepared(elsewhere, organisation), elsewhere.officer) == {}


def test_what_was_itself_taken_over_is_not_offered_on(at, organisation, first, second):
    given = give(first, at)
    take(second, at.officer)
    third = prepared(at, organisation)

    assert offered(third, at.officer)["GK-03"].answer == given
    give(first, at, value=None, checked_on=None)
    assert offered(third, at.officer) == {}


def test_who_may_not_see_the_case_sees_the_day_but_not_the_case(client, at, organisation, first):
    give(first, at)
    there = another_unit(at)
    stranger, second = there.officer, prepared(there, organisation)
    client.force_login(stranger)

    offer = offered(second, stranger)["GK-03"]
    page = client.get(url(second)).text

    assert (offer.case, offer.day) == (None, MONTH_AGO)
    assert "Använd det här svaret" in page
    assert first.number not in page


def test_a_case_with_a_secrecy_mark_offers_nothing_to_those_who_may_not_see_it(
    at, organisation, first
):
    give(first, at)
    mark_secret(first, provision="OSL 26 kap. 1 §", by=at.manager, version=first.version)
    there = another_unit(at)
    second = prepared(there, organisation)

    assert offered(second, there.officer) == {}
    assert set(offered(second, at.head)) == {"GK-03"}


# --- Taking it over ----------------------------------------------------------------------------


def test_one_press_takes_over_one_answer_with_where_and_when_it_was_checked(at, first, second):
    given = give(first, at, note="Antagna 2024.", reference="dnr 7")
    give(first, at, code="GK-04")

    assert take(second, at.manager) == "GK-03"

    (taken,) = answers(second)
    assert (taken.value, taken.note, taken.reference) == ("ja", "Antagna 2024.", "dnr 7")
    assert (taken.checked_on, taken.valid_until) == (MONTH_AGO, given.valid_until)
    assert (taken.origin, taken.origin_case) == (given, first.number)
    assert (taken.answered_by, taken.version) == (at.manager, 1)
    event = Event.objects.of(second).get(code="answer_reused")
    assert event.details["questions"] == ["GK-03"]
    assert (event.details["case"], event.details["answer"]) == (first.number, given.pk)


def test_the_motivation_of_an_answer_is_not_taken_over(at, first, second):
    given = give(first, at, value="nej")
    resolve(first, given, kind="motivation", text="Ny förening.", version=1, by=at.manager)

    take(second, at.officer)

    found = standing.of(Collaboration.objects.get(pk=second.pk))[SET].standings
    assert found["GK-03"] == "to_motivate"
    assert not Resolution.objects.filter(answer__assessment__examination__collaboration=second)


def test_whoever_changes_the_answer_answers_it_themselves(at, first, second):
    give(first, at)
    take(second, at.officer)

    changed = give(second, at, value="nej", checked_on=TODAY)

    assert (changed.origin, changed.origin_case, changed.checked_on) == (None, "", TODAY)


def test_a_later_change_where_it_was_checked_does_not_change_what_was_taken_over(at, first, second):
    give(first, at)
    take(second, at.officer)

    give(first, at, value="nej", checked_on=TODAY)

    assert answers(second).get().value == "ja"


def test_pressing_twice_takes_over_once(at, first, second):
    give(first, at)
    key = offered(second, at.officer)["GK-03"].key
    reuse(second, SET, key=key, version=0, by=at.officer)
    before = state(second)

    assert reuse(second, SET, key=key, version=0, by=at.officer) is None
    assert state(second) == before


def test_what_has_changed_since_the_page_was_opened_is_not_taken_over(at, first, second):
    give(first, at)
    key = offered(second, at.officer)["GK-03"].key
    give(first, at, value="nej", checked_on=MONTH_AGO)
    before = state(second)

    with pytest.raises(NotAllowed):
        reuse(second, SET, key=key, version=0, by=at.officer)

    assert state(second) == before


def test_what_another_officer_has_begun_to_answer_is_not_overwritten(at, first, second):
    give(first, at)
    key = offered(second, at.officer)["GK-03"].key
    give(second, at, value=None, checked_on=None, note="Väntar på stadgarna.")
    before = state(second)

    with pytest.raises(StaleAnswer):
        reuse(second, SET, key=key, version=0, by=at.manager)

    assert state(second) == before


def test_an_answer_is_not_taken_over_to_a_version_that_was_left(at, first, second):
    give(first, at)
    follows = standing.assessments(second)[SET].version_id
    key = offered(second, at.officer)["GK-03"].key

    with pytest.raises(AnotherVersion):
        reuse(second, SET, key=key, version=0, follows=follows + 1, by=at.officer)


@pytest.mark.parametrize("key", ["", "GK-03", "GK-03:0:0", "GK-04:1:1", "x:y:z"])
def test_what_was_never_offered_is_refused(at, first, second, key):
    give(first, at)
    before = state(second)

    with pytest.raises(NotAllowed):
        reuse(second, SET, key=key, version=0, by=at.officer)

    assert state(second) == before


def test_who_has_not_declared_cannot_take_over(at, organisation, first):
    give(first, at)
    second, _ = case_at(Step.MOTIVATED, at, organisations=[organisation])

    with pytest.raises(NotAllowed):
        take(second, at.officer)


def test_a_taken_over_answer_follows_to_newer_questions_while_it_may_be_reused(at, first, second):
    for code in ("GK-04", "GK-06"):
        give(first, at, code=code)
        take(second, at.officer, code)
    anew = newer_version(
        SET, change=lambda draft: draft.questions.filter(code="GK-04").update(reusable=False)
    )

    move_questions(second, SET, to=anew.pk, by=at.officer, version=second.version)

    (kept,) = answers(second)
    assert (kept.code, kept.origin_case, kept.valid_until.year) == (
        "GK-06",
        first.number,
        answers(first).get(code="GK-06").valid_until.year,
    )


# --- The page and the document -----------------------------------------------------------------


def press(client, person, case, key, **typed):
    client.force_login(person)
    follows = standing.assessments(Collaboration.objects.get(pk=case.pk))[SET].version_id
    data = {"fragornas_version": follows, "GK-03-version": 0, "ateranvand": key, **typed}
    return client.post(url(case, "reuse"), data, follow=True)


def test_the_page_offers_takes_over_and_then_says_where_it_came_from(client, at, first, second):
    give(first, at)
    client.force_login(at.officer)
    before = client.get(url(second)).text

    after = press(client, at.officer, second, offered(second, at.officer)["GK-03"].key)

    assert "Använd det här svaret" in before
    assert first.get_absolute_url() in before
    assert "Svaret på GK-03 är hämtat från det tidigare ärendet." in after.text
    assert "Använd det här svaret" not in after.text
    assert "Återanvänt från" in after.text
    assert first.get_absolute_url() in after.text


def test_what_was_typed_on_the_page_is_saved_with_the_press(client, at, first, second):
    give(first, at)

    press(
        client,
        at.officer,
        second,
        offered(second, at.officer)["GK-03"].key,
        **{"GK-04-version": 0, "GK-04-value": "ja"},
    )

    assert dict(answers(second).values_list("code", "value")) == {"GK-03": "ja", "GK-04": "ja"}


def test_a_fault_elsewhere_on_the_page_takes_nothing_over_and_keeps_what_was_typed(
    client, at, first, second
):
    give(first, at)

    page = press(
        client,
        at.officer,
        second,
        offered(second, at.officer)["GK-03"].key,
        **{"GK-04-version": 0, "GK-04-value": "ja", "GK-04-checked_on": "i går"},
    )

    assert page.status_code == 422
    assert "i går" in page.text
    assert not answers(second).exists()


def test_an_offer_that_is_gone_is_said_on_the_page(client, at, first, second):
    give(first, at)
    key = offered(second, at.officer)["GK-03"].key
    give(first, at, value=None, checked_on=None)

    page = press(client, at.officer, second, key)

    assert "Svaret erbjuds inte längre" in page.text
    assert not answers(second).exists()


def test_the_appendix_says_from_which_case_and_when_it_was_checked(at, first, second):
    give(first, at)
    take(second, at.officer)
    second = Collaboration.objects.get(pk=second.pk)

    def came_from():
        found = [one for found in question_sets(second) for one in found.answers]
        return {one.code: one.reused_from for one in found if one.reused_from}

    day = f"{MONTH_AGO.day} "
    (said,) = came_from().values()
    assert said.startswith(f"{first.number}, kontrollerat den {day}")
    mark_secret(first, provision="OSL 26 kap. 1 §", by=at.manager, version=first.version)
    (said,) = came_from().values()
    assert said.startswith(f"ett tidigare ärende, kontrollerat den {day}")


def test_an_answer_that_has_expired_or_soon_will_says_so(client, at, second):
    client.force_login(at.officer)
    give(second, at, checked_on=TODAY - timedelta(days=400))
    gone = client.get(url(second)).text
    give(second, at, checked_on=TODAY - timedelta(days=340))
    soon = client.get(url(second)).text
    give(second, at, checked_on=TODAY)
    fine = client.get(url(second)).text

    assert "Svaret räknas inte längre." in gone
    assert "Går ut snart." in soon
    assert "Går ut snart." not in fine
    assert "Svaret räknas inte längre." not in fine


# --- The database, and cost ---------------------------------------------------------------------


def test_the_database_takes_over_nothing_that_must_be_asked_anew(at, first, second):
    anew = give(first, at, code=ANEW), give(second, at, code=ANEW)
    another_question = give(first, at, code="GK-03"), give(second, at, code="GK-04")

    for origin, row in (anew, another_question):
        takes = {"origin": origin, "origin_case": first.number}
        with pytest.raises(DatabaseError, match="^asked_anew: "), transaction.atomic():
            Answer.objects.filter(pk=row.pk).update(**takes)


@pytest.mark.parametrize(
    "half", [{"origin_case": "SAM-1"}, {"origin": True}, {"checked_on": None, "whole": True}]
)
def test_where_an_answer_came_from_is_told_whole_or_not_at_all(at, first, second, half):
    given = give(first, at)
    row = give(second, at)
    if half.pop("whole", False):
        half = {**half, "origin": True, "origin_case": first.number}
    if half.get("origin"):
        half = {**half, "origin": given}

    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.filter(pk=row.pk).update(**half)


def test_the_page_costs_the_same_for_one_offer_and_for_three(client, at, organisation, first):
    second = prepared(at, organisation)
    client.force_login(at.officer)
    counts = []
    for codes in (["GK-03"], ["GK-04", "GK-06"]):
        for code in codes:
            give(first, at, code=code)
        prepared_more = prepared(at, organisation)
        give(prepared_more, at, code="GK-02", value="2001-05-05")
        with CaptureQueriesContext(connection) as queries:
            page = client.get(url(second))
        assert page.text.count("Använd det här svaret") == len(offered(second, at.officer))
        counts.append(len(queries))

    assert counts[0] == counts[1]
    assert Assessment.objects.filter(earlier__isnull=False).count() == 0
