"""The mails about a case. The words that the program brings stand in collaborations/mail_texts/.

To add one: a row here under its heading, a text of the same name there, a function in
collaborations/notices.py.
"""

from notifications.mail_kinds import LINK, NUMBER, Field, Kind, Pace, under

# Every mail about a case has these; notices.py fills them.
CASE = (
    NUMBER,
    Field("rubrik", "ärendets rubrik", "Läxhjälp på onsdagar"),
    Field("organisation", "organisationens namn, eller alla deras namn", "Läsande Grannar"),
    Field("form", "samverkans form; tom innan den är vald", "Informell samverkan"),
    Field("enhet", "enheten som ärendet hör till", "Jobbtorg Norr"),
    Field("ansvarig_chef", "ansvarig chef", "Tomas Nyhagen"),
    LINK,
)
ASKED_BY = Field("frågad_av", "den som ställer frågan", "Karin Salehi")
BY_WHEN = Field("senast", "sista dagen för svar", "15 mars 2027")
QUESTION = Field("fråga", "frågan", "Är insatsen lämplig som samverkan?")
REASONS = Field("skäl", "skälen", "Insatsen når unga som vi inte når själva.")
UNIT = Field("enhet", "enheten där den som frågar arbetar", "Jobbtorg Norr")
FUNCTION = Field("funktion", "den funktion som yttrar sig", "Ekonomi")
WHY_REFERRED = Field("varför", "varför ärendet lämnas över", "Det är ett köp av en tjänst")

SEEN_ON = Field("sågs", "dagen då bristen sågs", "3 mars 2026")
URGENT = Field(
    "brådska",
    "att det är brådskande; tom när det inte är det",
    "Anmälaren anger att det är brådskande eller gäller säkerhet.",
)


def about_case(code: str, name: str, *own: Field, pace: Pace = Pace.AT_ONCE) -> Kind:
    """A mail about a case: its own fields after those that all have."""
    return Kind(code, name, (*CASE[:-1], *own, LINK), pace=pace)


MAIL_KINDS = (
    *under(
        "Ärendets gång",
        about_case(
            "initiative",
            "Nytt initiativ, till brevlådan",
            Field("initiativtagare", "vem som tog initiativet", "Organisationen"),
            Field("initiativdag", "när initiativet kom", "3 mars 2026"),
            Field("uppgift", "gemensam uppgift och mål", "Fler unga klarar skolan."),
        ),
        about_case(
            "ready_for_decision",
            "Redo för beslut, till ansvarig chef",
            Field("handläggare", "handläggaren", "Karin Salehi"),
            pace=Pace.INFORMATION,
        ),
        about_case(
            "sent_back",
            "Skickat tillbaka, till handläggaren",
            Field("skickad_av", "den som skickade tillbaka", "Tomas Nyhagen"),
            Field("kommentar", "kommentaren", "Beskriv hur målgruppen har hörts."),
            pace=Pace.INFORMATION,
        ),
        about_case(
            "decision",
            "Beslut, till brevlådan",
            Field("beslut", "vad som beslutats", "inleda samverkan"),
            Field("beslut_kort", "det samma med ett ord", "inleda"),
            Field("beslutad_av", "den som beslutat", "Tomas Nyhagen"),
            Field("beslutsdag", "dagen för beslutet", "3 april 2026"),
            REASONS,
            Field(
                "uppföljning",
                "rubriken Uppföljning, hur, av vem och när; tom när ingen är bestämd",
                "Uppföljning\nMöte med båda parter\nAv Karin Salehi, senast 3 april 2027.",
            ),
        ),
        about_case("started", "Samverkan startar, till brevlådan"),
        about_case(
            "end",
            "Avslutad samverkan, till brevlådan",
            Field(
                "tid",
                "när samverkan pågick, eller att den aldrig började",
                "Pågick: 3 april 2026 – 2 april 2027",
            ),
        ),
        about_case(
            "referred",
            "Överlämnat till inköp, till inköp",
            WHY_REFERRED,
            Field("behov", "vad som ska köpas", "Matlagning varje fredag"),
            Field("sätt", "föreslaget sätt att köpa", "Direktupphandling"),
            Field(
                "värde",
                "raden ”Beräknat värde”; tom när inget är beräknat",
                "Beräknat värde: 80 000 kr",
            ),
            Field("känt", "vad vi vet", "Föreningen har ett kök."),
            Field(
                "behovshubben",
                "raden ”Nummer i Behovshubben”; tom när inget finns",
                "Nummer i Behovshubben: B-114",
            ),
        ),
        about_case("referred_away", "Överlämnat till inköp, till brevlådan", WHY_REFERRED),
        about_case(
            "funding_refused",
            "Avslagen ansökan om medel, till brevlådan",
            Field("finansiär", "den som avslog ansökan", "Arvsfonden"),
        ),
    ),
    *under(
        "Frågor till beredningsgruppen",
        about_case(
            "advice_asked",
            "Fråga till beredningsgruppen, till brevlådan",
            ASKED_BY,
            BY_WHEN,
            QUESTION,
        ),
        about_case(
            "advice_assigned",
            "Fråga till beredningsgruppen, till ledamoten som svarar",
            ASKED_BY,
            BY_WHEN,
            QUESTION,
        ),
        about_case(
            "advice_late",
            "Fråga till beredningsgruppen som ingen har svarat på, till brevlådan",
            ASKED_BY,
            BY_WHEN,
            QUESTION,
        ),
        about_case(
            "advice_given",
            "Beredningsgruppens svar, till den som frågade",
            Field("råd", "rådet", "Lämplig"),
            REASONS,
            pace=Pace.INFORMATION,
        ),
        Kind(
            "question_asked",
            "Fråga till beredningsgruppen utan ärende, till brevlådan",
            (UNIT, ASKED_BY, BY_WHEN, QUESTION, LINK),
        ),
        Kind(
            "question_assigned",
            "Fråga till beredningsgruppen utan ärende, till ledamoten som svarar",
            (UNIT, ASKED_BY, BY_WHEN, QUESTION, LINK),
        ),
        Kind(
            "question_late",
            "Fråga till beredningsgruppen utan ärende som ingen har svarat på, till brevlådan",
            (UNIT, ASKED_BY, BY_WHEN, QUESTION, LINK),
        ),
        Kind(
            "question_answered",
            "Svar på en fråga utan ärende, till den som frågade",
            (
                UNIT,
                QUESTION,
                Field("svar", "svaret", "Ja, men fråga juristen först."),
                Field("svarat_av", "den som svarat", "Ingrid Palmäng"),
                LINK,
            ),
            pace=Pace.INFORMATION,
        ),
    ),
    *under(
        "Yttranden",
        about_case(
            "opinion_asked",
            "Fråga om yttrande, till den som ska svara",
            FUNCTION,
            ASKED_BY,
            BY_WHEN,
            QUESTION,
        ),
        about_case(
            "opinion_given",
            "Yttrandet har kommit, till den som frågade",
            FUNCTION,
            Field("slutsats", "slutsatsen", "Inget hinder"),
            REASONS,
            pace=Pace.INFORMATION,
        ),
    ),
    *under(
        "Jäv",
        about_case(
            "conflict_reported",
            "Anmält jäv, till den som avgör",
            Field("person", "den som har anmält jäv", "Karin Salehi"),
        ),
        about_case(
            "conflict_ruled",
            "Avgjord jävsfråga, till den det gäller",
            Field("utfall", "utfallet", "Inte jävig"),
            Field("avgjord_av", "den som avgjorde", "Tomas Nyhagen"),
        ),
    ),
    *under(
        "Uppföljning, brister och nya uppgifter",
        about_case(
            "follow_up_made",
            "Uppföljning gjord, till ansvarig chef",
            Field("gjord_av", "den som följde upp", "Karin Salehi"),
            Field("slutsats", "slutsatsen", "Fortsätt som nu"),
        ),
        about_case(
            "remedy_decided",
            "Ansvar för en åtgärd, till den ansvariga",
            Field("beslutad_av", "den som beslutade", "Tomas Nyhagen"),
            Field("klar_senast", "sista dagen", "15 mars 2027"),
        ),
        about_case("shortcoming_reported", "Anmäld brist, till enhetschefen", SEEN_ON, URGENT),
        about_case(
            "shortcoming_passed_on", "Brist att bedöma, till ansvarig chef", SEEN_ON, URGENT
        ),
        about_case(
            "new_finding",
            "Ny uppgift om en organisation, till ansvariga chefer",
            Field("uppgiften_gäller", "organisationen som uppgiften gäller", "Läsande Grannar"),
            Field("senast", "när uppgiften ska vara bedömd", "15 mars 2027"),
            Field("bedöms_av", "den som bedömer", "Tomas Nyhagen"),
        ),
    ),
    *under(
        "Till högsta chefen",
        about_case(
            "head_informed",
            "Intresse för partnerskap, till högsta chef",
            Field("avsändare", "den som informerar", "Tomas Nyhagen"),
            Field("bedömning", "informationen", "Lösningen bidrar till stadens program."),
        ),
        about_case(
            "head_is_told",
            "Anteckning för kännedom, till högsta chef",
            Field("antecknad_av", "den som skrev anteckningen", "Tomas Nyhagen"),
            Field("slag", "slag av anteckning", "Tvist"),
            Field("slag_litet", "det samma med liten bokstav", "tvist"),
            pace=Pace.INFORMATION,
        ),
        about_case(
            "head_told_of_follow_up",
            "Uppföljning av partnerskap, till högsta chef",
            Field("avsändare", "den som informerar", "Tomas Nyhagen"),
        ),
    ),
    *under(
        "Överlämnande",
        about_case(
            "handed_over",
            "Ny ansvarig chef, till båda cheferna",
            Field("tidigare_chef", "den tidigare chefen", "Elin Marklöv"),
            pace=Pace.INFORMATION,
        ),
        about_case(
            "officer_changed",
            "Ny handläggare, till båda handläggarna",
            Field("tidigare_handläggare", "den tidigare handläggaren", "Karin Salehi"),
            Field("handläggare", "den nya handläggaren", "Ali Norén"),
            pace=Pace.INFORMATION,
        ),
        Kind(
            "obligations_handed_over",
            "Överlämnade åtaganden, till båda",
            (
                Field("mottagare", "den som får mejlet", "Karin Salehi"),
                Field("från", "den som lämnar", "Elin Marklöv"),
                Field("till", "den som tar över", "Karin Salehi"),
                Field("antal", "hur många", "2"),
                Field(
                    "lista",
                    "en rad för varje åtagande, med dag",
                    "Uppföljning av 2026-0012, senast 3 mars 2027",
                ),
                LINK,
            ),
            pace=Pace.INFORMATION,
        ),
    ),
)
