"""Every bench begins in a process of its own, before Django is set up: ``make bench``."""

import os
import subprocess
import sys

import pytest
from bench.benches import NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_bench_can_begin(name):
    clean = {
        key: value
        for key, value in os.environ.items()
        if key != "DJANGO_SETTINGS_MODULE"
    }
    done = subprocess.run(
        [sys.executable, "-c", f"import bench.{name}.run"],
        env=clean,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
