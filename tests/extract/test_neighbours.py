"""A number is read whole or not at all, whatever stands beside it."""

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.extract.phrases import table

from explainer.extract import Language, find

READ: dict[Language, list[str]] = {
    language: [phrase.text for phrase in table(language) if phrase.reads]
    for language in ("en", "zh")
}
PIECES: dict[Language, list[str]] = {
    "en": (
        "3 12 0.5 1,000 ½ million billion quadrillion hundred dozen half point five and or to"
        " - – . , ' / % $ € ¥ £ US$ MX$ KRW won dollars m bn k x km mm a the of about nearly people"
        " years jobs times 万 亿 点 ( ) ; more plus"
    ).split(),
    "zh": (
        "3 12 0.5 1,000 ½ 三 十 百 千 万 亿 兆 点 半 零 两 几 数 多 余 个 成 倍 分之 百分之 第 负 - ～ 、 ，"
        " 。 · % $ ¥ US$ MX$ 元 美元 韩元 角 年 月 天 人 名 家 次 约 近 超过 以上 左右 m bn million km 和 的 了"
    ).split(),
}


def check(language: Language, before: str, phrase: str, after: str) -> None:
    text = before + phrase + after
    start, end = len(before), len(before) + len(phrase)
    for reading in find(text, language):
        if reading.quantity is None or reading.end <= start or reading.start >= end:
            continue
        assert reading.start <= start and reading.end >= end, (text, reading)


@settings(max_examples=4000)
@given(st.data())
def test_a_phrase_between_neighbours_is_whole_or_refused(data: st.DataObject) -> None:
    language: Language = data.draw(st.sampled_from(["en", "zh"]))
    phrase = data.draw(st.sampled_from(READ[language]))
    gap = st.sampled_from(["", " "])
    side = st.lists(st.sampled_from(PIECES[language]), max_size=3)
    before = "".join(piece + data.draw(gap) for piece in data.draw(side))
    after = "".join(data.draw(gap) + piece for piece in data.draw(side))
    check(language, before, phrase, after)
