"""Yttrande: asked of a function, answered once, and what it settles (I-26, I-27, S-17)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from casework.moves import NotAllowed, Stale, missing
from checklists.answer_checks import AnswerInput
from collaborations import standing
from collaborations.models import Opinion
from collaborations.obligations import opinion_is_due
from collaborations.steps.check import answer
from collaborations.steps.declare import declare
from collaborations.steps.motivate import motivate
from collaborations.steps.opinion import ask_for_opinion, give_opinion
from collaborations.steps.send_back import withdraw
from collaborations.workflow import DECIDE
from notifications.models import Notice, Obligation
from tests.factories.accounts import UserFactory
from tests.factories.collaborations import (
    answer_all,
    deliver_everything,
    free_answers,
    place,
    registered,
    write,
)
from tests.factories.formal import checked

pytestmark = pytest.mark.django_db

UNCLEAR = {f"OK_{n}": AnswerInput("ja") for n in (1, 2, 3, 4)} | {
    "OK_5": AnswerInput("oklart", text="Svårt att säga.")
}


@pytest.fixture
def functions(at):
    """One person in each function that can be asked."""
    root = at.administration.root_unit
    return {
        name: UserFactory(**{f"{name}_at": root}) for name in ("procurement", "finance", "legal")
    }


def formal_case(at, **own):
    """An agreement whose sets are answered, with own answers (OK_5=AnswerInput("oklart"))."""
    case = registered(at)
    write(case, at, form="other_agreement", informal_kind="", written_agreement=True)
    motivate(case, by=at.officer, version=case.version)
    declare(case, inputs=free_answers(), by=at.officer)
    answer_all(case, at, **own)
    return case


def ask(case, at, function="procurement", test="offentligt_kontrakt", **more):
    return ask_for_opinion(
        case,
        **{
            "function": function,
            "test": test,
            "question": "Är det ett köp?",
            "due_on": timezone.localdate() + timedelta(days=10),
            "by": at.officer,
            "version": case.version,
            **more,
        },
    )


def give(opinion, by, conclusion="clear", **more):
    give_opinion(
        opinion,
        **{
            "conclusion": conclusion,
            "reasons": "Verksamheten är deras egen.",
            "free_of_conflict": True,
            "by": by,
            **more,
        },
    )


def contract(case) -> str:
    standing.forget(case)
    return str(standing.of(case)["offentligt_kontrakt"].outcome)


@pytest.mark.parametrize(
    ("conclusion", "outcome", "rule"),
    [
        ("clear", "inte_kontrakt", None),
        ("stop", "offentligt_kontrakt", "no_public_contract"),
        ("open", "oklart", "public_contract_is_assessed"),
    ],
)
def test_an_opinion_settles_an_unclear_test(at, functions, conclusion, outcome, rule):
    case = formal_case(at, **UNCLEAR)
    assert contract(case) == "oklart"

    give(ask(case, at), functions["procurement"], conclusion)

    assert contract(case) == outcome
    about_contract = {"no_public_contract", "public_contract_is_assessed"}
    assert {r.rule for r in missing(case, DECIDE)} & about_contract == ({rule} if rule else set())


@pytest.mark.parametrize(
    ("test", "function", "settles"),
    [
        ("offentligt_kontrakt", "procurement", True),
        ("offentligt_kontrakt", "legal", True),
        ("offentligt_kontrakt", "finance", False),
        ("statligt_stod", "procurement", False),
        ("statligt_stod", "legal", True),
        ("statligt_stod", "finance", False),
    ],
)
def test_each_test_is_settled_by_those_who_know_it(at, functions, test, function, settles):
    case = checked(at)
    assert standing.assessments(case)[test]

    if not settles:
        with pytest.raises(NotAllowed, match="Prövningen avgörs av") as raised:
            ask(case, at, function=function, test=test)
        assert (raised.value.reasons[0].sources, raised.value.reasons[0].at) == (
            ("I-26", "S-17"),
            "function",
        )
        asked = Opinion.objects.create(  # as one that was asked before this was known
            collaboration=case,
            function=function,
            test=test,
            question="Är det ett köp?",
            due_on=timezone.localdate(),
            asked_by=at.officer,
        )
        opinion_is_due(asked)
    else:
        asked = ask(case, at, function=function, test=test)
    give(asked, functions[function])
    standing.forget(case)

    assert standing.opinions(case) == ({test: "clear"} if settles else {})


def test_it_falls_when_the_answers_it_was_given_on_change_and_counts_again_when_they_return(
    at, functions
):
    case = formal_case(at, **UNCLEAR)
    give(ask(case, at), functions["procurement"])
    change(case, at, OK_4=AnswerInput("oklart", text="Vite nämns."))
    assert contract(case) == "oklart"

    change(case, at, OK_4=AnswerInput("ja"))
    assert contract(case) == "inte_kontrakt"


def change(case, at, **answers):
    inputs = {code.replace("_", "-"): one for code, one in answers.items()}
    rows = {
        a.code: a.version for a in standing.assessments(case)["offentligt_kontrakt"].answers.all()
    }
    answer(case, "offentligt_kontrakt", inputs=inputs, versions=rows, by=at.officer)


def test_new_reasons_for_the_same_answers_leave_it_standing(at, functions):
    case = formal_case(at, **UNCLEAR)
    give(ask(case, at), functions["procurement"])
    change(case, at, OK_S=AnswerInput("Nya skäl för samma svar."))

    assert contract(case) == "inte_kontrakt"


def test_the_latest_that_could_say_counts(at, functions):
    case = formal_case(at, **UNCLEAR)
    for who, conclusion in (("procurement", "clear"), ("legal", "stop"), ("procurement", "open")):
        give(ask(case, at, function=who), functions[who], conclusion)

    assert contract(case) == "offentligt_kontrakt"


def test_an_opinion_on_another_question_settles_no_test(at, functions):
    case = formal_case(at, **UNCLEAR)
    give(ask(case, at, test=""), functions["procurement"])

    assert contract(case) == "oklart"


# --- who is asked, and who may answer ------------------------------------------------------------


def test_everybody_of_the_function_is_told_or_the_one_who_was_named(at, functions):
    another = UserFactory(procurement_at=at.unit)
    UserFactory(procurement_at=place().unit)  # elsewhere
    case = formal_case(at)
    all_of_them = ask(case, at)
    one_of_them = ask(case, at, person=another)

    def told(opinion):
        return set(
            Notice.objects.filter(
                key__startswith=f"{case.chain}:opinion:{opinion.pk}:"
            ).values_list("to_address", flat=True)
        )

    assert told(all_of_them) == {functions["procurement"].email, another.email}
    assert told(one_of_them) == {another.email}


def test_the_asker_is_told_of_the_answer_with_its_words(at, functions):
    case = formal_case(at)
    opinion = ask(case, at)
    give(opinion, functions["procurement"])

    notice = Notice.objects.get(kind="opinion_given")
    assert notice.to_address == at.officer.email
    assert "inte ett offentligt kontrakt" in notice.body
    assert "Verksamheten är deras egen." in notice.body


def test_with_a_secrecy_mark_the_mails_say_only_the_number(at, functions):
    case = formal_case(at)
    case.secrecy_provision, case.secrecy_by = "OSL 31:16", at.officer
    case.secrecy_at = timezone.now()
    case.save()
    give(ask(case, at), functions["procurement"])

    for notice in Notice.objects.filter(kind__in=["opinion_asked", "opinion_given"]):
        assert notice.subject == f"Ärende {case.number}"
        assert "köp" not in notice.body


@pytest.mark.parametrize("who", ["finance", "legal", "manager", "officer", "adviser"])
def test_nobody_but_the_asked_function_may_answer(at, functions, who):
    opinion = ask(formal_case(at), at)
    person = functions.get(who) or getattr(at, who)

    with pytest.raises(NotAllowed):
        give(opinion, person)
    opinion.refresh_from_db()
    assert opinion.answered_at is None


def test_the_function_elsewhere_neither_sees_nor_answers(at, functions):
    opinion = ask(formal_case(at), at)
    stranger = UserFactory(procurement_at=place().administration.root_unit)

    assert Opinion.objects.visible_to(stranger).count() == 0
    with pytest.raises(NotAllowed):
        give(opinion, stranger)


def test_one_who_is_not_free_of_conflict_gives_no_opinion(at, functions):
    opinion = ask(formal_case(at), at)

    with pytest.raises(NotAllowed, match="Den som är jävig kan inte yttra sig"):
        give(opinion, functions["procurement"], free_of_conflict=False)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"function": "finance"}, "Ingen har den rollen"),
        ({"test": "statligt_stod"}, "Ärendet har ingen sådan prövning"),
    ],
)
def test_what_cannot_be_asked_is_refused(at, facts, sentence):
    UserFactory(procurement_at=at.administration.root_unit)
    case = formal_case(at)

    with pytest.raises(NotAllowed, match=sentence):
        ask(case, at, **facts)
    assert Opinion.objects.count() == 0


def test_a_person_of_another_function_cannot_be_named(at, functions):
    with pytest.raises(NotAllowed, match="Personen har inte den rollen"):
        ask(formal_case(at), at, person=functions["legal"])


def test_a_second_press_of_the_button_asks_once(at, functions):
    case = formal_case(at)
    version = case.version
    ask(case, at, version=version)

    with pytest.raises(Stale):
        ask(case, at, version=version)
    assert Opinion.objects.count() == 1


def test_answering_twice_is_refused(at, functions):
    opinion = ask(formal_case(at), at)
    give(opinion, functions["procurement"])

    with pytest.raises(NotAllowed, match="redan besvarad"):
        give(opinion, functions["procurement"], "stop")


def test_an_answer_to_a_page_whose_answers_have_changed_saves_nothing(at, functions):
    case = formal_case(at, **UNCLEAR)
    opinion = ask(case, at)
    read = standing.assessments(case)["offentligt_kontrakt"].revision
    change(case, at, OK_4=AnswerInput("oklart", text="Vite nämns."))

    with pytest.raises(NotAllowed, match="har ändrats sedan du öppnade sidan"):
        give(opinion, functions["procurement"], revision=read)
    assert not Opinion.objects.answered().exists()


# --- what is due ---------------------------------------------------------------------------------


def test_the_answer_is_due_from_the_named_person_else_from_the_asker(at, functions):
    case = formal_case(at)
    named = ask(case, at, person=functions["procurement"])
    unnamed = ask(case, at)

    owners = dict(Obligation.objects.filter(kind="opinion").values_list("path", "owner"))
    assert owners == {
        named.get_absolute_url(): functions["procurement"].pk,
        unnamed.get_absolute_url(): at.officer.pk,
    }
    give(named, functions["procurement"])
    assert list(
        Obligation.objects.open().filter(kind="opinion").values_list("path", flat=True)
    ) == [unnamed.get_absolute_url()]


def test_a_withdrawn_case_waits_for_no_opinion(at, functions):
    case = formal_case(at)
    opinion = ask(case, at)
    deliver_everything(case)
    withdraw(case, reason="Föreningen ångrade sig.", by=at.officer, version=case.version)

    assert not Obligation.objects.open().filter(kind="opinion").exists()
    with pytest.raises(NotAllowed):
        give(opinion, functions["procurement"])


# --- what the database holds ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "change", [{"reasons": "Andra skäl."}, {"conclusion": "stop"}, {"question": "En annan fråga?"}]
)
def test_a_given_opinion_never_changes(at, functions, change):
    opinion = ask(formal_case(at), at)
    give(opinion, functions["procurement"])

    with pytest.raises(IntegrityError), transaction.atomic():
        Opinion.objects.filter(pk=opinion.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Opinion.objects.filter(pk=opinion.pk).delete()


@pytest.mark.parametrize("change", [{"question": "En annan fråga?"}, {"function": "legal"}])
def test_what_was_asked_stands(at, functions, change):
    opinion = ask(formal_case(at), at)

    with pytest.raises(IntegrityError), transaction.atomic():
        Opinion.objects.filter(pk=opinion.pk).update(**change)


@pytest.mark.parametrize(
    "lacking",
    [
        {"reasons": ""},
        {"conclusion": ""},
        {"answered_by": None},
        {"answered_at": None},
        {"free_of_conflict": False},
        {"free_of_conflict": None},
    ],
)
def test_an_answer_is_whole_or_not_there(at, functions, lacking):
    opinion = ask(formal_case(at), at)
    whole = {
        "conclusion": "clear",
        "reasons": "Skäl.",
        "free_of_conflict": True,
        "answered_by": functions["procurement"],
        "answered_at": timezone.now(),
    }

    with pytest.raises(IntegrityError), transaction.atomic():
        Opinion.objects.filter(pk=opinion.pk).update(**whole | lacking)
    assert Opinion.objects.filter(pk=opinion.pk).update(**whole) == 1
