"""Search by word and by value, and the number lens, in a real browser."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from explainer.extract import Language

QUERIES = Path(__file__).parents[1] / "search"
ROOTS: dict[Language, str] = {"en": "", "zh": "zh/"}


def queries(language: Language) -> list[tuple[str, str]]:
    lines = (QUERIES / f"queries.{language}.txt").read_text("utf-8").splitlines()
    pairs = [line.rsplit(" | ", 1) for line in lines if line and not line.startswith("#")]
    return [(query, wanted) for query, wanted in pairs]


ASK = """async (query) => {
  const input = document.querySelector('#query')
  const results = document.querySelector('#results')
  delete results.dataset.query
  input.value = query
  input.form.requestSubmit()
  for (let turn = 0; turn < 2000 && results.dataset.query !== query; turn += 1)
    await new Promise((done) => setTimeout(done, 10))
  return [...results.querySelectorAll('a')].map((a) => a.href)
}"""


def search(page: Page, base: str, language: Language, *asked: str) -> list[list[str]]:
    """Ask for each query; gives the addresses found, all in the language that is searched."""
    root = f"{base}{ROOTS[language]}"
    page.goto(f"{root}search/")
    expect(page.locator("#query")).to_be_focused()
    found: list[list[str]] = [page.evaluate(ASK, query) for query in asked]
    for hit in (hit for hits in found for hit in hits):
        assert hit.startswith(root), hit
        assert language == "zh" or not hit.startswith(f"{base}zh/"), hit
    return [[hit.removeprefix(root) for hit in hits] for hits in found]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_query_has_its_first_hit(page: Page, base: str, language: Language) -> None:
    wanted = dict(queries(language))
    assert len(wanted) == len(queries(language)) >= 100
    found = dict(zip(wanted, search(page, base, language, *wanted), strict=True))
    assert {query: hits[0] if hits else "nothing" for query, hits in found.items()} == wanted


@pytest.mark.parametrize(
    ("language", "query", "heading", "told"),
    [
        ("en", "700", "Numbers that begin so", "Read as 700"),
        ("zh", "700", "以此开头的数", "读作700"),
        ("en", "hellbund", "Figures, names and pages", "Shown for “hellbound”"),
        ("zh", "两万", "数值相同", "读作2万"),
    ],
)
def test_a_search_says_how_it_reads_the_query(
    page: Page, base: str, language: Language, query: str, heading: str, told: str
) -> None:
    search(page, base, language, query)
    expect(page.locator("#results h2").first).to_have_text(heading)
    expect(page.locator("#said")).to_contain_text(told)


@pytest.mark.parametrize(
    ("language", "query", "marked"),
    [
        ("en", "sarandos", "Sarandos"),
        ("en", "700", "700"),
        ("en", "what", "what"),
        ("zh", "萨兰多斯", "萨兰多斯"),
        ("zh", "2万", "2万"),
        ("zh", "韩流", "韩流"),
        ("zh", "投資", "投资"),
    ],
)
def test_excerpts_show_the_words_of_the_query_as_the_page_has_them(
    page: Page, base: str, built: Path, language: Language, query: str, marked: str
) -> None:
    search(page, base, language, query)
    excerpts = page.locator(".results__excerpt").all_text_contents()
    marks = page.locator(".results__excerpt mark").all_text_contents()
    assert excerpts
    assert {mark.lower() for mark in marks} == {marked.lower()}
    for excerpt in excerpts:
        assert not re.search(r"[\u4e00-\u9fff]\.", excerpt), excerpt
        assert not re.search(r"(?<![\d.])2\.3万亿", excerpt) or query != "2万"
    if query in ("sarandos", "700"):
        assert all(re.search(rf"(?i)(?<![a-z0-9]){marked}(?![0-9])", one) for one in excerpts)
        assert not any("700million" in one or "Sarandosis" in one for one in excerpts)


def test_a_chinese_name_finds_every_page_that_has_it(page: Page, base: str, built: Path) -> None:
    (hits,) = search(page, base, "zh", "萨兰多斯")
    stories = ("why", "playbook", "method")
    having = [n for n in stories if "萨兰多斯" in (built / f"zh/{n}/index.html").read_text("utf-8")]
    assert having
    assert {f"{name}/" for name in having} <= {hit.partition("#")[0] for hit in hits}


def test_traditional_characters_find_what_simplified_ones_find(page: Page, base: str) -> None:
    traditional = search(page, base, "zh", "投資", "崗位", "經濟效益")
    assert traditional == search(page, base, "zh", "投资", "岗位", "经济效益")
    assert all(traditional)


def test_a_search_has_an_address_and_a_key(page: Page, base: str) -> None:
    page.goto(f"{base}zh/money/")
    page.keyboard.press("/")
    expect(page).to_have_url(f"{base}zh/search/")
    page.locator("#query").fill("94.5亿")
    expect(page.locator("#said")).to_contain_text("读作94.5亿")
    expect(page).to_have_url(re.compile(r"\?q=94\.5"))
    page.reload()
    expect(page.locator("#results a").first).to_have_text("94.5亿美元")
    page.locator(".languages a[hreflang='en']").click()
    expect(page.locator("#results a").first).to_have_text("$9.45 billion")
    page.locator("#query").fill("zzzzz")
    expect(page.locator("#said")).to_contain_text("Nothing found")


@pytest.mark.parametrize(
    ("root", "typed", "left"),
    [
        ("", "770 billion won", ["korea-spend-five-years"]),
        ("", "1.6万", ["jobs-created"]),
        ("zh/", "16,000", ["jobs-created"]),
        ("zh/", "$9.45 billion", ["economic-effect"]),
    ],
)
def test_a_number_pasted_into_the_index_leaves_its_figures(
    page: Page, base: str, root: str, typed: str, left: list[str]
) -> None:
    page.goto(f"{base}{root}figures/")
    page.locator("input[name='number']").fill(typed)
    shown = page.locator(".figure-list > li:visible")
    expect(shown).to_have_count(len(left))
    assert shown.evaluate_all("all => all.map(e => e.id)") == left
    page.reload()
    expect(shown).to_have_count(len(left))


PASSAGE = (
    "Netflix put nearly $700 million into Korea, made $9.45 billion, cost 30 million dollars, "
    "made 20,000 jobs and ¥5 of 1,23,456 dollars.\n"
    "另有报道称投资7700亿韩元，创造1.6万个岗位，涨幅3.14%。"
)
LENS = [
    ("nearly $700 million", "nearly $700 million", "近7亿美元", "same"),
    ("$9.45 billion", "$9.45 billion", "94.5亿美元", "same"),
    ("30 million dollars", "$30 million", "3000万美元", "differs"),
    ("20,000 jobs", "20,000 jobs", "2万个岗位", "same"),
    ("¥5", "", "", None),
    ("1,23,456 dollars", "", "", None),
    ("7700亿韩元", "770 billion won", "7700亿韩元", "hedge"),
    ("1.6万个岗位", "16,000 jobs", "1.6万个岗位", "hedge"),
    ("3.14%", "3.14%", "3.14%", None),
]


@pytest.mark.parametrize("root", ROOTS.values())
def test_the_lens_reads_rewrites_and_matches(page: Page, base: str, root: str) -> None:
    asked: list[str] = []
    page.goto(f"{base}{root}lens/")
    page.locator("#passage").fill(PASSAGE)
    page.on("request", lambda request: asked.append(request.method + (request.post_data or "")))
    page.get_by_role("button").filter(has_text=re.compile("Check|核对")).click()
    lines = page.locator(".lens-table tbody tr")
    expect(lines).to_have_count(len(LENS))
    for number, (printed, en, zh, verdict) in enumerate(LENS):
        cells = lines.nth(number).locator("th, td")
        for cell, text in enumerate((printed, *((zh, en) if root else (en, zh)))):
            expect(cells.nth(cell)).to_have_text(text)
        assert cells.nth(3).get_attribute("data-verdict") == verdict, printed
    assert set(asked) <= {"GET"}, "the lens sends nothing anywhere"
    assert PASSAGE not in page.url


def test_the_lens_tells_how_far_a_number_is_off(page: Page, base: str) -> None:
    page.goto(f"{base}lens/")
    go = page.get_by_role("button", name="Check the numbers")
    cell = page.locator(".lens-table td").last
    for text, told in (
        ("They spent $1.395 billion.", "×1.07 against $1.3 billion"),
        ("They spent $1.174 billion.", "1.11 times this is $1.3 billion"),
        ("They owe $1.3 quadrillion.", "not read: something that touches it could not be read"),
        ("It has 25 episodes.", "no match here"),
    ):
        page.locator("#passage").fill(text)
        go.click()
        expect(cell).to_contain_text(told)
    page.get_by_role("button", name="Use an example").click()
    expect(page.locator(".lens-table [data-verdict='same']").first).to_be_visible()


def test_the_lens_keeps_its_text_when_the_language_is_switched(page: Page, base: str) -> None:
    page.goto(f"{base}lens/")
    page.locator("#passage").fill("They spent $700 million.")
    page.locator(".languages a[hreflang^='zh']").click()
    expect(page).to_have_url(f"{base}zh/lens/")
    expect(page.locator("#passage")).to_have_value("They spent $700 million.")
    expect(page.locator(".lens-table tbody tr")).to_have_count(1)
