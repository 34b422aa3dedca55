"""What explains the command itself."""

from typing import Final

from api.cli.grammar import Command, arg

COMMANDS: Final = (
    Command(
        ("help",), "what there is, or all about one command", "manual:help_command",
        (arg("topic", nargs="*", metavar="COMMAND", help="a command, or a group of commands"),
         arg("--man-pages", metavar="DIR", help="write every page as a man page into this folder")),
        ("flora help deploy", "flora help kv import", "# for `man flora-deploy`",
         "flora help --man-pages ~/.local/share/man/man1"),
        about="""\
The same as `flora COMMAND --help`. On a terminal, what is longer than it goes through FLORA_PAGER, PAGER or `less`.""",
        also=("completion",),
    ),
    Command(
        ("completion",), "a script that completes this command in your shell", "completion:completion",
        (arg("shell", choices=("bash", "zsh", "fish"), help="which shell"),),
        ("# in ~/.bashrc", 'eval "$(flora completion bash)"', "# in ~/.zshrc, behind compinit",
         'eval "$(flora completion zsh)"', "# once",
         "flora completion fish > ~/.config/fish/completions/flora.fish"),
        also=("help",),
    ),
)  # fmt: skip
