"""A Spark session: the one that runs, or one of our own for as long as it is needed."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from whosays.errors import MissingExtra, OutsideError

if TYPE_CHECKING:
    from pyspark import RDD
    from pyspark.sql import SparkSession

_PURPOSE = "a corpus in parts"


@contextmanager
def session(master: str) -> Iterator[SparkSession]:
    """Hand out a session; one on this computer listens to nobody else.

    Raises:
        MissingExtra: pyspark is not installed.
        OutsideError: there is no Java, or Spark fails.
    """
    try:
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise MissingExtra("spark", _PURPOSE, "pyspark") from error
    running = SparkSession.getActiveSession()
    try:
        spark = running or _started(SparkSession.builder, master)
        try:
            yield spark
        finally:
            if running is None:
                spark.stop()
    except (Py4JError, PySparkException) as error:
        raise OutsideError(
            f"Spark gave up: {_reason(error)}",
            "Nothing was written; its own messages stand above",
        ) from error


def on_disk(rows: RDD) -> RDD:
    """Keep rows that are needed again; they may be more than memory holds."""
    from pyspark import StorageLevel

    return rows.persist(StorageLevel.DISK_ONLY)


def _started(builder: SparkSession.Builder, master: str) -> SparkSession:
    java = os.environ.get("JAVA_HOME")
    if not (shutil.which("java") or (java and os.path.isdir(java))):
        raise OutsideError(
            "Spark needs Java, and there is none",
            "Install Java 17 or later, or name it in JAVA_HOME",
        )
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # workers need whosays too
    made = builder.appName("whosays").master(master)
    made = made.config("spark.ui.enabled", "false").config("spark.log.level", "ERROR")
    shown = "true" if sys.stderr.isatty() else "false"
    made = made.config("spark.ui.showConsoleProgress", shown)
    if master.startswith("local"):
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        made = made.config("spark.driver.host", "127.0.0.1")
        made = made.config("spark.driver.bindAddress", "127.0.0.1")
    return made.getOrCreate()


def _reason(error: Exception) -> str:
    """Find the line that says it: Python's, if a worker of ours failed."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    ours = [line for line in lines if "Error: " in line and not line.startswith("at ")]
    return (ours or lines or [type(error).__name__])[-1 if ours else 0]
