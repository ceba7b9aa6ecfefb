"""What runs elsewhere: workflows that are well formed, and call our own commands."""

import json
import re
import subprocess
import sys

import pytest
import yaml

from tools import ranges
from tools.layout import PROJECT, ROOT

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
TARGETS = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf8"), re.M)


def jobs(path):
    return yaml.safe_load(path.read_text("utf8"))["jobs"].values()


def steps(path):
    return [step for job in jobs(path) for step in job["steps"]]


def test_they_are_as_their_schema_says(tmp_path):
    """And one that is not is seen."""
    assert len(WORKFLOWS) == 4
    wrong = tmp_path / "wrong.yml"
    wrong.write_text(WORKFLOWS[0].read_text("utf8").replace("runs-on", "run-on"))
    command = ("check_jsonschema", "--builtin-schema", "vendor.github-workflows")
    done = subprocess.run(
        [sys.executable, "-m", *command, "-v", "-o", "json", *WORKFLOWS, wrong],
        capture_output=True,
        text=True,
    )
    said = json.loads(done.stdout)
    assert {error["filename"] for error in said["errors"]} == {str(wrong)}, done.stdout
    assert said["successes"] == [*map(str, WORKFLOWS)] and not said["parse_errors"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_step_is_a_command_of_the_makefile(path):
    commands = [step["run"] for step in steps(path) if "run" in step]
    assert commands
    for command in commands:
        word, *rest = command.split()
        assert word == ".ci/run" or (word == "make" and rest[0] in TARGETS), command
    assert all(job["timeout-minutes"] <= 60 for job in jobs(path))


def test_every_python_that_is_promised_is_tried():
    book, _ = jobs(ROOT / ".github/workflows/tests.yml")
    pythons = book["strategy"]["matrix"]["python"]
    assert f">={pythons[0]}" == PROJECT["requires-python"]


def test_the_oldest_versions_are_those_of_the_ranges():
    assert "numpy==2.0.*" in ranges.wanted("oldest")
    assert ranges.wanted("newest") == []
    with pytest.raises(SystemExit, match="VERSIONS is 'old'; expected oldest or new"):
        ranges.wanted("old")
