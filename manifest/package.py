"""Writes the app package: the zip that an administrator uploads to Teams."""

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from manifest.build import AppPackage, CoalitionNames, ManifestRefused, Publisher, build_package
from manifest.commands import Command

ICONS = Path(__file__).parent / "icons"
# The earliest time a zip can name: the same input then gives the same bytes on every machine.
EPOCH = (1980, 1, 1, 0, 0, 0)
DEFAULT_OUT = Path("dist") / "teams-app.zip"


def write_package(path: Path, package: AppPackage) -> Path:
    """Write the zip to `path`, making its folders, and return it; equal packages, equal bytes."""
    contents = {"manifest.json": _json(package.manifest)}
    contents |= {
        f"{language}.json": _json(texts) for language, texts in package.localisations.items()
    }
    for icon in package.manifest["icons"].values():
        contents[icon] = (ICONS / icon).read_bytes()
    path.parent.mkdir(parents=True, exist_ok=True)
    with ZipFile(path, "w") as archive:
        for name in sorted(contents):
            archive.writestr(_entry(name), contents[name])
    return path


def add_arguments(parser: ArgumentParser) -> None:
    """The options of the `manifest` subcommand, read by `run`."""
    own = Publisher()
    parser.add_argument("--app-id", help="the bot's application (client) id, a GUID", required=True)
    parser.add_argument(
        "--out", type=Path, default=DEFAULT_OUT, help="the zip (default: %(default)s)"
    )
    parser.add_argument(
        "--domain",
        action="append",
        default=[],
        help="a host whose pages open inside Teams; can be given more than once",
    )
    parser.add_argument(
        "--publisher", default=own.name, help="who publishes (default: %(default)s)"
    )
    parser.add_argument("--website", default=own.website, help="default: %(default)s")
    parser.add_argument("--privacy", default=own.privacy, help="default: %(default)s")
    parser.add_argument("--terms", default=own.terms, help="default: %(default)s")


def run(
    arguments: Namespace,
    commands: Mapping[str, Sequence[Command]],
    *,
    names: CoalitionNames,
    version: str,
) -> Path:
    """Write the package that the command line asks for, and return its path.

    Raises ManifestRefused with everything that is wrong, for the caller to print.
    """
    if arguments.out.suffix != ".zip":
        raise ManifestRefused([f"the package must end in .zip, and is {str(arguments.out)!r}"])
    package = build_package(
        app_id=arguments.app_id.strip(),
        commands=commands,
        version=version,
        names=names,
        domains=arguments.domain,
        publisher=Publisher(
            arguments.publisher, arguments.website, arguments.privacy, arguments.terms
        ),
    )
    return write_package(arguments.out, package)


def _json(content: Mapping[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, EPOCH)
    entry.compress_type = ZIP_DEFLATED
    entry.external_attr = 0o644 << 16  # readable by all where the zip is unpacked on Unix
    return entry
