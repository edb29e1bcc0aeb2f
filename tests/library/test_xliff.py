"""XLIFF 2.0 as we write and read it, and as another library reads and writes it."""

import re
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lxml import etree
from translate.storage import xliff2

from mosty.library.xliff import CannotRead, Document, Unit, read, write

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
# Everything that a database can hold, what XML cannot among it, and what looks like it.
TEXTS = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40),
    st.sampled_from(
        (
            "",
            " ",
            "<b>bold</b> & <source>x</source>",
            "&amp; &lt; &#x41; ]]> <!-- --> <?xml?>",
            "مرحبا بالعالم \u200f(1)",
            "שלום <שלום>",
            "  two  spaces\n\nnew line\ttab\r\nend  ",
            "\"quoted\" 'so'",
            "\x01\x1f\ufffe\x85\u2028",
        )
    ),
)
KEYS = st.from_regex(r"[A-Z0-9]{2,4}-?[A-Z0-9]{0,2}\.(title|text)", fullmatch=True)


def _unit(key, source, target, done):
    return Unit(key, source, target, done)


DOCUMENTS = st.builds(
    Document,
    original=st.from_regex(r"[a-z0-9-]{1,20}/[a-z]{2}/[0-9]{1,3}", fullmatch=True),
    source_language=st.sampled_from(("en", "pl", "ar")),
    target_language=st.sampled_from(("pl", "uk", "he")),
    units=st.lists(
        st.builds(_unit, KEYS, TEXTS, TEXTS, st.booleans()),
        max_size=6,
        unique_by=lambda unit: unit.key,
    )
    # Units of one section stand together, as they do in a version.
    .map(lambda units: tuple(sorted(units, key=lambda unit: unit.key))),
)


@settings(max_examples=150, deadline=None)
@given(DOCUMENTS)
def test_what_is_written_is_read_the_same(document):
    content = write(document)
    assert read(content) == document
    assert write(read(content)) == content


# What the other library does not keep is not ours to test: signs that XML cannot hold.
PLAIN = st.text(
    st.characters(
        codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp", "Co")
    ),
    min_size=1,
    max_size=30,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(PLAIN, PLAIN), min_size=1, max_size=4))
def test_the_translate_toolkit_reads_it_and_what_it_saves_is_read(pairs):
    document = Document(
        "tool/en/1",
        "en",
        "pl",
        tuple(
            Unit(f"K{number}.text", source, target, True)
            for number, (source, target) in enumerate(pairs)
        ),
    )
    store = xliff2.Xliff2File.parsestring(write(document))
    assert store.getsourcelanguage() == "en"
    assert store.gettargetlanguage() == "pl"
    assert [(unit.source, unit.target) for unit in store.units] == list(pairs)
    for unit in store.units:
        unit.target = f"{unit.target} <nowe> & więcej"
    back = read(bytes(store))
    assert [(unit.key, unit.source, unit.target) for unit in back.units] == [
        (f"K{number}.text", source, f"{target} <nowe> & więcej")
        for number, (source, target) in enumerate(pairs)
    ]
    assert back.original == document.original


# The core of XLIFF 2.0 as its specification describes it (chapter 4.2), as far as a file
# without notes and inline codes may use it. Written for this test: OASIS's own schema is
# in no package registry, and nothing of others is kept here.
GRAMMAR = """
<grammar xmlns="http://relaxng.org/ns/structure/1.0"
    ns="urn:oasis:names:tc:xliff:document:2.0"
    datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
  <start><element name="xliff">
    <attribute name="version"><value>2.0</value></attribute>
    <attribute name="srcLang"><data type="language"/></attribute>
    <optional><attribute name="trgLang"><data type="language"/></attribute></optional>
    <oneOrMore><element name="file">
      <attribute name="id"><data type="NMTOKEN"/></attribute>
      <optional><attribute name="original"><text/></attribute></optional>
      <ref name="flags"/>
      <oneOrMore><ref name="entry"/></oneOrMore>
    </element></oneOrMore>
  </element></start>
  <define name="entry"><choice>
    <element name="group">
      <attribute name="id"><data type="NMTOKEN"/></attribute>
      <ref name="flags"/>
      <zeroOrMore><ref name="entry"/></zeroOrMore>
    </element>
    <element name="unit">
      <attribute name="id"><data type="NMTOKEN"/></attribute>
      <ref name="flags"/>
      <zeroOrMore><element name="ignorable"><ref name="texts"/></element></zeroOrMore>
      <oneOrMore><element name="segment">
        <optional><attribute name="state"><choice>
          <value>initial</value><value>translated</value>
          <value>reviewed</value><value>final</value>
        </choice></attribute></optional>
        <ref name="texts"/>
      </element></oneOrMore>
    </element>
  </choice></define>
  <define name="flags">
    <optional><attribute name="canResegment">
      <choice><value>yes</value><value>no</value></choice>
    </attribute></optional>
    <optional><attribute name="translate">
      <choice><value>yes</value><value>no</value></choice>
    </attribute></optional>
  </define>
  <define name="texts">
    <element name="source"><ref name="words"/></element>
    <optional><element name="target"><ref name="words"/></element></optional>
  </define>
  <define name="words">
    <optional><attribute name="xml:space">
      <choice><value>default</value><value>preserve</value></choice>
    </attribute></optional>
    <mixed><zeroOrMore><element name="cp">
      <attribute name="hex"><data type="hexBinary"/></attribute><empty/>
    </element></zeroOrMore></mixed>
  </define>
</grammar>
"""
VALID = etree.RelaxNG(etree.fromstring(GRAMMAR))


@settings(max_examples=100, deadline=None)
@given(DOCUMENTS)
def test_what_is_written_is_as_the_specification_says(document):
    root = etree.fromstring(write(document))
    VALID.assertValid(root)
    # An identifier stands once among its kind in a file.
    for kind in ("unit", "group"):
        names = [one.get("id") for one in root.iter(f"{{{NAMESPACE}}}{kind}")]
        assert len({*names}) == len(names)


@pytest.mark.parametrize(
    ("good", "bad"),
    (
        ('id="f1"', ""),
        ("<segment state", "<segment stat"),
        ('state="initial"', 'state="new"'),
        ('version="2.0"', 'version="1.2"'),
        ('srcLang="en"', 'srcLang=""'),
        ("</source>", "</source><source/>"),
    ),
)
def test_the_grammar_refuses_what_is_wrong(good, bad):
    written = write(Document("t/en/1", "en", "pl", (Unit("A1.text", "One"),)))
    assert VALID.validate(etree.fromstring(written)) is True
    wrong = written.replace(good.encode(), bad.encode())
    assert VALID.validate(etree.fromstring(wrong)) is False


@settings(max_examples=60, deadline=None)
@given(DOCUMENTS)
def test_a_file_that_another_tool_saved_unchanged_changes_nothing(document):
    """What it opens and saves again is read as what we gave it, space and all."""
    written = write(document)
    # It drops the elements that stand for what XML cannot hold.
    assume(b"<cp " not in written)
    assert read(bytes(xliff2.Xliff2File.parsestring(written))) == document


def made(body, head="", version="2.0", namespace=NAMESPACE):
    return (
        f'{head}<xliff xmlns="{namespace}" version="{version}" srcLang="en" trgLang="pl">'
        f'<file id="f1" original="t/en/1">{body}</file></xliff>'
    ).encode()


def unit(inside, key="a.text"):
    return f'<unit id="{key}">{inside}</unit>'


def segment(source, target=None, state=""):
    tail = "" if target is None else f"<target>{target}</target>"
    mark = f' state="{state}"' if state else ""
    return f"<segment{mark}><source>{source}</source>{tail}</segment>"


@pytest.mark.parametrize(
    ("body", "expected"),
    (
        (unit(segment("One")), Unit("a.text", "One")),
        (
            unit(segment("One", "Raz", "final")),
            Unit("a.text", "One", "Raz", True),
        ),
        # Divided by a tool, and put together.
        (
            unit(
                segment("One. ", "Raz. ", "translated")
                + "<ignorable><source> </source></ignorable>"
                + segment("Two.", "Dwa.", "reviewed")
            ),
            Unit("a.text", "One.  Two.", "Raz.  Dwa.", True),
        ),
        (
            unit(segment("One. ", "Raz. ", "translated") + segment("Two.")),
            Unit("a.text", "One. Two.", "Raz. ", False),
        ),
        # Marks of a tool around words.
        (
            unit(segment("One", '<mrk id="1" type="term">Raz</mrk><sm id="2"/>!')),
            Unit("a.text", "One", "Raz!"),
        ),
        (unit(segment("A<cp hex='0001'/>B")), Unit("a.text", "A\x01B")),
        # What we do not know is not ours: notes, matches, other namespaces.
        (
            unit(f"<notes><note>Hi</note></notes>{segment('One')}"),
            Unit("a.text", "One"),
        ),
    ),
)
def test_what_tools_make_of_a_unit(body, expected):
    assert read(made(body)).units == (expected,)


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = f'<!DOCTYPE x [<!ENTITY f SYSTEM "{Path(__file__).as_uri()}">]>'


@pytest.mark.parametrize(
    ("content", "sentence"),
    (
        (b"", "no XML file"),
        (b"PK\x03\x04", "no XML file"),
        (b"\xff\xfe\x00<", "no XML file"),
        (made(unit(segment("One")))[:-9], "no XML file"),
        (b'<?xml version="1.0" encoding="x-unknown"?><a/>', "no XML file"),
        (b"<html/>", "no XLIFF"),
        (
            made("", version="1.2", namespace="urn:oasis:names:tc:xliff:document:1.2"),
            "This is XLIFF 1.2. Only XLIFF 2.0 is taken",
        ),
        (made(unit(segment("One")), version="2.1"), "This is XLIFF 2.1."),
        (made(unit(segment("&b;")), head=BOMB), "document type"),
        (made(unit(segment("&f;")), head=OUTSIDE), "document type"),
        (made(unit("")), "no source: a.text"),
        (made(unit("<segment/>")), "no source: a.text"),
        (made(unit(segment("One")) * 2), "a text twice"),
        (made(unit(segment("One", '<ph id="1"/>'))), "a.text holds a code"),
        (
            f'<xliff xmlns="{NAMESPACE}" version="2.0" srcLang="en"/>'.encode(),
            "this one holds 0",
        ),
        (b"x" * (10 * 1024 * 1024 + 1), "too large"),
    ),
)
def test_what_is_not_taken_is_told(content, sentence):
    with pytest.raises(CannotRead, match=re.escape(sentence)):
        read(content)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_whatever_is_sent_is_read_or_refused(content):
    """Bytes inside a good file: a Document or a sentence, and nothing else."""
    for sent in (content, made(unit(segment("One"))).replace(b"One", content)):
        with suppress(CannotRead):
            assert isinstance(read(sent), Document)
