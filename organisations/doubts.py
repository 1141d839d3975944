"""Doubts: what must be looked at before an organisation is saved, and can then be confirmed."""

from dataclasses import dataclass

from organisations.models import Name, Organisation
from organisations.names import alike, telling_words
from organisations.numbers import form_mismatch

CANDIDATES = 300


@dataclass(frozen=True)
class Doubt:
    """`code` is what a form sends back to say: seen, save anyway."""

    code: str
    sentence: str
    organisation: Organisation | None = None


class Doubtful(Exception):
    """Nothing was saved: somebody should look at the doubts first, and may then confirm them."""

    def __init__(self, doubts: list[Doubt]):
        self.doubts = doubts
        super().__init__(" ".join(doubt.sentence for doubt in doubts))


def like(organisation: Organisation, *names: str) -> list[Name]:
    """Names, present and former, of other living organisations that are like one of these.

    One query, by keys: it costs the same in a small register and a large one.
    """
    candidates = Name.objects.like(*names).filter(organisation__merged_into=None)
    others = candidates.exclude(organisation=organisation.pk).select_related("organisation")
    told = [telling_words(name) for name in names]
    return [
        name
        for name in others.order_by("organisation__sort_key", "-is_current", "pk")[:CANDIDATES]
        if any(alike(words, name.words) for words in told)
    ]


def similar_to(organisation: Organisation) -> list[Organisation]:
    """Others whose name is nearly the same: other word order, spelling or common words."""
    return list(dict.fromkeys(name.organisation for name in like(organisation, organisation.name)))


def sentence_about(name: Name) -> str:
    if name.is_current:
        return f"Det finns redan en organisation som heter {name}."
    return f"{name.organisation} har hetat {name}, eller slagits ihop med någon som hette så."


def doubts_about(organisation: Organisation) -> list[Doubt]:
    near: dict[int, Name] = {}
    for name in like(organisation, organisation.name):
        near.setdefault(name.organisation_id, name)
    found = [
        Doubt(f"alike:{pk}", sentence_about(name), name.organisation) for pk, name in near.items()
    ]
    if sentence := form_mismatch(organisation.org_number, organisation.legal_form):
        code = f"mismatch:{organisation.org_number[0]}:{organisation.legal_form}"
        found.append(Doubt(code, sentence))
    return found


def refuse_doubtful(organisation: Organisation, confirmed) -> None:
    """Raise Doubtful unless every doubt is among the codes that somebody has confirmed."""
    doubts = doubts_about(organisation)
    if {doubt.code for doubt in doubts} - set(confirmed):
        raise Doubtful(doubts)
