//! How points fade: `decay half-life 30 days after 7 days down to 20%`.

use super::findings::Findings;
use crate::syntax::tree::{self, DecayCurve, DecayShape};
use crate::value::{Curve, Decay};

impl Findings {
    pub(super) fn decay(&mut self, written: &DecayCurve) -> Option<Decay> {
        let curve = match &written.shape {
            DecayShape::HalfLife(duration) => self.exact_duration(duration, "a half-life").map(Curve::HalfLife),
            DecayShape::Linear(duration) => self.exact_duration(duration, "`linear over`").map(Curve::Linear),
            DecayShape::OfOriginal { percent, every } => {
                let (percent, every) = (self.percent(&percent.node, percent.span), self.duration(every));
                percent.zip(every).map(|(percent, every)| Curve::OfOriginal { percent, every })
            }
            DecayShape::OfWhatIsLeft { percent, every } => {
                let (percent, every) = (self.percent(&percent.node, percent.span), self.duration(every));
                percent.zip(every).map(|(percent, every)| Curve::OfWhatIsLeft { percent, every })
            }
        };
        let after = match &written.after {
            Some(after) => Some(self.exact_duration(after, "`after`")?),
            None => None,
        };
        let down_to = match &written.down_to {
            Some(percent) => Some(self.percent(&percent.node, percent.span)?),
            None => None,
        };
        Some(Decay { curve: curve?, after, down_to })
    }

    /// The decay that holds inside: its own, none, or that of what is around.
    pub(super) fn inherited_decay(&mut self, own: Option<&tree::Decay>, around: Option<Decay>) -> Option<Decay> {
        match own {
            None => around,
            Some(tree::Decay::None) => None,
            Some(tree::Decay::Curve(curve)) => self.decay(curve),
        }
    }
}
