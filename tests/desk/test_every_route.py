"""Every address × every role: the expected answer, and nothing from elsewhere in any byte of it.

The table names for each address who may open it. An address that is missing from the table fails.
"""

import io
import re
import zipfile

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from routes import EVERYBODY, NOT_MADE, OFFICER, ROUTES, address
from two_cities import CANARIES, KAUMAN_MOJOKERTO, build_corners, duty_of, officer_of

from city import DINOYO, MALANG, OFFICERS, PURWANTORO, build_areas, build_officers

EVERYBODY = "everybody"
OFFICER = "any officer"
# Written by hand, so that a role that gains a permission by mistake is found here.
SEES_REGISTER = {"kepala", "pelatihan", "lapangan", "auditor", "privasi"}
KEEPS_REGISTER = {"pelatihan", "lapangan"}
SEES_TRAINING = {"kepala", "pelatihan", "lapangan", "pendamping", "auditor"}
RUNS_TRAINING = {"pelatihan"}
TAKES_ROLL = {"pelatihan", "lapangan", "pendamping"}
TAKES_ATTENDANCE_AWAY = {"kepala", "pelatihan", "auditor"}
REVEALS = {"pelatihan", "privasi"}
SEES_BOARD = {"kepala", "pelatihan", "lapangan", "kurator", "tpid", "auditor", "admin"}
SEES_PLACES = SEES_BOARD | {"alat", "harga"}
KEEPS_PLACES = {"pelatihan", "admin"}
SEES_OFFICERS = {"kepala", "auditor", "privasi", "admin"}
KEEPS_OFFICERS = {"admin"}
SEES_JOURNAL = {"auditor", "privasi", "admin"}
SEES_INTAKE = {"kepala", "pelatihan", "auditor"}
RUNS_INTAKE = {"pelatihan"}
KEEPS_PAPERS = {"pelatihan", "admin"}
SEES_PAPERS = KEEPS_PAPERS | {"kepala"}
LINKS = {"pelatihan"}
SETS_POLICY = {"kepala"}

# Address: who may open it, and what of a corner it is about.
ROUTES = {
    "desk:start": (OFFICER, None),
    "desk:board": (SEES_BOARD, None),
    "desk:person_list": (SEES_REGISTER, None),
    "desk:past_person_list": (SEES_REGISTER, None),
    "desk:past_enterprise_list": (SEES_REGISTER, None),
    "desk:past_person_detail": (SEES_REGISTER, "person"),
    "desk:past_group_detail": (SEES_REGISTER, "group"),
    "desk:person_create": (KEEPS_REGISTER, None),
    "desk:person_detail": (SEES_REGISTER, "person"),
    "desk:person_change": (KEEPS_REGISTER, "person"),
    "desk:nik_reading_create": (REVEALS, "person"),
    "desk:decile_create": (KEEPS_REGISTER, "person"),
    "desk:consent_create": (KEEPS_REGISTER, "person"),
    "desk:consent_withdrawal_create": (KEEPS_REGISTER, "person"),
    "desk:enterprise_list": (SEES_REGISTER, None),
    "desk:enterprise_detail": (SEES_REGISTER, "enterprise"),
    "desk:enterprise_change": (KEEPS_REGISTER, "enterprise"),
    "desk:enterprise_create": (KEEPS_REGISTER, "person"),
    "desk:group_list": (SEES_REGISTER, None),
    "desk:group_create": (KEEPS_REGISTER, None),
    "desk:group_detail": (SEES_REGISTER, "group"),
    "desk:handover_create": (KEEPS_REGISTER, "enterprise"),
    "desk:departure_create": (KEEPS_REGISTER, "membership"),
    "desk:membership_create": (KEEPS_REGISTER, "group"),
    "desk:person_part_create": (KEEPS_REGISTER, "merge"),
    "desk:enterprise_part_create": (KEEPS_REGISTER, "enterprise merge"),
    "desk:card_detail": (KEEPS_REGISTER, "person"),
    "desk:card_create": (KEEPS_REGISTER, "person"),
    "desk:card_revocation_create": (KEEPS_REGISTER, "person"),
    "desk:ticket_sheet": (TAKES_ROLL, "class"),
    "desk:ticket_create": (RUNS_TRAINING, "class"),
    "desk:scan_list": (TAKES_ROLL, None),
    "desk:class_scan_list": (TAKES_ROLL, "class"),
    "desk:door_hours_change": (RUNS_TRAINING, "class"),
    "desk:settlement_create": (RUNS_TRAINING, "scan"),
    "desk:envelope_list": (RUNS_TRAINING, None),
    "desk:admission_create": (RUNS_TRAINING, "envelope"),
    "desk:class_list": (SEES_TRAINING, None),
    "desk:class_create": (RUNS_TRAINING, None),
    "desk:class_detail": (SEES_TRAINING, "class"),
    "desk:class_change": (RUNS_TRAINING, "class"),
    "desk:class_copy_create": (RUNS_TRAINING, "class"),
    "desk:class_repeat_create": (RUNS_TRAINING, "class"),
    "desk:class_days": (SEES_TRAINING, "class"),
    "desk:session_create": (RUNS_TRAINING, "class"),
    "desk:session_move_create": (RUNS_TRAINING, "session"),
    "desk:session_cancellation_create": (RUNS_TRAINING, "session"),
    "desk:day_notes": (SEES_TRAINING, None),
    "desk:class_plan": (SEES_TRAINING, "class"),
    "desk:class_plan_change": (RUNS_TRAINING, "class"),
    "desk:class_mentors_change": (RUNS_TRAINING, "class"),
    "desk:cost_create": (RUNS_TRAINING, "class"),
    "desk:cost_change": (RUNS_TRAINING, "cost"),
    "desk:cost_removal_create": (RUNS_TRAINING, "cost"),
    "desk:calendar": (SEES_TRAINING, None),
    "desk:mentor_list": (SEES_TRAINING, None),
    "desk:mentor_create": (RUNS_TRAINING, None),
    "desk:mentor_detail": (SEES_TRAINING, "mentor"),
    "desk:mentor_change": (RUNS_TRAINING, "mentor"),
    "desk:publication_create": (RUNS_TRAINING, "class"),
    "desk:cancellation_create": (RUNS_TRAINING, "class"),
    "desk:registration_create": (RUNS_TRAINING, "class"),
    "desk:roll_create": (TAKES_ROLL, "class"),
    "desk:sheet": (SEES_TRAINING, "class"),
    "desk:attendance_file": (TAKES_ATTENDANCE_AWAY, "class"),
    "desk:certificate_list": (SEES_TRAINING, "class"),
    "desk:certificate_rule_change": (RUNS_TRAINING, "class"),
    "desk:certificate_batch_create": (RUNS_TRAINING, "class"),
    "desk:certificate_bundle_create": (RUNS_TRAINING, "class"),
    "desk:certificate_bundle_file": (TAKES_ATTENDANCE_AWAY, "certificate file"),
    "desk:certificate_detail": (SEES_TRAINING, "certificate"),
    "desk:certificate_file": (TAKES_ATTENDANCE_AWAY, "certificate"),
    "desk:certificate_revocation_create": (RUNS_TRAINING, "certificate"),
    "desk:certificate_reissue_create": (RUNS_TRAINING, "certificate"),
    "desk:withdrawal_create": (RUNS_TRAINING, "registration"),
    "desk:walk_in_create": (TAKES_ROLL, "day"),
    "desk:partial_day_create": (TAKES_ROLL, "seat of a day"),
    "desk:exam_detail": (SEES_TRAINING, "class"),
    "desk:exam_change": (RUNS_TRAINING, "exam"),
    "desk:sitting_create": (TAKES_ROLL, "exam"),
    "desk:opinion_list": (SEES_TRAINING, "class"),
    "desk:mentor_opinions": (SEES_TRAINING, None),
    "desk:material_list": (SEES_TRAINING, "class"),
    "desk:material_create": (RUNS_TRAINING, "class"),
    "desk:material_file": (SEES_TRAINING, "material"),
    "desk:material_remove": (RUNS_TRAINING, "material"),
    "desk:photo_create": (TAKES_ROLL, "class"),
    "desk:photo_file": (SEES_TRAINING, "photo"),
    "desk:photo_remove": (RUNS_TRAINING, "photo"),
    "desk:follow_up_list": (SEES_TRAINING, None),
    "desk:follow_up_create": (TAKES_ROLL, "follow-up"),
    "desk:outcome_list": (SEES_TRAINING, None),
    "desk:outcome_create": (TAKES_ROLL, "registration"),
    "desk:aftermath": (SEES_TRAINING, "class"),
    "desk:formed_group_create": (RUNS_TRAINING, "class"),
    "desk:pack_detail": (SEES_TRAINING, "class"),
    "desk:pack_create": (RUNS_TRAINING, "class"),
    "desk:pack_file": (TAKES_ATTENDANCE_AWAY, "pack"),
    "desk:minutes_change": (RUNS_TRAINING, "class"),
    "desk:letter_number_change": (RUNS_TRAINING, "numbered paper"),
    "desk:hand_over_create": (RUNS_TRAINING, "class"),
    "desk:hand_over_remove": (RUNS_TRAINING, "hand-over"),
    "desk:spending_change": (RUNS_TRAINING, "cost"),
    "desk:selection": (SEES_TRAINING, "class"),
    "desk:rule_create": (RUNS_TRAINING, "class"),
    "desk:commitment_create": (RUNS_TRAINING, "class"),
    "desk:draw_create": (RUNS_TRAINING, "class"),
    "desk:group_registration_create": (RUNS_TRAINING, "class"),
    "desk:acceptance_create": (RUNS_TRAINING, "entry"),
    "desk:leaving_create": (RUNS_TRAINING, "entry"),
    "desk:override_list": (SEES_TRAINING, None),
    "desk:placing_list": (SEES_TRAINING, None),
    "desk:placing_create": (RUNS_TRAINING, None),
    "desk:placing_detail": (SEES_TRAINING, "placing"),
    "desk:registration_list": (SEES_TRAINING, None),
    "desk:attendance_list": (SEES_TRAINING, None),
    "desk:invitation_create": (RUNS_TRAINING, "class"),
    "desk:letter_list": (RUNS_TRAINING, "class"),
    "desk:letter_opening_create": (RUNS_TRAINING, "letter"),
    "desk:wording_list": (RUNS_TRAINING, None),
    "desk:wording_change": (RUNS_TRAINING, "wording"),
    "desk:message_times_change": (RUNS_TRAINING, "city"),
    "desk:class_feeds": (RUNS_TRAINING, "class"),
    "desk:person_feed": (KEEPS_REGISTER, "person"),
    "desk:message_stop_create": (KEEPS_REGISTER, "person"),
    "desk:import_list": (SEES_INTAKE, None),
    "desk:template_list": (SEES_INTAKE, None),
    "desk:import_create": (RUNS_INTAKE, None),
    "desk:import_detail": (SEES_INTAKE, "import"),
    "desk:bad_row_list": (RUNS_INTAKE, "import"),
    "desk:reading_create": (RUNS_INTAKE, "import"),
    "desk:mapping_create": (RUNS_INTAKE, "import"),
    "desk:check_create": (RUNS_INTAKE, "import"),
    "desk:storage_create": (RUNS_INTAKE, "import"),
    "desk:return_create": (RUNS_INTAKE, "import"),
    "desk:decision_create": (RUNS_INTAKE, "import"),
    "desk:doubt_list": (SEES_REGISTER, None),
    "desk:enterprise_doubt_list": (SEES_REGISTER, None),
    "desk:linkage_run_create": (LINKS, None),
    "desk:policy_change": (SETS_POLICY, None),
    "desk:merge_batch_create": (LINKS, None),
    "desk:merge_batch_detail": (LINKS, "bulk"),
    "desk:merge_batch_return_create": (LINKS, "bulk"),
    "desk:merge_sample_create": (KEEPS_REGISTER, None),
    "desk:answer_return_create": (KEEPS_REGISTER, None),
    "desk:doubt_detail": (SEES_REGISTER, "doubt"),
    "desk:verdict_create": (KEEPS_REGISTER, "doubt"),
    "desk:enterprise_doubt_detail": (SEES_REGISTER, "enterprise doubt"),
    "desk:enterprise_verdict_create": (KEEPS_REGISTER, "enterprise doubt"),
    "desk:quality": (SEES_REGISTER, None),
    "desk:number_check_create": (REVEALS, None),
    "desk:venue_list": (SEES_PLACES, None),
    "desk:venue_create": (KEEPS_PLACES, None),
    "desk:paper_list": (SEES_PAPERS, None),
    "desk:letterhead_change": (KEEPS_PAPERS, None),
    "desk:numbering_change": (RUNS_TRAINING, None),
    "desk:paper_template_change": (KEEPS_PAPERS, "paper"),
    "desk:paper_preview": (SEES_PAPERS, "paper"),
    "desk:account": (OFFICER, None),
    "desk:officer_list": (SEES_OFFICERS, None),
    "desk:officer_create": (KEEPS_OFFICERS, None),
    "desk:officer_detail": (SEES_OFFICERS, "officer"),
    "desk:password_create": (KEEPS_OFFICERS, "officer"),
    "desk:second_step_removal_create": (KEEPS_OFFICERS, "officer"),
    "desk:duty_create": (KEEPS_OFFICERS, "officer"),
    "desk:deactivation_create": (KEEPS_OFFICERS, "officer"),
    "desk:reinstatement_create": (KEEPS_OFFICERS, "officer"),
    "desk:relief_create": (KEEPS_OFFICERS, "duty"),
    "desk:fact_list": (SEES_JOURNAL, None),
    "desk:gallery": (OFFICER, None),
    "field:start": (TAKES_ROLL, None),
    "field:checkin_create": (TAKES_ROLL, "class"),
    "field:guide": (OFFICER, None),
    "field:worker": (EVERYBODY, None),
    "field:parcel_create": (TAKES_ROLL, None),
    "field:carried_file": (TAKES_ROLL, "class"),
    "public:keys": (EVERYBODY, None),
    # A ticket is shown to whoever holds it, and nobody can make one up.
    "public:ticket": (EVERYBODY, "ticket"),
    "public:home": (EVERYBODY, None),
    "public:notice": (EVERYBODY, None),
    "public:health": (EVERYBODY, None),
    "public:certificate_check": (EVERYBODY, None),
    "public:certificate_detail": (EVERYBODY, "code"),
    # Only published classes are public, and those of the corners are not.
    "public:class_detail": (set(), "class"),
    "public:sign_up": (set(), "class"),
    "public:thanks": (set(), "class"),
    # Whoever has the secret address; here it is a wrong one.
    "public:exam": (set(), "wrong code of an exam"),
    "public:opinion": (set(), "wrong code of a class"),
    "public:material": (set(), "material of a class"),
    "public:status": (set(), "status"),
    "public:draw_file": (set(), "draw"),
    "public:group_sign_up": (set(), "group link"),
    "public:class_calendar": (set(), "class"),
    # Behind a secret: without it there is nothing (tests/calendars, tests/public).
    "public:feed": (set(), "guess"),
    "public:message_detail": (set(), "guess"),
}
# Files are made for one officer each, and nobody here has had any made.
NOT_MADE = {"desk:certificate_bundle_file"}
# allauth guards its own pages; what they show is the officer's own account.
ALLAUTH = {
    "account_login", "account_logout", "account_signup", "account_reauthenticate",
    "account_change_password", "mfa_index", "mfa_authenticate", "mfa_reauthenticate",
    "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes", "mfa_download_recovery_codes", "usersessions_list",
    "set_language",
}  # fmt: skip
OPEN_TO_STRANGERS = {
    "account_login", "account_logout", "account_signup", "mfa_authenticate", "set_language",
}  # fmt: skip
# A script asks these: it is refused in JSON, and sends what it has instead of fetching.
JSON = {"field:parcel_create": 405, "field:carried_file": 200}
# Pages that are called lists and have no filters.
PLAIN = {"desk:fact_list", "desk:letter_list", "desk:wording_list"}
LISTS = [name for name in ROUTES if name.endswith("_list") and name not in PLAIN]


def patterns(resolver, space=""):
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from patterns(pattern, inner)
        else:
            yield f"{space}{pattern.name}", pattern


def address(name, corner, username):
    thing = ROUTES[name][1]
    keys = {
        None: list,
        "person": lambda: [corner.person.public_id],
        "enterprise": lambda: [corner.enterprise.public_id],
        "group": lambda: [corner.group.public_id],
        "membership": lambda: [corner.group.public_id, corner.person.public_id],
        "class": lambda: [corner.training_class.public_id],
        "letter": lambda: [corner.letter.training_class.public_id, "undangan", corner.letter.pk],
        "city": lambda: [corner.training_class.area.code[:5]],
        "wording": lambda: [corner.training_class.area.code[:5], "invitation", "id"],
        "guess": lambda: ["a" * 32],
        "registration": lambda: [corner.registration.pk],
        "placing": lambda: [corner.placing.pk],
        "session": lambda: [corner.training_class.sessions.order_by("number").first().pk],
        "mentor": lambda: [corner.mentor.public_id],
        "cost": lambda: [corner.training_class.cost_lines.get().pk],
        "pack": lambda: [corner.training_class.public_id, "pdf"],
        "numbered paper": lambda: [corner.training_class.public_id, "acara"],
        "hand-over": lambda: [corner.training_class.hand_overs.get().pk],
        "day": lambda: [corner.training_class.public_id, 1],
        "seat of a day": lambda: [corner.training_class.public_id, 1, corner.registration.pk],
        "exam": lambda: [corner.training_class.public_id, "pre"],
        "material": lambda: [corner.training_class.materials.get().pk],
        "photo": lambda: [corner.training_class.photos.get().pk],
        "follow-up": lambda: [corner.registration.pk, 30],
        "wrong code of an exam": lambda: [1, corner.registration.pk, "x"],
        "wrong code of a class": lambda: [corner.training_class.public_id, "x"],
        "material of a class": lambda: [
            corner.training_class.public_id,
            corner.training_class.materials.get().pk,
        ],
        "certificate": lambda: [corner.certificate.pk],
        "certificate file": lambda: [corner.training_class.public_id, "zip"],
        "code": lambda: [corner.certificate.code],
        "paper": lambda: ["sertifikat"],
        "import": lambda: [corner.batch.pk],
        "scan": lambda: [corner.scan.pk],
        "envelope": lambda: [corner.scan.envelope],
        "ticket": lambda: [corner.ticket],
        "doubt": lambda: [corner.doubt.pk],
        "enterprise doubt": lambda: [corner.enterprise_doubt.pk],
        "bulk": lambda: [corner.bulk],
        "merge": lambda: [corner.merge.pk],
        "enterprise merge": lambda: [corner.enterprise_merge.pk],
        "entry": lambda: [corner.offered.pk],
        "status": lambda: [corner.training_class.public_id, token_of(corner.entry)],
        "draw": lambda: [corner.training_class.public_id, "drawn.csv"],
        "group link": lambda: [
            corner.training_class.public_id,
            corner.group.public_id,
            group_token_of(corner.training_class, corner.group),
        ],
        "officer": lambda: [officer_of(username).pk],
        "duty": lambda: [duty_of(username).pk],
    }
    return reverse(name, args=keys[thing]())


@pytest.fixture
def corners(db):
    build_areas()
    build_officers()
    return build_corners()


def signed_in(username):
    client = Client(raise_request_exception=True)
    client.force_login(officer_of(username))
    return client


def status_of(response):
    """The status of an answer that was read to its end, as a browser reads it."""
    whole(response)
    return response.status_code


def whole(response):
    """All bytes of an answer, a workbook unpacked."""
    content = b"".join(response) if response.streaming else response.content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b"".join(book.read(name) for name in book.namelist())
    return content.decode("utf-8", "replace")


def test_every_address_is_in_the_table():
    named = {name for name, _pattern in patterns(get_resolver())}

    assert named == ROUTES.keys() | ALLAUTH


def test_every_view_of_ours_stands_under_a_guard():
    bare = [
        name
        for name, pattern in patterns(get_resolver())
        if name not in ALLAUTH and not hasattr(pattern.callback, "guard")
    ]

    assert bare == []


IN_MALANG = sorted(username for username, (_role, code) in OFFICERS.items() if code == MALANG)


@pytest.mark.parametrize("username", IN_MALANG)
def test_each_role_gets_the_expected_answer_everywhere(corners, username):
    client = signed_in(username)

    answers = {
        name: status_of(client.get(address(name, corners[DINOYO], "lapangan.dinoyo")))
        for name in ROUTES
    }

    assert answers == {name: expected(name, username) for name in ROUTES}


def expected(name, username):
    who, _thing = ROUTES[name]
    if who == set():
        return 404
    if name == "desk:start":
        return 302
    if name in NOT_MADE:
        return 404 if username in who else 403
    if name in JSON and username in who:
        return JSON[name]
    return 200 if who in (EVERYBODY, OFFICER) or username in who else 403


def test_strangers_are_led_to_the_sign_in_or_see_what_is_public(corners):
    for name, (who, _thing) in ROUTES.items():
        answer = Client().get(address(name, corners[DINOYO], "lapangan.dinoyo"))

        if who == EVERYBODY:
            assert answer.status_code == 200, name
        elif who == set():
            assert answer.status_code == 404, name
        elif name in JSON:
            assert (answer.status_code, answer.json()["code"]) == (401, "sign-in"), name
        else:
            assert answer.status_code == 302, name
            assert answer["Location"].startswith(reverse("account_login")), name


def test_strangers_open_no_page_of_an_account(db):
    answers = {
        name: Client().get(reverse(name)).status_code for name in ALLAUTH - OPEN_TO_STRANGERS
    }

    assert set(answers.values()) == {302}, answers


def views(*, writing):
    """The names of the desk's views that write, or of those that only read."""
    return sorted(
        name
        for name, pattern in patterns(get_resolver())
        if name.startswith("desk:") and pattern.callback.guard.writes is writing
    )


@pytest.mark.parametrize("username", IN_MALANG)
def test_who_may_not_open_a_form_may_not_send_it(corners, username):
    client = signed_in(username)
    closed = [name for name in views(writing=True) if username not in ROUTES[name][0]]

    answers = {
        name: client.post(address(name, corners[DINOYO], "lapangan.dinoyo")).status_code
        for name in closed
    }

    assert set(answers.values()) == {403}, answers
    assert username != "auditor" or closed == views(writing=True)


def test_pages_that_only_read_take_no_other_method(corners):
    client = signed_in("pelatihan")

    for name in views(writing=False):
        at = address(name, corners[DINOYO], "lapangan.dinoyo")
        for method in ("post", "put", "patch", "delete"):
            assert getattr(client, method)(at).status_code == 405, (name, method)


# Who, and in which corners they have no business.
READERS = [
    ("lapangan.dinoyo", DINOYO, (PURWANTORO, KAUMAN_MOJOKERTO, MALANG)),
    ("lapangan.rw3", None, (DINOYO, PURWANTORO, KAUMAN_MOJOKERTO, MALANG)),
    ("pelatihan", DINOYO, (KAUMAN_MOJOKERTO,)),
    ("kepala", DINOYO, (KAUMAN_MOJOKERTO,)),
    ("auditor", DINOYO, (KAUMAN_MOJOKERTO,)),
    ("privasi", DINOYO, (KAUMAN_MOJOKERTO,)),
    ("admin", DINOYO, (KAUMAN_MOJOKERTO,)),
    ("pelatihan.mojokerto", KAUMAN_MOJOKERTO, (DINOYO, PURWANTORO, MALANG)),
    ("admin.mojokerto", KAUMAN_MOJOKERTO, (DINOYO, PURWANTORO, MALANG)),
]
NEIGHBOUR = {MALANG: "pelatihan.mojokerto", "35.76": "pelatihan"}


@pytest.mark.parametrize(("username", "home", "foreign"), READERS)
def test_no_byte_from_elsewhere_in_any_answer(corners, username, home, foreign):
    client = signed_in(username)
    words = [CANARIES[code] for code in foreign]
    own = corners[home or DINOYO]

    # A ticket is for whoever holds it, wherever its class is.
    for name in ROUTES.keys() - {"public:ticket"}:
        for at in asked(name, own, username):
            text = whole(client.get(at))

            assert not [word for word in words if word in text], (at, username)


def asked(name, corner, username):
    """The address, and for a list each of its exports, searches and filters."""
    at = address(name, corner, username)
    yield at
    if name in LISTS:
        for query in (
            "unduh=csv",
            "unduh=xlsx",
            "q=KANARI",
            "urut=-nama",
            "q=0812",
            "unduh=csv&q=K",
            "unduh=csv&tata=sidt",
        ):
            yield f"{at}?{query}"
    if name in {"desk:registration_create", "desk:membership_create"}:
        yield f"{at}?q=KANARI"
    if name == "desk:board":
        yield f"{at}?tahun=2026"
    if name == "desk:calendar":
        yield f"{at}?bulan=2026-03"
    if name == "desk:class_plan":
        yield f"{at}?unduh=csv"
    if name == "desk:class_repeat_create":
        yield f"{at}?titik={corner.training_class.area_id}"


@pytest.mark.parametrize(("username", "home", "foreign"), READERS)
def test_what_lies_elsewhere_does_not_exist(corners, username, home, foreign):
    client = signed_in(username)
    things = [
        name
        for name, (_who, thing) in ROUTES.items()
        # A certificate's code opens its page to whoever holds the paper.
        if thing not in (None, "officer", "duty", "paper", "code")
        if thing not in (None, "officer", "duty", "ticket")
    ]

    for code in foreign:
        for name in things:
            at = address(name, corners[code], username)
            for answer in (client.get(at), client.post(at)):
                assert answer.status_code in {404, 403, 405}, (at, username)
                assert CANARIES[code] not in whole(answer)
    del home


def test_officers_of_another_city_do_not_exist(corners):
    client = signed_in("admin.mojokerto")

    for name in ("desk:officer_detail", "desk:duty_create", "desk:relief_create"):
        assert client.get(address(name, corners[DINOYO], "lapangan.dinoyo")).status_code == 404


def test_a_city_that_is_not_theirs_is_not_shown(corners):
    assert signed_in("pelatihan").get(reverse("desk:board") + "?kota=35.76").status_code == 404


def test_the_canaries_are_seen_by_those_who_may(corners):
    """Without this the sweep above could pass on empty pages."""
    client = signed_in("pelatihan")

    for name in (
        "person",
        "enterprise",
        "group",
        "class",
        "registration",
        "attendance",
        "venue",
        "mentor",
    ):
        text = whole(client.get(reverse(f"desk:{name}_list")))

        assert {CANARIES[DINOYO], CANARIES[PURWANTORO]} <= set(
            re.findall(r"KANARI-[A-Z]+", text)
        ), name
    assert CANARIES[DINOYO] in whole(client.get(reverse("desk:person_list") + "?unduh=xlsx"))


def test_a_right_that_is_taken_away_is_gone_at_the_next_click(corners):
    client = signed_in("lapangan.dinoyo")
    at = address("desk:person_detail", corners[DINOYO], "lapangan.dinoyo")
    before = client.get(at).status_code

    duty_of("lapangan.dinoyo").delete()

    assert (before, client.get(at).status_code) == (200, 403)
