//! The keys of a batch's leads.

/// Texts, one behind the other; rows without a usable key have an empty one.
#[derive(Debug, Default)]
pub struct Keys {
    text: String,
    ends: Vec<u32>,
}

impl Keys {
    pub fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    pub fn push(&mut self, key: &str) {
        self.text.push_str(key);
        self.ends.push(self.text.len() as u32);
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    pub fn get(&self, row: usize) -> &str {
        let begin = row.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default();
        let end = self.ends.get(row).copied().unwrap_or(begin);
        self.text.get(begin as usize..end as usize).unwrap_or_default()
    }

    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|row| self.get(row))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_come_back_in_order() {
        let mut keys = Keys::default();
        ["L1", "", "كلمة"].into_iter().for_each(|key| keys.push(key));
        assert_eq!(keys.iter().collect::<Vec<_>>(), ["L1", "", "كلمة"]);
        assert_eq!(keys.get(3), "");
    }
}
