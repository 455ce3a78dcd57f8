"""The same questions on Spark, where one machine is outgrown (extra ``spark``)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import polars as pl

from qualicity.definitions.registers import Register
from qualicity.engines.measures.sources import schema

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_SPARK_TYPES: Mapping[str, str] = {
    "string": "string",
    "int64": "bigint",
    "int32": "int",
    "float64": "double",
    "date": "date",
    "timestamp": "timestamp_ntz",
    "boolean": "boolean",
}


class SparkTables:
    """Registers as temporary views over lists of Parquet files in a Spark session."""

    dialect = "pyspark"

    def __init__(
        self,
        files: Callable[[str], Sequence[str]],
        registers: Mapping[str, Register],
        session: SparkSession,
    ) -> None:
        # Ibis writes Spark's SQL only once its options for Spark are known.
        import ibis  # noqa: PLC0415 -- an extra

        assert ibis.pyspark is not None
        self._files = files
        self._registers = registers
        self._session = session
        self._open: set[str] = set()

    def fetch(self, sql: str, *, reads: Iterable[str]) -> pl.DataFrame:
        """Return the answer to one question."""
        for code in set(reads) - self._open:
            self._view(self._registers[code], list(self._files(code)))
            self._open.add(code)
        answer = pl.from_arrow(self._session.sql(sql).toArrow())
        assert isinstance(answer, pl.DataFrame), "a table gives a frame"
        return answer

    def _view(self, register: Register, files: list[str]) -> None:
        columns = {name: _SPARK_TYPES[kind] for name, kind in schema(register).items()}
        written = ", ".join(f"`{name}` {kind}" for name, kind in columns.items())
        if files:
            # The schema is given, so a column that the register gained later is empty in older files.
            frame: Any = self._session.read.schema(written).parquet(*files)
        else:
            frame = self._session.createDataFrame([], written)
        frame.createOrReplaceTempView(register.code)


def spark_tables(
    files: Mapping[str, Sequence[str]] | Callable[[str], Sequence[str]],
    registers: Iterable[Register],
    *,
    master: str = "local[*]",
) -> SparkTables:
    """Open the Parquet files of each register (by code) in a Spark session; needs the extra ``spark`` and Java.

    ``master``: where Spark runs, ``local[*]`` or the address of a cluster that can read the same files.
    """
    from pyspark.sql import SparkSession  # noqa: PLC0415 -- an extra

    # Days are days: no time zone may move them, and a timestamp of the lake has none.
    settings = {
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.parquet.inferTimestampNTZ.enabled": "true",
        "spark.sql.timestampType": "TIMESTAMP_NTZ",
        # Else a bound of a filter travels as an instant, and a worker in another zone loses the last day.
        "spark.sql.datetime.java8API.enabled": "true",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": "8",
    }
    builder = SparkSession.builder.master(master).appName("qualicity")
    for name, value in settings.items():
        builder = builder.config(name, value)
    known = {register.code: register for register in registers}
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return SparkTables(files if callable(files) else lambda code: files.get(code, ()), known, session)
