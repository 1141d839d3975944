"""What we tell people about a case: one function each. The words stand in the templates.

The mailbox hears of the initiative, the decision and the end (G-10, G-49, G-50, G-77, G-78).
With a secrecy mark every mail carries the case's number and a link, and nothing more.
"""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.permissions import Permission, holders, superiors_of
from checklists.models import Finding
from collaborations.models import (
    Collaboration,
    ConflictDeclaration,
    ConflictRuling,
    Consultation,
    Decision,
    DialogueNote,
    Funding,
    Opinion,
    Reexamination,
    Referral,
    Remark,
)
from collaborations.models.reexamination import ALIVE_AFTER_DECISION
from collaborations.standing import notice_key
from notifications.models import Notice
from notifications.outbox import queue, redact


def written(case: Collaboration, template: str, subject: str, **facts) -> dict:
    """Subject, body and the common facts of a mail about the case."""
    link = settings.BASE_URL + facts.pop("path", case.get_absolute_url())
    if case.is_secret:
        template, subject = "secret", f"Ärende {case.number}"
    body = render_to_string(
        f"collaborations/emails/{template}.txt", {"case": case, "link": link, **facts}
    )
    return {
        "about": case.chain,
        "administration": case.administration,
        "subject": subject,
        "body": body,
        "responsible": case.responsible_manager,
    }


def hide_what_is_unsent(case: Collaboration) -> None:
    """What was written before the mark and is not sent yet tells no more than what comes after."""
    letter = written(case, "secret", "")
    redact(case.chain, subject=letter["subject"], body=letter["body"])


def tell_mailbox(case: Collaboration, what: str, template: str, subject: str, **facts) -> Notice:
    attachment = None if case.is_secret else facts.pop("attachment", None)
    return queue(
        notice_key(case, what),
        kind=template,
        to=case.administration.mailbox,
        attachment=attachment,
        **written(case, template, subject, **facts),
    )


def tell_person(case: Collaboration, key: str, person, template: str, subject: str, **facts):
    return queue(
        f"{case.chain}:{key}:{person.pk}",
        kind=template,
        to=person.email,
        person=person,
        **written(case, template, subject, **facts),
    )


# --- to the mailbox ----------------------------------------------------------------------------


def initiative_registered(case: Collaboration) -> Notice:
    return tell_mailbox(
        case, "initiative", "initiative", f"Nytt initiativ: {case.title} ({case.number})"
    )


def decision_made(case: Collaboration, decision: Decision) -> Notice:
    verb = decision.get_kind_display().split()[0]
    return tell_mailbox(
        case,
        "decision",
        "decision",
        f"Beslut att {verb}: {case.title} ({case.number})",
        decision=decision,
        attachment=decision.document.stored,
    )


def collaboration_ended(case: Collaboration) -> Notice:
    return tell_mailbox(case, "end", "end", f"Avslutad samverkan: {case.title} ({case.number})")


def collaboration_started(case: Collaboration) -> Notice:
    """G-65 asks for projects with external funding; of the other formal ones it is as useful."""
    return tell_mailbox(
        case, "started", "started", f"Samverkan startar: {case.title} ({case.number})"
    )


def advice_asked(consultation: Consultation) -> Notice:
    case = consultation.collaboration
    return tell_mailbox(
        case,
        f"advice:{consultation.pk}",
        "advice_asked",
        f"Fråga till beredningsgruppen: {case.title} ({case.number})",
        consultation=consultation,
        path=reverse("collaborations:consultation", args=[case.pk]),
    )


def referred_to_procurement(case: Collaboration, referral: Referral) -> list[Notice]:
    """To everyone at procurement there, with what they need to go on; and to the mailbox (G-60)."""
    subject = f"Överlämnat till inköp: {case.title} ({case.number})"
    path = reverse("collaborations:received", args=[case.pk])
    told = [
        tell_person(case, "referred", person, "referred", subject, referral=referral, path=path)
        for person in holders(Permission.REFERRAL_RECEIVE, case.unit)
    ]
    return [*told, tell_mailbox(case, "referred", "referred_away", subject, referral=referral)]


def funding_refused(case: Collaboration, funding: Funding) -> Notice:
    subject = f"Ansökan avslogs: {case.title} ({case.number})"
    return tell_mailbox(case, "funding", "funding_refused", subject, funding=funding)


# --- to people ---------------------------------------------------------------------------------


def advice_given(consultation: Consultation) -> Notice:
    case = consultation.collaboration
    return tell_person(
        case,
        f"advice:{consultation.pk}",
        consultation.asked_by,
        "advice_given",
        f"Beredningsgruppen har svarat om {case.number}",
        consultation=consultation,
        path=reverse("collaborations:consultation", args=[case.pk]),
    )


def opinion_asked(opinion: Opinion, people) -> list[Notice]:
    """To the one who was asked, or to everybody of the function that was."""
    case = opinion.collaboration
    return [
        tell_person(
            case,
            f"opinion:{opinion.pk}",
            person,
            "opinion_asked",
            f"Ett yttrande behövs: {case.title} ({case.number})",
            opinion=opinion,
            path=opinion.get_absolute_url(),
        )
        for person in people
    ]


def opinion_given(opinion: Opinion) -> Notice:
    case = opinion.collaboration
    return tell_person(
        case,
        f"opinion_given:{opinion.pk}",
        opinion.asked_by,
        "opinion_given",
        f"Yttrandet har kommit: {case.title} ({case.number})",
        opinion=opinion,
        path=opinion.get_absolute_url(),
    )


def ready_for_decision(case: Collaboration) -> Notice:
    return tell_person(
        case,
        f"ready:{case.version}",
        case.responsible_manager,
        "ready_for_decision",
        f"Redo för beslut: {case.title} ({case.number})",
        path=reverse("collaborations:decide", args=[case.pk]),
    )


def sent_back(case: Collaboration, remark: Remark) -> Notice:
    return tell_person(
        case,
        f"sent_back:{remark.pk}",
        case.officer,
        "sent_back",
        f"Skickat tillbaka: {case.title} ({case.number})",
        remark=remark,
    )


def head_is_told(note: DialogueNote) -> list[Notice]:
    """To every head at the unit or above it: what is noted for them, and a dispute (I-25)."""
    case = note.collaboration
    return [
        tell_person(
            case,
            f"dialogue:{note.pk}",
            head,
            "head_is_told",
            f"{note.get_kind_display()}: {case.title} ({case.number})",
            note=note,
            path=reverse("collaborations:dialogue", args=[case.pk]),
        )
        for head in holders(Permission.AGREEMENT_SIGN_PARTNERSHIP, case.unit)
    ]


def conflict_reported(declaration: ConflictDeclaration) -> list[Notice]:
    """To the responsible manager; to the nearest above when it is the manager's own (G-38)."""
    case = declaration.collaboration
    manager = case.responsible_manager
    about_manager = declaration.person_id == manager.pk
    rulers = superiors_of(manager, case.unit)[:1] if about_manager else [manager]
    return [
        tell_person(
            case,
            f"conflict:{declaration.pk}",
            ruler,
            "conflict_reported",
            f"Anmält jäv i {case.number}",
            declaration=declaration,
            path=reverse("collaborations:conflict", args=[case.pk]),
        )
        for ruler in rulers
    ]


def conflict_ruled(ruling: ConflictRuling) -> Notice:
    declaration = ruling.declaration
    case = declaration.collaboration
    return tell_person(
        case,
        f"ruling:{ruling.pk}",
        declaration.person,
        "conflict_ruled",
        f"Din jävsfråga i {case.number} är avgjord",
        ruling=ruling,
        path=reverse("collaborations:conflict", args=[case.pk]),
    )


def new_finding(matter: Reexamination, finding: Finding) -> list[Notice]:
    """To everyone who answers for a collaboration with the organisation there, once each.

    Each reads about a case of their own, and nothing of what the finding says.
    """
    cases = Collaboration.objects.filter(
        administration=matter.administration_id,
        organisations=matter.organisation_id,
        step__in=ALIVE_AFTER_DECISION,
        outcome="start",
    ).select_related("administration", "unit", "responsible_manager")
    own = {case.responsible_manager_id: case for case in cases.order_by("-pk")}
    own[matter.case.responsible_manager_id] = matter.case
    return [
        tell_person(
            case,
            f"new_finding:{finding.pk}",
            case.responsible_manager,
            "new_finding",
            f"Ny uppgift om organisationen i {case.number}",
            matter=matter,
            path=matter.get_absolute_url(),
        )
        for case in own.values()
    ]


def handed_over(case: Collaboration, *, former) -> list[Notice]:
    return [
        tell_person(
            case,
            f"handed_over:{case.version}",
            person,
            "handed_over",
            f"Ny ansvarig chef: {case.title} ({case.number})",
            former=former,
        )
        for person in (former, case.responsible_manager)
    ]


def head_informed(case: Collaboration, told) -> Notice:
    """Of interest in a partnership (I-06, I-13)."""
    return tell_person(
        case,
        f"head:{told.pk}",
        told.head,
        "head_informed",
        f"Intresse för partnerskap: {case.title} ({case.number})",
        told=told,
        path=reverse("collaborations:inform_head", args=[case.pk]),
    )
