//! Questions in the words of the language, for people. Long ones are cut short.

use super::naming::{LONGEST, Naming, quoted, sign};
use super::sets::{SetId, Sets};
use super::tree::{Test, Tree};
use super::*;
use crate::model::TextRelation;
use crate::value::Instant;

/// Values of a set that are shown.
const VALUES_SHOWN: usize = 6;

#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    pub model: &'a Model,
    pub sets: &'a Sets,
    pub nodes: &'a Nodes,
    pub lead: Option<&'a Nodes>,
}

/// What questions are asked of.
struct Asked {
    said: String,
    is_list: bool,
}

impl Words<'_> {
    /// `title mentions "vp" and not title contains "assistant"`
    pub fn question(&self, value: ValueId, tree: &Tree) -> String {
        let subject = Asked { said: self.value(value), is_list: matches!(value, ValueId::List(_)) };
        let mut out = String::new();
        self.tree(&mut out, &subject, tree, true);
        out
    }

    /// A node as an expression.
    pub fn value(&self, value: ValueId) -> String {
        Naming { model: self.model, nodes: self.nodes, lead: self.lead }.said(value)
    }

    fn tree(&self, out: &mut String, subject: &Asked, tree: &Tree, outermost: bool) {
        if out.len() > LONGEST {
            return;
        }
        match tree {
            Tree::Known => out.push_str(&format!("{} is known", subject.said)),
            Tree::Test(test) => self.test(out, subject, test),
            Tree::Not(inner) => match &**inner {
                Tree::Known => out.push_str(&format!("{} is missing", subject.said)),
                inner => {
                    out.push_str("not ");
                    self.tree(out, subject, inner, false);
                }
            },
            Tree::Any(parts) if parts.is_empty() => out.push_str("no"),
            Tree::All(parts) | Tree::Any(parts) => {
                let word = if matches!(tree, Tree::All(_)) { " and " } else { " or " };
                out.push_str(if outermost { "" } else { "(" });
                let mut parts: Vec<&Tree> = parts.iter().collect();
                parts.sort_by_key(|part| edge(part));
                for (place, part) in parts.into_iter().enumerate() {
                    out.push_str(if place > 0 { word } else { "" });
                    if out.len() > LONGEST {
                        out.push('…');
                        break;
                    }
                    self.tree(out, subject, part, false);
                }
                out.push_str(if outermost { "" } else { ")" });
            }
        }
    }

    fn test(&self, out: &mut String, subject: &Asked, test: &Test) {
        let Asked { said: subject, is_list } = subject;
        let said = match test {
            Test::Is(set) if *is_list => format!("{subject} includes {}", self.set(*set, "any of ")),
            Test::Number(compare, edge) => format!("{subject} {} {edge}", sign(*compare)),
            Test::Date(compare, edge) => format!("{subject} {} {}", sign(*compare), Instant(*edge)),
            Test::YesNo(answer) => format!("{subject} is {}", if *answer { "yes" } else { "no" }),
            Test::Is(set) => format!("{subject} is {}", self.set(*set, "one of ")),
            Test::Part(relation, set) => {
                let relation = match relation {
                    TextRelation::Contains => "contains",
                    TextRelation::Mentions => "mentions",
                    TextRelation::StartsWith => "starts with",
                    TextRelation::EndsWith => "ends with",
                };
                format!("{subject} {relation} {}", self.set(*set, "any of "))
            }
            Test::Glob(pattern) => format!("{subject} matches {}", quoted(pattern)),
            Test::Regex(pattern) => format!("{subject} matches /{pattern}/"),
            Test::LooksRandom => format!("{subject} looks random"),
        };
        out.push_str(&said);
    }

    /// `"a"`, `one of "a", "b"`, `one of free_mail`
    fn set(&self, set: SetId, several: &str) -> String {
        let values = self.sets.values(set);
        if let Some(name) = self.sets.name(set) {
            return format!("{several}{name}");
        }
        let shown: Vec<String> = values.iter().take(VALUES_SHOWN).map(|value| quoted(value)).collect();
        let more = if values.len() > VALUES_SHOWN { format!(", … ({} values)", values.len()) } else { String::new() };
        format!("{}{}{more}", if values.len() == 1 { "" } else { several }, shown.join(", "))
    }
}

/// Comparisons with numbers and dates are shown from the lowest up, behind all else.
fn edge(tree: &Tree) -> Option<i128> {
    match tree {
        Tree::Test(Test::Number(_, edge)) => Some(edge.billionths()),
        Tree::Test(Test::Date(_, edge)) => Some(i128::from(*edge)),
        Tree::Not(inner) => match &**inner {
            Tree::Test(Test::Number(_, edge)) => Some(edge.billionths()),
            Tree::Test(Test::Date(_, edge)) => Some(i128::from(*edge)),
            _ => None,
        },
        _ => None,
    }
}
