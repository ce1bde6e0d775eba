//! The order whose trace is shown.

use super::player::Player;
use crate::live::animation::order_trace;
use crate::live::protocol::{Panel, Viewport};
use crate::simulation::{Instant, Trace};

/// The order whose trace is shown, and the trace as it was last drawn.
#[derive(Debug, Default)]
pub(super) struct FollowedOrder {
    /// The number of the order; 0 for the latest.
    pub(super) number: u32,
    drawn_order: u32,
    drawn_at: Instant,
    trace: Trace,
}

impl FollowedOrder {
    /// Returns `true` if the drawing shows another order, or the same one with a different part of it in the
    /// past.
    pub(super) fn is_stale(&self, order: u32, now: Instant) -> bool {
        let end = self.trace.end().unwrap_or(Instant::NEVER);
        order != self.drawn_order || now.min(end) != self.drawn_at.min(end)
    }

    /// Draws the trace of an order at the present moment.
    pub(super) fn panel(&mut self, player: &Player, order: u32, viewport: &Viewport) -> Panel {
        let now = player.run().now();
        if order != self.drawn_order || now > self.trace.until {
            self.trace = player.trace(order);
        }
        (self.drawn_order, self.drawn_at) = (order, now);
        let held = player.run().permanent_queue_delay();
        order_trace::panel(&player.scenario, &self.trace, now, (order, held), viewport)
    }
}
