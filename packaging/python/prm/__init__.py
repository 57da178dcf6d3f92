"""What `prm` knows of a model, as typed objects: `prm.load("path")`.

The program does the work; this module runs it and reads its JSON. The types in `prm.model` are generated from its JSON Schema.
"""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import types
import typing
from pathlib import Path
from typing import Any

from .model import PrmModel

__all__ = ["CompileError", "PrmModel", "find", "load", "read", "run"]


class CompileError(Exception):
    """A model that has errors, or that could not be read. `findings` are its diagnostics, as `--message-format json` writes them."""

    def __init__(self, findings: list[dict[str, Any]], said: str) -> None:
        self.findings = findings
        errors = [finding for finding in findings if finding.get("severity") == "error"]
        words = (f"{finding.get('code', '')}: {finding.get('message', '')}" for finding in errors)
        super().__init__("\n".join(words) or said)


def find() -> str:
    """The path of the program: that of this environment, else the one on the path."""
    name = "prm.exe" if os.name == "nt" else "prm"
    user = "nt_user" if os.name == "nt" else "posix_user"
    folders = [sysconfig.get_path("scripts"), sysconfig.get_path("scripts", scheme=user), str(Path(sys.executable).parent)]
    for folder in folders:
        if (path := Path(folder) / name).is_file():
            return str(path)
    if path := shutil.which(name):
        return path
    raise FileNotFoundError(f"`{name}` is neither in this environment nor on the path: pip install prm-lang")


def run(*arguments: str | os.PathLike[str]) -> subprocess.CompletedProcess[str]:
    """Runs the program; what it printed is text. Nothing is raised for its exit code."""
    command = [find(), *(os.fspath(argument) for argument in arguments)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def load(path: str | os.PathLike[str] = ".") -> PrmModel:
    """The resolved model of a package with its coverage. Raises `CompileError` where it has errors in text, names or structure.

    A model with gaps is a model: what is uncovered stands in `coverage`.
    """
    done = run("build", path, "--format", "json", "--message-format", "json")
    if not done.stdout:
        findings = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("{")]
        raise CompileError(findings, done.stderr.strip())
    return read(done.stdout)


def read(text: str | bytes) -> PrmModel:
    """What `prm build --format json` wrote. Fields that a newer program writes are left out."""
    return _typed(PrmModel, json.loads(text))


def _typed(kind: Any, value: Any) -> Any:
    """A value of JSON as the type that its schema has for it."""
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        if value is None:
            return None
        some = [part for part in typing.get_args(kind) if part is not type(None)]
        return _typed(_fitting(some, value), value)
    if origin is list:
        (each,) = typing.get_args(kind)
        return [_typed(each, item) for item in value]
    if origin is dict:
        _, each = typing.get_args(kind)
        return {key: _typed(each, item) for key, item in value.items()}
    if dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        # `from` and `in` are words of Python: their fields end in `_`.
        named = {field.name: field.name.removesuffix("_") for field in dataclasses.fields(kind)}
        return kind(**{name: _typed(hints[name], value[key]) for name, key in named.items() if key in value})
    return value


def _fitting(kinds: list[Any], value: Any) -> Any:
    """Of several types the one whose fields a value has most of."""
    records = [kind for kind in kinds if dataclasses.is_dataclass(kind)]
    if not isinstance(value, dict) or not records:
        return kinds[0]
    names = set(value)
    return max(records, key=lambda kind: len(names & {field.name.removesuffix("_") for field in dataclasses.fields(kind)}))
