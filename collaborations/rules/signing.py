"""What is asked of a signed agreement before it is registered. Each takes a `Signing`."""

from dataclasses import dataclass, field
from datetime import date

from accounts.permissions import Permission, may_on
from agreements import reading
from agreements.completeness import missing_sections
from agreements.content import Content
from agreements.models import Agreement, Draft, Side, Signature
from audit import clock
from casework.rules import Reason, rule
from casework.swedish import and_list, long_date
from collaborations.models import Collaboration, Decision, Form, Outcome
from collaborations.rules.reexamination import nothing_new_speaks_against, speaking_sentences


@dataclass(frozen=True)
class Signing:
    """What is about to be registered, nothing of it saved."""

    case: Collaboration
    agreement: Agreement
    draft: Draft
    signatures: list[Signature] = field(default_factory=list)

    @property
    def content(self) -> Content:
        return Content.from_json(self.draft.content)

    @property
    def period(self) -> tuple[date | None, date | None]:
        """Of an amendment that leaves the period alone: from its last signature to the main's."""
        content, main = self.content, self.agreement.amends
        if main is None or "period" in self.agreement.changes:
            return content.starts_on, content.ends_on
        signed_on = max((one.signed_on for one in self.signatures), default=None)
        return max(filter(None, (signed_on, main.starts_on))), reading.last_day(main)

    @property
    def decision(self) -> Decision | None:
        """The decision to start, which came first."""
        return self.case.decisions.filter(kind=Outcome.START).first()


def decision_day(signing: Signing) -> date | None:
    """The day it was decided: by the board, where the board did."""
    decision = signing.decision
    return decision.decided_on if decision else None


@rule(
    "G-75",
    "I-07",
    unmet="Överenskommelsen kan undertecknas först när det är beslutat att inleda samverkan.",
    at="decision",
)
def decision_comes_first(signing):
    return signing.decision is not None


@rule(
    "I-07",
    "I-19",
    unmet="Ett partnerskap undertecknas först när nämnden har beslutat. Inget sådant beslut finns.",
    at="decision",
)
def board_has_decided_on_the_partnership(signing):
    decision = signing.decision
    return signing.case.form != Form.IOP or bool(decision and decision.board_decision)


def wrong_days(signing: Signing) -> list[str]:
    decided = long_date(decision_day(signing))
    return [
        f"Underskriften av {one.name} har datum {long_date(one.signed_on)}. Datumet ska vara "
        f"beslutsdagen, {decided}, eller senare, och inte efter i dag."
        for one in signing.signatures
        if not is_after_the_decision(signing, one)
    ]


@rule(
    "G-75",
    "I-07",
    unmet="En underskrift har ett datum före beslutet, eller efter dagens datum.",
    at="agreement",
    explain=wrong_days,
)
def signatures_come_after_the_decision(signing):
    return all(is_after_the_decision(signing, one) for one in signing.signatures)


def is_after_the_decision(signing: Signing, signature: Signature) -> bool:
    day = decision_day(signing)
    return (day is None or day <= signature.signed_on) and signature.signed_on <= clock.today()


def unfinished(signing: Signing) -> list[str]:
    return [f"{one.title}: {one.why}" for one in lacking(signing)]


@rule(
    "I-55",
    "G-51",
    "M-58",
    "M-62",
    unmet="Alla avsnitt är inte klara.",
    at="agreement",
    explain=unfinished,
)
def every_section_is_finished(signing):
    return not lacking(signing)


def lacking(signing: Signing):
    agreement = signing.agreement
    return missing_sections(
        signing.case.form,
        signing.content,
        template=agreement.template,
        only=None if agreement.is_main else agreement.changes,
        sides=reading.sides_that_bring(signing.case.terms),
    )


def who_has_not_signed(signing: Signing) -> list[str]:
    names = and_list(party.name for party in unsigned_parties(signing))
    return [f"Ingen har undertecknat för {names}."] if names else []


@rule(
    "G-75",
    unmet="Alla parter har inte undertecknat.",
    at="agreement",
    explain=who_has_not_signed,
)
def every_party_has_signed(signing):
    sides = {party.side for party in signing.case.terms.parties.all()}
    return sides == set(Side.values) and not unsigned_parties(signing)


def unsigned_parties(signing: Signing) -> list:
    signed = {one.party_id for one in signing.signatures}
    return [party for party in signing.case.terms.parties.all() if party.pk not in signed]


def who_may_not(signing: Signing) -> list[str]:
    partnership = signing.case.form == Form.IOP
    why = "Ett partnerskap undertecknas av högsta chefen." if partnership else ""
    return [
        f"{one.name} får inte underteckna för oss. {why}".strip()
        for one in ours(signing)
        if not may_sign(signing.case, one)
    ]


def ours(signing: Signing) -> list[Signature]:
    """The signatures for our own units: another public actor decides itself who signs."""
    return [one for one in signing.signatures if one.party.unit_id]


def may_sign(case: Collaboration, signature: Signature) -> bool:
    permission = (
        Permission.AGREEMENT_SIGN_PARTNERSHIP
        if case.form == Form.IOP
        else Permission.COLLABORATION_DECIDE
    )
    person = signature.person
    return person is not None and may_on(person, permission, case, signature.signed_on)


@rule(
    "I-07",
    "G-74",
    unmet="Den som har undertecknat för oss får inte göra det.",
    at="agreement",
    explain=who_may_not,
)
def our_signatory_may_sign(signing):
    return not who_may_not(signing)


@rule(
    "M-62",
    unmet="Perioden överlappar en annan överenskommelse i samma samverkan.",
    at="agreement",
)
def periods_do_not_overlap(signing):
    starts_on, ends_on = signing.period
    if not (starts_on and ends_on):
        return True
    others = reading.overlapping(signing.case.terms, starts_on, ends_on, but=signing.agreement)
    return not others


@rule(
    "I-07",
    unmet="Texten har ändrats efter beslutet. Nämnden har beslutat om en annan text.",
    at="agreement",
)
def partnership_is_the_decided_text(signing):
    """A partnership is signed as the board decided it; what must be changed is amended."""
    decision = signing.decision
    if signing.case.form != Form.IOP or not signing.agreement.is_main or decision is None:
        return True
    return signing.draft.saved_at <= decision.decided_at


@rule(
    "G-31",
    unmet="Något nytt talar mot organisationen sedan beslutet.",
    at="reexamination",
    explain=lambda signing: speaking_sentences(signing.case),
)
def nothing_new_is_examined(signing):
    """What speaks against the organisation since the decision is weighed before we bind us."""
    return not signing.agreement.is_main or nothing_new_speaks_against(signing.case)


@rule(
    "G-75",
    unmet="Överenskommelsen som tillägget gäller är slut. Den kan inte ändras längre.",
    at="agreement",
)
def amended_agreement_is_in_force(signing):
    main = signing.agreement.amends
    return main is None or not reading.has_ended(main, clock.today())


SIGNING_RULES = (
    decision_comes_first,
    board_has_decided_on_the_partnership,
    signatures_come_after_the_decision,
    partnership_is_the_decided_text,
    every_section_is_finished,
    every_party_has_signed,
    our_signatory_may_sign,
    periods_do_not_overlap,
    amended_agreement_is_in_force,
    nothing_new_is_examined,
)


def what_stops(signing: Signing) -> list[Reason]:
    """What is missing before anybody's signature is asked for; empty: the text can be signed."""
    rules = [one for one in SIGNING_RULES if one is not every_party_has_signed]
    reasons = [reason for one in rules for reason in one.reasons(signing)]
    if signing.draft != signing.agreement.drafts.first():
        reasons.append(Reason("Det finns en senare version."))
    return reasons
