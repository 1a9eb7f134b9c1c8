"""Every slip of scale or currency, planted in every claim, is caught; clean data raises none."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from explainer.data import Code, DataErrors, load
from explainer.data.slips import mention_id
from explainer.extract import Kind, Quantity

ROOT = Path(__file__).parents[2]
FACTORS = [Decimal(10) ** n for n in (-4, -3, -1, 1, 3, 4)]
OTHER = {"USD": "KRW", "KRW": "USD", "CNY": "USD"}


def mentions(name: str) -> list[tuple[str, str]]:
    """Every mention of a file, as (id, value)."""
    text = (ROOT / "data" / "mentions" / name).read_text("utf-8")
    return re.findall(r'- id: "([^"]+)"(?:\n    .*)*?\n    value: "([^"]+)"', text)


CLAIMED = [(name, *found) for name in ("jaynestars.yml", "zhihu.yml") for found in mentions(name)]


def edit(path: Path, mention: str, old: str, new: str) -> None:
    """Change one line of one mention."""
    text = path.read_text("utf-8")
    head, start, rest = text.partition(f'- id: "{mention}"')
    assert start
    body, sep, tail = rest.partition("\n  - id:")
    assert body.count(old) == 1, (mention, old)
    path.write_text(head + start + body.replace(old, new) + sep + tail, "utf-8")


def test_there_are_claims_to_slip_in() -> None:
    assert len(CLAIMED) == 18


@pytest.mark.parametrize("factor", FACTORS, ids=[f"{factor:f}" for factor in FACTORS])
@pytest.mark.parametrize(("file", "mention", "value"), CLAIMED, ids=[c[1] for c in CLAIMED])
def test_a_slip_of_scale_is_caught(
    data: Path, file: str, mention: str, value: str, factor: Decimal
) -> None:
    slipped = f"{(Decimal(value) * factor).normalize():f}"
    edit(data / "mentions" / file, mention, f'value: "{value}"', f'value: "{slipped}"')
    with pytest.raises(DataErrors, match=mention):
        load(data)


@pytest.mark.parametrize(
    ("file", "mention", "value"),
    [c for c in CLAIMED if c[1][-3:].upper() in OTHER],
    ids=[c[1] for c in CLAIMED if c[1][-3:].upper() in OTHER],
)
def test_a_slip_of_currency_is_caught(data: Path, file: str, mention: str, value: str) -> None:
    currency = mention[-3:].upper()
    edit(
        data / "mentions" / file,
        mention,
        f'currency: "{currency}"',
        f'currency: "{OTHER[currency]}"',
    )
    with pytest.raises(DataErrors, match=mention):
        load(data)


def test_a_slip_made_everywhere_at_once_still_breaks_the_rate(data: Path) -> None:
    """Phrase, value, id and claim all say 770亿: only the pair with the dollars gives it away."""
    path = data / "mentions" / "zhihu.yml"
    text = path.read_text("utf-8")
    for old, new in (("7700 多亿", "770 多亿"), ("770000000000", "77000000000"), ("770bn", "77bn")):
        assert old in text
        text = text.replace(old, new)
    text = re.sub(
        r'(start: "(\d+)"\n    end: ")\d+("\n    exact: "770 多亿韩元")',
        lambda m: f"{m[1]}{int(m[2]) + len('770 多亿韩元')}{m[3]}",
        text,
    )
    path.write_text(text, "utf-8")
    figures = data / "figures" / "money.yml"
    figures.write_text(figures.read_text("utf-8").replace("770bn", "77bn"), "utf-8")
    with pytest.raises(DataErrors) as caught:
        load(data)
    # The history, which tells the value that was published, is the other witness.
    assert {problem.code for problem in caught.value.problems} == {Code.SLIP, Code.NO_REVISION}
    assert "published rates" in str(caught.value)


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
    assert mention_id("p10", quantity, 1) == expected
    assert mention_id("p10", quantity, 2) == f"{expected}-2"
