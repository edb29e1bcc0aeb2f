"""The processes of the site: one that dies is started again."""

import subprocess
import sys
import time

from mosty.config.management.commands.serve import Watched


def test_a_worker_that_dies_is_started_again_until_the_site_stops():
    started = []

    def start() -> subprocess.Popen[bytes]:
        last = 100 if len(started) == 2 else 0
        one = subprocess.Popen(
            [sys.executable, "-c", f"import time; time.sleep({last})"]
        )
        started.append(one)
        return one

    watched = Watched(start, look_every=0.02)
    for _look in range(500):
        if len(started) == 3:
            break
        time.sleep(0.02)
    watched.stop()
    # Two died by themselves; the third, which would go on, was ended.
    assert [one.returncode for one in started] == [0, 0, -15]
