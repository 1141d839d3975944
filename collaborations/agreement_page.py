"""What the agreement's own page shows: sections and what they lack, sums, what holds now."""

from django.urls import reverse

from agreements import reading
from agreements.clauses import PROPOSED, Proposed
from agreements.completeness import Missing, missing_sections
from agreements.content import Content
from agreements.models import Agreement, Clause, Side
from agreements.sections import is_required, sections_of
from agreements.wording import purchase_words
from audit import clock
from collaborations.models import Collaboration
from collaborations.overview import task
from documents.store import is_served


def own_sections(agreement: Agreement) -> list:
    """The sections of the template, or those an amendment names."""
    return [
        section
        for section in sections_of(agreement.template)
        if agreement.is_main or section.code in agreement.changes
    ]


def lacking(case: Collaboration, agreement: Agreement) -> list[Missing]:
    return missing_sections(
        case.form,
        reading.content_of(agreement),
        template=agreement.template,
        only=None if agreement.is_main else agreement.changes,
        sides=reading.sides_that_bring(case.terms),
    )


def section_tasks(case: Collaboration, agreement: Agreement) -> list[dict]:
    """Each section with its state in words, and why it is not finished."""
    content, why = reading.content_of(agreement), {}
    for one in lacking(case, agreement):
        why.setdefault(one.code, []).append(one.why)
    tasks = []
    for section in own_sections(agreement):
        url = reverse(
            "collaborations:agreement_section", args=[case.pk, agreement.pk, section.code]
        )
        written = content.text(section.code) or content.lines(section.holds)
        if section.code in why:
            state, said = ("started", "Påbörjad") if written else ("waiting", "Tom")
        elif written:
            state, said = "done", "Klar"
        elif is_required(agreement.template, section.code):
            state, said = "waiting", "Tom"
        else:
            state, said = "other", "Frivillig"
        hint = "" if said == "Tom" else " ".join(why.get(section.code, []))
        tasks.append(task(section.title, url, state, said, hint))
    return tasks


def word_warnings(agreement: Agreement) -> list[dict]:
    """Words of purchase law, by section: shown, never blocking (S-19)."""
    content = reading.content_of(agreement)
    rows = []
    for section in own_sections(agreement):
        text = "\n".join([content.text(section.code), *content.lines(section.holds)])
        if found := list(dict.fromkeys(hit.found for hit in purchase_words(text))):
            rows.append({"section": section, "words": found})
    return rows


def uploads(case: Collaboration) -> list[dict]:
    """What has been uploaded, the latest first, with the words of purchase law in each."""
    rows = case.terms.uploads.select_related("stored", "uploaded_by")
    return [
        {
            "upload": one,
            "words": list(dict.fromkeys(hit.found for hit in purchase_words(one.text))),
            "served": is_served(one.stored),
        }
        for one in rows
    ]


def words_in_drafts(case: Collaboration) -> list[dict]:
    """Words of purchase law in the draft being written and in what was uploaded, by place."""
    drafted = reading.being_drafted(case.terms) or reading.proposal(case.terms)
    typed = word_warnings(drafted) if drafted else []
    found = [{"where": f"Utkastet, {row['section'].title}", "words": row["words"]} for row in typed]
    return found + [
        {"where": f"Uppladdat, {row['upload']}", "words": row["words"]}
        for row in uploads(case)
        if row["words"]
    ]


def clauses(case: Collaboration, code: str) -> list[Clause | Proposed]:
    """Texts to use again: the administration's own, and proposals where it has none."""
    every = Clause.objects.begun(case.administration, clock.today())
    own = {clause.title: clause for clause in every if clause.section == code}
    proposed = [one for one in PROPOSED if one.section == code and one.title not in own]
    return [clause for clause in own.values() if clause.text] + proposed


def contribution_bars(case: Collaboration) -> list[dict]:
    found = reading.sums(case.terms)
    return [
        {"label": side.label.capitalize(), "value": found[side]["value"]}
        for side in Side
        if found[side]["value"]
    ]


def in_force(case: Collaboration) -> list[dict]:
    """The signed main agreements, each with what holds now and its amendments."""
    return [
        {
            "agreement": main,
            "ends_on": reading.last_day(main),
            "has_ended": reading.has_ended(main, clock.today()),
            "termination": getattr(main, "termination", None),
            "sections": texts(main),
            "commitments": reading.effective_of(main).content.commitments,
            "goals": reading.effective_of(main).content.goals,
            "signed": [main, *reading.amendments_of(main)],
        }
        for main in reading.mains(case.terms)
        if main.is_signed
    ]


def texts(main: Agreement) -> list[dict]:
    held = reading.effective_of(main)
    return [
        {
            "title": section.title,
            "text": held.content.text(section.code),
            "lines": held.content.lines(section.holds),
            "origin": held.origin.get(section.code, "") if section.code in changed(main) else "",
        }
        for section in sections_of(main.template)
        if held.content.text(section.code) or held.content.lines(section.holds)
    ]


def changed(main: Agreement) -> set[str]:
    return {code for one in reading.amendments_of(main) for code in one.changes}


def comparison(agreement: Agreement, old: Content, new: Content) -> list[dict]:
    """The sections that differ between two versions: {title, old, new}, in their order."""
    return [
        {"title": section.title, "old": whole(old, section), "new": whole(new, section)}
        for section in own_sections(agreement)
        if whole(old, section) != whole(new, section)
    ]


def whole(content: Content, section) -> str:
    return "\n".join(filter(None, [content.text(section.code), *content.lines(section.holds)]))
