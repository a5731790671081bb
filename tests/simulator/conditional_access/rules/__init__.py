# Copyright: (c) 2026, m365.entra contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules that a policy's content must follow (facts section 2.6), one function a rule.

A rule looks at a canonical policy and returns the text of its refusal, or None.
"""
