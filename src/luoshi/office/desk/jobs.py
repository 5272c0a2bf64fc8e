"""The jobs of the pages: the worker finds those of every folder through this module."""

import luoshi.office.desk.doubles.jobs
import luoshi.office.desk.registers.jobs  # noqa: F401 # their tasks are known once they were imported
