"""One pair is answered: what each answer does, and that nobody is asked twice."""

import pytest
from desk_pages import Window, enterprise, open_class, person, seat
from django.urls import reverse
from doubt_desk import PARTS, acting, doubt

from city import DINOYO, PURWANTORO, system
from jembol.journal.models import Fact
from jembol.registry import errors
from jembol.registry.actions import change
from jembol.registry.actions.doubting import Answered, answer, take_back
from jembol.registry.actions.linkage_runs import note_doubts
from jembol.registry.choices import Answer
from jembol.registry.found_pairs import FoundPair
from jembol.registry.models import Person, PersonDoubt, PersonMerge, PersonVerdict

pytestmark = pytest.mark.usefixtures("city")


@pytest.fixture
def pair(city):
    one = person("Siti Aminah", DINOYO, phone="081200000001", address="Jalan Satu 1")
    other = person("Sitti Aminah", DINOYO, address="Jalan Satu 1", sex="P")
    return one, other


def answered(window, waiting, word, **more):
    shown = {"low": waiting.low_id, "high": waiting.high_id, "jawaban": word, **more}
    return window.post("verdict_create", waiting.pk, **shown)


def test_the_page_shows_both_with_what_differs_marked_and_the_evidence_in_words(pair):
    seat(open_class(DINOYO, -1, title="Kue lapis"), pair[0])
    enterprise("Keripik Tempe", DINOYO, pair[1])

    page = Window("pelatihan").get("doubt_detail", doubt(*pair).pk).text

    assert "<mark>t</mark>" in page
    assert "NIK berbeda dua angka" in page
    assert "Kue lapis" in page
    assert "Keripik Tempe" in page
    assert 'data-key="1"' in page


def test_the_one_with_more_on_it_stands_unless_the_officer_says_otherwise(pair):
    seat(open_class(DINOYO, -1), pair[1])
    waiting = doubt(*pair)

    answered(Window("pelatihan"), waiting, "same")

    assert Person.objects.get(pk=pair[0].pk).survivor_id == pair[1].pk


def test_the_officer_chooses_who_stands_and_which_values_are_kept(pair):
    waiting = doubt(*pair)
    chosen = {"bertahan": pair[1].pk, "isi_phone": pair[0].pk, "isi_name": pair[1].pk}

    answered(Window("pelatihan"), waiting, "same", **chosen)

    survivor = Person.objects.get(pk=pair[1].pk)
    assert (survivor.name, survivor.phone) == ("Sitti Aminah", pair[0].phone)
    assert Person.objects.get(pk=pair[0].pk).survivor_id == survivor.pk
    assert PersonMerge.objects.get().probability == 0.8


@pytest.mark.parametrize("word", ["different", "unsure"])
def test_an_answer_that_keeps_them_apart_merges_nobody(pair, word):
    answered(Window("pelatihan"), doubt(*pair), word, why="Ditanya di rumah")

    verdict = PersonVerdict.objects.get()
    assert (verdict.answer, verdict.why) == (word, "Ditanya di rumah")
    assert not PersonMerge.objects.exists()
    assert not PersonDoubt.objects.exists()


def test_one_household_puts_both_into_one(pair):
    answered(Window("pelatihan"), doubt(*pair), "household")

    households = set(Person.objects.order_by("pk").values_list("household", flat=True))
    assert len(households) == 1
    assert None not in households


def test_after_an_answer_the_next_pair_of_the_same_filter_follows(pair):
    first = doubt(*pair, value=3)
    doubt(person("C", PURWANTORO), person("D", PURWANTORO), value=2)
    third = doubt(person("E", DINOYO), person("F", DINOYO), value=1)

    response = Window("pelatihan").post(
        "verdict_create", first.pk, query="?wilayah=35.73.05", jawaban="different"
    )

    assert response.url == reverse("desk:doubt_detail", args=[third.pk]) + "?wilayah=35.73.05"


def test_after_the_last_pair_the_list_follows(pair):
    response = answered(Window("pelatihan"), doubt(*pair), "different")

    assert response.url.startswith(reverse("desk:doubt_list"))


def test_a_pair_that_was_answered_never_comes_back(pair):
    answered(Window("pelatihan"), doubt(*pair), "different")

    assert doubt(*pair) is None


def test_what_an_answer_settles_besides_is_not_asked_either(pair):
    """B and C are judged different; A turns out to be B; then A and C need no answer."""
    third = person("Siti Aminatun", DINOYO)
    answered(Window("pelatihan"), doubt(pair[1], third), "different")
    doubt(pair[0], third)

    answered(Window("pelatihan"), doubt(*pair), "same")

    assert not PersonDoubt.objects.exists()


def test_a_colleague_who_is_slower_is_told_and_nothing_is_written_twice(pair):
    waiting = doubt(*pair)
    answered(Window("lapangan"), waiting, "different")

    window = Window("pelatihan")
    response = answered(window, waiting, "same")

    page = window.client.get(response.url).text
    assert "Petugas Lapangan" in page
    assert PersonVerdict.objects.count() == 1
    assert not PersonMerge.objects.exists()


def test_an_answer_from_behind_another_is_refused_by_the_action(pair):
    waiting = doubt(*pair)
    answer(doubt=waiting, answer="different", by=acting("lapangan"))

    with pytest.raises(errors.AnsweredMeanwhile):
        answer(doubt=waiting, answer="same", by=acting("pelatihan"))


def test_an_answer_nobody_offered_is_refused_in_words(pair):
    response = answered(Window("pelatihan"), doubt(*pair), "mungkin")

    assert response.status_code == 200
    assert PersonDoubt.objects.exists()


def test_a_pair_of_which_one_lives_elsewhere_does_not_exist(pair):
    waiting = doubt(pair[0], person("Siti", PURWANTORO))
    window = Window("lapangan.dinoyo")

    assert window.get("doubt_detail", waiting.pk).status_code == 404
    assert answered(window, waiting, "same").status_code == 404
    assert PersonDoubt.objects.exists()


# Taking back


def state():
    """The people without the marks of a change, and what waits."""
    people = Person.objects.order_by("pk").values_list(
        "name", "phone", "sex", "survivor", "household"
    )
    return list(people), list(
        PersonDoubt.objects.values_list("low", "high", "probability", "value")
    )


@pytest.mark.parametrize("word", ["same", "different", "household", "unsure"])
def test_taking_an_answer_back_leaves_all_as_it_was_and_asks_again(pair, word):
    waiting = doubt(*pair)
    before = state()
    window = Window("pelatihan")
    answered(window, waiting, word)
    assert state() != before

    response = window.post("answer_return_create")

    assert response.status_code == 302
    assert state() == before
    assert answered(window, PersonDoubt.objects.get(), "different").status_code == 302
    assert PersonVerdict.objects.order_by("-pk")[0].answer == "different"


def test_a_pair_that_was_taken_back_stays_when_the_register_is_searched_again(pair):
    window = Window("pelatihan")
    answered(window, doubt(*pair), "different")
    window.post("answer_return_create")

    assert doubt(*pair, probability=0.9).probability == 0.9


def test_only_the_last_word_about_a_pair_and_only_ones_own_is_taken_back(pair):
    given = answer(doubt=doubt(*pair), answer="different", by=acting("pelatihan"))

    with pytest.raises(errors.AnswerSettled):
        take_back(answered=Answered.from_json(given.to_json()), by=acting("lapangan"))


def test_taking_back_without_an_answer_is_refused_in_words(pair):
    window = Window("pelatihan")

    assert window.get("answer_return_create").status_code == 200
    assert window.post("answer_return_create").status_code == 200


def test_taking_back_is_told_to_the_journal(pair):
    window = Window("pelatihan")
    answered(window, doubt(*pair), "same")

    window.post("answer_return_create")

    assert Fact.objects.filter(event="registry.answer.taken_back").count() == 1


# What is noted


def test_pairs_that_are_one_or_gone_are_not_noted(pair):
    answer(doubt=doubt(*pair), answer=Answer.SAME, by=acting("pelatihan"))

    assert doubt(*pair) is None
    gone = FoundPair(pair[0].pk, 10**9, 0.9, PARTS, 1.0)
    assert note_doubts([gone], city=pair[0].area, by=system()) == 0


def test_a_doubt_found_again_takes_the_newer_probability(pair):
    doubt(*pair, probability=0.6)
    change(person=pair[0], changes={"address": "Jalan Dua 2"}, by=system())

    assert doubt(*pair, probability=0.7).probability == 0.7
    assert PersonDoubt.objects.count() == 1
