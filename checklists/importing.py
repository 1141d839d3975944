"""Make a draft of a file that another administration, or one's own, has written."""

from django.db import transaction

from audit.record import record_in_register
from checklists.marked_yaml import Malformed
from checklists.models import Question, QuestionSet, Version
from checklists.reading import SetContent, read_bytes
from checklists.rights import COMMON, refuse_unless_editor
from checklists.versions import REGISTER, draft_next, told


def import_draft(content: bytes, file: str, *, rule_set: str, by) -> Version:
    """The file as a draft of the set with its code in that rule set; all of it or nothing.

    rule_set: which questions it becomes, whatever the file says. Raises NotAllowed, Malformed
    (line and reason), CannotPublish when there is a draft already.
    """
    refuse_unless_editor(by, rule_set)
    said = read_bytes(content, file)
    with transaction.atomic():
        question_set = set_for(said, rule_set, file)
        draft = draft_next(question_set, by=by, empty=True)
        draft.proposal, draft.change_note = said.proposal, said.change_note
        draft.save(update_fields=["proposal", "change_note"])
        Question.objects.bulk_create(Question(version=draft, **one) for one in said.questions)
        details = {**told(draft), "fingerprint": said.fingerprint}
        record_in_register(REGISTER, "version_imported", by=by, details=details)
    return draft


def set_for(said: SetContent, rule_set: str, file: str) -> QuestionSet:
    """The set that the file is a version of. Raises Malformed when the program asks none such."""
    common = QuestionSet.objects.filter(code=said.code, rule_set=COMMON).first()
    if common is None:
        raise Malformed(file, 1, f"det finns ingen uppsättning med koden {said.code}.")
    if common.about != said.about:
        raise Malformed(
            file,
            1,
            f"{said.code} besvaras om {common.get_about_display()} (about: {common.about}).",
        )
    own = {"name": said.name, "about": said.about}
    found, _ = QuestionSet.objects.get_or_create(code=said.code, rule_set=rule_set, defaults=own)
    return found
