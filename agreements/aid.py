"""Stöd av mindre betydelse: what a recipient has had in three years, and what is left (2.7).

Counted over every unit and administration here and what others have given by declaration. Another
administration's aid is told as a sum and never line by line (product.md §4).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from accounts.models import LegalAmount
from agreements.models import Aid, AidDeclaration, Terms
from agreements.models.aid import LOANS_AND_GUARANTEES, Origin
from audit.clock import years_after
from organisations.models import Organisation

YEARS = 3


def begins(day: date) -> date:
    """The first day that counts: the same date three years ago, which is on the safe side."""
    return years_after(day, -YEARS)


def ceiling_on(day: date) -> int | None:
    """The ceiling in whole kronor that day; None when it or the rate has not been set."""
    amounts = LegalAmount.in_force(day)
    euro, rate = amounts.get(LegalAmount.What.SMALL_AID), amounts.get(LegalAmount.What.EURO)
    return int(euro.amount * rate.amount) if euro and rate else None


@dataclass(frozen=True)
class Recipient:
    """What one organisation has had, and would have with what is planned here. Kronor.

    own: given by the case's administration in other cases; elsewhere: by the other
    administrations; others: by others, as declared anywhere, each once.
    """

    organisation: Organisation
    planned: int
    own: int
    elsewhere: int
    others: int
    ceiling: int | None
    declaration: AidDeclaration | None

    @property
    def total(self) -> int:
        return self.planned + self.own + self.elsewhere + self.others

    @property
    def left(self) -> int | None:
        return None if self.ceiling is None else self.ceiling - self.total

    @property
    def over(self) -> int:
        return max(0, -self.left) if self.left is not None else 0


def recipients(
    terms: Terms, organisations: Iterable[Organisation], day: date, *, here: int
) -> list[Recipient]:
    """Where each organisation of the case stands that day. Four queries, however many they are.

    here: the id of the administration whose own aid may be told apart from that of the others.
    """
    organisations = list(organisations)
    rows = list(Aid.objects.filter(organisation__in=organisations))
    declarations = {one.organisation_id: one for one in terms.aid_declarations.all()}
    ceiling = ceiling_on(day)
    return [
        recipient(
            organisation,
            [row for row in rows if row.organisation_id == organisation.pk],
            terms=terms,
            here=here,
            day=day,
            ceiling=ceiling,
            declaration=declarations.get(organisation.pk),
        )
        for organisation in organisations
    ]


def recipient(organisation, rows, *, terms, here, day, ceiling, declaration) -> Recipient:
    first = begins(day)
    ours = [row for row in rows if row.is_ours]
    planned = [row for row in ours if row.terms_id == terms.pk]
    given = [
        row
        for row in ours
        if row.terms_id != terms.pk and row.given_on and first <= row.given_on <= day
    ]
    others = {
        (row.giver.casefold().strip(), row.given_on, row.value)
        for row in rows
        if not row.is_ours and first <= row.given_on <= day
    }
    return Recipient(
        organisation=organisation,
        planned=sum(row.value for row in planned),
        own=sum(row.value for row in given if row.administration_id == here),
        elsewhere=sum(row.value for row in given if row.administration_id != here),
        others=sum(value for _, _, value in others),
        ceiling=ceiling,
        declaration=declaration,
    )


def has_loan_or_guarantee(terms: Terms) -> bool:
    return terms.aid.filter(origin=Origin.OURS, form__in=LOANS_AND_GUARANTEES).exists()


def give(terms: Terms, organisations: Iterable[Organisation], day: date) -> None:
    """The decision gives what was planned. Inside its transaction.

    The recipients' rows are locked first, always in the same order, so that two decisions at the
    same moment count each other: the later one sees what the earlier gave. The caller then asks
    `recipients` whether it is under the ceiling, and gives nothing when it is not.
    """
    keys = [organisation.pk for organisation in organisations]
    list(Organisation.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    terms.aid.filter(origin=Origin.OURS, organisation__in=keys).update(
        given_on=day, ceiling=ceiling_on(day)
    )
