"""What the database itself refuses: to lose what was told, or what is due."""

from audit.guards import Guard

# The one change that a published text of a mail can undergo: it is taken back before it began.
KEPT = (
    "id", "kind", "administration_id", "number", "subject", "body", "starts_on", "note",
    "published_at", "published_by_id",
)  # fmt: skip
TAKEN_BACK = (
    "OLD.withdrawn_on IS NULL AND NEW.withdrawn_on IS NOT NULL "
    "AND NEW.withdrawn_on < OLD.starts_on AND NOT "
    f"({' OR '.join(f'NEW.{name} {{differs}} OLD.{name}' for name in KEPT)})"
)
GUARDS = (
    Guard("notifications_mailtext", "DELETE", "kept"),
    Guard("notifications_mailtext", "TRUNCATE", "kept"),
    Guard("notifications_mailtext", "UPDATE", "published", when=f"NOT ({TAKEN_BACK})"),
    Guard("notifications_notice", "DELETE", "kept"),
    Guard("notifications_deliveryattempt", "DELETE", "kept"),
    Guard("notifications_obligation", "DELETE", "kept"),
    Guard("notifications_handover", "DELETE", "kept"),
    Guard("notifications_handover", "UPDATE", "kept"),
    Guard(
        "notifications_notice",
        "UPDATE",
        "told_stays_told",
        when="OLD.state IN ('sent', 'told_otherwise') AND NEW.state <> OLD.state",
    ),
    Guard(
        "notifications_obligation",
        "UPDATE",
        "settled_stays_settled",
        when=(
            "(OLD.met_at IS NOT NULL AND NEW.met_at {differs} OLD.met_at) "
            "OR (OLD.waived_at IS NOT NULL AND NEW.waived_at {differs} OLD.waived_at)"
        ),
    ),
)
