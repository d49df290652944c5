import pytest
from hypothesis import given
from hypothesis import strategies as st

from jembol.kit.money import NotAnAmount, Rupiah

amounts = st.integers(-(10**17), 10**17).map(Rupiah)
LARGEST_IN_WORDS = 2**53 // 100 - 1
sayable = st.integers(-LARGEST_IN_WORDS, LARGEST_IN_WORDS).map(Rupiah)


@given(whole=amounts, parts=st.integers(1, 500))
def test_shares_sum_to_the_whole_and_differ_by_at_most_one_rupiah(whole, parts):
    shares = whole.share(parts)

    assert sum(share.amount for share in shares) == whole.amount
    assert len(shares) == parts
    assert max(shares).amount - min(shares).amount <= 1


def test_a_whole_cannot_be_shared_among_nobody():
    with pytest.raises(ValueError, match="at least 1, got 0"):
        Rupiah(1).share(0)


@given(amounts)
def test_a_written_amount_reads_back(amount):
    assert Rupiah.parse(amount.format()) == amount
    assert Rupiah.parse(str(amount.amount)) == amount
    assert Rupiah.parse(f"{amount.format()},00") == amount


@given(sayable)
def test_an_amount_in_words_reads_back(amount):
    assert Rupiah.parse(amount.words()) == amount


@given(st.integers(LARGEST_IN_WORDS + 1, 10**17))
def test_words_too_large_to_be_read_exactly_are_refused_rather_than_rounded(amount):
    with pytest.raises(NotAnAmount):
        Rupiah.parse(Rupiah(amount).words())


@given(st.integers(0, 9_999_999), st.sampled_from(("jt", " juta", "jt rupiah")))
def test_a_decimal_number_of_millions_is_read_exactly(tenths, unit):
    text = f"{tenths // 10},{tenths % 10}{unit}"

    assert Rupiah.parse(text).amount == tenths * 100_000


@given(amounts, amounts, st.integers(-100, 100))
def test_arithmetic_is_that_of_whole_numbers(one, two, times):
    assert (one + two).amount == one.amount + two.amount
    assert (one - two).amount == one.amount - two.amount
    assert (one * times).amount == (times * one).amount == one.amount * times
    assert (-one).amount == -one.amount
    assert sum([one, two], Rupiah(0)) == sum([one, two]) == one + two


@pytest.mark.parametrize(
    "act", [lambda: Rupiah(1) * 0.5, lambda: Rupiah(1) + 1, lambda: Rupiah(1.0)]
)
def test_a_float_or_a_bare_number_never_mixes_with_money(act):
    with pytest.raises(TypeError):
        act()


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("Rp 1.500.000,00", 1_500_000),
        ("Rp\u00a01.500.000", 1_500_000),
        ("1,5 jt", 1_500_000),
        ("1.5jt", 1_500_000),
        ("2 juta", 2_000_000),
        ("500rb", 500_000),
        ("1jt 500rb", 1_500_000),
        ("Rp. 25.000,-", 25_000),
        ("1,500,000.00", 1_500_000),
        ("1500000.0", 1_500_000),
        ("1 500 000", 1_500_000),
        ("(1.500.000)", -1_500_000),
        ("−5000", -5000),
        ("sejuta setengah", 1_500_000),
        ("0 juta", 0),
        ("0rb", 0),
        ("nol ribu rupiah", 0),
        ("0,5 jt", 500_000),
        ("9007199254740993", 9_007_199_254_740_993),
    ],
)
def test_the_usual_ways_to_write_money_are_read(text, amount):
    assert Rupiah.parse(text).amount == amount


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "blank"),
        (" - ", "blank"),
        ("Rp", "blank"),
        ("banyak", "unreadable"),
        ("1.5E+7", "unreadable"),
        ("2½ juta", "unreadable"),
        ("> 5 juta", "unreadable"),
        ("5 juta+", "unreadable"),
        ("(5", "unreadable"),
        ("--5", "unreadable"),
        ("9" * 19, "unreadable"),
        ("9" * 400, "unreadable"),
        ("99999999999999999999999 juta", "unreadable"),
        ("2jtan", "approximate"),
        ("sekitar 1 juta", "approximate"),
        ("12,50", "fraction"),
        ("500.000-1.000.000", "several"),
        ("2-3 juta", "several"),
        ("dua tiga juta", "several"),
        ("1.500.00", "several"),
        ("0.500", "several"),
        ("0.500 jt", "several"),
        ("1 juta 0 ribu", "several"),
        ("2 juta 500", "several"),
        ("100 s/d 200 ribu", "several"),
    ],
)
def test_a_text_that_is_not_one_exact_amount_is_refused(text, code):
    with pytest.raises(NotAnAmount) as caught:
        Rupiah.parse(text)

    assert caught.value.code == code
    assert "write one exact amount" in str(caught.value)


@given(st.text(max_size=30))
def test_no_text_makes_the_reader_fail_otherwise(text):
    try:
        Rupiah.parse(text)
    except NotAnAmount as refused:
        assert refused.code  # noqa: PT017


def test_amounts_are_shown_in_full_in_short_and_in_words():
    amount = Rupiah(1_500_000)

    assert str(amount) == amount.format() == "Rp1.500.000"
    assert amount.short() == "Rp1,5 jt"
    assert amount.words() == "satu juta lima ratus ribu rupiah"
