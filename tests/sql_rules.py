"""Judges one SQL statement by the rules that let it run distributed by workspace (design.md section 3, "Beyond one machine"),
and by the one that keeps the planner from reading a whole workspace for each key of a list (db/planning.py).

The grammar is PostgreSQL's own (pglast). A breach is a rule's name and a sentence; `EXEMPT` says which files of the product
may break which rule, and why.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from pglast import ast, parse_sql
from pglast.enums import A_Expr_Kind, BoolExprType, OnConflictAction
from pglast.parser import ParseError

from db.tables import metadata

OURS = frozenset(metadata.tables)
#: The column that says which workspace a row belongs to, where it is not `workspace_id`.
WORKSPACE_COLUMN = {"workspaces": "id"}
#: What names a row's shard beside the workspace: a key is looked up before its workspace is known.
OTHER_PINS = {"api_keys": "hash"}

#: Functions that the product's writing statements use, by volatility (pg_proc.provolatile; a test compares). One that is
#: missing here is a breach, so that a new one is looked up before it is used.
IMMUTABLE = frozenset({"count", "sum", "min", "max", "unnest", "array_length", "cardinality"})
STABLE = frozenset({"now", "transaction_timestamp", "statement_timestamp"})

#: File of the product (or folder) -> rule -> why it may break it.
EXEMPT: dict[str, dict[str, str]] = {
    "db/check.py": {"unpinned": "an operator's command that compares the counters of all workspaces"},
    "db/logins.py": {
        "unpinned": "somebody who logs in is looked up before their workspace is known: a short read over all nodes"
    },
    "db/metrics.py": {
        "unpinned": "sums over all workspaces for the server's operator, computed by every node for itself"
    },
    "db/migrate.py": {
        "advisory-lock": "two processes that start together migrate one after the other; no figure rests on it"
    },
    "db/migrations/": dict.fromkeys(
        ("unpinned", "stable", "volatile"), "a migration changes the rows of all workspaces"
    ),
}


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that a statement breaks. ``rule`` is a short stable name, the one that EXEMPT uses."""

    rule: str
    message: str


def judge(statement: str, *, place: str = "") -> list[Breach]:
    """What is wrong with a statement whose parameters are $1, $2, …; ``place`` is the product's file that sends it."""
    excused = {rule for start, rules in EXEMPT.items() if place.startswith(start) for rule in rules}
    try:
        parsed = parse_sql(statement)
    except ParseError as error:
        return [Breach("unparsable", f"PostgreSQL's grammar does not know it: {error}")]
    breaches: list[Breach] = []
    for raw in parsed:
        breaches += _Judge().judge(raw.stmt)
    return [breach for breach in breaches if breach.rule not in excused]


def workspace_column(table: str) -> str:
    """The column by which the table is distributed, its rows' workspace."""
    return WORKSPACE_COLUMN.get(table, "workspace_id")


@dataclass(slots=True)
class _Level:
    """One query level: its tables by alias, and the level around it, whose columns it may name."""

    parent: "_Level | None" = None
    #: alias -> table of ours; None for whatever else stands in FROM
    tables: dict[str, str | None] = field(default_factory=dict)

    def find(self, alias: str) -> "tuple[_Level, str | None] | None":
        level: _Level | None = self
        while level is not None:
            if alias in level.tables:
                return level, level.tables[alias]
            level = level.parent
        return None


class _Judge:
    """The walk through one statement. Values that must be equal are united; a table is pinned when it is equal to a value."""

    def __init__(self) -> None:
        self._breaches: list[Breach] = []
        self._levels: list[_Level] = []
        self._unions: dict[Any, Any] = {}
        self._common_tables: set[str] = set()

    def judge(self, statement: Any) -> list[Breach]:
        self._visit(statement, None)
        self._check_levels()
        return self._breaches

    # --- the walk ---------------------------------------------------------------------------------------------------

    def _visit(self, node: Any, level: _Level | None) -> None:
        if isinstance(node, tuple):
            for item in node:
                self._visit(item, level)
        elif isinstance(node, ast.Node):
            special = getattr(self, f"_visit_{type(node).__name__}", None)
            if special:
                special(node, level)
            else:
                self._visit_children(node, level)

    def _visit_children(self, node: ast.Node, level: _Level | None, *, without: Iterable[str] = ()) -> None:
        for name in node:
            if name not in without:
                self._visit(getattr(node, name), level)

    def _visit_SelectStmt(self, node: ast.SelectStmt, parent: _Level | None) -> None:
        level = self._begin(node, parent, node.fromClause)
        self._learn_equalities(node.whereClause, level)
        self._visit_children(node, level, without=["withClause"])

    def _visit_InsertStmt(self, node: ast.InsertStmt, parent: _Level | None) -> None:
        self._begin(node, parent, ())
        table = self._own(node.relation)
        source_no = len(self._levels)
        self._visit(node.selectStmt, None)
        if table:
            self._check_inserted(node, table, source_no)
            if not _is_values(node.selectStmt):
                self._check_functions(node.selectStmt, "INSERT … SELECT", columns_matter=False)
            self._check_returning(node)
            self._check_conflict(node, table)

    def _visit_UpdateStmt(self, node: ast.UpdateStmt, parent: _Level | None) -> None:
        level = self._begin(node, parent, (node.relation, *(node.fromClause or ())))
        self._learn_equalities(node.whereClause, level)
        table = self._own(node.relation)
        if table:
            self._check_unmoved(node.targetList, table)
            self._check_functions(node, "UPDATE", columns_matter=True)
            self._check_returning(node)
        self._visit_children(node, level, without=["withClause"])

    def _visit_DeleteStmt(self, node: ast.DeleteStmt, parent: _Level | None) -> None:
        level = self._begin(node, parent, (node.relation, *(node.usingClause or ())))
        self._learn_equalities(node.whereClause, level)
        if self._own(node.relation):
            self._check_functions(node, "DELETE", columns_matter=True)
            self._check_returning(node)
        self._visit_children(node, level, without=["withClause"])

    def _visit_MergeStmt(self, node: ast.MergeStmt, parent: _Level | None) -> None:
        self._breach("merge", "MERGE is not for distributed tables")

    def _visit_CopyStmt(self, node: ast.CopyStmt, parent: _Level | None) -> None:
        table = self._own(node.relation) if node.relation else None
        if table and not node.is_from:
            self._breach("unpinned", f"COPY {table} TO reads every workspace")
        elif table and workspace_column(table) not in [column.sval for column in node.attlist or ()]:
            self._breach("unpinned", f"COPY {table} does not name {workspace_column(table)}")
        self._visit(node.query, None)

    def _visit_TruncateStmt(self, node: ast.TruncateStmt, parent: _Level | None) -> None:
        for table in filter(None, map(self._own, node.relations)):
            self._breach("unpinned", f"TRUNCATE {table} empties every workspace")

    def _visit_CreateTrigStmt(self, node: ast.CreateTrigStmt, parent: _Level | None) -> None:
        if self._own(node.relation):
            self._breach("trigger", "triggers do not run on distributed tables")

    def _visit_FuncCall(self, node: ast.FuncCall, level: _Level | None) -> None:
        if "advisory" in (name := _function_name(node)):
            self._breach("advisory-lock", f"{name}: an advisory lock is held on one node alone")
        self._visit_children(node, level)

    def _begin(self, node: Any, parent: _Level | None, sources: Iterable[Any] | None) -> _Level:
        """The query level of a statement, with the tables it names; common table expressions are levels of their own."""
        level = _Level(parent)
        self._levels.append(level)
        for cte in node.withClause.ctes if node.withClause else ():
            self._visit(cte.ctequery, None)
            self._common_tables.add(cte.ctename)
        for source in sources or ():
            self._add_source(source, level)
        self._check_lists(sources or ())
        return level

    def _add_source(self, source: Any, level: _Level) -> None:
        if isinstance(source, ast.RangeVar):
            level.tables[_alias(source)] = self._own(source)
        elif isinstance(source, ast.JoinExpr):
            for side in (source.larg, source.rarg):
                self._add_source(side, level)
            self._learn_equalities(source.quals, level)
            self._learn_using(source, level)
        elif getattr(source, "alias", None):
            level.tables[source.alias.aliasname] = None

    def _own(self, relation: ast.RangeVar) -> str | None:
        return relation.relname if relation.relname in OURS and relation.relname not in self._common_tables else None

    # --- what is equal to what --------------------------------------------------------------------------------------

    def _learn_equalities(self, condition: Any, level: _Level) -> None:
        for part in _conjuncts(condition):
            if isinstance(part, ast.A_Expr) and part.kind == A_Expr_Kind.AEXPR_OP and part.name[-1].sval == "=":
                left, right = (self._value(side, level) for side in (part.lexpr, part.rexpr))
                if left and right:
                    self._unite(left, right)

    def _learn_using(self, join: ast.JoinExpr, level: _Level) -> None:
        if any(column.sval == "workspace_id" for column in join.usingClause or ()):
            aliases = [_alias(side) for side in (join.larg, join.rarg) if isinstance(side, ast.RangeVar)]
            for alias in aliases[1:]:
                self._unite((id(level), aliases[0]), (id(level), alias))

    def _value(self, node: Any, level: _Level) -> Any:
        """What stands for a workspace (or another shard's name) in an equality; None for everything else."""
        while isinstance(node, ast.TypeCast | ast.CollateClause):
            node = node.arg
        if isinstance(node, ast.ParamRef):
            return ("value", node.number)
        if isinstance(node, ast.A_Const) and not node.isnull:
            return ("value", str(node.val))
        if not isinstance(node, ast.ColumnRef) or not isinstance(node.fields[-1], ast.String):
            return None
        *qualifiers, column = [part.sval for part in node.fields]
        if qualifiers:
            found = level.find(qualifiers[-1])
            owner, alias = (found[0], qualifiers[-1]) if found else (level, qualifiers[-1])
        else:
            ours = [alias for alias, table in level.tables.items() if table and column in metadata.tables[table].c]
            if len(ours) != 1:
                return None
            owner, alias = level, ours[0]
        table = owner.tables.get(alias)
        if table and column in (workspace_column(table), OTHER_PINS.get(table)):
            return (id(owner), alias)
        return None

    def _unite(self, left: Any, right: Any) -> None:
        self._unions[self._root(left)] = self._root(right)

    def _root(self, value: Any) -> Any:
        while value in self._unions and self._unions[value] != value:
            value = self._unions[value]
        return value

    def _is_pinned(self, value: Any) -> bool:
        root = self._root(value)
        return any(self._root(one) == root for one in (*self._unions, root) if one[0] == "value")

    # --- the rules --------------------------------------------------------------------------------------------------

    def _check_levels(self) -> None:
        for level in self._levels:
            ours = [(alias, table) for alias, table in level.tables.items() if table]
            for alias, table in ours:
                if not self._is_pinned((id(level), alias)):
                    named = table if alias == table else f"{table} AS {alias}"
                    self._breach("unpinned", f"{named}: no {workspace_column(table)} = … in this query level")
            if len({self._root((id(level), alias)) for alias, _ in ours}) > 1:
                joined = " and ".join(alias for alias, _ in ours)
                self._breach("unjoined", f"{joined} are not joined on workspace_id")

    def _check_lists(self, sources: Iterable[Any]) -> None:
        """A list of keys that stands beside something else in FROM is one that `planning.listed` wrote."""
        joined = [leaf for source in sources for leaf in _leaves(source)]
        for leaf in joined if len(joined) > 1 else ():
            is_limited = isinstance(leaf, ast.RangeSubselect) and leaf.subquery.limitCount
            if not isinstance(leaf, ast.RangeVar) and not is_limited and "unnest" in map(_function_name, _calls(leaf)):
                self._breach("list", "unnest is joined by itself: db/planning.py says how a list of keys is (listed)")

    def _check_inserted(self, node: ast.InsertStmt, table: str, source_no: int) -> None:
        """``source_no`` is the level of the SELECT that the rows come from, where they do."""
        column = workspace_column(table)
        names = [target.name for target in node.cols or ()]
        if column not in names:
            self._breach("unpinned", f"INSERT INTO {table} does not name {column}")
        elif not _is_values(node.selectStmt):
            targets = node.selectStmt.targetList or ()  # none for a UNION
            value = self._value(targets[names.index(column)].val, self._levels[source_no]) if targets else None
            if value is None or not self._is_pinned(value):
                self._breach("unpinned", f"INSERT INTO {table} … SELECT: {column} is not that of one workspace")

    def _check_conflict(self, node: ast.InsertStmt, table: str) -> None:
        clause = node.onConflictClause
        if not clause:
            return
        keys = [element.name for element in clause.infer.indexElems or ()] if clause.infer else []
        if keys and workspace_column(table) not in keys and OTHER_PINS.get(table) not in keys:
            self._breach("unpinned", f"ON CONFLICT on {table} without {workspace_column(table)}")
        if clause.action == OnConflictAction.ONCONFLICT_UPDATE:
            self._check_unmoved(clause.targetList, table)
            for call in _calls(clause):
                name = _function_name(call)
                if name not in IMMUTABLE:
                    self._breach(
                        "conflict-function",
                        f"{name} in ON CONFLICT DO UPDATE: only columns, excluded.… and immutable functions",
                    )

    def _check_unmoved(self, targets: Iterable[Any] | None, table: str) -> None:
        if any(target.name == workspace_column(table) for target in targets or ()):
            self._breach("moves-workspace", f"{workspace_column(table)} of {table} is never changed")

    def _check_returning(self, node: Any) -> None:
        clause = node.returningClause
        for target in clause.exprs if clause else ():
            if not isinstance(target.val, ast.ColumnRef):
                self._breach("returning", "RETURNING takes plain columns only")

    def _check_functions(self, node: Any, kind: str, *, columns_matter: bool) -> None:
        for call in _calls(node):
            name = _function_name(call)
            if name in IMMUTABLE or "advisory" in name:
                continue
            if name not in STABLE:
                self._breach("volatile", f"{name} in {kind}: volatile, or not in tests/sql_rules.py")
            elif columns_matter and any(isinstance(part, ast.ColumnRef) for part in _walk(call)):
                self._breach("stable", f"{name} in {kind}: a stable function may not be given columns")

    def _breach(self, rule: str, message: str) -> None:
        self._breaches.append(Breach(rule, message))


def _leaves(source: Any) -> Iterator[Any]:
    """What a part of FROM joins."""
    if isinstance(source, ast.JoinExpr):
        yield from _leaves(source.larg)
        yield from _leaves(source.rarg)
    else:
        yield source


def _walk(node: Any) -> Iterator[ast.Node]:
    if isinstance(node, tuple):
        for item in node:
            yield from _walk(item)
    elif isinstance(node, ast.Node):
        yield node
        for name in node:
            yield from _walk(getattr(node, name))


def _calls(node: Any) -> Iterator[Any]:
    return (part for part in _walk(node) if isinstance(part, ast.FuncCall | ast.SQLValueFunction))


def _function_name(call: Any) -> str:
    return "now" if isinstance(call, ast.SQLValueFunction) else call.funcname[-1].sval


def _conjuncts(condition: Any) -> Iterator[Any]:
    if isinstance(condition, ast.BoolExpr) and condition.boolop == BoolExprType.AND_EXPR:
        for part in condition.args:
            yield from _conjuncts(part)
    elif condition is not None:
        yield condition


def _alias(relation: ast.RangeVar) -> str:
    return relation.alias.aliasname if relation.alias else relation.relname


def _is_values(source: Any) -> bool:
    return source is None or source.valuesLists is not None
