"""The data some years on: a number changed, figures and a chart moved, gave way or went."""

from pathlib import Path

RETIRED = """\
  - sort: "figure"
    id: "old-figure"
    date: "2026-12-01"
    label: {en: "Jobs in studios", zh: "摄影棚岗位"}
    reason: {en: "It was counted <b>twice</b>.", zh: "重复计入。"}
  - sort: "figure"
    id: "moved-figure"
    date: "2026-12-02"
    label: {en: "Jobs", zh: "岗位"}
    moved_to: "jobs-created"
  - sort: "figure"
    id: "split-figure"
    date: "2026-12-03"
    label: {en: "Jobs <b onclick=x>and</b> money", zh: "岗位<b onclick=x>与</b>金额"}
    reason: {en: "It asked two questions. </p><script>x()</script>", zh: "一次问了两个问题。"}
    superseded_by: "jobs-created"
  - sort: "chart"
    id: "old-chart"
    date: "2026-12-01"
    label: {en: "An old chart", zh: "旧图"}
    moved_to: "dollar-amounts"
"""
LOCKED = """figure old-figure count
claim old-figure/answer chinese-answer jobs
figure moved-figure count
claim moved-figure/english english-article jobs
derivation old-ratio moved-figure
figure split-figure count
chart old-chart bars
"""
HISTORY = """\
  - {date: "2026-11-24", about: "old-figure", action: "added", new: "single-source"}
  - {date: "2026-11-24", about: "old-figure/answer", action: "added", new: "exact 30000 jobs"}
  - {date: "2026-12-24", about: "jobs-created/english", action: "value", old: "more than 15,000 jobs", new: "more than 16,000 jobs", reason: {en: "A digit was misread.", zh: "看错了一位数。"}}
"""


def grow_old(data: Path) -> None:
    """Let figures and a chart leave a copy of the data folder."""
    added = {"retired.yml": RETIRED, "ids.lock": LOCKED, "revisions.yml": HISTORY}
    for name, text in added.items():
        with (data / name).open("a", encoding="utf-8") as file:
            file.write(text)
