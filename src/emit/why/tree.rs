//! Lines with their depths, drawn as a tree.

/// A tree in the making.
#[derive(Default)]
pub struct Tree {
    lines: Vec<(usize, String)>,
}

impl Tree {
    /// Adds a line.
    pub fn add(&mut self, depth: usize, text: String) {
        self.lines.push((depth, text));
    }

    /// Whether there is nothing to draw.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The drawing.
    pub fn draw(&self) -> String {
        // Going backwards, a depth is open while a line of it, or of one that holds it, is still to come.
        let deepest = self.lines.iter().map(|(depth, _)| *depth).max().unwrap_or(0);
        let mut open = vec![false; deepest + 2];
        let mut drawn: Vec<String> = Vec::new();
        for (depth, text) in self.lines.iter().rev() {
            let trunk: String = open[..*depth].iter().map(|open| if *open { "│  " } else { "   " }).collect();
            let branch = if open[*depth] { "├─ " } else { "└─ " };
            drawn.push(format!("{trunk}{branch}{text}\n"));
            open[*depth] = true;
            open[depth + 1..].fill(false);
        }
        drawn.into_iter().rev().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Tree;

    #[test]
    fn branches_are_drawn_to_their_ends() {
        let tree = Tree {
            lines: [(0, "a"), (1, "b"), (1, "c"), (0, "d")].map(|(depth, text)| (depth, text.to_owned())).into(),
        };
        assert_eq!(tree.draw(), "├─ a\n│  ├─ b\n│  └─ c\n└─ d\n");
    }
}
