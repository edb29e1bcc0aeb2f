"""
Tables that offices send and receive: CSV and XLSX.

:mod:`.read` takes a file from anywhere, :mod:`.mapping` finds out which column is
which, :mod:`.values` reads single cells, :mod:`.write` makes files that are safe to
open and that :mod:`.read` reads back unchanged.
"""
