"""Tests before and after a class: letters as people write them, what they say of the questions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from city import system
from jembol.training import actions, errors
from jembol.training.models import Exam, Sitting
from jembol.training.queries.exams import exam_result, learned, scores
from jembol.training.rules.exams import (
    Hint,
    count_right,
    gain,
    items,
    read_letters,
    reliability,
)
from training.classroom import enrol, open_class, register

letters = st.text("ABCDE", min_size=1, max_size=20)


@pytest.fixture
def seats(areas):
    opened = open_class(areas.dinoyo)
    return [register(opened, person) for person in enrol(areas.dinoyo, 12)]


def set_exam(seat, key="ABCDA", moment="pre", **more):
    return actions.set_exam(
        training_class=seat.training_class, moment=moment, key=key, by=system(), **more
    )


def note(exam, **given):
    told = {int(key.removeprefix("s")): text for key, text in given.items()}
    return actions.note_answers(exam=exam, given=told, by=system())


def noted(exam, seats, texts):
    pairs = zip(seats, texts, strict=False)
    return actions.note_answers(
        exam=exam, given={seat.pk: text for seat, text in pairs}, by=system()
    )


def test_letters_are_read_as_people_write_them():
    assert read_letters(" a, b c-d ") == "ABC-D"
    assert read_letters("A.B_0") == "A-B--"


@pytest.mark.parametrize("key", ["", "ABZ", "A" * 61, "A-B"])
def test_what_is_no_key_is_refused(seats, key):
    with pytest.raises(errors.BadKey):
        set_exam(seats[0], key=key)


def test_as_many_questions_as_letters(seats):
    with pytest.raises(errors.BadKey):
        set_exam(seats[0], key="AB", questions=[{"text": "Satu?", "choices": ["ya", "tidak"]}])


def test_answers_are_counted_and_corrected(seats):
    exam = set_exam(seats[0])

    noted(exam, seats, ["ABCDA", "AB---", ""])
    noted(exam, seats, ["ABCDA", "ABC--"])

    rights = Sitting.objects.order_by("registration").values_list("right", flat=True)
    assert list(rights) == [5, 3]


def test_too_few_letters_name_the_person_and_nothing_is_stored(seats):
    exam = set_exam(seats[0])

    with pytest.raises(errors.BadAnswers, match="Warga 001: 2 letters, but the test has 5"):
        noted(exam, seats, ["ABCDA", "AB"])

    assert Sitting.objects.count() == 0


def test_a_registration_of_another_class_is_refused(areas, seats):
    exam = set_exam(seats[0])
    stranger = register(open_class(areas.dinoyo), seats[0].person)

    with pytest.raises(errors.NotOfThisClass):
        actions.note_answers(exam=exam, given={stranger.pk: "ABCDA"}, by=system())


def test_the_key_stays_once_somebody_answered(seats):
    exam = set_exam(seats[0])
    set_exam(seats[0], key="AAAAA")
    noted(exam, seats, ["AAAAA"])

    with pytest.raises(errors.ExamAnswered):
        set_exam(seats[0], key="BBBBB")

    assert Exam.objects.get().key == "AAAAA"


def test_oneself_answers_once(seats):
    exam = set_exam(seats[0])
    actions.answer_oneself(exam=exam, registration=seats[0], given="ABCDA", by=system())

    with pytest.raises(errors.AlreadyAnswered):
        actions.answer_oneself(exam=exam, registration=seats[0], given="-----", by=system())

    assert scores(seats[0].training_class, "pre") == {seats[0].person_id: 1.0}


def test_what_was_learned_compares_the_same_people(seats):
    noted(set_exam(seats[0], moment="pre"), seats, ["A----", "AB---", "ABCDA"])
    noted(set_exam(seats[0], moment="post"), seats, ["ABCD-", "ABCDA"])

    told = learned(seats[0].training_class)

    assert told.both == 2
    assert (told.before, told.after) == pytest.approx((0.3, 0.9))
    assert told.gain == pytest.approx(0.6 / 0.7)


def test_items_need_ten_people(seats):
    exam = set_exam(seats[0])
    noted(exam, seats[:9], ["ABCDA"] * 9)
    assert exam_result(exam).items == ()

    noted(exam, seats, ["ABCDA"] * 10)
    assert len(exam_result(exam).items) == 5


def test_a_turned_key_is_found():
    # The best six answer B where the key says A; the weakest six answer A.
    best, weakest = ["BBBB"] * 6, ["ACCC"] * 6

    first, *others = items("ABBB", [*best, *weakest])

    assert first.hint is Hint.TURNED
    assert (first.difficulty, first.discrimination) == (0.5, -1.0)
    assert first.chosen == {"A": 6, "B": 6}
    assert {one.hint for one in others} == {Hint.FINE}


@given(key=letters, data=st.data())
def test_bounds_hold_for_any_answers(key, data):
    given_ = st.text("ABCDE-", min_size=len(key), max_size=len(key))
    sittings = data.draw(st.lists(given_, min_size=10, max_size=30))

    for item in items(key, sittings):
        assert 0 <= item.difficulty <= 1
        assert -1 <= item.discrimination <= 1
        assert sum(item.chosen.values()) == len(sittings)
    told = reliability(key, sittings)
    assert told is None or told <= 1 + 1e-9
    assert items(key, sittings[::-1])[0].difficulty == items(key, sittings)[0].difficulty


@given(key=letters)
def test_the_key_itself_is_all_right(key):
    assert count_right(key, key) == len(key)


def test_nothing_left_to_learn_is_no_gain():
    assert gain([1.0, 1.0], [1.0, 1.0]) is None
    assert gain([], []) is None
