"""How a case stands: what its question sets say, who has declared, what has been told.

Reads only. Rules and pages ask here, so that both see the same. What is asked several times for
one page is kept on the case object; a step gets a fresh, locked object and so fresh answers.
"""

from django.utils import timezone

from checklists.facts import Facts
from checklists.state import SetState, states
from collaborations.models import Collaboration, ConflictDeclaration, DecisionDocument, Form
from notifications.models import Notice

# The sets that every form of domain §1.7.2 needs and that stand in this version.
REQUIRED_SETS = ("grundkrav", "demokrati", "valfardsbrott")
NAMES = {
    "grundkrav": "Grundkrav",
    "demokrati": "Demokrativillkor",
    "valfardsbrott": "Varningstecken på välfärdsbrott",
}


def facts(case: Collaboration) -> Facts:
    """What the question sets need to know of the case to say what an answer leads to."""
    handed_over = case.terms.handed_over()
    return Facts(
        form=case.form,
        level=Form(case.form).level,
        minors=bool(case.involves_minors),
        personal_data_shared=bool(case.shares_personal_data),
        payout=any(contribution.kind == "money" for contribution in handed_over),
        resources=bool(handed_over),
        outcomes={},
        today=timezone.localdate(),
    )


def of(case: Collaboration) -> dict[str, SetState]:
    """The state of each required set, by its code. A set not begun has everything remaining."""
    kept = case.__dict__.get("_standing")
    if kept is None:
        begun = {e.code: e.assessment for e in case.examinations.select_related("assessment")}
        kept = case._standing = states(
            {code: begun.get(code) for code in REQUIRED_SETS},
            facts(case),
            rule_set=case.administration.rule_set,
        )
    return kept


def forget(case: Collaboration) -> None:
    """Ask anew next time: an answer has just been saved."""
    case.__dict__.pop("_standing", None)
    case.__dict__.pop("_declarations", None)


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
