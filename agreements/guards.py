"""What the database refuses of agreements, whoever asks (product.md §4)."""

from audit.guards import Guard, append_only

DECIDED = "(SELECT locked_at FROM agreements_terms WHERE id = {row}.terms_id) IS NOT NULL"
SIGNED = (
    "(SELECT registered_at FROM agreements_agreement WHERE id = {row}.agreement_id) IS NOT NULL"
)
ROWS = (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD"))
BECOMES_SIGNED = "OLD.registered_at IS NULL AND NEW.registered_at IS NOT NULL"
# Every party has signed, and both sides are parties.
UNSIGNED_PARTY = """EXISTS (
  SELECT 1 FROM agreements_party p WHERE p.terms_id = NEW.terms_id AND NOT EXISTS (
    SELECT 1 FROM agreements_signature s WHERE s.agreement_id = NEW.id AND s.party_id = p.id))"""
ONE_SIDED = """(
  SELECT COUNT(DISTINCT p.side) FROM agreements_party p WHERE p.terms_id = NEW.terms_id) < 2"""
ANOTHERS_DRAFT = """NOT EXISTS (
  SELECT 1 FROM agreements_draft d WHERE d.id = NEW.signed_draft_id AND d.agreement_id = NEW.id)"""


# A row follows its organisation into the one that it is merged with (organisations/merge.py).
AID = (
    "id", "terms_id", "administration_id", "unit_id", "origin", "giver", "form", "what", "value",
    "valuation", "given_on", "ceiling", "recorded_by_id", "recorded_at",
)  # fmt: skip
DECLARATION = ("id", "terms_id", "declared_on", "attested_by", "recorded_by_id", "recorded_at")
PARTY = ("id", "terms_id", "side", "unit_id", "name", "number")


def but_merged(columns: tuple[str, ...]) -> str:
    """To add to what refuses an UPDATE: all but the organisation is as it was."""
    others = " OR ".join(f"NEW.{column} {{differs}} OLD.{column}" for column in columns)
    return f""" AND (({others}) OR NOT EXISTS (
      SELECT 1 FROM organisations_organisation o
      WHERE o.id = OLD.organisation_id AND o.merged_into_id = NEW.organisation_id))"""


def rows_of(table: str, says: str, when: str, *, merging: str = "") -> tuple[Guard, ...]:
    exceptions = {"UPDATE": merging}
    return tuple(
        Guard(table, event, says, when.replace("{row}", row) + exceptions.get(event, ""))
        for event, row in ROWS
    )


GUARDS = (
    # What a decision rests on stays as it was when the decision was made.
    Guard("agreements_terms", "UPDATE", "decided", "OLD.locked_at IS NOT NULL"),
    Guard("agreements_terms", "DELETE", "decided", "OLD.locked_at IS NOT NULL"),
    *rows_of("agreements_contribution", "decided", DECIDED),
    *rows_of("agreements_aid", "decided", DECIDED, merging=but_merged(AID)),
    *rows_of("agreements_aiddeclaration", "decided", DECIDED, merging=but_merged(DECLARATION)),
    # What is signed is signed, and by all.
    Guard("agreements_agreement", "INSERT", "drafted", "NEW.registered_at IS NOT NULL"),
    Guard("agreements_agreement", "UPDATE", "signed", "OLD.registered_at IS NOT NULL"),
    Guard("agreements_agreement", "DELETE", "kept"),
    Guard(
        "agreements_agreement",
        "UPDATE",
        "signed_by_all",
        f"{BECOMES_SIGNED} AND ({UNSIGNED_PARTY} OR {ONE_SIDED} OR {ANOTHERS_DRAFT})",
    ),
    *rows_of("agreements_commitment", "signed", SIGNED),
    *rows_of("agreements_goal", "signed", SIGNED),
    *append_only("agreements_signature"),
    Guard("agreements_signature", "INSERT", "signed", SIGNED.replace("{row}", "NEW")),
    Guard(
        "agreements_party",
        "INSERT",
        "signed",
        "EXISTS (SELECT 1 FROM agreements_agreement a"
        " WHERE a.terms_id = NEW.terms_id AND a.registered_at IS NOT NULL)",
    ),
    Guard(
        "agreements_party",
        "DELETE",
        "signed",
        "EXISTS (SELECT 1 FROM agreements_signature s WHERE s.party_id = OLD.id)",
    ),
    Guard(
        "agreements_party",
        "UPDATE",
        "signed",
        "EXISTS (SELECT 1 FROM agreements_signature s WHERE s.party_id = OLD.id)"
        + but_merged(PARTY),
    ),
    # A draft is never overwritten; it can be given a name, once.
    Guard("agreements_draft", "DELETE", "kept"),
    Guard(
        "agreements_draft",
        "UPDATE",
        "kept",
        "OLD.label <> '' OR "
        + " OR ".join(
            f"OLD.{column} {{differs}} NEW.{column}"
            for column in ("agreement_id", "number", "saved_by_id", "saved_at")
        )
        + " OR CAST(OLD.content AS TEXT) {differs} CAST(NEW.content AS TEXT)"
        + " OR CAST(OLD.changed AS TEXT) {differs} CAST(NEW.changed AS TEXT)",
    ),
    *append_only("agreements_termination"),
    *append_only("agreements_uploadeddraft"),
)
