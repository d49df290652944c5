"""Pages for citizens: coming classes, a sign-up without an account, and what becomes of their data.

Nothing here names a person. What a visitor types goes in through the same actions as at the desk,
as `By` of a citizen, and the answer never tells whether somebody was known before.
"""
