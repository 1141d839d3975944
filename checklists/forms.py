"""A whole set as one form: a card per question, saved together or one at a time.

    form = AnswersForm(assessment, facts, request.POST or None)
    if form.is_valid():
        save_answers(assessment, form.inputs(), versions=form.versions(), by=…, now=…)

What that raises is given to `form.refuse(refusal)`, which puts each sentence at its question with
what was typed kept. The page: `checklists/questions.html`. One question by htmx is sent with
`fraga=<code>`; the form is then of that question alone and the answer is `checklists/card.html`.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import groupby

from django.utils import timezone

from checklists.answering import AnotherVersion, AnswerInput, AnswersRefused, StaleAnswer
from checklists.facts import Facts
from checklists.models import Answer, AnswerType, Assessment
from checklists.question_form import QuestionForm
from checklists.summary import Summary, state

ONE_QUESTION = "fraga"
VERSION = "fragornas_version"


class AnswersForm:
    """assessment: from `Assessment.objects.with_answers()`, or each form costs queries.

    facts: with the outcomes that the set fetches. set_urls: set code → address, for what is
    fetched. held: question code → the organisation's documents beside it (`_held.html`). before:
    question code → what was answered to the question that it was (`moving.said_before`). offers:
    question code → what another case has answered (`_offer.html`). cases: number → the case that an
    answer was taken over from, where it may be seen. only: one question's code; taken from the data
    when left out.
    """

    refusal = None  # reasons of a move that was not open, set by the view

    def __init__(
        self,
        assessment: Assessment,
        facts: Facts,
        data=None,
        *,
        only: str | None = None,
        set_urls: Mapping[str, str] | None = None,
        held: Mapping[str, object] | None = None,
        before: Mapping[str, Answer] | None = None,
        offers: Mapping[str, object] | None = None,
        cases: Mapping[str, object] | None = None,
    ):
        if assessment.locked_at:
            facts = facts.as_on(timezone.localdate(assessment.locked_at))
        self.assessment, self.facts, self.data = assessment, facts, data
        self.only = only or (data.get(ONE_QUESTION) if data is not None else None)
        self.summary: Summary = state(assessment, facts)
        self.set_urls, self.held, self.before = set_urls or {}, held or {}, before or {}
        self.offers, self.cases = offers or {}, cases or {}
        self.refused: list[str] = []
        self.every_card = [self.card(question) for question in self.questions()]
        self.cards = [card for card in self.every_card if self.only in (None, card.question.code)]

    def questions(self) -> list:
        rows = self.assessment.version.questions.all()
        shown = [row for row in rows if row.answer_type != AnswerType.CATEGORY]
        return sorted(shown, key=lambda question: question.position)

    @cached_property
    def answers(self) -> dict:
        return {answer.code: answer for answer in self.assessment.answers.all()}

    def card(self, question) -> QuestionForm:
        return QuestionForm(
            question,
            self.answers.get(question.code),
            self.facts,
            self.data,
            standing=self.summary.standings.get(question.code),
            fetch_url=self.set_urls.get(question.fetches, ""),
            held=self.held.get(question.code),
            before=self.before.get(question.code),
            offer=self.offers.get(question.code),
            cases=self.cases,
        )

    # --- As a form -------------------------------------------------------------------------------

    @property
    def is_bound(self) -> bool:
        return self.data is not None

    def is_valid(self) -> bool:
        """Was something sent that can be accepted, for the version that the case follows?"""
        if not self.is_bound:
            return False
        self.refuse_other_versions()
        return not self.errors

    def refuse_other_versions(self) -> None:
        version = self.data.get(VERSION, str(self.assessment.version_id))
        strangers = [name for name in self.data if is_stranger(name, self.known)]
        unknown = self.only is not None and self.only not in self.known
        if version != str(self.assessment.version_id) or strangers or unknown:
            self.refused = [str(AnotherVersion())]

    @property
    def known(self) -> set[str]:
        return {card.question.code for card in self.every_card if card.is_answerable}

    @property
    def errors(self) -> dict:
        """What is wrong: question code → errors of its card; "" → of the whole form."""
        found = {card.question.code: card.errors for card in self.cards if card.errors}
        return {**found, **({"": self.refused} if self.refused else {})}

    def non_field_errors(self) -> list[str]:
        of_cards = [
            f"{card.question.code}: {error}"
            for card in self.cards
            for error in card.non_field_errors()
        ]
        return [*self.refused, *of_cards]

    def __iter__(self) -> Iterator:
        """The fields, for the error summary at the top of the page."""
        return (bound for card in self.cards for bound in card if not bound.is_hidden)

    @property
    def changed(self) -> list[QuestionForm]:
        return [card for card in self.cards if card.is_bound and card.is_changed]

    def inputs(self) -> dict[str, AnswerInput]:
        """Question code → answer, of those that somebody changed since the page was made."""
        return {card.question.code: card.given for card in self.changed}

    def versions(self) -> dict[str, int]:
        """Question code → version of the answer that the page showed."""
        return {card.question.code: card.cleaned_data["version"] or 0 for card in self.changed}

    def refuse(self, refusal: Exception) -> None:
        """Show a refusal of `save_answers` where it belongs, with what was typed kept."""
        cards = {card.question.code: card for card in self.cards}
        if isinstance(refusal, AnswersRefused):
            for code, found in refusal.errors.items():
                for name, sentence in found.items():
                    cards[code].add_error(name if name in cards[code].fields else None, sentence)
        elif isinstance(refusal, StaleAnswer):
            for clash in refusal.clashes:
                cards[clash.code].add_error(None, "Någon annan har ändrat svaret. Se båda nedan.")
                cards[clash.code].show_clash(clash)
        else:
            self.refused = [str(refusal)]

    # --- For the page ----------------------------------------------------------------------------

    @property
    def codes(self) -> list[str]:
        return [card.question.code for card in self.cards]

    @property
    def groups(self) -> list[tuple[str, list[QuestionForm]]]:
        """(heading, cards) in order."""
        rows = groupby(self.cards, key=lambda card: card.question.group)
        return [(group, list(cards)) for group, cards in rows]

    @property
    def dependents(self) -> list[QuestionForm]:
        """The cards that are asked or not depending on the one sent, directly or through others."""
        found, hang_on = [], {self.only}
        for card in self.every_card:
            if self.only and (card.question.condition or {}).get("code") in hang_on:
                found.append(card)
                hang_on.add(card.question.code)
        return found


def is_stranger(name: str, known: set[str]) -> bool:
    """Is the field that of a question outside the version?"""
    code, dash, field = name.rpartition("-")
    return bool(dash) and field == "version" and code not in known
