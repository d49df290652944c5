"""Whether what is stored can be true, asked in plain SQL and with none of the product's code.

`broken()` names every class that has given more than it has, every offer without its seat, every
group that is not whole, every quota that is passed, and every seat that lies idle while somebody
waits for it. It only reads.
"""

from django.db import connection

from jembol.ui.guards import reading_only

# Who holds a seat: each person once, whichever of their ids the registration names.
SEATED = """
    SELECT r.training_class_id AS class, COALESCE(p.survivor_id, p.id) AS person, p.sex AS sex,
           p.area_id AS area
    FROM training_registration r
    JOIN registry_person p ON p.id = r.person_id
    WHERE NOT EXISTS (SELECT 1 FROM training_withdrawal w WHERE w.registration_id = r.id)
"""
OFFERED = """
    SELECT o.training_class_id AS class, COALESCE(e.person_id, m.person_id) AS person
    FROM training_offer o
    JOIN training_waitingentry e ON e.id = o.entry_id
    LEFT JOIN training_entrymember m ON m.entry_id = e.id
    WHERE o.state = 'offered'
"""
TAKEN = f"""
    SELECT c.id AS class, c.seats AS seats,
        (SELECT count(DISTINCT s.person) FROM ({SEATED}) s WHERE s.class = c.id) AS seated,
        (SELECT count(*) FROM training_heldseat h WHERE h.training_class_id = c.id) AS held
    FROM training_class c
"""
OVER = f"SELECT class, seats, seated, held FROM ({TAKEN}) t WHERE seated + held > seats"
OFFERS_WITHOUT_SEATS = """
    SELECT o.id, o.state, e.size FROM training_offer o
    JOIN training_waitingentry e ON e.id = o.entry_id
    WHERE (SELECT count(*) FROM training_heldseat h WHERE h.offer_id = o.id)
        <> CASE WHEN o.state = 'offered' THEN e.size ELSE 0 END
"""
TWO_OFFERS = """
    SELECT entry_id, count(*) FROM training_offer WHERE state = 'offered'
    GROUP BY entry_id HAVING count(*) > 1
"""
BROKEN_GROUPS = """
    SELECT e.id, e.size, count(r.id) FROM training_waitingentry e
    JOIN training_entrymember m ON m.entry_id = e.id
    LEFT JOIN training_registration r ON r.person_id = m.person_id
        AND r.training_class_id = e.training_class_id
    WHERE e.group_id IS NOT NULL
    GROUP BY e.id, e.size, e.state
    HAVING (e.state = 'seated' AND count(r.id) <> e.size)
        OR (e.state = 'waiting' AND count(r.id) <> 0)
"""
WOMEN = f"""
    SELECT q.training_class_id, q.at_most FROM training_quota q
    WHERE q.kind = 'women' AND q.at_most IS NOT NULL AND q.at_most <
        (SELECT count(DISTINCT s.person) FROM ({SEATED}) s
         WHERE s.class = q.training_class_id AND s.sex = 'P')
        + (SELECT count(*) FROM ({OFFERED}) o JOIN registry_person p ON p.id = o.person
           WHERE o.class = q.training_class_id AND p.sex = 'P')
"""
WAITS_IN_VAIN = f"""
    SELECT t.class, e.id FROM ({TAKEN}) t
    JOIN training_selectionrule r ON r.training_class_id = t.class AND r.kind = 'first_come'
    JOIN training_waitingentry e ON e.training_class_id = t.class AND e.state = 'waiting'
    WHERE e.size <= t.seats - t.seated - t.held
      AND NOT EXISTS (SELECT 1 FROM training_offer o
                      WHERE o.entry_id = e.id AND o.state = 'offered')
      AND NOT EXISTS (SELECT 1 FROM training_quota q WHERE q.training_class_id = t.class)
      AND NOT EXISTS (SELECT 1 FROM training_cancellation x WHERE x.training_class_id = t.class)
"""
QUESTIONS = {
    "more than there are seats": OVER,
    "an offer without its seat, or a seat without its offer": OFFERS_WITHOUT_SEATS,
    "two offers of one entry": TWO_OFFERS,
    "a group that is not whole": BROKEN_GROUPS,
    "more women than the quota": WOMEN,
    "a free seat, and somebody who waits": WAITS_IN_VAIN,
}


def broken():
    """What cannot be true, by the question that found it; nothing when all is well."""
    found = {}
    with reading_only(), connection.cursor() as cursor:
        for question, sql in QUESTIONS.items():
            cursor.execute(sql)
            if rows := cursor.fetchall():
                found[question] = rows
    return found
