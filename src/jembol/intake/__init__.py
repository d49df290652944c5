"""Lists that somebody sends: read, understood, previewed, committed and undone as a whole."""
