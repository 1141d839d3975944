"""What the database refuses: nothing that was said is changed, nor a meeting that is over."""

from audit.guards import Guard, append_only

MEETING = [
    "administration_id",
    "unit_id",
    "step",
    "held_on",
    "place",
    "chair_id",
    "called_by_id",
    "minutes_id",
    "closed_by_id",
    "closed_at",
]
WHO = ("administration_id", "person_id", "represents_id", "starts_on", "added_by_id")


def changed(columns) -> str:
    return " OR ".join(f"OLD.{column} {{differs}} NEW.{column}" for column in columns)


def closed(row: str) -> str:
    return f"(SELECT step FROM advice_meeting WHERE id = {row}.meeting_id) <> 'planned'"


def of_a_meeting(table: str):
    for event, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD")):
        yield Guard(table, event, "closed", closed(row))


# Who stands aside takes no part in the discussion (G-37); a conflict in the case counts by itself.
SAID_BY_ONE_ASIDE = """EXISTS (SELECT 1 FROM collaborations_recusal r
    WHERE r.person_id = NEW.written_by_id AND r.consultation_id = NEW.consultation_id)"""

GUARDS = (
    Guard("advice_member", "UPDATE", "who", changed(WHO)),
    Guard("advice_member", "DELETE", "kept"),
    Guard("advice_meeting", "UPDATE", "closed", f"OLD.step <> 'planned' AND ({changed(MEETING)})"),
    Guard("advice_meeting", "DELETE", "kept"),
    *of_a_meeting("advice_agendaitem"),
    *of_a_meeting("advice_attendance"),
    *append_only("advice_post"),
    Guard("advice_post", "INSERT", "free_of_jav", SAID_BY_ONE_ASIDE),
)
