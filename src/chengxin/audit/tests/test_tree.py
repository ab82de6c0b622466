"""The trees against the published vectors of RFC 6962 and 9162, and against a verifier that shares no code."""

from __future__ import annotations

import ast
import hashlib
import random
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import chengxin_verify
import chengxin_witness
from chengxin.audit.log import tree
from chengxin.crypto.facade import hash_named
from chengxin_verify import ed25519, hashes, merkle

ENTRIES = [
    bytes.fromhex(entry)
    for entry in (
        *("", "00", "10", "2021", "3031", "40414243"),
        *("5051525354555657", "606162636465666768696a6b6c6d6e6f"),
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSION_5_OF_8 = [
    "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
]
CONSISTENCY_6_TO_8 = [
    "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
]
new = hashlib.sha256


def grown(leaves: list[bytes], *, hash_name: str = "sha256", batch: int = 7) -> tuple[tree.Edge, dict]:
    edge, tiles = tree.Edge(new=hash_named(hash_name)), {}
    for at in range(0, len(leaves), batch):
        tiles.update(edge.extend(leaves[at : at + batch]))
    return edge, tiles


def leaf_hashes(count: int) -> list[bytes]:
    return [new(b"\x00" + str(at).encode()).digest() for at in range(count)]


def test_the_roots_and_proofs_are_those_of_the_published_vectors() -> None:
    leaves = [new(b"\x00" + entry).digest() for entry in ENTRIES]
    assert [grown(leaves[:size])[0].root().hex() for size in range(1, 9)] == ROOTS
    assert tree.Edge(new=new).root().hex() == new(b"").hexdigest()
    at = tree.in_tiles(grown(leaves)[1], new=new)
    assert [part.hex() for part in tree.inclusion_path(5, 8, at, new=new)] == INCLUSION_5_OF_8
    assert [part.hex() for part in tree.consistency_path(6, 8, at, new=new)] == CONSISTENCY_6_TO_8
    assert merkle.root_of(leaves, hashes.sha256).hex() == ROOTS[7]


@pytest.mark.parametrize("hash_name", ["sha256", "sm3"])
def test_every_proof_of_small_trees_verifies_and_no_other_leaf_or_size_does(hash_name: str) -> None:
    leaves = leaf_hashes(40)
    check = hashes.hash_named(hash_name)
    for size in range(1, 41):
        edge, tiles = grown(leaves[:size], hash_name=hash_name)
        at, root = tree.in_tiles(tiles, new=edge.new), edge.root()
        for index in range(size):
            path = tree.inclusion_path(index, size, at, new=edge.new)
            proof = {"index": index, "size": size, "path": path, "root": root, "new": check}
            assert merkle.is_included(leaves[index], **proof)
            assert not merkle.is_included(leaves[index - 1] if size > 1 else root[::-1], **proof)
            assert not merkle.is_included(leaves[index], **{**proof, "path": [*path, root]})
        for first in range(1, size + 1):
            path = tree.consistency_path(first, size, at, new=edge.new)
            before = grown(leaves[:first], hash_name=hash_name)[0].root()
            proof = {"first": first, "second": size, "second_root": root, "path": path, "new": check}
            assert merkle.is_consistent(first_root=before, **proof)
            assert not merkle.is_consistent(first_root=before[::-1], **proof)


def test_large_trees_in_any_batches_give_the_same_tiles_roots_and_proofs() -> None:
    count = 70_000  # Three levels of tiles.
    leaves = leaf_hashes(count)
    edge, tiles = grown(leaves, batch=2_048)
    assert edge.root() == merkle.root_of(leaves, hashes.sha256)
    assert grown(leaves, batch=977)[1] == tiles
    assert tree.edge_of(count, tiles, new=new) == edge
    dice = random.Random(1)
    at = tree.in_tiles(tiles, new=new)
    for _ in range(200):
        size = dice.randrange(1, count + 1)
        index, first = dice.randrange(size), dice.randrange(1, size + 1)
        root = merkle.root_of(leaves[:size], hashes.sha256) if size < 3_000 else None
        if root is None:
            size, root = count, edge.root()
        path = tree.inclusion_path(index, size, at, new=new)
        assert merkle.is_included(leaves[index], index=index, size=size, path=path, root=root, new=hashes.sha256)
        first_root = tree.range_root(0, first, at, new=new)
        path = tree.consistency_path(first, size, at, new=new)
        sizes = {"first": first, "first_root": first_root, "second": size, "second_root": root}
        assert merkle.is_consistent(path=path, new=hashes.sha256, **sizes)


def test_a_proof_reads_only_the_tiles_it_says() -> None:
    leaves = leaf_hashes(70_000)
    edge, tiles = grown(leaves, batch=70_000)
    wanted = tree.needed(lambda at: tree.inclusion_path(12_345, 70_000, at, new=new))
    assert len(wanted) <= 5
    at = tree.in_tiles({tile: tiles[tile] for tile in wanted}, new=new)
    path = tree.inclusion_path(12_345, 70_000, at, new=new)
    assert merkle.is_included(leaves[12_345], index=12_345, size=70_000, path=path, root=edge.root(), new=hashes.sha256)


def test_sm3_in_plain_python_is_the_sm3_of_the_standard() -> None:
    assert hashes.sm3(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert hashes.sm3(b"abcd" * 16).hex() == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"
    for size in (0, 1, 55, 56, 63, 64, 65, 200):
        assert hashes.sm3(b"x" * size) == hashes.hash_named("sm3")(b"x" * size)


def test_plain_ed25519_agrees_with_the_library_and_believes_no_changed_bit() -> None:
    dice = random.Random(2)
    for size in range(12):
        seed, message = dice.randbytes(32), dice.randbytes(size * 11)
        key = Ed25519PrivateKey.from_private_bytes(seed)
        public, signature = key.public_key().public_bytes_raw(), key.sign(message)
        assert ed25519.public_key(seed) == public
        assert ed25519.sign(seed, message) == signature
        assert ed25519.verify(public, message, signature)
        for place in dice.sample(range(512), 6):
            changed = (int.from_bytes(signature, "big") ^ 1 << place).to_bytes(64, "big")
            assert not ed25519.verify(public, message, changed)
        assert not ed25519.verify(public, message + b"x", signature)
        # The same signature with s + L is another text of it (RFC 8032 §5.1.7), and is refused.
        again = int.from_bytes(signature[32:], "little") + ed25519._L
        assert not ed25519.verify(public, message, signature[:32] + again.to_bytes(32, "little"))


def test_the_verifier_and_the_witness_need_the_standard_library_alone() -> None:
    own = {"chengxin_verify", "chengxin_witness"}
    for package in (chengxin_verify, chengxin_witness):
        for file in Path(package.__path__[0]).glob("*.py"):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                names = [node.module] if isinstance(node, ast.ImportFrom) else []
                names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                assert {str(name).split(".")[0] for name in names} <= sys.stdlib_module_names | own, file
    witness = Path(chengxin_witness.__path__[0]).glob("*.py")
    assert sum(len(file.read_text("utf-8").splitlines()) for file in witness) < 300
