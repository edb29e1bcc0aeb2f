"""What can be wrong with tables that are to be protected, in sentences."""

from mosty.engines.errors import BadProblem

SENTENCES = {
    "bad_option": "{option} {text}: write it as {form}.",
    "both_inner_and_sum": (
        "{table}: {code} is a sum in the hierarchy of {dimension}, so it cannot be an"
        " inner cell as well."
    ),
    "cell_twice": "{file}, row {row}: the cell {cell} stands in row {before} already.",
    "contradiction": (
        "The published numbers contradict each other: no table of whole numbers has"
        " them all ({about})."
    ),
    "dimension_twice": "{table}: the dimension {dimension} is named twice.",
    "dimension_unknown": "{table} has no dimension {dimension}.",
    "disagree": "{cell} is {one} in {first}, but {other} in {second}.",
    "fraction": "{table}: the cell {cell} is {value}, which is not a whole number.",
    "hierarchy_loop": "The hierarchy of {dimension} has a loop: {codes}.",
    "hierarchy_twice": "There are two hierarchies for {dimension}.",
    "in_hierarchy": "{file}, row {row}: {code} has two parents, {one} and {other}.",
    "inner_missing": "{file} has no row for the cell {cell}.",
    "negative_count": "{table}: the cell {cell} is {value}; a count cannot be negative.",
    "negative_in_file": (
        "{file}, row {row}, column {column}: {value} is negative, which no count can be."
    ),
    "no_cells": "{table} has no cells.",
    "no_dimensions": "{table} has no dimensions.",
    "no_tables": "There is no table to protect.",
    "not_protected": "{file} is no protected table: it has no column status.",
    "number_of_codes": "{table}: the cell {cell} has not {number} codes.",
    "status_unclear": (
        "{file}, row {row}: a cell has either a number or the status primary, secondary"
        " or hidden."
    ),
    "table_twice": "There are two tables called {table}.",
    "threshold_low": (
        "The threshold is {value}, but must be 3 at least: a hidden number of which"
        " only 1 is possible would not be hidden."
    ),
    "too_large": "{table} would have {cells} cells; {most} are the most at once.",
    "too_large_a_count": "{table}: the cell {cell} is {value}, over the most, {most}.",
    "total_code": (
        "{table}: the code {code} is kept for sums, which are made here. Give inner"
        " cells only."
    ),
    "two_levels": (
        "{table}: {dimension} has both {code} and {parent}, in which it lies."
    ),
    "unknown_code": "{table}: the hierarchy of {dimension} does not know {code}.",
    "unknown_cell": "{source}: there is no cell {cell} in the tables.",
}


class BadTables(BadProblem):
    """
    The tables cannot be protected or audited.

    ``code`` is a key of :data:`SENTENCES` and ``params`` fills its sentence.
    """

    def __str__(self) -> str:
        """Return the sentence in English."""
        return SENTENCES[self.code].format(**self.params)
