"""Tabs in which the phone's own modules run against a small door."""

from contextlib import contextmanager


def tab_of(context, script, **given):
    """A tab of a browser in which the script has opened the modules."""
    page = context.new_page()
    page.goto("/")
    page.evaluate(script, given)
    return page


@contextmanager
def phones_at(chromium, door, script):
    """Give a function that opens one more phone; all of them are closed at the end."""
    contexts = []

    def opened(**given):
        context = chromium.new_context(base_url=door.address)
        contexts.append(context)
        return tab_of(context, script, **given)

    try:
        yield opened
    finally:
        for context in contexts:
            context.close()
