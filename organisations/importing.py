"""Import organisations from a file: checked in the worker, shown, confirmed, saved as a whole."""

import csv
import io
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction

from accounts.models import Administration
from accounts.permissions import Permission, may
from audit import clock
from audit.record import record, record_in_register, record_new
from casework.jobs import JobRefused, Progress, ask, finish, forget_source, keep_result
from casework.models import Job
from casework.moves import NotAllowed
from casework.personal_numbers import SAID
from casework.rules import Reason
from organisations.duplicates import all_pairs, keep
from organisations.edit import changes
from organisations.import_plan import OWN, SHARED, Plan, Row, planned, told
from organisations.models import Name, Organisation, Profile
from organisations.numbers import PERSONAL
from organisations.table_file import NotATable, harmless

CHECK, IMPORT = "organisations.check", "organisations.import"
SHOWN = 200
KINDS = ("new", "known", "change", "same")
BATCH = 200
CHANGED_MEANWHILE = (
    "Registret har ändrats sedan förhandsgranskningen. Kontrollera filen en gång till."
)
GONE = "Filen finns inte kvar. Läs in den på nytt."


def refuse_unless_importer(by, administration: Administration) -> None:
    """Raise NotAllowed unless the person may import there today."""
    if not may(by, Permission.ORGANISATION_IMPORT, administration):
        needed = Permission.ORGANISATION_IMPORT.label
        raise NotAllowed([Reason(f"Du har inte rätt att {needed} i {administration}.")])


def ask_for_check(content: bytes, name: str, *, administration, form_key: UUID, by) -> Job:
    """Keep the file and let the worker check it. Raises NotAllowed."""
    refuse_unless_importer(by, administration)
    facts = {"administration": administration, "form_key": form_key, "source_name": name}
    return ask(CHECK, by=by, source=content, **facts)


def confirm(checked: Job, *, overwrite: bool, by) -> Job:
    """Ask for the import that was previewed. Two clicks ask once. Raises NotAllowed."""
    refuse_unless_importer(by, checked.administration)
    if not may_confirm(checked):
        raise NotAllowed([Reason("Filen är inte kontrollerad, eller har fel som måste rättas.")])
    given = {"check": checked.pk, "plan": checked.found["plan"], "overwrite": overwrite}
    key = uuid5(checked.form_key, "import")
    return ask(
        IMPORT, by=by, form_key=key, administration=checked.administration, given=given, of=checked
    )


def may_confirm(checked: Job) -> bool:
    return (
        checked.kind == CHECK
        and checked.is_done
        and not checked.found["errors"]
        and bool(checked.source)
    )


def import_of(checked: Job) -> Job | None:
    """The import that came of the check, when somebody has confirmed it."""
    return Job.objects.filter(form_key=uuid5(checked.form_key, "import")).first()


def plan_of(job: Job, progress: Progress) -> Plan:
    try:
        return planned(job.content(), job.administration, progress)
    except NotATable as fault:
        forget_source(job)
        raise JobRefused(str(fault)) from fault
    except FileNotFoundError as lost:
        raise JobRefused(GONE) from lost


# --- the check


def check(job: Job, progress: Progress) -> None:
    """Say row by row what the file would do. Nothing is saved but the answer."""
    plan = plan_of(job, progress)
    faults = [[row.number, column, why] for row in plan.faulty for column, why in row.errors]
    found = {
        "rows": len(plan.rows),
        "counts": {kind: len(plan.of(kind)) for kind in KINDS},
        "faulty": len(plan.faulty),
        "errors": faults[:SHOWN],
        "more_errors": len(faults) > SHOWN,
        "new": [told(row) for row in plan.of("new")[:SHOWN]],
        "known": [told(row) for row in plan.of("known")[:SHOWN]],
        "change": [[*told(row), row.changes] for row in plan.of("change")[:SHOWN]],
        "unused": plan.unused[:20],
        "plan": plan.fingerprint(),
        "personal": any(why in (PERSONAL, SAID) for _, _, why in faults),
    }
    result = keep_result(job, error_file(faults), "fel.csv") if faults else {}
    finish(job, found=found, total=len(plan.rows), done=len(plan.rows), **result)
    if found["personal"]:  # no personal identity numbers anywhere, also not in a file
        forget_source(job)


def error_file(faults: list[list]) -> io.BytesIO:
    """Every error, for a spreadsheet program with Swedish settings."""
    text = io.StringIO(newline="")
    lines = csv.writer(text, delimiter=";")
    lines.writerow(["Rad", "Kolumn", "Fel"])
    lines.writerows([number, column, harmless(why)] for number, column, why in faults)
    return io.BytesIO(text.getvalue().encode("utf-8-sig"))


# --- the import


def carry_out(job: Job, progress: Progress) -> None:
    """Save what was previewed, all or nothing. Raises JobRefused when it is no longer the same."""
    if not may(job.created_by, Permission.ORGANISATION_IMPORT, job.administration):
        raise JobRefused("Du har inte längre rätt att läsa in organisationer.")
    plan = plan_of(job, progress)
    if plan.fingerprint() != job.given["plan"]:
        raise JobRefused(CHANGED_MEANWHILE)
    progress("Sparar", len(plan.rows), len(plan.rows))
    try:
        with transaction.atomic():
            save(plan, job)
    except IntegrityError as clash:  # somebody registered one of them a moment ago
        raise JobRefused(CHANGED_MEANWHILE) from clash


def save(plan: Plan, job: Job) -> None:
    """In one transaction, which also says that the job is done: so it is never done twice."""
    new = make_new(plan.of("new"), job)
    known = make_known(plan.of("known"), job)
    changed = change(plan.of("change"), job) if job.given["overwrite"] else []
    keep(all_pairs({one.pk for one in [*new, *changed]}))
    counts = {"new": len(new), "known": len(known), "change": len(changed)}
    counts["left"] = len(plan.of("change")) - len(changed)
    event = record_in_register(
        "organisation_imports",
        "organisations_imported",
        by=job.created_by,
        details={"job": job.pk, "file": job.source_sha256, "counts": counts},
    )
    links = {
        "new": [[one.pk, one.name] for one in new[:SHOWN]],
        "known": [[one.pk, one.name] for one in known[:SHOWN]],
        "change": [[one.pk, one.name] for one in changed[:SHOWN]],
    }
    total = len(plan.rows)
    finish(job, found={"counts": counts, **links, "event": event.number}, done=total, total=total)


def make_new(rows: list[Row], job: Job) -> list[Organisation]:
    organisations = [
        Organisation(
            name=row.facts["name"],
            legal_form=row.facts["legal_form"],
            org_number=row.facts["org_number"],
            created_at=clock.now(),
            created_by=job.created_by,
        )
        for row in rows
    ]
    for organisation in organisations:
        organisation.make_keys()
    Organisation.objects.bulk_create(organisations, batch_size=BATCH)
    Name.objects.bulk_create([Name.of(one, one.name) for one in organisations], batch_size=BATCH)
    profiles = [profile_of(row, one, job) for row, one in zip(rows, organisations, strict=True)]
    Profile.objects.bulk_create(profiles, batch_size=BATCH)
    own = {profile.organisation_id: profile for profile in profiles}

    def details_of(organisation: Organisation) -> dict:
        profile = own[organisation.pk]
        return {
            "administration": job.administration_id,
            "legal_form": organisation.legal_form,
            "org_number": organisation.org_number,
            "roles": profile.roles,
            "relations": profile.relations,
            "import": job.pk,
        }

    by = job.created_by
    record_new("organisation_registered", organisations, by=by, details_of=details_of)
    return organisations


def profile_of(row: Row, organisation: Organisation, job: Job) -> Profile:
    facts = {name: row.facts[name] for name in OWN if name in row.facts}
    return Profile(organisation=organisation, administration=job.administration, **facts)


def make_known(rows: list[Row], job: Job) -> list[Organisation]:
    """They are registered; now they are known here too."""
    for row in rows:
        profile = profile_of(row, row.organisation, job)
        profile.save()
        details = {"administration": job.administration_id, "changed": {}, "import": job.pk}
        record("organisation_described", row.organisation, by=job.created_by, details=details)
    return [row.organisation for row in rows]


def change(rows: list[Row], job: Job) -> list[Organisation]:
    for row in rows:
        change_shared(row, job)
        change_own(row, job)
    return [row.organisation for row in rows]


def change_shared(row: Row, job: Job) -> None:
    organisation, given = row.organisation, row.changed(SHARED)
    if not given:
        return
    before = {name: getattr(organisation, name) for name in given}
    if "name" in given:
        organisation.also_known_as(organisation.name)
    for name, value in given.items():
        setattr(organisation, name, value)
    organisation.version += 1
    organisation.save(update_fields=[*given, "known_as", "version"])
    tell("organisation_changed", organisation, changes(before, organisation), {}, job)


def change_own(row: Row, job: Job) -> None:
    whose = {"organisation": row.organisation, "administration": job.administration}
    profile = Profile.objects.filter(**whose).first()
    given = row.changed(OWN) if profile else {n: row.facts[n] for n in OWN if n in row.facts}
    if profile and not given:
        return
    profile = profile or Profile(**whose, version=0)
    before = {name: getattr(profile, name) for name in given}
    for name, value in given.items():
        setattr(profile, name, value)
    profile.version += 1
    profile.save()
    own = {"administration": job.administration_id}
    tell("organisation_described", row.organisation, changes(before, profile), own, job)


def tell(code: str, organisation: Organisation, differences, details: dict, job: Job) -> None:
    changed, earlier = differences
    details = {**details, "changed": changed, "import": job.pk}
    record(code, organisation, by=job.created_by, details=details, earlier=earlier)
