"""How every command ends: 0 done, 1 `--fail-on` met, 2 bad input or usage, 3 our fault."""

from __future__ import annotations

import json
import os
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from typer.exceptions import TyperException

from filage.kernel.errors import BadInput, FilageError, Problem
from filage.kernel.text import closest

if TYPE_CHECKING:
    from collections.abc import Callable

DONE, FAIL_ON_MET, BAD_INPUT, OUR_FAULT, INTERRUPTED = 0, 1, 2, 3, 130
SHOW_TRACEBACK = "FILAGE_TRACEBACK"
QUOTE = "'"


def guarded(run: Callable[[], Any], *, as_json: bool) -> int:
    """Run a command and return its exit code; what went wrong is told on stderr, in French or in JSON."""
    try:
        code = run()
    except FilageError as error:
        return _told(problems_of(error), BAD_INPUT, as_json=as_json)
    except TyperException as error:
        return _told(_usage(error), BAD_INPUT, as_json=as_json)
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last resort: one line for the person, the rest on demand
        if os.environ.get(SHOW_TRACEBACK):
            traceback.print_exc()
        return _told([_our_fault(error)], OUR_FAULT, as_json=as_json)
    return code if isinstance(code, int) else DONE


def problems_of(error: FilageError) -> list[Problem]:
    """What a refusal holds: its problems, or its text as one."""
    return list(error.problems) if isinstance(error, BadInput) else [Problem(str(error))]


def _told(problems: list[Problem], code: int, *, as_json: bool) -> int:
    if as_json:
        content = {"error": {"problems": [problem.as_json() for problem in problems]}}
        typer.echo(json.dumps(content, ensure_ascii=False), err=True)
    else:
        for problem in problems:
            typer.echo(str(problem), err=True)
    return code


def _our_fault(error: Exception) -> Problem:
    """Name the kind and the place of an unexpected error, never its text: it may hold private data."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{type(error).__name__}, {Path(frame.filename).name}:{frame.lineno}"
    return Problem(
        f"Filage s’est arrêté sur une erreur qui vient de lui ({place})",
        suggestion=f"recommencez avec {SHOW_TRACEBACK}=1 devant la commande pour le détail à nous envoyer",
    )


def _usage(error: TyperException) -> list[Problem]:
    """Say in French what the reader of options says in English."""
    name, message = getattr(error, "option_name", ""), error.message
    match type(error).__name__:
        case "NoArgsIsHelpError":
            return [Problem(message)] if message else []
        case "NoSuchOption":
            near = closest(name, [option for param in _params(error) for option in param.opts])
            problem = Problem(
                "option inconnue", name, suggestion=f"vouliez-vous {near} ?" if near else _help(error)
            )
        case "MissingParameter":
            problem = Problem("manque", _param_name(error), suggestion=_help(error))
        case "BadParameter":
            problem = Problem(message, _param_name(error))
        case "BadOptionUsage":
            problem = Problem("cette option attend une valeur", name)
        case _ if "unexpected extra argument" in message:
            extra = message.rpartition(" (")[2].rstrip(")")
            problem = Problem(f"« {extra} » est de trop", suggestion=_help(error))
        case _ if message.startswith("No such command"):
            problem = Problem(f"commande inconnue « {message.split(QUOTE)[1]} »", suggestion=_help(error))
        case _:
            problem = Problem(error.format_message())
    return [problem]


def _params(error: TyperException) -> list[Any]:
    context = getattr(error, "ctx", None)
    return list(context.command.params) if context else []


def _param_name(error: TyperException) -> str:
    param = getattr(error, "param", None)
    if param is None:
        return str(getattr(error, "param_hint", "") or "")
    return str(param.opts[0] if param.param_type_name == "option" else param.metavar or param.name)


def _help(error: TyperException) -> str:
    context = getattr(error, "ctx", None)
    return f"« {context.command_path} --help » donne l’usage" if context else ""
