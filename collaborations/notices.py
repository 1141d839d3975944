"""What we tell people about a case: one function each. The words stand beside, in mail_texts/.

The mailbox hears of the initiative, the decision and the end (G-10, G-49, G-50, G-77, G-78).
With a secrecy mark every mail carries the case's number and a link, and nothing more.

To tell something new: a row in mail_kinds.py with its fields, a text of the same name in
mail_texts/, and a function here that gives `tell_mailbox` or `tell_person` a value for each field
of its own. Those that every case has (number, title, organisation, unit …) come by themselves.
"""

from collections.abc import Mapping

from django.conf import settings
from django.urls import reverse

from accounts.permissions import Permission, holders, superiors_of
from casework.swedish import kronor, long_date
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
from notifications.outbox import queue
from notifications.secrecy import number_alone
from notifications.texts import Words, compose

NOTHING: Mapping[str, str] = {}


def worded(case: Collaboration, code: str, fields: Mapping[str, str], path: str = "") -> Words:
    """The mail in the words in force; of a secret case its number and the link alone."""
    path = path or case.get_absolute_url()
    if case.is_secret:
        return number_alone(case.number, path, case.administration)
    link = {"länk": settings.BASE_URL + path}
    return compose(code, case.administration, {**common_fields(case), **fields, **link})


def common_fields(case: Collaboration) -> dict[str, str]:
    """What every mail about a case may tell: collaborations/mail_kinds.py, CASE."""
    return {
        "nummer": case.number,
        "rubrik": case.title,
        "organisation": case.organisation_names(),
        "form": case.get_form_display(),
        "enhet": str(case.unit),
        "ansvarig_chef": str(case.responsible_manager),
    }


def tell_mailbox(
    case: Collaboration,
    what: str,
    code: str,
    fields: Mapping[str, str] = NOTHING,
    *,
    path: str = "",
    attachment=None,
) -> Notice:
    """To the administration's mailbox, once for the case and `what`; always sent at once.

    code: of the kind of mail. path: where the link leads, else to the case.
    """
    words = worded(case, code, fields, path)
    return queue(
        notice_key(case, what),
        kind=code,
        about=case.chain,
        administration=case.administration,
        to=case.administration.mailbox,
        subject=words.subject,
        body=words.body,
        attachment=None if case.is_secret else attachment,
        responsible=case.responsible_manager,
    )


def tell_person(
    case: Collaboration,
    key: str,
    person,
    code: str,
    fields: Mapping[str, str] = NOTHING,
    *,
    path: str = "",
) -> Notice:
    """To one person, once for the case, `key` and the person. The rest as `tell_mailbox`."""
    words = worded(case, code, fields, path)
    return queue(
        f"{case.chain}:{key}:{person.pk}",
        kind=code,
        about=case.chain,
        administration=case.administration,
        to=person.email,
        person=person,
        subject=words.subject,
        body=words.body,
        responsible=case.responsible_manager,
    )


# --- to the mailbox ----------------------------------------------------------------------------


def initiative_registered(case: Collaboration) -> Notice:
    fields = {
        "initiativtagare": case.get_initiated_by_display(),
        "initiativdag": long_date(case.initiative_on),
        "uppgift": case.task,
    }
    return tell_mailbox(case, "initiative", "initiative", fields)


def decision_made(case: Collaboration, decision: Decision) -> Notice:
    what = decision.get_kind_display()
    fields = {
        "beslut": what,
        "beslut_kort": what.split()[0],
        "beslutad_av": str(decision.decider),
        "beslutsdag": long_date(decision.decided_on),
        "skäl": decision.reasons,
        "uppföljning": follow_up_in_words(decision),
    }
    document = decision.document.stored
    return tell_mailbox(case, "decision", "decision", fields, attachment=document)


def follow_up_in_words(decision: Decision) -> str:
    if not decision.follow_up_on:
        return ""
    how, who = decision.follow_up_method, decision.follow_up_by
    return f"Uppföljning\n{how}\nAv {who}, senast {long_date(decision.follow_up_on)}."


def collaboration_ended(case: Collaboration) -> Notice:
    ended = long_date(case.ended_on)
    when = f"Pågick: {long_date(case.started_on)} – {ended}"
    never = f"Började aldrig. Avslutad: {ended}"
    return tell_mailbox(case, "end", "end", {"tid": when if case.started_on else never})


def collaboration_started(case: Collaboration) -> Notice:
    """G-65 asks for projects with external funding; of the other formal ones it is as useful."""
    return tell_mailbox(case, "started", "started")


def advice_asked(consultation: Consultation) -> Notice:
    case = consultation.collaboration
    fields, path = asked_fields(consultation), consultation.get_absolute_url()
    return tell_mailbox(case, f"advice:{consultation.pk}", "advice_asked", fields, path=path)


def referred_to_procurement(case: Collaboration, referral: Referral) -> list[Notice]:
    """To everyone at procurement there, with what they need to go on; and to the mailbox (G-60)."""
    why, number = {"varför": referral.get_why_display()}, referral.reference
    fields = why | {
        "behov": referral.need,
        "sätt": referral.get_way_display(),
        "värde": f"Beräknat värde: {kronor(referral.value)}" if referral.value is not None else "",
        "känt": referral.known,
        "behovshubben": f"Nummer i Behovshubben: {number}" if number else "",
    }
    path = reverse("collaborations:received", args=[case.pk])
    told = [
        tell_person(case, "referred", person, "referred", fields, path=path)
        for person in holders(Permission.REFERRAL_RECEIVE, case.unit)
    ]
    return [*told, tell_mailbox(case, "referred", "referred_away", why)]


def funding_refused(case: Collaboration, funding: Funding) -> Notice:
    return tell_mailbox(case, "funding", "funding_refused", {"finansiär": funding.funder})


# --- to people ---------------------------------------------------------------------------------


def advice_given(consultation: Consultation) -> Notice:
    case, asker = consultation.collaboration, consultation.asked_by
    fields = {"råd": consultation.get_advice_display(), "skäl": consultation.reasons}
    path = reverse("collaborations:consultation", args=[case.pk])
    return tell_person(case, f"advice:{consultation.pk}", asker, "advice_given", fields, path=path)


def advice_assigned(consultation: Consultation) -> Notice:
    """To the member who is to answer. Once to each: who gets it back knows of it."""
    case, member = consultation.collaboration, consultation.assignee
    if case is None:
        return tell_of_question(
            consultation, member, "question_assigned", asked_fields(consultation)
        )
    key, path = f"advice_assigned:{consultation.pk}", consultation.get_absolute_url()
    fields = asked_fields(consultation)
    return tell_person(case, key, member, "advice_assigned", fields, path=path)


def asked_fields(consultation: Consultation) -> dict[str, str]:
    return {
        "frågad_av": str(consultation.asked_by),
        "senast": long_date(consultation.due_on),
        "fråga": consultation.question,
    }


def tell_of_question(
    consultation: Consultation, person, code: str, fields: Mapping[str, str]
) -> Notice:
    """Of a question that belongs to no case (G-13); person None: to the group's mailbox."""
    unit, about = consultation.unit, f"{consultation._meta.label_lower}:{consultation.pk}"
    link = settings.BASE_URL + consultation.get_absolute_url()
    words = compose(code, unit.administration, {"enhet": str(unit), "länk": link, **fields})
    return queue(
        f"{about}:{code}:{person.pk if person else 'mailbox'}",
        kind=code,
        about=about,
        administration=unit.administration,
        to=person.email if person else unit.administration.mailbox,
        person=person,
        subject=words.subject,
        body=words.body,
        responsible=consultation.asked_by,
    )


def answer_is_late(consultation: Consultation) -> Notice:
    """To the group's mailbox, once: the day has passed and nobody of the group has the question."""
    case, fields = consultation.collaboration, asked_fields(consultation)
    if case is None:
        return tell_of_question(consultation, None, "question_late", fields)
    key, path = f"advice_late:{consultation.pk}", consultation.get_absolute_url()
    return tell_mailbox(case, key, "advice_late", fields, path=path)


def question_asked(consultation: Consultation) -> Notice:
    return tell_of_question(consultation, None, "question_asked", asked_fields(consultation))


def question_answered(consultation: Consultation) -> Notice:
    fields = {
        "fråga": consultation.question,
        "svar": consultation.reasons,
        "svarat_av": str(consultation.answered_by),
    }
    return tell_of_question(consultation, consultation.asked_by, "question_answered", fields)


def opinion_asked(opinion: Opinion, people) -> list[Notice]:
    """To the one who was asked, or to everybody of the function that was."""
    fields = {
        "funktion": opinion.get_function_display(),
        "frågad_av": str(opinion.asked_by),
        "senast": long_date(opinion.due_on),
        "fråga": opinion.question,
    }
    case, key, path = opinion.collaboration, f"opinion:{opinion.pk}", opinion.get_absolute_url()
    return [tell_person(case, key, person, "opinion_asked", fields, path=path) for person in people]


def opinion_given(opinion: Opinion) -> Notice:
    fields = {
        "funktion": opinion.get_function_display(),
        "slutsats": opinion.conclusion_in_words,
        "skäl": opinion.reasons,
    }
    return tell_person(
        opinion.collaboration,
        f"opinion_given:{opinion.pk}",
        opinion.asked_by,
        "opinion_given",
        fields,
        path=opinion.get_absolute_url(),
    )


def ready_for_decision(case: Collaboration) -> Notice:
    return tell_person(
        case,
        f"ready:{case.version}",
        case.responsible_manager,
        "ready_for_decision",
        {"handläggare": str(case.officer)},
        path=reverse("collaborations:decide", args=[case.pk]),
    )


def sent_back(case: Collaboration, remark: Remark) -> Notice:
    fields = {"skickad_av": str(remark.made_by), "kommentar": remark.text}
    return tell_person(case, f"sent_back:{remark.pk}", case.officer, "sent_back", fields)


def head_is_told(note: DialogueNote) -> list[Notice]:
    """To every head at the unit or above it: what is noted for them, and a dispute (I-25)."""
    case, kind = note.collaboration, note.get_kind_display()
    fields = {"antecknad_av": str(note.made_by), "slag": kind, "slag_litet": kind.lower()}
    path = reverse("collaborations:dialogue", args=[case.pk])
    return [
        tell_person(case, f"dialogue:{note.pk}", head, "head_is_told", fields, path=path)
        for head in holders(Permission.AGREEMENT_SIGN_PARTNERSHIP, case.unit)
    ]


def conflict_reported(declaration: ConflictDeclaration) -> list[Notice]:
    """To the responsible manager; to the nearest above when it is the manager's own (G-38)."""
    case = declaration.collaboration
    manager = case.responsible_manager
    about_manager = declaration.person_id == manager.pk
    rulers = superiors_of(manager, case.unit)[:1] if about_manager else [manager]
    key, fields = f"conflict:{declaration.pk}", {"person": str(declaration.person)}
    path = reverse("collaborations:conflict", args=[case.pk])
    return [
        tell_person(case, key, ruler, "conflict_reported", fields, path=path) for ruler in rulers
    ]


def conflict_ruled(ruling: ConflictRuling) -> Notice:
    case = ruling.declaration.collaboration
    return tell_person(
        case,
        f"ruling:{ruling.pk}",
        ruling.declaration.person,
        "conflict_ruled",
        {"utfall": ruling.get_outcome_display(), "avgjord_av": str(ruling.ruled_by)},
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
    fields = {
        "uppgiften_gäller": str(matter.organisation),
        "senast": long_date(matter.due_on),
        "bedöms_av": str(matter.case.responsible_manager),
    }
    key, path = f"new_finding:{finding.pk}", matter.get_absolute_url()
    return [
        tell_person(case, key, case.responsible_manager, "new_finding", fields, path=path)
        for case in own.values()
    ]


def handed_over(case: Collaboration, *, former) -> list[Notice]:
    key, fields = f"handed_over:{case.version}", {"tidigare_chef": str(former)}
    return [
        tell_person(case, key, person, "handed_over", fields)
        for person in (former, case.responsible_manager)
    ]


def officer_changed(case: Collaboration, *, former) -> list[Notice]:
    key = f"officer_changed:{case.version}"
    fields = {"tidigare_handläggare": str(former), "handläggare": str(case.officer)}
    return [
        tell_person(case, key, person, "officer_changed", fields)
        for person in (former, case.officer)
    ]


def head_informed(case: Collaboration, told) -> Notice:
    """Of interest in a partnership (I-06, I-13)."""
    fields = {"avsändare": str(told.told_by), "bedömning": told.assessment}
    path = reverse("collaborations:inform_head", args=[case.pk])
    return tell_person(case, f"head:{told.pk}", told.head, "head_informed", fields, path=path)
