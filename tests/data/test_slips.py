"""Every slip of scale or currency, planted in every claim, is caught."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from tests.conftest import ROOT
from tests.data.conftest import edit, refused

from explainer.data import Code, mention_ids
from explainer.extract import Kind, Quantity

FACTORS = [Decimal(10) ** n for n in (-4, 1, 3)]
OTHER = {"USD": "KRW", "KRW": "USD", "CNY": "USD"}


def mentions(name: str) -> list[tuple[str, str]]:
    """Every mention of a file, as (id, value)."""
    text = (ROOT / "data" / "mentions" / name).read_text("utf-8")
    return re.findall(r'- id: "([^"]+)"(?:\n    .*)*?\n    value: "([^"]+)"', text)


CLAIMED = [(name, *found) for name in ("jaynestars.yml", "zhihu.yml") for found in mentions(name)]


def change(path: Path, mention: str, old: str, new: str) -> str:
    """Change one line of one mention; returns the file as it was."""
    text = path.read_text("utf-8")
    head, start, rest = text.partition(f'- id: "{mention}"')
    body, sep, tail = rest.partition("\n  - id:")
    assert body.count(old) == 1, (mention, old)
    path.write_text(head + start + body.replace(old, new) + sep + tail, "utf-8")
    return text


@pytest.mark.parametrize(("file", "mention", "value"), CLAIMED, ids=[c[1] for c in CLAIMED])
def test_a_slip_of_scale_or_currency_is_caught(
    data: Path, file: str, mention: str, value: str
) -> None:
    slips = [(f'value: "{value}"', f'value: "{Decimal(value) * f:f}"') for f in FACTORS]
    currency = mention[-3:].upper()
    if currency in OTHER:
        slips.append((f'currency: "{currency}"', f'currency: "{OTHER[currency]}"'))
    path = data / "mentions" / file
    for old, new in slips:
        whole = change(path, mention, old, new)
        assert any(mention in str(problem) for problem in refused(data)), (old, new)
        path.write_text(whole, "utf-8")


def test_a_slip_made_everywhere_at_once_still_breaks_the_rate(data: Path) -> None:
    """Phrase, value, id and claim all say 770亿: only the pair with the dollars gives it away."""
    name, end = "mentions/zhihu.yml", 'end: "{}"\n    exact: "{}"'
    edit(data, name, end.format(27, "7700 多亿韩元"), end.format(26, "770 多亿韩元"))
    edit(data, name, "770000000000", "77000000000")
    for file in (name, "figures/money.yml"):
        edit(data, file, "770bn", "77bn")
    problems = refused(data)
    # The history, which gives the value that was published, is the other witness.
    assert {problem.code for problem in problems} == {Code.SLIP, Code.NO_REVISION}
    assert any("published rates" in str(problem) for problem in problems)


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [
        (Quantity(Decimal(9_450_000_000), Kind.MONEY, currency="USD"), "p10-9450m-usd"),
        (Quantity(Decimal(20_000), Kind.COUNT, unit="jobs"), "p10-20k-jobs"),
        (Quantity(Decimal(2016), Kind.YEAR), "p10-2016"),
        (Quantity(Decimal("12.50"), Kind.PERCENT), "p10-12-5-percent"),
        (Quantity(Decimal(3), Kind.COUNT, value_max=Decimal(5)), "p10-3-to-5"),
        (None, "p10-unread"),
    ],
)
def test_an_id_spells_its_value(quantity: Quantity | None, expected: str) -> None:
    assert [*mention_ids([("p10", quantity)] * 2)] == [expected, f"{expected}-2"]
