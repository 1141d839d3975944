"""What the database itself refuses: to change or lose what an organisation has handed in.

`organisation_id` is left out: when two organisations are merged, their documents go along.
"""

from audit.guards import Guard

HELD = "organisations_helddocument"
FROZEN = (
    "id",
    "administration_id",
    "kind",
    "title",
    "dated_on",
    "covers_from",
    "covers_to",
    "received_on",
    "note",
    "stored_id",
    "shown_on",
    "shown_to_id",
    "form_key",
    "registered_at",
    "registered_by_id",
)
WITHDRAWN = ("withdrawn_at", "withdrawn_by_id", "withdrawn_reason")


def changed(columns) -> str:
    return " OR ".join(f"NEW.{column} {{differs}} OLD.{column}" for column in columns)


GUARDS = (
    Guard(HELD, "DELETE", "kept"),
    Guard(HELD, "TRUNCATE", "kept"),
    Guard(HELD, "UPDATE", "kept", when=changed(FROZEN)),
    Guard(
        HELD,
        "UPDATE",
        "withdrawn_once",
        when=f"OLD.withdrawn_at IS NOT NULL AND ({changed(WITHDRAWN)})",
    ),
)
