"""What people are told by mail, and each attempt to tell them."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Administration
from accounts.models.places import validate_mailbox
from notifications.plain_words import in_plain_words


class State(models.TextChoices):
    WAITING = "waiting", "Väntar på att skickas"
    SENDING = "sending", "Skickas"
    UNCLEAR = "unclear", "Oklart"
    SENT = "sent", "Skickat"
    REFUSED = "refused", "Avvisat"
    TOLD_OTHERWISE = "told_otherwise", "Meddelat på annat sätt"
    HELD = "held", "Väntar på dagens sammanställning"
    GATHERED = "gathered", "Ligger i en sammanställning som inte är skickad"


class Outcome(models.TextChoices):
    ACCEPTED = "accepted", "Mottaget av e-postservern"
    REFUSED = "refused", "Avvisat av e-postservern"
    LATER = "later", "E-postservern bad oss försöka senare"
    UNREACHED = "unreached", "E-postservern gick inte att nå"
    UNANSWERED = "unanswered", "Inget svar kom"


TOLD = (State.SENT, State.TOLD_OTHERWISE)
AN_HOUR = timedelta(hours=1)
UNTOLD = tuple(state for state in State if state not in TOLD)


class NoticeQuerySet(models.QuerySet):
    def about(self, *chains: str):
        """Of these records, named by their chains ("collaborations.collaboration:12")."""
        return self.filter(about__in=chains)

    def due(self, now):
        """To be sent now by the program itself, the longest waiting first."""
        return self.filter(next_try_at__lte=now).order_by("next_try_at", "pk")

    def told(self):
        """The mail server said yes, or a person noted that they told it otherwise."""
        return self.filter(state__in=TOLD)

    def untold(self):
        return self.filter(state__in=UNTOLD)

    def unclear(self):
        """An attempt never got its answer: the mail may have arrived, or not."""
        return self.filter(state=State.UNCLEAR)

    def delayed(self):
        """Tried in vain, and will be tried again."""
        return self.filter(state=State.WAITING, tries__gt=0)

    def stuck(self):
        """Will not be sent again unless a person says so: refused, or unclear twice."""
        return self.filter(
            Q(state=State.REFUSED) | Q(state=State.UNCLEAR, next_try_at__isnull=True)
        )

    def refused_for(self, person):
        """What the mail server refused and this person is to mend, the newest first."""
        return self.filter(state=State.REFUSED, responsible=person).order_by("-created_at", "-pk")

    def stuck_for(self, person):
        """As `refused_for`, and what became unclear for good."""
        return self.stuck().filter(responsible=person).order_by("-created_at", "-pk")

    def not_through_for(self, person, now):
        """As `stuck_for`, and what has been tried in vain for an hour and still is."""
        late = self.delayed().filter(created_at__lt=now - AN_HOUR)
        return (self.stuck() | late).filter(responsible=person).order_by("-created_at", "-pk")

    def in_digests(self):
        """What went, or goes, in somebody's digest."""
        return self.filter(digest__isnull=False)

    def held_for(self, person):
        """Waiting for the person's next digest, in the order they were written."""
        return self.filter(state=State.HELD, person=person).order_by("created_at", "pk")

    def with_attempts(self):
        """For a page that shows each attempt."""
        return self.prefetch_related("attempts")


class Notice(models.Model):
    """One thing to tell one mailbox or person. Written in the transaction that caused it.

    `key` says what it tells and to whom, so that it is written exactly once. `about` is the chain
    of the record that it concerns; this app does not know what that is.
    """

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField("slag", max_length=60)
    about = models.CharField("gäller", max_length=120, db_index=True)
    administration = models.ForeignKey(
        Administration, models.PROTECT, related_name="notices", verbose_name="förvaltning"
    )
    # Blank when somebody has no address: then it is written as refused, and shown.
    to_address = models.CharField("till", max_length=254, blank=True, validators=[validate_mailbox])
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="notices"
    )
    subject = models.CharField("ämne", max_length=200)
    body = models.TextField("text")
    attachment = models.ForeignKey(
        "documents.StoredDocument", models.PROTECT, null=True, blank=True, related_name="notices"
    )
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="notices_to_mind",
        verbose_name="ansvarig",
    )
    created_at = models.DateTimeField("skrivet", default=timezone.now)

    state = models.CharField("läge", max_length=20, choices=State.choices, default=State.WAITING)
    message_id = models.CharField(max_length=120, unique=True)
    tries = models.PositiveSmallIntegerField("försök", default=0)
    next_try_at = models.DateTimeField("nästa försök", null=True, blank=True)
    sent_at = models.DateTimeField("skickat", null=True, blank=True)
    server_words = models.TextField("vad e-postservern sade", blank=True)
    resent_at = models.DateTimeField("skickat igen", null=True, blank=True)
    resent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    digest = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="gathered",
        verbose_name="skickat i sammanställningen",
    )
    told_otherwise_how = models.TextField("hur det meddelades", blank=True)
    told_otherwise_on = models.DateField("när det meddelades", null=True, blank=True)
    told_otherwise_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = "meddelande"
        verbose_name_plural = "meddelanden"
        indexes = [
            models.Index(
                name="notice_due", fields=["next_try_at"], condition=Q(next_try_at__isnull=False)
            ),
            models.Index(name="notice_to_mind", fields=["responsible", "state"]),
            models.Index(name="notice_by_state", fields=["state", "administration"]),
            models.Index(name="notice_held", fields=["person"], condition=Q(state=State.HELD)),
        ]
        constraints = [
            models.CheckConstraint(name="notice_known_state", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="notice_sent_means_when",
                condition=Q(state=State.SENT, sent_at__isnull=False)
                | (~Q(state=State.SENT) & Q(sent_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="notice_waiting_means_until_when",
                condition=Q(state=State.WAITING, next_try_at__isnull=False)
                | Q(state=State.UNCLEAR)
                | (~Q(state__in=[State.WAITING, State.UNCLEAR]) & Q(next_try_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="notice_gathered_means_in_what",
                condition=Q(state=State.GATHERED, digest__isnull=False)
                | (~Q(state=State.GATHERED) & Q(digest__isnull=True))
                | Q(state__in=TOLD),
            ),
            models.CheckConstraint(
                name="notice_refused_means_why",
                condition=~Q(state=State.REFUSED) | ~Q(server_words=""),
            ),
            models.CheckConstraint(
                name="notice_told_otherwise_means_how_when_who",
                condition=(
                    Q(
                        state=State.TOLD_OTHERWISE,
                        told_otherwise_on__isnull=False,
                        told_otherwise_by__isnull=False,
                    )
                    & ~Q(told_otherwise_how="")
                )
                | (
                    ~Q(state=State.TOLD_OTHERWISE)
                    & Q(
                        told_otherwise_how="",
                        told_otherwise_on__isnull=True,
                        told_otherwise_by__isnull=True,
                    )
                ),
            ),
            models.CheckConstraint(
                name="notice_resent_means_when_who",
                condition=Q(resent_at__isnull=True, resent_by__isnull=True)
                | Q(resent_at__isnull=False, resent_by__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.subject} → {self.to_address}"

    @property
    def is_told(self) -> bool:
        return self.state in TOLD

    @property
    def plainly(self) -> str:
        """What the mail server said, in plain Swedish; empty when there is nothing to add."""
        return "" if self.is_told else in_plain_words(self.server_words)

    @property
    def is_stuck(self) -> bool:
        """Nothing more happens unless a person sends it again or tells it otherwise."""
        return self.state == State.REFUSED or (
            self.state == State.UNCLEAR and self.next_try_at is None
        )


class DeliveryAttemptQuerySet(models.QuerySet):
    def open_since_before(self, moment):
        """Begun before that and never settled: whoever made them has died, or hangs."""
        return self.filter(settled_at=None, started_at__lt=moment).order_by("pk")


class DeliveryAttempt(models.Model):
    """One attempt to hand one notice to the mail server, written before the server is spoken to."""

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    server_words = models.TextField(blank=True)

    objects = DeliveryAttemptQuerySet.as_manager()

    class Meta:
        ordering = ["notice", "number"]
        verbose_name = "leveransförsök"
        verbose_name_plural = "leveransförsök"
        constraints = [
            models.UniqueConstraint(fields=["notice", "number"], name="attempt_number_once"),
            models.UniqueConstraint(
                fields=["notice"], condition=Q(settled_at=None), name="attempt_one_at_a_time"
            ),
            models.CheckConstraint(
                name="attempt_settled_means_outcome",
                condition=Q(settled_at__isnull=True, outcome="")
                | (Q(settled_at__isnull=False) & Q(outcome__in=Outcome.values)),
            ),
        ]

    def __str__(self):
        return f"{self.notice_id} försök {self.number}: {self.get_outcome_display()}"
