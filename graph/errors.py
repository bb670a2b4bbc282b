"""Every error that the graph raises, and where it stands among the errors of carekg.

CarekgError (ontology.errors)     a thing, its problem, the remedy; the text can be shown to a person
├── RecordError                   a record does not follow the slot table
├── SpanError                     a span does not hold the words that it claims to hold
├── VocabularyError               a vocabulary file cannot be read
└── GraphError                    anything below: catch this around calls to `graph`
    ├── StoreError                the folder of the store cannot be used
    │   ├── StoreMissing          there is no store where one is to be read
    │   ├── StoreFormatError      the folder holds something else, or a store of another version
    │   ├── StoreLocked           another process is writing to the store
    │   └── StoreReadOnly         a change was asked of a store that was opened to read
    ├── NotFound                  no document, record or text has this name
    ├── ExportError               the graph cannot be written in this form
    ├── QueryError                the query is wrong: its syntax, or what it does with its values
    │   ├── QueryRefused          the query asks for more than reading the store
    │   └── QueryTimeout          the query ran longer than it may
    └── EngineUnavailable         a Cypher engine cannot be reached or does not let us in
"""

from ontology.errors import CarekgError


class GraphError(CarekgError):
    """Base of the errors of `graph`."""


class StoreError(GraphError):
    """The folder of the store cannot be used."""


class StoreMissing(StoreError):
    """There is no store where one is to be read."""


class StoreFormatError(StoreError):
    """The folder holds something that is no store, or a store of another version."""


class StoreLocked(StoreError):
    """Another process is writing to the store."""


class StoreReadOnly(StoreError):
    """A change was asked of a store that was opened to read."""


class NotFound(GraphError):
    """No document, record or text has this name."""


class ExportError(GraphError):
    """The graph cannot be written in this form."""


class QueryError(GraphError):
    """The query is wrong: its syntax, or what it does with its values."""


class QueryRefused(QueryError):
    """The query asks for more than reading the store."""


class QueryTimeout(QueryError):
    """The query ran longer than it may."""


class EngineUnavailable(GraphError):
    """A Cypher engine cannot be reached or does not let us in."""
