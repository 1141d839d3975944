"""What the database itself holds about questions and answers (product.md §4 and §5).

A published version never changes. An answer belongs to a question of its assessment's version.
An item that may hold no text holds none (lag 2013:852 5 §). What a decision rests on is locked.
"""

from audit.guards import Guard

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


def frozen(table: str, says: str, when: str) -> tuple[Guard, ...]:
    """Nothing in, nothing changed, nothing out of the table while `when` holds for the row."""
    old, new = when.format(row="OLD"), when.format(row="NEW")
    return (
        Guard(table, "INSERT", says, new),
        Guard(table, "UPDATE", says, f"{old} OR {new}"),
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
    *frozen("checklists_answer", "locked", LOCKED),
    *frozen("checklists_resolution", "locked", LOCKED_ANSWER),
    *frozen("checklists_finding", "locked", LOCKED),
    Guard("checklists_answer", "INSERT", "stranger", STRANGER),
    Guard("checklists_answer", "UPDATE", "stranger", STRANGER),
    Guard("checklists_answer", "INSERT", "silent", SPEAKS),
    Guard("checklists_answer", "UPDATE", "silent", SPEAKS),
    Guard("checklists_resolution", "INSERT", "silent", SILENT_ANSWER),
)
