"""What a newcomer types wrong is answered with what to write instead, and exit status 2; never with a traceback."""

import pytest

from chengxin.cli.main import build_parser

WRONG = [
    (["law", "due", "withdrawal.outer", "--from", "2026-13-01"], "'2026-13-01' is no day; write it like 2026-11-30"),
    (["setup", "/nowhere.yaml"], "there is no file '/nowhere.yaml'; check the path"),
    (["exports", "trace", "/"], "there is no file '/'; check the path"),
    (["lake", "import-olist", "/nowhere"], "there is no folder '/nowhere'; check the path"),
    (["serve", "--port", "65536"], "'65536' is no port; write a number up to 65535"),
    (["demo", "--port", "-1"], "'-1' is no port; write a number up to 65535"),
]


@pytest.mark.parametrize(("words", "said"), WRONG)
def test_a_wrong_argument_is_answered_with_what_to_write(
    capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        build_parser().parse_args(words)
    assert ended.value.code == 2
    assert capsys.readouterr().err.strip().endswith(said)


def test_every_command_says_in_a_line_what_it_does_and_modules_that_serve_others_are_none() -> None:
    listed = build_parser()._subparsers
    assert listed is not None
    (commands,) = (action for action in listed._group_actions)
    helps = {choice.dest: choice.help for choice in commands._choices_actions}  # type: ignore[attr-defined]
    assert all(helps.values())
    assert {"arguments", "beside", "snapshots"} & set(helps) == set()
    assert {"demo", "test", "prove", "law"} <= set(helps)
