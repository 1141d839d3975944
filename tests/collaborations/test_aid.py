"""Stöd av mindre betydelse in a case: valued, declared and under the ceiling when decided."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import LegalAmount
from agreements.models import Aid
from casework.moves import NotAllowed, Stale, missing, warned
from checklists.answer_checks import AnswerInput
from collaborations import standing
from collaborations.steps.aid import declare_aid, record_aid, remove_aid
from collaborations.steps.check import answer, check
from collaborations.steps.decide import decide
from collaborations.steps.declare import declare as declare_conflict
from collaborations.steps.motivate import motivate
from collaborations.steps.opinion import ask_for_opinion, give_opinion
from collaborations.workflow import DECIDE
from tests.factories.accounts import UnitFactory, UserFactory
from tests.factories.agreements import whole_proposal
from tests.factories.aid import CEILING, aid_line, amounts
from tests.factories.collaborations import (
    answer_all,
    decision_to_start,
    free_answers,
    registered,
    write,
)
from tests.factories.formal import delegated, formal_motivation, motivated
from tests.factories.organisations import OrganisationFactory

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate
SMALL = {f"SS-{n}": AnswerInput("ja") for n in range(1, 6)} | {"SS-6": AnswerInput("mindre")}
RULES = {
    "small_aid_is_valued",
    "recipient_has_declared_other_aid",
    "small_aid_is_under_the_ceiling",
}


def say_small_aid(case, at, answers=SMALL):
    rows = standing.assessments(case)["statligt_stod"].answers.all()
    versions = {given.code: given.version for given in rows}
    answer(case, "statligt_stod", inputs=answers, versions=versions, by=at.officer)
    standing.forget(case)


def small_aid(at, organisation=None):
    """A checked case where we give premises as small aid; nothing is noted of it yet."""
    case = registered(at, organisations=organisation and [organisation])
    write(case, at, **formal_motivation())
    motivate(case, by=at.officer, version=case.version)
    whole_proposal(case, at)
    declare_conflict(case, inputs=free_answers(), by=at.officer)
    answer_all(case, at)
    say_small_aid(case, at)
    check(case, by=at.officer, version=case.version)
    declare_conflict(case, inputs=free_answers(), by=at.manager)
    if not LegalAmount.objects.exists():
        amounts()
    return case


def note(case, at, **facts):
    return record_aid(
        case,
        **{
            "organisation": case.organisations.get(),
            "origin": "ours",
            "form": "rent",
            "what": "Lokal två kvällar i veckan",
            "value": 20_000,
            "valuation": "Hyran för en likvärdig lokal",
            "by": at.officer,
            "version": case.version,
            **facts,
        },
    )


def declare(case, at, **facts):
    return declare_aid(
        case,
        **{
            "organisation": case.organisations.get(),
            "declared_on": TODAY(),
            "attested_by": "ordförande",
            "by": at.officer,
            "version": case.version,
            **facts,
        },
    )


def stopping(case) -> set[str]:
    standing.forget(case)
    return {reason.rule for reason in missing(case, DECIDE)} & RULES


def test_small_aid_is_valued_and_declared_before_the_decision(at):
    case = small_aid(at)
    assert stopping(case) == {"small_aid_is_valued", "recipient_has_declared_other_aid"}

    note(case, at)
    assert stopping(case) == {"recipient_has_declared_other_aid"}

    declare(case, at)
    assert stopping(case) == set()


@pytest.mark.parametrize(
    "answers",
    [
        {"SS-1": AnswerInput("nej", text="Inga medel.")},
        {"SS-6": AnswerInput("undantag", text="Tjänst av allmänt intresse.")},
    ],
)
def test_what_is_no_small_aid_is_not_asked_for_it(at, answers):
    case = small_aid(at)
    say_small_aid(case, at, answers)

    assert stopping(case) == set()


@pytest.mark.parametrize(("over", "stopped"), [(0, False), (1, True)])
def test_the_ceiling_may_be_reached_and_not_passed(at, over, stopped):
    case = small_aid(at)
    elsewhere = UnitFactory()
    aid_line(case.organisations.get(), elsewhere, at.officer, value=CEILING - 20_000 + over)
    note(case, at)
    declare(case, at)

    assert stopping(case) == ({"small_aid_is_under_the_ceiling"} if stopped else set())


def test_the_sum_and_the_ceiling_are_told_and_nothing_of_whose_it_was(at):
    case = small_aid(at)
    elsewhere = UnitFactory(administration__name="Hemliga förvaltningen")
    aid_line(case.organisations.get(), elsewhere, at.officer, value=CEILING, what="Hemligt bidrag")
    note(case, at)
    declare(case, at)

    said = [str(one) for one in missing(case, DECIDE) if one.rule in RULES]
    assert [text.replace("\u202f", " ").replace("\xa0", " ") for text in said] == [
        f"{case.organisations.get()}: stödet blir 3 263 780 kr på tre år, och taket är "
        "3 243 780 kr."
    ]


def test_without_a_ceiling_nothing_is_decided(at):
    case = small_aid(at)
    note(case, at)
    declare(case, at)
    LegalAmount.objects.all().delete()

    assert stopping(case) == {"small_aid_is_under_the_ceiling"}


def go(case, at):
    delegated(at)
    decide(case, **decision_to_start(at), by=at.manager, version=case.version)


def test_the_decision_gives_the_aid_with_the_ceiling_of_its_day(at):
    case = small_aid(at)
    line = note(case, at)
    declare(case, at)
    go(case, at)

    line.refresh_from_db()
    assert (line.given_on, line.ceiling) == (TODAY(), CEILING)


def test_a_refused_decision_gives_nothing(at):
    case = small_aid(at)
    line = note(case, at, value=CEILING + 1)
    declare(case, at)
    with pytest.raises(NotAllowed, match="taket är"):
        go(case, at)

    line.refresh_from_db()
    case.refresh_from_db()
    assert (line.given_on, case.step) == (None, "checked")


def test_to_refrain_gives_nothing(at):
    case = small_aid(at)
    line = note(case, at)
    delegated(at)
    decide(
        case,
        outcome="refrain",
        reasons="Behovet finns inte.",
        appealable="no",
        by=at.manager,
        version=case.version,
    )

    line.refresh_from_db()
    assert line.given_on is None


def test_after_the_decision_the_aid_stands(at):
    case = small_aid(at)
    line = note(case, at)
    declare(case, at)
    go(case, at)

    with pytest.raises(NotAllowed):
        remove_aid(case, line, by=at.officer, version=case.version)
    with pytest.raises(IntegrityError), transaction.atomic():
        Aid.objects.filter(pk=line.pk).delete()


@pytest.mark.parametrize(
    ("faulty", "sentence"),
    [
        ({"value": 0}, "minst en krona"),
        ({"value": -5}, "minst en krona"),
        ({"valuation": " "}, "hur värdet är beräknat"),
        ({"origin": "others", "given_on": TODAY()}, "vem som har lämnat"),
        ({"origin": "others", "giver": "Granstad"}, "när stödet lämnades"),
        (
            {"origin": "others", "giver": "Granstad", "given_on": TODAY() + timedelta(days=1)},
            "framåt i tiden",
        ),
    ],
)
def test_a_faulty_line_is_refused_and_nothing_is_saved(at, faulty, sentence):
    case = small_aid(at)

    with pytest.raises(NotAllowed, match=sentence):
        note(case, at, **faulty)
    assert not Aid.objects.exists()


def test_a_stranger_is_no_recipient(at):
    case = small_aid(at)

    with pytest.raises(NotAllowed, match="hör inte till ärendet"):
        note(case, at, organisation=OrganisationFactory())
    with pytest.raises(NotAllowed, match="hör inte till ärendet"):
        declare(case, at, organisation=OrganisationFactory())


def test_a_second_press_adds_one_line(at):
    case = small_aid(at)
    version = case.version
    note(case, at, version=version)

    with pytest.raises(Stale):
        note(case, at, version=version)
    assert Aid.objects.count() == 1


def test_a_later_declaration_replaces_the_earlier(at):
    case = small_aid(at)
    declare(case, at, declared_on=TODAY() - timedelta(days=9))
    declare(case, at)

    assert [one.declared_on for one in case.terms.aid_declarations.all()] == [TODAY()]


@pytest.mark.parametrize("form", ["loan", "surety", "guarantee"])
def test_loans_and_guarantees_take_a_lawyers_word_to_be_free_of_a_warning(at, form):
    lawyer = UserFactory(legal_at=at.administration.root_unit)
    case = motivated(at)
    declare_conflict(case, inputs=free_answers(), by=at.officer)
    rule = "lawyer_has_seen_loans_and_guarantees"
    assert rule not in {reason.rule for reason in warned(case, DECIDE)}

    note(case, at, form=form)
    assert rule in {reason.rule for reason in warned(case, DECIDE)}

    opinion = ask_for_opinion(
        case,
        function="legal",
        question="Får vi?",
        due_on=TODAY() + timedelta(days=9),
        by=at.officer,
        version=case.version,
    )
    give_opinion(opinion, conclusion="clear", reasons="Ja.", free_of_conflict=True, by=lawyer)
    assert rule not in {reason.rule for reason in warned(case, DECIDE)}
