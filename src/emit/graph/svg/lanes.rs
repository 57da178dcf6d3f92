//! Parallel lanes: which of several lines that run side by side takes which place.

/// A line that wants a lane.
#[derive(Clone, Copy, Debug)]
pub struct Wish<K> {
    /// Whose it is.
    pub key: K,
    /// Where it begins.
    pub from: f64,
    /// Where it ends; not before it begins.
    pub to: f64,
}

/// The lane of each line, from 0, and how many there are: lines on one lane keep at least `space` from each other. Short
/// lines come first, so that they lie near the boxes that they begin at.
pub fn assign<K: Copy + Ord>(mut wishes: Vec<Wish<K>>, space: f64) -> (Vec<(K, usize)>, usize) {
    wishes.sort_by(|a, b| (a.to - a.from).total_cmp(&(b.to - b.from)).then(a.key.cmp(&b.key)));
    let mut lanes: Vec<Vec<(f64, f64)>> = Vec::new();
    let mut assigned = Vec::new();
    for wish in wishes {
        let is_free =
            |lane: &Vec<(f64, f64)>| lane.iter().all(|(from, to)| wish.to + space < *from || *to + space < wish.from);
        let lane = lanes.iter().position(is_free).unwrap_or_else(|| {
            lanes.push(Vec::new());
            lanes.len() - 1
        });
        lanes[lane].push((wish.from, wish.to));
        assigned.push((wish.key, lane));
    }
    (assigned, lanes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_meet_get_lanes_of_their_own() {
        let wish = |key, from, to| Wish { key, from, to };
        let (lanes, count) = assign(vec![wish('a', 0.0, 9.0), wish('b', 5.0, 6.0), wish('c', 20.0, 25.0)], 2.0);
        assert_eq!(count, 2);
        assert_eq!(lanes, [('b', 0), ('c', 0), ('a', 1)]);
    }
}
