"""A signed pack is used as it was signed, by whom this user trusts, or not at all."""

from __future__ import annotations

import base64
import json
import shutil
import zipfile
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption, PrivateFormat

from assesslint.cli.main import main
from assesslint.linter.errors import RunError
from assesslint.linter.signed import open_signed
from assesslint.policy.keys import key_id, new_key, public_key, secret_key
from assesslint.policy.problems import RulebookError
from assesslint.policy.signing import ENVELOPE, packed, sign_pack, verified
from assesslint.policy.sources import SourceError
from assesslint.policy.trust import Trust, read_trust, trust_file, write_trust

ROOT = Path(__file__).parent.parent.parent
DRAFT = '方案 "细则" { 指标 "推广" 10分 { 评分: "“干部之家”APP激活率达到50%得满分" } }'


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's own folders, empty; the working directory with a draft in it."""
    monkeypatch.setattr("assesslint.policy.trust.trust_file", lambda: tmp_path / "config" / "trusted.json")
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    Path("draft.assess").write_text(DRAFT, encoding="utf-8")
    return tmp_path


def folder(name: str = "small", rule: str = "download-quota") -> Path:
    """Return a pack of one rule."""
    (Path(name) / "adoption").mkdir(parents=True)
    shutil.copy(ROOT / "rules" / "adoption" / f"{rule}.md", Path(name) / "adoption")
    (Path(name) / "pack.toml").write_text(f'id = "{name}"\nversion = "1.2"\n', encoding="utf-8")
    return Path(name)


SECRET, PUBLIC = new_key()
OTHER_SECRET, OTHER_PUBLIC = new_key()
TRUSTED = {key_id(public_key(PUBLIC)): public_key(PUBLIC)}


def signed(pack: Path | None = None, secret: bytes = SECRET) -> bytes:
    return sign_pack(pack or folder(), secret_key(secret))


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def refused(data: bytes) -> str:
    with pytest.raises(SourceError) as caught:
        verified(data, TRUSTED, "pack.zip")
    return caught.value.zh


def test_a_signed_pack_is_what_was_signed() -> None:
    pack = folder()
    (pack / "adoption" / "run.py").write_text("raise SystemExit", encoding="utf-8")
    files = verified(signed(pack), TRUSTED, "pack.zip")
    assert files == {name: (pack / name).read_bytes() for name in ("adoption/download-quota.md", "pack.toml")}


def test_the_same_files_and_key_give_the_same_bytes() -> None:
    pack = folder()
    first = signed(pack)
    (pack / "pack.toml").touch()
    shutil.copytree(pack, "copy/small")
    assert signed(pack) == first == signed(Path("copy/small"))


def test_the_envelope_is_dsse_over_an_in_toto_statement() -> None:
    envelope = json.loads(members(signed())[ENVELOPE])
    payload = base64.b64decode(envelope["payload"])
    statement = json.loads(payload)
    assert envelope["payloadType"] == "application/vnd.in-toto+json"
    assert statement["predicate"] == {"id": "small", "version": "1.2"} and statement["_type"] == "https://in-toto.io/Statement/v1"
    assert [subject["name"] for subject in statement["subject"]] == ["adoption/download-quota.md", "pack.toml"]
    assert payload == json.dumps(statement, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    head = b"DSSEv1 28 application/vnd.in-toto+json %d " % len(payload)
    secret_key(SECRET).public_key().verify(base64.b64decode(envelope["signatures"][0]["sig"]), head + payload)


def test_no_byte_can_be_altered() -> None:
    data = signed()
    for at in range(len(data)):
        for flipped in (1, 0x80):
            with pytest.raises(SourceError):
                verified(data[:at] + bytes([data[at] ^ flipped]) + data[at + 1 :], TRUSTED, "pack.zip")


@pytest.mark.parametrize("cut", [0, 1, 30, 1000, -1, -22])
def test_a_cut_pack_is_refused(cut: int) -> None:
    refused(signed()[:cut])


def test_nothing_can_be_put_before_or_after() -> None:
    data = signed()
    refused(b"#!/bin/sh\n" + data)
    refused(data + b"x")


def test_an_altered_file_is_named() -> None:
    files = members(signed())
    files["adoption/download-quota.md"] += b"\n"
    assert "不符的文件：adoption/download-quota.md" in refused(packed(files))


@pytest.mark.parametrize("name", ["adoption/extra.md", "lexicon/words.toml", "run.py"])
def test_a_file_too_many_or_too_few_is_refused(name: str) -> None:
    files = members(signed())
    assert name in refused(packed({**files, name: b"x"}))
    del files["adoption/download-quota.md"]
    assert "adoption/download-quota.md" in refused(packed(files))


def test_a_second_file_of_the_same_name_is_refused() -> None:
    out = BytesIO(signed())
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(out, "a") as archive:
        archive.writestr("pack.toml", members(out.getvalue())["pack.toml"])
    assert "改动过" in refused(out.getvalue())


def test_the_envelope_of_another_pack_is_refused() -> None:
    other = members(signed(folder("other", "follow-quota")))[ENVELOPE]
    said = refused(packed({**members(signed()), ENVELOPE: other}))
    assert "签名是为规则包 other 1.2 作的" in said


def test_the_envelope_of_an_older_version_is_refused() -> None:
    pack = folder()
    older = members(signed(pack))[ENVELOPE]
    (pack / "pack.toml").write_text('id = "small"\nversion = "1.3"\n', encoding="utf-8")
    said = refused(packed({**members(signed(pack)), ENVELOPE: older}))
    assert "small 1.2" in said and "不符的文件：pack.toml" in said


def test_a_key_nobody_trusts_is_refused_even_under_the_name_of_another() -> None:
    files = members(signed(secret=OTHER_SECRET))
    assert "由未受信任的密钥签名" in refused(packed(files))
    envelope = json.loads(files[ENVELOPE])
    envelope["signatures"][0]["keyid"] = next(iter(TRUSTED))
    assert "签名不对" in refused(packed({**files, ENVELOPE: json.dumps(envelope).encode()}))


@pytest.mark.parametrize(
    "envelope", [b"", b"{}", b"[]", b"3", b"\xff", b'{"payload":"!","payloadType":"x","signatures":[]}', b"[" * 100_000, b'{"payload":3}']
)
def test_a_faulty_envelope_is_refused(envelope: bytes) -> None:
    assert "签名读不通" in refused(packed({**members(signed()), ENVELOPE: envelope}))


def test_an_unsigned_zip_is_refused_before_it_is_unpacked() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.md", bytes(50_000_000))
    assert "没有签名" in refused(out.getvalue())
    files = members(signed())
    del files[ENVELOPE]
    assert "没有签名" in refused(packed(files))


# ── what can be signed, and with what ────────────────────────────────────────────────────────────────────────────────────────


def test_what_does_not_load_is_not_signed() -> None:
    pack = folder()
    (pack / "adoption" / "broken.md").write_text("# 空\n", encoding="utf-8")
    with pytest.raises(RulebookError):
        signed(pack)


def test_a_pack_without_a_name_or_with_links_is_not_signed() -> None:
    pack = folder()
    (pack / "norms").mkdir()
    (pack / "norms" / "x.toml").symlink_to("/etc/passwd")
    with pytest.raises(SourceError, match="不能有链接"):
        signed(pack)
    shutil.rmtree(pack / "norms")
    (pack / "pack.toml").unlink()
    with pytest.raises(SourceError, match="先写明 id 和 version"):
        signed(pack)


def test_only_a_plain_ed25519_key_signs() -> None:
    curve = generate_private_key(SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    locked = secret_key(SECRET).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"word"))
    for pem, told in ((b"x", "不是签名用的私钥"), (PUBLIC, "不是签名用的私钥"), (curve, "只用 Ed25519"), (locked, "设有口令")):
        with pytest.raises(SourceError, match=told):
            secret_key(pem)
    with pytest.raises(SourceError, match="不是公钥"):
        public_key(SECRET)


# ── from the command line ────────────────────────────────────────────────────────────────────────────────────────────────────


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, words)
    return result.exit_code, result.output


def check(*more: str) -> tuple[int, str]:
    return run("check", "draft.assess", "--rules", "pack.zip", "--require-signed", "--as-of", "2026-11-23", *more)


def test_a_pack_is_signed_trusted_and_used() -> None:
    folder()
    assert run("keys", "new", "--out", "keys")[0] == 0
    assert Path("keys/signing-key.pem").stat().st_mode & 0o777 == 0o600
    assert run("rules", "sign", "small", "--key", "keys/signing-key.pem", "-o", "pack.zip")[0] == 0
    code, said = check()
    assert code == 2 and "未受信任的密钥" in said
    code, said = run("rules", "trust", "keys/signing-key.pub.pem")
    assert code == 0 and "signing-key.pub.pem" in said
    code, said = check()
    assert code == 1 and "download-quota" in said
    assert run("rules", "trust", "--forget", next(iter(read_trust().keys))[:8]) == (0, "还没有认可任何公钥或规则包\n")
    assert check()[0] == 2


def test_a_single_pack_is_trusted_as_it_is() -> None:
    Path("pack.zip").write_bytes(signed(secret=OTHER_SECRET))
    assert run("rules", "trust", "pack.zip")[0] == 0 and check()[0] == 1
    Path("pack.zip").write_bytes(signed(folder("other"), secret=OTHER_SECRET))
    assert check()[0] == 2


def test_the_configuration_can_require_signatures() -> None:
    shutil.make_archive("pack", "zip", folder())
    Path("assesslint.toml").write_text('rules = "pack.zip"\nrequire-signed = true\n', encoding="utf-8")
    code, said = run("check", "draft.assess")
    assert code == 2 and "没有签名" in said
    Path("assesslint.toml").write_text('rules = "pack.zip"\n', encoding="utf-8")
    assert run("check", "draft.assess")[0] == 1


def test_a_folder_has_no_signature() -> None:
    code, said = run("check", "draft.assess", "--rules", str(folder()), "--require-signed", "--lang", "en")
    assert code == 2 and "Rules must be signed and small is no signed pack" in said


def test_the_central_rules_come_with_the_program() -> None:
    assert run("check", "draft.assess", "--require-signed")[0] == 1


def test_a_digest_given_counts_as_well() -> None:
    write_trust(Trust(TRUSTED))
    Path("pack.zip").write_bytes(signed())
    with pytest.raises(RunError, match="摘要与给出的不同"):
        open_signed("pack.zip#sha256=" + "0" * 64)


def test_what_a_signed_pack_extends_is_signed_too() -> None:
    write_trust(Trust(TRUSTED))
    lower, upper = folder("lower"), folder("upper", "follow-quota")
    (lower / "pack.toml").write_text('id = "lower"\nversion = "1"\nextends = "upper"\n', encoding="utf-8")
    Path("pack.zip").write_bytes(signed(lower))
    with pytest.raises(RunError, match=r"把签名的 upper\.zip 放在同一文件夹下"):
        open_signed("pack.zip")
    shutil.make_archive("upper", "zip", upper)
    with pytest.raises(RunError, match=r"upper\.zip 没有签名"):
        open_signed("pack.zip")
    Path("upper.zip").write_bytes(signed(upper, OTHER_SECRET))
    with pytest.raises(RunError, match=r"upper\.zip 由未受信任的密钥签名"):
        open_signed("pack.zip")
    Path("upper.zip").write_bytes(signed(folder("other", "volume-quota")))
    with pytest.raises(RulebookError, match="自称“other”"):
        open_signed("pack.zip")
    Path("upper.zip").write_bytes(signed(upper))
    opened = open_signed("pack.zip")
    assert [pack.id for pack in opened.packs] == ["upper", "lower"] and set(opened.rules) == {"download-quota", "follow-quota"}
    assert opened.page("follow-quota").id == "follow-quota"


def test_no_installed_pack_stands_in_for_a_signed_one(monkeypatch: pytest.MonkeyPatch) -> None:
    write_trust(Trust(TRUSTED))
    lower, upper = folder("lower"), folder("upper", "follow-quota")
    (lower / "pack.toml").write_text('id = "lower"\nversion = "1"\nextends = "upper"\n', encoding="utf-8")
    Path("pack.zip").write_bytes(signed(lower))
    with zipfile.ZipFile("upper.zip", "w") as archive:
        archive.writestr("README.md", "")
    write_trust(Trust(TRUSTED, frozenset({sha256(Path("upper.zip").read_bytes()).hexdigest()})))
    monkeypatch.setattr("assesslint.policy.rulebook.find_pack", lambda *_: upper)
    with pytest.raises(RunError, match="没有一起签名"):
        open_signed("pack.zip")


def test_a_signed_pack_may_extend_the_central_rules() -> None:
    write_trust(Trust(TRUSTED))
    lower = folder("lower")
    (lower / "pack.toml").write_text('id = "lower"\nversion = "1"\nextends = "central"\n', encoding="utf-8")
    (lower / "adoption").joinpath("download-quota.md").unlink()
    (lower / "adoption").rmdir()
    Path("pack.zip").write_bytes(signed(lower))
    assert [pack.id for pack in open_signed("pack.zip").packs] == ["central", "lower"]


def test_a_key_is_never_written_over() -> None:
    run("keys", "new", "--out", "keys")
    before = Path("keys/signing-key.pem").read_bytes()
    code, said = run("keys", "new", "--out", "keys")
    assert code == 2 and "没有覆盖" in said and Path("keys/signing-key.pem").read_bytes() == before
    folder()
    code, said = run("rules", "sign", "small", "--key", "keys/signing-key.pem", "-o", "keys/signing-key.pem")
    assert code == 2 and Path("keys/signing-key.pem").read_bytes() == before


@pytest.mark.parametrize("text", ["", "[]", '{"keys": {"a": "AA=="}, "packs": [], "notes": {}}', '{"keys": 3, "packs": [], "notes": {}}'])
def test_a_damaged_list_of_trust_is_told(home: Path, text: str) -> None:
    (home / "config").mkdir()
    (home / "config" / "trusted.json").write_text(text, encoding="utf-8")
    Path("pack.zip").write_bytes(signed())
    code, said = check()
    assert code == 2 and "trusted.json" in said


def test_what_is_trusted_is_kept_in_the_users_own_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", "/somewhere")
    monkeypatch.setattr("sys.platform", "linux")
    assert trust_file() == Path("/somewhere/assesslint/trusted.json")
