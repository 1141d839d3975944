"""The log of a case as people read it: one sentence per kind of event.

The wording can improve without touching history: events hold codes only.
"""

from accounts.models import User
from accounts.permissions import Permission, may
from audit.models import Event
from checklists.models import QuestionSet
from checklists.outcomes import Outcome as Examined
from collaborations.models import Collaboration, Remark, Ruling, Step

REPORTED = "shortcoming_reported"
SENTENCES = {
    "registered": ("Initiativet registrerades", "flag"),
    "registration_corrected": ("Registreringen ändrades", "pen"),
    "motivation_written": ("Motiveringen sparades", "pen"),
    "form_changed": ("Samverkansformen ändrades", "pen"),
    "motivated": ("Motiveringen blev klar", "pen"),
    "questions_answered": ("Frågor besvarades", "clipboard"),
    "document_used": ("Underlag till ett svar valdes eller togs bort", "document"),
    "answer_reused": ("Ett svar från ett annat ärende användes", "clipboard"),
    "questions_moved": ("Ärendet gick över till en nyare version av frågorna", "clipboard"),
    "deviation_resolved": ("Ett avvikande svar motiverades eller utreddes", "clipboard"),
    "checked": ("Kontrollen blev klar", "clipboard"),
    "sent_back": ("Ärendet skickades tillbaka", "undo"),
    "withdrawn": ("Ärendet återtogs", "undo"),
    "advice_asked": ("Beredningsgruppen tillfrågades", "envelope"),
    "advice_given": ("Beredningsgruppen gav råd", "envelope"),
    "advice_assigned": ("Frågan till beredningsgruppen fördelades", "user"),
    "stood_aside": ("En ledamot i beredningsgruppen klev av frågan för jäv", "user"),
    "aside_taken_back": ("En anteckning om jäv i frågan togs tillbaka", "undo"),
    "advice_lapsed": ("Ärendet gick vidare utan råd: inget yttrande", "clock"),
    "opinion_lapsed": ("Ärendet gick vidare utan yttrande", "clock"),
    "referred": ("Ärendet lämnades över till inköp", "archive"),
    "aid_recorded": ("Stöd av mindre betydelse antecknades", "clipboard"),
    "opinion_asked": ("Ett yttrande begärdes", "envelope"),
    "opinion_given": ("Ett yttrande lämnades", "envelope"),
    "funding_described": ("Finansieringen beskrevs", "pen"),
    "application_submitted": ("Ansökan lämnades in", "envelope"),
    "funding_answered": ("Finansiären gav besked", "envelope"),
    "funding_refused": ("Finansiären avslog ansökan och ärendet avslutades", "stop"),
    "scope_decided": ("Kontrollens omfattning bestämdes", "stamp"),
    "risk_decided": ("Risken bedömdes", "stamp"),
    "routine_confirmed": ("Rutinerna för anställningen bekräftades", "clipboard"),
    "partnership_written": ("Partnerskapet beskrevs", "pen"),
    "head_informed": ("Högsta chefen informerades", "envelope"),
    "information_read": ("Högsta chefen läste informationen", "check"),
    "steering_appointed": ("En deltagare i styrgruppen utsågs", "user"),
    "steering_left": ("En deltagare lämnade styrgruppen", "user"),
    "steering_met": ("Ett möte i styrgruppen antecknades", "clipboard"),
    "board_decided": ("Nämndens beslut antecknades", "stamp"),
    "agreement_begun": ("En överenskommelse påbörjades", "pen"),
    "agreement_drafted": ("Utkastet till överenskommelse ändrades", "pen"),
    "agreement_dropped": ("Ett utkast till överenskommelse lades ner", "undo"),
    "agreement_signed": ("Den undertecknade överenskommelsen registrerades", "stamp"),
    "amendment_begun": ("En tilläggsöverenskommelse påbörjades", "pen"),
    "decided": ("Beslut fattades", "stamp"),
    "documented": ("Beslutsdokumentet gjordes", "document"),
    "told": ("Beslutet meddelades beredningsgruppen", "envelope"),
    "started": ("Samverkan började", "cycle"),
    "followed_up": ("Samverkan följdes upp", "cycle"),
    "follow_up_drafted": ("Ett utkast till uppföljning sparades", "pen"),
    "follow_up_corrected": ("En uppföljning rättades", "pen"),
    "stand_taken": ("Ansvarig chef tog ställning till uppföljningen", "stamp"),
    "follow_up_reported": ("Uppföljningen rapporterades", "envelope"),
    "remedy_decided": ("En åtgärd beslutades", "stamp"),
    "remedy_finished": ("En åtgärd avslutades", "check"),
    REPORTED: ("En brist anmäldes", "flag"),
    "shortcoming_passed_on": ("En brist lämnades till ansvarig chef", "flag"),
    "shortcoming_assessed": ("En brist bedömdes", "clipboard"),
    "shortcoming_concluded": ("En brist avslutades", "check"),
    "dialogue_noted": ("Ett samtal eller en bedömning antecknades", "clipboard"),
    "broken_off": ("Samverkan avbröts", "stop"),
    "ended": ("Samverkan avslutades", "stop"),
    "closed": ("Slutuppföljningen gjordes", "archive"),
    "conflict_declared": ("Jävsförklaring lämnades", "user"),
    "conflict_ruled": ("En jävsfråga avgjordes", "user"),
    "handed_over": ("Ärendet fick en ny ansvarig chef", "user"),
    "obligation_waived": ("Ett åtagande avskrevs", "undo"),
    "obligations_handed_over": ("Åtaganden lämnades över till en annan person", "user"),
    "secrecy_marked": ("Sekretessmarkeringen ändrades", "lock"),
    "registry_number_set": ("Diarienumret sattes", "document"),
    "notice_written": ("Ett meddelande som saknades skrevs", "envelope"),
    "notice_resent": ("Ett meddelande skickades igen", "envelope"),
    "notice_told_otherwise": ("Ett meddelande lämnades på annat sätt", "envelope"),
    "new_finding": ("En ny uppgift om organisationen registrerades", "flag"),
    "reexamination_opened": (
        "En ny prövning öppnades i ett annat ärende",
        "flag",
    ),
    "reexamined": ("En uppgift bedömdes eller rättades i den nya prövningen", "clipboard"),
    "reexamination_closed": ("Den nya prövningen avslutades", "stamp"),
    "measure_demanded": ("Ansvarig chef beslutade om en åtgärd", "stamp"),
    "measure_moved": ("En åtgärd fick en ny sista dag", "pen"),
    "measure_reported": ("En åtgärd redovisades", "document"),
    "measure_assessed": ("En redovisad åtgärd bedömdes", "clipboard"),
    "document_read": ("Beslutsdokumentet hämtades", "document"),
}


FEW_QUESTIONS = 4
OF_SOMEONE = ("stood_aside", "aside_taken_back")


def entries(case: Collaboration, person, *, most: int | None = None) -> list[dict]:
    """The case's events, latest first, as {at, sentence, who, text, icon}. A few queries."""
    events = list(Event.objects.of(case).order_by("-number")[:most])
    names = {}
    if any("set" in event.details for event in events):
        names = dict(QuestionSet.objects.values_list("code", "name"))
    concerned = {event.details["person"] for event in events if event.code in OF_SOMEONE}
    people = User.objects.in_bulk(concerned) if concerned else {}
    remarks = {remark.made_at: remark for remark in case.remarks.all()} if events else {}
    return [
        {
            "at": event.at,
            "who": event.actor_name if not hidden(event, case, person) else "En anmälare",
            "sentence": SENTENCES.get(event.code, (event.code, "info"))[0],
            "icon": SENTENCES.get(event.code, ("", "info"))[1],
            "text": said(event, names, remarks, people),
        }
        for event in events
    ]


def hidden(event: Event, case: Collaboration, person) -> bool:
    """Who reported a shortcoming is known to the reporter and to those who handle it."""
    if event.code != REPORTED or event.actor_id == person.pk:
        return False
    return not may(person, Permission.SHORTCOMING_RECEIVE, case)


def said(event: Event, names: dict[str, str], remarks: dict, people: dict) -> str:
    """What there is to add to the sentence."""
    details = event.details
    lines = []
    if code := details.get("set"):
        lines.append(names.get(code, code))
    if questions := details.get("questions"):
        few = len(questions) <= FEW_QUESTIONS
        lines.append(", ".join(questions) if few else f"{len(questions)} frågor")
    if "upload" in details:
        lines.append("en fil laddades upp")
    if event.code == "reexamination_closed":
        lines.append(Examined(details["outcome"]).label)
    if event.code == "questions_moved":
        lines.append(f"version {details['from']} → {details['to']}")
    if event.code in OF_SOMEONE:
        lines.append(f"gäller {people[details['person']]}")
    if event.code == "conflict_ruled":
        lines.append(Ruling(details["outcome"]).label)
    if event.code in ("sent_back", "withdrawn", "handed_over"):
        lines += nearest(remarks, event)
    before, after = details.get("step", (None, None))
    if before and before != after:
        lines.append(f"{Step(before).label} → {Step(after).label}")
    return " · ".join(lines)


def nearest(remarks: dict, event: Event) -> list[str]:
    """The comment that was written in the same transaction: the last before the event."""
    kinds = {
        "sent_back": Remark.Kind.SENT_BACK,
        "withdrawn": Remark.Kind.WITHDRAWN,
        "handed_over": Remark.Kind.HANDED_OVER,
    }
    earlier = [
        remark
        for at, remark in remarks.items()
        if at <= event.at and remark.kind == kinds[event.code]
    ]
    return [max(earlier, key=lambda remark: remark.made_at).text] if earlier else []
