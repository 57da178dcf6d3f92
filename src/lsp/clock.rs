//! What time it is in a session. Where there is no clock to look at, as in WebAssembly, the session is told.

use std::time::{Duration, Instant};

/// The time since a session began.
pub struct Clock {
    /// When it began, where there is a clock to look at.
    begun: Option<Instant>,
    told: Duration,
}

impl Clock {
    /// A clock that goes by itself.
    pub fn going() -> Clock {
        Clock { begun: Some(Instant::now()), told: Duration::ZERO }
    }

    /// A clock that stands until it is told the time.
    pub fn standing() -> Clock {
        Clock { begun: None, told: Duration::ZERO }
    }

    /// The time.
    pub fn now(&self) -> Duration {
        self.begun.map_or(self.told, |begun| begun.elapsed())
    }

    /// Tells the time to a clock that stands; it never goes back.
    pub fn tell(&mut self, now: Duration) {
        self.told = self.told.max(now);
    }
}
