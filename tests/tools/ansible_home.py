# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A home directory for Ansible's tools inside the checkout, so that tests neither read nor write the user's own.

Two things ansible-test expects there are provided: the installer of pip, which it would otherwise download from a
host that many networks do not reach, and an SSH key pair, which it would otherwise make with ssh-keygen although
nothing here connects by SSH. How pip finds packages stays what the user configured.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tools.layout import BUILD, HOME
from tools.locking import exclusive

PIP_VERSIONS_OF_ANSIBLE_TEST = ("24.2", "25.2")  # 2.18 and 2.19; 2.20 and 2.21
USER_SETTINGS_OF_PIP = (".config/pip", ".pip", ".netrc", ".cache/pip")


def provide_pip_installer(ansible_test_directory: Path) -> None:
    """Lay our installer where ansible-test keeps downloaded ones."""
    cache = ansible_test_directory / "cache"
    if cache.is_dir():
        return
    cache.mkdir(parents=True)
    for version in PIP_VERSIONS_OF_ANSIBLE_TEST:
        target = cache / f"get_pip_{version.replace('.', '_')}.py"
        shutil.copyfile(Path(__file__).with_name("get_pip.py"), target)


def provide_ssh_key(ansible_test_directory: Path) -> None:
    """Make the key pair that ansible-test wants to exist; it is never used to connect to anything."""
    private_file = ansible_test_directory / "id_rsa"
    public_file = ansible_test_directory / "id_rsa.pub"
    if private_file.exists() and public_file.exists():
        return
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH)
    with os.fdopen(os.open(private_file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as handle:
        handle.write(private)
    public_file.write_bytes(public + b"\n")


def keep_user_settings(home: Path, user_home: Path) -> None:
    """Link pip's own configuration, credentials and cache into the new home."""
    for name in USER_SETTINGS_OF_PIP:
        link = home / name
        if (user_home / name).exists() and not link.exists():
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(user_home / name)


def prepare_home() -> Path:
    """Create the home directory, or complete it, and return it."""
    ansible_test_directory = HOME / ".ansible" / "test"
    with exclusive(BUILD / "home.lock"):
        provide_pip_installer(ansible_test_directory)
        provide_ssh_key(ansible_test_directory)
        keep_user_settings(HOME, Path.home())
    return HOME
