"""The fixed system roles and what each may do (domain table 1.7.1).

Written to be read by an administrator: the page *Roller och rättigheter* prints it as it stands.
What a role is *called* differs between administrations (`Administration.labels`).
"""

from dataclasses import dataclass
from enum import StrEnum

from django.db import models


class Permission(StrEnum):
    """What can be asked of a person and a thing. Code never asks for a role."""

    COLLABORATION_SEE = "collaboration_see"
    COLLABORATION_SEE_RUNNING = "collaboration_see_running"
    COLLABORATION_REGISTER = "collaboration_register"
    COLLABORATION_PREPARE = "collaboration_prepare"
    COLLABORATION_DECIDE = "collaboration_decide"
    COLLABORATION_FOLLOW_UP = "collaboration_follow_up"
    COLLABORATION_TAKE_PART = "collaboration_take_part"
    SHORTCOMING_RECEIVE = "shortcoming_receive"
    COLLABORATION_BOARD = "collaboration_board"
    COLLABORATION_HAND_OVER = "collaboration_hand_over"
    COLLABORATION_ADVISE = "collaboration_advise"
    COLLABORATION_NUMBER = "collaboration_number"
    COLLABORATION_SECRECY = "collaboration_secrecy"
    AGREEMENT_SIGN_PARTNERSHIP = "agreement_sign_partnership"
    REFERRAL_RECEIVE = "referral_receive"
    OPINION_GIVE = "opinion_give"
    CONFLICT_DECLARE = "conflict_declare"
    CONFLICT_RULE = "conflict_rule"
    GROUP_SEE = "group_see"
    GROUP_EDIT = "group_edit"
    OBLIGATION_WAIVE = "obligation_waive"
    NOTICE_RESEND = "notice_resend"
    MAIL_FOLDER_SEE = "mail_folder_see"
    ORGANISATION_SEE = "organisation_see"
    ORGANISATION_EDIT = "organisation_edit"
    ORGANISATION_MERGE = "organisation_merge"
    ORGANISATION_IMPORT = "organisation_import"
    QUESTIONS_EDIT = "questions_edit"
    REFERENCE_DATA_EDIT = "reference_data_edit"
    # No role holds this: it is what the program itself does (make the document, tell the mailbox).
    SYSTEM = "system"

    @property
    def label(self) -> str:
        return PERMISSION_LABELS[self]


PERMISSION_LABELS = {
    Permission.COLLABORATION_SEE: "se ärenden",
    Permission.COLLABORATION_SEE_RUNNING: "läsa pågående och avslutade samverkan",
    Permission.COLLABORATION_REGISTER: "registrera initiativ",
    Permission.COLLABORATION_PREPARE: "motivera, kontrollera och skicka tillbaka",
    Permission.COLLABORATION_DECIDE: "besluta att inleda, avstå och avsluta",
    Permission.COLLABORATION_FOLLOW_UP: "följa upp",
    Permission.COLLABORATION_TAKE_PART: "anmäla brister och avsluta egna åtgärder",
    Permission.SHORTCOMING_RECEIVE: "ta emot anmälda brister",
    Permission.COLLABORATION_BOARD: "anteckna nämndens beslut",
    Permission.COLLABORATION_HAND_OVER: "lämna över ett ärende till annan chef eller handläggare",
    Permission.COLLABORATION_ADVISE: "ge beredningsgruppens råd",
    Permission.COLLABORATION_NUMBER: "sätta diarienummer",
    Permission.COLLABORATION_SECRECY: "sätta och ta bort sekretessmarkering",
    Permission.AGREEMENT_SIGN_PARTNERSHIP: "underteckna ett partnerskap för nämndens räkning",
    Permission.REFERRAL_RECEIVE: "ta emot ärenden som är köp och inte samverkan",
    Permission.OPINION_GIVE: "lämna yttranden",
    Permission.CONFLICT_DECLARE: "lämna jävsförklaring",
    Permission.CONFLICT_RULE: "avgöra jävsfrågor",
    Permission.GROUP_SEE: "se beredningsgruppens sida",
    Permission.GROUP_EDIT: "ändra vilka som är ledamöter i beredningsgruppen",
    Permission.OBLIGATION_WAIVE: "avskriva åtaganden",
    Permission.NOTICE_RESEND: "skicka meddelanden igen eller anteckna att de lämnats på annat sätt",
    Permission.MAIL_FOLDER_SEE: "läsa den inbäddade postlådan",
    Permission.ORGANISATION_SEE: "se organisationer",
    Permission.ORGANISATION_EDIT: "registrera och ändra organisationer",
    Permission.ORGANISATION_MERGE: "slå ihop organisationer",
    Permission.ORGANISATION_IMPORT: "läsa in organisationer från en fil",
    Permission.QUESTIONS_EDIT: "skriva och publicera frågor",
    Permission.REFERENCE_DATA_EDIT: "ändra förvaltningar, enheter, roller och andra grunduppgifter",
    Permission.SYSTEM: "det som programmet gör självt",
}


class Role(models.TextChoices):
    RESPONSIBLE_MANAGER = "responsible_manager", "ansvarig chef"
    HEAD = "head", "högsta chef"
    OFFICER = "officer", "handläggare"
    UNIT_MANAGER = "unit_manager", "enhetschef"
    EMPLOYEE = "employee", "medarbetare"
    ADVISORY_GROUP = "advisory_group", "beredningsgruppen"
    PROCUREMENT = "procurement", "inköp och upphandling"
    FINANCE = "finance", "ekonomi"
    LEGAL = "legal", "jurist"
    COMMUNICATOR = "communicator", "kommunikatör"
    BOARD_SECRETARY = "board_secretary", "nämndsekreterare"
    REGISTRAR = "registrar", "registrator"
    ADMIN = "admin", "administratör"


@dataclass(frozen=True)
class RoleDescription:
    description: str
    permissions: frozenset[Permission]


P = Permission
_PREPARES = frozenset(
    {
        P.COLLABORATION_SEE,
        P.COLLABORATION_REGISTER,
        P.COLLABORATION_PREPARE,
        P.COLLABORATION_FOLLOW_UP,
        P.COLLABORATION_TAKE_PART,
        P.CONFLICT_DECLARE,
        P.NOTICE_RESEND,
        P.COLLABORATION_SECRECY,
        P.ORGANISATION_SEE,
        P.ORGANISATION_EDIT,
        P.MAIL_FOLDER_SEE,
    }
)
_MANAGES = _PREPARES | {
    P.COLLABORATION_DECIDE,
    P.COLLABORATION_BOARD,
    P.COLLABORATION_HAND_OVER,
    P.CONFLICT_RULE,
    P.SHORTCOMING_RECEIVE,
    P.OBLIGATION_WAIVE,
}
_READS_RUNNING = frozenset(
    {P.COLLABORATION_SEE_RUNNING, P.COLLABORATION_TAKE_PART, P.ORGANISATION_SEE}
)
_ANSWERS = frozenset({P.ORGANISATION_SEE, P.OPINION_GIVE})
_KEEPS_THE_RECORD = frozenset(
    {
        P.COLLABORATION_SEE,
        P.COLLABORATION_TAKE_PART,
        P.COLLABORATION_NUMBER,
        P.COLLABORATION_SECRECY,
        P.ORGANISATION_SEE,
    }
)

ROLES: dict[Role, RoleDescription] = {
    Role.RESPONSIBLE_MANAGER: RoleDescription(
        "Äger ärendet och budgeten: motiverar, ser till att kontroll görs, beslutar, avslutar.",
        _MANAGES,
    ),
    Role.HEAD: RoleDescription(
        "Leder förvaltningen: ser alla ärenden, avgör jävsfrågor om chefer, fördelar ärenden och "
        "undertecknar partnerskap efter nämndens beslut.",
        _MANAGES | {P.AGREEMENT_SIGN_PARTNERSHIP},
    ),
    Role.OFFICER: RoleDescription(
        "Förbereder allt utom beslutet: registrerar, motiverar, kontrollerar och följer upp.",
        _PREPARES,
    ),
    Role.UNIT_MANAGER: RoleDescription(
        "Samarbetar enligt det som bestämts, läser vad parterna har lovat och tar emot brister som "
        "medarbetare anmäler.",
        _READS_RUNNING | {P.SHORTCOMING_RECEIVE},
    ),
    Role.EMPLOYEE: RoleDescription(
        "Läser vad parterna har lovat och anmäler brister.", _READS_RUNNING
    ),
    Role.ADVISORY_GROUP: RoleDescription(
        "Ser alla ärenden i förvaltningen och ger råd. Har ingen beslutanderätt.",
        frozenset(
            {
                P.COLLABORATION_SEE,
                P.GROUP_SEE,
                P.COLLABORATION_ADVISE,
                P.COLLABORATION_TAKE_PART,
                P.CONFLICT_DECLARE,
                P.ORGANISATION_SEE,
                P.MAIL_FOLDER_SEE,
            }
        ),
    ),
    Role.PROCUREMENT: RoleDescription(
        "Svarar på frågor om inköp och upphandling, och tar emot det som är köp.",
        _ANSWERS | {P.REFERRAL_RECEIVE},
    ),
    Role.FINANCE: RoleDescription("Svarar på frågor om ekonomi och bokslut.", _ANSWERS),
    Role.LEGAL: RoleDescription("Svarar på juridiska frågor.", _ANSWERS),
    Role.COMMUNICATOR: RoleDescription(
        "Gör kontaktvägarna lätta att hitta.", frozenset({P.ORGANISATION_SEE})
    ),
    Role.BOARD_SECRETARY: RoleDescription(
        "Läser ärenden och beslut för anmälan till nämnden, och antecknar nämndens beslut.",
        _KEEPS_THE_RECORD | {P.COLLABORATION_BOARD},
    ),
    Role.REGISTRAR: RoleDescription(
        "Sätter diarienummer och sekretessmarkering och tar ut handlingar.", _KEEPS_THE_RECORD
    ),
    Role.ADMIN: RoleDescription(
        "Sköter enheter, roller, brevlåda, frågor och andra grunduppgifter. Ser inga ärenden.",
        frozenset(
            {
                P.QUESTIONS_EDIT,
                P.REFERENCE_DATA_EDIT,
                P.GROUP_EDIT,
                P.MAIL_FOLDER_SEE,
                P.ORGANISATION_SEE,
                P.ORGANISATION_MERGE,
                P.ORGANISATION_IMPORT,
            }
        ),
    ),
}


def label_for(role: Role, administration=None) -> str:
    """What the role is called in that administration (domain 0.14), else its common name."""
    own = (administration.labels or {}).get(str(role)) if administration else None
    return own or Role(role).label
