"""What tests of the desk's pages share: an officer's window, and what a page says."""

import re
from datetime import timedelta
from html.parser import HTMLParser

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from city import area, system
from jembol.accounts.models import Officer
from jembol.registry import actions as registry
from jembol.registry.actions import EnterpriseDetails, PersonDetails
from jembol.training import actions as training
from jembol.training.rules import Day


class Window:
    """One officer's browser, without a browser."""

    def __init__(self, username):
        self.client = Client(raise_request_exception=True)
        self.client.force_login(Officer.objects.get(username=username))

    def get(self, name, /, *args, query="", **headers):
        return self.client.get(reverse(f"desk:{name}", args=args) + query, headers=headers)

    def post(self, name, /, *args, query="", **fields):
        return self.client.post(reverse(f"desk:{name}", args=args) + query, fields)

    def send(self, name, /, *args, query="", **fields):
        """Open the form, fill in what is named, send it, and keep the rest as it stands."""
        shown = fields_of(self.get(name, *args, query=query))
        return self.post(name, *args, query=query, **{**shown, **fields})


class Fields(HTMLParser):
    """The fields of the form that is sent, with what stands in them."""

    def __init__(self):
        super().__init__()
        self.values, self._open, self._select = {}, False, ""

    def handle_starttag(self, tag, attributes):
        said = dict(attributes)
        if tag == "form":
            self._open = said.get("method") == "post" and not said.get("action", "?").startswith(
                "/"
            )
        if not self._open or (tag == "option" and "selected" not in said):
            return
        if tag == "option":
            self.values[self._select] = said["value"]
        elif tag in {"input", "select", "textarea"} and said.get("name"):
            self._select = said["name"]
            is_box = said.get("type") in {"checkbox", "radio"} and "checked" not in said
            if not is_box:
                self.values[said["name"]] = said.get("value") or ""
            else:
                self.values.setdefault(said["name"], "")

    def handle_endtag(self, tag):
        if tag == "form":
            self._open = False


def fields_of(response):
    """The names and values of the form's fields."""
    parser = Fields()
    parser.feed(response.text)
    parser.values.pop("csrfmiddlewaretoken", None)
    return parser.values


def total_of(response):
    """How many rows a list says it has."""
    return int(re.search(r'class="tally"><p><span class="number">([\d.]+)', response.text)[1])


def person(name, code, **more):
    return registry.enrol(details=PersonDetails(name=name, area=area(code), **more), by=system())


def enterprise(name, code, *owners):
    details = EnterpriseDetails(name=name, area=area(code))
    return registry.add_enterprise(details=details, owners=list(owners), by=system())


def today(shift=0):
    return timezone.localdate() + timedelta(days=shift)


def open_class(code, *days, title="Kue kering", **more):
    """A class on days counted from today."""
    return training.open_class(
        course=training.seed_courses(by=system())["kue-kering"],
        title=title,
        area=area(code),
        days=[Day(today(shift)) for shift in days],
        by=system(timezone.now()),
        **{"organiser": "office", **more},
    )


def seat(training_class, who):
    return training.register(training_class=training_class, person=who, by=system(), door="desk")


def came(session, *seats):
    return training.take_roll(
        session=session, present={one.pk for one in seats}, by=system(timezone.now())
    )
