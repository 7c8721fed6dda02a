"""What is wrong with the arguments, as a message: typer says it in English alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

import typer
from pydantic import ValidationError

from perfeval_docs.cli.running import Say
from perfeval_docs.diagnostic import Message, msg
from perfeval_docs.report.cells import visible

# The classes of typer's exceptions and contexts are private, but for two.
Click = Any


def misuse(error: typer.TyperException, arguments: Sequence[str], say: Say) -> Message:
    """Return what is wrong with the arguments, by what the exception holds and not by its words."""
    told: Click = error
    if isinstance(error, typer.BadParameter):
        return _missing(told) if hasattr(told, "param_type") else _invalid(told, say)
    if hasattr(told, "option_name"):
        return _option(told, arguments)
    context: Click = getattr(error, "ctx", None)
    if context is None:
        return Message("{text}", (("text", visible(error.format_message())),))
    if context.parent is None:
        return _command(arguments[0], getattr(context.command, "commands", {}))
    return _too_many(context, arguments)


def _missing(error: Click) -> Message:
    what = getattr(error.param, "help", None)
    if not what:
        return msg("{name} is missing", name=_name(error))
    return msg("{name} is missing: {what}", name=_name(error), what=what)


def _invalid(error: Click, say: Say) -> Message:
    """Tell what a value should be, as pydantic says it: by the type of its fault."""
    name, choices = _name(error), error.param and error.param.type_descriptor.choices
    cause = error.__cause__
    if not isinstance(cause, ValidationError):
        return msg("{name}: {why}", name=name, why=visible(error.message))
    fault = cause.errors()[0]
    value = visible(str(fault["input"]))
    if choices:
        every = say(msg(", ")).join(map(str, choices))
        return msg("{name} cannot be {value}; there are: {choices}",
                   name=name, value=value, choices=every)  # fmt: skip
    match fault["type"]:
        case "int_parsing" | "int_from_float" | "int_parsing_size":
            return msg("{name} cannot be {value}: it is a whole number", name=name, value=value)
        case "greater_than_equal":
            least = str(fault["ctx"]["ge"])
            return msg("{name} cannot be {value}: it is at least {least}",
                       name=name, value=value, least=least)  # fmt: skip
        case _:
            return msg("{name} cannot be {value}: {why}", name=name, value=value, why=fault["msg"])


def _option(error: Click, arguments: Sequence[str]) -> Message:
    name = visible(error.option_name)
    if not hasattr(error, "possibilities"):
        is_given = any(each.startswith(f"{error.option_name}=") for each in arguments)
        told = msg("{name} takes no value", name=name)
        return told if is_given else msg("{name} needs a value", name=name)
    if not error.possibilities:
        return msg("there is no option {name}", name=name)
    near = error.possibilities[0]
    return msg("there is no option {name}; did you mean {near}?", name=name, near=near)


def _command(asked: str, known: Mapping[str, object]) -> Message:
    near = get_close_matches(asked, known, n=1)
    name = visible(asked)
    if not near:
        return msg("there is no command {name}", name=name)
    return msg("there is no command {name}; did you mean {near}?", name=name, near=near[0])


def _too_many(context: Click, arguments: Sequence[str]) -> Message:
    """Tell which arguments a command has no place for: they are parsed again, and these let be."""
    again = context.command.make_context(
        context.info_name, list(arguments[1:]), parent=context.parent, allow_extra_args=True
    )
    return msg(
        "too many arguments for {command}: {arguments}",
        command=context.command_path,
        arguments=" ".join(map(visible, again.args)),
    )


def _name(error: Click) -> str:
    """Return what a parameter is called on the command line."""
    return "" if error.param is None else " / ".join(error.param.opts)
