"""What a web process does not carry until somebody asks for it."""

import os
import subprocess
import sys

# Engines of tables, and of charts; readers of questionnaires; writers of documents.
HEAVY = (
    "{'ibis', 'duckdb', 'sqlglot', 'pyspark', 'pandas', 'pyarrow', 'vl_convert', "
    "'pyxform', 'openpyxl', 'lark', 'xlrd', 'docx', 'lxml'}"
)


def test_no_page_brings_with_it_what_only_few_ask_for():
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
