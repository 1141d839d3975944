"""What an imported table means: each row checked, and compared with what is registered."""

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError

from casework.swedish import and_list, sort_key
from organisations.choices import ActivityRole, LegalForm, Relation
from organisations.models import Organisation, Profile
from organisations.numbers import written
from organisations.register import number_for
from organisations.table_file import NotATable, rows_of

CHUNK = 500
SEEN = 100  # rows between two words about progress
# Field → the heading in the template, and other ways to write it.
HEADINGS = {
    "name": ("Namn", "organisation", "organisationens namn", "föreningens namn", "förening"),
    "org_number": ("Organisationsnummer", "orgnr", "org nr", "orgnummer", "organisationsnr"),
    "legal_form": ("Organisationsform", "form", "juridisk form", "associationsform"),
    "roles": ("Roller", "roll", "roller hos oss"),
    "relations": ("Förhållande till kommunen", "förhållande", "relation"),
    "description": ("Verksamhet", "beskrivning", "om verksamheten"),
}
REQUIRED = ("name", "org_number", "legal_form")
FORMS = {
    **{label.casefold(): code for code, label in LegalForm.choices},
    "svb": "limited_profit_company",
    "aktiebolag svb": "limited_profit_company",
    "nätverk": "network",
    "trossamfund": "religious_community",
    "förening": "nonprofit",
}
PERSONS_FIRM = "En enskild firma är en person och hör inte till civilsamhället. Den sparas inte."
SHARED, OWN = ("name", "legal_form"), ("roles", "relations", "description")


@dataclass
class Row:
    """kind: "new", "known" (registered, but not known here yet), "same" or "change".

    changes: (heading, as it is, as the file says).
    """

    number: int
    facts: dict = field(default_factory=dict)
    errors: list[tuple[str, str]] = field(default_factory=list)
    kind: str = "new"
    organisation: Organisation | None = None
    changes: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def key(self) -> tuple:
        """By what it is the same as another row, or as one that is registered."""
        number = self.facts.get("org_number")
        return ("number", number) if number else ("name", sort_key(self.facts.get("name", "")))

    def changed(self, names) -> dict:
        headings = {heading for heading, _, _ in self.changes}
        return {name: self.facts[name] for name in names if HEADINGS[name][0] in headings}


@dataclass
class Plan:
    rows: list[Row]
    unused: list[str]

    def of(self, kind: str) -> list[Row]:
        return [row for row in self.rows if not row.errors and row.kind == kind]

    @property
    def faulty(self) -> list[Row]:
        return [row for row in self.rows if row.errors]

    def fingerprint(self) -> str:
        """Differs as soon as the file, or what is registered, would lead to something else."""
        said = [[row.number, row.kind, row.facts, row.changes, row.errors] for row in self.rows]
        text = json.dumps(said, sort_keys=True, ensure_ascii=False, default=str)
        return hashlib.sha256(text.encode()).hexdigest()


def plain(heading: str) -> str:
    return re.sub(r"[\W_]+", "", heading.casefold())


def columns_of(headings: list[str]) -> tuple[dict[str, int], list[str]]:
    """(field → column, headings that are not used). Raises NotATable when some are missing."""
    known = {plain(word): name for name, words in HEADINGS.items() for word in words}
    columns: dict[str, int] = {}
    unused = []
    for at, heading in enumerate(headings):
        name = known.get(plain(heading))
        if name is None:
            unused += [heading[:60]] if heading else []
        elif name in columns:
            raise NotATable(f"Två kolumner har rubriken {HEADINGS[name][0]}.")
        else:
            columns[name] = at
    missing = [HEADINGS[name][0] for name in REQUIRED if name not in columns]
    if missing:
        raise NotATable(f"Rubrik saknas på första raden: {and_list(missing)}. Använd mallen.")
    return columns, unused


def planned(content: bytes, administration, progress: Callable) -> Plan:
    """Read and check the whole file against the register. Raises NotATable. Changes nothing."""
    progress("Läser filen")
    lines = rows_of(content)
    _, headings = next(lines)
    columns, unused = columns_of(headings)
    raw = list(lines)
    if not raw:
        raise NotATable("Filen har rubriker men inga rader.")
    rows = list(checked_rows(raw, columns, progress))
    refuse_repeated(rows)
    for at in range(0, len(rows), CHUNK):
        progress("Jämför med registret", at, len(rows))
        compare([row for row in rows[at : at + CHUNK] if not row.errors], administration)
    return Plan(rows, unused)


def checked_rows(raw, columns: dict[str, int], progress: Callable) -> Iterator[Row]:
    for at, (number, cells) in enumerate(raw):
        if at % SEEN == 0:
            progress("Kontrollerar raderna", at, len(raw))
        texts = {
            name: cells[column] if column < len(cells) else "" for name, column in columns.items()
        }
        yield checked(Row(number), texts)


def checked(row: Row, texts: dict[str, str]) -> Row:
    """Fill in the row's facts, or its errors. No query."""
    for name, read in READERS.items():
        if name in texts:
            attempt(row, name, lambda name=name, read=read: read(texts[name]))
    form = row.facts.get("legal_form")
    if form:
        attempt(row, "org_number", lambda: number_for(form, texts["org_number"]))
    row.facts["name"] = texts["name"]
    if not row.errors:
        shared = {name: row.facts[name] for name in ("name", "legal_form", "org_number")}
        own = {name: row.facts[name] for name in OWN if name in row.facts}
        for thing in (Organisation(**shared), Profile(**own)):
            attempt(row, "", lambda thing=thing: thing.clean_fields(exclude=ELSEWHERE))
    return row


ELSEWHERE = ["organisation", "administration", "sort_key", "search_key", "form_key", "known_as"]


def attempt(row: Row, name: str, read: Callable) -> None:
    try:
        row.facts[name] = read()
    except ValidationError as fault:
        by_field = fault.error_dict if hasattr(fault, "error_dict") else {name: [fault]}
        for field_name, faults in by_field.items():
            heading = HEADINGS[field_name][0] if field_name in HEADINGS else ""
            row.errors += [(heading, " ".join(one.messages)) for one in faults]
    row.facts.pop("", None)


def read_form(text: str) -> str:
    if "enskild" in text.casefold():
        raise ValidationError(PERSONS_FIRM)
    code = FORMS.get(text.casefold())
    if code is None:
        labels = ", ".join(label for _, label in LegalForm.choices)
        raise ValidationError(f"Skriv en av formerna: {labels}.")
    return code


def several(choices) -> Callable[[str], list[str]]:
    """Words with commas between, each the beginning of one of the labels."""

    def read(text: str) -> list[str]:
        codes = []
        for word in filter(None, (part.strip().casefold() for part in re.split(r"[,;/]", text))):
            code = next((c for c, label in choices.choices if label.startswith(word)), None)
            if code is None or len(word) < 4:
                labels = "; ".join(label for _, label in choices.choices)
                raise ValidationError(f"Skriv ett eller flera av: {labels}.")
            codes.append(code)
        return list(dict.fromkeys(codes))

    return read


READERS: dict[str, Callable] = {
    "legal_form": read_form,
    "roles": several(ActivityRole),
    "relations": several(Relation),
    "description": lambda text: text,
}


def refuse_repeated(rows: list[Row]) -> None:
    first: dict[tuple, int] = {}
    for row in rows:
        if row.errors:
            continue
        before = first.setdefault(row.key, row.number)
        if before != row.number:
            heading = HEADINGS["org_number" if row.key[0] == "number" else "name"][0]
            row.errors.append((heading, f"Samma organisation står på rad {before}."))


def compare(rows: list[Row], administration) -> None:
    """Say of each row whether it is new, the same, or would change something. Four queries."""
    known = {**by_number(rows), **by_name(rows)}
    pks = [one.pk for one in known.values()]
    profiles = Profile.objects.filter(organisation__in=pks)
    own = {one.organisation_id: one for one in profiles.filter(administration=administration)}
    elsewhere = set(profiles.values_list("organisation", flat=True)) - set(own)
    for row in rows:
        if found := known.get(row.key):
            row.organisation, row.kind = found, "same"
            tell_changes(row, own.get(found.pk), only_own=found.pk in elsewhere)


def by_number(rows: list[Row]) -> dict[tuple, Organisation]:
    numbers = [row.facts["org_number"] for row in rows if row.facts["org_number"]]
    found = Organisation.objects.filter(org_number__in=numbers).select_related("merged_into")
    # The living ones last, so that they win over those that were merged away.
    ordered = sorted(found, key=lambda one: one.merged_into_id is None)
    return {("number", one.org_number): one.merged_into or one for one in ordered}


def by_name(rows: list[Row]) -> dict[tuple, Organisation]:
    names = [row.key[1] for row in rows if row.key[0] == "name"]
    networks = Organisation.objects.living().filter(org_number=None, sort_key__in=names)
    return {("name", one.sort_key): one for one in networks.order_by("-pk")}


def tell_changes(row: Row, profile: Profile | None, *, only_own: bool) -> None:
    """What differs. An empty cell says nothing. Shared facts are changed by those who know it."""
    found = row.organisation
    for name in () if only_own else SHARED:
        if row.facts[name] != getattr(found, name):
            tell(row, name, getattr(found, name), row.facts[name])
    for name in OWN if profile else ():
        given, now = row.facts.get(name), getattr(profile, name)
        if given and (sorted(given) != sorted(now) if isinstance(given, list) else given != now):
            tell(row, name, now, given)
    if row.changes:
        row.kind = "change"
    elif profile is None:
        row.kind = "known"


def tell(row: Row, name: str, before, after) -> None:
    row.changes.append((HEADINGS[name][0], shown(name, before), shown(name, after)))


def shown(name: str, value) -> str:
    labels = {"legal_form": LegalForm, "roles": ActivityRole, "relations": Relation}.get(name)
    if labels is None:
        return str(value)
    return ", ".join(labels(one).label for one in ([value] if isinstance(value, str) else value))


def told(row: Row) -> list:
    """[row, name, number] for the page."""
    return [row.number, row.facts["name"], written(row.facts["org_number"])]
