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
    WHERE r.person_id = NEW.written_by_id AND r.consultation_id = NEW.consultation_id
    AND r.withdrawn_at IS NULL)"""

# Two periods of the same person in the same group; a unique key sees those without an end alone.
OVERLAPS = """EXISTS (SELECT 1 FROM advice_member m
    WHERE m.administration_id = NEW.administration_id AND m.person_id = NEW.person_id
    AND (NEW.ends_on IS NULL OR m.starts_on < NEW.ends_on)
    AND (m.ends_on IS NULL OR NEW.starts_on < m.ends_on))"""

# A question stands on one agenda at a time, of the meetings that are not over.
ON_ANOTHER_AGENDA = """EXISTS (SELECT 1 FROM advice_agendaitem i
    JOIN advice_meeting m ON m.id = i.meeting_id
    WHERE i.consultation_id = NEW.consultation_id AND m.step = 'planned')"""

GUARDS = (
    Guard("advice_member", "INSERT", "once_at_a_time", OVERLAPS),
    Guard("advice_member", "UPDATE", "once_at_a_time", f"{OVERLAPS[:-1]} AND m.id <> NEW.id)"),
    Guard("advice_member", "UPDATE", "who", changed(WHO)),
    Guard("advice_member", "DELETE", "kept"),
    Guard("advice_meeting", "UPDATE", "closed", f"OLD.step <> 'planned' AND ({changed(MEETING)})"),
    Guard("advice_meeting", "DELETE", "kept"),
    *of_a_meeting("advice_agendaitem"),
    Guard("advice_agendaitem", "INSERT", "on_one_agenda", ON_ANOTHER_AGENDA),
    *of_a_meeting("advice_attendance"),
    *append_only("advice_post"),
    Guard("advice_post", "INSERT", "free_of_jav", SAID_BY_ONE_ASIDE),
)
