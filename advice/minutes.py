"""From a meeting to the data of its minutes."""

from django.utils.text import capfirst
from django.utils.timezone import localdate

from advice.aside import people_aside, with_jav
from advice.models import AgendaItem, Meeting
from casework.swedish import long_date
from collaborations.rules import case_needs_advice
from documents.minutes import MinutesData
from documents.parts import Block, facts_of


def items_of(meeting: Meeting) -> list[AgendaItem]:
    """The agenda in its order, with what a page or the minutes say of each."""
    items = meeting.items.select_related(
        "consultation__collaboration__unit",
        "consultation__unit",
        "consultation__asked_by",
        "consultation__answered_by",
        "consultation__superseded_by",
    )
    found = list(with_jav(items, "consultation__"))
    for item in found:
        item.meeting = meeting
    return found


def data_of(meeting: Meeting, *, closed_by: str = "", closed_on=None) -> MinutesData:
    """Everything the minutes say, read now. Not closed: it is a draft."""
    there = meeting.attendances.select_related("member__person", "member__represents")
    return MinutesData(
        administration=meeting.administration.name,
        held_on=meeting.held_on,
        place=meeting.place,
        chair=str(meeting.chair),
        present=tuple(str(one.member) for one in there),
        items=tuple(block(n, item) for n, item in enumerate(items_of(meeting), start=1)),
        closed_by=closed_by,
        closed_on=closed_on,
    )


def block(number: int, item: AgendaItem) -> Block:
    """One item. With a secrecy mark on its case: its number, who asked, who stood aside and who
    took part, and what was advised; not the title, the question or the reasons.
    """
    asked = item.consultation
    case = asked.collaboration
    secret = case is not None and case.is_secret
    about = f"{case.number} {case.title}" if case else "Fråga utan ärende"
    aside = people_aside(asked)
    return Block(
        f"{number}. {f'Ärende {case.number}' if secret else about}",
        facts=facts_of(
            ("Fråga", "" if secret else asked.question),
            ("Frågan ställdes av", f"{asked.asked_by}, {asked.asked_in}"),
            ("Jävig och deltog inte", ", ".join(one.name for one in aside.values())),
            *outcome(item, secret=secret),
        ),
    )


def outcome(item: AgendaItem, *, secret: bool):
    asked = item.consultation
    if item.is_advised:
        if asked.collaboration_id:
            yield ("Råd", capfirst(asked.get_advice_display()))
        yield (
            "Skäl" if asked.collaboration_id else "Svar",
            "Se ärendet." if secret else asked.reasons,
        )
        yield ("Deltog i punkten", asked.present)
    elif asked.answered_at:
        yield ("Utfall", f"Besvarades utanför mötet den {long_date(localdate(asked.answered_at))}.")
    elif asked.lapsed_at:
        yield ("Utfall", "Ärendet gick vidare utan yttrande.")
    elif asked.case_is_past:
        yield ("Utfall", case_needs_advice.unmet)
    else:
        yield ("Utfall", "Frågan är inte besvarad.")
