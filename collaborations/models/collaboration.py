"""The case (ärende) and the collaboration: one record."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from accounts.models import Administration, Area, TargetGroup, Unit, YearlyAssignment
from accounts.permissions import Permission, within
from agreements.models import Terms
from audit import clock
from audit.models import Chained
from casework.swedish import sort_key
from collaborations.models.choices import (
    RUNNING,
    Form,
    InformalKind,
    InitiatedBy,
    NeedType,
    Outcome,
    Step,
)
from iop.models import Partnership
from organisations.models import Organisation

PERSON = settings.AUTH_USER_MODEL
MOST_WORDS = 8  # of a search; each costs a look through two keys


def search_key(*texts: str) -> str:
    """What is searched, in small letters, since no two databases fold Å alike."""
    return " ".join(text.casefold() for text in texts if text)


def wholly_visible(person) -> Q:
    return (
        within(person, Permission.COLLABORATION_SEE)
        | Q(responsible_manager=person.pk)
        | Q(officer=person.pk)
    )


def wholly_visible_through(person, case: str) -> Q:
    """The same, asked of what belongs to a case; case: the name of its key to the case."""
    return (
        within(person, Permission.COLLABORATION_SEE, f"{case}__unit")
        | Q(**{f"{case}__responsible_manager": person.pk})
        | Q(**{f"{case}__officer": person.pk})
    )


class CollaborationQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Cases that are wholly visible, and what runs where the person works.

        A case with a secrecy mark is never shown to those who only read what runs.
        """
        return self.filter(
            wholly_visible(person)
            | (
                within(person, Permission.COLLABORATION_SEE_RUNNING)
                & Q(step__in=RUNNING, secrecy_provision="")
            )
        )

    def wholly_visible_to(self, person):
        """Cases in the person's units and those they are part of, with checks, jäv and log."""
        return self.filter(wholly_visible(person))

    def at(self, *steps):
        return self.filter(step__in=steps)

    def open(self):
        """Not yet at the end of the road."""
        return self.exclude(step__in=[Step.CLOSED, Step.WITHDRAWN, Step.REFERRED]).exclude(
            step=Step.TOLD, outcome=Outcome.REFRAIN
        )

    def being_prepared(self):
        return self.at(Step.REGISTERED, Step.MOTIVATED, Step.CHECKED)

    def running(self):
        return self.at(Step.ONGOING)

    def under_way(self):
        """Prepared, decided to start, or running: what a new initiative may overlap with (G-14)."""
        gone = (Step.ENDED, Step.CLOSED, Step.WITHDRAWN, Step.REFERRED)
        return self.at(*(step for step in Step if step not in gone)).exclude(
            outcome=Outcome.REFRAIN
        )

    def with_late_follow_up(self, on=None):
        """Running or ended, and a follow-up was due before that day (today in Stockholm)."""
        return self.at(Step.ONGOING, Step.ENDED).filter(next_follow_up_on__lt=on or clock.today())

    def awaiting_decision_of(self, person):
        return self.at(Step.CHECKED).filter(responsible_manager=person)

    def of(self, person):
        """Those the person answers for."""
        return self.filter(Q(responsible_manager=person.pk) | Q(officer=person.pk))

    def owed_by_the_program(self):
        """Decided but without its document, or documented but not yet told (the sweep's work)."""
        return self.at(Step.DECIDED, Step.DOCUMENTED)

    def searched(self, text: str):
        """Those whose title, numbers or organisations hold every word, whatever the case."""
        found, parties = self, self.model.organisations.through.objects
        for word in text.casefold().split()[:MOST_WORDS]:
            of_party = parties.filter(organisation__search_key__contains=word)
            found = found.filter(
                Q(search_key__contains=word) | Q(pk__in=of_party.values("collaboration"))
            )
        return found

    def with_follow_up_day(self):
        """Adds `follow_up_day`, which can be sorted by: far away where nothing is planned."""
        return self.annotate(follow_up_day=Coalesce("next_follow_up_on", date.max))

    def with_follow_up_in(self, month):
        """Running or ended, and the next follow-up falls in that month, not before today."""
        return self.at(Step.ONGOING, Step.ENDED).filter(
            next_follow_up_on__gte=max(month.first, clock.today()),
            next_follow_up_on__lt=month.following.first,
        )

    def following(self, version):
        """Those where the version is answered: in the check, or in a declaration of conflict."""
        return self.filter(
            Q(pk__in=version.assessments.values("examination__collaboration"))
            | Q(pk__in=version.assessments.values("declaration__collaboration"))
        )

    def for_list(self):
        return self.select_related(
            "unit", "administration", "responsible_manager"
        ).prefetch_related("organisations")


class Collaboration(Chained):
    # --- what it is
    number = models.CharField("ärendenummer", max_length=30, unique=True, editable=False)
    form_key = models.UUIDField(unique=True, editable=False)  # one registration per form sent
    version = models.PositiveIntegerField(default=1, editable=False)
    step = models.CharField(
        "läge", max_length=20, choices=Step.choices, default=Step.REGISTERED, editable=False
    )
    title = models.CharField("rubrik", max_length=160)
    sort_key = models.CharField(max_length=200, editable=False)
    search_key = models.CharField(max_length=300, editable=False)
    administration = models.ForeignKey(
        Administration, models.PROTECT, related_name="collaborations", verbose_name="förvaltning"
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="collaborations", verbose_name="enhet"
    )
    organisations = models.ManyToManyField(
        Organisation, related_name="collaborations", verbose_name="organisationer"
    )
    responsible_manager = models.ForeignKey(
        PERSON, models.PROTECT, related_name="managed", verbose_name="ansvarig chef"
    )
    officer = models.ForeignKey(
        PERSON, models.PROTECT, related_name="prepared", verbose_name="handläggare"
    )
    registry_number = models.CharField("diarienummer", max_length=40, blank=True)
    terms = models.OneToOneField(Terms, models.PROTECT, related_name="collaboration")
    partnership = models.OneToOneField(
        Partnership, models.PROTECT, null=True, editable=False, related_name="collaboration"
    )

    # --- the initiative (G-11) and whether it is samverkan at all (G-39)
    initiated_by = models.CharField("initiativet kom från", max_length=20, choices=InitiatedBy)
    initiative_on = models.DateField("initiativet kom den")
    task = models.TextField("gemensam uppgift och gemensamt mål")

    # --- the motivation
    form = models.CharField("samverkansform", max_length=30, choices=Form, default=Form.INFORMAL)
    informal_kind = models.CharField("slag", max_length=20, choices=InformalKind, blank=True)
    within_competence = models.BooleanField("inom den kommunala kompetensen", null=True)
    within_competence_why = models.TextField("på vilket sätt", blank=True)
    within_area = models.BooleanField("inom förvaltningens ansvar", null=True)
    within_area_why = models.TextField("på vilket sätt", blank=True)
    for_target_group = models.BooleanField("riktad till en av våra målgrupper", null=True)
    for_target_group_why = models.TextField("på vilket sätt", blank=True)
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, verbose_name="verksamhetsområde"
    )
    target_groups = models.ManyToManyField(TargetGroup, blank=True, verbose_name="målgrupper")
    need_type = models.CharField("slag av behov", max_length=20, choices=NeedType, blank=True)
    need = models.TextField("behovet", blank=True)
    assignments = models.ManyToManyField(
        YearlyAssignment, blank=True, verbose_name="uppdrag i årets budget"
    )
    target_group_heard = models.TextField("hur målgruppen får komma till tals", blank=True)
    equal_chance = models.BooleanField("har fler fått samma möjlighet", null=True)
    equal_chance_why = models.TextField("hur öppet det har varit", blank=True)
    involves_minors = models.BooleanField("berörs barn", null=True)
    shares_personal_data = models.BooleanField("delas personuppgifter", null=True)

    # --- what became of it
    outcome = models.CharField("utfall", max_length=20, choices=Outcome, blank=True, editable=False)
    registered_at = models.DateTimeField(default=clock.now, editable=False)
    decided_on = models.DateField(null=True, editable=False)
    started_on = models.DateField(null=True, editable=False)
    ended_on = models.DateField(null=True, editable=False)
    next_follow_up_on = models.DateField(null=True, editable=False)
    kept_until = models.DateField("sparas till och med", null=True, editable=False)

    # --- secrecy mark (domain 2.9): provision, by whom, when
    secrecy_provision = models.CharField("bestämmelse", max_length=80, blank=True)
    secrecy_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    secrecy_at = models.DateTimeField(null=True)

    objects = CollaborationQuerySet.as_manager()

    class Meta:
        ordering = ["-registered_at", "-pk"]
        verbose_name = "ärende"
        verbose_name_plural = "ärenden"
        indexes = [
            models.Index(fields=["unit", "step", "outcome"], name="collaboration_unit_step"),
            models.Index(fields=["-registered_at", "-id"], name="collaboration_newest"),
            models.Index(fields=["sort_key", "id"], name="collaboration_by_title"),
            models.Index(fields=["step", "next_follow_up_on"], name="collaboration_follow_up"),
        ]
        constraints = [
            models.CheckConstraint(name="case_known_step", condition=Q(step__in=Step.values)),
            models.CheckConstraint(
                name="case_decided_means_outcome_and_day",
                condition=(
                    Q(step__in=["registered", "motivated", "checked", "withdrawn", "referred"])
                    & Q(outcome="", decided_on=None)
                )
                | (
                    Q(step__in=["decided", "documented", "told"])
                    & Q(outcome__in=["start", "refrain"], decided_on__isnull=False)
                )
                | (
                    Q(step__in=["ongoing", "ended", "closed"])
                    & Q(outcome="start", decided_on__isnull=False)
                    # A formal one may end without its signatures, and so without a start.
                    & (
                        Q(started_on__isnull=False)
                        | (Q(step__in=["ended", "closed"]) & ~Q(form="informal"))
                    )
                ),
            ),
            models.CheckConstraint(
                name="case_ended_means_day",
                condition=(Q(step__in=["ended", "closed"]) & Q(ended_on__isnull=False))
                | (~Q(step__in=["ended", "closed"]) & Q(ended_on=None)),
            ),
            models.CheckConstraint(
                name="case_ended_after_it_began",
                condition=Q(ended_on=None) | Q(started_on=None) | Q(ended_on__gte=F("started_on")),
            ),
            models.CheckConstraint(
                name="case_secrecy_whole",
                condition=Q(secrecy_provision="", secrecy_by=None, secrecy_at=None)
                | (
                    ~Q(secrecy_provision="") & Q(secrecy_by__isnull=False, secrecy_at__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="case_is_no_association_grant", condition=~Q(form="association_grant")
            ),
            models.CheckConstraint(name="case_has_a_title", condition=~Q(title="")),
        ]

    def __str__(self):
        return f"{self.number} {self.title}"

    def save(self, *args, update_fields=None, **kwargs):
        """Keep the two keys true to the title and numbers they are made of."""
        self.sort_key = sort_key(self.title)
        self.search_key = search_key(self.number, self.registry_number, self.title)
        if update_fields is not None:
            update_fields = {*update_fields, "sort_key", "search_key"}
        super().save(*args, update_fields=update_fields, **kwargs)

    def get_absolute_url(self):
        return reverse("collaborations:case", args=[self.pk])

    @property
    def check_scope(self) -> list[str]:
        """Codes of the sets that were chosen for this very case (G-67); none before that."""
        kept = self.__dict__.get("_check_scope")
        if kept is None:
            latest = self.check_scopes.order_by("-pk").first()
            kept = self._check_scope = list(latest.sets) if latest else []
        return kept

    @property
    def is_secret(self) -> bool:
        return bool(self.secrecy_provision)

    @property
    def is_refrained(self) -> bool:
        return self.outcome == Outcome.REFRAIN

    @property
    def next_follow_up_is_late(self) -> bool:
        due, waits = self.next_follow_up_on, self.step in (Step.ONGOING, Step.ENDED)
        return waits and due is not None and due < clock.today()

    def organisation_names(self) -> str:
        return ", ".join(organisation.name for organisation in self.organisations.all())
