"""Who works here: officers, their roles, and the areas in which they hold them.

Owns sign-in names, duties (a role in an area, for a time) and the table of what each role may do.
A duty is the one mechanism of permission and of tenancy: what an officer may do is the set of
permissions of the role, and where is the span of the duty's area; several cities live in one
deployment because no duty reaches across. Sign-in itself, the second factor and the list of
sessions are django-allauth's. Five words: officer, role, duty, grant, reach.
"""
