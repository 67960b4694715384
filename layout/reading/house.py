"""The paper's own lists, from the file that an issue names as `house`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layout.house import House, Person, Word
from layout.model import Previous
from layout.reading.tree import read_tree

if TYPE_CHECKING:
    from pathlib import Path

    from layout.reading.schema import PreviousFields
    from layout.reading.source import Sources
    from layout.reading.tree import Scalar


def read_house(file: Scalar | None, folder: Path, sources: Sources) -> House:
    """Return the lists in a file, empty ones where none is named or it cannot be read."""
    path = sources.resolve(file.text, folder, file.span) if file else None
    text = sources.read(path, file.span) if path and file else None
    tree = read_tree(text, sources.name(path), sources) if path and text is not None else None
    if tree is None:
        return House()
    from layout.reading.boundary import INPUT, check  # noqa: PLC0415 - it brings pydantic
    from layout.reading.schema import HouseFields  # noqa: PLC0415

    fields = check(HouseFields, tree, INPUT, sources)
    if fields is None:
        return House()
    return House(
        words=tuple(
            Word(
                text=word.text.text,
                wanted=word.wanted.text if word.wanted else "",
                why=word.why.text if word.why else "",
                banned=word.banned,
                unless=tuple(item.text for item in word.unless),
            )
            for word in fields.words
        ),
        people=tuple(
            Person(name=person.name.text, titles=tuple(title.text for title in person.titles))
            for person in fields.people
        ),
    )


def former_issue(fields: PreviousFields | None, file: Scalar) -> Previous | None:
    """Return what is known of the issue before; `file` is where findings about it point."""
    return Previous(date=fields.date, number=fields.number, span=file.span) if fields else None
