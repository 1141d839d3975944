"""Step 2 of the democracy check: register what speaks against, and judge it (domain 4.2)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from checklists.answer_checks import line_fault, long_text_fault
from checklists.answering import locked
from checklists.models import AnswerType, Assessment, Conduct, Finding, Verdict
from organisations.models import Organisation


class FindingRefused(Exception):
    """errors: field → Swedish sentence. Nothing was saved."""

    def __init__(self, errors: dict[str, str]):
        self.errors = errors
        super().__init__(" ".join(errors.values()))


class StaleFinding(Exception):
    """The finding was changed by somebody else since the page was opened. Nothing was saved."""

    def __init__(self, current: Finding):
        self.current = current
        super().__init__("Någon annan har ändrat uppgiften sedan du öppnade sidan.")


@dataclass(frozen=True)
class FindingInput:
    """What happened, by what source, whose conduct. category: code such as "DV-A".

    comment: what the organisation says about it, which came on `comment_on`, after we asked on
    `comment_asked_on`. organisation: whose matter it is.
    """

    what: str
    source: str
    happened_on: date
    conduct: Conduct
    connected: bool
    category: str
    comment: str = ""
    comment_on: date | None = None
    comment_asked_on: date | None = None
    organisation: Organisation | None = None


@transaction.atomic
def add_finding(assessment: Assessment, given: FindingInput, *, by, now: datetime) -> Finding:
    """Register a finding. The same one sent twice is registered once.

    Raises AssessmentLocked, FindingRefused.
    """
    assessment = locked(assessment)
    if same := assessment.findings.filter(**vars(given), registered_by=by, version=1).first():
        return same
    refuse(finding_faults(assessment, given, now))
    return Finding.objects.create(
        assessment=assessment, registered_by=by, registered_at=now, **vars(given)
    )


@transaction.atomic
def change_finding(
    finding: Finding, given: FindingInput, *, now: datetime, version: int
) -> Finding:
    """Correct a finding. What it came to falls: it is judged anew.

    version: that of the page. Raises AssessmentLocked, StaleFinding, FindingRefused.
    """
    finding = current(finding, version)
    refuse(finding_faults(finding.assessment, given, now))
    for name, value in vars(given).items():
        setattr(finding, name, value)
    finding.verdict, finding.reasons = Verdict.NOT_YET, ""
    finding.judged_by = finding.judged_at = None
    finding.version += 1
    finding.save()
    return finding


@transaction.atomic
def judge_finding(
    finding: Finding,
    verdict: Verdict,
    reasons: str,
    *,
    by,
    now: datetime,
    version: int | None = None,
) -> Finding:
    """Say whether the finding speaks against the organisation, and why.

    version: that of the page; None when there is none. Raises AssessmentLocked, StaleFinding,
    FindingRefused.
    """
    finding = current(finding, version)
    reasons = reasons.strip()
    errors = {"reasons": long_text_fault(reasons) if reasons else NO_REASONS}
    if verdict not in (Verdict.AGAINST, Verdict.NOT_AGAINST):
        errors["verdict"] = "Välj om uppgiften talar mot organisationen eller inte."
    elif verdict == Verdict.AGAINST and not finding.connected:
        errors["verdict"] = UNCONNECTED
    refuse(errors)
    finding.verdict, finding.reasons = verdict, reasons
    finding.judged_by, finding.judged_at = by, now
    finding.version += 1
    finding.save()
    return finding


NO_REASONS = "Skriv skälen för bedömningen."
UNCONNECTED = (
    "En uppgift utan samband med verksamheten kan inte tala mot organisationen (G-27). "
    "Ändra bedömningen, eller rätta uppgiften om det finns ett samband."
)


def finding_faults(assessment: Assessment, given: FindingInput, now: datetime) -> dict[str, str]:
    """Field → Swedish sentence, '' where nothing is wrong."""
    errors = {
        "what": long_text_fault(given.what) if given.what else "Skriv vad som har hänt.",
        "source": line_fault(given.source) if given.source else "Ange källan.",
        "comment": long_text_fault(given.comment),
    }
    today = timezone.localdate(now)
    if given.happened_on > today:
        errors["happened_on"] = FUTURE
    errors |= comment_faults(given, today)
    if given.conduct not in Conduct.values:
        errors["conduct"] = "Välj vems agerande uppgiften gäller."
    if given.category not in dict(categories(assessment)):
        errors["category"] = "Välj en kategori som finns i den version som ärendet följer."
    return errors


FUTURE = "Datumet kan inte ligga framåt i tiden."


def comment_faults(given: FindingInput, today: date) -> dict[str, str]:
    """When the organisation was asked, and when it answered."""
    asked, came = given.comment_asked_on, given.comment_on
    errors = {}
    if asked and asked > today:
        errors["comment_asked_on"] = FUTURE
    if given.comment and not came:
        errors["comment_on"] = "Ange när kommentaren kom."
    elif came and not given.comment:
        errors["comment_on"] = "Skriv kommentaren, eller ta bort datumet."
    elif came and came > today:
        errors["comment_on"] = FUTURE
    elif came and asked and came < asked:
        errors["comment_on"] = "Kommentaren kan inte ha kommit innan vi frågade."
    return errors


def categories(assessment: Assessment) -> list[tuple[str, str]]:
    """(code, question) of what a finding can be sorted under, in the assessment's version."""
    rows = assessment.version.questions.filter(answer_type=AnswerType.CATEGORY)
    return list(rows.order_by("position").values_list("code", "text"))


def current(finding: Finding, version: int | None) -> Finding:
    """The finding as it stands, its assessment locked. Raises AssessmentLocked, StaleFinding."""
    locked(finding.assessment)
    found = Finding.objects.select_related("assessment__version").get(pk=finding.pk)
    if version is not None and version != found.version:
        raise StaleFinding(found)
    return found


def refuse(errors: dict[str, str]) -> None:
    errors = {field: sentence for field, sentence in errors.items() if sentence}
    if errors:
        raise FindingRefused(errors)
