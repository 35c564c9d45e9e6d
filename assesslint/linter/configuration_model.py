"""The shapes of the configuration file and of the waiver file, as pydantic models: imported only when such a file is read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from assesslint.documents.limits import DEFAULT_LIMITS

Severity = Literal["error", "warning", "advice"]


def _kebab(name: str) -> str:
    return name.replace("_", "-")


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, alias_generator=_kebab, populate_by_name=False)


class LimitsTable(_Table):
    """What a draft may cost. 上限"""

    max_bytes: int = Field(DEFAULT_LIMITS.max_bytes, gt=0, description="Largest draft read, in bytes. 单个文件的最大字节数")
    max_unpacked_bytes: int = Field(
        DEFAULT_LIMITS.max_unpacked_bytes, gt=0, description="Most bytes a Word, Excel, OFD or PDF file unpacks to. 解压后的最大字节数"
    )
    max_xml_bytes: int = Field(
        DEFAULT_LIMITS.max_xml_bytes, gt=0, description="Largest XML part read as a whole, in bytes. 整体读取的单个 XML 部件的最大字节数"
    )
    max_characters: int = Field(DEFAULT_LIMITS.max_characters, gt=0, description="Most characters of text in one draft. 一个草案的最大字数")
    max_cells: int = Field(DEFAULT_LIMITS.max_cells, gt=0, description="Most cells of one workbook or table of a page. 最多读取的单元格数")
    max_pages: int = Field(DEFAULT_LIMITS.max_pages, gt=0, description="Most pages read from one file. 一个文件最多读取的页数")
    page_seconds: int = Field(
        DEFAULT_LIMITS.page_seconds, gt=0, description="Longest to find or read a PDF page, in seconds. 读一页的最长秒数"
    )
    conversion_seconds: int = Field(
        DEFAULT_LIMITS.conversion_seconds, gt=0, description="Longest LibreOffice may take for one file, in seconds. 转换一个文件的最长秒数"
    )


class Configuration(_Table):
    """Configuration of assesslint: assesslint.toml, or [tool.assesslint] in pyproject.toml. 检查配置"""

    select: list[str] = Field([], description="Rules or families to judge by; empty means all. 只用这些规则或类别")
    ignore: list[str] = Field([], description="Rules or families left out; every report says so. 不用这些规则或类别，报告会写明")
    fail_on: Severity = Field("error", description="Mildest severity that fails a run. 从哪一级起算不通过")
    severity: dict[str, Severity] = Field({}, description="Severity by rule; every report says what was lowered. 改变规则的严重程度")
    severity_by_path: dict[str, dict[str, Severity]] = Field(
        {}, description="Severity by rule, for the drafts that a pattern of paths names. 对某些文件改变规则的严重程度"
    )
    as_of: date | None = Field(None, description="Day to judge by; default today. 按哪一天有效的规定检查")
    lang: Literal["zh", "en"] = Field("zh", description="Language of the report. 报告语言")
    parameters: dict[str, dict[str, Decimal]] = Field({}, description="Bounds by rule, moved to be stricter only. 只许收紧的参数")
    exclude: list[str] = Field([], description="Patterns of files and folders passed over in folders. 文件夹中不检查的文件")
    waivers: str | None = Field(None, description="File of waivers, beside this one. 豁免文件")
    inline_waivers: bool = Field(True, description="Let drafts in the scheme language declare waivers. 方案里写的豁免是否采用")
    baseline: str | None = Field(None, description="File of findings known before, beside this one. 存量清单文件")
    ratchet: bool = Field(False, description="Compare with the baseline by counts, which may only fall. 按数目比对，只减不增")
    rules: str | None = Field(None, description="Folder of rules instead of the central pack. 规则文件夹")
    require_signed: bool = Field(False, description="Use rules only from a pack signed by somebody trusted. 只用签名可信的规则包")
    preview: bool = Field(False, description="Let rules in preview judge too; every report says so. 试行规则也参与检查，报告会写明")
    limits: LimitsTable = Field(default_factory=lambda: LimitsTable.model_validate({}), description="Limits on inputs. 上限")


class WaiverEntry(_Table):
    """One waiver: an objection of one rule to one indicator, excused by somebody until a day. 一项豁免"""

    rule: str
    fingerprint: str
    reason: str
    approver: str
    until: date
    scheme: str = ""
    indicator: str = ""

    @field_validator("rule", "fingerprint", "reason", "approver")
    @classmethod
    def _said(cls, value: str) -> str:
        if not value.strip():
            raise ValueError("不能为空", "must not be empty")
        return value.strip()


class WaiverFile(_Table):
    """A file of waivers. 豁免文件"""

    waiver: list[WaiverEntry] = Field([], description="The waivers. 豁免")
