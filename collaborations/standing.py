"""How a case stands: what its question sets say, who has declared, what has been told.

Reads only. Rules and pages ask here, so that both see the same. What is asked several times for
one page is kept on the case object; a step gets a fresh, locked object and so fresh answers.
"""

from dataclasses import dataclass, replace

from django.utils import timezone

from accounts.permissions import superiors_of
from agreements.models.terms import worth
from audit import clock
from checklists.facts import Facts
from checklists.legal import Opinion as Conclusion
from checklists.models import Assessment, Measure, RuleSet, Verdict, Version
from checklists.outcomes import MeasureState, Outcome, democracy
from checklists.summary import (
    TESTS,
    Line,
    Summary,
    deciding_answers,
    finding_states,
    measure_state,
    states,
)
from checklists.versions import all_in_force
from collaborations import known
from collaborations.models import (
    Collaboration,
    ConflictDeclaration,
    DecisionDocument,
    Form,
    Reexamination,
    Step,
)
from collaborations.models.opinion import SETTLED_BY
from collaborations.scope import required_sets
from notifications.models import Notice


@dataclass(frozen=True)
class NotBegun:
    """A set of a case that is not motivated yet: everything remains."""

    set_code: str
    name: str
    outcome: Outcome = Outcome.UNFINISHED
    remaining: tuple[Line, ...] = (Line("", "Alla frågor"),)
    blocking: tuple[Line, ...] = ()
    to_motivate: tuple[Line, ...] = ()
    to_inquire: tuple[Line, ...] = ()
    answered: int = 0
    total: int = 0


def facts(case: Collaboration) -> Facts:
    """What the question sets need to know of the case to say what an answer leads to."""
    allowed, known = beyond(case)
    return replace(
        plain_facts(case),
        measures_allowed=allowed,
        known_against=known,
        opinions=opinions(case),
    )


def plain_facts(case: Collaboration) -> Facts:
    """The same without what only the examinations of the case ask: enough for a declaration."""
    handed_over = case.terms.handed_over()
    return Facts(
        form=case.form,
        level=Form(case.form).level,
        today=clock.today(),
        minors=bool(case.involves_minors),
        personal_data_shared=bool(case.shares_personal_data),
        payout=any(contribution.kind == "money" for contribution in handed_over),
        resources=worth(handed_over) or len(handed_over),
    )


def beyond(case: Collaboration) -> tuple[bool, bool]:
    """What the democracy check must know that does not stand in the case: whether the rule set
    has measures for the form (I-53), and whether something is known against the organisation."""
    kept = case.__dict__.get("_beyond")
    if kept is None:
        check = assessments(case).get("demokrati")
        rules = RuleSet.objects.named(case.administration.rule_set)
        kept = case._beyond = (
            rules.allows_measures(case.form),
            known.is_against(case, check.locked_at if check else None),
        )
    return kept


def measures(case: Collaboration) -> list[tuple[Measure, MeasureState]]:
    """The measures in force of the case's democracy check, with where each stands today."""
    check = assessments(case).get("demokrati")
    return measures_of(check) if check else []


def measures_of(check: Assessment) -> list[tuple[Measure, MeasureState]]:
    """The same of any assessment, such as that of a new examination."""
    today = timezone.localdate(check.locked_at) if check.locked_at else clock.today()
    return [(one, measure_state(one, today)) for one in check.measures.all() if one.is_current]


def is_needed(measure: Measure) -> bool:
    """Does any finding that it concerns still speak against the organisation?"""
    return any(finding.verdict == Verdict.AGAINST for finding in measure.findings.all())


def opinions(case: Collaboration) -> dict[str, str]:
    """Test → what the latest opinion on it came to, as long as the answers are the same.

    One that could not say does not count against one that could. One query, where there is a test.
    """
    begun = {code: one for code, one in assessments(case).items() if code in TESTS}
    if not begun:
        return {}
    given = case.opinions.answered().filter(test__in=begun).order_by("answered_at", "pk")
    counting = [
        one
        for one in given
        if one.function in SETTLED_BY[one.test] and one.basis == deciding_answers(begun[one.test])
    ]
    counting.sort(key=lambda one: one.conclusion != Conclusion.OPEN)
    return {one.test: one.conclusion for one in counting}


def assessments(case: Collaboration) -> dict[str, Assessment]:
    """The case's assessments with their answers, by set, in the order they are asked."""
    kept = case.__dict__.get("_assessments")
    if kept is None:
        rows = Assessment.objects.with_answers().filter(examination__collaboration=case.pk)
        found = {row.set_code: row for row in rows}
        kept = case._assessments = {c: found[c] for c in required_sets(case) if c in found}
    return kept


def of(case: Collaboration) -> dict[str, Summary | NotBegun]:
    """The state of each required set, by its code."""
    kept = case.__dict__.get("_standing")
    if kept is None:
        begun = states(assessments(case).values(), facts(case))
        kept = case._standing = {
            code: begun.get(code) or NotBegun(code, name)
            for code, name in required_sets(case).items()
        }
    return kept


def check_of(matter: Reexamination) -> Assessment:
    """The assessment of a new examination, with its findings and measures. Kept on the matter."""
    found = Assessment.objects.with_answers().get(pk=matter.assessment_id)
    matter.assessment = found
    return found


def outcome_of(matter: Reexamination, check: Assessment) -> Outcome:
    """What a new examination comes to today.

    That the organisation attests, and what we have read, was settled by the decision that runs;
    here only what is new is weighed.
    """
    if not matter.is_open:
        return Outcome(matter.outcome)
    rules, form = RuleSet.objects.named(matter.administration.rule_set), matter.case.form
    facts = Facts(
        form, Form(form).level, clock.today(), measures_allowed=rules.allows_measures(form)
    )
    found = finding_states(check, facts)
    return democracy(
        attested=True, values_read=True, sources_seen=True, contrary=True, findings=found
    )


def newer_versions(case: Collaboration) -> dict[str, Version]:
    """Set code → the version in force today, of the sets where the case follows another one.

    Empty from the decision on: a decided case never moves (product.md §5). One query.
    """
    kept = case.__dict__.get("_newer")
    if kept is None:
        begun = assessments(case) if case.step in (Step.MOTIVATED, Step.CHECKED) else {}
        in_force = all_in_force(case.administration.rule_set, clock.today()) if begun else {}
        kept = case._newer = {
            code: in_force[code]
            for code, assessment in begun.items()
            if code in in_force and in_force[code].pk != assessment.version_id
        }
    return kept


def facts_with_outcomes(case: Collaboration) -> Facts:
    """As `facts`, with what each set has come to: what a fetched question shows."""
    return facts(case).with_outcomes(
        {code: one.outcome for code, one in of(case).items() if isinstance(one, Summary)}
    )


KEPT = (
    "_standing",
    "_assessments",
    "_declarations",
    "_beyond",
    "_newer",
    "_delegation",
    "_board_decisions",
    "_check_scope",
)


def forget(case: Collaboration) -> None:
    """Ask anew next time: something has just been saved."""
    for kept in KEPT:
        case.__dict__.pop(kept, None)


def declarations(case: Collaboration) -> dict[int, ConflictDeclaration]:
    """Each person's latest declaration in the case, with its ruling, by the person's id."""
    kept = case.__dict__.get("_declarations")
    if kept is None:
        rows = case.declarations.select_related("ruling", "person").order_by("pk")
        kept = case._declarations = {declaration.person_id: declaration for declaration in rows}
    return kept


def declaration_of(case, person) -> ConflictDeclaration | None:
    return declarations(case).get(person.pk)


def is_free(case, person) -> bool:
    """No open and no confirmed conflict. Someone who has not declared counts as free here."""
    declaration = declaration_of(case, person)
    return declaration is None or declaration.is_free


def remember_declarations(cases) -> None:
    """Ask once for the declarations in many cases, for a page that shows them together."""
    kept = {case.pk: {} for case in cases}
    rows = ConflictDeclaration.objects.filter(collaboration__in=kept)
    for declaration in rows.select_related("ruling", "person").order_by("pk"):
        kept[declaration.collaboration_id][declaration.person_id] = declaration
    for case in cases:
        case._declarations = kept[case.pk]


def falls_to(declaration, person, among=None) -> bool:
    """Is it this person who rules on the declaration (G-38)? Never on one's own.

    The responsible manager does, or the manager's superior when it is about the manager, or the
    manager is out. among: as in `superiors_of`.
    """
    case, manager = declaration.collaboration, declaration.collaboration.responsible_manager
    if person.pk == declaration.person_id:
        return False
    if declaration.person_id == manager.pk or not is_free(case, manager):
        return person in superiors_of(manager, case.unit, among)
    return person.pk == manager.pk


def notice_key(case, what: str) -> str:
    """The key under which the mailbox is told of it once: initiative, decision, end."""
    return f"{case.chain}:{what}"


def is_told(case, what: str) -> bool:
    return Notice.objects.told().filter(key=notice_key(case, what)).exists()


def initiative_is_told(case) -> bool:
    return is_told(case, "initiative")


def decision_is_told(case) -> bool:
    return is_told(case, "decision")


def end_is_told(case) -> bool:
    return is_told(case, "end")


def document_is_made(case) -> bool:
    return DecisionDocument.objects.filter(
        decision__collaboration=case, decision__kind__in=["start", "refrain"]
    ).exists()
