"""Commands for people at a terminal; they call actions and queries, and know no page."""
