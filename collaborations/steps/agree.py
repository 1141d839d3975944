"""Skriva överenskommelsen: begin, write section by section, name a version, drop (G-51, I-17)."""

from contextlib import suppress
from uuid import UUID

from agreements import reading, writing
from agreements.models import Agreement, Draft, Party, Side
from agreements.sections import sections_of, templates_for
from audit import clock
from casework.moves import NotAllowed, moving
from casework.rules import Reason
from collaborations.models import OPEN_TO_CORRECTION, Collaboration, Form, Outcome
from collaborations.workflow import BEGIN_AGREEMENT, DROP_AGREEMENT, WRITE_AGREEMENT


def begin_agreement(case: Collaboration, *, form_key: UUID, template: str, by) -> Agreement:
    """Begin a main agreement. The same form sent twice gives the same one. Raises NotAllowed."""
    if already := begun(case, form_key):
        return already
    details = {}
    with suppress(Unchanged), moving(case, BEGIN_AGREEMENT, by=by, details=details) as locked:
        if begun(locked, form_key):
            raise Unchanged
        refuse_a_second(locked)
        if template not in templates_for(locked.form):
            raise NotAllowed([Reason("Den mallen finns inte för den här formen.", ("I-55",))])
        writing.ensure_parties(
            locked.terms, unit=locked.unit, organisations=locked.organisations.all()
        )
        agreement = writing.begin(locked.terms, form_key=form_key, template=template, by=by)
        details.update(agreement=agreement.pk, template=template)
    reading.forget(case.terms)
    return begun(case, form_key)


def begun(case: Collaboration, form_key: UUID) -> Agreement | None:
    return Agreement.objects.filter(form_key=form_key, terms=case.terms_id).first()


def refuse_a_second(case: Collaboration) -> None:
    """One draft at a time; a partnership is assessed anew, so it has one agreement (G-55)."""
    if reading.being_drafted(case.terms):
        raise NotAllowed([Reason("Det finns redan ett utkast. Skriv på det eller lägg ner det.")])
    if case.form == Form.IOP and reading.latest_signed(case.terms):
        raise NotAllowed(
            [
                Reason(
                    "Partnerskapet har redan en överenskommelse. Gör ett tillägg, eller pröva ett "
                    "nytt partnerskap i ett nytt ärende.",
                    ("G-55",),
                )
            ]
        )


def write_section(
    case: Collaboration, agreement: Agreement, code: str, *, base: int, by, **facts
) -> Draft | None:
    """Save one section as a new version; None when nothing differs from what is saved.

    facts: text, rows, starts_on, ends_on, label, as in agreements.writing.write_section.
    Raises StaleSection (somebody changed this section), NotAllowed.
    """
    details = {"agreement": agreement.pk, "section": code}
    with suppress(Unchanged), moving(case, WRITE_AGREEMENT, by=by, details=details) as locked:
        fresh = open_agreement(locked, agreement.pk)
        refuse_what_is_no_section(fresh, code)
        refuse_what_the_board_decided(locked, fresh)
        draft = writing.write_section(fresh, code, base=base, by=by, **facts)
        if draft is None:
            raise Unchanged
        details["draft"] = draft.number
        reading.forget(case.terms)
        return draft
    return None


class Unchanged(Exception):
    """Nothing differs from what is saved: no version is made, and no event."""


def open_agreement(case: Collaboration, pk: int) -> Agreement:
    """The agreement while it can be written on. Raises NotAllowed."""
    agreement = Agreement.objects.select_related("terms").get(pk=pk, terms=case.terms_id)
    if agreement.is_signed:
        reason = Reason("Överenskommelsen är undertecknad och ändras genom tillägg.", ("G-75",))
        raise NotAllowed([reason])
    if agreement.dropped_at:
        raise NotAllowed([Reason("Utkastet är nedlagt.")])
    return agreement


def refuse_what_is_no_section(agreement: Agreement, code: str) -> None:
    own = {section.code for section in sections_of(agreement.template)}
    if code not in own or not (agreement.is_main or code in agreement.changes):
        raise NotAllowed([Reason("Det avsnittet hör inte till överenskommelsen.")])


def refuse_what_the_board_decided(case: Collaboration, agreement: Agreement) -> None:
    """A partnership is signed as the board decided it; changes are amendments (I-07)."""
    if case.form == Form.IOP and agreement.is_main and case.outcome == Outcome.START:
        sentence = (
            "Nämnden har beslutat om den här texten. Underteckna den, och gör ett tillägg om "
            "något ska ändras."
        )
        raise NotAllowed([Reason(sentence, ("I-07",))])


def name_version(case: Collaboration, draft: Draft, *, label: str, by) -> None:
    """Give a version a name, once, such as "skickad till föreningen". Raises NotAllowed."""
    details = {"agreement": draft.agreement_id, "draft": draft.number, "named": True}
    with moving(case, WRITE_AGREEMENT, by=by, details=details):
        locked = Draft.objects.select_for_update().get(pk=draft.pk)
        if locked.label:
            raise NotAllowed([Reason("Versionen har redan ett namn, som inte kan ändras.")])
        locked.label = label.strip()
        locked.save(update_fields=["label"])


def add_party(case: Collaboration, *, unit=None, name: str = "", number: str = "", by) -> Party:
    """One more on our side: a unit of ours, or another public actor (G-54). Raises NotAllowed."""
    with moving(case, WRITE_AGREEMENT, by=by, details={"party": "added"}) as locked:
        refuse_changed_parties(locked)
        written = f"{unit.administration.name}, {unit.name}" if unit else name.strip()
        already = locked.terms.parties.filter(name=written)
        if already.exists():
            raise NotAllowed([Reason("Parten finns redan.", at="name")])
        return Party.objects.create(
            terms=locked.terms, side=Side.US, unit=unit, name=written, number=number.strip()
        )


def remove_party(case: Collaboration, party: Party, *, by) -> None:
    """Take away one that was added; the first of each side stays. Raises NotAllowed."""
    with moving(case, WRITE_AGREEMENT, by=by, details={"party": "removed"}) as locked:
        refuse_changed_parties(locked)
        if party.commitments.exists() or party.contributions.exists():
            raise NotAllowed([Reason("Parten har åtaganden eller insatser. Ta bort dem först.")])
        if locked.terms.parties.filter(side=party.side).count() < 2:
            raise NotAllowed([Reason("Det ska finnas minst en part på varje sida.", ("G-54",))])
        locked.terms.parties.filter(pk=party.pk).delete()


def refuse_changed_parties(case: Collaboration) -> None:
    """Who agrees is part of what was decided, and of what was signed."""
    if case.step not in OPEN_TO_CORRECTION:
        sentence = "Parterna kan inte ändras efter beslutet."
        raise NotAllowed([Reason(sentence, ("G-74",))])


def drop(case: Collaboration, agreement: Agreement, *, by) -> None:
    """Put a draft aside for good; its versions stay readable. Raises NotAllowed."""
    details = {"agreement": agreement.pk}
    with moving(case, DROP_AGREEMENT, by=by, details=details) as locked:
        fresh = open_agreement(locked, agreement.pk)
        refuse_what_the_board_decided(locked, fresh)
        fresh.dropped_by, fresh.dropped_at = by, clock.now()
        fresh.save()
    reading.forget(case.terms)
