"""Answers to the question sets, as an officer would write them about this very organisation."""

from datetime import date
from random import Random

from checklists.answer_checks import AnswerInput
from checklists.models.words import NO, NOT_APPLICABLE, YES
from dashboard.demo.organisations import Party
from dashboard.demo.stories import Story
from organisations.models import LegalForm

CONFLICT_QUESTIONS = ("JV-1", "JV-2", "JV-3", "JV-4")
WITHOUT_MEMBERS = {
    LegalForm.FOUNDATION: "Stiftelsen har inga medlemmar. Styrelsen utses enligt förordnandet.",
    LegalForm.LIMITED_PROFIT_COMPANY: "Bolaget har ägare, inte medlemmar.",
}
FUNDING = (
    "Bidrag från kulturnämnden och medlemsavgifter. Ingen koppling till oss.",
    "Bidrag från idrottsnämnden och försäljning vid egna evenemang. Ingen koppling till oss.",
    "Medlemsavgifter och gåvor. Inga offentliga bidrag i år. Ingen koppling till oss.",
    "Projektmedel från en stiftelse till och med nästa sommar. Ingen koppling till oss.",
)
RISKS = (
    "Inga signaler. Vi lämnar ingen ersättning och känner verksamheten sedan länge.",
    "Inga signaler. Inga pengar byter ägare och underlagen hänger ihop.",
    "Inga signaler. Vi har varit på besök och det vi såg stämmer med det som står.",
)
SOURCES = (["stadgar", "webbplats"], ["stadgar", "protokoll"], ["webbplats", "sociala_medier"])
# The legal tests of a formal case that nothing speaks against; a story says what is its own.
LEGAL = {
    "OK-1": AnswerInput("ja"),
    "OK-2": AnswerInput(
        "nej", text="Verksamheten är föreningens egen och fanns före oss. Vi skaffar ingen tjänst."
    ),
    "OK-3": AnswerInput("ja"),
    "OK-4": AnswerInput(
        "nej", text="Inget pris per plats, inget vite och ingen leverans. Målen är gemensamma."
    ),
    "OK-5": AnswerInput("nej", text="Vi är inte skyldiga att ordna det här och sparar inget."),
    "OK-S": AnswerInput("Föreningen tog initiativet, äger verksamheten och står för det mesta."),
    "SS-1": AnswerInput("ja"),
    "SS-2": AnswerInput(
        "nej", text="Det är gratis och öppet för alla i målgruppen. Inget säljs på en marknad."
    ),
    "SS-S": AnswerInput("Utan ekonomisk verksamhet är det inget statligt stöd."),
    "KL-5": AnswerInput(NOT_APPLICABLE, text="Ingen kommunal uppgift lämnas över."),
    "KL-S": AnswerInput(
        "Allmänt intresse, inom nämndens område och öppet för alla på lika villkor."
    ),
    "IA-3": AnswerInput(YES, text="Öppen verksamhet med stöd av kommunala medel sedan flera år."),
    "IA-S": AnswerInput("Stadgarna visar ett allmännyttigt syfte, och överskottet stannar där."),
}
SAFETY = ("Rutin antagen av styrelsen", "Beskriven i volontärhandboken", "Muntligt, med exempel")


def no_conflict(said: dict[str, str]) -> dict[str, AnswerInput]:
    """The jäv questions answered with no, but for those in `said` (code → what there is)."""
    return {
        code: AnswerInput(YES, text=said[code]) if code in said else AnswerInput(NO)
        for code in CONFLICT_QUESTIONS
    }


def own_answers(story: Story, party: Party, number: str, founded: date, day: date) -> dict:
    """Question code, with _ for -, → AnswerInput, for `acceptable_answers`.

    number: the organisation's as it is written, empty for a network. day: of the answering. What
    the story itself answers goes first.
    """
    seed = Random(story.key)
    given = {
        **LEGAL,
        **who_they_are(party, number, founded, day),
        **what_they_do(story, party, seed),
        **attested(story, party, seed, day),
    }
    given |= {code: as_input(told) for code, told in story.answers.items()}
    return {code.replace("-", "_"): one for code, one in given.items()}


def who_they_are(party: Party, number: str, founded: date, day: date) -> dict[str, AnswerInput]:
    last_year = day.year - 1
    meeting = date(day.year if day.month > 4 else last_year, 3, 22)
    given = {
        "GK-01": AnswerInput(YES, companions={"orgnr": number}, checked_on=day),
        "GK-02": AnswerInput(founded),
        "GK-03": AnswerInput(YES, reference=f"Stadgar, senast ändrade {max(founded.year, 2021)}"),
        "GK-05": AnswerInput(YES, companions={"datum": max(meeting, founded)}),
        "GK-08": AnswerInput(YES, reference=f"Bokslut {last_year}", checked_on=day),
        "GK-09": AnswerInput(YES, reference="Kronofogden, fråga utan träff", checked_on=day),
    }
    if reason := WITHOUT_MEMBERS.get(party.legal_form):
        given["GK-04"] = given["GK-05"] = AnswerInput(NOT_APPLICABLE, text=reason)
    if not party.size[1]:
        given["GK-10"] = AnswerInput(NOT_APPLICABLE, text="Ingen är anställd.")
    return given


def what_they_do(story: Story, party: Party, seed: Random) -> dict[str, AnswerInput]:
    target = ", ".join([*filter(None, [story.assignment]), *story.groups])
    return {
        "GK-12": AnswerInput(YES, companions={"malgrupp": target}),
        "GK-13": AnswerInput(YES, text=story.adds),
        "GK-14": AnswerInput(YES, reference="Undertecknad försäkran"),
        "GK-19a": AnswerInput(YES, reference=seed.choice(SAFETY)),
        "GK-20": AnswerInput(YES, text=seed.choice(FUNDING)),
        "VB-13": AnswerInput("lag", text=seed.choice(RISKS)),
    }


def attested(story: Story, party: Party, seed: Random, day: date) -> dict[str, AnswerInput]:
    name, role, _ = party.contacts[0]
    return {
        "DV-01": AnswerInput(
            YES,
            companions={"vem": name, "roll": role, "datum": day},
            reference="Intyg om demokrativillkor, undertecknat",
        ),
        "DV-02": AnswerInput(YES, text=story.read),
        "DV-03": AnswerInput(seed.choice(SOURCES), companions={"datum": day}),
    }


def as_input(told: dict) -> AnswerInput:
    return AnswerInput(**told)
