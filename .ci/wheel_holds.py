"""Does the wheel hold every file that the service opens at run time? Fails with the list of what is missing."""

import subprocess
import sys
import zipfile

CODE = ("mail", "matching", "service", "terms")


def main(wheel: str) -> str:
    """The sentence to end with: empty where nothing is missing."""
    tracked = subprocess.run(["git", "ls-files", *CODE, "templates"], check=True, capture_output=True, text=True)
    held = set(zipfile.ZipFile(wheel).namelist())
    wanted = [f"service/{name}" if name.startswith("templates/") else name for name in tracked.stdout.splitlines()]
    missing = [name for name in wanted if name not in held]
    print(f"{wheel}: {len(wanted)} files wanted, {len(missing)} missing")
    return f"missing from {wheel}: {', '.join(missing)}" if missing else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]) or 0)
