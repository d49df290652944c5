"""docs/settings.md and docs/commands.md say what the code knows, no less and no more."""

import ast
import re

from source_tree import JEMBOL, ROOT, calls_in, modules

READERS = {"text", "number", "flag", "words"}
SETTING = re.compile(r"^\| `([A-Z_]+)`", re.MULTILINE)
COMMAND = re.compile(r"^\| `jembol ([a-z-]+)", re.MULTILINE)
OPTION = re.compile(r"(--[a-z-]+)")


def is_reader(call):
    name = ast.unparse(call.func)
    is_ours = name.startswith("environment.") and name.split(".")[1] in READERS
    return is_ours or name in {"os.environ.get", "os.getenv"}


def words_of(module):
    """The texts that the module gives a name: `VARIABLE = "JEMBOL_PASSWORD"`."""
    return {
        node.targets[0].id: node.value.value
        for node in module.tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and isinstance(node.value, ast.Constant)
    }


def settings_read():
    """Names that any module reads from the environment."""
    names = set()
    for module in modules():
        if module.name == "jembol.config.environment":
            continue
        for call in calls_in(module.tree):
            if is_reader(call):
                first = call.args[0]
                names.add(
                    first.value if isinstance(first, ast.Constant) else words_of(module)[first.id]
                )
    return names


def commands_there():
    folder = JEMBOL / "console/management/commands"
    return {path.stem.replace("_", "-") for path in folder.glob("*.py") if path.stem != "__init__"}


def rows_of(name, pattern):
    return pattern.findall((ROOT / "docs" / name).read_text(encoding="utf-8"))


def test_every_setting_is_documented_and_every_documented_one_is_read():
    documented = rows_of("settings.md", SETTING)

    assert sorted(documented) == sorted(settings_read())
    assert len(documented) > 10


def test_only_settings_and_commands_read_the_environment():
    others = {"jembol.config.environment", "jembol.config.main", "jembol.config.wsgi"}
    readers = [
        module.name
        for module in modules()
        if module.name not in others
        and module.package != "console"
        and "os.environ" in module.source
    ]

    assert readers == []


def test_every_command_is_documented_and_every_documented_one_is_there():
    documented = rows_of("commands.md", COMMAND)

    assert sorted(documented) == sorted(commands_there())


def test_every_option_of_a_command_is_documented():
    lines = (ROOT / "docs/commands.md").read_text(encoding="utf-8").splitlines()
    told = {row.group(1): line for line in lines if (row := COMMAND.match(line))}
    missing = []
    for name in commands_there():
        path = JEMBOL / f"console/management/commands/{name.replace('-', '_')}.py"
        options = re.findall(r'add_argument\(\s*"(--[a-z-]+)"', path.read_text(encoding="utf-8"))
        missing += [f"{name} {one}" for one in options if one not in OPTION.findall(told[name])]

    assert missing == []
