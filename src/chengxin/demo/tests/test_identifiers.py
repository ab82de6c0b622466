import numpy as np
from stdnum.cn import ric, uscc

from chengxin.demo.identifiers import credit_codes, id_numbers, phone_numbers, wrong_check_digit


def test_numbers_named_in_the_specification_come_out_as_written():
    areas = np.array([390101, 390202, 399900])
    births = np.array([19900101, 19850615, 20001231])
    assert id_numbers(areas, births, np.array([1, 102, 999])).to_list() == [
        "390101199001010017",
        "390202198506151023",
        "399900200012319993",
    ]
    codes = credit_codes(["91", "92"], np.array([390100, 390101]), np.array([1, 1]))
    assert [code[:16] for code in codes] == ["91390100MA000001", "92390101MA000001"]
    assert codes.to_list() == ["91390100MA0000015M", "92390101MA00000151"]


def test_ten_thousand_numbers_pass_a_kept_library():
    rng = np.random.default_rng(1)
    areas = rng.integers(390101, 390899, 10_000)
    codes = credit_codes(["91"] * 10_000, areas, rng.integers(0, 31**6, 10_000))
    assert all(uscc.is_valid(code) for code in codes)
    ids = id_numbers(areas, np.full(10_000, 19900101), rng.integers(1, 999, 10_000))
    assert all(ric.calc_check_digit(number) == number[-1] for number in ids)


def test_a_wrong_check_digit_is_wrong():
    ids = id_numbers(np.array([390101] * 50), np.full(50, 19900101), np.arange(1, 51)).to_list()
    assert not any(ric.calc_check_digit(number) == number[-1] for number in wrong_check_digit(ids))


def test_phones_begin_with_a_range_no_network_has():
    assert phone_numbers(np.array([7])).to_list() == ["10100000007"]
