"""A session of Spark on this machine, and the points of the information point's tests."""

from collections.abc import Iterator

import pytest
from pyspark.sql import SparkSession

from tests.infopoint.conftest import common, other_point, point

__all__ = ["common", "other_point", "point", "spark"]


@pytest.fixture(scope="session")
def spark() -> Iterator[SparkSession]:
    """Yield a session; its settings are those of scripts/spark."""
    session = SparkSession.builder.appName("tests").getOrCreate()
    yield session
    session.stop()
