//! Held against scikit-learn 1.7.2 (`roc_auc_score`, `precision_score`, `recall_score`, `f1_score`; lift is precision
//! over the mean of `won`), run once over the lists below; the figures are copied from what it printed. For the best
//! cut-off, `f1_score` was taken at each different score.

use super::*;
use crate::value::Decimal;

fn ranking(leads: impl Iterator<Item = (i64, bool)>) -> Ranking {
    let mut all = Ranking::default();
    let mut part = RankingPart::default();
    for (place, (score, won)) in leads.enumerate() {
        part.push(Decimal::whole(score), won);
        if place % 7 == 6 {
            all.add(std::mem::take(&mut part).into_ranking());
        }
    }
    all.add(part.into_ranking());
    all.settle();
    all
}

/// 20 leads with many equal scores.
fn twenty() -> Ranking {
    const SCORES: [i64; 20] = [90, 90, 85, 80, 80, 80, 70, 70, 65, 60, 60, 50, 50, 45, 40, 40, 30, 20, 20, 10];
    const WON: [u8; 20] = [1, 1, 0, 1, 1, 0, 1, 0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0];
    ranking(SCORES.into_iter().zip(WON.map(|won| won == 1)))
}

/// For i of 0 to 999: the score is `i * 7919 % 101`, and who has `i * 104729 % 1009 < score * 6` bought.
fn thousand() -> Ranking {
    ranking((0..1000).map(|i: i64| {
        let score = i * 7919 % 101;
        (score, i * 104_729 % 1009 < score * 6)
    }))
}

fn assert_near(value: Option<f64>, expected: f64) {
    assert!(value.is_some_and(|value| (value - expected).abs() < 1e-12), "{value:?} is not {expected}");
}

#[test]
fn the_area_under_the_curve() {
    assert_near(discrimination(twenty().levels()).map(|it| it.auc), 0.776_041_666_666_666_6);
    assert_near(discrimination(thousand().levels()).map(|it| it.auc), 0.737_575_821_560_196_5);
}

#[test]
fn precision_share_caught_lift_and_f1() {
    let twenty_at = [
        (80, [0.666_666_666_666_666_6, 0.5, 1.666_666_666_666_666_5, 0.571_428_571_428_571_4]),
        (60, [0.545_454_545_454_545_4, 0.75, 1.363_636_363_636_363_5, 0.631_578_947_368_421]),
        (40, [0.5, 1.0, 1.25, 0.666_666_666_666_666_6]),
    ];
    let thousand_at = [
        (30, [0.387_464_387_464_387_44, 0.918_918_918_918_918_9, 1.309_001_309_001_309, 0.545_090_180_360_721_4]),
        (50, [0.442_460_317_460_317_43, 0.753_378_378_378_378_4, 1.494_798_369_798_369_8, 0.5575]),
        (75, [0.511_718_75, 0.442_567_567_567_567_6, 1.728_779_560_810_811, 0.474_637_681_159_420_3]),
    ];
    for (ranking, figures) in [(twenty(), twenty_at), (thousand(), thousand_at)] {
        for (from, [precision, caught, lift, f1]) in figures {
            let cutoff = cutoff_at(&ranking, Decimal::whole(from));
            assert_near(cutoff.precision(), precision);
            assert_near(cutoff.caught(), caught);
            assert_near(cutoff.lift(), lift);
            assert_near(cutoff.f1(), f1);
        }
    }
}

#[test]
fn the_best_cut_off() {
    let best = best_by_f1(&twenty()).unwrap();
    assert_eq!(best.from, Decimal::whole(65));
    assert_near(best.f1(), 0.705_882_352_941_176_5);
    let best = best_by_f1(&thousand()).unwrap();
    assert_eq!(best.from, Decimal::whole(38));
    assert_near(best.f1(), 0.563_656_147_986_942_3);
    // 6 have 80 or more, with those of 70 it would be 8.
    assert_eq!(for_capacity(&twenty(), 7).unwrap().from, Decimal::whole(80));
    assert_eq!(for_capacity(&twenty(), 1), None);
}

#[test]
fn tenths_do_not_part_equals() {
    let tenths = tenths(&twenty());
    // 20 leads: two a tenth. The three with 80 stand at places 3 to 5, the middle one in the third tenth.
    let third = tenths.iter().find(|tenth| tenth.number == 3).unwrap();
    assert_eq!((third.lowest, third.leads), (Decimal::whole(80), Share::new(3, 2)));
    assert_eq!(tenths.iter().map(|tenth| tenth.leads.all).sum::<u64>(), 20);
    assert!(tenths.windows(2).all(|pair| pair[0].number < pair[1].number && pair[0].lowest > pair[1].highest));
}

#[test]
fn bars_have_round_edges_and_hold_everybody() {
    let bars = bars(&twenty(), 10);
    // 10 to 90 in steps of 5 would be 17 bars; in steps of 10 the last would hold the 90 alone.
    let edges: Vec<Option<i64>> = bars.iter().map(|bar| bar.from.to_i64()).collect();
    assert_eq!(edges, (1..=8).map(|bar| Some(bar * 10)).collect::<Vec<_>>());
    let last = bars.last().unwrap();
    assert_eq!((last.to, last.closed, last.leads), (Decimal::whole(90), true, Share::new(6, 4)));
    assert_eq!(bars.iter().map(|bar| bar.leads.all).sum::<u64>(), 20);
}

#[test]
fn values_are_counted_whatever_their_order() {
    let mut all = Ranking::default();
    // more different values than are put aside at once, twice each, with fractions and below 0
    for round in 0..2 {
        for from in (0..200_000_i64).step_by(1_000).collect::<Vec<_>>().into_iter().rev() {
            let mut part = RankingPart::default();
            for step in from..from + 1_000 {
                part.push(Decimal::from_billionths(i128::from(step - 100_000) * 100_000), round == 1);
            }
            all.add(part.into_ranking());
        }
    }
    all.settle();
    assert_eq!(all.total(), Share::new(400_000, 200_000));
    let levels: Vec<Level> = all.levels().collect();
    assert_eq!(levels.len(), 200_000);
    assert!(levels.windows(2).all(|pair| pair[0].value < pair[1].value));
    assert!(levels.iter().all(|level| level.leads == Share::new(2, 1)));
    let mut backwards: Vec<Level> = all.levels().rev().collect();
    backwards.reverse();
    assert_eq!(backwards, levels);
    assert_eq!((all.lowest(), all.quantile(0.5)), (Decimal::parse("-10"), Decimal::parse("-0.0001")));
    assert_near(all.mean(), -0.000_05);
}

#[test]
fn nobody_and_everybody_tell_nothing() {
    let none = ranking([(1, false), (2, false)].into_iter());
    assert_eq!((discrimination(none.levels()), best_by_f1(&none)), (None, None));
    assert_eq!(Share::default().rate(), None);
    assert_eq!(Share::new(2, 1).lift(Share::new(4, 0)), None);
}
