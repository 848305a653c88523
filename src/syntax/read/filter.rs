//! What stands after `where`.

use super::{Node, Reader};
use crate::source::Span;
use crate::syntax::grammar::Rule;
use crate::syntax::tree::{Expr, ExprKind};

impl<'a> Reader<'a> {
    /// `not path is "x"`, `( … )`, `attended`
    pub(super) fn filter(&mut self, node: Node<'a>) -> Option<Expr> {
        let mut negations: Vec<Span> = Vec::new();
        let mut parts = node.into_inner().peekable();
        while let Some(not) = parts.next_if(|part| part.as_rule() == Rule::word_not) {
            negations.push(self.span(&not));
        }
        let left = self.operand(parts.next()?)?;
        let filter = match parts.next() {
            Some(tail) => self.compared(left, tail)?,
            None => left,
        };
        Some(negations.into_iter().rev().fold(filter, |inner, not| {
            let span = not.to(inner.span);
            Expr { kind: ExprKind::Not(Box::new(inner)), span }
        }))
    }
}
