//! The schedule of texts and charts while a run goes on: no faster than they can be read, and never all at
//! once, so that the page has little to do in each frame.

/// A part of a frame that is not sent with every frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum FrameContent {
    /// The numbers above the lanes.
    Counters,
    /// Headline, lead and table.
    Summary,
    /// A strip chart, each in turn.
    StripChart,
    OrderTrace,
}

#[derive(Debug, Default)]
pub(super) struct RefreshSchedule {
    /// The real time since each content was last sent, in milliseconds.
    ages: [f64; 4],
}

impl FrameContent {
    const ALL: [Self; 4] = [Self::Counters, Self::Summary, Self::StripChart, Self::OrderTrace];

    /// The shortest time between two refreshes, in milliseconds; each of four strip charts is due twice a
    /// second.
    fn min_age(self) -> f64 {
        match self {
            Self::Counters => 200.0,
            Self::Summary | Self::OrderTrace => 500.0,
            Self::StripChart => 125.0,
        }
    }
}

impl RefreshSchedule {
    /// The time between two refreshes of everything with reduced motion, in milliseconds.
    const REDUCED_MOTION_AGE: f64 = 1_000.0;

    /// Adds real time.
    pub(super) fn advance(&mut self, millis: f64) {
        self.ages.iter_mut().for_each(|age| *age += millis);
    }

    /// Returns all contents, and marks them as sent.
    pub(super) fn take_all(&mut self) -> Vec<FrameContent> {
        self.ages = [0.0; 4];
        FrameContent::ALL.to_vec()
    }

    /// Returns the contents to send now, and marks them as sent: of those that are due, the one that is
    /// latest in relation to its age.
    pub(super) fn take_due(&mut self, reduced_motion: bool) -> Vec<FrameContent> {
        if reduced_motion {
            return if self.ages[0] >= Self::REDUCED_MOTION_AGE { self.take_all() } else { Vec::new() };
        }
        let lateness = |content: &FrameContent| self.ages[*content as usize] / content.min_age();
        let due = FrameContent::ALL.into_iter().filter(|content| lateness(content) >= 1.0);
        let next = due.max_by(|a, b| lateness(a).total_cmp(&lateness(b)));
        if let Some(content) = next {
            self.ages[content as usize] = 0.0;
        }
        next.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns how often each content is sent in ten seconds, and the most contents of one frame.
    fn count_refreshes(frame: f64, reduced_motion: bool) -> ([usize; 4], usize) {
        let mut schedule = RefreshSchedule::default();
        let (mut counts, mut max_at_once) = ([0; 4], 0);
        for _ in 0..(10_000.0 / frame) as usize {
            schedule.advance(frame);
            let due = schedule.take_due(reduced_motion);
            max_at_once = max_at_once.max(due.len());
            for content in due {
                counts[content as usize] += 1;
            }
        }
        (counts, max_at_once)
    }

    #[test]
    fn one_part_is_written_at_a_time_and_none_is_forgotten() {
        let (counts, max_at_once) = count_refreshes(1_000.0 / 60.0, false);
        assert_eq!(max_at_once, 1);
        for (count, about) in counts.into_iter().zip([46, 19, 72, 19]) {
            assert!(count.abs_diff(about) <= 6, "{counts:?}");
        }
        // Long frames make all contents equally rarer.
        let (counts, _) = count_refreshes(120.0, false);
        assert!(counts.iter().all(|count| *count >= 8), "{counts:?}");
    }

    #[test]
    fn where_nothing_moves_all_is_written_once_a_second() {
        let (counts, max_at_once) = count_refreshes(1_000.0 / 60.0, true);
        assert_eq!((max_at_once, counts.iter().max()), (4, counts.iter().min()));
        assert!((9..=10).contains(&counts[0]), "{counts:?}");
    }
}
