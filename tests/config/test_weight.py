"""What a web process does not carry until somebody asks for a table."""

import os
import subprocess
import sys

HEAVY = "{'ibis', 'duckdb', 'sqlglot', 'pyspark'}"


def test_no_page_brings_the_engines_of_tables_with_it():
    # In a process of its own: other tests have imported them.
    code = (
        "import sys, django; django.setup();"
        "from django.urls import get_resolver; get_resolver().url_patterns;"
        f"print(sorted({HEAVY} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "mosty.config.settings_test"},
    )
    assert done.stdout == "[]\n"
