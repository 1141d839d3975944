"""Every component on one page, with invented content: for those who build pages, and for axe."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import django_filters
from django import forms
from django.conf import settings
from django.http import Http404, QueryDict
from django.shortcuts import render

from accounts.models import Unit
from casework.listing import Listing
from casework.rules import Reason
from dashboard.icons import ICONS
from dashboard.templatetags.components import STEP_ICONS

STOCKHOLM = ZoneInfo("Europe/Stockholm")
SAMPLE_CHOICES = QueryDict("steg=checked&q=läxhjälp")
LABELS = {
    "registered": "Registrerad",
    "motivated": "Motiverad",
    "checked": "Kontrollerad",
    "decided": "Beslutad",
    "documented": "Dokumenterad",
    "told": "Meddelad",
    "ongoing": "Pågående",
    "ended": "Avslutad",
    "closed": "Slutföljd",
    "withdrawn": "Återtagen",
    "referred": "Överlämnad till inköp",
}


class SampleForm(forms.Form):
    """One field of each kind, filled in wrongly."""

    title = forms.CharField(label="Titel", help_text="Så att någon annan känner igen ärendet.")
    need = forms.CharField(
        label="Vilket behov möter samarbetet?",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Tre till fem meningar räcker. Skriv inga personuppgifter.",
    )
    starts_on = forms.DateField(label="Börjar", required=False)
    kind = forms.ChoiceField(
        label="Typ av behov",
        choices=[("", "Välj"), ("language", "Språk och studier"), ("health", "Hälsa och rörelse")],
    )
    initiative = forms.ChoiceField(
        label="Vem tog initiativet?",
        widget=forms.RadioSelect,
        choices=[("them", "Organisationen"), ("us", "Vi"), ("both", "Båda tillsammans")],
    )
    heard = forms.MultipleChoiceField(
        label="Hur hörs målgruppen?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("asked", "Vi har frågat"), ("council", "Brukarråd"), ("later", "Planeras")],
        help_text="Kryssa för allt som stämmer.",
    )
    minors = forms.BooleanField(label="Barn eller unga under 18 år deltar", required=False)


class SampleFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="Sök", method="anything")
    steg = django_filters.ChoiceFilter(
        label="Steg", choices=list(LABELS.items()), empty_label="Alla", method="anything"
    )
    mina = django_filters.BooleanFilter(
        label="Bara mina ärenden", widget=forms.CheckboxInput, method="anything"
    )

    class Meta:
        model = Unit
        fields: list[str] = []

    def anything(self, found, name, value):
        return found


def gallery(request):
    """The gallery; only while developing or in demo mode, otherwise as if it did not exist."""
    if not (settings.DEMO or settings.DEBUG):
        raise Http404
    return render(request, "dashboard/gallery.html", samples(request))


def samples(request) -> dict:
    """What gallery.html shows: one variable per component, named as the component calls it."""
    wrong = SampleForm({"title": "", "need": "Läxhjälp", "kind": "", "starts_on": "31 februari"})
    return {
        "sample_form": wrong,
        "filter": SampleFilter(request.GET or SAMPLE_CHOICES, Unit.objects),
        "listing": LISTING,
        "rail": RAIL,
        "reasons": REASONS,
        "places": {"motivation": "#formular", "jav": "#formular"},
        "steps": [{"value": step, "label": LABELS[step]} for step in STEP_ICONS],
        "entries": ENTRIES,
        "facts": FACTS,
        "tasks": TASKS,
        "answers": ANSWERS,
        "numbers": NUMBERS,
        "differences": DIFFERENCES,
        "per_step": PER_STEP,
        "per_unit": PER_UNIT,
        "groups": ["Före beslut", "Beslutade", "Pågående", "Avslutade"],
        "changed_at": datetime(2026, 11, 19, 16, 5, tzinfo=STOCKHOLM),
        "icons": sorted(ICONS),
    }


LISTING = Listing(
    rows=[],
    count=143,
    first="?",
    previous="?sida=fore",
    next="?sida=efter",
    last="?sida=sista",
    orders=[
        {"label": "Senast ändrade", "url": "?ordning=andrad", "current": True},
        {"label": "Titel", "url": "?ordning=titel", "current": False},
    ],
)
RAIL = [
    {"label": "Registrera", "state": "done", "url": "#stegen", "note": "3 november 2026"},
    {"label": "Motivera", "state": "done", "url": "#stegen", "note": "9 november 2026"},
    {"label": "Kontrollera", "state": "current", "url": "#stegen", "current": True},
    {"label": "Besluta", "state": "coming", "url": "#stegen"},
    {"label": "Dokumentera", "state": "coming", "url": ""},
    {"label": "Meddela", "state": "coming", "url": ""},
    {"label": "Följa upp", "state": "coming", "url": ""},
    {"label": "Avsluta", "state": "coming", "url": ""},
    {"label": "Slutfölja", "state": "coming", "url": ""},
]
REASONS = [
    Reason("Skriv hur andra organisationer har fått samma chans.", ("G-17", "G-43"), "motivation"),
    Reason("Lämna din jävsförklaring för det här ärendet.", ("G-37", "KL 6:30"), "jav"),
    Reason("Tre frågor i grundkontrollen är inte besvarade.", ("G-25",)),
]
ENTRIES = [
    {
        "at": datetime(2026, 11, 19, 16, 5, tzinfo=STOCKHOLM),
        "sentence": "Skickades tillbaka till Motiverad",
        "who": "Ines Fredholm",
        "text": "Behovet är tydligt, men inte hur vi har hört målgruppen.",
        "icon": "undo",
    },
    {
        "at": datetime(2026, 11, 9, 9, 30, tzinfo=STOCKHOLM),
        "sentence": "Motiverades",
        "who": "Olle Brask",
        "icon": "pen",
    },
    {
        "at": datetime(2026, 11, 3, 13, 12, tzinfo=STOCKHOLM),
        "sentence": "Brevlådan fick veta om initiativet",
        "url": "#tidslinje",
        "icon": "envelope",
    },
    {"at": date(2026, 11, 3), "sentence": "Registrerades", "who": "Olle Brask"},
]
FACTS = [
    {"label": "Organisation", "value": "Läsvännerna i Ekbacken", "url": "#fakta"},
    {"label": "Ansvarig chef", "value": "Ines Fredholm"},
    {"label": "Enhet", "value": "Vuxenutbildning söder"},
    {"label": "Diarienummer", "value": ""},
]
TASKS = [
    {"label": "Grundkrav", "url": "#uppgifter", "state": "done", "state_label": "Klar"},
    {
        "label": "Demokrativillkor",
        "url": "#uppgifter",
        "state": "started",
        "state_label": "4 av 7 besvarade",
        "hint": "Intygas av organisationen, prövas vid fynd.",
    },
    {
        "label": "Jävsförklaring",
        "url": "#uppgifter",
        "state": "waiting",
        "state_label": "Att göra",
    },
    {
        "label": "Samråd med beredningsgruppen",
        "state": "other",
        "state_label": "Väntar på svar",
        "hint": "Frågan ställdes 12 november 2026.",
    },
    {
        "label": "Årlig uppföljning",
        "url": "#uppgifter",
        "state": "late",
        "state_label": "Försenad 12 dagar",
    },
    {"label": "Beslut", "state": "closed", "state_label": "Kan inte göras än"},
]
ANSWERS = [
    {"label": "Beslut", "value": "Inleda samverkan", "url": "#svar"},
    {
        "label": "Skäl",
        "value": "Språkcaféet når föräldralediga som inte kan följa vanlig undervisning.\n\n"
        "Andra föreningar i stadsdelen har fått samma fråga.",
        "url": "#svar",
    },
    {"label": "Följs upp", "value": "Senast 15 oktober 2027, vid ett möte", "url": "#svar"},
    {"label": "Samråd", "value": ""},
]
NUMBERS = [
    {"number": 4, "label": "väntar på dig", "url": "#tal"},
    {"number": 2, "label": "är försenade", "url": "#tal", "late": True},
    {"number": 17, "label": "pågår", "url": "#tal"},
    {"number": 0, "label": "meddelanden som inte kom fram"},
]
DIFFERENCES = [
    {
        "label": "Vilket behov möter samarbetet?",
        "yours": "Föräldralediga behöver öva svenska på tider då barn kan följa med.",
        "saved": "Föräldralediga behöver öva svenska.",
    },
    {"label": "Hur hörs målgruppen?", "yours": "Genom brukarrådet.", "saved": ""},
]
PER_STEP = [
    {"label": "Registrerade", "value": 6, "url": "#diagram"},
    {"label": "Motiverade", "value": 9, "url": "#diagram"},
    {"label": "Kontrollerade", "value": 3, "url": "#diagram"},
    {"label": "Pågående", "value": 17, "url": "#diagram"},
    {"label": "Avslutade", "value": 0, "url": "#diagram"},
]
PER_UNIT = [
    {"label": "Vuxenutbildning söder", "url": "#diagram", "values": [4, 2, 8, 3]},
    {"label": "Jobbtorg Ekbacken", "url": "#diagram", "values": [6, 1, 5, 0]},
    {"label": "Staben för strategi och samordning", "url": "#diagram", "values": [1, 0, 2, 2]},
]
