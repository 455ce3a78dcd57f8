from __future__ import annotations

import polars as pl
from jsonschema import Draft202012Validator

from qualicity.engines.tables.schemas import json_schema, polars_schema


def test_the_lake_keeps_typed_columns_then_submission_and_row(register) -> None:
    schema = polars_schema(register)
    assert schema.names() == [*register.names, "submission_id", "row_number"]
    assert schema["taken_on"] == pl.Date()
    assert schema["at"] == pl.Datetime("us")
    assert schema["pieces"] == pl.Int64()
    assert schema["conclusion"] == pl.String()
    assert (schema["submission_id"], schema["row_number"]) == (pl.Int64(), pl.Int32())


def test_the_json_schema_takes_a_good_row_and_refuses_others(register) -> None:
    schema = json_schema(register)
    Draft202012Validator.check_schema(schema)
    good = {"number": "S1", "place": "410122", "taken_on": "2014-05-08", "conclusion": "qualified"}
    validator = Draft202012Validator(schema)
    assert validator.is_valid(good)
    assert validator.is_valid(good | {"lead": None})
    for wrong in ({"lead": 101}, {"conclusion": "坏"}, {"number": None}, {"unknown": 1}, {"number": "X1"}):
        assert not validator.is_valid(good | wrong), wrong
