import io
import logging

from mosty.config.logs import WithoutSecrets


def logged(message: str, *args: object, fault: bool = False) -> str:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(WithoutSecrets())
    logger = logging.Logger("test")  # noqa: LOG001 - one that nobody else listens to
    logger.addHandler(handler)
    if fault:
        try:
            raise ValueError(message % args)  # noqa: TRY301 - its traceback is wanted
        except ValueError:
            logger.exception("failed")
    else:
        logger.error(message, *args)
    return stream.getvalue()


def test_the_token_of_a_link_never_reaches_a_log():
    line = logged("Internal Server Error: %s", "/pl/link/offer/aB3-_x9/")
    assert line == "Internal Server Error: /pl/link/offer/…/\n"


def test_nor_does_the_key_that_sets_a_password_anew():
    line = logged("Bad Request: %s", "/en/account/password/reset/key/3-c8x-0f9e/")
    assert line == "Bad Request: /en/account/password/reset/key/…/\n"


def test_nor_does_it_in_a_traceback():
    text = logged("no page %s", "/en/link/confirm/aB3-_x9/", fault=True)
    assert text.splitlines()[-1] == "ValueError: no page /en/link/confirm/…/"


def test_a_row_that_the_database_refused_does_not():
    text = logged(
        "duplicate key\nDETAIL:  Key (email)=(ewa@example.org) exists.\nHINT: %s",
        "none",
        fault=True,
    )
    assert "ewa" not in text
    assert text.splitlines()[-3:] == [
        "ValueError: duplicate key",
        "DETAIL: …",
        "HINT: none",
    ]


def test_nor_do_the_further_lines_of_such_a_row():
    row = "refused\nDETAIL:  Failing row contains (1, Ewa,\n ul. Długa 1,\nnote)."
    assert logged("%s", row) == "refused\nDETAIL: …\n"


def test_other_lines_stay_as_they_are():
    assert logged("%s of %s", 1, 2) == "1 of 2\n"
