"""Tools, their editions in languages, and translations that fall behind."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from i18nfield.strings import LazyI18nString

from mosty.kernel.files import CannotTake
from mosty.library import xliff
from mosty.library.actions import editions, tools, translations
from mosty.library.actions.editions import About, CannotKeepEdition
from mosty.library.actions.tools import CannotKeepTool, Details, InLanguage
from mosty.library.actions.translations import CannotTakeBack, Taken
from mosty.library.common.sections import SectionText
from mosty.library.common.standing import Standing
from mosty.library.models import EditionVersion, Section, digest_of
from mosty.library.queries.standing import standing_of
from mosty.training.actions.materials import Sent

pytestmark = pytest.mark.django_db
ENGLISH = InLanguage(language="en", is_source=True, translator="", licence="cc-by-4.0")
POLISH = InLanguage(
    language="pl", is_source=False, translator="Anna Nowa", licence="cc-by-4.0"
)


def details(**changes):
    said = {
        "kind": "handbook",
        "name": LazyI18nString({"en": "First talk", "pl": "Pierwsza rozmowa"}),
        "summary": LazyI18nString({"en": "At the counter."}),
        "issuer": "City of Kraków",
        "areas": ("reception",),
    }
    return Details(**{**said, **changes})


def save(version, sections, actor, now, **about):
    return editions.save(
        version=version,
        about=About(**{"title": "First talk", "label": "1st", **about}),
        sections=sections,
        sent=None,
        revision=version.revision,
        actor=actor,
        now=now,
    )


def publish(version, writer, approver, now):
    editions.propose(version=version, actor=writer, now=now)
    version.refresh_from_db()
    return editions.approve(version=version, actor=approver, now=now)


@pytest.fixture
def tool(partner, now):
    """Return a handbook that Bob keeps."""
    return tools.add(details=details(), edition=ENGLISH, actor=partner, now=now)


@pytest.fixture
def source(tool, partner, coordinator, now):
    """Return its English edition, published with three sections."""
    version = editions.begin(edition=tool.editions.get(), actor=partner, now=now)
    typed = [SectionText("", f"Part {n}", f"Text {n}") for n in (1, 2, 3)]
    return publish(save(version, typed, partner, now), partner, coordinator, now)


@pytest.fixture
def polish(tool, source, partner, now):
    """Return a Polish draft without words."""
    edition = tools.add_edition(tool=tool, edition=POLISH, actor=partner, now=now)
    return editions.begin(edition=edition, actor=partner, now=now)


def keys(version):
    return [one.key for one in version.sections.order_by("order")]


def translated(version, partner, now, parts=("Część 1", "Część 2", "Część 3")):
    typed = [
        SectionText(key, title, f"Tekst: {title}", True)
        for key, title in zip(keys(version.translates), parts, strict=True)
    ]
    return save(version, typed, partner, now, title="Pierwsza rozmowa")


@pytest.fixture
def done(polish, partner, coordinator, now):
    """Return the Polish edition, published."""
    return publish(translated(polish, partner, now), partner, coordinator, now)


def changed_source(source, partner, coordinator, now):
    """Publish a source whose second section says other things, and that has a fourth."""
    version = editions.begin(edition=source.edition, actor=partner, now=now)
    old = list(version.sections.order_by("order"))
    typed = [SectionText(one.key, one.title, one.text) for one in old]
    typed[1] = SectionText(old[1].key, "Part 2", "New words")
    typed.append(SectionText("", "Part 4", "Text 4"))
    del typed[2]
    return publish(save(version, typed, partner, now), partner, coordinator, now)


# Writing and approving -----------------------------------------------------------------


def test_nobody_approves_what_she_wrote(tool, partner, coordinator, secretariat, now):
    version = editions.begin(edition=tool.editions.get(), actor=coordinator, now=now)
    save(version, [SectionText("", "One", "Text")], coordinator, now)
    version.refresh_from_db()
    editions.propose(version=version, actor=secretariat, now=now)
    version.refresh_from_db()
    for actor in (coordinator, secretariat, partner):
        with pytest.raises(PermissionDenied):
            editions.approve(version=version, actor=actor, now=now)
    version.state, version.published_at = "published", now
    version.approver, version.approved_by = coordinator.ledger_key, "Alice"
    with pytest.raises(IntegrityError), transaction.atomic():
        version.save()


def test_what_was_published_never_changes(source, partner, now):
    with pytest.raises(CannotKeepEdition, match="no draft"):
        save(source, [], partner, now)
    rows = EditionVersion.objects.filter(pk=source.pk)
    sections = Section.objects.filter(version=source)
    for change in (
        lambda: rows.update(title="Other"),
        lambda: rows.update(state="draft"),
        lambda: rows.delete(),
        lambda: sections.update(text="Other"),
        lambda: sections.delete(),
        lambda: Section.objects.create(version=source, order=9, title="New"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_a_digest_never_lies(polish):
    with pytest.raises(IntegrityError), transaction.atomic():
        Section.objects.bulk_create(
            [Section(version=polish, order=1, title="A", text="B", digest="0" * 64)]
        )
    row = Section(version=polish, order=1, title="Ą", text="<b>\n", digest="")
    row.save()
    assert row.digest == digest_of("Ą", "<b>\n")


def test_what_waits_can_be_returned_with_a_reason(tool, partner, coordinator, now):
    version = editions.begin(edition=tool.editions.get(), actor=partner, now=now)
    with pytest.raises(CannotKeepEdition, match="nothing in it"):
        editions.propose(version=version, actor=partner, now=now)
    save(version, [SectionText("", "One", "Text")], partner, now)
    version.refresh_from_db()
    editions.propose(version=version, actor=partner, now=now)
    with pytest.raises(CannotKeepEdition, match="what should change"):
        editions.give_back(version=version, reason="", actor=coordinator, now=now)
    back = editions.give_back(
        version=version, reason="Shorter", actor=coordinator, now=now
    )
    assert back.state == "draft"
    with pytest.raises(CannotKeepEdition, match="does not wait"):
        editions.approve(version=back, actor=coordinator, now=now)


def test_a_file_is_kept_only_if_it_is_what_it_says(tool, partner, now):
    version = editions.begin(edition=tool.editions.get(), actor=partner, now=now)

    def send(content, name):
        return editions.save(
            version=version,
            about=About(title="First talk"),
            sections=[],
            sent=Sent(content, name),
            revision=version.revision,
            actor=partner,
            now=now,
        )

    with pytest.raises(CannotTake):
        send(b"MZ\x90\x00", "handbook.pdf")
    kept = send(b"Plain words.\n", "handbook.txt")
    with kept.file.open() as stored:
        content = stored.read()
    assert (kept.name, kept.size, content) == ("handbook.txt", 13, b"Plain words.\n")


def test_a_translation_is_of_a_published_source(tool, partner, now):
    edition = tools.add_edition(tool=tool, edition=POLISH, actor=partner, now=now)
    with pytest.raises(CannotKeepEdition, match="source edition first"):
        editions.begin(edition=edition, actor=partner, now=now)
    with pytest.raises(CannotKeepTool) as refused:
        tools.add_edition(tool=tool, edition=POLISH, actor=partner, now=now)
    assert set(refused.value.fields) == {"language"}
    nameless = InLanguage(
        language="uk", is_source=False, translator=" ", licence="other"
    )
    with pytest.raises(CannotKeepTool) as refused:
        tools.add_edition(tool=tool, edition=nameless, actor=partner, now=now)
    assert set(refused.value.fields) == {"translator", "licence_text"}


@pytest.mark.parametrize(
    ("name", "keeps"),
    (
        ("coordinator", True),
        ("partner", True),
        ("secretariat", True),
        ("city", False),
        ("trainer", False),
        ("lead", False),
        ("administrator", False),
        ("stranger", False),
    ),
)
def test_who_keeps_tools(request, tool, source, polish, now, name, keeps):
    user = request.getfixturevalue(name)
    acts = (
        lambda: tools.add(details=details(), edition=ENGLISH, actor=user, now=now),
        lambda: tools.change(
            tool=tool, details=details(issuer="Other"), revision=1, actor=user, now=now
        ),
        lambda: editions.begin(edition=polish.edition, actor=user, now=now),
        lambda: editions.propose(version=polish, actor=user, now=now),
        lambda: translations.take_back(
            version=polish,
            content=xliff.write(translations.document(polish)),
            actor=user,
            now=now,
        ),
    )
    found = []
    for act in acts:
        try:
            act()
        except PermissionDenied:
            found.append(False)
        except CannotKeepEdition:
            found.append(True)
        else:
            found.append(True)
    assert found == [keeps] * len(acts)


def test_a_retired_tool_changes_no_more(tool, source, partner, coordinator, now):
    with pytest.raises(PermissionDenied):
        tools.retire(tool=tool, reason="Old", actor=partner, now=now)
    with pytest.raises(CannotKeepTool, match="why"):
        tools.retire(tool=tool, reason=" ", actor=coordinator, now=now)
    tools.retire(tool=tool, reason="Old", actor=coordinator, now=now)
    for act, refusal in (
        (
            lambda: editions.begin(edition=source.edition, actor=partner, now=now),
            CannotKeepEdition,
        ),
        (
            lambda: tools.add_edition(
                tool=tool, edition=POLISH, actor=partner, now=now
            ),
            CannotKeepTool,
        ),
    ):
        with pytest.raises(refusal, match="retired"):
            act()


# Falling behind ------------------------------------------------------------------------


def test_a_translation_falls_behind_by_its_sections(
    source, done, partner, coordinator, now
):
    assert standing_of(done, source) == Standing()
    newer = changed_source(source, partner, coordinator, now)
    assert standing_of(done, newer) == Standing(
        changed=("Part 2",), added=("Part 4",), removed=("Część 3",)
    )
    # A new draft keeps what was translated, and says what fits by its digests.
    draft = editions.begin(edition=done.edition, actor=partner, now=now)
    assert draft.translates == newer
    typed = [
        SectionText(key, title, "Tekst", fits)
        for key, title, fits in zip(
            keys(newer),
            ("Część 1", "Część 2", "Część 4"),
            (False, True, True),
            strict=True,
        )
    ]
    save(draft, typed, partner, now, title="Pierwsza rozmowa")
    draft.refresh_from_db()
    assert standing_of(draft, newer) == Standing()


def test_a_translation_that_is_emptied_is_none_any_more(source, done, partner, now):
    draft = editions.begin(edition=done.edition, actor=partner, now=now)
    typed = [
        SectionText(one.key, one.title if number else "", one.text if number else "")
        for number, one in enumerate(draft.sections.order_by("order"))
    ]
    save(draft, typed, partner, now, title="Pierwsza rozmowa")
    draft.refresh_from_db()
    assert standing_of(draft, source) == Standing(added=("Part 1",))


def test_a_source_without_its_text_falls_behind_as_a_whole(
    tool, partner, coordinator, now
):
    edition = tool.editions.get()
    first = editions.begin(edition=edition, actor=partner, now=now)
    first = publish(save(first, [], partner, now), partner, coordinator, now)
    theirs = tools.add_edition(tool=tool, edition=POLISH, actor=partner, now=now)
    ours = editions.begin(edition=theirs, actor=partner, now=now)
    ours = publish(save(ours, [], partner, now), partner, coordinator, now)
    assert standing_of(ours, first) == Standing()
    second = editions.begin(edition=edition, actor=partner, now=now)
    second = publish(
        save(second, [], partner, now, label="2nd"), partner, coordinator, now
    )
    assert standing_of(ours, second) == Standing(whole=True)


# Out and back ---------------------------------------------------------------------------


def sent_back(version, words):
    """Return the file of a draft, with ``words`` as the translations of its units."""
    document = translations.document(version)
    units = tuple(
        xliff.Unit(unit.key, unit.source, words.get(unit.source, unit.target), True)
        for unit in document.units
    )
    return xliff.write(
        xliff.Document(
            document.original,
            document.source_language,
            document.target_language,
            units,
        )
    )


WORDS = {
    "Part 1": "Część 1",
    "Text 1": "<b>Tekst</b> & 1",
    "Part 2": "Część 2",
    "Text 2": "نص ٢",
    "Part 3": "Część 3",
    "Text 3": "Tekst 3\n\nDrugi akapit",
}


def take(version, content, partner, now):
    version.refresh_from_db()
    return translations.take_back(
        version=version, content=content, actor=partner, now=now
    )


def test_out_and_back_and_the_same_again_changes_nothing(polish, source, partner, now):
    empty = xliff.write(translations.document(polish))
    assert take(polish, empty, partner, now) == Taken(0, 3)
    content = sent_back(polish, WORDS)
    assert take(polish, content, partner, now) == Taken(3, 0)
    polish.refresh_from_db()
    revision = polish.revision
    assert [(one.title, one.text) for one in polish.sections.order_by("order")] == [
        ("Część 1", "<b>Tekst</b> & 1"),
        ("Część 2", "نص ٢"),
        ("Część 3", "Tekst 3\n\nDrugi akapit"),
    ]
    assert standing_of(polish, source) == Standing()
    # What we would send now is what came; and neither changes anything.
    assert xliff.write(translations.document(polish)) == content
    assert take(polish, content, partner, now) == Taken(0, 0)
    polish.refresh_from_db()
    assert polish.revision == revision


def test_what_changed_in_the_source_goes_out_as_not_done(
    source, done, partner, coordinator, now
):
    newer = changed_source(source, partner, coordinator, now)
    draft = editions.begin(edition=done.edition, actor=partner, now=now)
    document = translations.document(draft)
    assert [(unit.source, unit.target, unit.done) for unit in document.units] == [
        ("Part 1", "Część 1", True),
        ("Text 1", "Tekst: Część 1", True),
        ("Part 2", "Część 2", False),
        ("New words", "Tekst: Część 2", False),
        ("Part 4", "", False),
        ("Text 4", "", False),
    ]
    # Sent back as it was, nothing is called done that is not.
    untouched = xliff.write(document)
    assert take(draft, untouched, partner, now) == Taken(0, 1)
    assert standing_of(draft, newer).changed == ("Part 2",)
    # The old words may still fit: then the translator's tool says so.
    said = sent_back(draft, {"Part 4": "Część 4", "Text 4": "Tekst 4"})
    assert take(draft, said, partner, now) == Taken(2, 0)
    draft.refresh_from_db()
    assert standing_of(draft, newer) == Standing()


def test_a_file_of_something_else_is_told_so(source, polish, partner, coordinator, now):
    def changed(**fields):
        document = translations.document(polish)
        base = {
            "original": document.original,
            "source_language": document.source_language,
            "target_language": document.target_language,
            "units": document.units,
        }
        return xliff.write(xliff.Document(**{**base, **fields}))

    units = translations.document(polish).units
    first, rest = units[0], units[1:]
    old = changed()
    for content, sentence in (
        (changed(original="other-tool/en/1"), "another tool: other-tool"),
        (changed(original=""), "another tool"),
        (changed(target_language="uk"), "another language: uk, not Polish"),
        (
            changed(units=(xliff.Unit(first.key, "Forged", "x", True), *rest)),
            f"not ours.*{first.key}",
        ),
        (
            changed(units=(xliff.Unit("ZZZZ.title", "Part 1", "x", True), *rest)),
            "does not have: ZZZZ.title",
        ),
    ):
        with pytest.raises(CannotTakeBack, match=sentence):
            take(polish, content, partner, now)
    changed_source(source, partner, coordinator, now)
    editions.begin(edition=polish.edition, actor=partner, now=now)
    with pytest.raises(CannotTakeBack, match=r"version 1 of the source.*version 2"):
        take(polish, old, partner, now)
    assert polish.sections.count() == 0
