"""What the board decided."""

from django import forms

from collaborations.forms.fields import VersionedForm, codes, day
from collaborations.models import BoardDecision, Collaboration, Outcome


class BoardDecisionForm(VersionedForm):
    outcome = codes("Vad beslutade nämnden?", Outcome.choices)
    board = forms.CharField(label="Nämnd", max_length=100)
    decided_on = day("Beslutsdag")
    paragraph = forms.CharField(label="Paragraf", max_length=20, help_text="Till exempel § 14.")
    reference = forms.CharField(
        label="Var finns protokollet?", max_length=200, help_text="Diarienummer eller adress."
    )

    def __init__(self, *args, case: Collaboration, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.initial.setdefault("version", case.version)
            self.initial.setdefault("board", last_board(case))


def last_board(case: Collaboration) -> str:
    """The board named last in the administration: it is most often the same."""
    earlier = BoardDecision.objects.filter(collaboration__administration=case.administration_id)
    return earlier.order_by("-pk").values_list("board", flat=True).first() or ""
