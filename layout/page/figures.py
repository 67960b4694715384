"""What a finished page says of itself: findings on holes and overset, and the figures of newsroom.md 8."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from layout.model import Entry, RichText, Story
    from layout.page.easel import Easel
    from layout.plan import PagePlan, Variant


def report_page(easel: Easel, plan: PagePlan) -> None:
    """Add the findings on what is empty, what found no place and what did not fit."""
    entries = {entry.id: entry for entry in easel.page.entries}
    for hole in plan.holes:
        easel.say("W403", columns=hole.columns, lines=hole.lines, column=hole.column + 1, line=hole.line + 1)
    for name in plan.unplaced:
        for story in entries[name].stories:
            easel.overset[story.id] = _whole(story, easel)
            easel.say("E402", story, story.span, name=story.id)
            easel.say_missing(story, easel.copies[story.id].missing)
    blank = sum(module.variant.blank for module in plan.modules)
    blank += sum(hole.columns * hole.lines for hole in plan.holes)
    if blank:
        easel.say("W404", lines=blank)
    for module in plan.modules:
        for story in entries[module.id].stories:
            rest = easel.overset.get(story.id)
            if rest:
                lines = module.variant.over or 1
                count = len("".join(rest.split()))
                easel.say("E401", story, story.span, name=story.id, lines=lines, chars=count, start=rest[:12])
        _report_pictures(easel, entries[module.id], module.variant)


def _report_pictures(easel: Easel, entry: Entry, variant: Variant) -> None:
    """Add a finding for every picture that was not set, and keep its caption as overset."""
    for story, made in zip(entry.stories, variant.parts or (variant,), strict=True):
        shown = {place.photo for place in made.photos}
        for number, photo in enumerate(story.photos):
            if number not in shown:
                easel.overset[story.id] = easel.overset.get(story.id, "") + _words(photo.caption, photo.credit)
                easel.say("E402", story, photo.span, name=photo.file.replace("\\", "/").rsplit("/", 1)[-1])


def _whole(story: Story, easel: Easel) -> str:
    """Return all the words of a story that stands nowhere."""
    copy = "".join(item.material.shaped.text for item in easel.copies[story.id].items)
    captions = "".join(_words(photo.caption, photo.credit) for photo in story.photos)
    return _words(story.kicker, story.headline, story.deck) + copy + captions


def _words(*texts: RichText | None) -> str:
    return "".join(text.text for text in texts if text)


def page_figures(easel: Easel, plan: PagePlan) -> dict[str, Any]:
    """Return the page's figures; lengths in em, areas as shares of the type area."""
    style = easel.style
    sizes = sorted((size for _, size in easel.heads), reverse=True)
    pictures = sorted(easel.pictures, reverse=True)
    holes = sum(hole.columns * hole.lines for hole in plan.holes)
    return {
        "overset_characters": sum(len("".join(text.split())) for text in easel.overset.values()),
        "blank_lines": sum(module.variant.blank for module in plan.modules) + holes,
        "worst_head_fill": round(min(easel.fills, default=1.0), 3),
        "lead_to_second": round(sizes[0] / sizes[1], 2) if len(sizes) > 1 else None,
        "picture_share": round(sum(pictures) / (style.area_width * style.area_height), 3),
        "dominant_picture": round(pictures[0] / pictures[1], 2) if len(pictures) > 1 else None,
        "largest_gap_em": round(max(easel.gaps, default=0.0), 4),
        "mean_gap_em": round(sum(easel.gaps) / len(easel.gaps), 5) if easel.gaps else 0.0,
        "lines": len(easel.gaps),
        "widows_and_orphans": easel.widows,
        "loosened": easel.loosened,
        "plan_cost": plan.cost,
    }
