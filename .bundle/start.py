"""Double-clicked in the bundle: install the wheels beside it once, without a network, and open the page that checks drafts.

Runs on the bare Python of the machine, 3.11 or later, and puts everything below this folder. `--no-browser` only serves.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
HOME = HERE / "installed"
READY = HOME / "ready.txt"
PROGRAM = HOME / ("Scripts/assesslint.exe" if platform.system() == "Windows" else "bin/assesslint")


def main() -> int:
    if sys.version_info < (3, 11):
        print(f"需要 Python 3.11 或更新的版本，这台机器上是 {platform.python_version()}。请先安装新版本，再打开本程序。")
        return 1
    if not READY.exists() and not _install():
        return 1
    browser = [] if "--no-browser" in sys.argv[1:] else ["--open"]
    given = [word for word in sys.argv[1:] if word != "--no-browser"]
    command = [str(PROGRAM), "serve", *browser, *given]
    if os.name == "posix":
        os.execv(command[0], command)  # noqa: S606 - the program just installed takes the place of this one, and ends when it is told to
    try:
        return subprocess.call(command)  # noqa: S603 - as above
    except KeyboardInterrupt:
        return 0


def _install() -> bool:
    """Install into a folder of its own from the wheels alone; tell whether all went well."""
    print("第一次打开，正在安装，约需一分钟，不需要联网……", flush=True)
    try:
        venv.EnvBuilder(with_pip=True, clear=True).create(HOME)
    except OSError as error:
        print(f"这个文件夹里不能写入（{error.strerror}）。请把整个文件夹复制到本机硬盘上，再打开本程序。")
        return False
    except subprocess.CalledProcessError:
        print("这台机器的 Python 不带安装组件。请安装 python3-venv，或改用 python.org 的安装包，再打开本程序。")
        return False
    python = PROGRAM.with_name("python.exe" if platform.system() == "Windows" else "python")
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-index"]
    if subprocess.call([*pip, "--find-links", str(HERE / "wheels"), "assesslint[desk]"]) != 0:  # noqa: S603 - a fixed list of words
        print("安装没有完成。请确认整个文件夹已经解压，且 Python 的版本在“使用说明”所列之内。")
        return False
    READY.write_text("installed\n", encoding="utf-8")
    return True


if __name__ == "__main__":
    code = main()
    if code and sys.stdin and sys.stdin.isatty():
        input("按回车键关闭。")
    raise SystemExit(code)
