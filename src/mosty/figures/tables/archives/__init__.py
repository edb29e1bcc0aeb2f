"""
Archives: a year of records as Parquet files, which any engine reads and any city keeps.

``manifest`` says what is in a folder and refuses one that is not as it was written;
``writing`` makes one; ``duck`` and ``spark`` run tables over one or several.
"""
