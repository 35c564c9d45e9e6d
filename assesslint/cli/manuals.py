"""What the help pages say beyond docstrings and options: arguments, examples, exit codes, files and environment, by command."""

from __future__ import annotations

from collections.abc import Mapping

from assesslint.cli.manual import Manual

FAILED = "没有做成：用法、配置、规则有错，或没有可读的文件 / it could not be done: usage, configuration, rules, or nothing to read"
CONFIGURATION = {
    "assesslint.toml": "配置，从当前文件夹往上找；被检查的文件夹里的不用 / searched upward from here, never inside what is checked",
    "pyproject.toml": "其中的 [tool.assesslint] 也是配置 / its table [tool.assesslint] serves as well",
}
COLOUR = {"NO_COLOR": "设了就不用颜色 / no colours when set"}
CACHE = {"XDG_CACHE_HOME": "读好的规则和词表存放的文件夹 / where rules and words are kept between runs"}
RULES_FOLDER = {"DIR": "规则文件夹，或签名的规则包 .zip / a folder of rules, or a signed pack (.zip)"}
REGISTER = {"REGISTER": "登记簿：SQLite 文件，或 PostgreSQL 的地址 / the register: an SQLite file, or the URL of a PostgreSQL database"}
DONE = "做完了 / done"

MANUALS: Mapping[str, Manual] = {
    "": Manual(
        groups=(
            ("检查和修改草案 / Checking and mending drafts", ("check", "serve", "explain", "convert", "fmt", "lsp", "init")),
            ("签发和核验 / Publishing and verifying", ("publish", "waive", "verify", "register", "keys")),
            ("维护规则 / Keeping rules", ("rules",)),
        ),
        examples=(
            (
                "assesslint check 草案.docx --annotate 批注稿.docx / assesslint check draft.docx --annotate notes.docx",
                "检查一份草案，写出带批注的副本 / check a draft and write a copy with notes",
            ),
            ("assesslint check 草案/ / assesslint check drafts/", "检查一个文件夹 / check a folder"),
            ("assesslint explain download-quota", "一条规则查什么、为什么、怎么改 / what a rule checks, why, and what to do"),
            ("assesslint check --help", "一条命令的全部用法 / all of one command"),
        ),
        exits={0: "没有问题，或已做完 / nothing found, or done", 1: "有问题 / findings", 2: FAILED},
        files=CONFIGURATION,
        environment=COLOUR | CACHE,
    ),
    "check": Manual(
        arguments={"PATH...": "草案文件、文件夹，或标准输入（-） / files, folders, or the standard input (-)"},
        groups=(
            ("查哪些 / What is checked", ("--changed", "--parent", "--stdin-filename")),
            (
                "按什么查 / By what",
                ("--select", "--ignore", "--severity", "--as-of", "--preview", "--rules", "--require-signed", "--config"),
            ),
            (
                "结果 / Results",
                ("--format", "--output", "--annotate", "--opinion", "--force", "--statistics", "--fail-on", "--lang", "--watch"),
            ),
            ("修改 / Fixes", ("--fix", "--unsafe", "--diff")),
            ("存量问题 / What was known before", ("--baseline", "--ratchet", "--update-baseline")),
        ),
        examples=(
            ("assesslint check 草案.docx / assesslint check draft.docx", "检查一份草案 / check a draft"),
            (
                "assesslint check 草案.docx --annotate 批注稿.docx --opinion 意见表.docx / "
                "assesslint check draft.docx --annotate notes.docx --opinion sheet.docx",
                "写出带批注的副本和审核意见表 / write a copy with notes and an opinion sheet",
            ),
            (
                "assesslint check 草案.docx --fix --annotate 修订稿.docx / assesslint check draft.docx --fix --annotate revised.docx",
                "批注之外，能自动改的写成修订 / besides the notes, safe fixes as tracked changes",
            ),
            (
                "assesslint check 草案/ -o 报告.html -o 报告.json / assesslint check drafts/ -o report.html -o report.json",
                "检查文件夹，写出网页和 JSON 报告 / check a folder and write reports for people and programs",
            ),
            (
                "assesslint check 县草案.docx --parent 省方案.docx / assesslint check county.docx --parent province.docx",
                "对照上级方案，看有没有层层加码 / compare with the superior's scheme, for targets that were raised",
            ),
            ("assesslint check . --changed origin/main --format github", "在 CI 里只查改动的文件 / in CI, only what has changed"),
        ),
        exits={
            0: "没有达到 --fail-on 那一级的问题 / nothing at or above the level of --fail-on",
            1: "有这样的问题 / such findings",
            2: FAILED,
        },
        files=CONFIGURATION,
        environment=COLOUR | CACHE,
    ),
    "convert": Manual(
        arguments={"DRAFT": "草案，能检查的格式都行 / a draft in any form that can be checked"},
        examples=(
            (
                "assesslint convert 草案.docx -o 草案.assess / assesslint convert draft.docx -o draft.assess",
                "转成方案语言 / to the scheme language",
            ),
            ("assesslint convert 草案.assess -o 草案.docx / assesslint convert draft.assess -o draft.docx", "转成 Word / to Word"),
        ),
        exits={0: "已转换 / converted", 1: "已转换，有部分没有读懂 / converted, parts were not read", 2: FAILED},
        files=CONFIGURATION,
    ),
    "fmt": Manual(
        arguments={"PATH...": "方案文件、文件夹，或标准输入（-） / scheme files, folders, or the standard input (-)"},
        examples=(
            ("assesslint fmt 方案/ / assesslint fmt schemes/", "排好文件夹里的方案文件 / format the schemes of a folder"),
            ("assesslint fmt --check .", "在 CI 里看有没有没排好的 / in CI, tell whether any is not formatted"),
            (
                "assesslint fmt --lang en 方案.assess / assesslint fmt --lang en draft.assess",
                "关键词改成英文 / put the keywords into English",
            ),
        ),
        exits={
            0: "都已排好 / all are formatted",
            1: "有文件需要排版（--check、--diff） / some would change (--check, --diff)",
            2: "有文件没有排成：有写错的地方，或不能读写 / some were not formatted: mistakes in them, or not readable or writable",
        },
        files=CONFIGURATION,
        environment=COLOUR,
    ),
    "explain": Manual(
        arguments={"RULE": "规则名，如 download-quota / the id of a rule, such as download-quota"},
        examples=(
            ("assesslint explain download-quota", "打印一条规则的说明 / print the page of a rule"),
            (
                "assesslint explain --trace 草案.docx / assesslint explain --trace draft.docx",
                "看从哪些字读出了什么 / see what was read from which words",
            ),
        ),
        exits={0: DONE, 2: FAILED},
        files=CONFIGURATION,
        environment=CACHE,
    ),
    "init": Manual(
        arguments={"[DIR]": "文件夹，默认当前文件夹；没有就新建 / the folder, made if need be; by default this one"},
        examples=(
            ("assesslint init 考核方案 / assesslint init schemes", "新建存放方案的文件夹 / begin a repository of schemes"),
            ("assesslint init --rules 本地规则 / assesslint init --rules our-rules", "新建规则库 / begin a repository of rules"),
        ),
        exits={0: "写好了，或原来就有 / written, or there already", 2: "没有写完：不能写入 / not written to the end"},
        files={
            "assesslint.toml": "配置，默认值写在注释里 / configuration, its defaults as comments",
            ".pre-commit-config.yaml": "提交之前的检查 / checks before a commit",
            ".github/workflows/": "合并之前的检查 / checks before a merge",
            "README.md": "给同事看的说明 / a page for colleagues, in Chinese",
        },
    ),
    "serve": Manual(
        groups=(
            ("给谁用 / For whom", ("--host", "--port", "--allow-host", "--register", "--lang")),
            ("按什么查 / By what", ("--preview", "--rules", "--require-signed", "--config")),
            ("上限 / Bounds", ("--workers", "--seconds", "--memory", "--rate")),
        ),
        examples=(
            ("assesslint serve", "只供本机使用，按提示的地址在浏览器中打开 / for this machine alone; open the address it tells"),
            (
                "assesslint serve --host 0.0.0.0 --allow-host 10.1.2.3",
                "供单位内网使用，同事打开 http://10.1.2.3:8765/ / for the network of the office",
            ),
        ),
        exits={0: "被 Ctrl+C 结束 / ended by Ctrl+C", 2: FAILED},
        files=CONFIGURATION,
        environment=CACHE,
    ),
    "lsp": Manual(
        examples=(
            ("assesslint lsp", "由编辑器启动，从标准输入读，写到标准输出 / started by an editor, between standard input and output"),
            ("assesslint lsp --lang en --rules rules", "消息用英文，用这个规则文件夹 / messages in English, by this folder of rules"),
        ),
        exits={0: "编辑器关闭了它 / the editor ended it", 2: FAILED},
        files=CONFIGURATION,
        environment=CACHE,
    ),
    "schema": Manual(
        arguments={
            "scheme": "方案的 JSON 形式 / the JSON form of schemes",
            "report": "--format json 的报告 / reports of --format json",
            "config": "配置文件 / the configuration",
            "attestation": "publish 签名的证明 / what publish signs",
            "waiver": "waive 签名的豁免 / what waive signs",
            "proof": "register prove 开的登记证明 / what register prove writes",
        },
        examples=(("assesslint schema report > report.schema.json", "保存报告的格式说明 / keep what reports look like"),),
        exits={0: DONE, 2: FAILED},
    ),
    "completion": Manual(
        arguments={"SHELL": "bash、zsh 或 fish / bash, zsh or fish"},
        examples=(
            ('eval "$(assesslint completion bash)"', "写进 ~/.bashrc / put into ~/.bashrc"),
            ('eval "$(assesslint completion zsh)"', "写进 ~/.zshrc，在 compinit 之后 / put into ~/.zshrc, after compinit"),
            ("assesslint completion fish > ~/.config/fish/completions/assesslint.fish", "执行一次即可 / run once"),
        ),
        exits={0: DONE, 2: FAILED},
        files={"~/.bashrc, ~/.zshrc": "每次打开命令行时执行 / run whenever a shell starts"},
    ),
    "rules": Manual(
        groups=(
            ("写规则 / Writing rules", ("new", "check", "test", "docs")),
            ("证明和比较 / Proving and comparing", ("prove", "diff")),
            ("发布和信任 / Publishing and trust", ("sign", "trust")),
        ),
        examples=(
            ("assesslint rules", "列出全部规则 / list all rules"),
            ("assesslint rules new reporting/weekly-report --rules rules", "新写一条规则 / begin a rule"),
            ("assesslint rules check rules", "核对规则文件夹 / check a folder of rules"),
        ),
        exits={0: DONE, 2: FAILED},
        files=CONFIGURATION | {"pack.toml": "规则包的名称、版本，扩展哪个规则包 / name and version of a pack, and the pack it extends"},
        environment=CACHE,
    ),
    "rules check": Manual(
        arguments=RULES_FOLDER,
        examples=(
            ("assesslint rules check rules", "核对规则文件夹 / check a folder of rules"),
            ("assesslint rules check rules --as-of 2027-01-01", "看那一天依据是否有效 / see whether the norms are in force that day"),
        ),
        exits={
            0: "没有达到 --fail-on 那一级的问题 / nothing at or above the level of --fail-on",
            1: "有这样的问题 / such findings",
            2: FAILED,
        },
        environment=COLOUR,
    ),
    "rules test": Manual(
        arguments=RULES_FOLDER,
        examples=(
            ("assesslint rules test rules", "检验全部规则 / try all rules"),
            ("assesslint rules test rules --rule check-in", "只看一条 / only one"),
        ),
        exits={
            0: "例子都对，覆盖率和变异得分够高 / examples hold, coverage and mutation score are high enough",
            1: "不够 / they are not",
            2: FAILED,
        },
    ),
    "rules prove": Manual(
        arguments=RULES_FOLDER,
        examples=(
            ("assesslint rules prove rules", "证明全部规则 / prove all rules"),
            (
                "assesslint rules prove 县规则 --conforms-to central / assesslint rules prove county --conforms-to central",
                "证明不比上级宽 / show that a pack is no laxer",
            ),
        ),
        exits={
            0: "都证明了 / all is proved",
            1: "有规则永不触发、总是触发，或比上级宽 / some rule never or always objects, or the pack is laxer",
            2: FAILED,
        },
    ),
    "rules diff": Manual(
        arguments={"OLD": "旧版：文件夹、zip，或 git 版本 / old: a folder, a zip or a git revision", "NEW": "新版 / new"},
        examples=(
            ("assesslint rules diff v1.2:rules rules", "从一个 git 版本到现在 / from a git revision to now"),
            (
                "assesslint rules diff 旧规则 新规则 --drafts 草案/ / assesslint rules diff old new --drafts drafts/",
                "并在草案上重放 / replayed on drafts too",
            ),
        ),
        exits={0: "没有不同 / no difference", 1: "有不同 / they differ", 2: FAILED},
    ),
    "rules docs": Manual(
        arguments=RULES_FOLDER,
        examples=(
            ("assesslint rules docs rules -o site", "生成网站 / build the site"),
            ("assesslint rules docs rules -o site --check", "在 CI 里看网站是否过期 / in CI, tell whether it is stale"),
        ),
        exits={0: DONE, 1: "网站过期（--check） / the site is stale (--check)", 2: FAILED},
    ),
    "rules new": Manual(
        arguments={"FAMILY/ID": "类别和规则名，用小写字母、数字和连字符 / family and id, in small letters, digits and hyphens"},
        examples=(
            (
                "assesslint rules new reporting/weekly-report --rules rules",
                "新建 rules/reporting/weekly-report.md / makes rules/reporting/weekly-report.md",
            ),
        ),
        exits={0: DONE, 2: FAILED},
        files={"rules/FAMILY/ID.md": "一条规则一页 / a page a rule"},
    ),
    "rules sign": Manual(
        arguments={"DIR": "规则文件夹 / a folder of rules"},
        examples=(("assesslint rules sign rules --key signing-key.pem -o rules.zip", "打包并签名 / pack and sign"),),
        exits={0: DONE, 2: FAILED},
        files={"signing-key.pem": "私钥，由 assesslint keys new 生成 / the secret key, made by assesslint keys new"},
    ),
    "rules trust": Manual(
        arguments={
            "KEYFILE": "公钥文件；认可它签的所有规则包 / a public key; all packs it signs are trusted",
            "PACK.zip": "只认可这一个规则包 / one pack as it is",
        },
        examples=(
            ("assesslint rules trust", "列出认可的 / list what is trusted"),
            ("assesslint rules trust signing-key.pub.pem", "认可一个公钥 / trust a key"),
            ("assesslint rules trust --forget 3f2a", "不再认可 / trust no longer"),
        ),
        exits={0: DONE, 2: FAILED},
        environment={"XDG_CONFIG_HOME": "认可名单存放的文件夹 / where the list of what is trusted is kept"},
    ),
    "publish": Manual(
        arguments={"DRAFT": "一份草案，能检查的格式都行 / one draft in any form that can be checked"},
        examples=(
            (
                "assesslint publish 草案.docx --key signing-key.pem -o 签发 / assesslint publish draft.docx --key signing-key.pem -o out",
                "通过就签发 / publish a draft if it passes",
            ),
            (
                "assesslint publish 稿.md --key k.pem -o 签发 --acknowledge 提示 --reason 无碍 / "
                "assesslint publish a.docx --key k.pem -o out --acknowledge NOTICE --reason OK",
                "认可一条看过的提示 / accept a notice that was looked at",
            ),
        ),
        groups=(
            ("与草案一起 / Beside the draft", ("--parent", "--waivers", "--acknowledge", "--reason")),
            ("怎样签发 / How it is published", ("--key", "--out", "--as-of", "--config", "--lang")),
        ),
        exits={0: "已签发 / published", 1: "不能签发，说明原因 / refused, with the reasons", 2: FAILED},
        files={
            "original.*": "原件 / the draft itself",
            "scheme.json": "从原件读出的方案 / the scheme read from it",
            "report.json": "检查报告 / the report",
            "parent.*": "上级方案（--parent） / the superior's scheme (--parent)",
            "waiver-N.dsse.json": "签名的豁免（--waivers） / signed waivers (--waivers)",
            "attestation.dsse.json": "签名的证明 / the signed attestation",
        },
    ),
    "waive": Manual(
        arguments={
            "DRAFT": "要签发的那一份草案 / the draft that is to be published",
            "RULE": "规则名，如 check-in / the id of a rule, such as check-in",
        },
        groups=(
            ("豁免什么 / What is waived", ("--indicator", "--parent", "--config")),
            ("谁批准、为什么 / By whom and why", ("--approver", "--reason", "--until", "--key")),
            ("结果 / Result", ("--out", "--force", "--lang")),
        ),
        examples=(
            (
                "assesslint waive 草案.docx check-in --reason 防汛值守 --until 2027-06-30 \\\n"
                "      --approver 清河县减负办 --key signing-key.pem -o 豁免.json / "
                "assesslint waive draft.docx check-in --reason flood --until 2027-06-30 \\\n"
                "      --approver office --key signing-key.pem -o waiver.json",
                "签署一项豁免 / sign a waiver",
            ),
            (
                "assesslint publish 草案.docx --waivers 豁免.json --key k.pem -o 签发 / "
                "assesslint publish draft.docx --waivers waiver.json --key k.pem -o out",
                "签发时用它 / publish with it",
            ),
        ),
        exits={0: "已签署 / signed", 2: FAILED},
    ),
    "verify": Manual(
        arguments={"OUT": "assesslint publish 写出的文件夹 / a folder that assesslint publish wrote"},
        examples=(
            ("assesslint verify 签发 / assesslint verify out", "核验 / verify it"),
            (
                "assesslint verify 签发 --issued 印发稿.docx / assesslint verify out --issued final.docx",
                "并与印发的文件比对 / and compare with the paper issued",
            ),
        ),
        groups=(("还核验什么 / What else is verified", ("--issued", "--proof")),),
        exits={0: "无误 / it holds", 1: "不符，说明哪里不同 / it does not, and what differs", 2: FAILED},
        environment={"XDG_CONFIG_HOME": "认可名单存放的文件夹 / where the list of what is trusted is kept"},
    ),
    "register": Manual(
        examples=(
            ("assesslint register add 登记簿.db 签发 --key k.pem / assesslint register add book.db out --key k.pem", "登记 / register"),
            (
                "assesslint register list 登记簿.db --for 清河县双桥镇 / assesslint register list book.db --for township",
                "今天有哪些方案在考核它 / what is in force for it today",
            ),
            ("assesslint register audit 登记簿.db / assesslint register audit book.db", "查有没有被改动 / see whether it was changed"),
        ),
        exits={0: DONE, 1: "有不符 / something does not hold", 2: FAILED},
    ),
    "register add": Manual(
        arguments=REGISTER | {"OUT...": "assesslint publish 写出的文件夹 / folders that assesslint publish wrote"},
        examples=(
            ("assesslint register add 登记簿.db 签发 --key k.pem / assesslint register add book.db out --key k.pem", "登记 / register"),
            (
                "assesslint register add postgresql://用户@主机/库 签发 --key k.pem / "
                "assesslint register add postgresql://user@host/base out --key k.pem",
                "登记到 PostgreSQL / in PostgreSQL",
            ),
        ),
        exits={0: "已登记 / registered", 1: "核验不符，什么也没有登记 / one does not hold; nothing was registered", 2: FAILED},
    ),
    "register list": Manual(
        arguments=REGISTER,
        examples=(
            ("assesslint register list 登记簿.db / assesslint register list book.db", "今天生效的 / what is in force today"),
            (
                "assesslint register list 登记簿.db --for 清河县双桥镇 --on 2026-06-30 / "
                "assesslint register list book.db --for township --on 2026-06-30",
                "那一天考核双桥镇的 / what assessed townships that day",
            ),
            (
                "assesslint register list 登记簿.db --all --format json / assesslint register list book.db --all --format json",
                "全部，供程序用 / all, for programs",
            ),
        ),
        exits={0: DONE, 2: FAILED},
    ),
    "register prove": Manual(
        arguments=REGISTER | {"NUMBER|OUT": "第几项，或签发的文件夹 / the number of an entry, or a published folder"},
        examples=(
            ("assesslint register prove 登记簿.db 3 -o 证明.json / assesslint register prove book.db 3 -o proof.json", "开证明 / prove"),
            ("assesslint verify 签发 --proof 证明.json / assesslint verify out --proof proof.json", "不联网核验 / check it offline"),
        ),
        exits={0: DONE, 2: FAILED},
    ),
    "register audit": Manual(
        arguments=REGISTER,
        examples=(
            ("assesslint register audit 登记簿.db / assesslint register audit book.db", "查有没有被改动 / see whether it was changed"),
            (
                "assesslint register audit 登记簿.db --since 证明.json / assesslint register audit book.db --since proof.json",
                "连末尾被整段删去也查得出 / find also what was cut off at the end",
            ),
        ),
        exits={0: "没有改动 / nothing was changed", 1: "有改动，说明是第几项 / something was; its number is told", 2: FAILED},
        environment={"XDG_CONFIG_HOME": "认可名单存放的文件夹 / where the list of what is trusted is kept"},
    ),
    "keys": Manual(
        examples=(
            ("assesslint keys new --out keys", "新建一对密钥 / make a pair of keys"),
            ("assesslint keys trust signing-key.pub.pem", "认可一个签发单位 / trust a publisher"),
        ),
        exits={0: DONE, 2: FAILED},
    ),
    "keys trust": Manual(
        arguments={"KEYFILE": "签发或批准单位的公钥文件 / the public key of a publisher or an approver"},
        examples=(
            ("assesslint keys trust signing-key.pub.pem", "认可一个公钥 / trust a key"),
            (
                "assesslint keys trust 公钥.pem --for waivers --name 减负办 --rules check-in / "
                "assesslint keys trust key.pem --for waivers --name office --rules check-in",
                "认可一个批准豁免的单位，写明可豁免的规则 / trust an approver, for some rules",
            ),
            ("assesslint keys trust --forget 3f2a", "不再认可 / trust no longer"),
        ),
        exits={0: DONE, 2: FAILED},
        environment={"XDG_CONFIG_HOME": "认可名单存放的文件夹 / where the list of what is trusted is kept"},
    ),
    "keys list": Manual(
        examples=(("assesslint keys list", "列出认可的公钥 / list the keys trusted"),),
        exits={0: DONE, 2: FAILED},
    ),
    "keys new": Manual(
        examples=(("assesslint keys new --out keys", "新建一对密钥，放在 keys 文件夹 / make a pair of keys in the folder keys"),),
        exits={0: DONE, 2: FAILED},
        files={"signing-key.pem": "私钥 / the secret key", "signing-key.pub.pem": "公钥 / the public key"},
    ),
}
