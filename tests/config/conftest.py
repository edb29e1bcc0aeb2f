"""What the tests of processes of ours share."""

import os
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection


@pytest.fixture
def environment(transactional_db: None, tmp_path: Path) -> dict[str, str]:
    """Return what makes a process of ours work on this test's database."""
    of = connection.settings_dict
    who = ":".join(
        quote(of[name], safe="") for name in ("USER", "PASSWORD") if of[name]
    )
    where = f"host={of['HOST']}&port={of['PORT']}"
    return {
        **os.environ,
        "DATABASE_URL": f"postgresql://{who}@/{of['NAME']}?{where}",
        "DJANGO_SETTINGS_MODULE": "mosty.config.settings",
        "MOSTY_VAR": str(tmp_path),
    }
