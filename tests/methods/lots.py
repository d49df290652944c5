"""Small lotteries for tests, and the rule of the draw by trying every set."""

from itertools import product

from hypothesis import strategies as st

from jembol.methods.draw.entries import Entry, Quota

CATEGORIES = ("kecamatan:A", "kecamatan:B", "women", "disability")
SECRET = "7f" * 32


@st.composite
def entries(draw, most=9):
    """People and groups who count for several categories at once."""
    found = []
    for number in range(draw(st.integers(0, most))):
        size = draw(st.sampled_from((1, 1, 1, 1, 2, 3)))
        members = {
            category: draw(st.integers(0, size)) for category in CATEGORIES if draw(st.booleans())
        }
        found.append(Entry(f"E{number}", size, members))
    return found


@st.composite
def quotas(draw):
    chosen = draw(st.lists(st.sampled_from(CATEGORIES), unique=True))
    found = []
    for category in chosen:
        least = draw(st.integers(0, 3))
        most = draw(st.one_of(st.none(), st.integers(least, 5)))
        found.append(Quota(category, least, most))
    return found


def counted(placed, quota):
    return sum(entry.count(quota.category) for entry in placed)


def lawful_sets(order, seats, quotas_, held=()):
    """Every set of entries that fits the seats and stays below the upper limits."""
    for choice in product((True, False), repeat=len(order)):
        chosen = [entry for entry, taken in zip(order, choice, strict=True) if taken]
        if sum(entry.size for entry in [*chosen, *held]) > seats and chosen:
            continue
        if all(
            q.at_most is None
            or counted(chosen, q) == 0
            or counted([*chosen, *held], q) <= q.at_most
            for q in quotas_
        ):
            yield choice, chosen


def by_trying_every_set(order, seats, quotas_, held=()):
    """The rule, read aloud: the lawful set that is first by the order."""
    sets = list(lawful_sets(order, seats, quotas_, held))
    for quota in quotas_:
        reached = [min(quota.at_least, counted([*chosen, *held], quota)) for _, chosen in sets]
        sets = [one for one, here in zip(sets, reached, strict=True) if here == max(reached)]
    return [entry.id for entry in max(sets, key=lambda one: one[0])[1]] if sets else []
