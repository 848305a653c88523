//! What comes out for a text: the parts of the tree that are easy to get wrong.

use super::{expression, tree};
use crate::syntax::tree::*;

/// An expression with a pair of brackets around everything that is one node.
fn bracketed(expr: &Expr) -> String {
    let all = |exprs: &[Expr]| exprs.iter().map(bracketed).collect::<Vec<_>>();
    match &expr.kind {
        ExprKind::Number { digits, percent } => format!("{digits}{}", if *percent { "%" } else { "" }),
        ExprKind::Text(text) => format!("{text:?}"),
        ExprKind::Pattern(text) => format!("/{text}/"),
        ExprKind::Date(text) => text.clone(),
        ExprKind::YesNo(yes) => format!("{yes}"),
        ExprKind::Missing => "missing".into(),
        ExprKind::Name(name) => name.text.clone(),
        ExprKind::LeadName(name) => format!("lead.{}", name.text),
        ExprKind::Parenthesised(inner) => format!("({})", bracketed(inner)),
        ExprKind::Not(inner) => format!("[not {}]", bracketed(inner)),
        ExprKind::And(parts) => format!("[{}]", all(parts).join(" and ")),
        ExprKind::Or(parts) => format!("[{}]", all(parts).join(" or ")),
        ExprKind::Negate(inner) => format!("[-{}]", bracketed(inner)),
        ExprKind::Arithmetic { operator, left, right } => {
            format!("[{} {operator:?} {}]", bracketed(left), bracketed(right))
        }
        ExprKind::PercentOf { percent, of } => format!("[{}% of {}]", percent.node, bracketed(of)),
        ExprKind::Compare { left, comparison } => {
            let not = if comparison.node.negated { "not " } else { "" };
            let right = match &comparison.node.kind {
                ComparisonKind::Is(value) => format!("is {}", bracketed(value)),
                ComparisonKind::OneOf(values) => format!("one of {}", all(values).join(",")),
                ComparisonKind::Order(order, value) => format!("{order:?} {}", bracketed(value)),
                ComparisonKind::Between(a, b) => format!("between {} {}", bracketed(a), bracketed(b)),
                ComparisonKind::Text { relation, quantifier, operands } => {
                    format!("{relation:?} {quantifier:?} {}", all(operands).join(","))
                }
                other => format!("{other:?}").split('(').next().unwrap_or("").to_owned(),
            };
            format!("[{} {not}{right}]", bracketed(left))
        }
        ExprKind::Function { function, arguments } => format!("[{function:?} {}]", all(arguments).join(",")),
        ExprKind::BandOf(name) => format!("[band {}]", name.text),
        ExprKind::Events(events) => {
            let ask = format!("{:?}", events.ask);
            let ask = ask.split('(').next().unwrap_or("");
            let names = match &events.selector.events {
                EventNames::All(_) => "*".to_owned(),
                EventNames::Named(names) => names.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join(","),
            };
            let clauses: Vec<String> =
                events.selector.clauses.iter().map(|clause| shown_clause(&clause.node)).collect();
            format!("[{ask} {names}{}]", clauses.concat())
        }
        ExprKind::PointsOf { label, .. } => format!("[points {}]", label.node),
    }
}

fn shown_clause(clause: &SelectorClause) -> String {
    match clause {
        SelectorClause::Where(filter) => format!(" where {}", bracketed(filter)),
        SelectorClause::SinceLast(which) => {
            format!(
                " since_last{}",
                which.filter.as_ref().map(|filter| format!(" where {}", bracketed(filter))).unwrap_or_default()
            )
        }
        other => format!(" {}", format!("{other:?}").split('(').next().unwrap_or("")),
    }
}

#[test]
fn operators_bind_as_the_language_says() {
    let cases = [
        ("30% of fit + 20", "[[30% of fit] Add 20]"),
        ("a - b - c * -d", "[[a Subtract b] Subtract [c Multiply [-d]]]"),
        ("not a + 1 > 2 and b", "[[not [[a Add 1] Greater 2]] and b]"),
        ("not not a is \"x\"", "[not [not [a is \"x\"]]]"),
        ("a is not \"US\"", "[a not is \"US\"]"),
        ("x between a + 1 and b and c", "[[x between [a Add 1] b] and c]"),
        ("highest of a, b + lowest of c, 3 > 2", "[[[HighestOf a,b] Add [LowestOf c,3]] Greater 2]"),
        ("first known of domain of a, 30% of b, (c) is \"x\"", "[[FirstKnownOf [DomainOf a],[30% of b],(c)] is \"x\"]"),
        ("a is one of \"x\", -3, b and c", "[[a one of \"x\",[-3],b] and c]"),
        ("2026-05-01 > 5 - 3", "[2026-05-01 Greater [5 Subtract 3]]"),
        ("a is no and b", "[[a is false] and b]"),
        ("title matches any of /a\\/b\\d/, \"x*\"", "[title Matches Any /a/b\\d/,\"x*\"]"),
        ("a contains \"q\\\"\\\\\\n\\u{1F600}\"", "[a Contains One \"q\\\"\\\\\\n😀\"]"),
    ];
    for (text, shape) in cases {
        assert_eq!(bracketed(&expression(text)), shape, "{text}");
    }
}

#[test]
fn words_are_names_or_forms_by_what_follows() {
    let cases = [
        ("highest of path in page_view", "[HighestOf page_view]"),
        ("highest of created in last 30 days", "[[HighestOf created] InLast]"),
        ("highest > count", "[highest Greater count]"),
        ("latest in last 30 days", "[latest InLast]"),
        ("count of known phone", "[CountOfKnown phone]"),
        ("count of known", "[CountOf known]"),
        ("days since last", "[DaysSince last]"),
        ("days since last click", "[DaysSinceLast click]"),
        ("at after 2026-01-01", "[at After]"),
        ("first known in click", "[First click]"),
        ("is_known is known", "[is_known Known]"),
        ("`no` is one", "[no is one]"),
        ("no order", "[No order]"),
    ];
    for (text, shape) in cases {
        assert_eq!(bracketed(&expression(text)), shape, "{text}");
    }
}

#[test]
fn words_after_a_filter_belong_to_the_selector() {
    let cases = [
        ("any p where a is one of b in last 3 days", "[Any p where [a one of b] InLast]"),
        ("any p where a and b", "[[Any p where a] and b]"),
        ("count of p where s > 5 >= 3", "[[CountOf p where [s Greater 5]] GreaterOrEqual 3]"),
        ("any p where not a contains any of b before 2026-01-01", "[Any p where [not [a Contains Any b]] Before]"),
        ("any p since last w where a is \"x\" where b", "[Any p since_last where [a is \"x\"] where b]"),
        ("any p, q where (a or b) since x", "[Any p,q where ([a or b]) Since]"),
        ("any p where lead.a is \"x\"", "[Any p where [lead.a is \"x\"]]"),
        ("highest of count of p, count of q", "[HighestOf [CountOf p],[CountOf q]]"),
        ("no event", "[No *]"),
    ];
    for (text, shape) in cases {
        assert_eq!(bracketed(&expression(text)), shape, "{text}");
    }
}

#[test]
fn spans_hold_the_text_and_no_blanks_or_comments_after_it() {
    let text = "define a = b # why\n  and c # because\ndefine d = e\n";
    let file = tree(text);
    let StatementKind::Define(define) = &file.statements[0].kind else { panic!("a define") };
    assert_eq!(&text[define.value.span.range()], "b # why\n  and c");
    let ExprKind::And(parts) = &define.value.kind else { panic!("joined by and") };
    assert_eq!(&text[parts[0].span.range()], "b");
    assert_eq!(&text[file.statements[0].span.range()], "define a = b # why\n  and c");
}

#[test]
fn limits_and_decay_keep_their_order() {
    let file = tree(
        "score s {\n  +1 for each p once per day decay half-life 3 days after 1 day no higher than 5 points once per `day`\n}\n",
    );
    let StatementKind::Score(score) = &file.statements[0].kind else { panic!("a score") };
    let ScoreBody::Rules(items) = &score.body else { panic!("rules") };
    let Item::Rule(rule) = &items[0] else { panic!("a rule") };
    let kinds: Vec<&Clause> = rule.clauses.iter().map(|clause| &clause.node).collect();
    assert!(matches!(
        kinds[..],
        [
            Clause::AtMost { times: None, scope: LimitScope::PerCalendar(CalendarUnit::Day) },
            Clause::Decay(Decay::Curve(DecayCurve { after: Some(_), down_to: None, .. })),
            Clause::NoHigher(_),
            Clause::AtMost { times: None, scope: LimitScope::PerProperty(_) },
        ]
    ));
}
