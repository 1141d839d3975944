"""What was said when something does not work: assessments, talks, contacts, disputes."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from audit import clock
from collaborations.models.collaboration import Collaboration


class DialogueNote(models.Model):
    """When, with whom, what was said (G-82, G-84, I-25). Append-only."""

    class Kind(models.TextChoices):
        ASSESSMENT = "assessment", "Bedömning av en brist"
        DIALOGUE = "dialogue", "Samtal med dem som berörs"
        PROCUREMENT = "procurement", "Kontakt med inköp och upphandling"
        DIRECTOR = "director", "Information till högsta chefen"
        DISPUTE = "dispute", "Tvist"

    class How(models.TextChoices):
        MEETING = "meeting", "möte"
        PHONE = "phone", "telefon"
        MAIL = "mail", "e-post"
        LETTER = "letter", "brev"
        OTHER = "other", "annat sätt"

    collaboration = models.ForeignKey(
        Collaboration, models.PROTECT, related_name="dialogue_notes", verbose_name="ärende"
    )
    form_key = models.UUIDField(unique=True, editable=False)  # one note per form sent
    kind = models.CharField("slag", max_length=20, choices=Kind)
    held_on = models.DateField("när")
    who = models.CharField("med vem eller av vem", max_length=200)
    ours = models.CharField("vem av oss", max_length=200, blank=True)
    how = models.CharField("hur", max_length=10, choices=How, blank=True)
    text = models.TextField("vad som sades")
    reached = models.BooleanField("den kontaktade gick att nå", default=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["held_on", "pk"]
        verbose_name = "dialoganteckning"
        verbose_name_plural = "dialoganteckningar"
        constraints = [
            models.CheckConstraint(
                name="dialogue_note_says_who_and_what",
                condition=Q(
                    kind__in=["assessment", "dialogue", "procurement", "director", "dispute"]
                )
                & ~Q(who="")
                & ~Q(text=""),
            ),
            # That nobody could be reached counts when it is described (G-82, G-84).
            models.CheckConstraint(
                name="dialogue_note_describes_the_attempt",
                condition=Q(reached=True) | (~Q(how="") & ~Q(ours="")),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.held_on}"
