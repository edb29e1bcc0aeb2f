"""What files may be called."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mosty.kernel.files import KINDS, safe_name

RTL = "\N{RIGHT-TO-LEFT OVERRIDE}"


@pytest.mark.parametrize(
    ("sent", "kept"),
    (
        ("Zażółć gęślą.pdf", "Zażółć gęślą.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\anna\\plan.PDF", "plan.pdf"),
        ("list.pdf.exe", "list.pdf"),
        ("list.exe.pdf", "list.pdf"),
        ("archive.tar.gz.pdf", "archive.pdf"),
        (f"annex{RTL}fdp.exe", "annexfdp.pdf"),
        ("a\0b\r\nc.pdf", "ab c.pdf"),
        ("Plan 1.2.pdf", "Plan 1.2.pdf"),
        ("Agenda.final.pdf", "Agenda-final.pdf"),
        ('a"b<c>|d*?.pdf', "a-b-c--d.pdf"),
        ("CON.pdf", "CON-.pdf"),
        ("com1", "com1-.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("...", "material.pdf"),
        ("", "material.pdf"),
        (".pdf", "material.pdf"),
        ("x" * 300 + ".pdf", "x" * 80 + ".pdf"),
        ("Z\u0301ycie\N{NO-BREAK SPACE}\N{ZERO WIDTH SPACE}.pdf", "Źycie.pdf"),
    ),
)
def test_names(sent, kept):
    assert safe_name(sent, KINDS["pdf"]) == kept


@given(st.text(max_size=200))
def test_any_name_is_safe_and_stays_as_it_is(sent):
    kept = safe_name(sent, KINDS["pdf"])
    assert safe_name(kept, KINDS["pdf"]) == kept
    assert kept.isprintable()
    assert not set(kept) & set('/\\<>:"|?*\0')
    assert kept.endswith(".pdf")
    assert len(kept) <= 84
