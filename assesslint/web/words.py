"""The words of the web interface, in Chinese and English. What a report says of a draft has words of its own."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, tuple[str, str]] = {
    "name": ("考核方案减负审核", "Assessment scheme review"),
    "skip": ("跳到正文", "Skip to the text"),
    "parts": ("栏目", "Parts"),
    "check": ("检查草案", "Check a draft"),
    "rules": ("规则与依据", "Rules and norms"),
    "api": ("接口", "API"),
    "other_language": ("English", "中文"),
    "foot": (
        "检查由程序完成，供起草人和审核人参考；没有发现问题不等于批准。草案只在本服务器的内存中检查，不保存、不记录，检查完即清除。",
        "Checked by a program, for drafters and reviewers to consider; no finding is no approval. Drafts are judged in the memory of this "
        "server, are neither stored nor logged, and are gone when the answer is sent.",
    ),
    # the front page
    "title": ("检查考核方案草案", "Check a draft of an assessment scheme"),
    "lead": (
        "上传考核方案草案，逐项查看哪些指标违反基层减负规定、依据哪一条、应当怎样改。",
        "Upload a draft and see which indicators break the rules that relieve the grassroots, by which norm, and what to write instead.",
    ),
    "secret": ("严禁上传涉密文件", "Never upload secret files"),
    "secret_note": (
        "标有“绝密”“机密”“秘密”的文件不检查、不留存。",
        "Files marked 绝密, 机密 or 秘密 are neither judged nor kept.",
    ),
    "file": ("草案文件", "Draft files"),
    "drop": ("把文件拖到这里，或点击选择", "Drop files here, or choose them"),
    "kinds": (
        "Word、Excel、WPS、PDF、OFD、网页、纯文本，可一次选多份；单个文件不超过 {:g} MB",
        "Word, Excel, WPS, PDF, OFD, web pages, text; several at once; each at most {:g} MB",
    ),
    "paste": ("或者粘贴草案文字", "Or paste the text of a draft"),
    "paste_hint": ("一、…（20分）\n评分标准：…\n佐证材料：…", "一、…（20分）\n评分标准：…\n佐证材料：…"),
    "options": ("检查选项", "Options"),
    "as_of": ("按哪一天有效的规定检查（不填为今天）", "Judge by the norms in force on this day (today if empty)"),
    "go": ("开始检查", "Check"),
    "direct": ("不看页面，直接下载", "Download at once instead"),
    "working": ("正在检查…", "Checking…"),
    "batch": ("各份草案", "The drafts"),
    "batch_done": ("{} / {} 份已检查", "{} of {} checked"),
    "queued": ("等待", "waiting"),
    "show": ("查看", "show"),
    "failed": ("没有检查", "not checked"),
    "again": ("检查别的草案", "Check other drafts"),
    "back_to_list": ("回到各份草案", "Back to the drafts"),
    "offline": ("没有连上服务器，请检查网络后再试", "The server was not reached; try again"),
    # the result
    "paper": ("草案原文", "The draft"),
    "findings": ("审核意见", "Findings"),
    "note": ("意见", "Finding"),
    "see_words": ("看原文", "Show the words"),
    "see_rule": ("规则说明", "About the rule"),
    "cut": ("草案太长，后面的部分没有在页面上显示，但都已检查。", "The draft is too long to be shown to its end; all of it was judged."),
    "nothing_to_show": ("没有可以显示的文字。", "There is no text to show."),
    "downloads": ("下载", "Download"),
    "annotated": ("带批注的文件", "Annotated file"),
    "with_changes": ("带批注和修订的 Word 文件", "Word file with notes and tracked changes"),
    "sheet": ("审核意见表", "Opinion sheet"),
    "report": ("检查报告（网页）", "Report (web page)"),
    "notes_name": ("批注", "notes"),
    "report_name": ("检查报告", "report"),
    "edit": ("修改文字，重新检查", "Edit the text and check again"),
    "edit_converted": (
        "把读出的内容转成文字来修改，重新检查（版式不保留；定稿请改原文件）",
        "Edit what was read as text and check again (without the layout; mend the original for the final draft)",
    ),
    "edit_label": ("草案文字", "Text of the draft"),
    "recheck": ("重新检查", "Check again"),
    "apply": ("照此修改", "Do so"),
    "summary": ("检查结果", "Result"),
    # search, errors, API
    "search": ("查找规则和规定", "Search rules and norms"),
    "search_go": ("查找", "Search"),
    "search_lead": ("输入词语，如“截图”“排名”“下载量”，或文号。", "Words such as 截图 or ranking, or the number of a document."),
    "found": ("找到 {} 条", "{} found"),
    "found_none": ("没有找到。请换个说法，或浏览全部规则。", "Nothing found. Try other words, or browse all rules."),
    "rule": ("规则", "Rule"),
    "clause": ("规定", "Norm"),
    "browse_rules": ("全部规则", "All rules"),
    "browse_norms": ("全部规定", "All norms"),
    "not_done": ("没有做成", "Not done"),
    "home": ("回到首页", "To the front page"),
    "api_title": ("给办公系统的接口", "For office systems"),
    "api_lead": (
        "办公系统（OA）用 HTTP 提交草案，得到和命令行相同的 JSON 报告、带批注的文件或审核意见表。接口不保存草案。",
        "Office systems send a draft by HTTP and get the same JSON report as on the command line, the annotated file or the opinion sheet. "
        "Nothing is kept.",
    ),
    "api_openapi": ("接口描述（OpenAPI 3.1）", "Description (OpenAPI 3.1)"),
    "api_example": ("例子", "Example"),
    "api_path": ("地址", "Address"),
    "api_what": ("得到", "Returns"),
}
"""What stands on the pages."""
