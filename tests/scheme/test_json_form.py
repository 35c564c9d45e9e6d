"""The JSON form: what it looks like, that its schema is a schema and fits it, and where its texts stand."""

from __future__ import annotations

import json

from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator

from assesslint.scheme.json_form import scheme_schema, scheme_to_json, schemes_from_json
from assesslint.scheme.model import Scheme
from assesslint.scheme.parse import parse_schemes
from assesslint.text.source import Source, Span
from tests.strategies import schemes

DRAFT = """\
方案 "清河县考核细则" {
  层级: 县
  对象: 乡镇, 村社区
  周期: 2026-01-01 至 2026-12-31
  总分: 100
  征求意见: 2025-12-05 至 2025-12-20, "23个乡镇"
  应用 "干部之家" { 主办: "省委组织部"  功能: 预约  强制: 是 }
  数据 "人口台账" { 频次: 每周  填报: 村社区 }
  类别 "数字政务" 10.5分 {
    指标 "应用推广" 10% {
      度量: 激活率("干部之家", 户籍人口) >= 50%
      评分: "达标得满分"
      佐证: 截图
      频次: 每周3次
      报送: "台账", "简报"
      目标分解: 省 40%, 市 30分钟
      备注 "考核方式": "线上"
    }
  }
}
"""

FORM = {
    "name": "清河县考核细则",
    "level": "county",
    "audience": ["township", "village"],
    "period": {"start": "2026-01-01", "end": "2026-12-31"},
    "total": 100,
    "consultation": {"start": "2025-12-05", "end": "2025-12-20", "consulted": "23个乡镇"},
    "apps": [{"name": "干部之家", "kind": "app", "operator": "省委组织部", "functions": ["appointment"], "compulsory": True}],
    "data_items": [{"name": "人口台账", "frequency": {"every": 7}, "filled_by": ["village"]}],
    "items": [
        {
            "kind": "group",
            "name": "数字政务",
            "points": 10.5,
            "points_unit": "points",
            "items": [
                {
                    "kind": "scored",
                    "name": "应用推广",
                    "points": 10,
                    "points_unit": "percent",
                    "fields": [
                        {
                            "field": "measure",
                            "measure": {
                                "action": "activate",
                                "measure": "rate",
                                "object_name": "干部之家",
                                "of": "registered_population",
                                "operator": "at_least",
                                "target": {"value": 50, "unit": "percent"},
                            },
                        },
                        {"field": "scoring", "text": "达标得满分"},
                        {"field": "evidence", "terms": ["screenshot"]},
                        {"field": "frequency", "every": "2.333333333333333333333333333"},
                        {"field": "reporting", "names": ["台账", "简报"]},
                        {
                            "field": "escalation",
                            "levels": [
                                {"level": "province", "target": {"value": 40, "unit": "percent"}},
                                {"level": "city", "target": {"value": 30, "unit": "分钟"}},
                            ],
                        },
                        {"field": "remarks", "label": "考核方式", "text": "线上"},
                    ],
                }
            ],
        }
    ],
}


def test_the_form_of_a_scheme() -> None:
    (scheme,) = parse_schemes(Source("a.assess", DRAFT)).schemes
    assert scheme_to_json(scheme) == FORM
    assert schemes_from_json(Source("a.json", json.dumps(FORM))).schemes == (scheme,)


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(scheme_schema())
    assert all("title" in field for field in scheme_schema()["$defs"]["scheme"]["properties"].values() if "items" not in field)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(schemes)
def test_the_schema_fits_the_form(scheme: Scheme) -> None:
    validator = Draft202012Validator(scheme_schema())
    validator.validate(scheme_to_json(scheme))
    validator.validate([scheme_to_json(scheme)])


def test_texts_know_their_places() -> None:
    text = r'{"name": "甲", "basis": "一\"二\n三\/四", "audience": ["township"]}'
    (scheme,) = schemes_from_json(Source("a.json", text)).schemes
    assert scheme.name.span == Span(text.index("甲"), text.index("甲") + 1)
    assert scheme.basis is not None
    assert scheme.basis.text == '一"二\n三/四'
    for character in "一二三四":
        (span,) = scheme.basis.spans(scheme.basis.text.index(character), scheme.basis.text.index(character) + 1)
        assert text[span.start : span.end] == character
    assert text[scheme.audience[0].span.start : scheme.audience[0].span.end] == '"township"'


def test_a_fault_says_where_it_is() -> None:
    text = '[{"name": "甲"},\n {"name": "乙", "items": [{"kind": "scored", "name": "丙", "fields": [{"field": "evidense", "text": ""}]}]}]'
    (finding,) = schemes_from_json(Source("a.json", text), "en").findings
    assert finding.message == "/1/items/0/fields/0/field cannot be “evidense”; did you mean “evidence”?"
    assert finding.excerpt == '"evidense"'
    assert finding.location.start is not None
    assert finding.location.start.line == 2


def test_many_faults_are_counted() -> None:
    text = json.dumps({"name": "甲", "items": [{"kind": "scored", "name": 1}] * 200})
    findings = schemes_from_json(Source("a.json", text)).findings
    assert len(findings) == 51
    assert findings[-1].message == "另有150处错误，没有逐一说明；先改正上面的"
