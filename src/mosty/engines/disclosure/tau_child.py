"""
Run tau-Argus's optimal suppression on one file, in a process of its own.

Its native code keeps state between calls and cannot be interrupted, so it is started
anew for each problem and ended when its time is up. Imports nothing of this project.
"""

import sys


def main() -> int:
    """Solve the file ``argv[1]``, write ``argv[2]``; minutes in ``argv[3]``."""
    from pytauargus import HiTaSCtrl

    problem, answer, minutes = sys.argv[1:4]
    code: int = HiTaSCtrl().full_jj(
        in_file_jj=problem, out_file=answer, max_time=int(minutes)
    )
    return 0 if code <= 1 else 3


if __name__ == "__main__":
    sys.exit(main())
