"""The two administrations with their units and what their cases refer to (domain 0.14, 1.7.1).

One is like a labour-market administration (the guidelines, [000]), the other like a city district
([004]). City, names and addresses are invented.
"""

from dataclasses import dataclass
from datetime import date

from accounts.models import (
    Administration,
    Area,
    DelegationItem,
    Funder,
    GoverningDocument,
    TargetGroup,
    Unit,
    YearlyAssignment,
)
from accounts.roles import Role
from dashboard.demo.days import Days
from iop.models import Programme

CITY = "ekstad.example"


@dataclass(frozen=True)
class Place:
    slug: str
    name: str
    short_name: str
    mailbox: str
    alias: str
    rule_set: str
    labels: dict[str, str]
    units: dict  # name → the units under it
    groups: tuple[str, ...]
    # area → (why within the municipality's competence, why within our responsibility)
    areas: dict[str, tuple[str, str]]
    assignments: dict[str, str]
    delegation: tuple  # code, title, forms, highest sum, role
    documents: tuple  # title, unit, version, decided days ago, review in days
    board: str
    programmes: tuple  # title, decided by, decided days ago, ends in days
    funders: tuple[str, ...] = ()


LABOUR = Place(
    slug="amf",
    name="Arbetsmarknadsförvaltningen",
    short_name="Arbetsmarknad",
    mailbox=f"funktion.civilsamhälle@{CITY}",
    alias=f"funktion.civilsamhalle@{CITY}",
    rule_set="amf",
    labels={
        "responsible_manager": "chef för verksamheten",
        "head": "arbetsmarknadsdirektör",
        "unit_manager": "enhetschef",
        "procurement": "inköp och upphandling",
        "finance": "ekonomistaben",
        "legal": "stadens jurist",
    },
    units={
        "Jobbtorg Ekstad": {"Jobbtorg Norra hamnen": {}, "Jobbtorg Unga": {}},
        "Vuxenutbildning Ekstad": {"Svenska för invandrare": {}, "Vägledningscentrum": {}},
        "Etableringscentrum": {},
        "Staben för strategi och samordning": {},
        "Ekonomistaben": {},
    },
    groups=(
        "nyanlända 18–65 år",
        "föräldralediga som står långt från arbete",
        "unga 15–21 år utan förankring i skola eller arbete",
        "långtidsarbetslösa",
        "elever i svenska för invandrare",
        "personer med psykisk ohälsa eller funktionsnedsättning",
    ),
    areas={
        "Etablering och språk": (
            "Kommunen ansvarar för att den som är ny i landet får information om samhället.",
            "Etableringscentrum har uppdraget att ge nyanlända en snabb väg till arbete.",
        ),
        "Vägar till arbete": (
            "Kommunen får göra insatser för att den som saknar arbete ska närma sig ett.",
            "Jobbtorgen stödjer den som har stått utan arbete länge. Det här är en väg dit.",
        ),
        "Ungas väg till studier och arbete": (
            "Kommunen ska följa unga under 20 år som inte går i skolan och erbjuda dem stöd.",
            "Jobbtorg Unga har det kommunala aktivitetsansvaret.",
        ),
        "Vuxenutbildning": (
            "Kommunen ska ordna utbildning för vuxna och får göra den lättare att klara.",
            "Vi ordnar svenska för invandrare och vägledning för vuxna.",
        ),
        "Arbetsgivare och mötesplatser": (
            "Kommunen får ordna mötesplatser som är öppna för alla invånare.",
            "Jobbtorgen ordnar mässor och träffar för den som söker arbete.",
        ),
    },
    assignments={
        "A1": "Fler nyanlända ska vara i arbete eller studier inom två år",
        "A2": "Föräldralediga ska få vägledning innan ledigheten är slut",
        "A3": "Färre unga ska stå utan både studier och arbete",
        "A4": "Samarbetet med civilsamhället ska öka där arbetslösheten är högst",
    },
    delegation=(
        ("3.1", "Inleda eller avstå från informell samverkan", ["informal"], None, "manager"),
        ("3.2", "Skriftlig överenskommelse", ["other_agreement"], 200_000, "manager"),
        ("3.3", "Projekt med extern finansiering", ["external_funding"], 2_000_000, "head"),
        (
            "3.4",
            "Partner i andras projekt, och civilsamhället som arbetsgivare",
            ["partner_in_project", "employer"],
            100_000,
            "manager",
        ),
    ),
    documents=(
        ("Riktlinjer för samverkan med civilsamhället", "", "2.1", 1000, -325),
        ("Rutin mot välfärdsbrott", "Ekonomistaben", "1.0", 410, 320),
    ),
    board="Arbetsmarknadsnämnden",
    programmes=(("Program för fler i arbete", "Kommunfullmäktige", 1300, 500),),
    funders=("Europeiska socialfonden", "Arbetsmarknadsstiftelsen"),
)

DISTRICT = Place(
    slug="sdf",
    name="Sjöängens stadsdelsförvaltning",
    short_name="Sjöängen",
    mailbox=f"samverkan.sjoangen@{CITY}",
    alias="",
    rule_set="stadsdel",
    labels={
        "responsible_manager": "avdelningschef",
        "head": "stadsdelsdirektör",
        "officer": "utvecklingsledare",
        "procurement": "upphandlare",
        "finance": "ekonomichef",
        "advisory_group": "samrådsgruppen",
    },
    units={
        "Staben": {"Utvecklingsenheten": {}, "Kanslienheten": {}},
        "Avdelningen för förskola och fritid": {
            "Fritid och föreningsliv": {},
            "Ungdomsgården Bryggan": {},
            "Biblioteket i Sjöängen": {},
        },
        "Avdelningen för äldre": {"Träffpunkten Solgläntan": {}},
        "Avdelningen för individ och familj": {},
        "Avdelningen för trygghet och stadsmiljö": {},
    },
    groups=(
        "barn 6–12 år",
        "ungdomar 13–19 år",
        "barnfamiljer",
        "äldre över 65 år",
        "alla som bor i stadsdelen",
        "personer som behöver skydd och stöd",
    ),
    areas={
        "Fritid för barn och unga": (
            "Kommunen får ordna fritidsverksamhet för barn och unga.",
            "Stadsdelen ansvarar för öppen verksamhet och för biblioteket.",
        ),
        "Äldres gemenskap": (
            "Kommunen ska verka för att äldre får leva ett aktivt liv tillsammans med andra.",
            "Träffpunkterna är vårt förebyggande arbete för äldre.",
        ),
        "Trygghet i närmiljön": (
            "Kommunen ansvarar för gator, parker och det lokala brottsförebyggande arbetet.",
            "Stadsdelen samordnar trygghetsarbetet i Sjöängen.",
        ),
        "Demokrati och lokalt inflytande": (
            "Kommunen ska ge invånarna möjlighet att vara med och påverka.",
            "Stadsdelsnämnden har uppdraget att stärka det lokala inflytandet.",
        ),
        "Stöd till individ och familj": (
            "Socialtjänsten ska arbeta förebyggande och göra sitt stöd känt.",
            "Avdelningen ger råd och stöd till dem som bor i stadsdelen.",
        ),
    },
    assignments={
        "S1": "Alla barn ska ha en meningsfull fritid, oavsett vad familjen tjänar",
        "S2": "Ofrivillig ensamhet bland äldre ska minska",
        "S3": "Tryggheten ska öka, tillsammans med dem som bor här",
        "S4": "Invånare och föreningar ska få större inflytande över stadsdelen",
    },
    delegation=(
        ("7.2", "Inleda eller avstå från informell samverkan", ["informal"], None, "manager"),
        ("7.4", "Annan skriftlig överenskommelse", ["other_agreement"], 100_000, "head"),
    ),
    documents=(
        ("Rutin för idéburet offentligt partnerskap", "Utvecklingsenheten", "3.0", 260, 105),
        ("Så samverkar vi i Sjöängen", "Staben", "1.2", 700, 30),
    ),
    board="Sjöängens stadsdelsnämnd",
    programmes=(
        ("Program för barns och ungas fritid", "Kommunfullmäktige", 1250, 900),
        ("Plan mot ofrivillig ensamhet", "Sjöängens stadsdelsnämnd", 820, 640),
    ),
)

PLACES = {place.slug: place for place in (LABOUR, DISTRICT)}
HOLDERS = {"manager": Role.RESPONSIBLE_MANAGER, "head": Role.HEAD}


def first_day(days: Days) -> date:
    """From when grants, assignments and questions count: New Year's Day four years back."""
    return date(days.today.year - 4, 1, 1)


def make_places(days: Days) -> dict[str, Administration]:
    """Make both administrations with units and reference data: slug → administration."""
    return {place.slug: make(place, days) for place in PLACES.values()}


def make(place: Place, days: Days) -> Administration:
    administration = Administration.objects.create(
        name=place.name,
        short_name=place.short_name,
        slug=place.slug,
        mailbox=place.mailbox,
        mailbox_ascii_alias=place.alias,
        rule_set=place.rule_set,
        retention_years=10,
        labels=place.labels,
    )
    whole = Unit.objects.create(administration=administration, name=place.name)
    make_units(administration, whole, place.units)
    for group in place.groups:
        TargetGroup.objects.create(administration=administration, name=group)
    for area in place.areas:
        Area.objects.create(administration=administration, name=area)
    make_reference(administration, place, days)
    return administration


def make_units(administration: Administration, parent: Unit, names: dict) -> None:
    for name, below in names.items():
        unit = Unit.objects.create(administration=administration, parent=parent, name=name)
        make_units(administration, unit, below)


def make_reference(administration: Administration, place: Place, days: Days) -> None:
    """Assignments from four years back to next year, delegation, programmes and guidelines."""
    for year in range(first_day(days).year, days.today.year + 2):
        for code, text in place.assignments.items():
            YearlyAssignment.objects.create(
                administration=administration, year=year, code=code, text=text
            )
    for code, title, forms, most, holder in place.delegation:
        DelegationItem.objects.create(
            administration=administration,
            code=code,
            title=title,
            forms=forms,
            max_amount=most,
            holder_role=HOLDERS[holder],
            starts_on=first_day(days),
        )
    for name in place.funders:
        Funder.objects.create(administration=administration, name=name)
    for title, decided_by, decided, ends in place.programmes:
        Programme.objects.create(
            administration=administration,
            title=title,
            decided_by=decided_by,
            decided_on=days.day(decided),
            ends_on=days.day(-ends),
            reference=f"KS {days.day(decided).year}/{100 + decided % 90}",
        )
    for title, unit, version, decided, review in place.documents:
        GoverningDocument.objects.create(
            administration=administration,
            title=title,
            owner_unit=administration.units.get(name=unit or place.name),
            version=version,
            decided_on=days.day(decided),
            next_review_on=days.day(-review),
            reference=f"{place.slug.upper()} {days.day(decided).year}/{100 + decided % 90}",
        )
