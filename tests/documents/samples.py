"""Invented decisions to make documents of."""

from dataclasses import replace
from datetime import date
from functools import cache

from documents.decision import (
    Advice,
    Appeal,
    Contribution,
    DecisionDocumentData,
    Declaration,
    FollowUp,
    Motivation,
    Organisation,
    decision_pdf,
)
from documents.parts import Answer, Block, Fact, Passage, Person, QuestionSet, Table

MANAGER = Person("Åsa Björkängen", "enhetschef")
OFFICER = Person("Örjan Ålöf", "handläggare")
CHECKED_ON = date(2026, 11, 12)

MOTIVATION = Motivation(
    questions=(
        Passage(
            "Ligger verksamheten inom den kommunala kompetensen?",
            "Ja. Läxhjälp och språkträning för vuxna är en angelägenhet av allmänt intresse för "
            "kommunens invånare.",
        ),
        Passage(
            "Ligger den inom förvaltningens ansvarsområden?",
            "Ja. Förvaltningen svarar för vuxenutbildning och för insatser som leder till arbete.",
        ),
        Passage(
            "Riktar den sig till någon av våra målgrupper?",
            "Ja. Deltagarna läser svenska för invandrare och bor i stadsdelarna öster om ån.",
        ),
    ),
    need_type="Nytt sätt att möta en målgrupp",
    need="Skolan ger undervisning på dagtid. Föreningen möter deltagarna på kvällar och helger, på "
    "bibliotek och i tvättstugor, där skolan inte når fram.\n\nUnder våren frågade 41 elever efter "
    "någon att öva med. Förvaltningen har inget eget erbjudande på de tiderna.",
    assignments=("Fler vuxna ska slutföra studier i svenska (budget 2026, uppdrag 4.2)",),
    areas=("Vuxenutbildning",),
    target_groups=("Vuxna som läser svenska", "Föräldralediga"),
    heard="Elevrådet har lämnat synpunkter på tider och platser. En fokusgrupp möts varje termin.",
    equal_chance="Inbjudan låg på webbplatsen i sex veckor och skickades till 23 föreningar. Tre "
    "hörde av sig och alla tre har fått samma förslag.",
    involves_minors=True,
    contributions=(
        Contribution("Språkvännerna i Älvdal", "Tolv volontärer, två kvällar i veckan"),
        Contribution("Förvaltningen", "En kontaktperson, cirka två timmar i månaden"),
    ),
)

CHECKLIST = QuestionSet(
    title="Checklista för grundläggande krav",
    version="1, gäller från 1 september 2026",
    outcome="Uppfyllt med motivering",
    outcome_reasons="Föreningen är ung. Chefen bedömer att styrelsens erfarenhet väger upp det.",
    answers=(
        Answer(
            "GK-01",
            "Har organisationen ett giltigt organisationsnummer?",
            "Ja",
            group="Organisationen",
            evidence="Registerutdrag",
            evidence_on=date(2026, 11, 10),
            answered_by=OFFICER.name,
            answered_on=CHECKED_ON,
        ),
        Answer(
            "GK-02",
            "Sedan vilket datum är organisationen registrerad?",
            "2026-02-17",
            group="Organisationen",
            effect="Kräver motivering, eftersom det är mindre än ett år sedan.",
            motivation="Styrelsen har drivit samma verksamhet i en studiecirkel sedan 2019.",
            answered_by=OFFICER.name,
            answered_on=CHECKED_ON,
        ),
        Answer(
            "GK-13",
            "Tillför verksamheten något utöver det vi själva gör eller har upphandlat?",
            "Ja\nDen når elever på kvällar och helger där vi saknar erbjudande.",
            group="Verksamheten",
            note="Se behovsbedömningen.",
            reused_from="SAM-2026-0003, 3 mars 2026",
            answered_by=OFFICER.name,
            answered_on=CHECKED_ON,
        ),
        Answer(
            "GK-18",
            "Om barn berörs: har utdrag ur belastningsregistret visats upp?",
            "Visat",
            group="Verksamheten",
            evidence="Endast anteckning",
            evidence_on=date(2026, 11, 11),
            answered_by=OFFICER.name,
            answered_on=CHECKED_ON,
        ),
    ),
)

START = DecisionDocumentData(
    number="SAM-2026-0014",
    title="Språkkaféer på kvällstid i Älvdal",
    kind="inleda",
    administration="Arbetsmarknadsförvaltningen i Älvdal",
    unit="Enheten för vuxenutbildning",
    form="Informell samverkan",
    sub_type="lokal samverkan",
    decided_by=MANAGER,
    decided_on=date(2026, 11, 21),
    right="Ansvarig chef för verksamheten beslutar om informell samverkan enligt riktlinjerna för "
    "samverkan med civilsamhället.",
    reasons="Språkkaféerna når elever som skolan inte når och kostar förvaltningen ingenting "
    "utöver en kontaktpersons tid.\n\nFöreningen uppfyller de grundläggande kraven. Att den är "
    "ung uppvägs av styrelsens erfarenhet.",
    organisations=(
        Organisation(
            "Språkvännerna i Älvdal", "899990-1236", "Ideell förening", "Tog initiativet, utför"
        ),
        Organisation("Nätverket Öppna dörrar", role="Lånar ut lokal"),
    ),
    motivation=MOTIVATION,
    appeal=Appeal(
        answer="ja",
        text="Den som är medlem i kommunen kan begära laglighetsprövning hos förvaltningsrätten. "
        "Överklagandet ska ha kommit in inom tre veckor från den dag då beslutet tillkännagavs på "
        "kommunens anslagstavla.",
        version="1, gäller från 1 september 2026",
    ),
    diary_number="AMF 2026/1147",
    initiative="Föreningen tog initiativet. Det kom in den 2 oktober 2026.",
    prepared_by=(OFFICER,),
    advice=(
        Advice(
            "Beredningsgruppen",
            "Finns fler föreningar som gör samma sak i samma område?",
            asked_by=MANAGER.name,
            asked_on=date(2026, 11, 3),
            answered_on=date(2026, 11, 9),
            answered_by="Märta Sjöö",
            advice="Lämpligt",
            reasons="En liknande samverkan finns väster om ån. Samordna tiderna.",
        ),
    ),
    follow_up=FollowUp(
        "Enkät till deltagarna i maj och ett möte med föreningen i juni. Antal träffar och "
        "deltagare jämförs med planen.",
        date(2027, 6, 15),
        f"{OFFICER.name}, {OFFICER.title}",
    ),
    sent_to=("Beredningsgruppens funktionsbrevlåda",),
    question_sets=(CHECKLIST,),
    declarations=(
        Declaration(OFFICER, "Kontrollerar", date(2026, 11, 2), "Inget jäv anmält"),
        Declaration(
            MANAGER,
            "Beslutar",
            date(2026, 11, 3),
            "Uppenbart utan betydelse",
            ruled_by="Gösta Ärnström",
            ruled_on=date(2026, 11, 5),
        ),
    ),
)

REFRAIN = replace(
    START,
    number="SAM-2026-0021",
    kind="avstå",
    reasons="Föreningen kan inte visa att ekonomin är i god ordning.",
    organisations=(Organisation("Trädgårdens vänner", "899990-2341", "Ideell förening"),),
    advice=(),
    follow_up=None,
    appeal=Appeal("oklart", "", "", reasons="Frågan är inte prövad för informell samverkan."),
)

# What a formal collaboration has beside the rest.
BOARDS = replace(
    START,
    number="SAM-2026-0044",
    form="Idéburet offentligt partnerskap (IOP)",
    sub_type="",
    decided_by=Person("Provnämnden", "21 november 2026, § 14"),
    recorded=(Fact("Protokoll", "Dnr 2026/120"), Fact("Antecknat av", f"{OFFICER}, 22 november")),
    basis=(
        Block(
            "Stöd av mindre betydelse",
            text="Räknat över tre år.",
            lines=("Språkvännerna: lokal, 20 000 kr.",),
            table=Table(
                ("Mottagare", "Summa", "Tak", "Intyg"), (("Språkvännerna", "20", "3", ""),)
            ),
        ),
    ),
    examined=(
        Block(
            "Offentligt kontrakt",
            facts=(
                Fact("Utfall", "Inte ett offentligt kontrakt"),
                Fact("Skäl", "Vi köper ingenting, och parterna bidrar båda.\n\n" * 90),
                Fact("Bedömt av", str(OFFICER)),
            ),
        ),
        Block("Kommunallagen", none="Inte påbörjad."),
    ),
)

DRAFT = replace(START, decided_on=None, reasons="")

# Several pages of everything: many questions, long words, a note that is longer than a page.
LONG = replace(
    START,
    number="SAM-2026-0030",
    question_sets=(
        CHECKLIST,
        replace(
            CHECKLIST,
            title="Prövning av demokrativillkor",
            outcome="Antas uppfyllt",
            outcome_reasons="",
            answers=tuple(
                Answer(
                    f"DV-{number:02}",
                    "Har någon i verksamheten blivit utsatt för våld, hot, påtryckningar eller "
                    "annan allvarlig kränkning av sina fri- och rättigheter?",
                    "Nej",
                    note="Årsmötesprotokoll, verksamhetsberättelse och webbplats är lästa. " * 3,
                    evidence="Verksamhetsberättelse 2025, sidan 4",
                    evidence_on=date(2026, 11, 10),
                    answered_by=OFFICER.name,
                    answered_on=CHECKED_ON,
                )
                for number in range(1, 31)
            ),
        ),
        replace(
            CHECKLIST,
            title="Tecken på välfärdsbrott",
            outcome="Låg risk",
            outcome_reasons="",
            answers=(
                Answer(
                    "VB-01",
                    "Vilka källor har vi tagit del av?",
                    "Öppna källor. " * 400,
                    answered_by=OFFICER.name,
                    answered_on=CHECKED_ON,
                ),
            ),
        ),
    ),
)


@cache
def start_pdf() -> bytes:
    return decision_pdf(START)


@cache
def draft_pdf() -> bytes:
    return decision_pdf(DRAFT, draft=True)


@cache
def long_pdf() -> bytes:
    return decision_pdf(LONG)
