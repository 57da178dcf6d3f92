//! The scale of a framework in the order of its figures, and how several ratings become one.

use crate::index::{Idx, each};
use crate::model::{Decimal, Framework, Joining, Rating};
use crate::span::narrow;

/// A rating by its place in the scale, the lowest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rank(pub u32);

/// The ratings that something may have: those from the lowest to the highest. One where all is rated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// What it is with the lowest rating in the place of each that is missing.
    pub low: Rank,
    /// What it is with the highest.
    pub high: Rank,
}

impl Interval {
    /// Of something that is rated.
    pub fn at(rank: Rank) -> Interval {
        Interval { low: rank, high: rank }
    }

    /// The rating, where it is one.
    pub fn only(self) -> Option<Rank> {
        (self.low == self.high).then_some(self.low)
    }
}

/// A scale.
#[derive(Clone, Debug)]
pub struct Scale {
    /// The ratings, the lowest first: each with its weight in millionths.
    ratings: Vec<(Idx<Rating>, i64)>,
    /// What the attributes of a level have at least where it is reached.
    pub own: Rank,
    /// What those of lower levels have.
    pub lower: Rank,
}

/// Ratings joined to one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Joined {
    /// The rating that comes out.
    pub rank: Rank,
    /// The sum of the weights in millionths, for a mean; the mean is this divided by the number of ratings.
    pub sum: Option<i128>,
}

impl Scale {
    /// The scale of a framework; `None` where it has no ratings.
    pub fn of(framework: &Framework) -> Option<Scale> {
        let mut order: Vec<(Idx<Rating>, &Rating)> = each(&framework.ratings).collect();
        order.sort_by(|(_, a), (_, b)| a.from.total_cmp(&b.from).then(a.to.total_cmp(&b.to)));
        let weight = |(rank, (at, rating)): (i64, &(Idx<Rating>, &Rating))| {
            (*at, rating.weight.map_or(rank * Decimal::ONE, |(weight, _)| weight.0))
        };
        let ratings: Vec<(Idx<Rating>, i64)> = (0..).zip(&order).map(weight).collect();
        let highest = Rank(narrow(ratings.len().checked_sub(1)?));
        let mut scale = Scale { ratings, own: Rank(highest.0.saturating_sub(1)), lower: highest };
        if let Some(reached) = framework.reached {
            scale.own = scale.rank(reached.own)?;
            scale.lower = scale.rank(reached.lower)?;
        }
        Some(scale)
    }

    /// The place of a rating in the scale.
    pub fn rank(&self, rating: Idx<Rating>) -> Option<Rank> {
        self.ratings.iter().position(|(at, _)| *at == rating).map(|at| Rank(narrow(at)))
    }

    /// The rating at a place.
    pub fn rating(&self, rank: Rank) -> Option<Idx<Rating>> {
        self.ratings.get(rank.0 as usize).map(|(at, _)| *at)
    }

    /// What a rating counts in a mean, in millionths.
    pub fn weight(&self, rank: Rank) -> i64 {
        self.ratings.get(rank.0 as usize).map_or(0, |(_, weight)| *weight)
    }

    /// Of what nothing is known: anything from the lowest to the highest.
    pub fn open(&self) -> Interval {
        Interval { low: Rank(0), high: Rank(narrow(self.ratings.len().saturating_sub(1))) }
    }

    /// One rating of several; `None` of none.
    pub fn join(&self, how: Joining, ranks: &[Rank]) -> Option<Joined> {
        let mut ranks = ranks.to_vec();
        ranks.sort_unstable();
        Some(match how {
            Joining::Lowest => Joined { rank: *ranks.first()?, sum: None },
            Joining::Median => Joined { rank: *ranks.get(ranks.len().checked_sub(1)? / 2)?, sum: None },
            Joining::Mean => {
                let sum: i128 = ranks.iter().map(|rank| i128::from(self.weight(*rank))).sum();
                let count = i128::try_from(ranks.len()).ok().filter(|count| *count > 0)?;
                // How far each rating is from the mean, times the number of ratings: so nothing is rounded.
                let distance = |weight: i64| (i128::from(weight) * count - sum).abs();
                let nearest = (0..).zip(&self.ratings).min_by_key(|(rank, (_, weight))| (distance(*weight), *rank))?;
                Joined { rank: Rank(nearest.0), sum: Some(sum) }
            }
        })
    }
}
