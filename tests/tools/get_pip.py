# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stands in for the pip installer that ansible-test would download: Python brings its own copy of pip.

ansible-test runs this file inside a fresh virtual environment, with the packages to install as arguments.
"""

from __future__ import annotations

import subprocess
import sys

OPTIONS_OF_THE_DOWNLOADED_INSTALLER = ("--no-setuptools", "--no-wheel")

packages = [argument for argument in sys.argv[1:] if argument not in OPTIONS_OF_THE_DOWNLOADED_INSTALLER]
subprocess.run([sys.executable, "-m", "ensurepip", "--default-pip"], check=True, stdout=subprocess.DEVNULL)
subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", *packages], check=True)
