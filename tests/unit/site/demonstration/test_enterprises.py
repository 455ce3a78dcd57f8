from __future__ import annotations

import numpy as np
from stdnum import ean
from stdnum.cn import uscc

from qualicity.site.demonstration.city import city
from qualicity.site.demonstration.enterprises import enterprises, gtin


def test_every_credit_code_is_valid_and_none_occurs_twice(where):
    codes = [one.code for one in enterprises(where)]
    assert all(uscc.is_valid(code) for code in codes)
    assert len(set(codes)) == len(codes)


def test_codes_are_of_enterprises_in_the_city(where):
    assert {one.code[:6] for one in enterprises(where)} == {"914101"}


def test_every_name_says_that_it_is_simulated_and_is_unique(where):
    names = [one.name for one in enterprises(where)]
    assert all(name.startswith("模拟") for name in names)
    assert len(set(names)) == len(names)


def test_article_numbers_have_valid_check_digits():
    numbers = gtin(np.random.default_rng(1), 500)
    assert all(ean.is_valid(number) for number in numbers)
    assert len(set(numbers)) == 500


def test_another_seed_draws_other_enterprises(where):
    assert {one.code for one in enterprises(city(7))} != {one.code for one in enterprises(where)}
