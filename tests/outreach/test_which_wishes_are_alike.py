"""Which wishes are proposed to be gathered: of one kind, with a word in common, and near."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from jembol.outreach.rules import Asked, alike, content_of

DINOYO, KETAWANG, FAR = 3573051004000000, 3573051006000000, 3573011007000000
NEAR = {DINOYO: {KETAWANG}, KETAWANG: {DINOYO}}


def asked(key, words="", kelurahan=DINOYO, rt=None, kind="skill", people=0, year=2026):
    return Asked(key, kind, year, kelurahan + 3000 + (key if rt is None else rt), words, people)


def keys(found):
    return [one.wishes for one in found]


def test_several_rt_that_want_the_same_are_proposed_together():
    rows = [asked(1, "Pelatihan menjahit"), asked(2, "kelas MENJAHIT baju"), asked(3, "Kue kering")]

    (found,) = alike(rows, near=NEAR)

    assert (found.wishes, found.topic, found.areas) == ((1, 2), "menjahit", 2)


def test_what_each_adds_is_left_out_of_the_name_of_all():
    rows = [asked(1, "kue kering lebaran"), asked(2, "belajar kue kering"), asked(3, "kue kering")]

    assert alike(rows, near=NEAR)[0].topic == "kue kering"


def test_two_wishes_of_one_rt_are_no_gathering():
    assert alike([asked(1, "oven", rt=1), asked(2, "oven besar", rt=1)], near=NEAR) == []


def test_another_kind_or_another_year_is_not_alike():
    rows = [asked(1, "oven"), asked(2, "oven", kind="tool"), asked(3, "oven", year=2027)]

    assert alike(rows, near=NEAR) == []


def test_neighbouring_kelurahan_come_together_and_far_ones_do_not():
    rows = [asked(1, "batik"), asked(2, "batik", KETAWANG), asked(3, "batik", FAR)]

    assert keys(alike(rows, near=NEAR)) == [(1, 2)]


def test_a_chain_of_neighbours_does_not_reach_across_the_city():
    chain = [DINOYO + number * 1_000_000 for number in range(6)]
    near = {
        one: {other for other in (one - 1_000_000, one + 1_000_000) if other in chain}
        for one in chain
    }
    rows = [asked(place + 1, "batik", one) for place, one in enumerate(chain)]

    assert keys(alike(rows, near=near)) == [(1, 2, 3), (4, 5, 6)]


def test_wishes_that_say_no_more_than_their_kind_are_alike():
    rows = [asked(1), asked(2, "mohon pelatihan untuk warga"), asked(3, "menjahit")]

    (found,) = alike(rows, near=NEAR)

    assert (found.wishes, found.topic) == ((1, 2), "")


def test_more_rt_come_before_more_people_and_more_people_before_more_need():
    rows = [
        asked(1, "batik"), asked(2, "batik"), asked(3, "batik"),
        asked(4, "menjahit", people=30), asked(5, "menjahit", people=10),
        asked(6, "keripik", FAR), asked(7, "keripik", FAR),
        asked(8, "sablon"), asked(9, "sablon"),
    ]  # fmt: skip

    found = alike(rows, near=NEAR, need={FAR: 80.0})

    assert [one.topic for one in found] == ["batik", "menjahit", "keripik", "sablon"]


def test_a_word_of_every_wish_says_nothing():
    assert content_of("Mohon pelatihan untuk ibu2 RT 02, kue & kue kering") == ("kue", "kering")


wishes = st.lists(
    st.builds(
        lambda words, kelurahan, rt, kind, people: (words, kelurahan, rt, kind, people),
        st.sampled_from(["", "oven", "kue kering", "kue", "menjahit kue", "pelatihan"]),
        st.sampled_from([DINOYO, KETAWANG, FAR]),
        st.integers(1, 5),
        st.sampled_from(["skill", "tool"]),
        st.integers(0, 40),
    ),
    max_size=25,
)


@given(wishes, st.randoms(use_true_random=False))
def test_no_wish_is_proposed_twice_all_are_alike_and_the_order_of_rows_changes_nothing(given, rng):
    rows = [
        asked(key, words, kelurahan, rt, kind, people)
        for key, (words, kelurahan, rt, kind, people) in enumerate(given, start=1)
    ]
    known = {row.key: row for row in rows}

    found = alike(rows, near=NEAR)

    proposed = [key for one in found for key in one.wishes]
    assert len(proposed) == len(set(proposed))
    for one in found:
        mine = [known[key] for key in one.wishes]
        assert {(row.kind, row.year) for row in mine} == {(one.kind, one.year)}
        assert one.areas == len({row.area for row in mine}) >= 2
        assert one.people == sum(row.people for row in mine)
        for word in one.topic.split():
            assert all(word in content_of(row.words) for row in mine)
    shuffled = list(rows)
    Random(rng.randint(0, 99)).shuffle(shuffled)
    assert alike(shuffled, near=NEAR) == found
