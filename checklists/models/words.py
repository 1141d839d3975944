"""The closed lists that questions, answers and findings are written in (domain part 4)."""

from django.db import models


class About(models.TextChoices):
    """What a set of questions is answered about."""

    ORGANISATION = "organisation", "organisationen"
    CASE = "case", "ärendet"
    PERSON = "person", "den som handlägger"


class Level(models.TextChoices):
    """G-40: a collaboration is informal or formal. Effects are given per level."""

    INFORMAL = "informal", "informell"
    FORMAL = "formal", "formell"


class Form(models.TextChoices):
    """The forms of domain §1.7.2, and the two that are no collaboration of ours."""

    INFORMAL = "informal", "Informell samverkan"
    OTHER_AGREEMENT = "other_agreement", "Annan skriftlig överenskommelse"
    IOP = "iop", "Idéburet offentligt partnerskap (IOP)"
    EXTERNAL_FUNDING = "external_funding", "Projekt med extern finansiering som vi söker"
    PARTNER_IN_PROJECT = "partner_in_project", "Partner i organisationens projekt"
    EMPLOYER = "employer", "Civilsamhället som arbetsgivare"
    PURCHASE = "purchase", "Köp av tjänst"
    ASSOCIATION_GRANT = "association_grant", "Föreningsbidrag"

    @property
    def level(self) -> Level:
        return Level.INFORMAL if self == Form.INFORMAL else Level.FORMAL


class AnswerType(models.TextChoices):
    YES_NO = "ja_nej", "ja eller nej"
    YES_NO_NA = "ja_nej_ej", "ja, nej eller ej tillämpligt"
    DATE = "datum", "datum"
    NUMBER = "tal", "tal"
    TEXT = "text", "text"
    CHOICE = "val", "ett av flera"
    CHOICES = "flerval", "ett eller flera"
    NOTE = "notering", "anteckning: kryss och datum"
    FETCHED = "hamtas", "hämtas från en annan prövning"
    # Two kinds of rows that nobody answers: what sub-questions stand under, and what a finding
    # is sorted under (domain 4.2, DV-A to DV-G). Both are text, so they are versioned with the set.
    HEADING = "delfragor", "delfrågor"
    CATEGORY = "kategori", "kategori för uppgifter"


YES, NO, NOT_APPLICABLE = "ja", "nej", "ej"
UNANSWERED_TYPES = frozenset({AnswerType.FETCHED, AnswerType.HEADING, AnswerType.CATEGORY})

# What can stand in Question.undesired instead of a list of answers.
YOUNGER_THAN_A_YEAR = "younger_than_a_year"
NOT_ACCEPTABLE = "not_acceptable"


class Effect(models.TextChoices):
    """What an undesired answer means for a decision to start. Never a decision itself."""

    BLOCKS = "B", "stoppar ett beslut att inleda"
    MOTIVATION = "M", "kräver att ansvarig chef motiverar skriftligt"
    INQUIRY = "U", "kräver utredning eller yttrande före beslut"
    NONE = "-", "påverkar inte beslutet"


class ResolutionKind(models.TextChoices):
    """How an undesired answer that does not block is dealt with."""

    MOTIVATION = "motivation", "ansvarig chefs motivering"
    INQUIRY = "inquiry", "utredning eller yttrande"


class Conduct(models.TextChoices):
    """Whose conduct a finding is about: the five circles of I-49."""

    ORGANISATION = "organisation", "organisationen"
    REPRESENTATIVE = "representative", "en företrädare"
    MEMBER = "member", "en medlem på uppdrag"
    GUEST = "guest", "en inbjuden gäst"
    PARTNER = "partner", "en samarbetspartner eller paraplyorganisation"


class Verdict(models.TextChoices):
    NOT_YET = "", "inte bedömd"
    AGAINST = "against", "talar mot"
    NOT_AGAINST = "not_against", "talar inte mot"
