"""Dates, years and ranks in Chinese; and days, times, scores and ages, which are passed over."""

import re
from decimal import Decimal

from explainer.extract.phrase import date_quantity, read
from explainer.extract.quantity import Bound, Kind, Match, Quantity
from explainer.extract.zh import lexicon
from explainer.extract.zh.numbers import number_at, run_end

_DATE = re.compile(r"([12][0-9]{3})年([0-9]{1,2})月(?:([0-9]{1,2})[日号])?")
_ISO_DATE = re.compile(r"([12][0-9]{3})-([01][0-9])-([0-3][0-9])(?![0-9-])")
_DAY_ONLY = re.compile(
    r"[0-9一二三四五六七八九十]{1,3}"
    r"(?:月(?:[0-9一二三四五六七八九十]{1,3}[日号])?|[日号](?![元圆币])|点(?![零一二三四五六七八九])"
    r"|时|楼|层|岁|周岁|号线|后(?!续)|届|版|比)"
)
_CLOCK = re.compile(
    r"[0-9]{1,2}[:：][0-9]{1,2}(?:[:：][0-9]{1,2})?|[0-9]+(?:[-/.][0-9]+){2,}"
    r"|(?:[0-9]+分)?[0-9]+秒[0-9]+|[0-9]米[0-9]{1,2}(?![0-9])|[0-9]+[:：/][0-9]+|[0-9]{3,4}-[0-9]{4,8}(?![0-9])"
)
_YEARS = re.compile(r"([12][0-9]{3})年?[-–~至到]([12][0-9]{3})年")
_YEAR = re.compile(r"([12][0-9]{3})年(?!代)(?:度|初|底|末|中|间)?")
_SPELLED_YEAR = re.compile(r"([一二][〇零一二三四五六七八九]{3})年(?!代)")
_FOLD = re.compile(r"翻了?([一两二三])番")
_RANK_PREFIX = re.compile(r"(?:排名|位列|位居|名列|排在|排)\Z")
_RANK_AHEAD = re.compile(
    r"(?:排名|位列|位居|名列|排在|居|列|登上|夺得|蝉联|重回|升至|跌至|全球|世界|全国|行业|总分)\Z"
)


def date_at(text: str, at: int) -> tuple[Match | None, int] | None:
    """Dates and years; days without a year, clock times and scores are passed over."""
    dated = _DATE.match(text, at) or _ISO_DATE.match(text, at)
    if dated is not None:
        day = int(dated[3]) if dated[3] else None
        quantity = date_quantity(int(dated[1]), int(dated[2]), day)
        return (read(text, dated.span(), quantity) if quantity else None), dated.end()
    if years := _YEARS.match(text, at):
        low, high = Decimal(years[1]), Decimal(years[2])
        if 1800 <= low < high <= 2099:
            return read(
                text, years.span(), Quantity(low, Kind.YEAR, Bound.RANGE, high)
            ), years.end()
    if year := _YEAR.match(text, at):
        if 1800 <= int(year[1]) <= 2099:
            end = year.start() + 5
            return read(text, (at, end), Quantity(Decimal(year[1]), Kind.YEAR)), year.end()
    elif spelled := _SPELLED_YEAR.match(text, at):
        figure = Decimal("".join(str(lexicon.DIGITS[character]) for character in spelled[1]))
        if 1800 <= figure <= 2099:
            return read(text, spelled.span(), Quantity(figure, Kind.YEAR)), spelled.end()
    if clock := _CLOCK.match(text, at):
        return None, max(clock.end(), run_end(text, at))
    if undated := _DAY_ONLY.match(text, at):
        return None, undated.end()
    return None


def rank_at(text: str, at: int) -> tuple[Match | None, int]:
    """第三名, 第12位, and 第一 where the words before speak of a rank."""
    number = number_at(text, at)
    if number is None or number.power or number.refusal:
        return None, run_end(text, at)
    ahead = _RANK_AHEAD.search(text, max(0, at - 9), at - 1)
    named = text[number.end : number.end + 1] in ("名", "位") and text[number.end :][:1]
    whole = at == 1 and number.end == len(text)
    if not (named or ahead or whole):
        return None, number.end + 1
    end = number.end + (1 if named else 0)
    prefix = _RANK_PREFIX.search(text, max(0, at - 4), at - 1)
    return read(
        text, (prefix.start() if prefix else at - 1, end), Quantity(number.value, Kind.RANK)
    ), end


def fold_at(text: str, at: int) -> tuple[Match | None, int] | None:
    """翻一番 is twice, 翻两番 four times."""
    found = _FOLD.match(text, at)
    if found is None:
        return None
    value = Decimal(2 ** lexicon.DIGITS[found[1]])
    return read(text, found.span(), Quantity(value, Kind.MULTIPLE)), found.end()
