"""The queue of enterprises: the same pages, with what an enterprise has."""

import pytest
from desk_pages import Window, person, total_of
from doubt_desk import doubt

from city import DINOYO, area, system
from jembol.registry import actions as registry
from jembol.registry.actions import EnterpriseDetails
from jembol.registry.actions.families import ENTERPRISES
from jembol.registry.actions.linkage_runs import note_doubts
from jembol.registry.found_pairs import FoundPair
from jembol.registry.models import Enterprise, EnterpriseDoubt, EnterpriseVerdict

pytestmark = pytest.mark.usefixtures("city")


@pytest.fixture
def waiting(city):
    """Two entries of one shop, of which only the second knows its phone."""
    owner = person("Siti", DINOYO)
    first, second = (
        registry.add_enterprise(
            details=EnterpriseDetails(name=name, area=area(DINOYO), phone=phone),
            owners=owners,
            by=system(),
        )
        for name, phone, owners in (
            ("Keripik Bu Siti", None, [owner]),
            ("Kripik Bu Siti", "081355512345", []),
        )
    )
    parts = (("nib", "equal", 16.0), ("owner", "equal", 4.0))
    found = FoundPair(first.pk, second.pk, 0.9, parts, 1.0)
    note_doubts([found], city=area("35.73"), by=system(), of=ENTERPRISES)
    return EnterpriseDoubt.objects.get()


def test_the_two_queues_stand_apart(waiting):
    doubt(person("A", DINOYO), person("B", DINOYO))
    window = Window("pelatihan")

    assert "Keripik Bu Siti" in window.get("enterprise_doubt_list").text
    assert "Keripik Bu Siti" not in window.get("doubt_list").text
    assert total_of(window.get("enterprise_doubt_list", query="?keyakinan=90")) == 1


def test_the_page_tells_the_evidence_and_the_owners_and_knows_no_household(waiting):
    page = Window("pelatihan").get("enterprise_doubt_detail", waiting.pk).text

    assert "NIB sama" in page
    assert "Siti" in page
    assert 'value="household"' not in page


def test_the_same_enterprise_becomes_one_and_the_answer_can_be_taken_back(waiting):
    window = Window("pelatihan")
    shown = {"low": waiting.low_id, "high": waiting.high_id, "jawaban": "same"}

    window.post("enterprise_verdict_create", waiting.pk, **shown)
    merged = Enterprise.objects.exclude(survivor=None).count()
    window.post("answer_return_create")

    assert (merged, Enterprise.objects.exclude(survivor=None).count()) == (1, 0)
    assert EnterpriseDoubt.objects.count() == 1


def test_an_answer_that_fits_no_enterprise_is_refused_in_words(waiting):
    response = Window("pelatihan").post(
        "enterprise_verdict_create", waiting.pk, jawaban="household"
    )

    assert response.status_code == 200
    assert not EnterpriseVerdict.objects.exists()
