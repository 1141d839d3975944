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
REQUEST, REQUESTED = "organisations_documentrequest", "organisations_requesteddocument"
ASKED = (
    "id",
    "administration_id",
    "unit_id",
    "to_name",
    "to_email",
    "due_on",
    "reference",
    "message",
    "form_key",
    "asked_at",
    "asked_by_id",
)
WITHDRAWN = ("withdrawn_at", "withdrawn_by_id", "withdrawn_reason")


def changed(columns) -> str:
    return " OR ".join(f"NEW.{column} {{differs}} OLD.{column}" for column in columns)


ATTESTATION = "organisations_attestation"
ATTESTED = (
    "id",
    "administration_id",
    "name",
    "role",
    "attested_on",
    "document",
    "held_id",
    "form_key",
    "noted_by_id",
    "noted_at",
)

GUARDS = (
    Guard(ATTESTATION, "DELETE", "kept"),
    Guard(ATTESTATION, "TRUNCATE", "kept"),
    Guard(ATTESTATION, "UPDATE", "kept", when=changed(ATTESTED)),
    Guard(
        ATTESTATION,
        "UPDATE",
        "withdrawn_once",
        when=f"OLD.withdrawn_at IS NOT NULL AND ({changed(WITHDRAWN)})",
    ),
    Guard(HELD, "DELETE", "kept"),
    Guard(HELD, "TRUNCATE", "kept"),
    Guard(HELD, "UPDATE", "kept", when=changed(FROZEN)),
    Guard(
        HELD,
        "UPDATE",
        "withdrawn_once",
        when=f"OLD.withdrawn_at IS NOT NULL AND ({changed(WITHDRAWN)})",
    ),
    Guard(REQUEST, "DELETE", "kept"),
    Guard(REQUEST, "UPDATE", "kept", when=changed(ASKED)),
    Guard(
        REQUEST,
        "UPDATE",
        "one_letter",
        when="OLD.letter_id IS NOT NULL AND NEW.letter_id {differs} OLD.letter_id",
    ),
    Guard(REQUESTED, "DELETE", "kept"),
    Guard(REQUESTED, "UPDATE", "kept", when=changed(("id", "request_id", "kind"))),
    Guard(
        REQUESTED,
        "UPDATE",
        "settled_once",
        when="OLD.received_at IS NOT NULL OR OLD.waived_at IS NOT NULL",
    ),
)

ORGANISATION = "organisations_organisation"
GONE = f"SELECT 1 FROM {ORGANISATION} o WHERE o.merged_into_id IS NOT NULL AND o.id = NEW."
SAME_NUMBER = (
    f"NEW.merged_into_id IS NULL AND EXISTS (SELECT 1 FROM {ORGANISATION} o "
    "WHERE o.merged_into_id IS NOT NULL AND o.org_number = NEW.org_number"
)
UNCHANGED = ("id", "name", "org_number", "legal_form", "known_as", "created_at", "created_by_id")

# What is merged away is as it was, points to one that lives, and lends its number to no other.
TOMBSTONES = (
    Guard(ORGANISATION, "DELETE", "kept"),
    Guard(
        ORGANISATION,
        "UPDATE",
        "merged_for_good",
        when=f"OLD.merged_into_id IS NOT NULL AND (NEW.merged_into_id IS NULL "
        f"OR {changed(UNCHANGED)})",
    ),
    Guard(ORGANISATION, "INSERT", "number_merged", when=f"{SAME_NUMBER})"),
    Guard(
        ORGANISATION,
        "UPDATE",
        "number_merged",
        when=f"{SAME_NUMBER} AND o.merged_into_id <> NEW.id)",
    ),
)


def nothing_new(table: str, column: str):
    """Nothing new may point to an organisation that has been merged away.

    Locking the row first makes one who is adding wait for one who is merging, and the other way.
    """
    lock = f"PERFORM 1 FROM {ORGANISATION} WHERE id = NEW.{column} FOR KEY SHARE;"
    says = f"merged_{column}"
    yield Guard(table, "INSERT", says, f"EXISTS ({GONE}{column})", lock)
    moves = f"NEW.{column} {{differs}} OLD.{column} AND EXISTS ({GONE}{column})"
    yield Guard(table, "UPDATE", says, moves, lock)
