"""The SQL engine on Apache Spark: the same steps and the same meaning for registers that need a cluster.

Importing this needs pyspark, which `pip install 'luoshi[spark]'` brings.
"""

from luoshi.rulebook.engines.sql.on_spark.running import decide_tables, run
from luoshi.rulebook.engines.sql.on_spark.starting import NotStarted, opened

__all__ = ["NotStarted", "decide_tables", "opened", "run"]
