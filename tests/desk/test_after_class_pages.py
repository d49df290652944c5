"""Tests, opinions, materials, walk-ins and what came of a class, through the pages."""

import io
from datetime import timedelta

import pytest
from desk_pages import Window, came, open_class, person, seat, today
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from city import DINOYO, area
from jembol.registry.models import Group
from jembol.training.models import (
    Attendance,
    FollowUp,
    Material,
    Opinion,
    Outcome,
    PartialDay,
    Photo,
    Registration,
    Sitting,
)
from pictures import picture

pytestmark = pytest.mark.usefixtures("city")


@pytest.fixture
def window():
    return Window("pelatihan")


@pytest.fixture
def taught():
    """A class of yesterday with two people, one of whom came."""
    each = open_class(DINOYO, -1)
    seats = [seat(each, person(f"Warga {number}", DINOYO)) for number in range(2)]
    came(each.sessions.get(), seats[0])
    return each, seats


def read_whole(answer):
    """The status of an answer that was read to its end, which closes its file."""
    b"".join(answer)
    return answer.status_code


def test_a_paper_test_is_written_and_its_letters_entered(window, taught):
    each, (first, second) = taught
    window.send("exam_change", each.public_id, "pre", key="a b c")
    window.send(
        "sitting_create",
        each.public_id,
        "pre",
        **{f"jawaban-{first.pk}": "ABB", f"jawaban-{second.pk}": ""},
    )

    page = window.get("exam_detail", each.public_id)

    assert Sitting.objects.get().right == 2
    assert "67 %" in page.text


def test_a_wrong_line_keeps_what_was_typed(window, taught):
    each, (first, second) = taught
    window.send("exam_change", each.public_id, "post", key="ABC")

    answer = window.send(
        "sitting_create",
        each.public_id,
        "post",
        **{f"jawaban-{first.pk}": "ABC", f"jawaban-{second.pk}": "AB"},
    )

    assert "Warga 1" in answer.text
    assert 'value="ABC"' in answer.text
    assert Sitting.objects.count() == 0


def test_a_participant_answers_on_the_telephone_and_only_once(window, taught):
    each, (first, _second) = taught
    text = "Ragi untuk apa?\nMengembang\nMenghias\n\nOven berapa derajat?\n150\n400"
    window.send("exam_change", each.public_id, "pre", key="AA", questions=text)
    page = window.get("sitting_create", each.public_id, "pre")
    link = next(
        word.split('"')[0]
        for word in page.text.split('href="')
        if word.startswith("/tes/") and f"/{first.pk}/" in word
    )

    telephone = Client()
    assert "Ragi untuk apa?" in telephone.get(link).text
    telephone.post(link, {"soal_0": "A", "soal_1": ""})
    telephone.post(link, {"soal_0": "A", "soal_1": "A"})

    assert Sitting.objects.get().given == "A-"
    assert "Ragi untuk apa?" not in telephone.get(link).text
    assert Client().get(link.replace(f"/{first.pk}/", f"/{_second.pk}/")).status_code == 404


def test_whoever_opens_the_code_on_the_wall_says_what_they_think(window, taught):
    each, _seats = taught
    shown = window.get("opinion_list", each.public_id).text
    link = next(word.split('"')[0] for word in shown.split('href="') if word.startswith("http"))
    path = link.removeprefix("http://testserver")
    steps = dict.fromkeys(("useful", "clear", "place"), "4")
    mentors = {f"mentor_{one.pk}": "5" for one in each.mentors.all()}

    answer = Client().post(path, {**steps, **mentors, "liked": "Praktiknya"})

    assert answer.status_code == 302
    assert Opinion.objects.get().liked == "Praktiknya"
    assert Client().get(path.replace("/kesan/", "/kesan/x")).status_code == 404
    assert "Praktiknya" not in window.get("opinion_list", each.public_id).text


def test_an_answer_without_a_step_is_shown_again(window, taught):
    each, _seats = taught
    shown = window.get("opinion_list", each.public_id).text
    link = next(word.split('"')[0] for word in shown.split('href="') if word.startswith("http"))

    answer = Client().post(link.removeprefix("http://testserver"), {"useful": "9"})

    assert answer.status_code == 200
    assert Opinion.objects.count() == 0


def test_photographs_lose_their_camera_and_show_in_the_list(window, taught):
    each, _seats = taught
    exif = Image.Exif()
    exif[0x010F] = "Kamera"
    drawn = io.BytesIO()
    Image.new("RGB", (50, 40)).save(drawn, "JPEG", exif=exif)
    files = [
        SimpleUploadedFile(f"{n}.jpg", drawn.getvalue(), content_type="image/jpeg") for n in (1, 2)
    ]

    answer = window.client.post(
        reverse("desk:photo_create", args=[each.public_id]),
        {"file": files, "ground": "agreed", "caption": "Mengadon"},
    )
    assert answer.status_code == 302, answer.text

    shown = window.get("photo_file", Photo.objects.order_by("pk").first().pk)
    picture_ = b"".join(shown.streaming_content)
    assert Photo.objects.count() == 2
    assert dict(Image.open(io.BytesIO(picture_)).getexif()) == {}


def test_what_is_no_photograph_is_refused_in_words(window, taught):
    each, _seats = taught

    answer = window.client.post(
        reverse("desk:photo_create", args=[each.public_id]),
        {"file": SimpleUploadedFile("a.jpg", b"bukan gambar"), "ground": "agreed"},
    )

    assert answer.status_code == 200
    assert Photo.objects.count() == 0


def test_a_public_material_is_read_by_citizens_and_the_other_is_not(window, taught):
    each = open_class(DINOYO, 3)
    window.post("publication_create", each.public_id)
    for title, shown in (("Resep", "on"), ("Harga", "")):
        window.client.post(
            reverse("desk:material_create", args=[each.public_id]),
            {"title": title, "file": SimpleUploadedFile("r.png", picture()), "is_public": shown},
        )

    page = Client().get(reverse("public:class_detail", args=[each.public_id])).text
    open_, closed = Material.objects.order_by("pk")

    assert "Resep" in page
    assert "Harga" not in page
    answers = [
        read_whole(Client().get(reverse("public:material", args=[each.public_id, one.pk])))
        for one in (open_, closed)
    ]
    assert answers == [200, 404]


def test_somebody_walks_in_at_the_roll(window, taught):
    each, _seats = taught

    window.send(
        "walk_in_create", each.public_id, 1, name="Bu Tumini", phone="0812 9990 0001",
        area=area(DINOYO).key,
    )  # fmt: skip

    assert Registration.objects.get(person__name="Bu Tumini").door == "walk_in"
    assert Attendance.objects.count() == 2


def test_a_part_of_the_day_is_noted_and_shown_again(window, taught):
    each, (first, _second) = taught

    window.send("partial_day_create", each.public_id, 1, first.pk, minutes=90, why="Izin")

    assert PartialDay.objects.get().minutes == 90
    assert 'value="90"' in window.get("partial_day_create", each.public_id, 1, first.pk).text


def test_who_came_thirty_days_ago_stands_in_the_list_until_answered(window):
    each = open_class(DINOYO, -30)
    came(each.sessions.get(), seat(each, person("Bu Sumarni", DINOYO)))
    page = window.get("follow_up_list").text
    link = next(word.split('"')[0] for word in page.split('href="') if "/30/" in word)
    assert "Bu Sumarni" in page

    window.client.post(link, {"reached": "met", "uses_it": "ya", "monthly_sales": "1500000"})

    assert FollowUp.objects.get().monthly_sales == 1_500_000
    assert "Bu Sumarni" not in window.get("follow_up_list").text


def test_an_outcome_and_a_group_come_out_of_a_class(window, taught):
    each, (first, second) = taught
    window.send("outcome_create", first.pk, kind="recipe", what="Kastengel labu")
    window.client.post(
        reverse("desk:formed_group_create", args=[each.public_id]),
        {"name": "Kue Dinoyo", "anggota": [first.pk, second.pk], "ketua": second.pk},
    )

    page = window.get("aftermath", each.public_id).text

    assert Outcome.objects.get().on == today()
    assert Group.objects.get(name="Kue Dinoyo").memberships.count() == 2
    assert "Kastengel labu" in page
    assert "Kue Dinoyo" in page
    assert "Kastengel labu" in window.get("outcome_list", query="?unduh=csv").getvalue().decode()


def test_a_class_of_tomorrow_has_no_walk_ins(window):
    each = open_class(DINOYO, 1)

    answer = window.send(
        "walk_in_create", each.public_id, 1, name="Bu Tumini", area=area(DINOYO).key
    )

    assert answer.status_code == 200
    assert Registration.objects.count() == 0
    assert each.starts_on == today() + timedelta(days=1)
