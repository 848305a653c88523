use crate::lint::{Context, Findings, lint};
use crate::model::{Band, BandEdge, BandId, Score, ScoreId};
use crate::value::Decimal;

lint! {
    /// Finds a band that no lead can have.
    ///
    /// It is a proof. A band `otherwise` is left alone: it is a net, and may stay empty.
    ///
    /// ## Why it matters
    ///
    /// An empty best band means that its action is never taken; an empty worst one, that nobody is ever sorted out.
    ///
    /// ## Example
    ///
    /// ```score
    /// lead {
    ///   id     text key
    ///   title  text
    ///   phone  text
    /// }
    ///
    /// score fit from 0 {
    ///   +20 "Manager"       when title mentions "manager"
    ///   +10 "Left a phone"  when phone is known
    /// }
    ///
    /// bands fit { A from 40, B from 20, C from 0 }
    /// ```
    ///
    /// ## Better
    ///
    /// ```score
    /// lead {
    ///   id     text key
    ///   title  text
    ///   phone  text
    /// }
    ///
    /// score fit from 0 {
    ///   +20 "Manager"       when title mentions "manager"
    ///   +10 "Left a phone"  when phone is known
    /// }
    ///
    /// bands fit { A from 30, B from 20, C from 0 }
    /// ```
    pub static UNREACHABLE_BAND = "S105", "unreachable-band", Reach, Warning, Rules(check);
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    for (id, score) in (0..).map(ScoreId).zip(&context.model.scores) {
        let Some(bands) = &score.bands else { continue };
        let range = context.range_of_score(id);
        if range.is_never() {
            continue;
        }
        for (place, band) in (0..).map(BandId).zip(&bands.bands) {
            if band.edge == BandEdge::Otherwise {
                continue;
            }
            let is_outside = range.at_most().is_some_and(|most| begins_past(band, most))
                || range.at_least().is_some_and(|least| next_edge(score, band).is_some_and(|next| next <= least));
            if is_outside || (context.is_small(id) && context.analysis.never_reaches_band(id, place)) {
                report(context, (id, score), band, findings);
            }
        }
    }
}

fn begins_past(band: &Band, most: Decimal) -> bool {
    match band.edge {
        BandEdge::From(edge) => edge > most,
        BandEdge::Above(edge) => edge >= most,
        BandEdge::Otherwise => false,
    }
}

fn report(context: &Context<'_>, (id, score): (ScoreId, &Score), band: &Band, findings: &mut Findings) {
    let range = context.range_of_score(id);
    let name = &score.name;
    let finding = findings.add(band.span, format!("no lead can have band `{}` of `{name}`", band.name));
    if let Some(most) = range.at_most().filter(|most| begins_past(band, *most)) {
        finding.here(format!("no lead has more than {most} points of `{name}`"));
        finding.help(format!("begin it lower, at {most} or less, or let the rules of `{name}` give more"));
        context.show_end(finding, id, true);
    } else if let Some(least) =
        range.at_least().filter(|least| next_edge(score, band).is_some_and(|next| next <= *least))
    {
        finding.here(format!("no lead has fewer than {least} points of `{name}`"));
        finding.help("raise the edge of the band above it, or take the band away where it is not needed");
        context.show_end(finding, id, false);
    } else {
        finding.here(format!("no points of `{name}` fall between its edge and the next"));
        finding.help("move its edge, or that of the next band");
    }
}

/// Where the band above begins: no lead with so many points has this one. `None` where the next one is written `above`.
fn next_edge(score: &Score, band: &Band) -> Option<Decimal> {
    let at = |band: &Band| match band.edge {
        BandEdge::From(edge) => Some((edge, true)),
        BandEdge::Above(edge) => Some((edge, false)),
        BandEdge::Otherwise => None,
    };
    let (own, _) = at(band)?;
    let others = score.bands.iter().flat_map(|bands| &bands.bands).filter_map(at);
    let (next, included) = others.filter(|(edge, _)| *edge > own).min()?;
    included.then_some(next)
}

#[cfg(test)]
mod tests {
    use super::UNREACHABLE_BAND;
    use crate::lint::testing::{LEAD, fires};

    fn labels(bands: &str) -> Vec<String> {
        let rules = "score fit starting at 10 { +30 when phone is known\n +20 when consent }\nbands fit";
        let found = fires(&UNREACHABLE_BAND, &format!("{LEAD}{rules} {{ {bands} }}"));
        found.into_iter().map(|finding| finding.labels[0].text.clone()).collect()
    }

    #[test]
    fn above_below_and_between() {
        // 10, 30, 40 and 60 points there are.
        assert_eq!(labels("A from 61, B from 0"), ["no lead has more than 60 points of `fit`"]);
        assert_eq!(labels("A above 60, B from 0"), ["no lead has more than 60 points of `fit`"]);
        assert_eq!(labels("A from 10, B from 0"), ["no lead has fewer than 10 points of `fit`"]);
        assert_eq!(labels("A from 58, B from 45, C from 0"), ["no points of `fit` fall between its edge and the next"]);
    }

    #[test]
    fn what_can_be_is_left_alone() {
        assert!(labels("A from 60, B from 40, C from 11, D from 0").is_empty());
        assert!(labels("A from 10, B otherwise").is_empty());
    }
}
