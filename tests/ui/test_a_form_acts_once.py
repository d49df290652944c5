"""The same form sent twice acts once; a form that was refused or changed acts again."""

from types import SimpleNamespace

import pytest
from django.http import HttpResponse, HttpResponseRedirect
from django.test import RequestFactory

from jembol.ui.once import answered_once


class Desk:
    """Sends forms, and counts what they did."""

    def __init__(self):
        self.acts = 0

    def send(self, fields, *, refused=False, user=1):
        request = RequestFactory().post("/kantor/orang/baru/", fields)
        request.user = SimpleNamespace(pk=user)
        return answered_once(request, lambda: self._act(refused=refused))

    def _act(self, *, refused):
        self.acts += 1
        return HttpResponse() if refused else HttpResponseRedirect(f"/{self.acts}/")


def test_the_second_is_led_where_the_first_went():
    desk = Desk()

    answers = [desk.send({"sekali": "a", "name": "Siti"})["Location"] for _turn in range(3)]

    assert (answers, desk.acts) == (["/1/"] * 3, 1)


@pytest.mark.parametrize(
    ("fields", "user"),
    [({"sekali": "a", "name": "Lain"}, 1), ({"sekali": "b", "name": "Siti"}, 1),
     ({"sekali": "a", "name": "Siti"}, 2), ({"name": "Siti"}, 1)],
)  # fmt: skip
def test_another_form_acts(fields, user):
    desk = Desk()
    desk.send({"sekali": "a", "name": "Siti"})

    desk.send(fields, user=user)

    assert desk.acts == 2


def test_a_refused_form_acts_again():
    desk = Desk()

    desk.send({"sekali": "a"}, refused=True)
    answer = desk.send({"sekali": "a"})

    assert (desk.acts, answer.status_code) == (2, 302)


def test_a_form_whose_answer_broke_acts_again():
    desk = Desk()
    with pytest.raises(ZeroDivisionError):
        answered_once(_posted(), lambda: 1 / 0)

    assert answered_once(_posted(), lambda: desk._act(refused=False)).status_code == 302


def _posted():
    request = RequestFactory().post("/", {"sekali": "x"})
    request.user = SimpleNamespace(pk=1)
    return request
