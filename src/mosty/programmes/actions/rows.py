"""What actions share: rows are checked before they are saved, and told to the ledger."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from mosty.kernel.refusal import Refusal


def refuse_unless_valid(row: models.Model, refusal: type[Refusal]) -> None:
    """
    Hold ``row`` against its fields' validators and constraints.

    :raises Refusal: of the kind ``refusal``, with a sentence for each field at fault.
    """
    try:
        row.full_clean()
    except ValidationError as mistake:
        fields = {
            name: texts[0]
            for name, texts in mistake.message_dict.items()
            if name != "__all__"
        }
        others = mistake.message_dict.get("__all__", [])
        sentence = others[0] if others else _("Some of this cannot be kept as it is.")
        raise refusal(sentence, fields=fields) from mistake


def kept(row: models.Model, names: Iterable[str]) -> dict[str, Any]:
    """Return the values of a row's fields as the ledger keeps them."""
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value: object) -> object:
    if isinstance(value, LazyI18nString):
        if isinstance(value.data, dict):
            return {code: text for code, text in value.data.items() if text}
        return value.data or {}
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def differences(
    before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what of ``before`` and ``after`` differs; both empty where nothing does."""
    changed = [name for name in after if before.get(name) != after[name]]
    return (
        {name: before.get(name) for name in changed},
        {name: after[name] for name in changed},
    )
