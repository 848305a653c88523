//! Blanks between words, and where long lines are broken.

use super::{becomes, stays};

#[test]
fn blanks_stand_between_words_and_not_beside_brackets() {
    becomes(
        "define a=( b+c )*-2- -d  -(-e)/ 30% of f\ndefine g = not(h)or lead . email is  \"x\"\n\
         lead { x yes / no as \"y\" ,\"n\", half number, life number }\ndefine i = half - life\n\
         score s decay half-life 2 days {\n+ 5\n- ( 2 )  for each x\n}\n",
        "define a = (b + c) * -2 - -d - (-e) / 30% of f
define g = not (h) or lead.email is \"x\"
lead { x yes/no as \"y\", \"n\", half number, life number }
define i = half - life
score s decay half-life 2 days {
  +5
  -(2) for each x
}
",
    );
}

#[test]
fn signs_stand_close_to_their_numbers() {
    stays(
        "define a = x between -3 and -2 and y is one of -1, -2

define count_less = count - 3
model \"m\" { weight -3 }
test \"t\" {
  lead { delta -3, count -4 }
  cases {
    x  | y
    -3 | -4
  }
}
",
    );
}

#[test]
fn conditions_are_broken_at_each_and() {
    let part = "industry is \"technology\"";
    becomes(
        &format!("define a = {part} and {part} and {part} and {part} and {part}\n"),
        &format!("define a = {part}\n  and {part}\n  and {part}\n  and {part}\n  and {part}\n"),
    );
}

#[test]
fn brackets_are_broken_last() {
    let part = "some_field_with_a_long_name is \"a text\"";
    becomes(
        &format!("threshold t when ({part} or {part} or {part}) and b until c\n"),
        &format!(
            "threshold t
  when ({part}
      or {part}
      or {part})
    and b
  until c
"
        ),
    );
}

#[test]
fn rules_go_on_below_their_body() {
    becomes(
        "score s {\n+1 \"a\" when x\n+15 \"Pricing page\" for each page_view where (path starts with \"/pricing\" and seconds >= 5) in last 90 days at most 2 times\n}\n",
        "score s {
  +1  \"a\"             when x
  +15 \"Pricing page\"  for each page_view where (path starts with \"/pricing\" and seconds >= 5) in last 90 days
                        at most 2 times
}
",
    );
}

#[test]
fn lists_are_filled() {
    let values = ["\"abcdefghij\""; 12].join(", ");
    becomes(
        &format!("list l = {values}\n"),
        // 9 columns, then 8 values of 12 columns with their commas and the blanks between them: 9 + 8 * 13 + 7 = 120
        &format!("list l = {},\n  {}\n", ["\"abcdefghij\""; 8].join(", "), ["\"abcdefghij\""; 4].join(", ")),
    );
}

#[test]
fn sums_are_broken_behind_their_signs() {
    let part = "a_rather_long_name_of_a_number";
    becomes(
        &format!("score s = {part} + {part} - {part} + {part} from 0\n"),
        &format!("score s = {part} + {part} - {part} +\n    {part}\n  from 0\n"),
    );
}

#[test]
fn a_header_goes_on_further_in_than_its_block() {
    let label = "x".repeat(60);
    becomes(
        &format!("score s \"{label}\" from 0 to 100 counting since last recycled decay half-life 30 days {{\n+1\n}}\n"),
        &format!(
            "score s \"{label}\" from 0 to 100 counting since last recycled\n    decay half-life 30 days {{\n  +1\n}}\n"
        ),
    );
}

#[test]
fn no_line_begins_with_what_would_begin_an_item() {
    // `before` begins an item of a test, `column` a field
    let long = "x".repeat(110);
    stays(&format!("test \"t\" {{\n  expect any {long} before 2026-01-01\n}}\n"));
    stays(&format!("lead {{\n  {long} text required column \"x\"\n}}\n"));
}
