"""``screenshots``: every tab and dialog of the demo district as PNG, without a display."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from app.cli.console import counted
from app.cli.demo_district import fill
from app.cli.doors import Doors, ExitCode, ScreenshotOptions
from app.cli.russian import pixels

NAME = "screenshots"
HELP = "нарисовать все экраны программы на вымышленном районе (PNG)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--out", type=Path, required=True, metavar="ПАПКА", help="куда положить")
    parser.add_argument("--width", type=pixels, default=1366, metavar="ТОЧЕК", help="ширина окна")
    parser.add_argument("--height", type=pixels, default=768, metavar="ТОЧЕК", help="высота окна")
    parser.add_argument(
        "--theme", choices=("light", "dark"), default="light", help="оформление: light или dark"
    )


def run(arguments: argparse.Namespace, doors: Doors) -> ExitCode:
    """Fill a database that is thrown away with the demo district and draw every screen over it."""
    options = ScreenshotOptions(arguments.out, arguments.width, arguments.height, arguments.theme)
    with tempfile.TemporaryDirectory(prefix="opora-", ignore_cleanup_errors=True) as folder:
        database = Path(folder) / "demo.db"
        with doors.open_workspace(database) as workspace:
            fill(workspace)
        made = doors.take_screenshots(database, options)
    for path in made:
        print(path)
    print(f"Готово: {counted(len(made), 'картинка', 'картинки', 'картинок')} в {arguments.out}.")
    return ExitCode.DONE
