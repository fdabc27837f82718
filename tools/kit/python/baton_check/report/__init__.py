# SPDX-License-Identifier: MIT
"""Reports: what a run has found, in several forms. The data are those of the JSON
form, which tools/kit/report.schema.json describes."""
