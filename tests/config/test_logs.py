import io
import logging

from mosty.config.logs import WithoutTokens


def logged(message: str, *args: object, fault: bool = False) -> str:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(WithoutTokens())
    logger = logging.Logger("test")  # noqa: LOG001 - one that nobody else listens to
    logger.addHandler(handler)
    if fault:
        try:
            raise ValueError(message % args)
        except ValueError:
            logger.exception("failed")
    else:
        logger.error(message, *args)
    return stream.getvalue()


def test_the_token_of_a_link_never_reaches_a_log():
    line = logged("Internal Server Error: %s", "/pl/link/offer/aB3-_x9/")
    assert line == "Internal Server Error: /pl/link/offer/…/\n"


def test_nor_does_it_in_a_traceback():
    text = logged("no page %s", "/en/link/confirm/aB3-_x9/", fault=True)
    assert text.splitlines()[-1] == "ValueError: no page /en/link/confirm/…/"


def test_other_lines_stay_as_they_are():
    assert logged("%s of %s", 1, 2) == "1 of 2\n"
