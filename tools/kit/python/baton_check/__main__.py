# SPDX-License-Identifier: MIT
from baton_check.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
