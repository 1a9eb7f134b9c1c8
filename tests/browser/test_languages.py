"""Two languages as equals: the switch, bilingual pages, inline translations, suggestions, type."""

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import BOTH, DIRECTIONS, TAGS, enhance


def settled(page: Page) -> None:
    page.wait_for_load_state()
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


@DIRECTIONS
def test_the_switch_keeps_page_anchor_query_and_place(
    page: Page, base: str, pairs: list[str], here: str, there: str
) -> None:
    for path in pairs:
        page.goto(f"{base}{here}{path}?ref=a%20b#page-title")
        settled(page)
        block, top, scrolled = page.evaluate("probes.scrollToMiddle()")
        # The bar stays in reach; a click by its place, for Playwright would scroll to it first.
        box = page.locator(f".languages a[hreflang='{TAGS[there]}']").bounding_box()
        assert box is not None
        assert 0 <= box["y"] < 100
        page.mouse.click(box["x"] + 5, box["y"] + 5)
        expect(page).to_have_url(f"{base}{there}{path}?ref=a%20b#page-title")
        expect(page.locator("html")).to_have_attribute("lang", TAGS[there])
        settled(page)
        now, rest = page.evaluate("probes.topOf", block)
        assert abs(now - top) <= 2 or rest < 2, f"{there}{path}#{block}: at {now}, not {top}"
        page.go_back()
        expect(page).to_have_url(f"{base}{here}{path}?ref=a%20b#page-title")
        settled(page)
        assert abs(page.evaluate("scrollY") - scrolled) <= 2, f"{here}{path}: Back lost the place"
        page.locator(".languages a[data-switch='both']").click()
        expect(page).to_have_url(f"{base}both/{path}?ref=a%20b#page-title")
        page.locator(f".languages a[hreflang='{TAGS[there]}']").click()
        expect(page).to_have_url(f"{base}{there}{path}?ref=a%20b#page-title")


def test_both_languages_stand_beside_each_other_or_in_turn(
    page: Page, base: str, pairs: list[str]
) -> None:
    for path in pairs:
        for width, beside in ((1280, True), (375, False)):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(f"{base}both/{path}")
            boxes = page.evaluate("probes.sides()")
            assert boxes, path
            for english, chinese in boxes:
                assert (english[0], chinese[0]) == ("en", "zh-Hans")
                if beside:
                    assert english[1] < chinese[1], path
                    assert abs(english[2] - chinese[2]) < 2, path
                else:
                    assert english[1] == chinese[1], path
                    assert english[3] <= chinese[2] + 1, path


def test_bilingual_pages_and_switches_work_without_scripts_and_in_print(
    browser: Browser, base: str, pairs: list[str]
) -> None:
    plain = browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    for path in pairs:
        page.goto(f"{base}zh/{path}")
        page.locator(".languages a[hreflang='en']").click()
        expect(page).to_have_url(f"{base}{path}")
        page.emulate_media(media="print")
        page.goto(f"{base}both/{path}")
        sides = page.locator(".pair__one:visible")
        tags = sides.evaluate_all("all => all.map((e) => e.lang)")
        assert tags.count("en") == tags.count("zh-Hans") > 0
        expect(page.locator(".pages")).to_be_hidden()
        page.emulate_media(media="screen")
    plain.close()


@DIRECTIONS
def test_every_block_can_be_read_in_the_other_language(
    page: Page, base: str, pairs: list[str], here: str, there: str
) -> None:
    for path in pairs:
        page.goto(f"{base}both/{path}")
        translations = page.evaluate("probes.pairTexts()")
        page.goto(f"{base}{here}{path}")
        enhance(page)
        blocks = page.evaluate("probes.blocks()")
        expect(page.locator(".peek")).to_have_count(len(blocks))
        page.evaluate("document.querySelectorAll('.peek').forEach((button) => button.click())")
        expect(page.locator(".peeked:has(*)")).to_have_count(len(blocks))
        shown = page.evaluate("probes.translations()")
        assert [name for name, *_ in shown] == blocks, path
        for name, lang, text, ids in shown:
            assert (lang, ids) == (TAGS[there], 0)
            assert text == translations[f"zh-{name}" if there else name], f"{here}{path}#{name}"


def test_translations_open_by_keyboard_and_close_with_escape(page: Page, base: str) -> None:
    page.goto(f"{base}money/")
    enhance(page)
    button = page.locator("[aria-controls='peek-three-ways']")
    button.focus()
    page.keyboard.press("Enter")
    shown = page.locator("#peek-three-ways")
    expect(shown).to_contain_text("超过7700亿韩元")
    expect(button).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.peeked') !== null")
    page.keyboard.press("Escape")
    expect(shown).to_have_count(0)
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(button).to_have_accessible_name("This passage in Chinese")


@pytest.mark.parametrize(
    ("locale", "here", "words"),
    [
        ("zh-CN", "", "阅读本页的中文版"),
        ("en-GB", "zh/", "Read this page in English"),
        ("zh-CN", "zh/", ""),
        ("fr-FR", "", ""),
    ],
)
def test_the_other_language_is_suggested_once_to_those_who_read_it(
    browser: Browser, base: str, locale: str, here: str, words: str
) -> None:
    context = browser.new_context(locale=locale)
    page = context.new_page()
    page.goto(f"{base}{here}money/")
    note = page.locator("[data-suggest]")
    expect(note).to_be_hidden()
    enhance(page)
    if words:
        expect(note).to_contain_text(words)
        expect(page).to_have_url(f"{base}{here}money/")  # nobody is sent there
        note.get_by_role("button").click()
    else:
        expect(note).to_be_hidden()
        page.locator(".languages a[data-switch]:not([aria-current])").first.click()
        enhance(page)
    expect(note).to_be_hidden()
    other = context.new_page()
    other.goto(f"{base}{here}hit/")
    enhance(other)
    expect(other.locator("[data-suggest]")).to_be_hidden()
    context.close()


@BOTH
def test_a_mistyped_address_is_corrected(browser: Browser, base: str, prefix: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    for asked, wanted in (
        ("figures/job-created/", "figures/jobs-created/"),
        ("figures/korea-spend-five-year/", "figures/korea-spend-five-years/"),
        ("figures/created-jobs", "figures/jobs-created/"),
        ("squid-game-cost.html", "figures/squid-game-cost/"),
        ("monney/", "money/"),
    ):
        answer = page.goto(f"{base}{prefix}{asked}")
        assert answer is not None
        assert answer.status == 404
        first = page.locator(".near a").first
        expect(first).to_be_visible()
        assert first.get_attribute("href") == f"{base}{prefix}{wanted}"
        expect(page.locator("#near")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", TAGS[prefix])
    with page.expect_response("**/search.json"):
        page.goto(f"{base}{prefix}zzzzqqqq/")
    expect(page.locator("#near")).to_be_hidden()
    page.locator("main li a:visible").first.click()
    expect(page).to_have_url(f"{base}{prefix}")
    context.close()


def test_chinese_is_set_as_chinese(page: Page, base: str) -> None:
    page.goto(f"{base}zh/money/")
    text = page.evaluate("probes.typography", "main p#three-ways")
    assert text["family"].startswith('"PingFang SC"')
    assert text["line"] == pytest.approx(1.85, abs=0.01)
    assert text["autospace"] == "normal"
    assert text["trim"] == "trim-start"
    assert text["breaking"] == "strict"
    page.evaluate(
        "document.querySelector('#three-ways').insertAdjacentHTML('beforeend', '<em>重</em>')"
    )
    emphasis = page.evaluate("probes.typography", "#three-ways em")
    assert emphasis["style"] == "normal"
    assert "dot" in emphasis["emphasis"]
    page.goto(f"{base}both/money/")
    assert page.evaluate("probes.typography", ".pair__one[lang='zh-Hans'] p")["family"].startswith(
        '"PingFang SC"'
    )
    assert not page.evaluate("probes.typography", ".pair__one[lang='en'] p")["family"].startswith(
        '"PingFang SC"'
    )
