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


def report_of(case: Collaboration, made: FollowUp, *, is_whole: bool = True) -> ReportData:
    """Everything the document says. What was agreed is read as it holds now, with amendments.

    is_whole: false to those who only read what runs. As on the page they see neither the manager's
    stand nor to whom it was reported.
    """
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
        blocks=tuple(blocks(case, made, is_whole)),
        diary_number=case.registry_number,
        secrecy=case.secrecy_provision,
    )


def blocks(case: Collaboration, made: FollowUp, is_whole: bool = True):
    main = reading.latest_signed(case.terms)
    yield about(case, made, main)
    yield Block("Vad som har gjorts", made.done)
    yield from promised(case, made, main)
    yield agreement_tables.contributions(case)
    yield Block("Medel och insatser från oss", made.means_of_ours)
    yield Block("Medel och insatser från organisationen", made.means_of_theirs)
    yield Block("Effekter", table=Table(("Har samverkan lett till", "Svar"), effects(made)))
    yield Block("Målgruppens röst", made.target_group_voice)
    yield Block("Organisationens röst", made.organisation_voice)
    yield Block("Gäller kraven fortfarande?", requirements(made))
    yield Block("De sex principerna", principles(made))
    yield Block("Så följs överenskommelsen", made.compliance)
    yield Block("Brister", made.shortcomings, none="Inga brister är antecknade.")
    yield measures(made)
    yield Block("Vad vi tar med oss till ordinarie arbete", made.lessons)
    if is_whole:
        yield stand(made)
        yield reported(made)
    yield Block("Styrgruppens möten", lines=meetings(case))
    yield earlier(case, made)


def promised(case: Collaboration, made: FollowUp, main):
    """What came of each commitment and goal; of a follow-up without that, what was agreed."""
    outcomes = list(made.commitments.select_related("commitment__party"))
    results = list(made.goals.select_related("goal"))
    content = reading.effective_of(main).content if main else Content()
    yield commitment_outcomes(outcomes) if outcomes else agreement_tables.commitments(content)
    yield goal_results(results) if results else agreement_tables.goals(content)


def commitment_outcomes(outcomes) -> Block:
    rows = tuple(
        (
            one.commitment.party.name,
            one.commitment.what,
            capfirst(one.get_state_display()),
            "\n".join(said for said in (one.evidence, one.comment) if said),
        )
        for one in outcomes
    )
    return Block("Åtaganden", table=Table(("Part", "Åtagande", "Utfall", "Underlag"), rows))


def goal_results(results) -> Block:
    rows = tuple(
        (one.goal.text, one.goal.indicator, one.goal.baseline, one.goal.target, one.said)
        for one in results
    )
    head = ("Mål", "Indikator", "Utgångsläge", "Målvärde", "Resultat")
    return Block("Mål", table=Table(head, rows))


def requirements(made: FollowUp) -> str:
    if made.democracy_holds is None:
        return "Ja." if made.still_meets_requirements else "Nej. Se brister."
    basic = "Ja" if made.still_meets_requirements else "Nej"
    democracy = "Ja" if made.democracy_holds else "Nej"
    return f"Grundkraven: {basic}.\nDemokrativillkoren: {democracy}."


def principles(made: FollowUp) -> str:
    held = f"Vi har levt upp till {made.principles_in_words}." if made.principles else ""
    return "\n".join(said for said in (held, made.principles_why) if said)


def measures(made: FollowUp) -> Block:
    rows = tuple(
        (
            one.what,
            one.owner.name,
            one.due_on.isoformat(),
            f"{capfirst(one.get_outcome_display())}. {one.note}" if one.outcome else "Pågår",
        )
        for one in made.measures()
    )
    head = ("Åtgärd", "Ansvarig", "Senast", "Läge")
    return Block(
        "Åtgärder", table=Table(head, rows, short=(2,)), none="Inga åtgärder är beslutade."
    )


def stand(made: FollowUp) -> Block:
    taken = getattr(made, "stand", None)
    if taken is None:
        return Block("Ansvarig chefs ställningstagande")
    text = "\n\n".join(said for said in (taken.text, taken.measures) if said)
    who = who_and_when(taken.taken_by, taken.taken_at)
    return Block("Ansvarig chefs ställningstagande", f"{text}\n\n{who}")


def reported(made: FollowUp) -> Block:
    return Block(
        "Rapporterat till",
        lines=tuple(
            ", ".join(
                said
                for said in (capfirst(one.get_to_display()), long_date(one.on), one.reference)
                if said
            )
            for one in made.reports.all()
        ),
    )


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
            ("Rättar", str(made.supersedes) if made.supersedes_id else ""),
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
    rows = case.follow_ups.standing().filter(pk__lt=made.pk).select_related("made_by")
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
