"""Without a file at hand: the tour by keyboard, and the practice file through the wizard."""

from playwright.sync_api import expect

from pages.shared import keys
from pages.shared.texts import en as texts
from tests.browser import driving


def test_the_tour_is_walked_by_keyboard_and_left_by_escape(page):
    driving.open_page(page)
    driving.keyed(page, keys.TOUR).locator("button").focus()
    page.keyboard.press("Enter")
    card = driving.keyed(page, "tour_card")
    expect(card).to_contain_text(texts.TOUR_CARDS["upload"][0])
    expect(card.locator("[aria-current=step]")).to_have_count(1)
    driving.keyed(page, keys.TOUR_NEXT).locator("button").focus()
    page.keyboard.press("Enter")
    expect(card).to_contain_text(texts.TOUR_CARDS["map"][0])
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    driving.expect_step(page, "upload")


def test_the_practice_file_goes_from_the_tour_to_the_review(page):
    driving.open_page(page)
    driving.press(page, keys.TOUR)
    for step in ("map", "review", "import", "report"):
        driving.press(page, keys.TOUR_NEXT)
        expect(driving.keyed(page, "tour_card")).to_contain_text(texts.TOUR_CARDS[step][0])
    driving.press(page, keys.TOUR_TRY)
    driving.expect_step(page, "map")
    driving.press(page, keys.MAP_NEXT)
    driving.expect_step(page, "review")
