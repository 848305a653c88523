//! The same input gives the same bytes, whatever the machine.

use crate::harness::score;

const RUN: &str = "run examples/b2b-saas/b2b-saas.score examples/b2b-saas/leads.csv \
                   --events examples/b2b-saas/events.csv --as-of 2026-11-01 --reasons 3 --format ndjson";

#[test]
fn threads_locale_and_time_zone_do_not_matter() {
    let plain = score(RUN).succeeds();
    assert!(plain.output.lines().count() > 100);
    for threads in ["1", "2", "7"] {
        let run = score(RUN).word("--threads").word(threads).succeeds();
        assert_eq!(run.output, plain.output, "{threads} threads");
        assert_eq!(run.messages, plain.messages, "{threads} threads");
    }
    for (name, value) in [("TZ", "Asia/Tehran"), ("LC_ALL", "fa_IR.UTF-8"), ("LANG", "de_DE.UTF-8"), ("LC_ALL", "C")] {
        let run = score(RUN).with_variable(name, value).succeeds();
        assert_eq!(run.output, plain.output, "{name}={value}");
        assert_eq!(run.messages, plain.messages, "{name}={value}");
    }
}
