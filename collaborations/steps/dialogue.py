"""Anteckna: an assessment, a talk, a contact with procurement, a dispute (G-82, G-84, I-25)."""

from contextlib import suppress
from datetime import date
from uuid import UUID

from casework.moves import moving, refuse_if
from collaborations import notices
from collaborations.models import Collaboration, DialogueNote
from collaborations.rules import dialogue_was_held_meanwhile, fruitless_attempt_is_described
from collaborations.steps.agree import Unchanged
from collaborations.workflow import NOTE_DIALOGUE

TOLD_TO_THE_HEAD = frozenset({DialogueNote.Kind.DIRECTOR, DialogueNote.Kind.DISPUTE})


def note_dialogue(
    case: Collaboration,
    *,
    form_key: UUID,
    kind: str,
    held_on: date,
    who: str,
    text: str,
    how: str = "",
    ours: str = "",
    reached: bool = True,
    by,
) -> DialogueNote:
    """Keep what was said: with whom, by whom of us, when, how.

    A dispute, and what the head is to know, is mailed to the head (I-25). The same form sent twice
    gives one note. Raises NotAllowed.
    """
    details = {"kind": kind, "reached": reached}
    with suppress(Unchanged), moving(case, NOTE_DIALOGUE, by=by, details=details) as locked:
        if DialogueNote.objects.filter(form_key=form_key).exists():
            raise Unchanged
        note = DialogueNote(
            collaboration=locked,
            form_key=form_key,
            kind=kind,
            held_on=held_on,
            who=who.strip(),
            ours=ours.strip() or by.name,
            how=how,
            text=text.strip(),
            reached=reached,
            made_by=by,
        )
        refuse_if(
            dialogue_was_held_meanwhile.reasons(note) + fruitless_attempt_is_described.reasons(note)
        )
        note.save(force_insert=True)
        details["note"] = note.pk
        if kind in TOLD_TO_THE_HEAD:
            notices.head_is_told(note)
    return DialogueNote.objects.get(form_key=form_key)
