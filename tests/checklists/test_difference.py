"""Two versions side by side: what is asked anew, and what an answer still answers."""

import pytest

from checklists.difference import Row, difference
from checklists.models import Version
from tests.factories.checklists import AssessmentFactory, QuestionFactory

pytestmark = pytest.mark.django_db


def version(*questions) -> Version:
    made = AssessmentFactory(asking=list(questions)).version
    return Version.objects.with_questions().get(pk=made.pk)


def ask(code="PR-01", **facts):
    return QuestionFactory.build(code=code, **facts)


def between(old, new):
    return difference(version(*old), version(*new))


def codes(questions):
    return [question.code for question in questions]


def test_questions_are_matched_by_their_code_alone():
    found = between(
        [ask("PR-01", text="Är A i ordning?"), ask("PR-02")],
        [ask("PR-03"), ask("PR-02"), ask("PR-04", text="Är A i ordning?")],
    )

    assert codes(found.added) == ["PR-03", "PR-04"]
    assert codes(found.retired) == ["PR-01"]
    assert [pair.code for pair in found.same] == ["PR-02"]
    assert (found.changed, found.reworded) == ((), ())


COMPANION = {"name": "datum", "label": "När", "type": "datum", "required_when": ["ja"]}
STRONGER = {"condition": {"kind": "payout"}, "effect": {"informal": "M"}}


@pytest.mark.parametrize(
    ("was", "becomes", "row"),
    [
        ({"text": "Är allt bra?"}, {"text": "Är allt i ordning?"}, "Fråga"),
        ({}, {"answer_type": "ja_nej_ej"}, "Svar"),
        ({}, {"undesired": ["ja"]}, "Oönskat svar"),
        ({}, {"effect_informal": "M"}, "Informell samverkan"),
        ({}, {"effect_formal": "-"}, "Formell samverkan"),
        ({}, {"effect_by_form": {"iop": "-"}}, "I vissa former"),
        ({"effect_informal": "-"}, {"effect_informal": "-", "stronger": STRONGER}, None),
        ({}, {"condition": {"kind": "minors"}}, "Ställs bara om"),
        ({}, {"companions": [COMPANION]}, "Fylls i bredvid"),
        ({}, {"text_allowed": False}, "Anteckning"),
        ({}, {"evidence_allowed": False}, "Hänvisning till underlag"),
    ],
)
def test_a_question_is_another_when_it_asks_or_leads_to_something_else(was, becomes, row):
    found = between(
        [ask(**{"text": "Är allt bra?", **was})], [ask(**{"text": "Är allt bra?", **becomes})]
    )

    (pair,) = found.changed
    assert pair.is_changed
    assert all(one.counts for one in pair.rows)
    assert [one.label for one in pair.rows] == [row or "Informell samverkan"]


@pytest.mark.parametrize(
    ("becomes", "row"),
    [
        ({"help": "Se stadgarna."}, Row("Hjälptext", "", "Se stadgarna.", False)),
        ({"group": "Styrning"}, Row("Avsnitt", "Prov", "Styrning", False)),
        ({"sources": ["G-25", "KL 5:1"]}, Row("Grund", "", "G-25, KL 5:1", False)),
        ({"evidence_wanted": "stadgar"}, Row("Önskat underlag", "", "stadgar", False)),
        ({"optional": True}, Row("Frivillig", "nej", "ja", False)),
        ({"reusable": True}, Row("Svaret får återanvändas", "nej", "ja", False)),
    ],
)
def test_help_heading_and_sources_leave_the_answers_as_they_are(becomes, row):
    found = between([ask()], [ask(**becomes)])

    assert found.changed == ()
    assert [pair.rows for pair in found.reworded] == [(row,)]
    assert codes(pair.new for pair in found.kept) == ["PR-01"]


def test_neither_place_nor_the_order_of_choices_says_anything():
    yes, no = {"code": "a", "label": "Ja då"}, {"code": "b", "label": "Nej då"}
    choosing = {"code": "PR-02", "answer_type": "val", "undesired": ["a", "b"]}

    found = between(
        [ask(), ask(**choosing, choices=[yes, no])],
        [ask(**{**choosing, "undesired": ["b", "a"]}, choices=[no, yes]), ask()],
    )

    assert not found
    assert [pair.code for pair in found.same] == ["PR-02", "PR-01"]


def test_a_choice_with_another_code_is_another_choice_though_it_reads_alike():
    def choosing(code):
        choices = [{"code": code, "label": "Stadgar"}]
        return ask(answer_type="val", choices=choices, undesired=[])

    found = between([choosing("stadgar")], [choosing("stadgarna")])

    assert [pair.rows for pair in found.changed] == [
        (Row("choices", '{"stadgar": "Stadgar"}', '{"stadgarna": "Stadgar"}', True),)
    ]


def test_what_stands_under_a_changed_heading_is_asked_anew():
    def heading(text, **more):
        return ask("PR-01", answer_type="delfragor", text=text, undesired=[], **more)

    part = {"code": "PR-01a", "parent": "PR-01", "text": "Ordförande?"}

    reworded = between([heading("Finns:"), ask(**part)], [heading("Saknas:"), ask(**part)])
    asked_of_fewer = between(
        [heading("Finns:"), ask(**part)],
        [heading("Finns:", condition={"kind": "minors"}), ask(**part)],
    )

    assert codes(pair.new for pair in reworded.changed) == ["PR-01", "PR-01a"]
    assert reworded.changed[1].rows == (Row("Delfråga till", "Finns:", "Saknas:", True),)
    assert codes(pair.new for pair in asked_of_fewer.changed) == ["PR-01", "PR-01a"]
    assert asked_of_fewer.changed[1].rows == (
        Row("Delfrågorna ställs bara om", "", "barn berörs", True),
    )


def test_what_a_question_asks_stands_before_how_it_is_helped():
    found = between([ask(text="Gammal?")], [ask(text="Ny?", help="Tänk efter.")])

    assert [(one.label, one.counts) for one in found.changed[0].rows] == [
        ("Fråga", True),
        ("Hjälptext", False),
    ]


def test_a_version_does_not_differ_from_itself(loaded):
    for one in Version.objects.with_questions():
        found = difference(one, one)
        assert not found
        assert len(found.same) == one.questions.count()


def test_comparing_takes_no_query_when_the_questions_are_there(loaded, django_assert_num_queries):
    versions = list(Version.objects.with_questions())

    with django_assert_num_queries(0):
        for one in versions:
            difference(one, versions[0])
