"""Whatever a script gives to the checks, it is taken or refused with its place: the checks themselves never trip."""

import pytest

from tests.sdk.builders.conftest import Evaluate

_ROUNDS = 500
_FUZZ = """
(() => {
  let state = SEED;
  const random = (below) => {  // mulberry32: the same sequence each time
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
  const pick = (list) => list[random(list.length)];
  const KEYS = ["content", "embeds", "components", "poll", "flags", "attachments", "sticker_ids", "type", "accessory",
    "component", "items", "media", "file", "url", "options", "label", "value", "custom_id", "style", "name", "fields",
    "description", "footer", "author", "timestamp", "image", "answers", "question", "duration", "poll_media", "title",
    "min_values", "max_values", "min_length", "max_length", "spacing", "text", "default_values", "emoji", "sku_id",
    "subcommands", "choices", "nameLocalizations", "channelTypes", "defaultMemberPermissions", "autocomplete"];
  const LEAVES = [undefined, null, true, false, 0, -1, 1.5, NaN, Infinity, 1, 2, 3, 5, 9, 10, 12, 14, 17, 18, 21, 32768,
    "", "a", "A b", "\\ud800", "x".repeat(5000), "https://a.b", 5n, () => 1, Symbol("s")];
  const value = (depth) => {
    const kind = depth > 5 ? 0 : random(5);
    if (kind < 2) return pick(LEAVES);
    if (kind === 2) return Array.from({ length: random(7) }, () => value(depth + 1));
    const made = {};
    for (let count = random(8); count > 0; count--) made[pick(KEYS)] = value(depth + 1);
    return made;
  };
  const object = () => {
    const made = {};
    for (let count = 3 + random(6); count > 0; count--) made[pick(KEYS)] = value(0);
    return made;
  };
  let refused = 0;
  const wrong = [];
  for (let round = 0; round < ROUNDS; round++) {
    const given = object();
    try {
      CHECK(given, value);
    } catch (error) {
      if (error instanceof DefinitionError && error.problems.length > 0) refused++;
      else wrong.push(`${error} ${String(error.stack).split("\\n")[0]}`);
    }
  }
  return { refused, wrong: [...new Set(wrong)].slice(0, 5) };
})()
"""
CHECKS = {
    "a message": "checkMessage",
    "a modal": "checkModalBody",
    "commands": "((given, value) => checkedCommands([given, value(0)]))",
    "one command": "((given) => checkedCommands([{ ...given, name: 'a', description: 'A' }]))",
    "no list": "((given) => checkedCommands(given))",
}


@pytest.mark.parametrize("seed", [1, 20261129])
@pytest.mark.parametrize("case", CHECKS)
async def test_the_checks_never_trip(evaluate: Evaluate, case: str, seed: int) -> None:
    code = _FUZZ.replace("SEED", str(seed)).replace("ROUNDS", str(_ROUNDS)).replace("CHECK(", f"{CHECKS[case]}(")

    answer = await evaluate(code.strip())

    assert answer["wrong"] == []
    assert answer["refused"] > _ROUNDS // 4
