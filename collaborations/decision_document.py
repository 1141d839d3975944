"""From records to the decision document's data (product.md §7)."""

from django.utils import timezone

from casework.swedish import kronor, long_date
from checklists import evidence
from checklists.models import AnswerType, ResolutionKind
from checklists.outcomes import Standing
from checklists.wording import answer_in_words, fetched_in_words
from collaborations import democracy, standing
from collaborations.models import Collaboration, Decision, DecisionKind
from documents.decision import (
    Advice,
    Answer,
    Appeal,
    Contribution,
    DecisionDocumentData,
    Declaration,
    FollowUp,
    Motivation,
    Organisation,
    Passage,
    Person,
    QuestionSet,
    SecrecyMark,
)

KINDS = {
    DecisionKind.START: "inleda",
    DecisionKind.REFRAIN: "avstå",
    DecisionKind.BREAK_OFF: "avbryta",
    DecisionKind.END: "avsluta",
}
APPEALS = {"yes": "ja", "no": "nej", "unclear": "oklart"}


def data_of(decision: Decision, *, draft: bool = False) -> DecisionDocumentData:
    """Everything the document says, read now. `decision` may be unsaved when it is a draft."""
    case = decision.collaboration
    return DecisionDocumentData(
        number=case.number,
        title=case.title,
        kind=KINDS[DecisionKind(decision.kind)],
        administration=case.administration.name,
        unit=case.unit.name,
        form=case.get_form_display(),
        sub_type=case.get_informal_kind_display(),
        diary_number=case.registry_number,
        initiative=(
            f"Initiativet kom från {case.get_initiated_by_display()} "
            f"den {long_date(case.initiative_on)}."
        ),
        decided_by=decider(decision),
        decided_on=None if draft else timezone.localdate(decision.decided_at),
        right=decision.right,
        reasons=decision.reasons,
        organisations=tuple(
            Organisation(one.name, one.number_written, one.get_legal_form_display())
            for one in case.organisations.all()
        ),
        prepared_by=(person(case.officer),),
        motivation=motivation(case),
        advice=tuple(advice(case)),
        follow_up=follow_up(decision),
        appeal=appeal(decision),
        sent_to=(f"Beredningsgruppen, {case.administration.name}",),
        secrecy=secrecy(case),
        question_sets=tuple(question_sets(case)),
        declarations=tuple(declarations(case, decision)),
    )


def decider(decision: Decision) -> Person:
    board = decision.board_decision
    if board is None:
        return person(decision.decided_by)
    return Person(board.board, f"{long_date(board.decided_on)}, {board.paragraph}")


def person(user) -> Person:
    return Person(user.name, user.title)


def motivation(case: Collaboration) -> Motivation:
    said = {True: "Ja.", False: "Nej.", None: "Inte besvarat."}
    return Motivation(
        questions=(
            Passage(
                "Ligger samverkan inom den kommunala kompetensen?",
                f"{said[case.within_competence]} {case.within_competence_why}".strip(),
            ),
            Passage(
                "Ligger den inom förvaltningens ansvar?",
                f"{said[case.within_area]} {case.within_area_why}".strip(),
            ),
            Passage(
                "Riktar den sig till någon av våra målgrupper?",
                f"{said[case.for_target_group]} {case.for_target_group_why}".strip(),
            ),
        ),
        need_type=case.get_need_type_display(),
        need=case.need,
        assignments=tuple(str(assignment) for assignment in case.assignments.all()),
        areas=(case.area.name,) if case.area else (),
        target_groups=tuple(group.name for group in case.target_groups.all()),
        heard=case.target_group_heard,
        equal_chance=f"{said[case.equal_chance]} {case.equal_chance_why}".strip(),
        involves_minors=bool(case.involves_minors),
        shares_personal_data=bool(case.shares_personal_data),
        contributions=tuple(
            Contribution(
                line.get_party_display().capitalize(),
                f"{line.get_kind_display().capitalize()}: {line.what}",
                kronor(line.value) or (f"{line.hours} timmar" if line.hours else ""),
            )
            for line in case.terms.contributions.all()
        ),
        more=(Passage("Gemensam uppgift och gemensamt mål", case.task),),
    )


def advice(case: Collaboration):
    rows = case.consultations.select_related("asked_by", "answered_by")
    for one in rows:
        yield Advice(
            adviser="Beredningsgruppen",
            question=one.question,
            asked_by=one.asked_by.name,
            asked_on=timezone.localdate(one.asked_at),
            answered_on=timezone.localdate(one.answered_at) if one.answered_at else None,
            answered_by=one.answered_by.name if one.answered_by else "",
            advice=one.get_advice_display(),
            reasons=one.reasons,
        )
    for one in case.opinions.select_related("asked_by", "answered_by"):
        yield Advice(
            adviser=one.get_function_display().capitalize(),
            question=one.question,
            asked_by=one.asked_by.name,
            asked_on=timezone.localdate(one.asked_at),
            answered_on=timezone.localdate(one.answered_at) if one.answered_at else None,
            answered_by=one.answered_by.name if one.answered_by else "",
            advice=one.conclusion_in_words,
            reasons=one.reasons,
        )


def follow_up(decision: Decision) -> FollowUp | None:
    if not decision.follow_up_on:
        return None
    return FollowUp(decision.follow_up_method, decision.follow_up_on, decision.follow_up_by.name)


def appeal(decision: Decision) -> Appeal:
    text = decision.appeal_text
    return Appeal(
        answer=APPEALS[decision.appealable],
        text=text.text if text and decision.appealable != "no" else "",
        version=f"gäller från {long_date(text.starts_on)}" if text else "",
    )


def secrecy(case: Collaboration) -> SecrecyMark | None:
    if not case.is_secret:
        return None
    return SecrecyMark(
        case.secrecy_provision, case.secrecy_by.name, timezone.localdate(case.secrecy_at)
    )


def question_sets(case: Collaboration):
    """Every set of the case with every question that was asked, as the appendix gives them."""
    facts = standing.facts_with_outcomes(case)
    rests_on = evidence.of(standing.assessments(case).values())
    came_from = taken_over(case)
    for code, assessment in standing.assessments(case).items():
        state, version = standing.of(case)[code], assessment.version
        yield QuestionSet(
            title=state.name,
            version=f"{version.number}, gäller från {long_date(version.starts_on)}",
            outcome=state.outcome.label,
            answers=(
                *answers(assessment, state, facts, rests_on[assessment.pk], came_from),
                *found_against(case, assessment),
            ),
        )


def taken_over(case: Collaboration) -> dict[str, str]:
    """Question code → "SAM-2026-0001, kontrollerat den 3 mars 2026", of what came from elsewhere.

    A case with a secrecy mark is not named in another case's decision.
    """
    given = [answer for one in standing.assessments(case).values() for answer in one.answers.all()]
    found = {answer.code: answer for answer in given if answer.is_taken_over}
    numbers = {answer.origin_case for answer in found.values()}
    open_ones = Collaboration.objects.filter(number__in=numbers, secrecy_provision="")
    named = set(open_ones.values_list("number", flat=True)) if numbers else set()
    return {
        code: f"{answer.origin_case if answer.origin_case in named else 'ett tidigare ärende'}, "
        f"kontrollerat den {long_date(answer.checked_on)}"
        for code, answer in found.items()
    }


def answers(assessment, state, facts, rests_on, came_from):
    given = {answer.code: answer for answer in assessment.answers.all()}
    for question in sorted(assessment.version.questions.all(), key=lambda one: one.position):
        stands = state.standings.get(question.code)
        if stands is None or stands == Standing.NOT_ASKED:
            continue
        documents = tuple(in_full(one.document) for one in rests_on.get(question.code, ()))
        origin = came_from.get(question.code, "")
        yield one_answer(question, given.get(question.code), stands, facts, documents, origin)


def in_full(held) -> str:
    """Which document, so that it can be told from every other for as long as there are files."""
    what = f"{held.name}, {held.get_kind_display()}, {held.period}. {held.organisation}."
    if held.stored is None:
        return f"{what} Visad {long_date(held.shown_on)}, inte sparad."
    return f"{what} Kom in {long_date(held.received_on)}. SHA-256 {held.stored.sha256}"


def one_answer(question, answer, stands, facts, documents, origin) -> Answer:
    shown = {"code": question.code, "question": question.text, "group": question.group}
    shown["documents"] = documents
    if question.answer_type == AnswerType.FETCHED:
        return Answer(**shown, answer=fetched_in_words(question, facts))
    if answer is None or answer.value in (None, []):
        return Answer(**shown, answer="")
    resolution = answer.current_resolution
    said = f"{resolution.text} ({resolution.by.name})" if resolution else ""
    is_motivation = resolution is not None and resolution.kind == ResolutionKind.MOTIVATION
    return Answer(
        **shown,
        answer=answer_in_words(answer),
        note=answer.note,
        evidence=answer.reference or ("Se nedan" if documents else ""),
        evidence_on=answer.checked_on,
        effect="" if stands == Standing.FINE else stands.label,
        motivation=said if is_motivation else "",
        inquiry="" if is_motivation else said,
        reused_from=origin,
        answered_by=answer.answered_by.name,
        answered_on=timezone.localdate(answer.answered_at),
    )


def found_against(case: Collaboration, assessment):
    """What was found in the democracy check, and the measures, each as a row of the appendix."""
    if assessment.set_code != democracy.CHECK:
        return
    for shown in democracy.shown_findings(case, assessment, None, new=False):
        yield found(shown)
    for shown in democracy.shown_measures(case, assessment, None):
        if shown.measure.is_current:
            yield demanded(shown)


def found(shown: democracy.ShownFinding) -> Answer:
    finding = shown.finding
    conduct, connected = finding.get_conduct_display(), finding.connected
    lines = [
        finding.what,
        f"Källa: {finding.source}, {long_date(finding.happened_on)}.",
        f"Gäller {conduct}, {'med' if connected else 'utan'} samband med verksamheten.",
    ]
    if finding.comment_asked_on:
        lines.append(f"Vi frågade organisationen {long_date(finding.comment_asked_on)}.")
    if finding.comment:
        lines.append(f"Organisationens kommentar: {finding.comment}")
    judged = finding.judged_at and timezone.localdate(finding.judged_at)
    return Answer(
        code=finding.category,
        question=shown.category,
        group="Steg 2 – Uppgifter och bedömning",
        answer=shown.state.label.capitalize(),
        note="\n".join(lines),
        inquiry=finding.reasons,
        answered_by=(finding.judged_by or finding.registered_by).name,
        answered_on=judged or timezone.localdate(finding.registered_at),
    )


def demanded(shown: democracy.ShownMeasure) -> Answer:
    measure = shown.measure
    lines = [f"Sista dag att redovisa: {long_date(measure.due_on)}."]
    if measure.change_reason:
        lines.append(f"Ny dag: {measure.change_reason}")
    reports = list(measure.reports.all())
    for report in reports:
        lines.append(f"Redovisad {long_date(report.reported_on)}: {report.what}")
        if not report.is_waiting:
            said = "Tillräcklig" if report.verdict.sufficient else "Inte tillräcklig"
            lines.append(f"{said} enligt {report.verdict.by.name}: {report.verdict.reasons}")
    return Answer(
        code="Åtgärd",
        question=measure.required,
        group="Steg 3 – Undantag genom åtgärd",
        answer=shown.state.label.capitalize(),
        note="\n".join(lines),
        motivation=measure.reasons,
        evidence=reports[-1].reference if reports else "",
        evidence_on=reports[-1].reported_on if reports else None,
        answered_by=measure.decided_by.name,
        answered_on=measure.decided_on,
    )


def declarations(case: Collaboration, decision: Decision):
    """Who declared and what it led to; never what was written."""
    capacities = {
        decision.decided_by_id: "Beslutar",
        case.officer_id: "Handlägger",
    }
    for one in standing.declarations(case).values():
        ruling = getattr(one, "ruling", None)
        yield Declaration(
            person=person(one.person),
            capacity=capacities.get(one.person_id, "Deltar"),
            declared_on=timezone.localdate(one.made_at),
            result=one.state_label.capitalize(),
            ruled_by=ruling.ruled_by.name if ruling else "",
            ruled_on=timezone.localdate(ruling.ruled_at) if ruling else None,
        )
