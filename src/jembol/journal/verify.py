"""Walk through a chain of facts and name the first broken link."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Max, TextField
from django.db.models.functions import Cast

from jembol.journal.choices import Break
from jembol.journal.models import Chain, Fact
from jembol.journal.rules import COVERED, GENESIS, digest_of, hash_of, is_same

BATCH = 2000


@dataclass(frozen=True, slots=True)
class Broken:
    """Where a chain breaks: fact `seq` of the stream (row `fact_id`, if it is there)."""

    stream: int
    seq: int
    fact_id: int | None
    what: Break


def streams() -> list[int]:
    """Return every stream that has a head or a fact."""
    headed = Chain.objects.values_list("stream", flat=True)
    told = Fact.objects.order_by().values_list("stream", flat=True).distinct()
    return sorted({*headed, *told})


def length(stream: int) -> int:
    """Return how many facts the head of the stream counts."""
    return Chain.objects.filter(stream=stream).values_list("seq", flat=True).first() or 0


def verify(stream: int) -> Broken | None:
    """Return the first broken link of the stream, or None when every fact is as written.

    Facts written meanwhile do no harm: the newest fact is read first, then the head, then the
    facts up to that head.
    """
    facts = Fact.objects.filter(stream=stream)
    newest: int = facts.aggregate(newest=Max("seq"))["newest"] or 0
    head = Chain.objects.filter(stream=stream).first() or Chain(seq=0, hash=GENESIS)
    if newest > head.seq:
        extra = facts.order_by("seq").filter(seq__gt=head.seq).first()
        return Broken(stream, head.seq + 1, extra.pk if extra else None, Break.HEAD)
    seq, last_hash, broken = _walk(stream, head.seq)
    if broken is not None:
        return broken
    if seq < head.seq:
        return Broken(stream, seq + 1, None, Break.TAIL)
    if not is_same(last_hash, head.hash):
        return Broken(stream, seq, None, Break.HEAD)
    return None


def _walk(stream: int, end: int) -> tuple[int, str, Broken | None]:
    """Follow the chain up to number `end`; return the last good link and the break, if any."""
    seq, last_hash = 0, GENESIS
    for fact, details_text in _facts(stream, end):
        what = _fault(fact, details_text, seq + 1, last_hash)
        if what is not None:
            place = seq + 1 if what is Break.GAP else fact.seq
            return seq, last_hash, Broken(stream, place, fact.pk, what)
        seq, last_hash = fact.seq, fact.hash
    return seq, last_hash, None


def _facts(stream: int, end: int) -> Iterator[tuple[Fact, str | None]]:
    # The stored text itself is checked: what somebody wrote there need not even be JSON.
    facts = (
        Fact.objects.filter(stream=stream, seq__lte=end)
        .defer("details")
        .annotate(details_text=Cast("details", TextField()))
        .order_by("seq")
    )
    for fact in facts.iterator(chunk_size=BATCH):
        yield fact, fact.details_text


def _fault(
    fact: Fact, details_text: str | None, expected_seq: int, previous_hash: str
) -> Break | None:
    if fact.seq != expected_seq:
        return Break.GAP
    if not is_same(fact.hash, hash_of({name: getattr(fact, name) for name in COVERED})):
        return Break.HASH
    if not is_same(fact.previous_hash, previous_hash):
        return Break.PREVIOUS
    return None if _are_details_whole(details_text, fact) else Break.DETAILS


def _are_details_whole(text: str | None, fact: Fact) -> bool:
    """Say whether the details are those of the digest, or erased together with their salt."""
    if text is None:
        return fact.salt is None
    return fact.salt is not None and is_same(fact.details_digest, digest_of(text, fact.salt))
