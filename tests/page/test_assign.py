"""Stories without a page: every one gets a page that is open to it, and the pages come out even."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from layout.page.assign import Area, Offer, Sheet, assign, price, within

NONE = Area(0, 0, 0)


def area(usual: int) -> Area:
    return Area(usual * 8 // 10, usual, usual * 12 // 10)


def offer(name: str, usual: int, *pages: str, rank: int = 3) -> Offer:
    return Offer(story=name, rank=rank, areas={page: area(usual) for page in pages})


def test_stories_fill_the_pages_evenly() -> None:
    sheets = [Sheet(page="A02", free=400, taken=NONE), Sheet(page="A03", free=400, taken=area(200))]
    offers = [offer(name, 100, "A02", "A03") for name in "abcdef"]
    deal = assign(sheets, offers)
    assert [sheet.taken.usual for sheet in deal.sheets] == [400, 400]
    assert all(within(sheet) for sheet in deal.sheets)


def test_every_page_gets_one_lead() -> None:
    sheets = [Sheet(page=name, free=300, taken=NONE) for name in ("A02", "A03")]
    offers = [offer(name, 150, "A02", "A03", rank=rank) for name, rank in zip("abcd", (1, 1, 2, 2), strict=True)]
    deal = assign(sheets, offers)
    assert [sheet.leads for sheet in deal.sheets] == [1, 1]


def test_two_stories_change_places_where_neither_could_move() -> None:
    # dealt out by rank and size alone, the page that only the small ones may have stays too full
    sheets = [Sheet(page="A02", free=300, taken=NONE), Sheet(page="A03", free=100, taken=NONE)]
    offers = [
        offer("long", 200, "A02", "A03", rank=2),
        offer("short", 100, "A02", "A03"),
        offer("brief", 100, "A02"),
    ]
    deal = assign(sheets, offers)
    assert deal.homes == {"long": "A02", "short": "A03", "brief": "A02"}


def test_what_fits_in_no_setting_is_dearer_than_any_unevenness() -> None:
    tight = Sheet(page="A02", free=100, taken=Area(101, 101, 101))
    empty = Sheet(page="A02", free=100, taken=Area(50, 60, 80))
    assert price(tight) - price(empty) > 0
    deal = assign(
        [Sheet(page="A02", free=100, taken=area(90)), Sheet(page="A03", free=1000, taken=area(990))],
        [offer("a", 60, "A02", "A03")],
    )
    assert deal.homes == {"a": "A03"}


PAGES = ("A01", "A02", "A03", "A04")


@given(
    rooms=st.lists(st.integers(0, 600), min_size=2, max_size=4),
    stories=st.lists(
        st.tuples(st.integers(10, 200), st.integers(1, 4), st.sets(st.integers(0, 3), min_size=1)), max_size=10
    ),
)
def test_every_story_stands_once_on_a_page_that_is_open_to_it(
    rooms: list[int], stories: list[tuple[int, int, set[int]]]
) -> None:
    sheets = [Sheet(page=page, free=room, taken=NONE) for page, room in zip(PAGES, rooms, strict=False)]
    offers = []
    for number, (usual, rank, may) in enumerate(stories):
        able = [sheets[place % len(sheets)].page for place in sorted(may)]
        offers.append(offer(f"s{number}", usual, *dict.fromkeys(able), rank=rank))
    deal = assign(sheets, offers)
    assert list(deal.homes) == [one.story for one in offers]
    for one in offers:
        assert deal.homes[one.story] in one.areas
    for sheet in deal.sheets:
        own = [one for one in offers if deal.homes[one.story] == sheet.page]
        assert sheet.taken.usual == sum(one.areas[sheet.page].usual for one in own)
        assert sheet.leads == sum(one.rank == 1 for one in own)
    # no single story can gain by moving
    total = sum(map(price, deal.sheets))
    table = {sheet.page: sheet for sheet in deal.sheets}
    for one in offers:
        for page in one.areas:
            homes = {**deal.homes, one.story: page}
            after = 0
            for sheet in table.values():
                own = [other for other in offers if homes[other.story] == sheet.page]
                taken = sum((other.areas[sheet.page] for other in own), NONE)
                leads = sum(other.rank == 1 for other in own)
                after += price(Sheet(page=sheet.page, free=sheet.free, taken=taken, leads=leads))
            assert after >= total
    assert assign(sheets, offers) == deal
