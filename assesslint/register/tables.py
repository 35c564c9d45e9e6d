"""Where a register lies → its tables: an SQLite file by its path, or another database by its URL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Engine,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    event,
    inspect,
    select,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from assesslint.linter.errors import RunError

TABLES = MetaData()

NUMBER = BigInteger().with_variant(Integer, "sqlite")
"""What rows are numbered by; in SQLite this makes it the very place of a row."""

BATCH = 1_000
"""How many rows are read or written at once."""

FORMAT = 1
"""How what is in the tables is written; another number is another program's."""

REGISTER = Table(
    "register", TABLES, Column("format", Integer, primary_key=True, autoincrement=False), Column("id", String(32), nullable=False)
)
"""One row; `id` is the name by which signed heads tell registers apart."""

ENTRIES = Table(
    "entry",
    TABLES,
    Column("number", NUMBER, primary_key=True, autoincrement=False),
    Column("attested", String(64), nullable=False, unique=True),
    Column("record", LargeBinary, nullable=False),
    Column("attestation", LargeBinary, nullable=False),
    Column("scheme", LargeBinary, nullable=False),
)
"""Entries are numbered from 0. `attested` is the digest of the attestation."""

SCHEMES = Table(
    "scheme",
    TABLES,
    Column("entry", NUMBER, ForeignKey("entry.number"), primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("key", String(32), nullable=False),
    Column("name", Text, nullable=False),
    Column("issuer", Text, nullable=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("registered", Integer, nullable=False),
    Index("scheme_key", "key", "entry"),
    Index("scheme_days", "last", "first"),
)
"""What entries are searched by; what it says follows from their records."""

NODES = Table("node", TABLES, Column("number", NUMBER, primary_key=True, autoincrement=False), Column("hash", LargeBinary, nullable=False))
"""The full subtrees of the Merkle tree, by their numbers."""

HEADS = Table(
    "head", TABLES, Column("size", NUMBER, primary_key=True, autoincrement=False), Column("envelope", LargeBinary, nullable=False)
)
"""The signed heads of the tree, each by the number of entries it is over."""


def engine_for(where: str, *, create: bool) -> Engine:
    """Return the database at a path or URL. Raises RunError where there can be none, or is none and none is to be made."""
    try:
        if "://" in where:
            url = make_url(where)
            engine = create_engine(url.set(drivername="postgresql+pg8000") if url.drivername in ("postgresql", "postgres") else url)
        else:
            engine = _sqlite(Path(where), create)
    except (ArgumentError, ImportError, ModuleNotFoundError) as error:
        raise RunError(f"登记簿的地址 {shown(where)} 不能用", f"no register can be at {shown(where)}") from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _plain_transactions)
    return engine


def prepare(engine: Engine, where: str, *, create: bool) -> None:
    """Make the tables of a register where they are to be made. Raises RunError where there are none otherwise."""
    if create:
        TABLES.create_all(engine)
    elif not inspect(engine).has_table("register"):
        raise RunError(f"{shown(where)} 不是登记簿", f"{shown(where)} is no register")


def _sqlite(path: Path, create: bool) -> Engine:
    if not create and not path.is_file():
        zh = f"没有登记簿 {path}；assesslint register add 登记第一份方案时新建"
        raise RunError(zh, f"There is no register {path}; assesslint register add makes it")
    if create and not path.parent.is_dir():
        raise RunError(f"没有文件夹 {path.parent}，请先建好", f"There is no folder {path.parent}; make it first")
    return create_engine(f"sqlite:///{path}", connect_args={"timeout": 60})


def _plain_transactions(connection: Any, _: Any) -> None:
    """Leave it to us when an SQLite transaction begins, and have it on the disk when it ends."""
    connection.isolation_level = None
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Begin a transaction that sees the register as it is now, whatever is added meanwhile."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN")
        else:
            connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Begin a transaction in which nobody else writes; all of it is there afterwards, or nothing."""
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.execute(select(REGISTER.c.id).with_for_update())
        yield connection


@contextmanager
def told(where: str) -> Iterator[None]:
    """Raise RunError where the database fails."""
    try:
        yield
    except SQLAlchemyError as error:
        what = str(getattr(error, "orig", None) or error).splitlines()[0][:200]
        raise RunError(f"登记簿 {shown(where)} 不能读写：{what}", f"The register {shown(where)} cannot be used: {what}") from error


def shown(where: str) -> str:
    """Return an address without its password."""
    return make_url(where).render_as_string(hide_password=True) if "://" in where and where.split("://")[0] else where
