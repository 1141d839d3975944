"""Which sections an agreement has, per template (domain 4.3 C; G-51, M-20, M-58, M-62)."""

from dataclasses import dataclass

from agreements.models.words import Template


@dataclass(frozen=True)
class Section:
    """`holds`: the rows that belong to the section beside its text: goals, commitments, money."""

    code: str
    title: str
    help: str
    sources: tuple[str, ...]
    holds: str = ""


GOALS, COMMITMENTS, CONTRIBUTIONS, PERIOD = "goals", "commitments", "contributions", "period"

ALL = (
    Section(
        "syfte",
        "Syfte och samhällsutmaning",
        "Vilken utmaning delar ni, varför är den sammansatt och vilken lösning prövar ni? "
        "Ange vilket program eller vilken plan överenskommelsen bidrar till.",
        ("I-55", "M-62"),
    ),
    Section(
        "utgangspunkter",
        "Parternas utgångspunkter",
        "Vad är viktigt för var och en av er när ni går in i samarbetet?",
        ("M-20",),
    ),
    Section("vision", "Gemensam vision", "Vad vill ni uppnå tillsammans på sikt?", ("M-20",)),
    Section(
        "principer",
        "Gemensamma principer",
        "Hur ska ni arbeta tillsammans? Till exempel självständighet, dialog och insyn.",
        ("M-20",),
    ),
    Section(
        "mal",
        "Mål",
        "Målen ska vara långsiktiga och mätbara. Ange indikator, utgångsläge, målvärde och datum.",
        ("I-55", "G-80", "I-18"),
        GOALS,
    ),
    Section(
        "varderingar",
        "Gemensamma värderingar och arbetssätt",
        "Vilka värderingar delar ni, och hur märks de i verksamheten?",
        ("I-55", "M-62"),
    ),
    Section(
        "malgrupp",
        "Målgrupp",
        "Vilka vänder ni er till? Är verksamheten bara till för en viss grupp: skriv varför.",
        ("I-55", "M-62", "I-50"),
    ),
    Section(
        "ataganden",
        "Aktiviteter och åtaganden",
        "Vad gör var och en av er? Varje åtagande ska vara viktigt för lösningen och kunna "
        "följas upp.",
        ("I-55", "I-38", "M-20"),
        COMMITMENTS,
    ),
    Section(
        "organisation",
        "Organisation och styrgrupp",
        "Hur leds arbetet, vilka ingår i styrgruppen och hur ofta träffas den?",
        ("I-55", "I-20"),
    ),
    Section(
        "dokumentation",
        "Dokumentation och redovisning",
        "Vad dokumenterar ni, och hur redovisas hur medlen har använts?",
        ("I-55",),
    ),
    Section(
        "ekonomi",
        "Ekonomi och insatser",
        "Båda parter bidrar. Insatserna hämtas från motiveringen. Beskriv när pengar betalas ut "
        "och vad som händer med det som inte använts.",
        ("I-55", "M-62", "G-54", "I-39"),
        CONTRIBUTIONS,
    ),
    Section(
        "budget",
        "Budget",
        "Vad kostar det, och vem betalar vad? Skriv också om ingen betalar något.",
        ("G-51",),
        CONTRIBUTIONS,
    ),
    Section(
        "ersattning",
        "Ersättning",
        "Vilken ersättning lämnas, till vem och när? Skriv också om ingen lämnas.",
        ("M-58",),
    ),
    Section(
        "uppfoljning",
        "Uppföljning",
        "Hur, när och av vem följs överenskommelsen upp?",
        ("I-55", "G-51", "G-75"),
    ),
    Section(
        "andring",
        "Ändring, uppsägning och tvist",
        "Hur ändras överenskommelsen, hur sägs den upp och hur löser ni en tvist?",
        ("I-55",),
    ),
    Section(
        "period",
        "Period",
        "Från och med vilken dag gäller överenskommelsen, och till och med vilken?",
        ("M-62", "M-63"),
        PERIOD,
    ),
    Section(
        "ansvar",
        "Ansvar, befogenheter och försäkring",
        "Vem ansvarar för vad, vem får bestämma vad, och vilka försäkringar gäller?",
        ("M-58",),
    ),
    Section("roller", "Ansvar", "Vem ansvarar för vad?", ("G-51", "M-58")),
    Section(
        "befogenheter",
        "Befogenheter",
        "Vem får bestämma vad, och vem får företräda samarbetet?",
        ("M-58",),
    ),
    Section(
        "forsakring",
        "Försäkring",
        "Vilka försäkringar gäller för deltagare, volontärer, lokal och utrustning?",
        ("M-58",),
    ),
    Section(
        "insyn",
        "Insyn, offentlighet och personuppgifter",
        "Hur får vi och allmänheten insyn i verksamheten? Vem ansvarar för personuppgifter? "
        "Vi ska kontrollera och följa upp det som lämnas över.",
        ("KL 10:7", "KL 10:8", "KL 10:9"),
    ),
)
SECTIONS = {section.code: section for section in ALL}

FORMAL = ("roller", "befogenheter", "budget", "ersattning", "forsakring", "uppfoljning", "period")
REQUIRED: dict[str, tuple[str, ...]] = {
    Template.PARTNERSHIP: (
        "syfte",
        "mal",
        "varderingar",
        "malgrupp",
        "ataganden",
        "organisation",
        "dokumentation",
        "ekonomi",
        "uppfoljning",
        "andring",
        "period",
        "ansvar",
        "insyn",
    ),
    Template.FORMAL: FORMAL,
    Template.PRINCIPLES: ("utgangspunkter", "vision", "principer", "ataganden", *FORMAL),
}
OPTIONAL: dict[str, tuple[str, ...]] = {
    Template.PARTNERSHIP: (),
    Template.FORMAL: ("syfte", "mal", "malgrupp", "ataganden", "organisation", "andring", "insyn"),
    Template.PRINCIPLES: ("mal", "malgrupp", "organisation", "andring", "insyn"),
}


def sections_of(template: str) -> tuple[Section, ...]:
    """All sections an agreement of that template may have, the required first."""
    return tuple(SECTIONS[code] for code in (*REQUIRED[template], *OPTIONAL[template]))


def is_required(template: str, code: str) -> bool:
    return code in REQUIRED[template]


def template_for(form: str) -> str:
    """The template a form begins with; an agreement without one is not written for the others."""
    return Template.PARTNERSHIP if form == "iop" else Template.FORMAL


def templates_for(form: str) -> tuple[str, ...]:
    """What may be chosen: a partnership has its own, with all its sections (I-55)."""
    if form == "iop":
        return (Template.PARTNERSHIP,)
    return (Template.FORMAL, Template.PRINCIPLES)
