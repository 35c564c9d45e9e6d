"""A proof shows offline that a paper was registered, and nothing of it can be changed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assesslint.linter.errors import RunError
from assesslint.policy.envelope import canonical
from assesslint.policy.sources import SourceError
from assesslint.publication.gate import ATTESTATION
from assesslint.register.proofs import proof_of, proof_schema, proved, proves
from assesslint.register.register import Register
from tests.publication.test_verification import fields, other_value, with_value
from tests.register.books import KEPT, another, book, first, paper


@pytest.fixture(scope="module")
def proof(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    where = book(tmp_path_factory.mktemp("proof"), [another(0), another(1), first(), another(3), another(4)])
    with Register.open(where) as register:
        return proof_of(register, 2)


def holds(data: bytes) -> bool:
    try:
        return proves(proved(data, KEPT, "证明.json"), paper()[ATTESTATION])
    except SourceError as error:
        assert "证明.json" in error.zh and "证明.json" in error.en
        return False


def test_a_proof_shows_when_and_where_a_paper_was_registered(proof: bytes) -> None:
    jsonschema.validate(json.loads(proof), proof_schema())
    found = proved(proof, KEPT, "证明.json")
    assert (found.number, found.head.size, found.record["registered_on"]) == (2, 5, "2026-11-27")
    assert holds(proof) and not proves(found, another(1).attestation)


def test_it_counts_only_by_a_keeper_who_is_trusted(proof: bytes) -> None:
    with pytest.raises(SourceError, match="keys trust --for register"):
        proved(proof, {}, "证明.json")


def test_no_field_of_it_can_be_changed_or_left_out(proof: bytes) -> None:
    written: Any = json.loads(proof)
    for path in [path for path in fields(written) if path]:
        assert not holds(canonical(with_value(path, other_value, written)))
        assert not holds(canonical(with_value(path, lambda holder, key: holder.pop(key), written)))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_byte_of_it_can_be_changed_and_no_end_cut_off(proof: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(proof) - 1))
    assert not holds(proof[:at] + bytes([proof[at] ^ 1]) + proof[at + 1 :])
    assert not holds(proof[:at]) and not holds(proof + b" ") and not holds(data.draw(st.binary(max_size=60)))


def test_keys_given_twice_are_refused(proof: bytes) -> None:
    assert not holds(proof.replace(b'"number":2', b'"number":1,"number":2', 1))


def test_there_is_none_of_an_empty_register_or_an_entry_that_is_not_there(tmp_path: Path) -> None:
    for entries, number in ((0, 0), (2, 2)):
        with Register.open(book(tmp_path, entries, f"{entries}.db")) as register, pytest.raises(RunError):
            proof_of(register, number)
