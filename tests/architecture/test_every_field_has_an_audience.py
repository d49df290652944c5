"""Every column says who may see it: public, official, specific (personal) or internal."""

import pytest
from django.apps import apps
from django.db import models

AUDIENCES = ("public", "official", "specific", "internal")
OURS = [model for model in apps.get_models() if model.__module__.startswith("jembol.")]


def faults_of(model):
    """Fields in no set, in two sets, and names in a set that are no field."""
    sets = {name: getattr(model.Privacy, name, frozenset()) for name in AUDIENCES}
    listed = [field for names in sets.values() for field in names]
    fields = {field.name for field in model._meta.get_fields() if not field.auto_created}
    fields |= {model._meta.pk.name}
    twice = {name for name in listed if listed.count(name) > 1}
    unknown_sets = {
        name for name in vars(model.Privacy) if not name.startswith("_") and name not in AUDIENCES
    }
    return {
        "in no set": sorted(fields - set(listed)),
        "in two sets": sorted(twice),
        "no field": sorted(set(listed) - fields),
        "no audience": sorted(unknown_sets),
    }


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_field_is_in_exactly_one_set(model):
    faults = faults_of(model)

    assert {what: names for what, names in faults.items() if names} == {}


def test_the_models_are_found():
    assert len(OURS) > 20


def test_a_forgotten_a_doubled_and_a_misspelled_field_are_found():
    class Shelf(models.Model):  # noqa: DJ008 - never shown
        label = models.TextField()
        keeper = models.TextField()
        secret = models.TextField()

        class Meta:
            app_label = "planted"
            managed = False
            apps = apps.__class__()

        class Privacy:
            public = frozenset({"id", "label"})
            official = frozenset({"label", "keper"})
            everybody = frozenset({"secret"})

    assert faults_of(Shelf) == {
        "in no set": ["keeper", "secret"],
        "in two sets": ["label"],
        "no field": ["keper"],
        "no audience": ["everybody"],
    }
