"""The web page in Chromium, as people use it: with a mouse, with the keyboard alone, on a phone, without script; clean by axe-core."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser import NAMES
from tests.office import converted
from tests.programs import program
from tests.web.conftest import EXAMPLES

WORD = EXAMPLES / "17-word-draft.docx"
EXCEL = EXAMPLES / "18-excel-draft.xlsx"
TEXT = EXAMPLES / "02-ninety-percent-daily-activity.txt"
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
SECONDS = 120


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program(*NAMES), args=["--no-sandbox"])
        yield started
        started.close()


class Visit:
    """A visit to the server. `asked` gathers the addresses that the page asks for, `said` what it writes to the console."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        context.set_default_timeout(SECONDS * 1000)
        self.page: Page = context.new_page()
        self.address = address
        self.asked: list[str] = []
        self.said: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: self.said.append(dialog.message))

    def open(self, path: str = "/") -> Page:
        self.page.goto(self.address + path)
        return self.page

    def check(self, *files: Path) -> Page:
        page = self.open()
        page.set_input_files("input[type=file]", list(files))
        page.click("form.check button.main")
        page.locator("#batch tbody tr button" if len(files) > 1 else "#result h1").nth(len(files) - 1).wait_for()
        return page


@pytest.fixture
def visit(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    options = {"viewport": DESKTOP, **getattr(request, "param", {})}
    context = browser.new_context(locale="zh-CN", accept_downloads=True, **options)
    made = Visit(context, address)
    yield made
    context.close()
    assert made.said == []
    assert all(url.startswith((address, "blob:", "data:")) for url in made.asked)


def saved(page: Page, button: str) -> tuple[str, bytes]:
    with page.expect_download() as download:
        page.locator(".downloads").get_by_role("button", name=button, exact=True).click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def test_a_word_file_is_checked_its_marks_lead_to_reasons_and_the_annotated_file_opens(visit: Visit, tmp_path: Path) -> None:
    page = visit.check(WORD)
    assert page.locator(".paper mark").count() >= 14
    mark = page.locator("#mark-7")
    assert mark.get_attribute("aria-label") == "意见 7"
    mark.click()
    card = page.locator("#finding-7")
    assert card.is_visible()
    assert "后台截图" in card.inner_text()
    assert "依据" in page.locator("#finding-1").inner_text()
    card.get_by_role("link", name="看原文").click()
    assert page.evaluate("document.querySelector('#mark-7').matches(':target')")
    name, data = saved(page, "带批注的文件")
    assert name == "17-word-draft-批注.docx"
    assert len(list(docx.Document(io.BytesIO(data)).comments)) >= 13
    assert converted(tmp_path, "a.docx", data, "pdf").startswith(b"%PDF")
    assert docx.Document(io.BytesIO(saved(page, "带批注和修订的 Word 文件")[1])).element.xpath("//w:del")
    assert docx.Document(io.BytesIO(saved(page, "审核意见表")[1])).tables
    assert b"Content-Security-Policy" in saved(page, "检查报告（网页）")[1]
    page.get_by_role("button", name="检查别的草案").click()
    assert page.locator("form.check").is_visible()


def test_several_files_are_checked_with_progress_and_shown_one_by_one(visit: Visit) -> None:
    page = visit.check(WORD, EXCEL, TEXT)
    page.get_by_text("3 / 3 份已检查").wait_for()
    assert page.locator("#batch tbody tr").all_inner_texts()[2].split("\t")[2:5] == ["1", "0", "0"]
    page.get_by_role("button", name=f"查看 {EXCEL.name}").click()
    assert page.locator("#result mark").first.is_visible()
    page.get_by_role("button", name="回到各份草案").click()
    assert page.locator("#batch").is_visible()


def test_a_proposal_is_taken_and_the_text_checked_in_place(visit: Visit) -> None:
    page = visit.check(TEXT)
    page.get_by_role("button", name="照此修改").click()
    page.get_by_text("建议通过：没有发现错误和警告").wait_for()
    text = page.get_by_role("textbox", name="草案文字")
    text.fill(text.input_value().replace("家长留言24小时内答复的比例达到95%", "家长注册率达到95%"))
    page.get_by_role("button", name="重新检查").click()
    page.locator(".paper mark", has_text="注册率达到95%").wait_for()
    assert "审核意见" in saved(page, "审核意见表")[0]
    page.go_back()
    assert page.locator("form.check").is_visible()


def test_the_keyboard_alone_is_enough(visit: Visit) -> None:
    page = visit.open()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    for _ in range(2):  # past the choice of a file
        page.keyboard.press("Tab")
    page.keyboard.insert_text("考核细则\n\n一、推广（20分）\n评分标准：下载量达到5000次得满分。\n佐证材料：截图\n")
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("#result h1").wait_for()
    assert page.evaluate("document.activeElement === document.querySelector('#result h1')")


def test_a_secret_file_is_refused_in_words(visit: Visit, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("秘密★1年\n考核细则\n", encoding="utf-8")
    page = visit.check(tmp_path / "a.txt")
    assert "严禁上传涉密文件" in page.locator("#result .refused").inner_text()
    visit.said.clear()  # the browser itself writes down that the answer was 422


def test_script_in_a_draft_does_not_run(visit: Visit, tmp_path: Path) -> None:
    bad = "<script>alert(1)</script><img src=x onerror=alert(2)></textarea><svg onload=alert(3)>"
    (tmp_path / "a.txt").write_text(f"{bad}考核细则\n\n一、{bad}（20分）\n评分标准：下载量达到5000次{bad}得满分。\n", encoding="utf-8")
    page = visit.check(tmp_path / "a.txt")
    assert page.locator("#result img, #result svg, #result script").count() == 0
    assert "onerror=alert(2)" in page.locator(".paper").inner_text()


@pytest.mark.parametrize("visit", [{"java_script_enabled": False}], indirect=True)
def test_without_script_the_forms_do_the_same(visit: Visit) -> None:
    page = visit.open()
    page.set_input_files("input[type=file]", WORD)
    page.click("form.check button.main")
    assert page.locator(".paper mark").count() >= 14
    page.go_back()
    page.fill("textarea", TEXT.read_text(encoding="utf-8"))
    page.set_input_files("input[type=file]", [])
    page.click("form.check button.main")
    page.get_by_role("button", name="照此修改").click()
    assert "建议通过" in page.locator(".sentence").inner_text()
    assert saved(page, "审核意见表")[0] == "草案.txt.审核意见.docx"


@pytest.mark.parametrize("visit", [{"viewport": DESKTOP}, {"viewport": PHONE, "is_mobile": True}], indirect=True, ids=["desktop", "phone"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_pages_are_clean_by_axe_and_never_wider_than_the_screen(visit: Visit, lang: str, tmp_path: Path) -> None:
    axe = Axe()

    def look(page: Page) -> None:
        found = axe.run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    rules = "/rules/" if lang == "zh" else "/rules/en/"
    register = (f"/register?all=yes&lang={lang}", f"/register/1?lang={lang}")
    for path in (
        *register,
        f"/?lang={lang}",
        f"/search?q=a&lang={lang}",
        f"/api?lang={lang}",
        f"{rules}index.html",
        f"{rules}rules/check-in.html",
    ):
        look(visit.open(path))
    page = visit.open(f"/?lang={lang}")
    page.set_input_files("input[type=file]", WORD)
    page.click("form.check button.main")
    page.locator("#result h1").wait_for()
    look(page)
    page.locator("#result > p button").click()
    page.set_input_files("input[type=file]", [TEXT, EXCEL])
    page.click("form.check button.main")
    page.locator("#batch tbody tr button").nth(1).wait_for()
    look(page)
    page.locator("#batch tbody tr button").first.click()
    page.locator("#result h1").wait_for()
    look(page)
