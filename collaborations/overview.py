"""What the case's own page says first: the next thing to do, and the whole as a task list."""

from django.urls import reverse

from agreements import reading
from casework.moves import Move, closed, missing
from casework.swedish import one_or_many
from checklists.outcomes import Outcome as Examined
from collaborations import standing
from collaborations.form_tasks import lines as form_lines
from collaborations.holdings import of_case
from collaborations.models import (
    OPEN_TO_CORRECTION,
    UNDECIDED_ENDS,
    Collaboration,
    Form,
    Outcome,
    Step,
)
from collaborations.rules.agreement import lacking, needs_agreement
from collaborations.rules.aid import sentences, too_much, undeclared, unvalued
from collaborations.rules.external import ADVICE_FIRST
from collaborations.workflow import CHECK, CLOSE, DECIDE, END, FOLLOW_UP, MOTIVATE, START_FORMAL

NEXT: dict[str, tuple[Move, str, str]] = {
    Step.REGISTERED: (MOTIVATE, "motivation", "Skriv motiveringen"),
    Step.MOTIVATED: (CHECK, "check", "Gör kontrollen"),
    Step.CHECKED: (DECIDE, "decide", "Fatta beslut"),
    Step.ONGOING: (FOLLOW_UP, "follow_up", "Följ upp"),
    Step.ENDED: (CLOSE, "close", "Gör slutuppföljningen"),
}
WAITS = {
    Step.DECIDED: "Beslutsdokumentet görs av programmet. Det brukar ta under en minut.",
    Step.DOCUMENTED: "Beslutet håller på att skickas till beredningsgruppens brevlåda.",
    Step.CLOSED: "Ärendet är klart. Det finns kvar och kan sökas fram.",
    Step.REFERRED: (
        "Ärendet är överlämnat till inköp, som går vidare. Här finns inget mer att göra; ärendet "
        "finns kvar och kan sökas fram."
    ),
    Step.WITHDRAWN: "Ärendet är återtaget. Det finns kvar och kan sökas fram.",
}
# What the next step's own form asks for is not "missing" on the page that leads there.
ASKED_BY_THE_FORM = frozenset({"closing_follow_up_is_made"})


def next_step(case: Collaboration, person) -> dict:
    """{label, url, closed, missing} of the next move, or {text} when nothing is to be done."""
    if case.step not in NEXT:
        if case.step == Step.TOLD and case.outcome == Outcome.REFRAIN:
            return {"text": "Vi avstod från samverkan. Ärendet är klart och kan sökas fram."}
        if case.step == Step.TOLD:
            return to_start(case, person)
        return {"text": WAITS.get(case.step, "")}
    move, name, label = NEXT[case.step]
    return {
        "label": label,
        "url": reverse(f"collaborations:{name}", args=[case.pk]),
        "closed": closed(case, move, person),
        "missing": [r for r in missing(case, move) if r.rule not in ASKED_BY_THE_FORM],
        "also": end_link(case, person) if case.step == Step.ONGOING else None,
    }


def to_start(case: Collaboration, person) -> dict:
    """A formal collaboration waits for its manager; an informal one has begun by itself."""
    return {
        "label": "Starta samverkan",
        "url": reverse("collaborations:start", args=[case.pk]),
        "closed": closed(case, START_FORMAL, person),
        "missing": missing(case, START_FORMAL),
        "also": end_link(case, person) if not missing(case, END) else None,
    }


def end_link(case: Collaboration, person) -> dict | None:
    if closed(case, END, person):
        return None
    return {"label": "Avsluta samverkan", "url": reverse("collaborations:end", args=[case.pk])}


def tasks(case: Collaboration) -> list[dict]:
    """The parts of the preparation, each with its state in words."""
    found = [
        motivation_task(case),
        *(set_task(case, code, state) for code, state in standing.of(case).items()),
        documents_task(case),
        conflict_task(case),
        consultation_task(case),
        *form_tasks(case),
        *agreement_tasks(case),
        *opinion_task(case),
        *aid_task(case),
    ]
    return [nothing_to_do(one) for one in found] if case.step in UNDECIDED_ENDS else found


def nothing_to_do(one: dict) -> dict:
    """As a line of a case that ended undecided: what was not done never will be."""
    if one["state"] == "done":
        return one
    return {**one, "state": "other", "state_label": "Blev inte av", "hint": ""}


def task(label, url, state, state_label, hint="") -> dict:
    return {"label": label, "url": url, "state": state, "state_label": state_label, "hint": hint}


def motivation_task(case: Collaboration) -> dict:
    url = reverse("collaborations:motivation", args=[case.pk])
    if case.step == Step.REGISTERED:
        left = len(missing(case, MOTIVATE))
        things = one_or_many(left, "sak", "saker")
        said = f"{left} {things} återstår" if left else "Klar att gå vidare"
        return task("Motivering", url, "started" if left else "waiting", said)
    return task("Motivering", url, "done", "Klar")


def set_task(case: Collaboration, code: str, state) -> dict:
    url = reverse("collaborations:questions", args=[case.pk, code])
    if case.step == Step.REGISTERED:
        return task(state.name, url, "closed", "Efter motiveringen")
    if state.remaining:
        said = f"{state.answered} av {state.total} besvarade"
        return task(state.name, url, "started" if state.answered else "waiting", said)
    if state.outcome == "oklart":
        return task(state.name, url, "waiting", state.outcome.label)
    waiting = len(state.to_motivate) + len(state.to_inquire)
    if waiting and state.outcome != Examined.WAITS_FOR_MEASURE:
        return task(state.name, url, "waiting", f"{waiting} svar att motivera eller utreda")
    return task(state.name, url, UNDECIDED.get(state.outcome, "done"), state.outcome.label)


# Everything is answered, and yet it is not settled: no tick.
UNDECIDED = {
    Examined.WAITS_FOR_MEASURE: "other",
    Examined.BEING_EXAMINED: "waiting",
    Examined.NOT_MET: "late",
}


def documents_task(case: Collaboration) -> dict:
    url = reverse("collaborations:documents", args=[case.pk])
    lacking = sum(len(one.lacking) for one in of_case(case))
    if lacking:
        return task(
            "Underlag från organisationen", url, "waiting", f"{lacking} saknas eller är för gamla"
        )
    return task("Underlag från organisationen", url, "done", "Allt som behövs finns")


def conflict_task(case: Collaboration) -> dict:
    url = reverse("collaborations:conflict", args=[case.pk])
    declared = standing.declarations(case).values()
    if any(declaration.is_open for declaration in declared):
        return task("Jävsförklaringar", url, "late", "En fråga väntar på avgörande")
    if not declared:
        return task("Jävsförklaringar", url, "waiting", "Ingen har lämnat förklaring")
    count = len(declared)
    return task("Jävsförklaringar", url, "done", f"{count} lämnad{'e' if count > 1 else ''}")


def form_tasks(case: Collaboration) -> list[dict]:
    """What this form needs and the others do not."""
    return [
        task(
            label,
            reverse(f"collaborations:{page}", args=[case.pk]),
            "waiting" if remains else "done",
            "Återstår" if remains else "Klart",
            remains,
        )
        for label, page, remains in form_lines(case)
    ]


def agreement_tasks(case: Collaboration) -> list[dict]:
    """Only where the form needs an agreement."""
    if not needs_agreement(case):
        return []
    url = reverse("collaborations:agreement", args=[case.pk])
    if case.step == Step.REGISTERED:
        return [task("Överenskommelse", url, "closed", "Efter motiveringen")]
    if reading.latest_signed(case.terms):
        return [task("Överenskommelse", url, "done", "Undertecknad")]
    missed = lacking(case)
    if missed is None:
        return [task("Överenskommelse", url, "waiting", "Inte påbörjad")]
    left = len({one.code for one in missed})
    said = f"{left} avsnitt återstår" if left else "Utkastet är klart"
    return [task("Överenskommelse", url, "started" if left else "done", said)]


def consultation_task(case: Collaboration) -> dict:
    url = reverse("collaborations:consultation", args=[case.pk])
    asked = list(case.consultations.all())
    if not asked:
        needed = case.form in ADVICE_FIRST
        said = "Krävs för den här formen" if needed else "Frivilligt"
        return task("Samråd med beredningsgruppen", url, "waiting" if needed else "other", said)
    waits = any(consultation.waits for consultation in asked)
    if waits and case.step in OPEN_TO_CORRECTION:
        return task("Samråd med beredningsgruppen", url, "other", "Väntar på svar")
    given = [consultation for consultation in asked if consultation.answered_at]
    said = given[-1].get_advice_display() if given else "Inget yttrande"
    return task("Samråd med beredningsgruppen", url, "done", said)


def opinion_task(case: Collaboration) -> list[dict]:
    """Opinions, in the forms that are tested against the law."""
    if case.form == Form.INFORMAL:
        return []
    url = reverse("collaborations:opinions", args=[case.pk])
    asked = list(case.opinions.all())
    waiting = sum(opinion.answered_at is None for opinion in asked)
    if waiting:
        return [task("Yttranden", url, "other", f"Väntar på {waiting} svar")]
    given = f"{len(asked)} {one_or_many(len(asked), 'lämnat', 'lämnade')}"
    said = given if asked else "Vid behov"
    return [task("Yttranden", url, "done" if asked else "other", said)]


def aid_task(case: Collaboration) -> list[dict]:
    """Small aid, where the test has come to it."""
    state = standing.of(case).get("statligt_stod")
    if state is None or state.outcome != "mindre_betydelse":
        return []
    url = reverse("collaborations:aid", args=[case.pk])
    left = len(sentences(case, unvalued)) + len(sentences(case, undeclared))
    if sentences(case, too_much):
        return [task("Stöd av mindre betydelse", url, "late", "Taket hindrar")]
    said = "Värde eller intyg återstår" if left else "Antecknat"
    return [task("Stöd av mindre betydelse", url, "waiting" if left else "done", said)]
