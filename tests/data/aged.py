"""The data some years on: figures, claims and sources have moved, given way or been withdrawn."""

from pathlib import Path

RETIRED = """# yaml-language-server: $schema=schema/retired.json
retired:
  - sort: "figure"
    id: "old-figure"
    date: "2026-12-01"
    label: {en: "Jobs in studios", zh: "摄影棚岗位"}
    kind: "count"
    reason: {en: "It was counted twice.", zh: "重复计入。"}
  - sort: "figure"
    id: "moved-figure"
    date: "2026-12-02"
    label: {en: "Jobs", zh: "岗位"}
    kind: "count"
    moved_to: "jobs-created"
  - sort: "figure"
    id: "split-figure"
    date: "2026-12-03"
    label: {en: "Jobs <b onclick=x>and</b> money", zh: "岗位<b onclick=x>与</b>金额"}
    kind: "count"
    reason: {en: "It asked two questions. </p><script>x()</script>", zh: "一次问了两个问题。"}
    superseded_by: "jobs-created"
  - sort: "claim"
    id: "jobs-created/guess"
    date: "2026-12-01"
    label: {en: "A guess", zh: "一种猜测"}
    moved_to: "jobs-created/answer"
  - sort: "claim"
    id: "moved-figure/effect"
    date: "2026-12-02"
    label: {en: "The effect", zh: "效益"}
    moved_to: "economic-effect/english"
  - sort: "derivation"
    id: "old-ratio"
    date: "2026-12-01"
    label: {en: "An old ratio", zh: "旧比值"}
    figure: "jobs-created"
    reason: {en: "Nobody used it.", zh: "没有用处。"}
  - sort: "chart"
    id: "old-chart"
    date: "2026-12-01"
    label: {en: "An old chart", zh: "旧图"}
    moved_to: "dollar-amounts"
  - sort: "report"
    id: "reuters-2020-10/members"
    date: "2026-12-01"
    label: {en: "A count of members", zh: "会员数"}
    reason: {en: "It was not about this.", zh: "与此无关。"}
  - sort: "rate"
    id: "krw-per-usd-mean"
    date: "2026-12-01"
    label: {en: "A rate of its own", zh: "另一种汇率"}
    moved_to: "krw-per-usd-2021"
"""
LOCKED = """figure old-figure count
claim old-figure/answer chinese-answer jobs
figure moved-figure count
claim moved-figure/english english-article jobs
claim moved-figure/effect english-article jobs
figure split-figure count
claim jobs-created/guess chinese-answer jobs
derivation old-ratio jobs-created
chart old-chart bars
report reuters-2020-10/members KRW
rate krw-per-usd-mean USD KRW 2021
"""
HISTORY = """
  - {date: "2026-11-24", about: "old-figure", action: "added", new: "single-source"}
  - {date: "2026-11-24", about: "old-figure/answer", action: "added", new: "exact 30000 jobs"}
  - {date: "2026-11-25", about: "old-figure/answer", action: "value", old: "exact 30000 jobs", new: "exact 20000 jobs", reason: {en: "Misread.", zh: "看错了。"}}
  - {date: "2026-11-25", about: "moved-figure", action: "added", new: "agree"}
  - {date: "2026-11-25", about: "moved-figure/english", action: "added", new: "more_than 16000 jobs"}
  - {date: "2026-11-25", about: "moved-figure/effect", action: "added", new: "about 5 jobs"}
  - {date: "2026-11-25", about: "split-figure", action: "added", new: "agree"}
  - {date: "2026-11-25", about: "jobs-created/guess", action: "added", new: "exact 1 jobs"}
"""


def grow_old(data: Path) -> None:
    """Let ids of every sort leave a copy of the data folder."""
    (data / "retired.yml").write_text(RETIRED, "utf-8")
    for name, text in (("ids.lock", LOCKED), ("revisions.yml", HISTORY.lstrip("\n"))):
        with (data / name).open("a", encoding="utf-8") as file:
            file.write(text)
