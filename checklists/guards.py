"""What the database itself holds about questions and answers (product.md §4 and §5).

A published version never changes. An answer belongs to a question of its assessment's version.
An item that may hold no text holds none (lag 2013:852 5 §). What a decision rests on is locked.
An assessment stays with its version, and only one that is open is followed by another.
"""

from audit.guards import Guard, append_only

PUBLISHED = "(SELECT published_at FROM checklists_version WHERE id = {row}.version_id) IS NOT NULL"
LOCKED = "(SELECT locked_at FROM checklists_assessment WHERE id = {row}.assessment_id) IS NOT NULL"
LOCKED_ANSWER = (
    "(SELECT s.locked_at FROM checklists_answer a JOIN checklists_assessment s "
    "ON s.id = a.assessment_id WHERE a.id = {row}.answer_id) IS NOT NULL"
)
# The one change that a published version can undergo: it is withdrawn before it began, while no
# case uses it, and nothing else of it changes.
KEPT = (
    "id", "question_set_id", "number", "starts_on", "published_at", "published_by_id",
    "change_note", "proposal", "revision", "content_hash",
)  # fmt: skip
WITHDRAWN = (
    "OLD.withdrawn_on IS NULL AND NEW.withdrawn_on IS NOT NULL "
    "AND NEW.withdrawn_on < OLD.starts_on AND NOT EXISTS "
    "(SELECT 1 FROM checklists_assessment WHERE version_id = OLD.id) AND NOT "
    f"({' OR '.join(f'NEW.{name} {{differs}} OLD.{name}' for name in KEPT)})"
)
ON_WITHDRAWN = "(SELECT withdrawn_on FROM checklists_version WHERE id = NEW.version_id) IS NOT NULL"
PUBLISHED_SET = (
    "EXISTS (SELECT 1 FROM checklists_version WHERE question_set_id = OLD.id "
    "AND published_at IS NOT NULL) AND (NEW.code {differs} OLD.code "
    "OR NEW.rule_set {differs} OLD.rule_set OR NEW.about {differs} OLD.about)"
)
STRANGER = (
    "NOT EXISTS (SELECT 1 FROM checklists_question q JOIN checklists_assessment s "
    "ON s.version_id = q.version_id WHERE q.id = NEW.question_id "
    "AND s.id = NEW.assessment_id AND q.code = NEW.code)"
)
REPINNED = (
    "NEW.version_id {differs} OLD.version_id OR NEW.set_code {differs} OLD.set_code "
    "OR NEW.earlier_id {differs} OLD.earlier_id"
)
# Of another set, or after a decision, or after it was moved from already.
NOT_TO_BE_FOLLOWED = (
    "NEW.earlier_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM checklists_assessment "
    "WHERE id = NEW.earlier_id AND set_code = NEW.set_code AND locked_at IS NULL)"
)
# What must be asked anew is never taken over (G-55), and only from where it was itself answered.
NOT_REUSABLE = (
    "NEW.origin_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM checklists_question q, "
    "checklists_answer o WHERE q.id = NEW.question_id AND q.reusable "
    "AND o.id = NEW.origin_id AND o.code = NEW.code AND o.assessment_id <> NEW.assessment_id)"
)
SILENT = "NOT (SELECT text_allowed FROM checklists_question WHERE id = NEW.question_id)"
SPEAKS = (
    f"{SILENT} AND (NEW.text <> '' OR NEW.note <> '' OR NEW.reference <> '' "
    "OR CAST(NEW.companions AS TEXT) <> '{{}}' "
    "OR COALESCE(CAST(NEW.value AS TEXT), 'null') NOT IN ('true', 'null'))"
)
SILENT_ANSWER = (
    "NOT (SELECT q.text_allowed FROM checklists_answer a JOIN checklists_question q "
    "ON q.id = a.question_id WHERE a.id = NEW.answer_id)"
)


LOCKED_MEASURE = (
    "(SELECT s.locked_at FROM checklists_measure m JOIN checklists_assessment s "
    "ON s.id = m.assessment_id WHERE m.id = {row}.measure_id) IS NOT NULL"
)
LOCKED_REPORT = (
    "(SELECT s.locked_at FROM checklists_measurereport r JOIN checklists_measure m "
    "ON m.id = r.measure_id JOIN checklists_assessment s ON s.id = m.assessment_id "
    "WHERE r.id = NEW.report_id) IS NOT NULL"
)
TOO_LATE = "NEW.reported_on > (SELECT due_on FROM checklists_measure WHERE id = NEW.measure_id)"
SUPERSEDED = "EXISTS (SELECT 1 FROM checklists_measure WHERE supersedes_id = NEW.measure_id)"
FOREIGN_FINDING = (
    "(SELECT assessment_id FROM checklists_measure WHERE id = NEW.measure_id) <> "
    "(SELECT assessment_id FROM checklists_finding WHERE id = NEW.finding_id)"
)
# A merge of two organisations re-points findings, also locked ones: `organisation_id` is left out.
FINDING_COLUMNS = [
    "id",
    "assessment_id",
    "what",
    "source",
    "happened_on",
    "conduct",
    "connected",
    "category",
    "comment_asked_on",
    "comment",
    "comment_on",
    "registered_by_id",
    "registered_at",
    "verdict",
    "reasons",
    "judged_by_id",
    "judged_at",
    "version",
]
# A measure moves with its assessment to a newer version of the questions: `assessment_id` is left
# out. Where the old or the new one is locked, `frozen` refuses it all the same.
MEASURE_COLUMNS = [
    "id",
    "required",
    "reasons",
    "due_on",
    "decided_by_id",
    "decided_at",
    "decided_on",
    "supersedes_id",
    "change_reason",
]


def changed(columns: list[str]) -> str:
    return " OR ".join(f"OLD.{column} {{differs}} NEW.{column}" for column in columns)


# No document on a question where nothing may be stored, nor on one of another version.
FORBIDDEN_EVIDENCE = (
    "NOT EXISTS (SELECT 1 FROM checklists_question q JOIN checklists_assessment s "
    "ON s.version_id = q.version_id WHERE q.id = NEW.question_id "
    "AND s.id = NEW.assessment_id AND q.evidence_allowed)"
)


def frozen(table: str, says: str, when: str, columns: list[str] = ()) -> tuple[Guard, ...]:
    """Nothing in, nothing changed, nothing out of the table while `when` holds for the row.

    columns: what may not change, when it is not all of them.
    """
    old, new = when.format(row="OLD"), when.format(row="NEW")
    of_those = f"({old} OR {new}) AND ({changed(columns)})" if columns else f"{old} OR {new}"
    return (
        Guard(table, "INSERT", says, new),
        Guard(table, "UPDATE", says, of_those),
        Guard(table, "DELETE", says, old),
    )


GUARDS = (
    Guard("checklists_questionset", "UPDATE", "published", PUBLISHED_SET),
    Guard(
        "checklists_version",
        "UPDATE",
        "published",
        f"OLD.published_at IS NOT NULL AND NOT ({WITHDRAWN})",
    ),
    Guard("checklists_version", "DELETE", "published", "OLD.published_at IS NOT NULL"),
    *frozen("checklists_question", "published", PUBLISHED),
    Guard("checklists_assessment", "INSERT", "withdrawn", ON_WITHDRAWN),
    Guard("checklists_assessment", "UPDATE", "withdrawn", ON_WITHDRAWN),
    Guard("checklists_assessment", "UPDATE", "locked", "OLD.locked_at IS NOT NULL"),
    Guard("checklists_assessment", "DELETE", "locked", "OLD.locked_at IS NOT NULL"),
    Guard("checklists_assessment", "UPDATE", "pinned", REPINNED),
    Guard("checklists_assessment", "INSERT", "pinned", NOT_TO_BE_FOLLOWED),
    *frozen("checklists_answer", "locked", LOCKED),
    *frozen("checklists_resolution", "locked", LOCKED_ANSWER),
    *frozen("checklists_finding", "locked", LOCKED, FINDING_COLUMNS),
    *frozen("checklists_measure", "locked", LOCKED),
    Guard("checklists_measure", "UPDATE", "append_only", changed(MEASURE_COLUMNS)),
    Guard("checklists_measure", "DELETE", "append_only"),
    Guard("checklists_measure", "TRUNCATE", "append_only"),
    *append_only("checklists_measure_findings"),
    Guard("checklists_measure_findings", "INSERT", "foreign", FOREIGN_FINDING),
    Guard("checklists_measure_findings", "INSERT", "locked", LOCKED_MEASURE.format(row="NEW")),
    *append_only("checklists_measurereport"),
    Guard("checklists_measurereport", "INSERT", "locked", LOCKED_MEASURE.format(row="NEW")),
    Guard("checklists_measurereport", "INSERT", "too_late", TOO_LATE),
    Guard("checklists_measurereport", "INSERT", "superseded", SUPERSEDED),
    *append_only("checklists_measureverdict"),
    Guard("checklists_measureverdict", "INSERT", "locked", LOCKED_REPORT),
    Guard("checklists_answer", "INSERT", "stranger", STRANGER),
    Guard("checklists_answer", "UPDATE", "stranger", STRANGER),
    Guard("checklists_answer", "INSERT", "asked_anew", NOT_REUSABLE),
    Guard("checklists_answer", "UPDATE", "asked_anew", NOT_REUSABLE),
    Guard("checklists_answer", "INSERT", "silent", SPEAKS),
    Guard("checklists_answer", "UPDATE", "silent", SPEAKS),
    Guard("checklists_resolution", "INSERT", "silent", SILENT_ANSWER),
    *frozen("checklists_evidence", "locked", LOCKED),
    Guard("checklists_evidence", "UPDATE", "kept"),
    Guard("checklists_evidence", "INSERT", "forbidden", FORBIDDEN_EVIDENCE),
)
