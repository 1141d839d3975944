"""What was handed over to procurement, when it proved to be a purchase (G-59–G-61). Append-only."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from agreements.models.terms import LARGEST
from agreements.procurement import Way
from audit import clock
from collaborations.models.collaboration import Collaboration


class Referral(models.Model):
    """The case is no collaboration: inköp och upphandling goes on with what is known."""

    class Why(models.TextChoices):
        PURCHASE = "purchase", "Vi ska köpa en tjänst"
        PUBLIC_CONTRACT = "public_contract", "Prövningen visade ett offentligt kontrakt"

    collaboration = models.OneToOneField(
        Collaboration, models.PROTECT, related_name="referral", verbose_name="ärende"
    )
    why = models.CharField("varför", max_length=20, choices=Why)
    need = models.TextField("vad som ska köpas, och till vem")
    known = models.TextField("vad vi vet")
    value = models.PositiveBigIntegerField("beräknat värde i kronor", null=True, blank=True)
    special = models.BooleanField("social eller annan särskild tjänst", default=False)
    way = models.CharField("föreslaget sätt att köpa", max_length=20, choices=Way, blank=True)
    contact = models.CharField("vem hos inköp som har kontaktats", max_length=200)
    contacted_on = models.DateField("när")
    reference = models.CharField("nummer i Behovshubben", max_length=60, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="överlämnat av"
    )
    made_at = models.DateTimeField("överlämnat", default=clock.now)

    class Meta:
        verbose_name = "överlämning till inköp"
        verbose_name_plural = "överlämningar till inköp"
        constraints = [
            models.CheckConstraint(
                name="referral_says_what_and_to_whom",
                condition=~Q(need="") & ~Q(contact="") & Q(why__in=["purchase", "public_contract"]),
            ),
            models.CheckConstraint(
                name="referral_known_way",
                condition=Q(way="") | Q(way__in=Way.values),
            ),
            models.CheckConstraint(
                name="referral_value_is_sane",
                condition=Q(value=None) | Q(value__lte=LARGEST),
                violation_error_message="Beloppet är orimligt stort.",
            ),
        ]

    def __str__(self):
        return f"överlämning {clock.day_of(self.made_at)}"
