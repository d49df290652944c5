"""What an RT of each corner wishes for, each text with its canary."""

from city import NOW, area, system
from jembol.outreach import actions as outreach
from jembol.outreach.actions import ReplyText, WishText
from jembol.outreach.models import Gathering, RtDoor, Wish
from jembol.places import actions as places
from jembol.places.choices import Level

KAUMAN = "35.73.02.1007"


def ask(here, canary):
    """A link, a wish that waits, and another that is gathered and answered."""
    by = system()
    # The city itself has no RT: one of a kelurahan where no other corner stands.
    kelurahan = here if here.level == Level.KELURAHAN else area(KAUMAN)
    rt = places.rt_in(kelurahan=kelurahan, rw=9, rt=1, by=by)
    outreach.open_rt_door(area=rt, by=by)
    outreach.tell_wish(area=rt, source="officer", text=_text(canary, "Usulan"), by=by)
    told = outreach.tell_wish(area=rt, source="muskelsus", text=_text(canary, "Bersama"), by=by)
    made = outreach.gather_wishes(wishes=[told.wish], topic=f"{canary} Topik", by=by)
    reply = ReplyText(kind="declined", words=f"{canary} Jawaban")
    outreach.answer_gathering(gathering=made, text=reply, by=by)


def _text(canary, words):
    return WishText(kind="skill", words=f"{canary} {words}", people=12, year=NOW.year)


def wish_of(corner):
    return Wish.objects.get(words=f"{corner.canary} Usulan")


def gathering_of(corner):
    return Gathering.objects.get(topic=f"{corner.canary} Topik")


def door_of(corner):
    return RtDoor.objects.get(area=wish_of(corner).area_id)
