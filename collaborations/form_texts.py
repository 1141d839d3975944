"""What each form of collaboration is, in plain words (G-41, G-51–G-70, I-03, M-65)."""

from dataclasses import dataclass

from collaborations.models import Form


@dataclass(frozen=True)
class FormText:
    what: str
    when: str
    asks: str


INFORMAL = FormText(
    "Mindre samverkan utan ersättning, där parterna kommer överens muntligt.",
    "En mässa, ett samråd eller ett lokalt samarbete som ligger i linje med vårt uppdrag.",
    "Motivering, grundkrav, demokrativillkor, jävsförklaring och en plan för uppföljning.",
)
IOP = FormText(
    "Ett partnerskap kring en sammansatt samhällsutmaning, där båda parter bidrar med resurser.",
    "Idén kommer från organisationen, och det finns ingen färdig lösning att köpa.",
    "Bedömning av rättsläget i varje fall, beredningsgruppens råd, nämndens beslut och avtal.",
)
OTHER_AGREEMENT = FormText(
    "Samverkan med skriftlig överenskommelse om ansvar, budget och uppföljning.",
    "Samverkan pågår längre, eller någon part lämnar pengar, personal, lokal eller varor.",
    "Som informell, och dessutom upphandlingsbedömning, delegation och undertecknat avtal.",
)
EXTERNAL_FUNDING = FormText(
    "Ett projekt som vi söker pengar till från någon annan, tillsammans med en organisation.",
    "En finansiär utlyser medel och samverkan ingår i ansökan.",
    "Beredningsgruppens råd före ansökan, upphandlingsbedömning och avtal.",
)
PARTNER_IN_PROJECT = FormText(
    "Organisationen driver ett projekt med egna externa pengar, och vi är partner.",
    "Organisationen äger projektet.",
    "Omfattningen av kontrollen bestäms i varje fall, och en riskbedömning görs vid osäkerhet.",
)
EMPLOYER = FormText(
    "Organisationen tar emot personer i en anställning som vi stöder.",
    "En anställning med stöd, till exempel offentligt skyddad anställning.",
    "De vanliga rutinerna för anställningen. Inga uppgifter om de anställda sparas här.",
)
PURCHASE = FormText(
    "Vi köper en tjänst. Då gäller reglerna för upphandling, och det är inte samverkan.",
    "Vi bestämmer vad som ska levereras och betalar för det.",
    "Vänd dig alltid till inköpsfunktionen.",
)
ASSOCIATION_GRANT = FormText(
    "Stöd till en förening för dess egen verksamhet. Det är inte samverkan.",
    "Föreningen söker själv.",
    "Ges inte här.",
)

TEXTS: dict[Form, FormText] = {
    Form.INFORMAL: INFORMAL,
    Form.OTHER_AGREEMENT: OTHER_AGREEMENT,
    Form.IOP: IOP,
    Form.EXTERNAL_FUNDING: EXTERNAL_FUNDING,
    Form.PARTNER_IN_PROJECT: PARTNER_IN_PROJECT,
    Form.EMPLOYER: EMPLOYER,
    Form.PURCHASE: PURCHASE,
    Form.ASSOCIATION_GRANT: ASSOCIATION_GRANT,
}

# What each form leaves behind as documents, beside the decision document that all of them have.
DECISION, AGREEMENT = "Dokument: beslut", "Dokument: undertecknad överenskommelse"
DOCUMENTS: dict[Form, tuple[str, ...]] = {
    Form.INFORMAL: (DECISION,),
    Form.OTHER_AGREEMENT: (DECISION, AGREEMENT),
    Form.IOP: (DECISION, AGREEMENT, "Dokument: tjänsteutlåtande till nämnden"),
    Form.EXTERNAL_FUNDING: (DECISION, AGREEMENT, "Dokument: finansiärens besked"),
    Form.PARTNER_IN_PROJECT: (DECISION,),
    Form.EMPLOYER: (DECISION,),
    Form.PURCHASE: ("Dokument: överlämning till inköp",),
    Form.ASSOCIATION_GRANT: (),
}

# Domain §1.7.9: aspect, association grant, public procurement, partnership (M-65).
ASPECTS = (
    (
        "Vår roll",
        "Möjliggörare: vi ger stöd.",
        "Uppdragsgivare: vi beställer och betalar.",
        "Möjliggörare och part.",
    ),
    (
        "Syfte",
        "Stödja organisationen för dess eget värde och allmänna nytta.",
        "Låta någon annan utföra en offentlig uppgift.",
        "Lösa en samhällsutmaning tillsammans och göra idéburen verksamhet möjlig.",
    ),
    (
        "Huvudman",
        "Organisationen.",
        "Den offentliga aktör som beställer.",
        "Var part för sin verksamhet.",
    ),
    (
        "Ersättning",
        "Inte full. Organisationen har också andra resurser.",
        "Full.",
        "Båda bidrar: pengar, tid, kompetens, ideellt arbete, lokaler.",
    ),
    (
        "Kvaliteten bestäms av",
        "Organisationen.",
        "Den offentliga aktören.",
        "Parterna tillsammans, liksom målgrupp och mål; organisationen utför verksamheten.",
    ),
    (
        "Tid",
        "Oftast ett år.",
        "Bestäms av den offentliga aktören.",
        "Bestäms tillsammans utifrån verksamheten.",
    ),
)
