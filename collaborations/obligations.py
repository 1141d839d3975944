"""What a case owes, as obligations: each made, met or waived here, in the step's transaction."""

from datetime import timedelta

from django.db.models import Case, CharField, Value, When
from django.db.models.functions import Cast, Concat
from django.urls import reverse

from accounts.permissions import Permission, holders, may
from agreements import reading
from agreements.models import Agreement
from audit import clock
from checklists.models import Assessment, Measure, MeasureReport, Verdict
from collaborations.models import (
    Collaboration,
    Consultation,
    FollowUp,
    Opinion,
    Outcome,
    Reexamination,
    Remedy,
    Shortcoming,
)
from collaborations.rules.agreement import needs_agreement
from collaborations.rules.consultation import person_takes_part
from notifications.models import Obligation
from notifications.obligations import hand_over, meet, oblige, waive

FOLLOW_UP, CLOSING, ADVICE, OPINION = "follow_up", "closing_follow_up", "advice", "opinion"
AGREEMENT = "agreement_ends"
MONTHS_BEFORE = (6, 3)  # S-08, domain §1.7.5
REEXAMINATION, MEASURE, REMEDY = "reexamination", "measure", "remedy"
SIGNING = "signing"
SIGNED_WITHIN = timedelta(days=91)  # our proposal: nobody says how long it may take


def follow_up_is_due(case: Collaboration, *, owner) -> Obligation:
    """The next follow-up, due on `case.next_follow_up_on` (G-47)."""
    number = case.follow_ups.first_versions().count() + 1
    return oblige(
        f"{case.chain}:{FOLLOW_UP}:{number}",
        kind=FOLLOW_UP,
        about=case.chain,
        unit=case.unit,
        owner=owner,
        what=f"Uppföljning av {case.number}",
        path=reverse("collaborations:follow_up", args=[case.pk]),
        due_on=case.next_follow_up_on,
    )


def follow_up_is_made(case: Collaboration, made: FollowUp, *, by) -> None:
    number = case.follow_ups.first_versions().exclude(pk=made.pk).count() + 1
    meet(f"{case.chain}:{FOLLOW_UP}:{number}", by=by, ref=f"uppföljning {made.held_on}")


def closing_follow_up_is_due(case: Collaboration) -> Obligation:
    return oblige(
        f"{case.chain}:{CLOSING}",
        kind=CLOSING,
        about=case.chain,
        unit=case.unit,
        owner=case.responsible_manager,
        what=f"Slutuppföljning av {case.number}",
        path=reverse("collaborations:close", args=[case.pk]),
        due_on=case.next_follow_up_on,
    )


def closing_follow_up_is_made(case: Collaboration, made: FollowUp, *, by) -> None:
    meet(f"{case.chain}:{CLOSING}", by=by, ref=f"slutuppföljning {made.held_on}")


def answer_is_due(consultation: Consultation) -> Obligation:
    """The group's answer. Until a member has it, it is the asker's to get."""
    case = consultation.collaboration
    what = f"om {case.number}" if case else "på en fråga utan ärende"
    return oblige(
        answer_key(consultation),
        kind=ADVICE,
        about=case.chain if case else answer_key(consultation),
        unit=consultation.asked_in,
        owner=consultation.asked_by,
        what=f"Beredningsgruppens svar {what}",
        path=consultation.get_absolute_url(),
        due_on=consultation.due_on,
    )


def answer_key(consultation: Consultation) -> str:
    case = consultation.collaboration
    return f"{case.chain if case else 'collaborations'}:{ADVICE}:{consultation.pk}"


def answer_keys(consultations):
    """The same in SQL: a query set of the keys alone."""
    label = Collaboration._meta.label_lower
    of_case = Concat(Value(f"{label}:"), Cast("collaboration_id", CharField()))
    holder = Case(When(collaboration=None, then=Value("collaborations")), default=of_case)
    return consultations.values_list(
        Concat(holder, Value(f":{ADVICE}:"), Cast("pk", CharField())), flat=True
    )


def answer_falls_to(consultation: Consultation, *, by) -> None:
    """To the member who has the question; when nobody has it, to the asker or who has the case."""
    owed = Obligation.objects.open().filter(key=answer_key(consultation)).select_for_update()
    if consultation.assignee:
        hand_over(owed, to=consultation.assignee, note="Frågan fördelades.", by=by)
    else:
        hand_over(
            owed, to=waits_for_the_answer(consultation), note="Frågan är inte fördelad.", by=by
        )


def waits_for_the_answer(consultation: Consultation):
    """Who asked; the officer, where the one who asked has handed the case over."""
    case, asker = consultation.collaboration, consultation.asked_by
    if case and asker not in (case.officer, case.responsible_manager):
        return case.officer
    return asker


def answers_follow(owed, *, giver, to) -> None:
    """Who takes over a member's answer answers, if of the group and free; else nobody has it."""
    answers = {one.key: one for one in owed if one.kind == ADVICE}
    assigned = Consultation.objects.unanswered().filter(assignee=giver)
    for consultation in assigned.select_related("collaboration"):
        answer = answers.get(answer_key(consultation))
        if answer is None:
            continue
        able = may(to, Permission.COLLABORATION_ADVISE, answer)
        able = able and person_takes_part(consultation, to)
        Consultation.objects.filter(pk=consultation.pk).update(assignee=to if able else None)


def opinions_follow(owed, *, giver, to) -> None:
    """Who takes over what one was asked by name gives it, if of the function; else any of those."""
    numbers = [int(one.key.rpartition(":")[2]) for one in owed if one.kind == OPINION]
    asked = Opinion.objects.unanswered().filter(pk__in=numbers, person=giver)
    for opinion in asked.select_related("collaboration__unit"):
        able = holders(Permission.OPINION_GIVE, opinion.collaboration.unit, opinion.function)
        taker = to if able.filter(pk=to.pk).exists() else None
        Opinion.objects.filter(pk=opinion.pk).update(person=taker)


def answer_is_given(consultation: Consultation, *, by) -> None:
    meet(answer_key(consultation), by=by, ref="svar från beredningsgruppen")


def answer_is_no_longer_waited_for(consultation: Consultation, *, by) -> None:
    waive_open(answer_key(consultation), "Inget yttrande: ärendet går vidare utan råd.", by)


def signing_is_due(case: Collaboration) -> None:
    """A collaboration that needs an agreement does not begin before it is signed (G-75)."""
    if case.outcome == Outcome.START and needs_agreement(case):
        oblige(
            f"{case.chain}:{SIGNING}",
            kind=SIGNING,
            about=case.chain,
            unit=case.unit,
            owner=case.responsible_manager,
            what=f"Underteckna överenskommelsen i {case.number}",
            path=reverse("collaborations:agreement", args=[case.pk]),
            due_on=case.decided_on + SIGNED_WITHIN,
        )


def agreement_is_signed(case: Collaboration, agreement: Agreement, *, by) -> None:
    for obligation in Obligation.objects.open().filter(key=f"{case.chain}:{SIGNING}"):
        meet(obligation, by=by, ref=str(agreement)[:120])


def agreement_is_about_to_end(case: Collaboration, agreement: Agreement) -> None:
    """Talk about what comes after: due six and three months before the last day (S-08).

    A new last day (an amendment of the period) makes the earlier talk needless.
    """
    main = next(
        one for one in reading.mains(case.terms) if one.pk in (agreement.pk, agreement.amends_id)
    )
    last = reading.last_day(main)
    about_it = Obligation.objects.open().filter(about=case.chain, kind=AGREEMENT)
    for earlier in about_it.exclude(key__contains=f":{main.pk}:{last}:"):
        if f":{main.pk}:" in earlier.key:
            waive(
                earlier,
                reason="Överenskommelsen har fått en ny sista dag.",
                by=agreement.registered_by,
            )
    for months in MONTHS_BEFORE:
        due_on = last - timedelta(days=round(months * 30.4))
        if due_on > clock.today():
            oblige(
                f"{case.chain}:{AGREEMENT}:{main.pk}:{last}:{months}",
                kind=AGREEMENT,
                about=case.chain,
                unit=case.unit,
                owner=case.responsible_manager,
                what=f"Bestäm vad som händer när överenskommelsen i {case.number} går ut",
                path=reverse("collaborations:agreement", args=[case.pk]),
                due_on=due_on,
            )


def reexamination_is_due(matter: Reexamination) -> Obligation:
    """The responsible manager assesses what is new (G-31, G-82)."""
    case = matter.case
    return oblige(
        f"{matter.chain}:{REEXAMINATION}",
        kind=REEXAMINATION,
        about=matter.chain,
        unit=case.unit,
        owner=case.responsible_manager,
        what=f"Ny prövning av demokrativillkor i {case.number}",
        path=matter.get_absolute_url(),
        due_on=matter.due_on,
    )


def reexamination_is_closed(matter: Reexamination, *, by) -> None:
    """It is assessed; what was due within it falls."""
    meet(f"{matter.chain}:{REEXAMINATION}", by=by, ref=f"prövning {clock.today()}")
    for obligation in Obligation.objects.open().filter(about=matter.chain):
        waive(obligation, reason="Prövningen är avslutad.", by=by)


def measure_is_due(case: Collaboration, measure: Measure) -> Obligation:
    """The organisation's report, by the last day decided (I-53). The manager sees to it."""
    matter = getattr(measure.assessment, "reexamination", None)
    return oblige(
        measure_key(measure),
        kind=MEASURE,
        about=matter.chain if matter else case.chain,
        unit=case.unit,
        owner=case.responsible_manager,
        what=f"Redovisning av åtgärd i {case.number}",
        path=matter.get_absolute_url()
        if matter
        else reverse("collaborations:questions", args=[case.pk, measure.assessment.set_code]),
        due_on=measure.due_on,
    )


def measure_key(measure: Measure) -> str:
    return f"{measure._meta.label_lower}:{measure.pk}"


def measure_is_met(measure: Measure, report: MeasureReport, *, by) -> None:
    meet(measure_key(measure), by=by, ref=f"redovisning {report.reported_on}")


def measure_has_a_new_day(former: Measure, *, by) -> None:
    waive_open(measure_key(former), "Åtgärden har fått en ny sista dag.", by)


def measures_no_longer_needed(assessment: Assessment, *, by) -> None:
    """None of its findings speaks against the organisation any longer."""
    for measure in assessment.measures.current():
        if not measure.findings.filter(verdict=Verdict.AGAINST).exists():
            waive_open(measure_key(measure), "Uppgiften talar inte längre mot organisationen.", by)


def waive_open(key: str, reason: str, by) -> None:
    obligation = Obligation.objects.open().filter(key=key).first()
    if obligation:
        waive(obligation, reason=reason, by=by)


def opinion_is_due(opinion: Opinion) -> Obligation:
    """The opinion: the asked person's to give, else the asker's to get."""
    case = opinion.collaboration
    return oblige(
        f"{case.chain}:{OPINION}:{opinion.pk}",
        kind=OPINION,
        about=case.chain,
        unit=case.unit,
        owner=opinion.person or opinion.asked_by,
        what=f"Yttrande i {case.number}",
        path=opinion.get_absolute_url(),
        due_on=opinion.due_on,
    )


def opinion_is_given(opinion: Opinion, *, by) -> None:
    meet(f"{opinion.collaboration.chain}:{OPINION}:{opinion.pk}", by=by, ref="yttrande")


def opinion_is_no_longer_waited_for(opinion: Opinion, *, by) -> None:
    key = f"{opinion.collaboration.chain}:{OPINION}:{opinion.pk}"
    waive_open(key, "Inget yttrande: ärendet går vidare utan svaret.", by)


ENDED = "Samverkan har avslutats."


def end_waives_what_was_due(case: Collaboration, *, by) -> None:
    """What was to be done within it falls, measures too (I-22), each with the reason."""
    waive_all(case, ENDED, by)
    case.remedies.open().update(
        outcome=Remedy.Outcome.LAPSED, note=ENDED, closed_by=by, closed_at=clock.now()
    )
    case.shortcomings.open().update(
        outcome=Shortcoming.Outcome.LAPSED, reasons=ENDED, concluded_by=by, concluded_at=clock.now()
    )


def withdrawal_waives_what_was_due(case: Collaboration, *, by) -> None:
    waive_all(case, "Ärendet har återtagits.", by)


def referral_waives_what_was_due(case: Collaboration, *, by) -> None:
    waive_all(case, "Ärendet har lämnats över till inköp.", by)


def decision_waives_the_answer(case: Collaboration, *, by) -> None:
    waive_all(case, "Ärendet har beslutats innan åtgärden var klar.", by, kind=MEASURE)
    waive_all(case, "Ärendet har beslutats utan svaret.", by)


def waive_all(case: Collaboration, reason: str, by, **which) -> None:
    for obligation in Obligation.objects.open().filter(about=case.chain, **which):
        waive(obligation, reason=reason, by=by)


def pass_on(case: Collaboration, *, giver, taker, kinds=None, note: str, by) -> None:
    """What the giver owed in the case, the taker now owes (G-79). kinds: only those, if given.

    Not the answer that the giver is to give as a member of the group.
    """
    chains = [case.chain, *(matter.chain for matter in case.reexaminations.open())]
    owed = Obligation.objects.open().about(*chains).filter(owner=giver)
    as_member = answer_keys(case.consultations.unanswered().filter(assignee=giver))
    owed = owed.exclude(kind=ADVICE, key__in=as_member)
    if kinds is not None:
        owed = owed.filter(kind__in=kinds)
    hand_over(owed.select_for_update(), to=taker, note=note, by=by)
    if kinds is None or REMEDY in kinds:
        case.remedies.open().filter(owner=giver).update(owner=taker)
