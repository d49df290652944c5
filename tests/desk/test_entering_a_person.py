"""Whoever a new person could be is shown before anything is written, and asked about once."""

import re
from datetime import date

import pytest
from desk_pages import Window, person

from city import DINOYO, PURWANTORO, area, build_officer
from jembol.journal.models import Fact
from jembol.kit.nik import Nik
from jembol.registry.models import Person, PersonDoubt, PersonVerdict

pytestmark = pytest.mark.usefixtures("city")
NIK = "3573054508859901"


@pytest.fixture
def siti(city):
    return person(
        "Hj. Siti Maesaroh", DINOYO, phone="089900000001", nik=Nik.parse(NIK), address="Gang 1"
    )


def filled(**more):
    return {
        "name": "Siti Maesaroh",
        "area": area(DINOYO).key,
        "phone": "0899-0000-0001",
        "nik": "",
        "rw": "",
        "rt": "",
        **more,
    }


def look(window, **fields):
    """Ask as the page does while somebody types."""
    at = {"hx_request": "true", "hx_target": "alike"}
    headers = {name.replace("_", "-"): value for name, value in at.items()}
    return window.client.post("/kantor/orang/baru/", {**fields, "lihat": "ya"}, headers=headers)


def test_while_typing_the_candidate_is_shown_with_the_reason_and_nothing_is_written(siti):
    facts = Fact.objects.count()

    part = look(Window("pelatihan"), name="siti maesaroh", phone="089900000001")

    assert part.text.startswith('<section id="alike"')
    for word in ("Hj. Siti Maesaroh", "Dinoyo", "0899-0000-0001", "•", "nomor HP dan nama sama"):
        assert word in part.text
    assert f"/orang/{siti.public_id}/" in part.text
    assert NIK not in part.text
    assert (Person.objects.count(), Fact.objects.count()) == (1, facts)


@pytest.mark.parametrize(
    "fields",
    [{}, {"name": "S"}, {"phone": "08"}, {"name": "Painem", "phone": "0899-0000-0002"}],
)
def test_too_little_shows_nobody(siti, fields):
    part = look(Window("pelatihan"), **fields)

    assert part.status_code == 200
    assert "Maesaroh" not in part.text


def test_what_is_typed_so_far_is_enough_when_other_fields_are_wrong(siti):
    part = look(Window("pelatihan"), nik=NIK, phone="12", area="1", name="Siti")

    assert "Maesaroh" in part.text


def test_a_nik_of_which_a_digit_is_missing_shows_its_person(siti):
    assert "Maesaroh" not in look(Window("pelatihan"), name="Maesaroh").text

    part = look(Window("pelatihan"), name="Maesaroh", nik=NIK[:4] + NIK[5:])

    assert "Hj. Siti Maesaroh" in part.text


def test_at_most_five_are_shown(city):
    for number in range(7):
        person("Sri Wahyuni", DINOYO, address=f"Gang {number}")

    part = look(Window("pelatihan"), **filled(name="Sri Wahyuni", phone=""))

    assert part.text.count("Ini orangnya") == 5


def test_sending_while_a_candidate_stands_asks_and_keeps_what_was_typed(siti):
    page = Window("pelatihan").post("person_create", **filled(address="Gang 9"))

    assert page.status_code == 200
    assert "Belum dicatat." in page.text
    assert 'value="Gang 9"' in page.text
    assert f'name="bukan" value="{siti.pk}"' in page.text
    assert Person.objects.count() == 1


def test_none_of_these_enters_somebody_new_and_is_remembered(siti):
    answer = Window("pelatihan").post("person_create", **filled(bukan=str(siti.pk)))

    new = Person.objects.exclude(pk=siti.pk).get()
    verdict = PersonVerdict.objects.get()
    assert answer["Location"].endswith(f"/orang/{new.public_id}/")
    assert (verdict.low_id, verdict.high_id, verdict.answer) == (siti.pk, new.pk, "different")
    assert verdict.officer_label == "Petugas Pelatihan"


def test_who_was_told_apart_is_not_asked_about_again(siti):
    window = Window("pelatihan")
    like = filled(name="Siti Maesarah")
    window.post("person_create", **like, bukan=str(siti.pk))
    new = Person.objects.exclude(pk=siti.pk).get()

    part = look(window, **like)

    assert re.findall(r"/orang/(\w+)/ubah", part.text) == [new.public_id]
    PersonVerdict.objects.all().delete()
    assert siti.public_id in look(window, **like).text


def test_the_answer_stays_when_something_else_is_wrong(siti):
    window = Window("pelatihan")

    wrong = window.post("person_create", **filled(born_on="31/31/2000", bukan=str(siti.pk)))
    assert "errorlist" in wrong.text
    assert f'<input type="hidden" name="bukan" value="{siti.pk}"' in wrong.text
    assert "Maesaroh" not in look(window, **filled(name="Siti", bukan=str(siti.pk))).text


def test_a_number_in_the_answer_that_was_never_shown_means_nothing(siti):
    other = person("Painem", DINOYO)

    Window("pelatihan").post("person_create", **filled(bukan=f"{siti.pk},{other.pk},x,-1,9"))

    assert [one.low_id for one in PersonVerdict.objects.all()] == [siti.pk]


def test_somebody_who_came_in_meanwhile_is_asked_about_too(siti):
    late = person("Siti Maesaroh", DINOYO, phone="089900000001")

    page = Window("pelatihan").post("person_create", **filled(bukan=str(siti.pk)))

    assert page.status_code == 200
    assert f"/orang/{late.public_id}/ubah/" in page.text
    assert f"/orang/{siti.public_id}/ubah/" not in page.text
    assert Person.objects.count() == 2


class TestElsewhere:
    """People outside the officer's areas."""

    def test_nobody_outside_the_areas_is_shown_while_typing_or_asked_about(self, siti):
        window = Window("lapangan.purwantoro")

        part = look(window, name="Siti Maesaroh", phone="089900000001", nik=NIK)
        page = window.post("person_create", **filled(area=area(PURWANTORO).key))

        assert "Maesaroh" not in part.text
        assert page.status_code == 302

    def test_a_sure_match_elsewhere_is_told_without_a_detail_and_waits_for_the_city(self, siti):
        window = Window("lapangan.purwantoro")

        answer = window.post("person_create", **filled(area=area(PURWANTORO).key))
        page = window.client.get(answer["Location"])

        doubt = PersonDoubt.objects.get()
        assert "di bagian lain kota" in page.text
        for word in ("Dinoyo", "Gang 1", "Hj.", siti.public_id, siti.nik_masked):
            assert word not in page.text
        assert siti.pk in (doubt.low_id, doubt.high_id)
        assert doubt.area.code == "35.73"
        assert not PersonVerdict.objects.exists()

    def test_a_match_elsewhere_that_is_not_sure_is_not_told(self, siti):
        window = Window("lapangan.purwantoro")

        answer = window.post("person_create", **filled(area=area(PURWANTORO).key, name="Siti"))

        assert "di bagian lain kota" not in window.client.get(answer["Location"]).text

    def test_somebody_of_another_city_is_no_match(self, siti):
        build_officer("petugas.miji", "field", "35.76.01.1004")

        Window("petugas.miji").post("person_create", **filled(area=area("35.76.01.1004").key))

        assert not PersonDoubt.objects.exists()
        assert Person.objects.count() == 2


class TestThisIsThePerson:
    """What was typed for somebody new becomes changes of who is there."""

    def offered(self, who, window=None, **more):
        return (window or Window("pelatihan")).post(
            "person_change", who.public_id, **{**filled(**more), "dari": "baru"}
        )

    def test_new_details_stand_in_the_form_beside_what_is_stored_and_nothing_is_saved(self, siti):
        page = self.offered(
            siti, name="Siti Maesaroh, S.E.", address="Gang 9", born_on="1985-08-05"
        )

        assert 'value="Siti Maesaroh, S.E."' in page.text
        assert 'value="1985-08-05"' in page.text
        assert 'value="Gang 9"' in page.text
        assert page.text.count("Tersimpan sekarang") == 3
        assert "Gang 1" in page.text
        siti.refresh_from_db()
        assert (siti.name, siti.address, siti.version) == ("Hj. Siti Maesaroh", "Gang 1", 1)

    def test_the_form_that_is_offered_can_be_saved_as_it_stands(self, siti):
        window = Window("pelatihan")
        page = self.offered(siti, window, name="Siti Maesaroh, S.E.", born_on="1985-08-05")
        fields = dict(re.findall(r'name="(\w+)"[^>]*value="([^"]*)"', page.text))
        fields.pop("csrfmiddlewaretoken", None)

        saved = window.post(
            "person_change",
            siti.public_id,
            **{k: v for k, v in fields.items() if k in {"name", "phone", "born_on", "address"}},
            area=siti.area_id,
            version=siti.version,
        )

        siti.refresh_from_db()
        assert saved.status_code == 302
        assert (siti.name, siti.born_on) == ("Siti Maesaroh, S.E.", date(1985, 8, 5))
        assert siti.nik_masked
        assert siti.phone == "+6289900000001"

    def test_what_cannot_be_read_is_not_lost(self, siti):
        page = self.offered(siti, phone="0899 x", nik="123")

        assert 'value="0899 x"' in page.text
        assert 'value="123"' in page.text

    def test_a_deeper_place_that_is_stored_is_not_offered_away(self, siti):
        page = self.offered(siti, name=siti.name, area=area("35.73").key)

        assert page.status_code == 302
        assert page["Location"].endswith(f"/orang/{siti.public_id}/")

    def test_with_nothing_new_it_leads_to_the_person(self, siti):
        page = self.offered(siti, name="Hj. Siti Maesaroh", nik=NIK)

        assert page.status_code == 302

    def test_what_is_stored_cannot_write_into_the_page(self, city):
        bad = person("Siti <b>x</b>", DINOYO, phone="089900000001")

        page = self.offered(bad)

        assert "<b>x</b>" not in page.text

    def test_somebody_outside_the_areas_is_not_there(self, siti):
        page = self.offered(siti, Window("lapangan.purwantoro"))

        assert page.status_code == 404


def test_the_first_button_of_the_form_enters_and_chooses_nobody(siti):
    """Enter on the keyboard presses the first button (HTML, implicit submission)."""
    page = Window("pelatihan").post("person_create", **filled())

    form = page.text.split('class="entry"')[1]
    first = re.search(r"<button[^>]*>", form)[0]
    assert "name=" not in first
    assert "formaction" not in first
