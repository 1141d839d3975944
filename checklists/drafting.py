"""Begin a draft: of a set, or of an administration's own set instead of the common one."""

from django.db import transaction

from audit.record import record_in_register
from checklists.models import QuestionSet, Version
from checklists.rights import refuse_unless_editor
from checklists.versions import REGISTER, CannotPublish, draft_next


def begin_draft(question_set: QuestionSet, *, like: Version | None, by) -> Version:
    """Draft the next version: a copy of `like`, or an empty page for None.

    Raises NotAllowed, CannotPublish when there is a draft already.
    """
    refuse_unless_editor(by, question_set.rule_set)
    return draft_next(question_set, by=by, like=like, empty=like is None)


@transaction.atomic
def begin_own_set(common: QuestionSet, rule_set: str, *, empty: bool, by) -> Version:
    """Draft the first version of an administration's own questions.

    They begin as a copy of the common ones in force or to come, or on an empty page. Raises
    NotAllowed, CannotPublish when the rule set has that set already.
    """
    refuse_unless_editor(by, rule_set)
    own = {"name": f"{common.name}"[:120], "about": common.about}
    made, new = QuestionSet.objects.get_or_create(code=common.code, rule_set=rule_set, defaults=own)
    if not new and made.versions.exists():
        raise CannotPublish(f"Regeluppsättningen {rule_set} har redan egna frågor här.")
    if new:
        details = {"set": made.code, "rule_set": rule_set}
        record_in_register(REGISTER, "own_set_begun", by=by, details=details)
    like = common.versions.published().order_by("-number").first()
    return draft_next(made, by=by, like=like, empty=empty)
