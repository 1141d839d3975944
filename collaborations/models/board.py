"""What the board (nämnden) has decided, as it was recorded in the case. Append-only."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from audit import clock
from collaborations.models.choices import Form, Outcome
from collaborations.models.collaboration import Collaboration


class BoardDecision(models.Model):
    """The board's decision in a case (G-74, I-07, I-19). Recorded wrongly: record it anew.

    `form` and `amount` say what was decided on: a case that has become something else since then
    has no decision.
    """

    collaboration = models.ForeignKey(
        Collaboration, models.PROTECT, related_name="board_decisions", verbose_name="ärende"
    )
    board = models.CharField("nämnd", max_length=100)
    decided_on = models.DateField("beslutsdag")
    paragraph = models.CharField("paragraf", max_length=20)
    outcome = models.CharField("beslut", max_length=20, choices=Outcome)
    reference = models.CharField("var protokollet finns", max_length=200)
    form = models.CharField("samverkansform", max_length=30, choices=Form)
    amount = models.PositiveBigIntegerField("det vi lämnar, i kronor")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="antecknat av"
    )
    recorded_at = models.DateTimeField("antecknat", default=clock.now)

    class Meta:
        ordering = ["pk"]
        verbose_name = "nämndens beslut"
        verbose_name_plural = "nämndens beslut"
        constraints = [
            models.CheckConstraint(
                name="board_decision_says_which",
                condition=~Q(board="") & ~Q(paragraph="") & ~Q(reference=""),
            ),
            models.CheckConstraint(
                name="board_decision_known_codes",
                condition=Q(outcome__in=Outcome.values, form__in=Form.values),
            ),
        ]

    def __str__(self):
        return f"{self.board} {self.decided_on} {self.paragraph}"
