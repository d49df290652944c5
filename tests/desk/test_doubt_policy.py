"""A city says from which probability on records may be merged or asked about."""

import pytest
from desk_pages import Window, fields_of
from doubt_desk import acting

from city import area
from jembol.journal.models import Fact
from jembol.registry import errors
from jembol.registry.actions.policies import set_policy
from jembol.registry.models import LinkagePolicy
from jembol.registry.policy import Policy
from jembol.registry.queries.doubts import policy_of

pytestmark = pytest.mark.usefixtures("city")


def test_the_defaults_hold_until_somebody_sets_others():
    shown = fields_of(Window("kepala").get("policy_change"))

    assert policy_of(area("35.73")) == Policy()
    assert [shown[name] for name in ("merge_above", "ask_above", "audit_share")] == [
        "99.5", "50", "5",
    ]  # fmt: skip


def test_what_the_head_sets_holds_for_the_city_and_stands_in_the_journal():
    Window("kepala").send("policy_change", merge_above="98", ask_above="60", audit_share="10")

    policy = policy_of(area("35.73"))
    assert (policy.merge_above, policy.ask_above, policy.audit_share) == (0.98, 0.6, 0.1)
    assert Fact.objects.get(event="registry.policy.set").details["ask_above"] == [0.5, 0.6]
    assert policy_of(area("35.76")) == Policy()


@pytest.mark.parametrize(
    ("merge_above", "ask_above", "audit_share"),
    [(0.4, 0.5, 0.05), (1.1, 0.5, 0.05), (0.9, 0.49, 0.05), (0.8, 0.9, 0.05), (0.9, 0.5, 1.5)],
)
def test_a_threshold_that_cannot_be_is_refused(merge_above, ask_above, audit_share):
    with pytest.raises(errors.ShareImpossible):
        set_policy(
            city=area("35.73"),
            merge_above=merge_above,
            ask_above=ask_above,
            audit_share=audit_share,
            by=acting("kepala", "registry.policy"),
        )


def test_asking_later_than_merging_is_refused_at_its_field():
    response = Window("kepala").send("policy_change", merge_above="80", ask_above="90")

    assert "jangan isi lebih tinggi" in response.text
    assert not LinkagePolicy.objects.exists()
