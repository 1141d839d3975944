"""What has been drafted and signed in a collaboration. Reads only."""

from datetime import date

from django.db.models import Exists, OuterRef

from agreements.content import CommitmentLine, Content, GoalLine
from agreements.effective import Change, Effective, effective
from agreements.models import Agreement, AgreementKind, Draft, Side, Terms
from agreements.sections import COMMITMENTS, GOALS, SECTIONS


def all_of(terms: Terms) -> list[Agreement]:
    """Every agreement and amendment of the collaboration, the first first. Kept on the terms."""
    kept = terms.__dict__.get("_agreements")
    if kept is None:
        rows = terms.agreements.select_related(
            "signed_draft", "signed_file", "termination", "registered_by"
        ).prefetch_related("signatures__party")
        kept = terms._agreements = list(rows.order_by("pk"))
        for agreement in kept:
            agreement.terms = terms
    return kept


def forget(terms: Terms) -> None:
    """Ask anew next time: something has just been saved."""
    terms.__dict__.pop("_agreements", None)
    terms.__dict__.pop("_latest", None)


def latest_drafts(terms: Terms) -> dict[int, Draft]:
    """The latest version of each agreement, by the agreement's id. One query."""
    kept = terms.__dict__.get("_latest")
    if kept is None:
        later = Draft.objects.filter(agreement=OuterRef("agreement"), number__gt=OuterRef("number"))
        rows = Draft.objects.filter(~Exists(later), agreement__terms=terms)
        rows = rows.select_related("saved_by")
        kept = terms._latest = {draft.agreement_id: draft for draft in rows}
    return kept


def content_of(agreement: Agreement) -> Content:
    """What the agreement says: as signed, or as its latest version."""
    draft = agreement.signed_draft or latest_drafts(agreement.terms).get(agreement.pk)
    return Content.from_json(draft.content if draft else {})


def mains(terms: Terms) -> list[Agreement]:
    return [one for one in all_of(terms) if one.is_main and not one.dropped_at]


def being_drafted(terms: Terms) -> Agreement | None:
    return next((one for one in all_of(terms) if one.is_open), None)


def proposal(terms: Terms) -> Agreement | None:
    """The main agreement that a decision rests on: the signed one, else the one being drafted."""
    found = mains(terms)
    return next((one for one in found if one.is_signed), found[-1] if found else None)


def amendments_of(main: Agreement) -> list[Agreement]:
    """The signed amendments of a main agreement, in the order they were registered."""
    found = [one for one in all_of(main.terms) if one.amends_id == main.pk and one.is_signed]
    return sorted(found, key=lambda one: (one.registered_at, one.pk))


def effective_of(main: Agreement) -> Effective:
    """What the signed main agreement says with its signed amendments."""
    changes = [Change(str(one), tuple(one.changes), content_of(one)) for one in amendments_of(main)]
    return effective(content_of(main), changes, str(main))


def holder_of(main: Agreement, holds: str) -> Agreement:
    """The signed agreement whose rows of that kind hold now: the last amendment that names them."""
    changing = [
        one
        for one in amendments_of(main)
        if holds in {SECTIONS[code].holds for code in one.changes}
    ]
    return changing[-1] if changing else main


def promises_of(main: Agreement) -> tuple[list, list]:
    """(commitments, goals) that hold now, as rows that can be followed up."""
    commitments = holder_of(main, COMMITMENTS).commitments.select_related("party")
    return list(commitments), list(holder_of(main, GOALS).goals.all())


def last_day(main: Agreement) -> date:
    """The last day of a signed main agreement: with amendments, and cut short by termination."""
    ends_on = effective_of(main).content.ends_on or main.ends_on
    termination = getattr(main, "termination", None)
    return min(ends_on, termination.ends_on) if termination else ends_on


def has_ended(main: Agreement, day: date) -> bool:
    return last_day(main) < day


def latest_signed(terms: Terms) -> Agreement | None:
    """The signed main agreement that ends last."""
    return max((one for one in mains(terms) if one.is_signed), key=last_day, default=None)


def overlapping(terms: Terms, starts_on: date, ends_on: date, *, but: Agreement) -> list[Agreement]:
    """Other signed main agreements of the collaboration whose period meets this one."""
    return [
        one
        for one in mains(terms)
        if one.is_signed
        and one.pk not in (but.pk, but.amends_id)
        and one.starts_on <= ends_on
        and starts_on <= last_day(one)
    ]


def sides_that_bring(terms: Terms) -> set[str]:
    """The sides with a line that brings something, valued or counted above zero, or described."""
    return {line.party for line in terms.contributions.all() if (line.value, line.hours) != (0, 0)}


def commitment_lines(agreement: Agreement) -> tuple[CommitmentLine, ...]:
    return tuple(
        CommitmentLine(one.party.side, one.party.name, one.what, one.why, one.evidence, one.due_on)
        for one in agreement.commitments.select_related("party")
    )


def goal_lines(agreement: Agreement) -> tuple[GoalLine, ...]:
    return tuple(
        GoalLine(one.text, one.indicator, one.baseline, one.target, one.due_on)
        for one in agreement.goals.all()
    )


def sums(terms: Terms) -> dict[str, dict[str, int]]:
    """Per side what its contributions are worth in kronor, and the hours that come with them."""
    found = {side: {"value": 0, "hours": 0} for side in Side.values}
    for line in terms.contributions.all():
        found[line.party]["value"] += line.value or 0
        found[line.party]["hours"] += line.hours or 0
    return found


def changed_sections(old: Content, new: Content) -> list[str]:
    """The codes of the sections whose text or rows differ."""
    return [
        code
        for code, section in SECTIONS.items()
        if (old.text(code), old.lines(section.holds)) != (new.text(code), new.lines(section.holds))
        and section_is_concerned(code, section, old, new)
    ]


def section_is_concerned(code, section, old: Content, new: Content) -> bool:
    """Two templates have a section for the budget; rows count for one that is used."""
    return bool(section.holds or old.text(code) or new.text(code))


def next_number(terms: Terms, kind: str) -> int:
    numbers = [one.number for one in all_of(terms) if one.kind == kind]
    return max(numbers, default=0) + 1


def is_amendment(agreement: Agreement) -> bool:
    return agreement.kind == AgreementKind.AMENDMENT
