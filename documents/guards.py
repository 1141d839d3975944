"""What the database itself refuses: to change or lose a document's row."""

from audit.guards import Guard

TABLE = "documents_storeddocument"
FROZEN = (
    "id",
    "administration_id",
    "kind",
    "direction",
    "title",
    "public_title",
    "secrecy_mark",
    "sha256",
    "size",
    "content_type",
    "storage_name",
    "file_name",
    "data",
    "data_sha256",
    "created_at",
    "created_by_id",
)

GUARDS = (
    Guard(TABLE, "DELETE", "append_only"),
    Guard(TABLE, "TRUNCATE", "append_only"),
    Guard(
        TABLE,
        "UPDATE",
        "append_only",
        when=" OR ".join(f"NEW.{column} {{differs}} OLD.{column}" for column in FROZEN),
    ),
    Guard(
        TABLE,
        "UPDATE",
        "scanned_once",
        when=(
            "OLD.scan_state NOT IN ('waiting', 'unscanned') AND NEW.scan_state <> OLD.scan_state"
        ),
    ),
)
