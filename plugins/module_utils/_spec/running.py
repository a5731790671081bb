# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What every door does once the options are checked: runs the body, and closes what it opened."""

from __future__ import annotations

import typing as t

from .._graph.connection import connection_from_options
from .._graph.dependencies import require_dependencies
from .._graph.run_tokens import RunTokens
from .._graph.session import GraphSession
from .protocol import Body, ModuleProtocol


def result_of(module: ModuleProtocol, body: Body, tokens: RunTokens | None = None) -> dict[str, t.Any]:
    """The result of *body* for the task *module*. Raises EntraError.

    Its sessions only read in check mode; *tokens* are those they share with other tasks.
    """
    sessions: list[GraphSession] = []

    def make_session() -> GraphSession:
        connection = connection_from_options(module.params)
        session = GraphSession(connection, read_only=module.check_mode, tokens=tokens)
        sessions.append(session)
        return session

    try:
        require_dependencies()
        return body(module, make_session)
    finally:
        for session in sessions:
            session.close()
