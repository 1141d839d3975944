"""The codes of a collaboration and what they are called."""

from django.db import models

from checklists.models.words import Form as Form  # questions weigh by form, so it lies there


class Step(models.TextChoices):
    REGISTERED = "registered", "Registrerad"
    MOTIVATED = "motivated", "Motiverad"
    CHECKED = "checked", "Kontrollerad"
    DECIDED = "decided", "Beslutad"
    DOCUMENTED = "documented", "Dokumenterad"
    TOLD = "told", "Meddelad"
    ONGOING = "ongoing", "Pågående"
    ENDED = "ended", "Avslutad"
    CLOSED = "closed", "Slutföljd"
    WITHDRAWN = "withdrawn", "Återtagen"
    REFERRED = "referred", "Överlämnad till inköp"


# Until the decision everything may be corrected.
OPEN_TO_CORRECTION = frozenset({Step.REGISTERED, Step.MOTIVATED, Step.CHECKED})
UNDECIDED_ENDS = (Step.WITHDRAWN, Step.REFERRED)
RUNNING = frozenset({Step.ONGOING, Step.ENDED, Step.CLOSED})


class InitiatedBy(models.TextChoices):
    ORGANISATION = "organisation", "organisationen"
    OURSELVES = "ourselves", "vår egen verksamhet"
    OTHER = "other", "någon annan"


class InformalKind(models.TextChoices):
    """G-42."""

    FAIR = "fair", "aktivitetsmässa"
    CONSULTATION = "consultation", "samråd som organisationen bjuds in till"
    LOCAL = "local", "lokal samverkan"
    OTHER = "other", "annat"


class NeedType(models.TextChoices):
    """G-19."""

    NEW_GROUP = "new_group", "en ny målgrupp"
    NEW_WAY = "new_way", "ett nytt sätt att möta målgruppen"
    NEW_NEED = "new_need", "ett nytt eller förändrat behov"
    OTHER = "other", "annat"


class Outcome(models.TextChoices):
    START = "start", "Inleda samverkan"
    REFRAIN = "refrain", "Avstå från samverkan"


class DecisionKind(models.TextChoices):
    """Domain 0.16: four decisions. A later one supersedes an earlier."""

    START = "start", "inleda samverkan"
    REFRAIN = "refrain", "avstå från samverkan"
    BREAK_OFF = "break_off", "avbryta samverkan"
    END = "end", "avsluta samverkan"


class Appealable(models.TextChoices):
    YES = "yes", "ja, genom laglighetsprövning"
    NO = "no", "nej"
    UNCLEAR = "unclear", "oklart"


class Advice(models.TextChoices):
    SUITABLE = "suitable", "lämplig"
    CONDITIONAL = "conditional", "lämplig på villkor"
    UNSUITABLE = "unsuitable", "olämplig"
    OTHER = "other", "annat"


class Ruling(models.TextChoices):
    CONFLICT = "conflict", "jäv"
    NO_CONFLICT = "no_conflict", "inte jäv"
    INSIGNIFICANT = "insignificant", "uppenbart utan betydelse"


class Effect(models.TextChoices):
    YES = "yes", "ja"
    PARTLY = "partly", "delvis"
    NO = "no", "nej"
    UNKNOWN = "unknown", "går inte att säga än"


class Conclusion(models.TextChoices):
    CONTINUE = "continue", "fortsätt som nu"
    CHANGE = "change", "ändra"
    END = "end", "avsluta"
