"""Uppföljning av överenskommelse: one follow-up beside what was agreed (I-58, domain 4.9)."""

from django.utils.text import capfirst

from agreements import reading
from agreements.content import Content
from casework.swedish import and_list, long_date
from collaborations import agreement_tables
from collaborations.examined import who_and_when
from collaborations.models import Collaboration, FollowUp, Form
from documents.parts import Block, Table, facts_of
from documents.report import ReportData

HEADINGS = {
    FollowUp.Kind.REGULAR: "Uppföljning av överenskommelse",
    FollowUp.Kind.CLOSING: "Slutuppföljning av överenskommelse",
}
EFFECTS = (
    ("Bättre arbetssätt?", "better_process"),
    ("Bättre resultat?", "better_result"),
    ("Högre kvalitet?", "higher_quality"),
    ("Bättre användning av resurser?", "better_use"),
)


def report_of(case: Collaboration, made: FollowUp) -> ReportData:
    """Everything the document says. What was agreed is read as it holds now, with amendments."""
    heading = HEADINGS[FollowUp.Kind(made.kind)]
    return ReportData(
        heading=heading if case.form != Form.INFORMAL else made.get_kind_display(),
        number=case.number,
        title=case.title,
        administration=case.administration.name,
        unit=case.unit.name,
        made_on=made.held_on,
        prepared_by=made.made_by.name,
        conclusion=f"Slutsats: {made.get_conclusion_display()}.",
        blocks=tuple(blocks(case, made)),
        diary_number=case.registry_number,
        secrecy=case.secrecy_provision,
    )


def blocks(case: Collaboration, made: FollowUp):
    main = reading.latest_signed(case.terms)
    content = reading.effective_of(main).content if main else Content()
    yield about(case, made, main)
    yield Block("Vad som har gjorts", made.done)
    yield agreement_tables.commitments(content)
    yield agreement_tables.goals(content)
    yield agreement_tables.contributions(case)
    yield Block("Effekter", table=Table(("Har samverkan lett till", "Svar"), effects(made)))
    yield Block("Målgruppens röst", made.target_group_voice)
    yield Block(
        "Gäller kraven fortfarande?",
        "Ja." if made.still_meets_requirements else "Nej. Se brister och åtgärder.",
    )
    yield Block("Brister och åtgärder", made.shortcomings, none="Inga brister är antecknade.")
    yield Block("Vad vi tar med oss till ordinarie arbete", made.lessons)
    yield Block("Styrgruppens möten", lines=meetings(case))
    yield earlier(case, made)


def about(case: Collaboration, made: FollowUp, main) -> Block:
    plan = case.decisions.filter(kind="start").first()
    return Block(
        "Samverkan",
        facts=facts_of(
            ("Form", case.get_form_display()),
            ("Organisation", and_list(one.name for one in case.organisations.all())),
            ("Överenskommelse", period(main) if main else ""),
            ("Ansvarig chef", case.responsible_manager.name),
            ("Så skulle den följas upp", plan.follow_up_method if plan else ""),
            ("Uppföljningen gjord", long_date(made.held_on)),
            ("Antecknad av", who_and_when(made.made_by, made.made_at)),
            ("Nästa uppföljning", long_date(made.next_on)),
        ),
    )


def period(main) -> str:
    """The agreement, how long it holds, and what has amended it."""
    amendments = [str(one) for one in reading.amendments_of(main)]
    changed = f" Ändrad genom {and_list(amendments)}." if amendments else ""
    return (
        f"{main}, gäller från {long_date(main.starts_on)} "
        f"till {long_date(reading.last_day(main))}.{changed}"
    )


def effects(made: FollowUp) -> tuple[tuple[str, str], ...]:
    return tuple(
        (question, capfirst(getattr(made, f"get_{name}_display")())) for question, name in EFFECTS
    )


def meetings(case: Collaboration) -> tuple[str, ...]:
    if case.form != Form.IOP or case.partnership is None:
        return ()
    return tuple(long_date(one.held_on) for one in case.partnership.meetings.order_by("held_on"))


def earlier(case: Collaboration, made: FollowUp) -> Block:
    rows = case.follow_ups.filter(pk__lt=made.pk).select_related("made_by")
    return Block(
        "Tidigare uppföljningar",
        table=Table(
            ("Gjord", "Slutsats", "Av"),
            tuple(
                (long_date(one.held_on), one.get_conclusion_display(), one.made_by.name)
                for one in rows
            ),
        ),
    )
