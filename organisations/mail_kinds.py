"""The mails about an organisation. The words that the program brings: organisations/mail_texts/."""

from notifications.mail_kinds import LINK, Field, Kind, under

ORGANISATION = Field("organisation", "organisationens namn", "Läsande Grannar")

MAIL_KINDS = under(
    "Organisationer",
    Kind(
        "document_request",
        "Begäran om underlag, till en organisation",
        (
            Field("mottagare", "kontaktpersonen", "Kim Ek"),
            ORGANISATION,
            Field("förvaltning", "förvaltningens namn", "Arbetsförvaltningen"),
            Field("enhet", "enheten", "Jobbtorg Norr"),
            Field("handlingar", "det som begärs, en rad var", "- Stadgar\n- Årsmötesprotokoll"),
            Field("svara_till", "adressen som de skickas till", "karin.salehi@ekstad.example"),
            Field("senast", "sista dagen", "15 mars 2027"),
            Field("meddelande", "egna ord till organisationen; kan vara tomt", "Hör gärna av er."),
            Field(
                "vårt_ärende", "vår beteckning; tom när ingen finns", "Vårt ärende: DNR 2026/114."
            ),
            Field("undertecknat_av", "den som frågar, med titel", "Karin Salehi, handläggare"),
        ),
        must=("handlingar", "svara_till", "senast"),
        outside=True,
    ),
    Kind(
        "infected",
        "Virus i en fil, till den som laddade upp",
        (ORGANISATION, Field("handling", "handlingen", "Stadgar, Läsande Grannar"), LINK),
    ),
    Kind(
        "organisation_merged",
        "Hopslagna organisationer, till brevlådan",
        (
            Field("borttagen", "den som inte finns kvar", "Läsande Grannar i Norr"),
            Field("kvar", "den som finns kvar", "Läsande Grannar"),
            Field(
                "kvar_med_nummer",
                "det samma med organisationsnummer",
                "Läsande Grannar (802000-0006)",
            ),
            Field("gjort_av", "den som slog ihop dem", "Oskar Enbom"),
            Field("gjort_av_adress", "den personens adress", "oskar.enbom@ekstad.example"),
            LINK,
        ),
    ),
)
