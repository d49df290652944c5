"""What an officer needs to read and to run imports; the roles are in `accounts.rules`."""

SEE = "intake.see"
"""Read imports and their rows: they hold what the register holds, so auditors need it too."""

RUN = "intake.run"
"""Upload, commit, settle and undo: one wrong list can change thousands of people."""
