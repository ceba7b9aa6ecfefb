"""What expressions may be, and what statements bind and change."""

import ast

from rnn_page.needs.calls import Calls, definitions
from rnn_page.needs.names import NOTHING, Loops, Value, reached


def pairs(target: ast.expr, value: ast.expr) -> list[tuple[ast.expr, ast.expr]]:
    """A target with its value; of two tuples each with its own."""
    targets, values = (getattr(node, "elts", []) for node in (target, value))
    starred = any(isinstance(one, ast.Starred) for one in [*targets, *values])
    if starred or not targets or len(targets) != len(values):
        return [(target, value)]
    return list(zip(targets, values, strict=True))


class Statements(Calls):
    """Every cell, from its first statement to its last."""

    def visit_ListComp(self, node: ast.expr) -> Value:
        around, loops = self.scopes, node.generators
        first = self.visit(loops[0].iter)  # does not see the names of the loops
        targets = [name for one in loops for name in ast.walk(one.target)]
        names = [name.id for name in targets if isinstance(name, ast.Name)]
        self.scopes = (*around, Loops.fromkeys(names, NOTHING))
        for one in loops:
            self.bind(one.target, reached(first | self.visit(one.iter)))
            self.several(one.ifs)
        parts = (getattr(node, part, None) for part in ("key", "value", "elt"))
        value = self.several(parts)
        self.scopes = around
        return self.new(node, value)

    visit_SetComp = visit_DictComp = visit_GeneratorExp = visit_ListComp

    def visit_Import(self, node: ast.Import | ast.ImportFrom) -> Value:
        for alias in node.names:
            self.name((alias.asname or alias.name).partition(".")[0])
        return NOTHING

    visit_ImportFrom = visit_Import

    def visit_Assign(self, node: ast.Assign) -> Value:
        value = self.visit(node.value) or self.new(node)
        bound = [
            (one, value if part is node.value else self.visit(part))
            for target in node.targets
            for one, part in pairs(target, node.value)
        ]
        for pair in bound:
            self.bind(*pair)
        return NOTHING

    def visit_AnnAssign(self, node: ast.AnnAssign | ast.NamedExpr) -> Value:
        self.several([getattr(node, "annotation", None)])
        value = self.several([node.value])
        if node.value:
            self.bind(node.target, value)
        return value

    visit_NamedExpr = visit_AnnAssign

    def visit_AugAssign(self, node: ast.AugAssign) -> Value:
        old, value = self.visit(node.target), self.visit(node.value)
        self.change(old, reached(value))
        self.bind(node.target, old | value)
        return NOTHING

    def visit_Global(self, node: ast.Global) -> Value:
        self.declared |= set(node.names)
        return NOTHING

    def visit_Delete(self, node: ast.Delete) -> Value:
        for target in node.targets:
            self.change(self.visit(getattr(target, "value", target)))
        return NOTHING

    def visit_withitem(self, node: ast.withitem) -> Value:
        value = self.visit(node.context_expr)
        if node.optional_vars:
            self.bind(node.optional_vars, value)
        return NOTHING

    def visit_For(self, node: ast.For) -> Value:
        value = reached(self.visit(node.iter))
        for _ in range(2):  # the second time with what the first one left
            self.bind(node.target, value)
            self.several(node.body)
        return self.several(node.orelse)

    def visit_While(self, node: ast.While) -> Value:
        return self.several([node.test, *node.body] * 2 + node.orelse)

    def visit_If(self, node: ast.If | ast.Try) -> Value:
        """After what may not have run, a name may still be bound as before."""
        self.several([getattr(node, "test", None)])
        handlers = [[handler] for handler in getattr(node, "handlers", ())]
        for body in (node.body, *handlers, node.orelse):
            before = dict(self.names)
            self.several(body)
            for name, (cells, value) in before.items():
                new = self.names[name]
                self.names[name] = cells | new[0], value | new[1]
        return self.several(getattr(node, "finalbody", ()))

    visit_Try = visit_If

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> Value:
        if node.name:
            self.name(node.name)
        return self.several([node.type, *node.body])

    def visit_Lambda(self, node: ast.Lambda | ast.FunctionDef) -> Value:
        args, defaults = node.args, {}
        self.several([*getattr(node, "decorator_list", ()), args])
        for some, values in (
            (args.posonlyargs + args.args, args.defaults),
            (args.kwonlyargs, args.kw_defaults),
        ):
            for arg, value in zip(reversed(some), reversed(values), strict=False):
                defaults[arg.arg] = self.several([value])
        made = self.new(node, code=node, scopes=(*self.scopes, defaults))
        if isinstance(node, ast.Lambda):
            self.each(made)  # it has no name to be mentioned by
        return made

    def visit_FunctionDef(self, node: ast.FunctionDef) -> Value:
        self.several([node.returns])
        self.name(node.name, self.visit_Lambda(node))
        return NOTHING

    def visit_ClassDef(self, node: ast.ClassDef) -> Value:
        around, body = self.scopes, {}
        holds = self.several([*node.decorator_list, *node.bases, *node.keywords])
        self.scopes = (*around, body)
        self.several(node.body)
        self.scopes = around
        for method in definitions(NOTHING.union(*body.values())):
            method.scopes = (
                *around,
                *method.scopes[-1:],
            )  # it does not see the class's
        self.name(node.name, self.new(node, holds, code=node, scopes=(body,)))
        return NOTHING
