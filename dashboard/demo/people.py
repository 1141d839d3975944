"""The people of both administrations, all invented, at least one in every role."""

import unicodedata
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from accounts.models import Administration, RoleGrant, User
from accounts.roles import Role
from dashboard.demo.days import Days
from dashboard.demo.places import CITY, DISTRICT, LABOUR, Place, first_day

PASSWORD = "kanelbulle-pa-torsdag"


@dataclass(frozen=True)
class Persona:
    """`units`: where the role is held; none means the whole administration.

    `comes_to`: what there is to see for who logs in as this person; empty where none is listed.
    """

    key: str
    name: str
    title: str
    place: Place
    role: Role
    units: tuple[str, ...] = ()
    comes_to: str = ""

    @property
    def email(self) -> str:
        parts = unicodedata.normalize("NFKD", self.name.lower()).encode("ascii", "ignore").decode()
        return f"{parts.replace(' ', '.')}@{CITY}"


R = Role
PEOPLE = (
    Persona(
        "tomas",
        "Tomas Nyhagen",
        "chef för Jobbtorg Ekstad",
        LABOUR,
        R.RESPONSIBLE_MANAGER,
        ("Jobbtorg Ekstad",),
        "beslut att fatta, en jävsfråga och ett svar som dröjer",
    ),
    Persona(
        "selam",
        "Selam Bergdahl",
        "chef för Vuxenutbildning Ekstad",
        LABOUR,
        R.RESPONSIBLE_MANAGER,
        ("Vuxenutbildning Ekstad",),
    ),
    Persona(
        "mirjam",
        "Mirjam Kallio Strand",
        "chef för Etableringscentrum",
        LABOUR,
        R.RESPONSIBLE_MANAGER,
        ("Etableringscentrum",),
    ),
    Persona(
        "johan",
        "Johan Tammelin",
        "biträdande chef",
        LABOUR,
        R.RESPONSIBLE_MANAGER,
        ("Etableringscentrum", "Jobbtorg Ekstad"),
    ),
    Persona(
        "margareta",
        "Margareta Odenhall",
        "arbetsmarknadsdirektör",
        LABOUR,
        R.HEAD,
        (),
        "hela förvaltningens ärenden och en jävsfråga om en chef",
    ),
    Persona(
        "karin",
        "Karin Salehi",
        "handläggare",
        LABOUR,
        R.OFFICER,
        ("Jobbtorg Ekstad", "Etableringscentrum"),
        "ärenden att motivera och kontrollera, och en försenad uppföljning",
    ),
    Persona("emil", "Emil Forsgård", "handläggare", LABOUR, R.OFFICER, ("Jobbtorg Ekstad",)),
    Persona("amina", "Amina Yusuf Dahl", "handläggare", LABOUR, R.OFFICER, ("Etableringscentrum",)),
    Persona(
        "petra", "Petra Wikmark", "handläggare", LABOUR, R.OFFICER, ("Vuxenutbildning Ekstad",)
    ),
    Persona(
        "larserik",
        "Lars-Erik Brodin",
        "enhetschef",
        LABOUR,
        R.UNIT_MANAGER,
        ("Jobbtorg Norra hamnen",),
        "den samverkan som pågår på enheten",
    ),
    Persona(
        "fatima",
        "Fatima Noorzai",
        "jobbcoach",
        LABOUR,
        R.EMPLOYEE,
        ("Jobbtorg Unga",),
        "vad parterna har lovat varandra",
    ),
    Persona(
        "ingrid",
        "Ingrid Palmäng",
        "sammankallande i beredningsgruppen",
        LABOUR,
        R.ADVISORY_GROUP,
        (),
        "nya initiativ, en fråga som väntar på råd och överlapp",
    ),
    Persona("daniel", "Daniel Quispe Lind", "strateg", LABOUR, R.ADVISORY_GROUP),
    Persona(
        "sofia",
        "Sofia Hellmark",
        "upphandlare",
        LABOUR,
        R.PROCUREMENT,
        (),
        "ett köp som har lämnats över",
    ),
    Persona("reza", "Reza Karimlund", "ekonom", LABOUR, R.FINANCE, (), "ett yttrande att lämna"),
    Persona("helena", "Helena Björnberg", "jurist", LABOUR, R.LEGAL, (), "organisationsregistret"),
    Persona(
        "nils",
        "Nils Acheampong",
        "kommunikatör",
        LABOUR,
        R.COMMUNICATOR,
        (),
        "organisationsregistret",
    ),
    Persona(
        "gunilla",
        "Gunilla Stormdal",
        "nämndsekreterare",
        LABOUR,
        R.BOARD_SECRETARY,
        (),
        "ärenden och beslut",
    ),
    Persona(
        "milica",
        "Milica Petrović",
        "registrator",
        LABOUR,
        R.REGISTRAR,
        (),
        "ärenden som saknar diarienummer",
    ),
    Persona(
        "oskar",
        "Oskar Enbom",
        "systemförvaltare",
        LABOUR,
        R.ADMIN,
        (),
        "förvaltningar, enheter, roller och andra grunduppgifter",
    ),
    Persona(
        "elin",
        "Elin Marklöv",
        "avdelningschef",
        DISTRICT,
        R.RESPONSIBLE_MANAGER,
        ("Avdelningen för förskola och fritid",),
        "ett partnerskap som bereds, ett som pågår och en försenad slutuppföljning",
    ),
    Persona(
        "yusuf",
        "Yusuf Demirtas Ek",
        "avdelningschef",
        DISTRICT,
        R.RESPONSIBLE_MANAGER,
        ("Avdelningen för äldre",),
        "ett partnerskap att ta till nämnden och ett meddelande som avvisades",
    ),
    Persona(
        "carlos",
        "Carlos Menez Öberg",
        "avdelningschef",
        DISTRICT,
        R.RESPONSIBLE_MANAGER,
        ("Avdelningen för individ och familj",),
    ),
    Persona(
        "hanna",
        "Hanna Ståhlgren",
        "avdelningschef",
        DISTRICT,
        R.RESPONSIBLE_MANAGER,
        ("Avdelningen för trygghet och stadsmiljö",),
    ),
    Persona(
        "birgitta",
        "Birgitta Sandelin",
        "stadsdelsdirektör",
        DISTRICT,
        R.HEAD,
        (),
        "hela stadsdelens ärenden",
    ),
    Persona(
        "rebecka",
        "Rebecka Lindh Osman",
        "utvecklingsledare",
        DISTRICT,
        R.OFFICER,
        (),
        "egna ärenden i hela stadsdelen",
    ),
    Persona(
        "viktor",
        "Viktor Hedbäck",
        "utvecklingsledare",
        DISTRICT,
        R.OFFICER,
        ("Avdelningen för förskola och fritid",),
    ),
    Persona(
        "mai",
        "Mai Sandgren",
        "utvecklingsledare",
        DISTRICT,
        R.OFFICER,
        ("Avdelningen för äldre", "Avdelningen för individ och familj"),
    ),
    Persona(
        "pernilla",
        "Pernilla Ågren",
        "enhetschef",
        DISTRICT,
        R.UNIT_MANAGER,
        ("Ungdomsgården Bryggan",),
    ),
    Persona(
        "ahmed", "Ahmed Barre", "fritidsledare", DISTRICT, R.EMPLOYEE, ("Ungdomsgården Bryggan",)
    ),
    Persona(
        "stina",
        "Stina Holmkvist",
        "sammankallande i samrådsgruppen",
        DISTRICT,
        R.ADVISORY_GROUP,
        (),
        "stadsdelens initiativ och en fråga att svara på",
    ),
    Persona("bo", "Bo Råberg", "controller", DISTRICT, R.ADVISORY_GROUP),
    Persona("liv", "Liv Tornberg", "upphandlare", DISTRICT, R.PROCUREMENT),
    Persona("mattias", "Mattias Eklöv", "ekonomichef", DISTRICT, R.FINANCE),
    Persona("parisa", "Parisa Dadgar", "jurist", DISTRICT, R.LEGAL, (), "ett yttrande att lämna"),
    Persona("jenny", "Jenny Wallström", "kommunikatör", DISTRICT, R.COMMUNICATOR),
    Persona(
        "kerstin",
        "Kerstin Furuholm",
        "nämndsekreterare",
        DISTRICT,
        R.BOARD_SECRETARY,
        (),
        "ett partnerskap som väntar på nämnden",
    ),
    Persona("adam", "Adam Szymański", "registrator", DISTRICT, R.REGISTRAR),
    Persona("linnea", "Linnea Brask", "systemförvaltare", DISTRICT, R.ADMIN),
)
LAST_LOOK = 9  # days since the groups marked their page as read


def make_people(administrations: dict[str, Administration], days: Days) -> dict[str, User]:
    """Make everybody with their grants: key → User. One password, hashed once, for all."""
    secret = make_password(PASSWORD)
    return {one.key: make(one, administrations[one.place.slug], secret, days) for one in PEOPLE}


def make(persona: Persona, administration: Administration, secret: str, days: Days) -> User:
    in_group = persona.role == Role.ADVISORY_GROUP
    person = User.objects.create(
        email=persona.email,
        name=persona.name,
        title=persona.title,
        password=secret,
        group_seen_at=days.at(LAST_LOOK, 15) if in_group else None,
    )
    for name in persona.units or (administration.name,):
        RoleGrant.objects.create(
            person=person,
            role=persona.role,
            unit=administration.units.get(name=name),
            starts_on=first_day(days),
        )
    return person
