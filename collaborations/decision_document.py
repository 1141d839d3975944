"""From records to the decision document's data (product.md §7)."""

from django.utils import timezone

from casework.swedish import hours, kronor, long_date
from collaborations import standing
from collaborations.examined import examined, question_sets, titled
from collaborations.form_facts import basis
from collaborations.models import Collaboration, Consultation, Decision, DecisionKind, Opinion
from documents.decision import (
    Advice,
    Appeal,
    Contribution,
    DecisionDocumentData,
    Declaration,
    FollowUp,
    Motivation,
    Organisation,
    SecrecyMark,
)
from documents.parts import Fact, Passage, Person, facts_of

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
        decided_on=None if draft else decision.decided_on,
        right=decision.right,
        reasons=decision.reasons,
        organisations=tuple(
            Organisation(one.name, one.number_written, one.get_legal_form_display())
            for one in case.organisations.all()
        ),
        prepared_by=(titled(case.officer),),
        motivation=motivation(case),
        advice=tuple(advice(case)),
        against_advice=decision.against_advice,
        follow_up=follow_up(decision),
        appeal=appeal(decision),
        sent_to=(f"Beredningsgruppen, {case.administration.name}",),
        secrecy=secrecy(case),
        question_sets=tuple(question_sets(case)),
        declarations=tuple(declarations(case, decision)),
        recorded=recorded(decision),
        basis=tuple(basis(case)),
        examined=tuple(examined(case)),
    )


def recorded(decision: Decision) -> tuple[Fact, ...]:
    """Where the board's own decision stands, and who noted it here and went on from it."""
    board = decision.board_decision
    if board is None:
        return ()
    noted_on = long_date(timezone.localdate(board.recorded_at))
    carried = long_date(timezone.localdate(decision.decided_at))
    return facts_of(
        ("Nämndens beslut", board.get_outcome_display()),
        ("Protokoll", board.reference),
        ("Antecknat av", f"{titled(board.recorded_by)}, {noted_on}"),
        ("Registrerat av", f"{titled(decision.decided_by)}, {carried}"),
    )


def decider(decision: Decision) -> Person:
    board = decision.board_decision
    if board is None:
        return titled(decision.decided_by)
    return Person(board.board, f"{long_date(board.decided_on)}, {board.paragraph}")


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
                line.who,
                f"{line.get_kind_display().capitalize()}: {line.what}",
                kronor(line.value) or hours(line.hours),
            )
            for line in case.terms.contributions.all()
        ),
        more=(Passage("Gemensam uppgift och gemensamt mål", case.task),),
    )


def advice(case: Collaboration):
    """What was asked and answered, of the group first; unanswered questions too."""
    for one in case.consultations.select_related("asked_by", "answered_by", "superseded_by"):
        yield advised(one, "Beredningsgruppen", one.get_advice_display(), *meeting_notes(one))
    for one in case.opinions.select_related("asked_by", "answered_by"):
        yield advised(one, one.get_function_display().capitalize(), one.conclusion_in_words)


def advised(asked: Consultation | Opinion, adviser: str, answer: str, *notes: str) -> Advice:
    lapsed = (f"Inget yttrande. {asked.lapsed_why}",) if asked.lapsed_at else ()
    return Advice(
        adviser=adviser,
        question=asked.question,
        asked_by=asked.asked_by.name,
        asked_on=timezone.localdate(asked.asked_at),
        answered_on=timezone.localdate(asked.answered_at) if asked.answered_at else None,
        answered_by=asked.answered_by.name if asked.answered_by else "",
        advice=answer,
        reasons=asked.reasons,
        notes=(*notes, *lapsed),
    )


def meeting_notes(one: Consultation):
    """Where the advice was given, who took part, and that a later one took its place."""
    if one.met_on:
        yield f"Gavs vid beredningsgruppens möte den {long_date(one.met_on)}."
    if one.present:
        yield f"Deltog: {one.present}."
    if hasattr(one, "superseded_by"):
        yield "Ersatt av ett senare råd."


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


def declarations(case: Collaboration, decision: Decision):
    """Who declared and what it led to; never what was written."""
    capacities = {
        decision.decided_by_id: "Beslutar",
        case.officer_id: "Handlägger",
    }
    for one in standing.declarations(case).values():
        ruling = getattr(one, "ruling", None)
        yield Declaration(
            person=titled(one.person),
            capacity=capacities.get(one.person_id, "Deltar"),
            declared_on=timezone.localdate(one.made_at),
            result=one.state_label.capitalize(),
            ruled_by=ruling.ruled_by.name if ruling else "",
            ruled_on=timezone.localdate(ruling.ruled_at) if ruling else None,
        )
