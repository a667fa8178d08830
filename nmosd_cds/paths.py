"""Where the files that come with the app are: frozen bundle, installed wheel or checkout.

Nobody else builds such a path, and nobody else may ask where a module lies.
"""

import os
import sys
from pathlib import Path


def knowledge_root() -> Path:
    """The folder that holds both `rules/` and `resources/`.

    Returns:
        The frozen bundle if there is one, else the package (a wheel carries both folders inside),
        else the folder beside the package (a checkout), whether or not they are really there:
        whoever reads them reports what is missing.
    """
    package = package_folder()
    candidates = [package, package.parent]
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle is not None:
        candidates.insert(0, Path(bundle))
    for folder in candidates:
        if (folder / "rules").is_dir() and (folder / "resources").is_dir():
            return folder
    return candidates[-1]


def package_folder() -> Path:
    """The folder of the program's own source; a frozen bundle has none to read."""
    return Path(__file__).resolve().parent


def rules_folder() -> Path:
    """The folder of what we decided: rules, ranking, definitions."""
    return knowledge_root() / "rules"


def resources_folder() -> Path:
    """The folder of evidence, examples, fonts, licences and translations."""
    return knowledge_root() / "resources"


def examples_folder() -> Path:
    """The folder of the bundled fictional cases."""
    return resources_folder() / "examples"


def fonts_folder() -> Path:
    """The folder of the bundled faces, the same on screen and on paper."""
    return resources_folder() / "fonts"


def translations_folder() -> Path:
    """The folder with one folder a language, each with its `messages.po`."""
    return resources_folder() / "translations"


def user_cache_folder() -> Path:
    """The user's folder for what can be built again; it may not exist yet.

    Returns:
        `NMOSD_CDS_CACHE` if that is set (tests set it), else the platform's usual place. Nothing
        about a patient is ever written there.
    """
    chosen = os.environ.get("NMOSD_CDS_CACHE")
    if chosen:
        return Path(chosen)
    from platformdirs import user_cache_path

    return user_cache_path("nmosd-cds", appauthor=False)


def user_config_folder() -> Path:
    """The user's folder for how the window was left; it may not exist yet.

    Returns:
        `NMOSD_CDS_CONFIG` if that is set (tests set it), else the platform's usual place, the same
        that `platformdirs` names. Nothing about a patient is ever written there.
    """
    chosen = os.environ.get("NMOSD_CDS_CONFIG")
    if chosen:
        return Path(chosen)
    # By hand: it is asked for before the first window, and platformdirs takes 7 ms to import.
    name, home = "nmosd-cds", Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / name
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / name
    return Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config") / name
