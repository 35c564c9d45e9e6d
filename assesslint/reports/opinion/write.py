"""An opinion → its sheets as a file, by the writer of the kind of file, and what the sheet on a draft is called."""

from __future__ import annotations

from pathlib import PurePath

from assesslint.linter.errors import RunError
from assesslint.reports.opinion.content import Opinion

SHEET = {"zh": "审核意见", "en": "opinion"}
"""What is put behind a draft's name to name its sheet."""


def sheet_name(draft: PurePath, lang: str) -> PurePath:
    """Return the name of the sheet on a draft: `细则.xls` → `细则.xls.审核意见.docx`, so that no two drafts share one."""
    return PurePath(f"{draft}.{SHEET[lang]}.docx")


def render(opinion: Opinion, suffix: str = ".docx", *, summary_only: bool = False) -> bytes:
    """Return the sheets as a file of this kind. Raises RunError when what its writer needs is not installed."""
    try:
        if suffix == ".xlsx":
            from assesslint.reports.opinion.excel import excel_file

            return excel_file(opinion)
        from assesslint.reports.opinion.word import word_file

        return word_file(opinion, summary_only=summary_only)
    except ModuleNotFoundError as error:
        zh = f"写 {suffix} 需要另外安装组件（缺少 {error.name}），请运行 pip install 'assesslint[office]'"
        raise RunError(zh, f"Writing {suffix} needs {error.name}; run pip install 'assesslint[office]'") from error
