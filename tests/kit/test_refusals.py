import pickle

from jembol.kit.refusal import Refusal


class SeatTaken(Refusal):
    code = "seat_taken"


def test_a_refusal_reads_as_its_message_and_keeps_field_and_facts():
    refused = SeatTaken("Seat 4 is taken.", field="seat", number=4)

    assert str(refused) == refused.message == "Seat 4 is taken."
    assert (refused.code, refused.field, refused.params) == ("seat_taken", "seat", {"number": 4})
    assert Refusal("No.").code == "refused"


def test_a_refusal_survives_the_way_to_another_process():
    again = pickle.loads(pickle.dumps(SeatTaken("Seat 4 is taken.", field="seat", number=4)))

    assert (type(again), str(again), again.field) == (SeatTaken, "Seat 4 is taken.", "seat")
    assert again.params == {"number": 4}
