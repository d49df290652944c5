"""RT and RW of the invented city, their links and wishes, made only through actions."""

from city import system
from jembol.outreach import actions
from jembol.outreach.actions import WishText
from jembol.places import actions as places


def rt(kelurahan, rw, rt):
    """One RT, entered when it is new; None for the RT gives the RW."""
    return places.rt_in(kelurahan=kelurahan, rw=rw, rt=rt, by=system())


def link(area, by=None):
    return actions.open_rt_door(area=area, by=by or system())


def told_by_link(door, words="", kind="skill", by=None, **more):
    text = WishText(kind=kind, words=words, **more)
    return actions.tell_wish_by_link(door=door, text=text, by=by or system())


def wish(area, words="", kind="skill", source="muskelsus", by=None, **more):
    text = WishText(kind=kind, words=words, **more)
    return actions.tell_wish(area=area, source=source, text=text, by=by or system()).wish


def gather(*wishes, topic="", by=None):
    return actions.gather_wishes(wishes=wishes, topic=topic, by=by or system())


def answer(gathering, kind="tool", by=None, **more):
    text = actions.ReplyText(kind=kind, **more)
    return actions.answer_gathering(gathering=gathering, text=text, by=by or system())
