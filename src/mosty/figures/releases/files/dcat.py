"""The release described for catalogues of open data: DCAT-AP 3, as JSON-LD and Turtle."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mosty.figures.releases.document import Document

_EU = "http://publications.europa.eu/resource/authority"
PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
# ISO 639-1 -> the three letters of the European list of languages.
LANGUAGES = {"pl": "POL", "en": "ENG", "uk": "UKR", "be": "BEL", "ru": "RUS"}


@dataclass(frozen=True, slots=True)
class File:
    """One file of the release: its address, media type, and the EU's name of its format."""

    url: str
    media_type: str
    format: str
    title: str
    sha256: str = ""


def graph(
    document: Document, *, url: str, published_at: datetime, files: Sequence[File]
) -> dict[str, Any]:
    """Return the description as JSON-LD; ``url`` is the page of the year."""
    return {
        "@context": PREFIXES,
        "@id": f"{url}#dataset",
        "@type": "dcat:Dataset",
        "dct:title": _texts(
            {lang: f"{text}, {document.year}" for lang, text in document.title.items()}
        ),
        "dct:description": _texts(document.source),
        "dct:identifier": f"{document.subject}/{document.year}/{document.number}",
        "dct:issued": _typed(published_at.isoformat(timespec="seconds"), "dateTime"),
        "dct:publisher": {
            "@type": "foaf:Agent",
            "foaf:name": _texts(document.owner),
        },
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _typed(f"{document.year}-01-01", "date"),
            "dcat:endDate": _typed(f"{document.year}-12-31", "date"),
        },
        "dct:accrualPeriodicity": {"@id": f"{_EU}/frequency/ANNUAL"},
        "dct:accessRights": {"@id": f"{_EU}/access-right/PUBLIC"},
        "dct:language": [
            {"@id": f"{_EU}/language/{code}"} for code in LANGUAGES.values()
        ],
        "dcat:theme": {"@id": f"{_EU}/data-theme/SOCI"},
        "dcat:version": str(document.number),
        "dcat:landingPage": {"@id": url},
        "dcat:distribution": [_distribution(one, document.licence) for one in files],
    }


def json_ld(data: Mapping[str, Any]) -> str:
    """Return the description as a text."""
    return json.dumps(data, ensure_ascii=False, indent=2)


def turtle(data: Mapping[str, Any]) -> str:
    """Return the same description as Turtle."""
    lines = [f"@prefix {name}: <{uri}> ." for name, uri in PREFIXES.items()]
    return "\n".join([*lines, "", f"<{data['@id']}> {_body(data)} .", ""])


def _distribution(file: File, licence: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@type": "dcat:Distribution",
        "dct:title": file.title,
        "dcat:accessURL": {"@id": file.url},
        "dcat:downloadURL": {"@id": file.url},
        "dcat:mediaType": {
            "@id": f"http://www.iana.org/assignments/media-types/{file.media_type}"
        },
        "dct:format": {"@id": f"{_EU}/file-type/{file.format}"},
        "dct:license": {"@id": licence},
    }
    if file.sha256:
        found["spdx:checksum"] = {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": _typed(file.sha256, "hexBinary"),
        }
    return found


def _texts(texts: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"@value": text, "@language": lang} for lang, text in texts.items() if text]


def _typed(value: str, kind: str) -> dict[str, str]:
    return {"@value": value, "@type": f"xsd:{kind}"}


def _body(node: Mapping[str, Any]) -> str:
    parts = [f"a {node['@type']}"]
    for key, value in node.items():
        if not key.startswith("@"):
            parts.append(f"{key} {_objects(value)}")
    return " ;\n    ".join(parts)


def _objects(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_objects(one) for one in value)
    if isinstance(value, Mapping):
        if "@value" in value:
            text = json.dumps(value["@value"], ensure_ascii=False)
            if "@language" in value:
                return f"{text}@{value['@language']}"
            return f"{text}^^{value['@type']}"
        if "@type" in value:
            return f"[ {_body(value)} ]"
        name = str(value["@id"])
        return name if name.split(":")[0] in PREFIXES else f"<{name}>"
    return json.dumps(value, ensure_ascii=False)
