"""Train: the catalogue, classes of several days, who registered and who came.

Owns courses, classes (angkatan) with their sessions, venues in use, mentors, registrations and
attendance per day. A registration says that a person has a place in a class; an attendance says
that the person came to one session; the two are counted apart, and neither is a person. What a
source merely reports ("more than 6,000 participants") is kept as a claim beside the rows and never
added to them. Classes of a party or candidate are kept, and kept out of the city's statistics
(UU 10/2016 art. 71). Five
words: course, class, session, registration, attendance.
"""
