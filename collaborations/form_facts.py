"""What a form rests on beside the tests, for the decision document: each form its own facts."""

from django.utils import timezone
from django.utils.text import capfirst

from agreements import aid, reading
from agreements.models import Side
from agreements.models.aid import Origin
from audit import clock
from casework.swedish import and_list, kronor, long_date
from collaborations import standing
from collaborations.examined import who_and_when
from collaborations.models import Collaboration, Form
from collaborations.models.external import Routine
from collaborations.rules.partnership import latest_information
from collaborations.scope import SETS
from documents.agreement import version_words
from documents.parts import Block, Table, facts_of


def basis(case: Collaboration):
    """The blocks that the case's form has something to say in."""
    for make in (*OF_FORM.get(case.form, ()), small_aid, agreement):
        block = make(case)
        if block is not None and not block.is_empty:
            yield block


def partnership(case: Collaboration) -> Block | None:
    one, told = case.partnership, latest_information(case)
    if one is None:
        return None
    members = one.members.filter(left_on=None).select_related("person")
    return Block(
        "Partnerskapet",
        facts=facts_of(
            ("Samhällsutmaning", one.challenge),
            ("Varför den är sammansatt", one.why_complex),
            ("Hur parterna vill lösa den", one.solution),
            ("Beslutat program", str(one.programme or "")),
            ("Det står där", f"{one.passage} ({one.passage_at})" if one.passage else ""),
            ("Styrgrupp", "\n".join(map(in_words, members))),
            ("Högsta chefen har läst", who_and_when(told.head, told.read_at) if read(told) else ""),
        ),
    )


def in_words(member) -> str:
    return f"{capfirst(str(member))} ({member.get_side_display()})"


def read(told) -> bool:
    return bool(told and told.read_at)


def funding(case: Collaboration) -> Block | None:
    one = getattr(case, "funding", None)
    if one is None:
        return None
    answered = f"{one.get_answer_display()}, {long_date(one.answered_on)}" if one.answer else ""
    return Block(
        "Finansieringen",
        facts=facts_of(
            ("Finansiär", one.funder),
            ("Program", one.programme),
            ("Utlysning", one.call),
            ("Ansökan inlämnad", long_date(one.submitted_on)),
            ("Besked", capfirst(answered)),
            ("Finansiärens diarienummer", one.reference),
            ("Rutin för extern finansiering", routine(case, Routine.Kind.EXTERNAL_FUNDING)),
        ),
    )


def routine(case: Collaboration, kind: str) -> str:
    one = case.routines.filter(kind=kind).select_related("confirmed_by").last()
    if one is None:
        return ""
    return f"{one.reference}\nBekräftad av {who_and_when(one.confirmed_by, one.confirmed_at)}"


def employment(case: Collaboration) -> Block:
    one = case.routines.filter(kind=Routine.Kind.EMPLOYMENT).last()
    return Block(
        "Anställningen",
        facts=facts_of(
            ("Anställning", capfirst(one.get_employment_display()) if one else ""),
            ("Rutin", routine(case, Routine.Kind.EMPLOYMENT)),
        ),
    )


def scope(case: Collaboration) -> Block | None:
    one = case.check_scopes.select_related("decided_by").last()
    if one is None:
        return None
    names = and_list(SETS.get(code, code) for code in one.sets)
    return Block(
        "Omfattning av kontrollen",
        facts=facts_of(
            ("Kontroller", names or "Inga utöver demokrativillkoren"),
            ("Skäl", one.reasons),
            ("Beslutat av", who_and_when(one.decided_by, one.decided_at)),
        ),
    )


def risk(case: Collaboration) -> Block | None:
    one = case.risk_decisions.select_related("decided_by").last()
    if one is None:
        return None
    return Block(
        "Riskbedömning",
        facts=facts_of(
            ("Finns det osäkerhet?", "Ja" if one.uncertain else "Nej"),
            ("Risker och vad vi gör åt dem", one.risks),
            ("Tas risken?", ("Ja" if one.accepted else "Nej") if one.uncertain else ""),
            ("Beslutat av", who_and_when(one.decided_by, one.decided_at)),
        ),
    )


AID_HEAD = ("Mottagare", "Det här stödet", "Tidigare stöd, tre år", "Summa", "Tak", "Intyg")


def small_aid(case: Collaboration) -> Block | None:
    """What each recipient gets, has had in three years, and the ceiling of the day."""
    state = standing.of(case).get("statligt_stod")
    if state is None or state.outcome != "mindre_betydelse":
        return None
    day = clock.today()
    found = aid.recipients(case.terms, case.organisations.all(), day, here=case.administration_id)
    ours = case.terms.aid.filter(origin=Origin.OURS)
    return Block(
        "Stöd av mindre betydelse",
        text="Räknat över förvaltningens enheter, övriga förvaltningar och vad mottagaren har "
        "intygat om stöd från andra.",
        lines=tuple(aid_line(one) for one in ours.select_related("organisation")),
        table=Table(AID_HEAD, tuple(aid_row(one) for one in found)),
    )


def aid_line(one) -> str:
    how = f" Så är värdet beräknat: {one.valuation}." if one.valuation else ""
    return f"{one.organisation}: {one.what} ({one.get_form_display()}), {kronor(one.value)}.{how}"


def aid_row(one) -> tuple[str, ...]:
    before = one.own + one.elsewhere + one.others
    declared = one.declaration
    return (
        one.organisation.name,
        kronor(one.planned),
        kronor(before),
        kronor(one.total),
        kronor(one.ceiling) or "inte satt",
        f"{long_date(declared.declared_on)}, {declared.attested_by}" if declared else "saknas",
    )


def agreement(case: Collaboration) -> Block | None:
    """Which version of the agreement the decision rests on."""
    one = reading.proposal(case.terms)
    draft = one and (one.signed_draft or reading.latest_drafts(case.terms).get(one.pk))
    if not draft:
        return None
    saved = timezone.localdate(draft.saved_at)
    content = reading.content_of(one)
    parties = case.terms.parties.all()
    return Block(
        "Överenskommelsen",
        facts=facts_of(
            ("Överenskommelse", f"{one.get_template_display()} (nummer {one.number})"),
            ("Version", version_words(draft.number, draft.label, draft.saved_by.name, saved)),
            ("Period", " ".join(content.lines("period"))),
            ("Vår sida", names(parties, Side.US)),
            ("Organisationens sida", names(parties, Side.ORGANISATION)),
        ),
    )


def names(parties, side: str) -> str:
    return and_list(party.name for party in parties if party.side == side)


OF_FORM = {
    Form.IOP: (partnership,),
    Form.EXTERNAL_FUNDING: (funding, risk),
    Form.PARTNER_IN_PROJECT: (scope, risk),
    Form.EMPLOYER: (employment,),
}
