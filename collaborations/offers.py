"""Answers about the organisation that another of our cases has, offered one by one (product.md §5).

From cases with exactly the same organisation or organisations, within the same administration.
What has a secrecy mark is offered only to those who may see that case.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from audit import clock
from checklists.models import Answer, Assessment
from checklists.reuse import checked_day, latest_valid, open_to_offers
from checklists.wording import answer_in_words
from collaborations import standing
from collaborations.models import Collaboration, Step


@dataclass(frozen=True)
class Offer:
    """An answer to take over. case: None when the person may not see it; then nobody is named."""

    answer: Answer
    number: str
    case: Collaboration | None

    @property
    def day(self) -> date:
        return checked_day(self.answer)

    @property
    def said(self) -> str:
        return answer_in_words(self.answer)

    @property
    def key(self) -> str:
        """What the button sends: which answer, as it stood on the page."""
        return f"{self.answer.code}:{self.answer.pk}:{self.answer.version}"


def offers(case: Collaboration, assessment: Assessment, person) -> dict[str, Offer]:
    """Question code → what is offered to this person. No query when no question is open to it."""
    if case.step not in (Step.MOTIVATED, Step.CHECKED):
        return {}
    wanted = open_to_offers(assessment, standing.of(case)[assessment.set_code])
    if not wanted:
        return {}
    given = (
        Answer.objects.filter(
            assessment__set_code=assessment.set_code,
            code__in=wanted,
            valid_until__gte=clock.today(),
            assessment__examination__collaboration__in=offered_from(case, person),
        )
        .select_related("question", "answered_by", "assessment__examination__collaboration")
        .prefetch_related("question__version__questions")
    )
    found = latest_valid(assessment, wanted, given, clock.today())
    cases = {code: answer.assessment.examination.collaboration for code, answer in found.items()}
    seen = visible(cases.values(), person)
    return {
        code: Offer(answer, cases[code].number, seen.get(cases[code].number))
        for code, answer in found.items()
    }


def offered_from(case: Collaboration, person):
    """The other cases of the administration with the same organisations, neither more nor fewer."""
    through = Collaboration.organisations.through.objects.filter(collaboration=OuterRef("pk"))
    mine = [organisation.pk for organisation in case.organisations.all()]
    found = Collaboration.objects.filter(administration=case.administration_id)
    found = found.exclude(pk=case.pk).exclude(Exists(through.exclude(organisation__in=mine)))
    for organisation in mine:
        found = found.filter(Exists(through.filter(organisation=organisation)))
    seen = Collaboration.objects.wholly_visible_to(person).values("pk")
    return found.filter(Q(secrecy_provision="") | Q(pk__in=seen))


def visible(cases, person) -> dict[str, Collaboration]:
    """Number → case, of those the person may see. No query for none."""
    return by_number({case.number for case in cases}, person)


def by_number(numbers, person) -> dict[str, Collaboration]:
    if not numbers:
        return {}
    found = Collaboration.objects.visible_to(person).filter(number__in=numbers)
    return {case.number: case for case in found}


def origins(assessment: Assessment, person) -> dict[str, Collaboration]:
    """Case number → case, of what the answers were taken over from and the person may see."""
    return by_number({a.origin_case for a in assessment.answers.all() if a.origin_case}, person)
