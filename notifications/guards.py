"""What the database itself refuses: to lose what was told, or what is due."""

from audit.guards import Guard

GUARDS = (
    Guard("notifications_notice", "DELETE", "kept"),
    Guard("notifications_deliveryattempt", "DELETE", "kept"),
    Guard("notifications_obligation", "DELETE", "kept"),
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
