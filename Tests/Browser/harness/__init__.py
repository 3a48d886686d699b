# SPDX-License-Identifier: Apache-2.0
"""What the browser tests share: processes, the gate, the checkers of HTML."""
