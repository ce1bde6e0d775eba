//! How often what is written is written anew while a run goes on: no faster than it can be read, and never all at once, so that
//! the page has little to do for each frame.

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// The numbers above the lanes.
    Counters,
    /// Headline, lead and table.
    Reading,
    /// One strip chart, in turn.
    Strip,
    /// The course of the order that is followed.
    Course,
}

/// How long ago each part was written, before the screen, in milliseconds.
#[derive(Debug, Default)]
pub(super) struct Pace {
    ages: [f64; 4],
}

impl Part {
    const ALL: [Self; 4] = [Self::Counters, Self::Reading, Self::Strip, Self::Course];

    /// How long it stands at least; each of four strip charts twice a second.
    fn lasts(self) -> f64 {
        match self {
            Self::Counters => 200.0,
            Self::Reading | Self::Course => 500.0,
            Self::Strip => 125.0,
        }
    }
}

impl Pace {
    /// Where nothing shall move everything is written at once, as rarely.
    const STILL: f64 = 1_000.0;

    /// Lets time pass before the screen.
    pub(super) fn pass(&mut self, millis: f64) {
        self.ages.iter_mut().for_each(|age| *age += millis);
    }

    /// Everything is written.
    pub(super) fn all(&mut self) -> Vec<Part> {
        self.ages = [0.0; 4];
        Part::ALL.to_vec()
    }

    /// What is written now: of what is due, that which has waited longest for its time.
    pub(super) fn due(&mut self, is_still: bool) -> Vec<Part> {
        if is_still {
            return if self.ages[0] >= Self::STILL { self.all() } else { Vec::new() };
        }
        let waits = |part: &Part| self.ages[*part as usize] / part.lasts();
        let next = Part::ALL.into_iter().filter(|part| waits(part) >= 1.0);
        let next = next.max_by(|a, b| waits(a).total_cmp(&waits(b)));
        if let Some(part) = next {
            self.ages[part as usize] = 0.0;
        }
        next.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How often each part is written in ten seconds.
    fn written(frame: f64, is_still: bool) -> ([usize; 4], usize) {
        let mut pace = Pace::default();
        let (mut counts, mut most) = ([0; 4], 0);
        for _ in 0..(10_000.0 / frame) as usize {
            pace.pass(frame);
            let due = pace.due(is_still);
            most = most.max(due.len());
            for part in due {
                counts[part as usize] += 1;
            }
        }
        (counts, most)
    }

    #[test]
    fn one_part_is_written_at_a_time_and_none_is_forgotten() {
        let (counts, most) = written(1_000.0 / 60.0, false);
        assert_eq!(most, 1);
        for (count, about) in counts.into_iter().zip([46, 19, 72, 19]) {
            assert!(count.abs_diff(about) <= 6, "{counts:?}");
        }
        // Where a frame takes long, all become rarer alike.
        let (counts, _) = written(120.0, false);
        assert!(counts.iter().all(|count| *count >= 8), "{counts:?}");
    }

    #[test]
    fn where_nothing_moves_all_is_written_once_a_second() {
        let (counts, most) = written(1_000.0 / 60.0, true);
        assert_eq!((most, counts.iter().max()), (4, counts.iter().min()));
        assert!((9..=10).contains(&counts[0]), "{counts:?}");
    }
}
