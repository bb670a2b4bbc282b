"""Neo4j as a Cypher engine, through the official driver; it is filled from the same rows as the embedded one."""

import os
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, LiteralString, TypeVar, cast

import neo4j
from neo4j import exceptions
from neo4j.graph import Node as BoltNode
from neo4j.graph import Path as BoltPath
from neo4j.graph import Relationship as BoltRelationship

from graph.cypher.engine import (
    ATTESTATION_CONSTRAINT,
    ATTESTATION_LABEL,
    CONSTRAINT,
    STAMP_LABEL,
    Change,
    CypherEngine,
    difference,
    statements,
)
from graph.errors import EngineUnavailable, QueryError, QueryTimeout
from graph.project import Rows
from graph.table import Table

_T = TypeVar("_T")
_TIMED_OUT = "Neo.ClientError.Transaction.TransactionTimedOut"
_TOO_MUCH = "Neo.TransientError.General."
"""Lack of memory, of the heap or of the stack: as little there the next time as now."""
_FORBIDDEN = (
    "Neo.ClientError.Security.Forbidden",
    "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase",
    "Neo.ClientError.General.WriteOnReadOnlyAccessDatabase",
)
_AWAIT_SECONDS = 600
_WITH_TLS = "start it, name its certificate in SSL_CERT_FILE, or take any certificate by bolt+ssc:// or neo4j+ssc://"
_SETUP = (
    CONSTRAINT,
    ATTESTATION_CONSTRAINT,
    f"CREATE INDEX carekg_attestation_iri IF NOT EXISTS FOR (n:{ATTESTATION_LABEL}) ON (n.iri)",
    "CREATE INDEX carekg_quote_place IF NOT EXISTS FOR (n:Quote) ON (n.start)",
    "CREATE FULLTEXT INDEX carekg_words IF NOT EXISTS FOR "
    "(n:Quote|Finding|Barrier|Facilitator|Intervention|Theme|Role|Concept) ON EACH [n.label, n.statement, n.exact]",
    f"CALL db.awaitIndexes({_AWAIT_SECONDS})",
)
"""Made once, where they are missing, and waited for: a constraint that is still being made keeps nobody out."""


class Neo4jEngine(CypherEngine):
    """A Neo4j server as a `CypherEngine`. Only nodes labelled `Entity`, and the stamp, are ever touched.

    Credentials come from NEO4J_USER and NEO4J_PASSWORD (none: the server asks for none), the database from
    NEO4J_DATABASE (none: the server's default). The scheme of the URI says how it is spoken to: `bolt` and `neo4j` in
    the clear, with `+s` over TLS with a certificate that this machine trusts (SSL_CERT_FILE names others), with `+ssc`
    over TLS with any certificate.
    """

    def __init__(self, uri: str, *, fill: bool = True) -> None:
        """Connect; whoever is to `fill` the server makes the constraint and the indexes where they are missing.

        Raises:
            EngineUnavailable: the server cannot be reached, refuses the credentials or the database, or, where it is
                only to be read, holds nothing yet.
        """
        self._uri = uri
        user, password = os.environ.get("NEO4J_USER"), os.environ.get("NEO4J_PASSWORD")
        self._database = os.environ.get("NEO4J_DATABASE") or None
        if not uri.startswith(("bolt", "neo4j")):
            raise EngineUnavailable(uri, "is no Bolt URI", "write bolt://host:7687")
        try:
            self._driver = neo4j.GraphDatabase.driver(
                uri,
                auth=(user or "neo4j", password) if password else None,
                user_agent="carekg",
                notifications_min_severity="OFF",
            )
        except (ValueError, exceptions.ConfigurationError) as error:
            raise EngineUnavailable(uri, f"is no Bolt URI ({error})", "write bolt://host:7687") from error
        try:
            self._tried(self._driver.verify_connectivity)
            if fill:
                with self._session() as session:
                    for text in _SETUP:
                        self._tried(partial(session.execute_write, _run, text, {}))
            elif self.stamp() is None:
                raise EngineUnavailable(uri, "holds no evidence yet", f"fill it: `carekg ingest PATH --neo4j {uri}`")
        except EngineUnavailable:
            self._driver.close()
            raise

    def rebuild(self, rows: Rows, stamp: str) -> None:
        """Make `rows` the whole content, in several transactions; what is there already stays.

        The stamp goes first and comes last: what is filled by halves has none.
        """
        with self._session() as session:
            self._tried(partial(session.execute_write, _run, f"MATCH (s:{STAMP_LABEL}) REMOVE s.stamp", {}))
            for text, params in statements(difference(self.rows(), rows), stamp):
                self._tried(partial(session.execute_write, _run, text, params))

    def apply(self, change: Change, stamp: str) -> None:
        """Apply a change in one transaction, again where the server asks for it (deadlocks, new leaders)."""

        def work(transaction: neo4j.ManagedTransaction) -> None:
            for text, params in statements(change, stamp):
                _run(transaction, text, params)

        with self._session() as session:
            self._tried(lambda: session.execute_write(work))

    def query(
        self, text: str, params: Mapping[str, Any], *, limit: int | None = None, timeout: float | None = None
    ) -> Table:
        """Run a query in a reading transaction, which the server ends after `timeout` seconds.

        Raises:
            QueryTimeout: it took longer than `timeout`.
            QueryError: it is no Cypher, writes, fails on its values, or takes more memory than the server gives.
            EngineUnavailable: the server cannot be reached.
        """

        def work(transaction: neo4j.ManagedTransaction) -> Table:
            try:
                found = transaction.run(_trusted(text), dict(params))
                columns = tuple(found.keys())
                kept = [tuple(_plain(value) for value in record) for record in _first(found, limit)]
            except exceptions.TransientError as error:
                if not (error.code or "").startswith(_TOO_MUCH):
                    raise
                # made ours here already: the driver would run it again and again for half a minute
                problem = "takes more memory than the server gives to one query"
                raise QueryError("Cypher query", problem, "ask for less, or for one part at a time") from error
            return Table(columns, tuple(kept[:limit]), truncated=limit is not None and len(kept) > limit)

        with self._session(neo4j.READ_ACCESS) as session:
            return self._tried(lambda: session.execute_read(neo4j.unit_of_work(timeout=timeout)(work)))

    def close(self) -> None:
        """Close the connections."""
        self._driver.close()

    def _session(self, access: str = neo4j.WRITE_ACCESS) -> neo4j.Session:
        return self._driver.session(database=self._database, default_access_mode=access)

    def _tried(self, work: Callable[[], _T]) -> _T:
        """Run `work`, with the driver's errors made ours."""
        try:
            return work()
        except exceptions.AuthError as error:
            remedy = "set NEO4J_USER and NEO4J_PASSWORD"
            raise EngineUnavailable(self._uri, "refuses the credentials", remedy) from error
        except exceptions.ClientError as error:
            problem = error.message or str(error)
            if (error.code or "").startswith(_TIMED_OUT):
                raise QueryTimeout(
                    "Cypher query", "was stopped by the server", "narrow it or allow more time"
                ) from error
            if error.code == "Neo.ClientError.Database.DatabaseNotFound":
                raise EngineUnavailable(self._uri, problem, "set NEO4J_DATABASE") from error
            if error.code in _FORBIDDEN:
                remedy = "open it only to read, or ask for the right to write"
                raise EngineUnavailable(self._uri, f"lets you only read ({problem})", remedy) from error
            if (error.code or "").startswith("Neo.ClientError.Security."):
                raise EngineUnavailable(self._uri, problem, "wait a little, then give the right ones") from error
            raise QueryError("Cypher query", problem, "see the Cypher manual of Neo4j") from error
        except exceptions.DriverError as error:
            remedy = (
                _WITH_TLS if "+s://" in self._uri else "start it (`make neo4j`), or write bolt+s:// if it wants TLS"
            )
            raise EngineUnavailable(self._uri, f"cannot be reached ({error})", remedy) from error
        except exceptions.Neo4jError as error:
            raise EngineUnavailable(self._uri, error.message or str(error), "see the log of the server") from error


def _run(where: neo4j.ManagedTransaction, text: str, params: dict[str, Any]) -> None:
    where.run(_trusted(text), params).consume()


def _trusted(text: str) -> LiteralString:
    """Return a query as the driver's types want it: they allow only texts that stand in the code."""
    return cast(LiteralString, text)  # type: ignore[redundant-cast]


def _first(found: neo4j.Result, limit: int | None) -> list[neo4j.Record]:
    return list(found) if limit is None else found.fetch(limit + 1)


def _plain(value: Any) -> Any:  # noqa: ANN401 - as many types as Cypher has
    """Return a value of the driver as `Table` promises it."""
    if isinstance(value, BoltNode):
        return {"labels": sorted(value.labels), "properties": {k: _plain(v) for k, v in value.items()}}
    if isinstance(value, BoltRelationship):
        return {"type": value.type, "properties": {k: _plain(v) for k, v in value.items()}}
    if isinstance(value, BoltPath):
        return {"nodes": [_plain(n) for n in value.nodes], "relationships": [_plain(r) for r in value.relationships]}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value.iso_format() if hasattr(value, "iso_format") else value
