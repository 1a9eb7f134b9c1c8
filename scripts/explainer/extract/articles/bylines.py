"""Words with which articles introduce themselves and end, one table for all languages."""

import re

CREDIT = re.compile(
    r"(?:source|sources|via|来源|來源|资料来源|資料來源)\s*[:：]\s*(?P<credit>.{1,80})", re.I
)
_NAME = r"[^\s,.:;]{1,40}(?: [A-Z][^\s,.:;]{0,30}){0,3}"
BYLINE = re.compile(
    rf"(?i:this article is written by|written by|by)\s+(?P<name>{_NAME})(?:\s+for\b.{{0,40}})?\.?"
    r"|(?P<answerer>\S{1,30})的(?:回答|回覆)"
    r"|(?:作者|文|记者|記者)\s*[:/｜|：]\s*(?P<author>\S{1,30})"
)
END = re.compile(
    r"(?:related (?:articles|posts|stories)|you may also like|comments?|leave a (?:comment|reply)"
    r"|comments are closed|share this|相关阅读|相關閱讀|延伸阅读|推荐阅读|评论|評論|网友评论)"
    r"\s*[:.：]?",
    re.I,
)
