"""What a web process does not carry until somebody asks for it."""

import os
import subprocess
import sys

# Engines of tables, and of charts; readers of questionnaires; writers of documents.
HEAVY = (
    "{'ibis', 'duckdb', 'sqlglot', 'pyspark', 'pandas', 'pyarrow', 'vl_convert', "
    "'pyxform', 'openpyxl', 'lark', 'xlrd', 'docx', 'lxml'}"
)


def begun(said):
    """Return what a web process that has begun prints; other tests have imported more."""
    code = (
        "import gc, sys, django; django.setup();"
        "from mosty.config import beginning; beginning.warm = list; beginning.begin();"
        f"print({said})"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "mosty.config.settings_test"},
    )
    return done.stdout.strip()


def test_no_page_brings_with_it_what_only_few_ask_for():
    assert begun(f"sorted({HEAVY} & set(sys.modules))") == "[]"


def test_what_stays_for_good_is_looked_through_no_more():
    assert (
        begun("len(gc.get_objects()) < 1000 < 100_000 < gc.get_freeze_count()")
        == "True"
    )
