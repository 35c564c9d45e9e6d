"""A real Neovim with the configuration that the documentation gives: it shows what is found, and does what it is offered."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from assesslint.scheme.formatting import format_text
from assesslint.text.source import Source
from tests.programs import program

ROOT = Path(__file__).parent.parent.parent
CONFIGURATION = ROOT / "examples" / "editors" / "neovim" / "assesslint.lua"
SECONDS = 120

DRAFT = """方案 "清河县😀考核细则" {
  层级:   县
  指标 "应用推广" 10分 {
    评分: "😀“干部之家”APP激活率达到50%得满分"
  }
  豁免 "check-in" { 理由: "试点"  批准: "县减负办"  期限: 2099-12-31 }
}
"""

SCRIPT = """
local function ask(method, params)
  local answers = vim.lsp.buf_request_sync(0, method, params, 20000) or {}
  for _, answer in pairs(answers) do return answer.result end
end

local function at(line, column)
  return { textDocument = vim.lsp.util.make_text_document_params(), position = { line = line, character = column } }
end

local function codes()
  local found = {}
  for _, each in ipairs(vim.diagnostic.get(0)) do table.insert(found, { each.code, each.lnum, each.col, each.end_col }) end
  return found
end

local function wait(what)
  return vim.wait(30000, what, 20)
end

local function has(code)
  return vim.tbl_contains(vim.tbl_map(function(each) return each.code end, vim.diagnostic.get(0)), code)
end

local told = {}

local function run()
  vim.g.assesslint_command = { %(python)s, '-m', 'assesslint.cli.main', 'lsp' }
  dofile(%(configuration)s)
  vim.cmd('edit ' .. %(draft)s)
  told.shown = wait(function() return has('download-quota') end)
  told.diagnostics = codes()
  local hover = ask('textDocument/hover', at(3, 21))
  told.hover = hover and hover.contents.value

  local document = vim.lsp.util.make_text_document_params()
  local range = { start = { line = 5, character = 4 }, ['end'] = { line = 5, character = 10 } }
  local actions = ask('textDocument/codeAction', { textDocument = document, range = range, context = { diagnostics = {} } })
  told.action = actions and actions[1] and actions[1].title
  if told.action then
    vim.lsp.util.apply_workspace_edit(actions[1].edit, 'utf-16')
    told.mended = wait(function() return not has('waiver-unused') end)
  end

  local format = vim.lsp.buf.format or function() vim.lsp.buf.formatting_sync(nil, 20000) end
  format({ timeout_ms = 20000 })
  told.formatted = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\\n') .. '\\n'

  vim.cmd('%%s/激活率达到50/应急期间不得将激活率纳入考核，按期办结率达到90/')
  told.changed = wait(function() return not has('download-quota') end)
  told.text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\\n') .. '\\n'
end

local fine, fault = pcall(run)
told.fault = not fine and fault or vim.v.errmsg
local file = io.open(%(told)s, 'w')
file:write(vim.fn.json_encode(told))
file:close()
vim.cmd('qa!')
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return what Neovim saw, all in one run of it."""
    folder = tmp_path_factory.mktemp("neovim")
    draft, answer, script = folder / "草案😀.assess", folder / "told.json", folder / "script.lua"
    draft.write_text(DRAFT, encoding="utf-8")
    places = {"python": sys.executable, "configuration": CONFIGURATION, "draft": draft, "told": answer}
    script.write_text(SCRIPT % {name: json.dumps(str(place), ensure_ascii=False) for name, place in places.items()}, encoding="utf-8")
    command = [program("nvim"), "--headless", "--clean", "-n", "-c", f"luafile {script}"]
    run = subprocess.run(command, capture_output=True, timeout=SECONDS, cwd=ROOT, check=False)
    assert answer.is_file(), run.stderr.decode("utf-8", "replace")
    found: dict[str, Any] = json.loads(answer.read_text(encoding="utf-8"))
    return found


def test_it_shows_what_is_found_where_it_stands(told: dict[str, Any]) -> None:
    assert (told["fault"], told["shown"]) == ("", True)
    line = DRAFT.splitlines()[3]
    start, end = (len(line[: line.index(words)].encode()) for words in ("激活率", "得满分"))
    assert ["download-quota", 3, start, end] in told["diagnostics"]  # Neovim counts bytes itself


def test_it_shows_what_words_were_read_as(told: dict[str, Any]) -> None:
    assert "下载安装指标" in told["hover"] and "要求" in told["hover"]


def test_it_applies_a_fix(told: dict[str, Any]) -> None:
    assert told["action"] and told["mended"]
    assert "豁免" not in told["formatted"]


def test_it_formats(told: dict[str, Any]) -> None:
    assert told["formatted"] == format_text(Source("a.assess", told["formatted"])).text
    assert "  层级: 县\n" in told["formatted"]


def test_an_edit_is_judged_anew(told: dict[str, Any]) -> None:
    assert told["changed"]
    assert "😀“干部之家”APP应急期间" in told["text"]
