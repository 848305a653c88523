use crate::analysis::Given;
use crate::lint::written::{Comparison, Literal, in_quotes, is_bare_filter};
use crate::lint::{Context, Finding, Findings, Safety, TextAtom, claim, lint};
use crate::model::{Condition, ConditionKind, TextExpr, TextOperand, TextRelation, TextTest};
use crate::value::{Text, fold};
use std::collections::BTreeSet;
use unicode_script::{Script, UnicodeScript};

lint! {
    /// Finds `mentions` with an Arabic word that lacks the form with the article.
    ///
    /// Persian and other languages in Arabic letters have no article: a file with Persian letters (`پ چ ژ گ ک ی`) is left
    /// alone, but for words that can only be Arabic. So is a word before another one with the article, as in
    /// `"مدير التسويق"`, which takes none itself.
    ///
    /// ## Why it matters
    ///
    /// `mentions` looks for whole words, and the article is written onto the word: `mentions "مدير"` does not hold for
    /// `المدير العام`, nor for `والمدير`, `بالمدير` or `للمدير`.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead {
    ///   id    text key
    ///   title text
    /// }
    ///
    /// score fit {
    ///   +10 "Manager" when title mentions "مدير"
    /// }
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead {
    ///   id    text key
    ///   title text
    /// }
    ///
    /// score fit {
    ///   +10 "Manager" when title mentions any of "مدير", "المدير"
    /// }
    /// ```
    pub static ARTICLE_HIDES_WORD = "S409", "article-hides-word", Text, Advice, Rules(check);
}

const ARTICLE: &str = "ال";
/// Shorter words are abbreviations and names.
const SHORTEST: usize = 3;

fn check(context: &Context<'_>, findings: &mut Findings) {
    let written = context.written();
    let has_persian = written.texts.iter().any(|text| text.text.contains(is_persian))
        || written.names.iter().any(|one| one.name.text.contains(is_persian));
    for atom in context.text_atoms() {
        let TextTest::Part { relation: TextRelation::Mentions, all, operands } = atom.test else { continue };
        let Some(comparison) = written.comparison(atom.condition) else { continue };
        let known = folded(context, operands);
        for literal in &comparison.operands {
            let Some(text) = literal.text().filter(|text| is_arabic(text, has_persian)) else { continue };
            let Some(articled) = with_article(text) else { continue };
            if !known.contains(&fold(&articled)) {
                report(context, atom, comparison, literal, &articled, *all, findings);
            }
        }
    }
}

fn folded(context: &Context<'_>, operands: &[TextOperand]) -> BTreeSet<String> {
    let mut known = BTreeSet::new();
    for operand in operands {
        match operand {
            TextOperand::Literal(text) => {
                known.insert(text.folded.to_string());
            }
            TextOperand::List(list) => {
                known.extend(
                    context.model.lists.get(list.index()).into_iter().flat_map(|list| list.folded.iter().cloned()),
                );
            }
            TextOperand::Expr(_) => {}
        }
    }
    known
}

fn report(
    context: &Context<'_>,
    atom: &TextAtom<'_>,
    comparison: &Comparison,
    literal: &Literal,
    articled: &str,
    all: bool,
    findings: &mut Findings,
) {
    let word = literal.text().unwrap_or_default();
    let quoted = in_quotes(articled);
    let finding = findings.add(literal.span, format!("`mentions` does not find `{word}` in `{articled}`"));
    finding.here("the article is a part of the word");
    let subject = context.text(comparison.left);
    let written = context.text(literal.span);
    let better = match context.text(comparison.operator).contains("not") {
        true => format!("{subject} does not mention any of {written}, {quoted}"),
        false => format!("{subject} mentions any of {written}, {quoted}"),
    };
    if all {
        finding.help(format!("ask for either form: `({better})`"));
    } else if comparison.only().is_some() && !context.text(comparison.operator).contains("any of") {
        let bare = is_bare_filter(context, &atom.place, atom.condition);
        let better = if bare { format!("({better})") } else { better };
        finding.help(format!("write `{better}`"));
        finding.fix("add the form with the article", Safety::Unsafe, vec![(atom.condition.span, better)]);
    } else {
        finding.help(format!("add `{quoted}`"));
        let edits = vec![(literal.span, format!("{written}, {quoted}"))];
        finding.fix("add the form with the article", Safety::Unsafe, edits);
    }
    show(context, atom, articled, finding);
}

/// A lead with the articled word alone, for which the comparison does not hold.
fn show(context: &Context<'_>, atom: &TextAtom<'_>, articled: &str, finding: &mut Finding) -> Option<()> {
    let TextExpr::Field(_) = atom.subject else { return None };
    if atom.place.filter_of.is_some() {
        return None;
    }
    let test = TextTest::Is(vec![TextOperand::Literal(Text::new(articled)?)]);
    let is_word =
        Condition { kind: ConditionKind::Text { value: atom.subject.clone(), test }, span: atom.condition.span };
    let given = [atom.place.owner.given(), vec![Given::holds(&is_word), Given::fails(atom.condition)]].concat();
    let verdict = context.analysis.possible(&given);
    let claims = vec![claim::holds(&is_word), claim::fails(atom.condition)];
    finding.example(format!("here the text is \"{articled}\", and the word is not found"), verdict.witness()?, claims);
    None
}

/// Whether a text is Arabic, and not another language in Arabic letters.
fn is_arabic(text: &str, file_has_persian: bool) -> bool {
    let letters = || text.chars().filter(|letter| letter.is_alphabetic());
    let only_here = text.contains(['ة', 'أ', 'إ']);
    letters().all(|letter| letter.script() == Script::Arabic)
        && !text.contains(is_persian)
        && (only_here || !file_has_persian)
}

/// A letter that Arabic does not have, or writes otherwise.
fn is_persian(letter: char) -> bool {
    matches!(
        letter,
        'پ' | 'چ' | 'ژ' | 'گ' | 'ک' | 'ی' | 'ۀ' | 'ە' | 'ێ' | 'ڵ' | 'ٹ' | 'ڈ' | 'ڑ' | 'ں' | 'ے' | 'ہ' | 'ھ'
    )
}

/// `مدير عام` as `المدير العام`; `None` for a word that takes no article.
fn with_article(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let first = words.first()?;
    let is_letters = words.iter().all(|word| word.chars().all(char::is_alphabetic));
    if !is_letters || first.chars().count() < SHORTEST || words.iter().any(|word| has_article(word)) {
        return None;
    }
    Some(words.iter().map(|word| format!("{ARTICLE}{word}")).collect::<Vec<_>>().join(" "))
}

/// Also behind `و`, `ب`, `ل`, `ك`, `ف`.
fn has_article(word: &str) -> bool {
    let inner = word.strip_prefix(['و', 'ب', 'ك', 'ف']).unwrap_or(word);
    word.starts_with(ARTICLE) || inner.starts_with(ARTICLE) || word.starts_with("لل") || word.starts_with("آل")
}

#[cfg(test)]
mod tests {
    use super::{ARTICLE_HIDES_WORD, with_article};
    use crate::lint::testing::{LEAD, fires, fixed};

    fn text(condition: &str) -> String {
        format!("{LEAD}\nscore fit {{ +5 \"Rule\" when {condition} }}")
    }

    #[test]
    fn words_that_take_an_article() {
        assert_eq!(with_article("مدير").as_deref(), Some("المدير"));
        assert_eq!(with_article("مدير عام").as_deref(), Some("المدير العام"));
        for none in ["المدير", "مدير التسويق", "والمدير", "للمدير", "بن"] {
            assert_eq!(with_article(none), None, "{none}");
        }
    }

    #[test]
    fn the_form_with_the_article_is_added() {
        let mended = fixed(&ARTICLE_HIDES_WORD, &text("title mentions any of \"مدير\", \"رئيس\", \"الرئيس\""));
        assert!(mended.contains("any of \"مدير\", \"المدير\", \"رئيس\", \"الرئيس\""), "{mended}");
        let negated = fixed(&ARTICLE_HIDES_WORD, &text("title does not mention \"طالب\""));
        assert!(negated.contains("title does not mention any of \"طالب\", \"الطالب\""), "{negated}");
        assert!(fires(&ARTICLE_HIDES_WORD, &text("title mentions \"مدير\""))[0].example.is_some());
    }

    #[test]
    fn other_languages_and_other_relations_are_left_alone() {
        for fine in [
            "title mentions any of \"مدیر\", \"سرپرست\"",
            "title mentions any of \"سرپرست\", \"چاپ\"",
            "title contains \"مدير\"",
            "title mentions \"ceo\"",
        ] {
            assert!(fires(&ARTICLE_HIDES_WORD, &text(fine)).is_empty(), "{fine}");
        }
    }
}
