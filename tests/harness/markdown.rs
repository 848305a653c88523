//! The code blocks of a Markdown file.

/// A fenced block: the words behind its fence, its text, and the line on which the fence opens, counted from 1.
#[derive(Debug, Clone)]
pub struct Block {
    pub info: String,
    pub text: String,
    pub line: usize,
}

pub fn blocks(markdown: &str) -> Vec<Block> {
    let mut found = Vec::new();
    let mut open: Option<Block> = None;
    for (index, line) in markdown.lines().enumerate() {
        match (line.strip_prefix("```"), open.take()) {
            (Some(_), Some(block)) => found.push(block),
            (Some(info), None) => {
                open = Some(Block { info: info.trim().to_string(), text: String::new(), line: index + 1 });
            }
            (None, Some(mut block)) => {
                block.text.push_str(line);
                block.text.push('\n');
                open = Some(block);
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a code block is not closed");
    found
}
