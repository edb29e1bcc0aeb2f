"""A large installation, filled, every page opened, and walked through as it is served."""

import json
import sys
import time
from collections.abc import Iterable, Mapping
from typing import Any

from bench import stage
from bench.client import Browser
from bench.places import VAR
from bench.processes import call, free_port, served, web_processes
from bench.rows import Asked
from bench.say import say

NAME = "pages_bench"
WALKS = 2


def run(asked: Asked) -> dict[str, Any]:
    """Return what every page came to, in a small installation and in a large one."""
    more = {"MOSTY_VAR": str(VAR / "pages"), "MOSTY_DEMO": "yes"}
    _server, env = stage.own_database(NAME, asked, **more)
    call([stage.BIN / "mosty", "collectstatic", "--noinput", "-v0"], env)
    fill = [sys.executable, "-m", "bench.pages.fill"]
    say("playing the small demo")
    small = json.loads(call([*fill, "small"], env))
    say("filling the large one")
    began = time.monotonic()
    filled = json.loads(call([*fill, "large"], env))
    filled["seconds"] = round(time.monotonic() - began)
    # These need Django's settings.
    from django.db import connection

    from bench.pages import measure, visits
    from mosty.config.beginning import begin

    # As every process that serves does.
    begin()

    opened = visits.large()
    say(f"{len(opened)} pages")
    pages = measure.pages(opened)
    cookies = {
        role: client.cookies["sessionid"].value if role else ""
        for role, client in measure.clients().items()
    }
    with connection.cursor() as cursor:
        cursor.execute("select pg_database_size(current_database())")
        filled["gb"] = cursor.fetchone()[0] / 1e9
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]
    say("memory")
    found = {"pages": pages, "small": small, "filled": filled}
    found["memory"] = memory(env, opened, cookies)
    (VAR / "pages.json").write_text(json.dumps(found, indent=1), encoding="utf-8")
    return found


def memory(
    env: Mapping[str, str], opened: Iterable[Any], cookies: Mapping[str, str]
) -> list[float]:
    """Return the most memory that each web process held while all pages were opened."""
    port = free_port()
    command = [stage.BIN / "mosty", "serve", "--port", str(port)]
    command += ["--workers", str(stage.WORKERS)]
    with served("pages", command, port, env) as running:
        for _walk in range(WALKS):
            for one in opened:
                own = cookies[one.role]
                browser = Browser(port, {"sessionid": own} if own else {})
                browser.get(one.path)
                browser.close()
        return web_processes(running)
