"""The documents of a case's organisations: what its form wants, and what each question rests on.

Reads only. A document belongs to the organisation and one administration; a case only uses it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.urls import reverse

from audit import clock
from checklists import evidence
from checklists.models import Assessment, Evidence
from collaborations.models import Collaboration, Form
from organisations.choices import EIGHT_DOCUMENTS, DocumentKind
from organisations.holdings import Holding, holdings, state_of
from organisations.kinds import kinds_named
from organisations.models import HeldDocument, Organisation
from organisations.validity import State, current, last_day

FEW = (DocumentKind.ACTIVITIES, DocumentKind.STATUTES, DocumentKind.PLAN_AND_BOARD)
# Table 1.7.2, row "Underlag 8 (I-54)": IOP must have them, two forms should. For an informal
# collaboration a few are enough; where we are partner or employer nothing is asked for.
WANTED: dict[str, tuple[DocumentKind, ...]] = {
    Form.INFORMAL: FEW,
    Form.OTHER_AGREEMENT: EIGHT_DOCUMENTS,
    Form.IOP: EIGHT_DOCUMENTS,
    Form.EXTERNAL_FUNDING: EIGHT_DOCUMENTS,
    Form.PARTNER_IN_PROJECT: (),
    Form.EMPLOYER: (),
}


def documents_of(case: Collaboration):
    """What the case's organisations have handed in to its administration (query set)."""
    return HeldDocument.objects.filter(
        organisation__in=case.organisations.all(), administration=case.administration
    ).with_files()


@dataclass
class OfOrganisation:
    """One organisation of the case: a row per kind."""

    organisation: Organisation
    rows: list[Holding]

    @property
    def lacking(self) -> list[Holding]:
        return [row for row in self.rows if row.wanted and row.is_lacking]


def of_case(case: Collaboration, *, wanted: Iterable[str] | None = None) -> list[OfOrganisation]:
    """What is here, too old or missing, of each organisation. Two queries.

    wanted: the kinds that it is about; those that the form wants, unless told.
    """
    held = list(documents_of(case))
    wanted = WANTED.get(case.form, FEW) if wanted is None else wanted
    return [
        OfOrganisation(
            organisation,
            holdings(
                [one for one in held if one.organisation_id == organisation.pk],
                clock.today(),
                wanted=wanted,
            ),
        )
        for organisation in case.organisations.all()
    ]


@dataclass
class Offer:
    """A document that can be chosen for a question, with the day that it counts until."""

    document: HeldDocument

    @property
    def until(self):
        return last_day(self.document, clock.today())


@dataclass
class OnQuestion:
    """What stands in the card of one question. `url`: where choosing is posted."""

    url: str
    chosen: list[Evidence] = field(default_factory=list)
    offered: list[Offer] = field(default_factory=list)


def on_questions(case: Collaboration, assessment: Assessment) -> dict[str, OnQuestion]:
    """Question code → what it rests on and what can be chosen. Two queries, however many.

    Only documents that can be used are offered: those of the kinds that the question wants, or all
    where it names none. A question where nothing may be stored is not in it (GK-18).
    """
    url = reverse("collaborations:evidence", args=[case.pk, assessment.set_code])
    chosen = evidence.of([assessment])[assessment.pk]
    usable = usable_documents(case)
    return {
        question.code: OnQuestion(
            url,
            chosen.get(question.code, []),
            offers(question, usable, chosen.get(question.code, [])),
        )
        for question in assessment.version.questions.all()
        if question.evidence_allowed and question.is_answered_by_people
    }


def usable_documents(case: Collaboration) -> list[HeldDocument]:
    """The one of each kind and organisation that counts and can be read."""
    by_organisation: dict[int, list[HeldDocument]] = {}
    for document in documents_of(case).select_related("organisation"):
        by_organisation.setdefault(document.organisation_id, []).append(document)
    return [
        document
        for documents in by_organisation.values()
        for document in current(documents).values()
        if state_of(document, clock.today()) == State.VALID
    ]


def offers(question, usable: list[HeldDocument], chosen: list[Evidence]) -> list[Offer]:
    kinds, taken = kinds_named(question.evidence_wanted), {row.document_id for row in chosen}
    return [
        Offer(document)
        for document in usable
        if document.pk not in taken and (not kinds or document.kind in kinds)
    ]
