//! Comments stay with what they belong to.

use super::{becomes, stays};

#[test]
fn comments_above_and_behind() {
    stays(
        "# the file

# the lead
lead {  # behind the bracket
  # above the key
  id     text key  # the key
  email  text      # the mail
  # at the end
}  # behind the block
# the end
",
    );
}

#[test]
fn comments_of_lines_that_follow_each_other_are_lined_up() {
    becomes(
        "define a = b # one\ndefine ab = c is \"x\" # two\n\ndefine d = e # three\n",
        "define a  = b         # one\ndefine ab = c is \"x\"  # two\n\ndefine d = e  # three\n",
    );
}

#[test]
fn commas_that_go_leave_their_comments() {
    becomes(
        "lead { id text, # the key\n  # the mail\n  email text # more\n  , # behind\n  x text }\n",
        "lead {\n  id     text  # the key\n  # the mail\n  email  text  # more\n  # behind\n  x      text\n}\n",
    );
}

#[test]
fn comments_before_a_bracket_go_behind_it() {
    becomes("lead # one\n{ # two\n  id text }\n", "lead {  # one\n  # two\n  id text\n}\n");
    becomes("lead\n# one\n{\n# two\n}\n", "lead {\n  # one\n  # two\n}\n");
    becomes("lead\n# one\n{ # two\n}\n", "lead {\n  # one\n  # two\n}\n");
}

#[test]
fn comments_inside_an_item_part_its_lines() {
    becomes(
        "define a = b # one\nand c # two\n# three\nand d\n",
        "define a = b  # one\n  and c  # two\n  # three\n  and d\n",
    );
    becomes(
        "score s {\n+5 # points\n\"Label\" # label\nwhen a # body\n# limit\nonce # all\n}\n",
        "score s {\n  +5  # points\n    \"Label\"  # label\n    when a   # body\n    # limit\n    once  # all\n}\n",
    );
    becomes(
        "threshold t # one\nwhen a # two\n# three\nuntil b do \"c\" # four\n",
        "threshold t  # one\n  when a  # two\n  # three\n  until b\n  do \"c\"  # four\n",
    );
}

#[test]
fn lists_may_have_comments() {
    stays("list l = \"a\",  # one\n  # two\n  \"b\"\n");
}

#[test]
fn clauses_with_comments_between_them_keep_their_order() {
    becomes(
        "score s to 9 # most\nfrom 0 # least\n{\n+1\n}\n",
        "score s to 9  # most\n    from 0 {  # least\n  +1\n}\n",
    );
    // a comment behind all of them belongs to the line
    becomes("score s to 9 from 0 # both\n{\n+1\n}\n", "score s from 0 to 9 {  # both\n  +1\n}\n");
}
