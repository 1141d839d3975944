"""What the database refuses, whoever asks (product.md §4, §3 'after the decision nothing …')."""

from audit.guards import Guard, append_only

OPEN = "('registered', 'motivated', 'checked')"

# What a decision rests on. The rest of the row (step, dates, diary number, manager) goes on living.
RESTED_ON = [
    "title",
    "administration_id",
    "unit_id",
    "terms_id",
    "partnership_id",
    "initiated_by",
    "initiative_on",
    "task",
    "form",
    "informal_kind",
    "within_competence",
    "within_competence_why",
    "within_area",
    "within_area_why",
    "for_target_group",
    "for_target_group_why",
    "area_id",
    "need_type",
    "need",
    "target_group_heard",
    "equal_chance",
    "equal_chance_why",
    "involves_minors",
    "shares_personal_data",
    "number",
]
LINKS = ("organisations", "target_groups", "assignments")
REEXAMINATION_COLUMNS = [
    "id",
    "administration_id",
    "case_id",
    "assessment_id",
    "version",
    "opened_by_id",
    "opened_at",
    "due_on",
    "outcome",
    "reasons",
    "closed_by_id",
    "closed_at",
]


def changed(columns: list[str]) -> str:
    return " OR ".join(f"OLD.{column} {{differs}} NEW.{column}" for column in columns)


def changed_after_decision() -> Guard:
    return Guard(
        "collaborations_collaboration",
        "UPDATE",
        "decided",
        f"OLD.step NOT IN {OPEN} AND ({changed(RESTED_ON)})",
    )


def linked_after_decision(name: str):
    table = f"collaborations_collaboration_{name}"
    for event, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD")):
        step = f"(SELECT step FROM collaborations_collaboration WHERE id = {row}.collaboration_id)"
        exception = MERGING.get((name, event), "")
        yield Guard(table, event, "decided", f"{step} NOT IN {OPEN}{exception}")


# A link follows its organisation into the one that it is merged with (organisations/merge.py).
MERGING = {
    ("organisations", "UPDATE"): """ AND NOT (
        NEW.collaboration_id = OLD.collaboration_id AND EXISTS (
          SELECT 1 FROM organisations_organisation o
          WHERE o.id = OLD.organisation_id AND o.merged_into_id = NEW.organisation_id))""",
    ("organisations", "DELETE"): """ AND NOT EXISTS (
        SELECT 1 FROM organisations_organisation o
        JOIN collaborations_collaboration_organisations l ON l.organisation_id = o.merged_into_id
        WHERE o.id = OLD.organisation_id AND l.collaboration_id = OLD.collaboration_id)""",
}


# A decision is made by someone who has declared in this very case and is free of jäv (G-36, G-37).
DECIDER_IS_FREE = """NOT EXISTS (
  SELECT 1 FROM collaborations_conflictdeclaration d
  LEFT JOIN collaborations_conflictruling r ON r.declaration_id = d.id
  WHERE d.id = NEW.declaration_id AND d.person_id = NEW.decided_by_id
    AND d.collaboration_id = NEW.collaboration_id
    AND (NOT d.reported OR r.outcome IN ('no_conflict', 'insignificant'))
)"""
# Nobody rules on their own jäv (KL 6:30).
RULES_ON_ONESELF = """EXISTS (
  SELECT 1 FROM collaborations_conflictdeclaration d
  WHERE d.id = NEW.declaration_id AND d.person_id = NEW.ruled_by_id
)"""

FORM = "(SELECT form FROM collaborations_collaboration WHERE id = NEW.collaboration_id)"
# A formal form is decided by delegation or by the board (G-74), an IOP begun by the board (I-07).
BY_NO_RIGHT = f"""NEW.kind IN ('start', 'refrain') AND NEW.delegation_item_id IS NULL
  AND NEW.board_decision_id IS NULL AND {FORM} <> 'informal'"""
NOT_WHAT_THE_BOARD_DECIDED = f"""NOT EXISTS (
  SELECT 1 FROM collaborations_boarddecision b
  WHERE b.id = NEW.board_decision_id AND b.collaboration_id = NEW.collaboration_id
    AND b.outcome = NEW.kind AND b.form = {FORM}
) AND (NEW.board_decision_id IS NOT NULL OR (NEW.kind = 'start' AND {FORM} = 'iop'))"""
# Nothing is signed before it is decided to start (G-75, I-07), nor on a day before that: the
# board's day where the board decided.
SIGNED_UNDECIDED = """OLD.registered_at IS NULL AND NEW.registered_at IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM collaborations_collaboration c
  JOIN collaborations_decision d ON d.collaboration_id = c.id AND d.kind = 'start'
  LEFT JOIN collaborations_boarddecision b ON b.id = d.board_decision_id
  WHERE c.terms_id = NEW.terms_id AND c.outcome = 'start' AND NOT EXISTS (
    SELECT 1 FROM agreements_signature s WHERE s.agreement_id = NEW.id
    AND s.signed_on < COALESCE(b.decided_on, c.decided_on)))"""

# Advice that is given, and *inget yttrande*, stand: what comes later is another row.
ADVICE_GIVEN = "OLD.answered_at IS NOT NULL OR OLD.lapsed_at IS NOT NULL"
# Who stands aside from the question, or has reported a conflict in the case, gives no advice.
ADVISER_STANDS_ASIDE = """NEW.answered_by_id IS NOT NULL AND (
  EXISTS (SELECT 1 FROM collaborations_recusal r
    WHERE r.person_id = NEW.answered_by_id AND r.withdrawn_at IS NULL
      AND r.consultation_id IN (NEW.id, NEW.supersedes_id))
  OR EXISTS (SELECT 1 FROM collaborations_conflictdeclaration d
    LEFT JOIN collaborations_conflictruling r ON r.declaration_id = d.id
    WHERE d.person_id = NEW.answered_by_id AND d.collaboration_id = NEW.collaboration_id
      AND d.reported AND (r.outcome IS NULL OR r.outcome = 'conflict')
      AND NOT EXISTS (SELECT 1 FROM collaborations_conflictdeclaration n
        WHERE n.person_id = d.person_id AND n.collaboration_id = d.collaboration_id
          AND n.id > d.id)))"""
# A note of jäv says what it consists of; a row from before that was asked is copied as it is.
JAV_WITHOUT_WHY = """NEW.why = '' AND NOT EXISTS (
  SELECT 1 FROM collaborations_recusal r
  JOIN collaborations_consultation c ON c.supersedes_id = r.consultation_id
  WHERE c.id = NEW.consultation_id AND r.person_id = NEW.person_id AND r.why = '')"""
# It is taken back once, while the question waits; nothing else of it ever changes.
RECUSAL_COLUMNS = ["id", "consultation_id", "person_id", "why", "noted_by_id", "noted_at"]
MORE_THAN_TAKEN_BACK = f"""OLD.withdrawn_at IS NOT NULL OR NEW.withdrawn_at IS NULL
  OR {changed(RECUSAL_COLUMNS)}
  OR EXISTS (SELECT 1 FROM collaborations_consultation c WHERE c.id = OLD.consultation_id
    AND (c.answered_at IS NOT NULL OR c.lapsed_at IS NOT NULL))"""
SUPERSEDES_ANOTHERS = """NEW.supersedes_id IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM collaborations_consultation o WHERE o.id = NEW.supersedes_id
    AND o.answered_at IS NOT NULL AND NEW.answered_at IS NOT NULL
    AND (o.collaboration_id = NEW.collaboration_id OR o.unit_id = NEW.unit_id))"""
# To start against advice on this very form, or on its conditions, says why (G-15).
SILENT_ON_ADVICE = """NEW.kind = 'start' AND NEW.against_advice = '' AND EXISTS (
  SELECT 1 FROM collaborations_consultation a
  JOIN collaborations_collaboration c ON c.id = a.collaboration_id
  WHERE c.id = NEW.collaboration_id AND a.form IN (c.form, '')
    AND a.advice IN ('unsuitable', 'conditional')
    AND NOT EXISTS (SELECT 1 FROM collaborations_consultation n WHERE n.supersedes_id = a.id))"""

# What was asked stands; an opinion that is given never changes. Until then another of the function
# may take over from the person who was asked (obligations.opinions_follow).
ASKED = ("collaboration_id", "function", "test", "question", "due_on", "asked_by_id")
OPINION_CHANGED = "OLD.answered_at IS NOT NULL OR OLD.lapsed_at IS NOT NULL OR " + " OR ".join(
    f"OLD.{column} {{differs}} NEW.{column}" for column in ASKED
)
# A case follows another assessment of the set only as the next one after its own, and never after
# the decision (product.md §5).
NO_STEP_FORWARD = f"""
  NEW.collaboration_id {{differs}} OLD.collaboration_id OR NEW.code {{differs}} OLD.code
  OR NEW.assessment_id {{differs}} OLD.assessment_id AND (
    NOT EXISTS (
      SELECT 1 FROM checklists_assessment
      WHERE id = NEW.assessment_id AND earlier_id = OLD.assessment_id
    )
    OR (SELECT step FROM collaborations_collaboration WHERE id = OLD.collaboration_id)
       NOT IN {OPEN}
  )
"""
STEP_OF_FUNDING = (
    "(SELECT step FROM collaborations_collaboration c WHERE c.id = OLD.collaboration_id)"
)
STEP_OF_PARTNERSHIP = (
    "(SELECT step FROM collaborations_collaboration c WHERE c.partnership_id = OLD.id)"
)

# What is followed up was promised in a signed agreement of this very case (G-80).
PROMISED_ELSEWHERE = """NOT EXISTS (
  SELECT 1 FROM agreements_{promise} p
  JOIN agreements_agreement a ON a.id = p.agreement_id
  JOIN collaborations_collaboration c ON c.terms_id = a.terms_id
  JOIN collaborations_followup f ON f.collaboration_id = c.id
  WHERE p.id = NEW.{promise}_id AND f.id = NEW.follow_up_id AND a.registered_at IS NOT NULL)"""
# A correction is of the same case and occasion, and of what it says that it corrects.
CORRECTS_ANOTHER = """NEW.supersedes_id IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM collaborations_followup f WHERE f.id = NEW.supersedes_id
    AND f.collaboration_id = NEW.collaboration_id AND f.kind = NEW.kind)"""
# A measure follows from a follow-up or a shortcoming of its own case.
REMEDY_OF_ANOTHER = """(NEW.follow_up_id IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM collaborations_followup f
  WHERE f.id = NEW.follow_up_id AND f.collaboration_id = NEW.collaboration_id))
  OR (NEW.shortcoming_id IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM collaborations_shortcoming s
  WHERE s.id = NEW.shortcoming_id AND s.collaboration_id = NEW.collaboration_id))"""
REMEDY_COLUMNS = [
    "collaboration_id",
    "follow_up_id",
    "shortcoming_id",
    "what",
    "due_on",
    "decided_by_id",
    "decided_at",
]

# A report stands; each later part is written once (G-82).
REPORT = ["collaboration_id", "form_key", "what", "seen_on", "urgent", "reported_by_id"]
RECEIVED, ASSESSED = ["received_by_id", "received_at", "comment"], ["assessment", "assessed_by_id"]
SHORTCOMING_CHANGED = (
    f"OLD.concluded_at IS NOT NULL OR {changed(REPORT)}"
    f" OR OLD.received_at IS NOT NULL AND ({changed(RECEIVED)})"
    f" OR OLD.assessed_at IS NOT NULL AND ({changed(ASSESSED)})"
)

GUARDS = (
    changed_after_decision(),
    *(guard for name in LINKS for guard in linked_after_decision(name)),
    Guard("collaborations_collaboration", "DELETE", "kept"),
    *append_only("collaborations_decision"),
    Guard("collaborations_decision", "INSERT", "free_of_jav", DECIDER_IS_FREE),
    Guard("collaborations_decision", "INSERT", "by_right", BY_NO_RIGHT),
    Guard("collaborations_decision", "INSERT", "against_advice", SILENT_ON_ADVICE),
    Guard("collaborations_decision", "INSERT", "as_the_board", NOT_WHAT_THE_BOARD_DECIDED),
    *append_only("collaborations_boarddecision"),
    *append_only("collaborations_referral"),
    *append_only("collaborations_routine"),
    *append_only("collaborations_checkscope"),
    *append_only("collaborations_riskdecision"),
    Guard("collaborations_funding", "UPDATE", "decided", f"{STEP_OF_FUNDING} NOT IN {OPEN}"),
    Guard("collaborations_funding", "DELETE", "kept"),
    Guard("iop_partnership", "UPDATE", "decided", f"{STEP_OF_PARTNERSHIP} NOT IN {OPEN}"),
    *append_only("collaborations_decisiondocument"),
    *append_only("collaborations_conflictdeclaration"),
    *append_only("collaborations_conflictruling"),
    Guard("collaborations_conflictruling", "INSERT", "by_another", RULES_ON_ONESELF),
    *append_only("collaborations_followup"),
    Guard("collaborations_followup", "INSERT", "corrects_another", CORRECTS_ANOTHER),
    *append_only("collaborations_commitmentoutcome"),
    Guard(
        "collaborations_commitmentoutcome",
        "INSERT",
        "promised_here",
        PROMISED_ELSEWHERE.replace("{promise}", "commitment"),
    ),
    *append_only("collaborations_goalresult"),
    Guard(
        "collaborations_goalresult",
        "INSERT",
        "promised_here",
        PROMISED_ELSEWHERE.replace("{promise}", "goal"),
    ),
    *append_only("collaborations_followupreported"),
    *append_only("collaborations_managersstand"),
    Guard(
        "collaborations_remedy",
        "UPDATE",
        "closed",
        f"OLD.closed_at IS NOT NULL OR {changed(REMEDY_COLUMNS)}",
    ),
    Guard("collaborations_remedy", "INSERT", "of_its_case", REMEDY_OF_ANOTHER),
    Guard("collaborations_remedy", "DELETE", "kept"),
    Guard("collaborations_shortcoming", "UPDATE", "written_once", SHORTCOMING_CHANGED),
    Guard("collaborations_shortcoming", "DELETE", "kept"),
    *append_only("collaborations_remark"),
    Guard("collaborations_consultation", "UPDATE", "answered", ADVICE_GIVEN),
    Guard("collaborations_consultation", "UPDATE", "free_of_jav", ADVISER_STANDS_ASIDE),
    Guard("collaborations_consultation", "INSERT", "free_of_jav", ADVISER_STANDS_ASIDE),
    Guard("collaborations_consultation", "INSERT", "supersedes", SUPERSEDES_ANOTHERS),
    Guard("collaborations_recusal", "INSERT", "says_why", JAV_WITHOUT_WHY),
    Guard("collaborations_recusal", "UPDATE", "taken_back_once", MORE_THAN_TAKEN_BACK),
    Guard("collaborations_recusal", "DELETE", "kept"),
    Guard("collaborations_recusal", "TRUNCATE", "kept"),
    Guard("collaborations_consultation", "DELETE", "kept"),
    Guard("collaborations_opinion", "UPDATE", "answered", OPINION_CHANGED),
    Guard("collaborations_opinion", "DELETE", "kept"),
    Guard("collaborations_examination", "DELETE", "kept"),
    *append_only("collaborations_dialoguenote"),
    Guard("agreements_agreement", "UPDATE", "decided_first", SIGNED_UNDECIDED),
    # A merge of organisations re-points it, also when it is closed; nothing else changes then.
    Guard(
        "collaborations_reexamination",
        "UPDATE",
        "closed",
        f"OLD.closed_at IS NOT NULL AND ({changed(REEXAMINATION_COLUMNS)})",
    ),
    Guard("collaborations_reexamination", "DELETE", "kept"),
    Guard("collaborations_examination", "UPDATE", "pinned", NO_STEP_FORWARD),
)
