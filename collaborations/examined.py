"""What has been examined in a case, for its documents: questions and answers, outcomes and why."""

from django.utils import timezone
from django.utils.text import capfirst

from casework.swedish import long_date
from checklists import evidence
from checklists.models import AnswerType, ResolutionKind
from checklists.outcomes import Standing
from checklists.summary import deciding_answers
from checklists.wording import answer_in_words, fetched_in_words
from collaborations import democracy, standing
from collaborations.models import Collaboration
from documents.parts import Answer, Block, Person, QuestionSet, Table, facts_of

# Where each set says why: the question about the reasons that weigh most.
REASONS = {
    "valfardsbrott": "VB-14",
    "offentligt_kontrakt": "OK-S",
    "statligt_stod": "SS-S",
    "kommunallagen": "KL-S",
    "ideburen_aktor": "IA-S",
    "partnerskap": "IOP-S",
}


def examined(case: Collaboration):
    """Each test of the case: its outcome, why, who assessed it when, and opinions on it."""
    given = list(case.opinions.answered().select_related("answered_by"))
    for code, assessment in standing.assessments(case).items():
        state = standing.of(case)[code]
        opinions = [
            (f"Yttrande från {one.get_function_display()}", said_in(one, assessment))
            for one in given
            if one.test == code
        ]
        yield Block(
            state.name,
            facts=facts_of(
                ("Utfall", state.outcome.label),
                ("Skäl", reasons(assessment)),
                ("Bedömt av", assessor(assessment)),
                *opinions,
            ),
            none="Inte påbörjad.",
            level=3,
        )


def reasons(assessment) -> str:
    """What was written as reasons, and what the manager has motivated or an inquiry came to."""
    answers = {answer.code: answer for answer in assessment.answers.all()}
    own = answers.get(REASONS.get(assessment.set_code))
    lines = [answer_in_words(own)] if own else []
    for question in sorted(assessment.version.questions.all(), key=lambda one: one.position):
        answer = answers.get(question.code)
        resolution = answer and answer.current_resolution
        if resolution:
            lines.append(f"{question.code}: {resolution.text} ({resolution.by.name})")
    return "\n".join(line for line in lines if line)


def assessor(assessment) -> str:
    """Who answered last, and when; the others stand in the appendix."""
    last = max(assessment.answers.all(), key=lambda one: one.answered_at, default=None)
    if last is None:
        return ""
    return who_and_when(last.answered_by, last.answered_at)


def titled(person) -> Person:
    """As it is written: "Åsa Björkängen, enhetschef"."""
    return Person(person.name, person.title)


def who_and_when(person, moment) -> str:
    """ "Åsa Björkängen, enhetschef, 3 mars 2026"."""
    return f"{titled(person)}, {long_date(timezone.localdate(moment))}"


def advice_in_words(who: str, said: str, answered) -> str:
    """One line of a consultation or an opinion: who, what, why, and who gave it when."""
    given = who_and_when(answered.answered_by, answered.answered_at)
    return f"{who}{said}. {answered.reasons} ({given})"


def outcomes(case: Collaboration) -> Table:
    """All tests of the case with what they came to."""
    rows = tuple((state.name, state.outcome.label) for state in standing.of(case).values())
    return Table(("Prövning", "Utfall"), rows)


def said_in(opinion, assessment) -> str:
    """Its conclusion, who and when; and whether the answers it rests on have changed since."""
    changed = opinion.basis != deciding_answers(assessment)
    words = [
        f"{capfirst(opinion.conclusion_in_words)} "
        f"({who_and_when(opinion.answered_by, opinion.answered_at)}).",
        opinion.reasons,
        "Svaren i prövningen har ändrats sedan yttrandet." if changed else "",
    ]
    return "\n".join(word for word in words if word)


def question_sets(case: Collaboration, *, only=None):
    """Every set of the case with every question that was asked, as the appendix gives them.

    only: the codes of the sets that are wanted; all unless told.
    """
    facts = standing.facts_with_outcomes(case)
    rests_on = evidence.of(standing.assessments(case).values())
    came_from = taken_over(case)
    for code, assessment in standing.assessments(case).items():
        if only is not None and code not in only:
            continue
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
