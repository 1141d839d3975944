"""What a case asks of those who merge two organisations (organisations/merge.py)."""

from casework.rules import Reason
from collaborations.models import Collaboration, Step


def documents_are_being_made(*organisations) -> list[Reason]:
    """A decision's document names the organisation as decided, so it is made before the merge."""
    waiting = Collaboration.objects.at(Step.DECIDED).filter(organisations__in=organisations)
    if not waiting.exists():
        return []
    sentence = "Ett beslutsdokument håller på att göras. Vänta någon minut och försök igen."
    return [Reason(sentence)]
