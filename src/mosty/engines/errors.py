"""What can be wrong with an engine's input, as codes that can be translated."""

SENTENCES = {
    "bad_text": "{path} is not well-formed text.",
    "duplicate_code": "Candidate {code} is listed more than once.",
    "duplicate_key": "The key {key} is given more than once in one object.",
    "duplicate_quota": "There are two quotas for {attribute} = {value}.",
    "empty_code": "A candidate has no code.",
    "empty_condition": "The priority {label} has an empty condition.",
    "empty_seed": "The draw needs a seed: a text that is not empty.",
    "in_and_out": "Candidate {code} is both a must-in and a must-out.",
    "least_over_most": "{field}: the least number, {least}, is over the most, {most}.",
    "missing_attribute": "Candidate {code} has no value for {attribute}.",
    "missing_key": "{path} lacks the key {key}.",
    "negative": "{field} may not be negative, but is {value}.",
    "no_numbered_cohorts": (
        "The lottery {name} lists no cohorts that could be numbered."
        " Use leximin or maximin."
    ),
    "not_for_json": "A number or a text cannot be written in a record: {problem}.",
    "not_json": "This is not JSON: {problem} (line {line}, column {column}).",
    "organisation_least_over_seats": (
        "Each organisation is to get {least}, but there are only {seats} seats."
    ),
    "quota_over_seats": (
        "The quota for {attribute} = {value} asks for {least} people,"
        " but there are only {seats} seats."
    ),
    "tickets_out_of_range": (
        "A public lottery has from 1 to {most} numbers, not {tickets}."
    ),
    "unknown_attribute": "No candidate has the attribute {attribute}.",
    "unknown_code": "There is no candidate {code}.",
    "unknown_lottery": "There is no lottery called {name}.",
    "uniform_too_large": (
        "There are too many kinds of cohorts to count (over {most} states)."
        " Use the leximin lottery."
    ),
    "unknown_key": "{path} has a key that is not known: {key}.",
    "unknown_must_in": "There is no candidate {code}, who is a must-in.",
    "unknown_must_out": "There is no candidate {code}, who is a must-out.",
    "wrong_kind": "{path} must be {expected}.",
    "bad_row": "{file}, row {row}: this is not a row of a table: {reason}.",
    "code_twice": (
        "{file}, row {row}, column {column}: {code} stands in row {before} already."
    ),
    "column_twice": "{file}: the column {column} is there twice.",
    "empty_cell": "{file}, row {row}: the column {column} is empty.",
    "file_too_large": "{file} is too large.",
    "in_row": "{file}, row {row}: {fault}",
    "no_column": "{file} has no column {column}. Its columns are: {columns}.",
    "no_header": "{file} is empty: its first row must name the columns.",
    "no_quota_header": (
        "{file}: the first row must be feature,value,min,max"
        " or category,feature,min,max."
    ),
    "no_rows": "{file} has a header, but no rows.",
    "number_without_list": "A number needs its list: say --public-lottery as well.",
    "no_such_number": "The list has the numbers 0 to {most}, and not {number}.",
    "no_seats": "There must be one seat at least, not {seats}.",
    "not_a_number": (
        "{file}, row {row}, column {column}: {value} is not a whole number."
    ),
    "not_toml": "{file} is not TOML: {problem}.",
    "not_utf8": "{file}, row {row}, character {column}: this is not UTF-8 text.",
    "quota_for_nobody": (
        "{file}, row {row}: {least} people with {attribute} = {value} are asked for,"
        " but {people} has none."
    ),
    "seats_over_people": "There are {seats} seats, but only {people} people.",
    "too_many_cells": (
        "{file}, row {row}: there are {cells} cells, but only {columns} columns."
    ),
    "unreadable": "{file} cannot be read: {reason}.",
    "value_without_quota": (
        "{file}, row {row}, column {column}: there is no quota for {value} in {quotas}."
    ),
    "bad_pair": "{option} {text}: write two ids with a colon between, such as A:B.",
    "pair_of_nobody": "{option} {text}: {file} has nobody called {code}.",
    "pair_unclear": "{option} {text}: more than one colon here can stand between two ids.",
    "earlier_of_others": "{file}: nobody in it is among the people of {people}.",
    "earlier_twice": "{path}: {code} sits in this round twice.",
    "in_file": "{file}: {fault}",
    "fewer_than_one": "{field} must be 1 at least, not {value}.",
    "groups_over_people": "There are {groups} groups, but only {people} people.",
    "language_of_too_few": (
        "{code} speaks {languages} ({attribute}): so many people do in all: {people};"
        " but a group has {least} at least."
    ),
    "group_of_nobody": "Nobody would be left in group {group}.",
    "no_such_move": "{code} cannot move to group {group}.",
    "not_in_round": "{code} is in no group of this round.",
    "no_such_round": "There is no round {round} that can be changed.",
    "pair_of_one": "{code} cannot be kept together with or apart from themselves.",
    "person_twice": "Person {code} is listed more than once.",
    "person_without_code": "A person has no code.",
    "person_without_value": "Person {code} has no value for {attribute}.",
    "same_group": "{first} and {second} are in the same group.",
    "spread_twice": "The column {attribute} is to be spread twice.",
    "together_and_apart": (
        "{first} and {second} are to be kept both together and apart."
    ),
    "together_too_large": (
        "{people} people, among them {code}, are to be kept together, but the largest"
        " group has only {places}."
    ),
    "together_without_language": (
        "Those to be kept together with {code} have no language in common."
    ),
    "too_large_to_mix": (
        "{people} people, {groups} groups and {rounds} rounds are too much at once."
    ),
    "too_many_spreads": "At most {most} columns can be spread.",
    "too_many_steps": "The search takes from 0 to {most} steps, not {steps}.",
    "unknown_person": "There is no person {code}.",
    "seats_missing": "With --quotas, say how many seats there are: --seats N.",
    "seats_with_rules": "The seats stand in the rules: leave --seats out.",
}


class BadProblem(ValueError):
    """
    The input cannot be used.

    ``code`` is a key of :data:`SENTENCES` and ``params`` fills its sentence, so
    that a caller can say the same in another language.
    """

    def __init__(self, code: str, /, **params: str | int) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        """Return the sentence in English."""
        return SENTENCES[self.code].format(**self.params)


class SolverFailed(RuntimeError):
    """The solver gave no answer, or one that exact arithmetic refuses."""


def check_text(text: str, path: str) -> None:
    """Raise :class:`BadProblem` if ``text`` cannot be written as UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        # Half a character; ``path`` may be the very text.
        raise BadProblem("bad_text", path=ascii(path)) from None
