"""What was proved of rules → text for the people who keep them; every draft in it can be pasted into a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assesslint.proof.conformity import Conformity, Relaxation
from assesslint.proof.proved import RuleProof, told_change
from assesslint.proof.relations import Relation


def render_proofs(proofs: Sequence[RuleProof], related: Sequence[Relation], lang: str) -> str:
    """Return the whole answer as one text."""
    lines = [line for proof in proofs for line in (*_rule(proof, lang), "")]
    lines += [_relation(relation, lang) for relation in related]
    sound = sum(proof.sound for proof in proofs)
    zh = lang == "zh"
    said = f"{len(proofs)} rules, {sound} with a witness and a near miss"
    if zh:
        said = f"{len(proofs)} 条规则，{sound} 条有触发的草案和相近的反例"
    return "\n".join([*lines, *([""] if related else []), said]) + "\n"


def _rule(proof: RuleProof, lang: str) -> Iterator[str]:
    zh = lang == "zh"
    found = proof.witness
    yield f"{proof.rule}  {_verdict(proof, lang)}"
    if found.fires is None:
        return
    yield "会触发：" if zh else "Sets it off:"
    yield from _block(found.fires.text)
    if found.misses is None or found.changed is None:
        return
    change = told_change(found.changed, found.fires.choice, found.misses.choice, found.texts, lang)
    yield f"只差一处就不触发（{change}）：" if zh else f"One value away, and it does not ({change}):"
    yield from _block(found.misses.text)


def _block(text: str) -> Iterator[str]:
    yield "```scheme"
    yield from text.rstrip("\n").split("\n")
    yield "```"


def _verdict(proof: RuleProof, lang: str) -> str:
    zh = lang == "zh"
    found = proof.witness
    if not proof.in_force:
        said = "这一天不起作用：所引的规定都不在施行期内（换一天证明用 --as-of）"
        return said if zh else "says nothing on this day: none of the norms it cites is in force (--as-of names another day)"
    if found.possible is None:
        said = "不知道能否触发：条件太大或太难，求解器在限度内算不出来"
        return said if zh else "unknown: the conditions are too large or too hard for the solver within its bounds"
    if not found.possible:
        return "永远不会触发" if zh else "can never object"
    if proof.always:
        return "总是触发" if zh else "objects to everything"
    if found.fires is None:
        said = "条件可以满足，但没有找到读得回来的草案"
        return said if zh else "the conditions can be met, but no draft was found that reads back so"
    if found.misses is None:
        return "能触发；没有找到相近的反例" if zh else "can object; no near miss was found"
    return "能触发，有相近的反例" if zh else "can object, with a near miss"


def _relation(relation: Relation, lang: str) -> str:
    zh = lang == "zh"
    if relation.kind == "hard":
        said = f"{relation.first} 没有同别的规则比较：求解器在限度内算不出来"
        return said if zh else f"{relation.first} was compared with no other rule: too hard for the solver within its bounds"
    if relation.kind == "unfinished":
        said = f"从 {relation.first} 与 {relation.second} 起，规则之间没有再比较：求解器的限度已用完"
        return said if zh else f"from {relation.first} and {relation.second} on, rules were not compared: the solver's bounds were reached"
    if not relation.known:
        said = f"不知道 {relation.first} 与 {relation.second} 的关系：求解器在限度内算不出来"
        return said if zh else f"{relation.first} and {relation.second}: unknown, too hard for the solver within its bounds"
    if relation.kind == "covered":
        said = f"{relation.first} 指出的，{relation.second} 都指出"
        return said if zh else f"whatever {relation.first} objects to, {relation.second} does too"
    said = f"{relation.first} 与 {relation.second} 会同时指出一处"
    return said if zh else f"{relation.first} and {relation.second} can object to the same words"


def render_conformity(answer: Conformity, lang: str) -> str:
    """Return how a pack stands to the one above it, in its two parts."""
    zh = lang == "zh"
    lines = [f"证明：上级 {answer.proved} 条规则" if zh else f"By proof: {answer.proved} rules of the pack above"]
    lines += _relaxations(answer.by_proof, lang)
    lines.append(f"重放：{answer.replayed} 份草案" if zh else f"By replay: {answer.replayed} drafts")
    lines += _relaxations(answer.by_replay, lang)
    if answer.conforms:
        lines.append("没有放宽上级规定" if zh else "Nothing that the pack above bans is let pass")
    else:
        lines.append(f"有 {answer.relaxations} 处放宽了上级规定" if zh else f"{answer.relaxations} relaxations of the pack above")
    return "\n".join(lines) + "\n"


def _relaxations(found: Sequence[Relaxation], lang: str) -> Iterator[str]:
    zh = lang == "zh"
    if not found:
        yield "  没有放宽" if zh else "  none"
    for relaxation in found:
        yield f"  {relaxation.rule}  {relaxation.told[0 if zh else 1]}"
        if relaxation.draft is None:
            yield "    没有找到读得回来的草案" if zh else "    no draft was found that reads back so"
        else:
            yield from (f"    {line}" for line in _block(relaxation.draft))
        if relaxation.more:
            yield f"    {relaxation.rule} 另有 {relaxation.more} 处" if zh else f"    and {relaxation.more} more of {relaxation.rule}"
    yield ""
