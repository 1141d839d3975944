"""A draft that somebody wrote elsewhere: the file, and the words that could be read in it."""

from django.conf import settings
from django.db import models

from agreements.models.terms import Terms
from audit import clock
from documents.models import StoredDocument


class UploadedDraft(models.Model):
    """Append-only. It is looked at for words of purchase law (S-19); it is never what is signed."""

    terms = models.ForeignKey(Terms, models.PROTECT, related_name="uploads")
    stored = models.OneToOneField(StoredDocument, models.PROTECT, related_name="uploaded_draft")
    text = models.TextField("det som kunde läsas", blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="uppladdat av"
    )
    uploaded_at = models.DateTimeField("uppladdat", default=clock.now)

    class Meta:
        ordering = ["-pk"]
        verbose_name = "uppladdat utkast"
        verbose_name_plural = "uppladdade utkast"

    def __str__(self):
        return self.stored.file_name
