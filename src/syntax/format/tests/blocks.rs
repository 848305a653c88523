//! Blocks, columns, order.

use super::{becomes, stays};

#[test]
fn rules_stand_in_columns_through_all_groups() {
    becomes(
        "score fit \"Fit\" {\n+20 \"Executive\" when title is \"ceo\"\ngroup \"Web\" {\n-5 \"Free mail, of all\" when a\n}\n\
         +5 when phone is known\n+100 \"x\"\n}\n",
        // the widest label before a body ends in column 4 + 3 + 19 = 26
        "score fit \"Fit\" {
  +20  \"Executive\"          when title is \"ceo\"
  group \"Web\" {
    -5 \"Free mail, of all\"  when a
  }
  +5   when phone is known
  +100 \"x\"
}
",
    );
}

#[test]
fn a_rule_alone_has_no_columns() {
    becomes("score a{\n+250   \"Ad click\" for each ad}\n", "score a {\n  +250 \"Ad click\" for each ad\n}\n");
}

#[test]
fn computed_points_move_no_others() {
    stays(
        "score a {
  +5  \"Phone\"  when phone is known
  +(2 * count of known phone, title) \"Filled in\" no higher than 4 points
  first +5 then +1 \"Opens\" for each open
  +10 \"Mail\"   when email is known
  +weak \"Weak\" when weak
  +5  \"Too long a label to move any other rule's body\" when a
}
",
    );
}

#[test]
fn points_that_are_all_computed_stand_in_columns() {
    becomes(
        "score a {\nfirst +5 then +1 \"Opens\" for each open\nfirst +10 then +3 \"Clicks\" for each click\n}\n",
        "score a {
  first +5 then +1  \"Opens\"   for each open
  first +10 then +3 \"Clicks\"  for each click
}
",
    );
}

#[test]
fn clauses_have_an_order() {
    becomes(
        "score a rounded to whole decay half-life 9 days down to 5% after 2 days to 9 from 0 starting at 5 {\n\
         +1 for each b no lower than -3 points decay half-life 1 day once per day at most 3 times in any 2 days once\n\
         group no lower than -1 points counts 5% highest only when x {\n\
         -1 for every 3 days without b no lower than -9 points counting from c after 2 days\n}\n}\n",
        "score a starting at 5 from 0 to 9 rounded to whole decay half-life 9 days after 2 days down to 5% {
  +1 for each b once per day at most 3 times in any 2 days once no lower than -3 points decay half-life 1 day
  group when x highest only counts 5% no lower than -1 points {
    -1 for every 3 days without b after 2 days counting from c no lower than -9 points
  }
}
",
    );
}

#[test]
fn marks_of_fields_and_columns_of_events_have_an_order() {
    becomes(
        "lead {\nid text column \"Id\" required key\nkey text\ncolumn text column \"key\" required\n}\n\
         event e { at as \"YYYY\" column \"x\"\n lead column \"y\" by id }\n",
        "lead {
  id      text key required column \"Id\"
  key     text
  column  text required column \"key\"
}
event e {
  at   column \"x\" as \"YYYY\"
  lead by id column \"y\"
}
",
    );
}

#[test]
fn one_line_blocks_stay_on_a_line_while_they_fit() {
    becomes(
        "lead{id text,email text required}\nevent a{ }\nevent b {x text\n}\ntest \"t\" { lead { id \"1\",tags \"a\",\"b\", } , expect a }\n",
        "lead { id text, email text required }
event a { }
event b {
  x text
}
test \"t\" {
  lead { id \"1\", tags \"a\", \"b\" }
  expect a
}
",
    );
}

#[test]
fn one_rule_may_stand_on_the_line_of_its_score() {
    becomes(
        "score ab { +1   when x }\nscore abc{ +(count of y)  }\nscore d { group \"x\" { +1 } }\n\
         lookup l by c {otherwise:1}\ntest \"t\" { expect x }\n",
        "score ab  { +1 when x }
score abc { +(count of y) }
score d {
  group \"x\" { +1 }
}
lookup l by c { otherwise: 1 }
test \"t\" { expect x }
",
    );
}

/// 121 columns are one too many.
#[test]
fn one_line_blocks_that_do_not_fit_are_opened() {
    let fits = format!("event a {{ {} text }}\n", "x".repeat(120 - 17));
    stays(&fits);
    let name = "x".repeat(120 - 16);
    becomes(&format!("event a {{ {name} text }}\n"), &format!("event a {{\n  {name} text\n}}\n"));
}

#[test]
fn statements_of_a_kind_that_follow_each_other_are_lined_up() {
    stays(
        "event a           { x text }
event webinar     called \"Webinar\"      { x text }
event email_click called \"Email Click!\" { x text }
event unsubscribe_of_all

list b   = \"x\"
list bcd from \"y.txt\"

define bcd = x
# a comment parts nothing
define b   = y

define other = z
exclude \"A\"    when b
exclude \"Bcd\"  when c
exclude when d
bands a  { A from 1 }
bands bc { A from 1 }
",
    );
}

#[test]
fn rows_bands_and_matrices_are_tables() {
    becomes(
        "lookup l by c {\n\"US\",\"CA\":\"north\"\notherwise:\"else\"\n}\n\
         score s {\npoints by n {\nfrom -1:+5\nabove 1_000 : -penalty\nmissing:+(2*n)\n}\n}\n\
         bands s {\nA \"Best of all\" from 100 do \"call\"\n\"B+\" from 5 do \"wait\"\nC otherwise\n}\n\
         matrix m by s,t {\nhot cold\nA \"P1\" \"P2\"\n\"B+\" \"P10\" \"P3\"\n}\n",
        "lookup l by c {
  \"US\", \"CA\": \"north\"
  otherwise:  \"else\"
}
score s {
  points by n {
    from -1:     +5
    above 1_000: -penalty
    missing:     +(2 * n)
  }
}
bands s {
  A    \"Best of all\"  from 100  do \"call\"
  \"B+\"                from 5    do \"wait\"
  C                   otherwise
}
matrix m by s, t {
        hot    cold
  A     \"P1\"   \"P2\"
  \"B+\"  \"P10\"  \"P3\"
}
",
    );
}

/// Han letters are two columns wide, joiners none; Arabic letters one.
#[test]
fn columns_are_as_wide_as_a_screen_shows_them() {
    becomes(
        "score s {\n+1 \"東京\" when a\n+1 \"abcde\" when b\n+1 \"می‌شود\" when c\n}\n\
         test \"t\" {\ncases {\nشهر | x\n\"東京\" | 1\n\"می‌شود\" | 2\n}\n}\n",
        // 2 + 4, 2 + 5, 2 + 5: `می‌شود` has five letters and a joiner
        "score s {
  +1 \"東京\"   when a
  +1 \"abcde\"  when b
  +1 \"می‌شود\"  when c
}
test \"t\" {
  cases {
    شهر     | x
    \"東京\"  | 1
    \"می‌شود\" | 2
  }
}
",
    );
}

#[test]
fn an_empty_line_stays_one() {
    becomes(
        "\n\n# a\n\n\n# b\nevent a\n\n\n\nevent b\nlead {\n\n  id text\n\n\n  x text\n\n}\n\n",
        "# a\n\n# b\nevent a\n\nevent b\nlead {\n  id  text\n\n  x   text\n}\n",
    );
}

#[test]
fn nothing_stays_nothing() {
    stays("");
    becomes("\n  \n", "");
    becomes("  # alone", "# alone\n");
}

#[test]
fn lines_end_as_they_did() {
    becomes("\u{feff}event  a\r\n\r\nevent b # c\r\n", "event a\r\n\r\nevent b  # c\r\n");
}
