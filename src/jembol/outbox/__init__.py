"""Work and messages to be done soon, as rows in the same database as the change that asks for them.

Owns the job, its lease and progress, the worker that does it, and the message to a person. It
leaves to others what a job does: packages register their tasks. Words: job, lease, attempt, step,
message.
"""
