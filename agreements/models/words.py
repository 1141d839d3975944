"""The codes of an agreement and what they are called."""

from django.db import models


class AgreementKind(models.TextChoices):
    MAIN = "main", "Överenskommelse"
    AMENDMENT = "amendment", "Tilläggsöverenskommelse"


class Template(models.TextChoices):
    """Which sections an agreement is made of; see agreements/sections.py."""

    FORMAL = "formal", "Överenskommelse om samverkan"
    PRINCIPLES = "principles", "Överenskommelse om principer"
    PARTNERSHIP = "partnership", "Överenskommelse om idéburet offentligt partnerskap"
