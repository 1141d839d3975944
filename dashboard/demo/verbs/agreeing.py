"""Överenskommelsen: drafted section by section, named, signed and amended."""

from datetime import timedelta

from accounts.roles import Role
from agreements import reading
from agreements.clauses import PROPOSED
from agreements.models import Agreement, Side
from agreements.sections import SECTIONS, sections_of, template_for
from audit import clock
from collaborations.models import Form
from collaborations.steps.agree import begin_agreement, name_version, write_section
from collaborations.steps.amend import amend
from collaborations.steps.sign import sign, signed_by
from dashboard.demo.days import working
from dashboard.demo.documents import page_of
from dashboard.demo.organisations import key_of
from dashboard.demo.telling import Telling, later

STANDARD = "standard"  # the texts that the program proposes
A_SECTION, A_LONG_TEXT = 4, 90  # minutes


def draft(telling: Telling, *, by: str | None = None, label: str = "", **said) -> None:
    """Write sections of the draft, which begins when there is none. A version for each.

    said: sections: code → text; goals, commitments: rows; period: days ahead of first and last day.
    """
    case, person = telling.case, telling.person(by)
    reading.forget(case.terms)
    open_one = reading.being_drafted(case.terms) or begin_agreement(
        case,
        form_key=key_of(f"{telling.story.key}:agreement"),
        template=template_for(case.form),
        by=person,
    )
    write(telling, open_one, by=person, **said)
    if label:
        with later(A_LONG_TEXT):
            name_version(case, open_one.drafts.first(), label=label, by=person)


def write(telling: Telling, agreement: Agreement, *, by, sections, **said) -> None:
    """The named sections, in the order of the template."""
    for place, section in enumerate(sections_of(agreement.template)):
        if section.code not in sections:
            continue
        text = sections[section.code]
        with later(A_SECTION * place):
            write_section(
                telling.case,
                agreement,
                section.code,
                base=agreement.drafts.first().number,
                text=standard(section.code) if text == STANDARD else text,
                **held_by(agreement, SECTIONS[section.code].holds, **said),
                by=by,
            )


def standard(code: str) -> str:
    return "\n\n".join(one.text for one in PROPOSED if one.section == code)


def held_by(agreement: Agreement, holds: str, goals=(), commitments=(), period=()) -> dict:
    """What stands in a section beside its text, as its step wants it."""
    if holds == "goals":
        return {"rows": [goal(*row) for row in goals]}
    if holds == "commitments":
        parties = {party.side: party for party in agreement.terms.parties.all()}
        return {"rows": [commitment(parties, *row) for row in commitments]}
    if holds == "period":
        first, last = (clock.today() + timedelta(days=days) for days in period)
        return {"starts_on": first, "ends_on": last}
    return {}


def goal(text: str, indicator: str, baseline: str, target: str, days: int) -> dict:
    return {
        "text": text,
        "indicator": indicator,
        "baseline": baseline,
        "target": target,
        "due_on": ahead(days),
    }


def commitment(parties, side: str, what: str, why: str, evidence: str, days: int) -> dict:
    return {
        "party": parties[side],
        "what": what,
        "why": why,
        "evidence": evidence,
        "due_on": ahead(days),
    }


def ahead(days: int):
    return working(clock.today() + timedelta(days=days))


def sign_it(telling: Telling) -> None:
    """All sign today: for us the head of a partnership, else the manager; for them who leads."""
    case = telling.case
    reading.forget(case.terms)
    agreement = reading.being_drafted(case.terms)
    ours = telling.holder(Role.HEAD) if case.form == Form.IOP else telling.manager
    sign(
        case,
        agreement,
        draft=agreement.drafts.first().number,
        signatures=[
            signed_by(party, person=ours, signed_on=clock.today())
            if party.side == Side.US
            else their_signature(telling, party)
            for party in case.terms.parties.all()
        ],
        file=page_of(f"{agreement}, undertecknad: {case.number}"),
        by=telling.person(None),
        version=case.version,
    )


def their_signature(telling: Telling, party):
    known = next(one for one in telling.world.parties.values() if one.name == party.name)
    name, role, _ = known.contacts[0]
    return signed_by(party, name=name, role=role, signed_on=clock.today())


def amend_it(telling: Telling, *, sections, **said) -> None:
    """An amendment of those sections, written."""
    case, person = telling.case, telling.person(None)
    reading.forget(case.terms)
    amendment = amend(
        case,
        reading.latest_signed(case.terms),
        form_key=key_of(f"{telling.story.key}:amendment:{clock.today()}"),
        sections=list(sections),
        by=person,
    )
    write(telling, amendment, by=person, sections=sections, **said)


VERBS = {"draft": draft, "sign": sign_it, "amend": amend_it}
